"""Read the towns and suburbs of each electorate, which its own maps and pages may name."""

from collections.abc import Iterator, Mapping

from briefpack.electorates import tables
from briefpack.electorates.electorate import Place
from briefpack.electorates.tables import Files
from briefpack.tables import Row

FILE = "places"
OPTIONAL = ("kind", "office_suburb")
"""The columns that the file may also have."""
YES = "yes"


def read(files: Files, known: Mapping[str, Row]) -> Mapping[str, tuple[Place, ...]]:
    """Return each electorate's places by its slug, most important first; empty if the set has no file of places."""
    found: dict[str, list[Place]] = {}
    for slug, place in _read(files, known):
        found.setdefault(slug, []).append(place)
    return {slug: tuple(sorted(places, key=lambda place: place.rank)) for slug, places in found.items()}


def _read(files: Files, known: Mapping[str, Row]) -> Iterator[tuple[str, Place]]:
    table, rows = files.rows(FILE)
    for row in rows:
        if not row["name"]:
            files.say(table, row, "name is empty", "add the name of the town or suburb")
        point = tables.point(files, table, row, ("lon", "lat", "rank"))
        if tables.check_slug(files, table, row, row["slug"], known):
            kind, office_suburb = (row[column] for column in OPTIONAL)
            yield row["slug"], Place(row["name"], *point, kind, office_suburb == YES)

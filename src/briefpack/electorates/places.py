"""Read the towns and suburbs of each electorate, which its own maps and pages may name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefpack.electorates import tables
from briefpack.electorates.electorate import ElectorateSet
from briefpack.electorates.tables import Files
from briefpack.project import Project

FILE = "places"


@dataclass(frozen=True)
class Place:
    """A town or suburb in an electorate; rank 1 is the most important there."""

    name: str
    longitude: float
    latitude: float
    rank: int


def load(project: Project, group: ElectorateSet) -> Mapping[str, tuple[Place, ...]]:
    """Return each electorate's places by its slug, most important first; empty if the set has no file of places.

    Raises Problems.
    """
    files = tables.open_set(project, group.name)
    found: dict[str, list[Place]] = {}
    for slug, place in _read(files, group):
        found.setdefault(slug, []).append(place)
    files.raise_any()
    return {slug: tuple(sorted(places, key=lambda place: place.rank)) for slug, places in found.items()}


def _read(files: Files, group: ElectorateSet) -> Iterator[tuple[str, Place]]:
    table, rows = files.rows(FILE)
    for row in rows:
        tables.check_slug(files, table, row, row["slug"], group.by_slug)
        if not row["name"]:
            files.say(table, row, "name is empty", "add the name of the town or suburb")
        yield row["slug"], Place(row["name"], *tables.point(files, table, row, ("lon", "lat", "rank")))

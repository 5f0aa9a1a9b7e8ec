"""Read the places that a set's maps show: each electorate's towns and suburbs, the nation's towns, and hexagons."""

from collections.abc import Iterator, Mapping

from briefpack.electorates import tables
from briefpack.electorates.boundaries import few
from briefpack.electorates.electorate import Settlement, State, Town
from briefpack.electorates.tables import Files
from briefpack.text.tables import Row, Table

FILE = "places"
OPTIONAL = ("kind", "office_suburb")
"""The columns that the file may also have."""
YES = "yes"


def read(files: Files, known: Mapping[str, Row]) -> Mapping[str, tuple[Settlement, ...]]:
    """Return each electorate's places by its slug, most important first; empty if the set has no file of places."""
    found: dict[str, list[Settlement]] = {}
    for slug, place in _read(files, known):
        found.setdefault(slug, []).append(place)
    return {slug: tuple(sorted(places, key=lambda place: place.rank)) for slug, places in found.items()}


def _read(files: Files, known: Mapping[str, Row]) -> Iterator[tuple[str, Settlement]]:
    table, rows = files.rows(FILE)
    for row in rows:
        if not row["name"]:
            files.say(table, row, "name is empty", "add the name of the town or suburb")
        point = tables.point(files, table, row, ("lon", "lat", "rank"))
        if tables.check_slug(files, table, row, row["slug"], known):
            kind, office_suburb = (row[column] for column in OPTIONAL)
            yield row["slug"], Settlement(row["name"], *point, kind, office_suburb == YES)


def towns(files: Files, states: Mapping[str, State]) -> Iterator[Town]:
    """Yield the towns that maps of states and of the nation may name."""
    table, rows = files.rows("towns")
    for row in rows:
        longitude, latitude, rank = tables.point(files, table, row, ("longitude", "latitude", "rank"))
        if tables.check_state(files, table, row, states):
            yield Town(row["name"], states[row["state"]], longitude, latitude, rank)


def hexagons(files: Files, known: Mapping[str, Row]) -> Mapping[str, tuple[int, int]]:
    """Return the axial coordinates of each electorate's hexagon, by its slug; none if the set has no such file."""
    table, rows = files.rows("hexes")
    found: dict[str, tuple[int, int]] = {}
    lines: dict[tuple[int, int], Row] = {}
    for row in rows:
        place = _place(files, table, row)
        if place is None or not tables.check_slug(files, table, row, row["slug"], known):
            continue
        if row["slug"] in found:
            files.say(table, row, f'there is already a hexagon for "{row["slug"]}"', "delete one of the two")
        elif place in lines:
            other = lines[place]
            message = f"{row['slug']} is on the hexagon of {other['slug']}, line {other.line}"
            files.say(table, row, message, "give one of them another q or r")
        else:
            found[row["slug"]], lines[place] = place, row
    listed = {row["slug"] for row in rows}
    missing = [slug for slug in known if rows and slug not in listed]
    if missing:
        files.say(table, None, f"there is no hexagon for {few(missing)}", "add a row for each electorate")
    return found


def _place(files: Files, table: Table, row: Row) -> tuple[int, int] | None:
    """Return the coordinates of a row; None, and a problem, unless they are whole numbers."""
    numbers = [tables.number(files, table, row, column) for column in ("q", "r")]
    for column, number in zip(("q", "r"), numbers, strict=True):
        if not row[column] or (number is not None and number % 1):
            message = f'{column}: "{row[column]}" is not a whole number' if row[column] else f"{column} is empty"
            files.say(table, row, message, "write the whole number of its row or column, such as 12")
    q, r = numbers
    return (int(q), int(r)) if q is not None and r is not None and not (q % 1 or r % 1) else None

"""Read the hexagon of each electorate: its place on a map that has one hexagon an electorate."""

from collections.abc import Mapping

from briefpack.electorates import tables
from briefpack.electorates.boundaries import few
from briefpack.electorates.tables import Files
from briefpack.tables import Row, Table

FILE = "hexes"


def read(files: Files, known: Mapping[str, Row]) -> Mapping[str, tuple[int, int]]:
    """Return the axial coordinates of each electorate's hexagon, by its slug; none if the set has no such file."""
    table, rows = files.rows(FILE)
    found: dict[str, tuple[int, int]] = {}
    lines: dict[tuple[int, int], Row] = {}
    for row in rows:
        place = _place(files, table, row)
        if place is None or not tables.check_slug(files, table, row, row["slug"], known):
            continue
        if row["slug"] in found:
            files.say(table, row, f'there is already a hexagon for "{row["slug"]}"', "delete one of the two")
        elif place in lines:
            message = f"the hexagon on line {lines[place].line} is at the same place"
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

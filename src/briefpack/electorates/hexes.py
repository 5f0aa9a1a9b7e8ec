"""Read the hexagon of each electorate: its place on a map that has one hexagon an electorate."""

from collections import Counter
from collections.abc import Iterator, Mapping

from briefpack.electorates import tables
from briefpack.electorates.boundaries import few
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.tables import Row, Table

FILE = "hexes"
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1))
"""The steps from a hexagon to those that touch it, in axial coordinates."""
ENOUGH_TOGETHER = 2
"""The fewest hexagons of a state that touch one another, if one that touches none of them is probably misplaced."""


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


def apart(files: Files, found: Mapping[str, tuple[int, int]], known: Mapping[str, Row]) -> Iterator[Problem]:
    """Yield a warning for each hexagon among those of other states, if the others of its own state are together."""
    table, rows = files.rows(FILE)
    states = {slug: known[slug]["state"] for slug in found}
    beside = {slug: [states[each] for each in _beside(place, found)] for slug, place in found.items()}
    together = Counter(states[slug] for slug, near in beside.items() if states[slug] in near)
    for row in rows:
        state, near = states.get(row["slug"], ""), beside.get(row["slug"], [])
        if near and state not in near and together[state] >= ENOUGH_TOGETHER:
            others = few(sorted({*near}))
            message = f"the hexagon of {row['slug']} touches none of its state, {state}, and is beside {others}"
            hint = "check q and r: was a column sorted without the others?"
            yield Problem(table.shown, row.line, message, hint, warning=True)


def _beside(place: tuple[int, int], found: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """Yield the electorates on the six hexagons around one."""
    around = {(place[0] + q, place[1] + r) for q, r in SIDES}
    yield from (slug for slug, other in found.items() if other in around)

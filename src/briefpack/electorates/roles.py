"""Read the roles of members in government, such as minister, which print below the name of their electorate."""

from collections.abc import Mapping

from briefpack.electorates import days, tables
from briefpack.electorates.electorate import VACANT, Role
from briefpack.electorates.tables import Files
from briefpack.problem import nearest
from briefpack.tables import Row, Table

ROLES = "roles"
"""The id of the file of roles in `files:`."""


def read(files: Files, known: Mapping[str, Row]) -> dict[str, tuple[Role, ...]]:
    """Return the roles of each electorate's member, by slug, in the order of the file; add a problem for a wrong row.

    A row names its member, so that a role never passes to the next one.
    """
    found: dict[str, tuple[Role, ...]] = {}
    table, rows = files.rows(ROLES)
    for row in rows:
        day, slug = days.read(files, table, row, "as_at"), row["slug"]
        if _check_title(files, table, row) and tables.check_slug(files, table, row, slug, known):
            _check_member(files, table, row, known[slug]["current_member"])
            _check_first(files, table, row, found.get(slug, ()))
            found[slug] = (*found.get(slug, ()), Role(row["role"], day, row.line))
    return found


def _check_title(files: Files, table: Table, row: Row) -> bool:
    """Return whether a row has a role; if not, add a problem."""
    if not row["role"]:
        files.say(
            table, row, "role is empty", "write it as it is to print, such as Minister for Sport, or delete the row"
        )
    return bool(row["role"])


def _check_member(files: Files, table: Table, row: Row, sitting: str) -> None:
    """Add a problem if the row isn't about the sitting member."""
    name, noun = row["member"], files.spec.words.member
    if name == sitting and name.casefold() != VACANT:
        return
    if not sitting or sitting.casefold() == VACANT:
        message = f"{row['slug']} has no {noun}, and so no role"
        files.say(
            table, row, message, f"delete the row, or fill in current_member in {files.spec.files['electorates']}"
        )
        return
    message = f'member: "{name}" is not the {noun} for {row["slug"]}, who is {sitting}'
    hint = nearest(name, (sitting,), most=0) or "delete the row if it is of an earlier one"
    files.say(table, row, message, hint)


def _check_first(files: Files, table: Table, row: Row, held: tuple[Role, ...]) -> None:
    """Add a problem if an earlier row has the same role."""
    first = next((role for role in held if role.title == row["role"]), None)
    if first:
        files.say(table, row, f'"{first.title}" is already on line {first.line}', "delete one of the two rows")

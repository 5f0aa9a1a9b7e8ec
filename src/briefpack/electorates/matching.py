"""Match what somebody types for one electorate: its name, the beginning of it, or a postcode."""

import shlex

from briefpack.electorates import tables
from briefpack.electorates.electorate import Electorate, ElectorateSet
from briefpack.electorates.tables import FOLDER
from briefpack.problem import Owner, Problem, Problems, joined, nearest
from briefpack.text.spelling import close, fold
from briefpack.text.tables import separated

LIST = "briefpack list electorates"
OF_POSTCODE = "share the postcode"


def match(electorates: ElectorateSet, words: str) -> Electorate:
    """Return the one electorate with this name or slug, the only one whose name begins with it, or that of a postcode.

    Raises Problems if there is none, or more than one.
    """
    wanted, everyone = fold(words), electorates.electorates
    ways = {
        "are called": [found for found in everyone if wanted in {fold(found.name), fold(found.slug)}],
        "begin with": [found for found in everyone if wanted and fold(found.name).startswith(wanted)],
        OF_POSTCODE: _of_postcode(electorates, wanted),
    }
    way, several = next(((way, found) for way, found in ways.items() if found), ("", []))
    if len(several) == 1:
        return several[0]
    called = electorates.words
    if several:
        message = f'{len(several)} {called.electorates} {way} "{words}"'
        places = f"; briefpack find {shlex.quote(words)} lists the places of each" if way == OF_POSTCODE else ""
        names = {found.name for found in several}
        if len(names) < len(several):
            names = {found.slug for found in several}
        hint = f"{joined(sorted(names), 'or')}{places}"
    else:
        message = f'there is no {called.electorate} called "{words}"'
        near = nearest(words.title(), [found.name for found in everyone])
        asked = f"briefpack find {shlex.quote(words)}, which knows towns and postcodes" if words.strip() else LIST
        hint = f"{near}, or {asked}" if near else asked
        if wanted == "national":
            hint = "leave it out, for the national documents"
    raise Problems([Problem(f"{FOLDER}/{electorates.name}", None, message, hint, Owner.COMMAND)])


def _of_postcode(group: ElectorateSet, wanted: str) -> list[Electorate]:
    """Return the electorates that a postcode is in or may reach into; none for other words."""
    if not any(map(str.isdigit, wanted)) or "postcodes" not in group.files:
        return []
    rows = separated.read(group.files["postcodes"], f"{FOLDER}/{group.name}").rows
    row = next((row for row in rows if close(fold(row["postcode"])) == close(wanted)), None)
    columns = (row["electorates"], row["possible_electorates"]) if row else ()
    slugs = {slug for column in columns for slug in tables.items(column)}
    return [each for each in group.electorates if each.slug in slugs]

"""Find an electorate by its name or slug, or by the beginning of its name."""

from collections.abc import Sequence

from briefpack.electorates.electorate import Electorate, ElectorateSet
from briefpack.electorates.tables import FOLDER
from briefpack.problem import Owner, Problem, Problems, nearest
from briefpack.text.spelling import fold


def match(electorates: ElectorateSet, words: str) -> Electorate:
    """Return the one electorate with this name or slug, or the only one whose name begins with it.

    Raises Problems if there is none, or more than one.
    """
    wanted, everyone = fold(words), electorates.electorates
    exact = [found for found in everyone if wanted in {fold(found.name), fold(found.slug)}]
    begun = exact or [found for found in everyone if wanted and fold(found.name).startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    called = electorates.words
    if begun:
        message = f'{len(begun)} {called.electorates} {"are called" if exact else "begin with"} "{words}"'
        hint = nearest("", _told_apart(begun), most=len(begun))
    else:
        message = f'there is no {called.electorate} called "{words}"'
        hint = nearest(words.title(), [found.name for found in everyone]) or "briefpack list electorates"
    raise Problems([Problem(f"{FOLDER}/{electorates.name}", None, message, hint, Owner.COMMAND)])


def _told_apart(electorates: Sequence[Electorate]) -> list[str]:
    found = [electorate.name for electorate in electorates]
    return found if len(set(found)) == len(found) else [electorate.slug for electorate in electorates]

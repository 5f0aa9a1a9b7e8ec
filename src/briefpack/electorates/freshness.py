"""Warn of data that is out of date: an old list of members, seats without a member, and members who have changed."""

import datetime
from collections.abc import Collection, Iterator

from briefpack.electorates.electorate import VACANT, Electorate, ElectorateSet
from briefpack.problem import Problem

CHECK = "member-details"
MOST_DAYS = 90
"""The age, in days, above which a list of members should be checked again."""
STILL = "check that this is still correct"


def stale(
    electorates: ElectorateSet, today: datetime.date, among: Collection[Electorate] | None = None
) -> tuple[Problem, ...]:
    """Return warnings: an old list of members, seats without a member, and members or parties that have changed.

    They are about the electorates given, or about all of them; there are none about none.
    """
    asked = electorates.electorates if among is None else among
    found: list[Problem] = []
    if asked and fresh_until(electorates, today) is None:
        # Without the age itself: the warning of an earlier build must still be true the next day.
        message = f"the list of {electorates.words.electorates} is over {MOST_DAYS} days old ({electorates.as_at})"
        hint = "check who the members are and which roles they have now, and update the dates"
        seated = ((each.line, each.member) for each in electorates.electorates if each.member)
        line = min((line for line, member in seated if member.listed_at == electorates.as_at), default=1)
        found.append(Problem(electorates.path, line, message, hint, warning=True, check=CHECK))
    for electorate in asked:
        for message, hint in _news(electorate, today):
            found.append(Problem(electorates.path, electorate.line, message, hint, warning=True, check=CHECK))
    return tuple(found)


def fresh_until(electorates: ElectorateSet, today: datetime.date) -> datetime.date | None:
    """Return the last day before the list of members gets old; None if it is old already."""
    last = electorates.as_at + datetime.timedelta(days=MOST_DAYS)
    return last if today <= last else None


def _news(electorate: Electorate, today: datetime.date) -> Iterator[tuple[str, str]]:
    """Yield what is to be checked about an electorate's member, and what to do."""
    member, noun = electorate.member, electorate.words.member
    if member is None:
        why = "has no" if electorate.no_member == VACANT else "has no known"
        yield f"{electorate.name} {why} {noun}", "check who the member is now; until then, its documents name no member"
        return
    if member.changed:
        elected = f"{member.elected_name or member.name} ({member.elected_party or member.party})"
        yield f"{electorate.name} elected {elected}; its {noun} is now {member.name} ({member.party})", STILL
    elif member.note:
        yield f"{electorate.name}: {member.note.rstrip('.')}", STILL
    # Where the row is typed, it may be tomorrow.
    if (member.as_at - today).days > 1:
        yield f"{electorate.name}: the row's date, {member.as_at}, is in the future", "correct the date"
    if electorate.changes and electorate.changes[-1].date > member.as_at:
        message = f"{electorate.name}: {electorate.changes[-1].detail}, after the row's date"
        yield message, "check who the member is now, and update the row"

"""Warn of data that is out of date: an old list of members, seats without a member, and members who have changed."""

import datetime
from collections.abc import Iterator

from briefpack.electorates.electorate import VACANT, Electorate, ElectorateSet
from briefpack.problem import Problem

MOST_DAYS = 90
"""The age, in days, above which a list of members should be checked again."""


def stale(electorates: ElectorateSet, today: datetime.date) -> tuple[Problem, ...]:
    """Return warnings: an old list of members, seats without a member, and members or parties that have changed."""
    shown = electorates.path
    age = (today - electorates.as_at).days
    found = [
        _warned(shown, each.line, message, hint) for each in electorates.electorates for message, hint in _news(each)
    ]
    if age > MOST_DAYS:
        # Without the age itself: the warning of an earlier build must still be true the next day.
        message = f"the list of {electorates.words.electorates} is over {MOST_DAYS} days old ({electorates.as_at})"
        found.insert(
            0, _warned(shown, _oldest(electorates), message, "check who the members are now, and update the dates")
        )
    return (*found, *_ahead(electorates, today))


def _ahead(electorates: ElectorateSet, today: datetime.date) -> Iterator[Problem]:
    """Yield a warning for each member whose row is dated later than a day ahead: where it is typed, today may be over."""
    for each in electorates.electorates:
        if each.member and (each.member.as_at - today).days > 1:
            message = f"{each.name}: the row's date, {each.member.as_at}, is in the future"
            yield _warned(electorates.path, each.line, message, "correct the date")


def fresh_until(electorates: ElectorateSet, today: datetime.date) -> datetime.date | None:
    """Return the last day before the list of members gets old; None if it is old already."""
    last = electorates.as_at + datetime.timedelta(days=MOST_DAYS)
    return last if today <= last else None


def _oldest(electorates: ElectorateSet) -> int:
    """Return the line of the first member with the oldest date; line 1 if only vacant seats have it."""
    listed = ((each.line, each.member) for each in electorates.electorates)
    return min((line for line, member in listed if member and member.as_at == electorates.as_at), default=1)


def _warned(shown: str, line: int | None, message: str, hint: str) -> Problem:
    return Problem(shown, line, message, hint, warning=True)


def _news(electorate: Electorate) -> Iterator[tuple[str, str]]:
    member, noun = electorate.member, electorate.words.member
    if member is None:
        why = "has no" if electorate.no_member == VACANT else "has no known"
        yield f"{electorate.name} {why} {noun}", "check who the member is now; until then, its documents name no member"
        return
    if member.changed:
        elected = f"{member.elected_name or member.name} ({member.elected_party or member.party})"
        message = f"{electorate.name} elected {elected}; its {noun} is now {member.name} ({member.party})"
        yield message, "check that this is still correct"
    elif member.note:
        yield f"{electorate.name}: {member.note.rstrip('.')}", "check that this is still correct"
    if electorate.changes and electorate.changes[-1].date > member.as_at:
        last = electorate.changes[-1]
        yield (
            f"{electorate.name}: {last.detail}, after the row's date",
            "check who the member is now, and update the row",
        )

"""Warn of data that is out of date: an old list of members, seats without a member, and members who have changed."""

import datetime
import re
from collections.abc import Collection, Iterable, Iterator

from briefpack.electorates.electorate import VACANT, Electorate, ElectorateSet
from briefpack.problem import Problem

APOSTROPHE = re.compile("['’]")
WORD = re.compile(r"[^\W\d_]{2,}")
DIGIT = re.compile(r"\d")
CHECK = "member-details"
MOST_DAYS = 90
"""The age, in days, above which a list of members should be checked again."""


def stale(
    electorates: ElectorateSet, today: datetime.date, among: Collection[Electorate] | None = None
) -> tuple[Problem, ...]:
    """Return warnings: an old list of members, seats without a member, and members or parties that have changed.

    They are about the electorates given, or about all of them; there are none about none.
    """
    shown, asked = electorates.path, electorates.electorates if among is None else among
    age = (today - electorates.as_at).days
    found = [_warned(shown, each.line, message, hint) for each in asked for message, hint in _news(each)]
    if age > MOST_DAYS and asked:
        # Without the age itself: the warning of an earlier build must still be true the next day.
        message = f"the list of {electorates.words.electorates} is over {MOST_DAYS} days old ({electorates.as_at})"
        hint = "check who the members are now, and update the dates"
        found.insert(0, _old_role(electorates) or _warned(shown, _oldest(electorates), message, hint))
    return (*found, *_ahead(electorates, asked, today), *_addresses(electorates, asked))


def _addresses(electorates: ElectorateSet, asked: Iterable[Electorate]) -> Iterator[Problem]:
    named = {_words(each)[-1]: each for each in electorates.electorates if _words(each)}
    for each in asked:
        words = {*WORD.findall(each.office.email.casefold().partition("@")[0])}
        other = next((named[word] for word in words if word in named), None)
        if other and other.member and other is not each and words.isdisjoint(_words(each)):
            message = f"{each.name}: {each.office.email} has the name of {other.member.name}, {electorates.words.member} for {other.name}"
            yield _warned(electorates.path, each.line, message, "check whose address it is")


def _words(electorate: Electorate) -> list[str]:
    """Return the words of a member's name, as an address may have them."""
    return WORD.findall(APOSTROPHE.sub("", electorate.member.name.casefold())) if electorate.member else []


def _ahead(electorates: ElectorateSet, asked: Iterable[Electorate], today: datetime.date) -> Iterator[Problem]:
    """Yield a warning for each member whose row is dated over a day ahead; where it is typed, it may be tomorrow."""
    for each in asked:
        if each.member and (each.member.as_at - today).days > 1:
            message = f"{each.name}: the row's date, {each.member.as_at}, is in the future"
            yield _warned(electorates.path, each.line, message, "correct the date")


def fresh_until(electorates: ElectorateSet, today: datetime.date) -> datetime.date | None:
    """Return the last day before the list of members gets old; None if it is old already."""
    last = electorates.as_at + datetime.timedelta(days=MOST_DAYS)
    return last if today <= last else None


def _old_role(electorates: ElectorateSet) -> Problem | None:
    """Return the warning of the first role with the oldest date of all; None if the list of members is as old."""
    held = [role for each in electorates.electorates if each.member for role in each.member.roles]
    first = next((role for role in held if role.as_at == electorates.as_at), None)
    if first is None or any(each.member and each.member.as_at == first.as_at for each in electorates.electorates):
        return None
    message = f"the list of roles is over {MOST_DAYS} days old ({first.as_at})"
    shown = f"{electorates.path.rpartition('/')[0]}/{electorates.files['roles'].name}"
    return _warned(shown, first.line, message, "check who has which role now, and update the dates")


def _oldest(electorates: ElectorateSet) -> int:
    listed = ((each.line, each.member) for each in electorates.electorates)
    return min((line for line, member in listed if member and member.as_at == electorates.as_at), default=1)


def _warned(shown: str, line: int | None, message: str, hint: str) -> Problem:
    return Problem(shown, line, message, hint, warning=True, check=CHECK)


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
        yield from _half_changed(electorate)
    elif member.note:
        yield f"{electorate.name}: {member.note.rstrip('.')}", "check that this is still correct"
    if DIGIT.search(member.name):
        yield f'{electorate.name}: "{member.name}" is not a person\'s name', f"write {VACANT} until there is a {noun}"
    if electorate.changes and electorate.changes[-1].date > member.as_at:
        last = electorate.changes[-1]
        message = f"{electorate.name}: {last.detail}, after the row's date"
        yield message, "check who the member is now, and update the row"


def _half_changed(electorate: Electorate) -> Iterator[tuple[str, str]]:
    """Yield a warning if the e-mail address of a new member has the name of the one before."""
    member = electorate.member
    if member and member.elected_name and member.elected_name != member.name:
        address = {*WORD.findall(electorate.office.email.partition("@")[0].casefold())}
        old, new = ({*WORD.findall(APOSTROPHE.sub("", name.casefold()))} for name in (member.elected_name, member.name))
        if address & (old - new) and not address & (new - old):
            message = f"{electorate.name}: {electorate.office.email} has the name of {member.elected_name}, not of {member.name}"
            yield message, "correct the address, the party and the row's date too"

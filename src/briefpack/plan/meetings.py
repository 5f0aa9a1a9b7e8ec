"""Read a brief's meetings and the people whom they are with from its tables, with each mistake at its cell."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack.electorates import Electorate, Recipient, people
from briefpack.electorates.tables import RECIPIENTS, Column, Folder, items
from briefpack.plan.loaded import LoadedBrief
from briefpack.problem import Owner, Problem, nearest, one_problem, raise_any
from briefpack.project import Project, within
from briefpack.text import entry, numbers, tables
from briefpack.text.spelling import fold
from briefpack.text.tables import Row, SheetError, Table

MEETINGS = "meetings"
"""The name of the table in a brief's folder, without its ending; that of the people is RECIPIENTS."""
FILES = (".csv", ".xlsx", ".ods")
TEXT, NEEDED = Column(optional=True), Column(needed=True)
COLUMNS: Mapping[str, Column] = {
    "id": Column("new-slug", optional=True), "date": NEEDED, "time": TEXT, "minutes": Column("whole", optional=True),
    "place": TEXT, "phone": TEXT, "recipients": NEEDED, "people": TEXT, "asks": TEXT, "copies": TEXT, "notes": TEXT,
}  # fmt: skip
MINUTES = 30
"""How long a meeting is, unless its row says otherwise."""
MOST_COPIES = 500
# A weekday may stand before a date, whole or cut short: Tue 8/12/2026.
WITH_WEEKDAY = re.compile(r"(?P<weekday>[^\W\d]{2,})\.?,?\s+(?P<date>.*\d.*)", re.DOTALL)
# 14:30, 9.30 am, 2 pm, and the seconds that a spreadsheet adds.
TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?::00)?\s*(?P<half>[ap])?\.?(?:m\.?)?", re.IGNORECASE)
# A person may have a role after the name: Ana Lee (opens).
PERSON = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<role>[^()]*)\))?")
# A number of copies may be for one document: pack=2.
COPIES = re.compile(r"(?:(?P<document>[\w-]+)\s*=\s*)?(?P<number>\d{1,3})")


@dataclass(frozen=True)
class Person:
    """One of our people at a meeting, and what they do there."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class Meeting:
    """A meeting: when and where it is, whom it is with, and which asks are taken to it, in order; no asks are all.

    `people`, `copies` and `notes` are ours alone: a document for the recipients is planned from `public`. `copies` are
    pairs of the kind of a document, or its ask, and a number; the number beside an empty text is for every other one.
    """

    id: str
    date: datetime.date
    time: datetime.time | None
    minutes: int
    place: str
    phone: str
    recipients: tuple[Recipient, ...]
    asks: tuple[str, ...]
    people: tuple[Person, ...] = ()
    copies: tuple[tuple[str, int], ...] = ()
    notes: str = ""

    @property
    def folder(self) -> str:
        """Return the name of the folder of its documents, which sorts by date."""
        return f"{self.date}-{self.id}"

    @property
    def public(self) -> "Meeting":
        """Return the meeting without what is ours alone."""
        return replace(self, people=(), copies=(), notes="", minutes=0)

    @property
    def electorate(self) -> str | None:
        """Return the slug of its electorate; None if its recipients have none, or several."""
        return electorate_of(self.recipients)

    @property
    def starts(self) -> datetime.datetime:
        """Return when it begins; one without a time, at the end of its day."""
        return datetime.datetime.combine(self.date, self.time or datetime.time.max)

    def minutes_until(self, other: "Meeting") -> int | None:
        """Return the minutes between its end and the beginning of a later one; None if either has no time."""
        if not (self.time and other.time):
            return None
        ends = self.starts + datetime.timedelta(minutes=self.minutes)
        return int((other.starts - ends).total_seconds() // 60)

    def copies_of(self, kind: str, ask: str | None) -> int:
        """Return the copies of a document: by its ask, or by its kind, or of every document; one, if nothing says."""
        copies = {"": 1, **dict(self.copies)}
        return next(copies[name] for name in (ask, kind, "") if name in copies)

    def overlaps(self, other: "Meeting") -> bool:
        """Return whether two meetings, both with a time, share a minute."""
        if not (self.time and other.time):
            return False
        ends = [each.starts + datetime.timedelta(minutes=each.minutes) for each in (self, other)]
        return self.starts < ends[1] and other.starts < ends[0]


def read(project: Project, loaded: LoadedBrief, today: datetime.date) -> tuple[Meeting, ...]:
    """Return the meetings of a brief, the earliest first; none if it has no table of them.

    Raises Problems for all cells of both tables at once.
    """
    folder, group = project.root / "briefs" / loaded.name, loaded.group
    files = Folder(folder, f"briefs/{loaded.name}", group.by_slug if group else None)
    files.states = tuple(group.states) if group else ()
    known = [*(group.recipients if group else ())]
    if table := _table(files, RECIPIENTS):
        known = [*people.read(files, table, group.states if group else {}), *known]
    table = _table(files, MEETINGS)
    members = {each.electorate: each for each in people.of_members(group.electorates, known)} if group else {}
    found = [*_Reading(files, table, loaded, known, members, today).meetings()] if table else []
    raise_any(files.problems)
    return tuple(sorted(found, key=lambda meeting: (meeting.starts, meeting.id)))


def example(loaded: LoadedBrief, today: datetime.date) -> dict[str, str]:
    """Return the tables of a meeting in two weeks, by the names of their files; they can be built as they are."""
    brief, day = loaded.brief, today + datetime.timedelta(days=14)
    typed = loaded.locale.typed.dates == "day/month/year"
    members = [each.member.name for each in (loaded.group.electorates if loaded.group else ()) if each.member]
    row = {
        "date": f"{day.day}/{day.month}/{day.year}" if typed else day.isoformat(), "time": "10:30",
        "minutes": str(MINUTES), "place": "12 High Street", "phone": "", "recipients": (*members, "Jo Citizen")[0],
        "people": "; ".join(f"{contact.name} (opens)" for contact in brief.contacts[:1]),
        "asks": "; ".join(ask.id for ask in brief.asks[:3]), "copies": "2", "notes": "",
    }  # fmt: skip
    made = {f"{MEETINGS}.csv": _csv(row)}
    return made if members else made | {f"{RECIPIENTS}.csv": _csv({"name": "Jo Citizen", "office": "Mayor"})}


def _csv(row: Mapping[str, str]) -> str:
    made = io.StringIO()
    writer = csv.DictWriter(made, row, lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return made.getvalue()


def select(meetings: tuple[Meeting, ...], named: tuple[str, ...], day: datetime.date | None) -> tuple[Meeting, ...]:
    """Return the meetings with these ids and on this day; all, if neither is given. Raises Problems for unknown ids."""
    ids = [meeting.id for meeting in meetings]
    unknown = [each for each in named if each not in ids]
    raise_any(
        Problem("meetings", None, f'there is no meeting called "{each}"', nearest(each, ids), Owner.COMMAND)
        for each in unknown
    )
    chosen = tuple(each for each in meetings if (not named or each.id in named) and day in (None, each.date))
    if not chosen:
        hint = "leave out --day for all of them" if meetings else "briefpack new meetings, and a row for each"
        raise one_problem("meetings", None, "there is no meeting to make documents for", hint, Owner.COMMAND)
    return chosen


def _table(files: Folder, name: str) -> Table | None:
    """Return a table of a brief's folder; None if it isn't there, or can't be read, which is a problem."""
    path = next((path for end in FILES if (path := within(files.folder, name + end))), None)
    return files.attempt(lambda: _read(path, f"{files.shown}/{path.name}")) if path else None


def _read(path: Path, shown: str) -> Table:
    try:
        return tables.read(path, shown, None, None)
    except SheetError as error:
        raise one_problem(shown, None, str(error), "keep one sheet, and move the others to another file") from None


@dataclass(frozen=True)
class _Reading:
    """The table of meetings as it is read, and everybody whom it may name."""

    files: Folder
    table: Table
    loaded: LoadedBrief
    known: list[Recipient]
    members: Mapping[str, Recipient]
    today: datetime.date

    def meetings(self) -> Iterator[Meeting]:
        """Yield the meetings whose rows can be read, and check that nobody is at two of them at once."""
        found: list[tuple[Row, Meeting]] = []
        for row in self.files.checked(self.table, COLUMNS):
            before = len(self.files.problems)
            meeting = self._meeting(row)
            if meeting and len(self.files.problems) == before:
                self._check_people(row, meeting, found)
                found.append((row, meeting))
        yield from (meeting for _, meeting in found)

    def _say(self, row: Row, column: str, message: str, hint: str) -> None:
        self.files.say(self.table, row, f"{column}: {message}", hint, column)

    def _meeting(self, row: Row) -> Meeting | None:
        date = self._date(row)
        recipients = [*self._recipients(row, date)]
        time, asks, copies = self._time(row), [*self._asks(row, recipients)], tuple(self._copies(row))
        if date is None or not recipients:
            return None
        for each in recipients:
            if each.until and each.until < date:
                self._say(row, "recipients", f"{each.name} left on {each.until}", "name whoever followed")
        return Meeting(
            row["id"] or slug_of(recipients[0].name), date, time, int(row["minutes"] or MINUTES), row["place"],
            row["phone"], tuple(recipients), tuple(asks), tuple(self._people(row)), copies, row["notes"],
        )  # fmt: skip

    def _date(self, row: Row) -> datetime.date | None:
        """Return the day in a row, whose weekday, if it has one, must be right."""
        cell, locale = row["date"], self.loaded.locale
        typed = WITH_WEEKDAY.fullmatch(cell)
        try:
            date = entry.date(typed["date"] if typed else cell, locale)
        except entry.RefusedError as error:
            self._say(row, "date", f'"{cell}" {error}', error.hint)
            return None
        names = locale.slips.weekdays
        if typed and names and not fold(names[date.weekday()]).startswith(fold(typed["weekday"])):
            written = numbers.date(date, locale).replace(numbers.NO_BREAK, " ")
            message = f"{written} is a {numbers.weekday(date, locale)}, not a {typed['weekday']}"
            self._say(row, "date", message, "correct the weekday or the date")
        return date

    def _time(self, row: Row) -> datetime.time | None:
        """Return the time in a row; None if the cell is empty or isn't a time."""
        cell = row["time"]
        found = TIME.fullmatch(cell)
        hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (24, 0)
        if found and found["half"] and hour <= HALF:
            hour = hour % HALF + (HALF if found["half"].lower() == "p" else 0)
        try:
            return datetime.time(hour, minute) if cell else None
        except ValueError:
            self._say(row, "time", f'"{cell}" is not a time', "write it as 14:30 or 2.30 pm")
            return None

    def _recipients(self, row: Row, date: datetime.date | None) -> Iterator[Recipient]:
        for name in items(row["recipients"]):
            if found := self._recipient(row, name, past=date is not None and date < self.today):
                yield found

    def _recipient(self, row: Row, name: str, *, past: bool) -> Recipient | None:
        """Return the person whom a name means: of the tables, a member, or the member for an electorate."""
        named, group = fold(name), self.loaded.group
        listed = next((each for each in self.known if named in map(fold, (each.name, each.styled))), None)
        # One who is listed with an electorate and no office is its member.
        if listed and (listed.office or not listed.electorate):
            return listed
        for each in group.electorates if group else ():
            seat = self.loaded.locale.label("member-for", name=each.name)
            places = {fold(each.name), each.slug, fold(each.slug), fold(seat)}
            now, person = self.members.get(each.slug), each.member
            people_of = {fold(person.name), fold(person.elected_name)} if person else set()
            if not (named in places | people_of or (listed and listed.electorate == each.slug)):
                continue
            if now and person and named in places | {fold(person.name), fold(now.name)}:
                return now
            if past:
                return Recipient(name, electorate=each.slug, seat=each.name, state=each.state)
            self._say(row, "recipients", *self._no_longer(name, each, now))
            return None
        self._say(row, "recipients", *self._unknown(name))
        return None

    def _no_longer(self, name: str, electorate: Electorate, now: Recipient | None) -> tuple[str, str]:
        """Return the message and the hint for the name of a seat that is vacant, or of somebody who has left it."""
        word = self.loaded.group.words.member if self.loaded.group else ""
        if now:
            return f"{name} is no longer the {word} for {electorate.name}", now.name
        return f"{electorate.name} has no {word} now", f"name somebody else, or add them to {RECIPIENTS}.csv"

    def _unknown(self, name: str) -> tuple[str, str]:
        """Return the message and the hint for a name that nobody has."""
        every = (*self.known, *self.members.values())
        near = nearest(name, {text for each in every for text in (each.name, each.seat) if text}, most=0)
        added = f"add a row for them to {RECIPIENTS}.csv"
        return f'nobody is called "{name}"', f"{near}, or {added}" if near else added

    def _people(self, row: Row) -> Iterator[Person]:
        for each in items(row["people"]):
            if found := PERSON.fullmatch(each):
                yield Person(found["name"], found["role"] or "")
            else:
                self._say(row, "people", f'"{each}" has brackets that don\'t match', "Ana Lee (opens); Bo Chan (story)")

    def _asks(self, row: Row, recipients: Iterable[Recipient]) -> Iterator[str]:
        """Yield the asks chosen in a row, each of which its electorate must have."""
        slug, group = electorate_of(recipients), self.loaded.group
        electorate = group.by_slug[slug] if group and slug else None
        known = [ask.id for ask in self.loaded.brief.asks]
        own = {ask.id for ask in self.loaded.variant(electorate).asks}
        for each in dict.fromkeys(items(row["asks"])):
            if each in own:
                yield each
            elif each in known:
                place = electorate.name if electorate else "a meeting without an electorate"
                self._say(row, "asks", f'"{each}" is not for {place}', "delete it, or change its only: or except:")
            else:
                self._say(row, "asks", f'there is no ask called "{each}"', nearest(each, known) or ", ".join(known))

    def _copies(self, row: Row) -> Iterator[tuple[str, int]]:
        for each in items(row["copies"].replace(",", ";")):
            found = COPIES.fullmatch(each)
            if found and int(found["number"]) <= MOST_COPIES:
                yield found["document"] or "", int(found["number"])
            else:
                hint = "write 2 for every document, or pack=2; leave-behind=5"
                self._say(row, "copies", f'"{each}" is not a number of copies', hint)

    def _check_people(self, row: Row, meeting: Meeting, found: Iterable[tuple[Row, Meeting]]) -> None:
        """Check that a meeting has a name of its own, and that none of our people is at another at the same time."""
        for other_row, other in found:
            if other.folder == meeting.folder:
                message = f'the meeting on line {other_row.line} is called "{other.id}" too'
                self._say(row, "id", message, "give one of them another id")
            elif meeting.date >= self.today and meeting.overlaps(other):
                names = {each.name for each in other.people}
                for person in meeting.people:
                    if person.name in names:
                        message = f'{person.name} is at "{other.id}" until {_until(other)}'
                        self._say(row, "people", message, "send somebody else, or move one of the meetings")


HALF = 12


def _until(meeting: Meeting) -> str:
    return f"{meeting.starts + datetime.timedelta(minutes=meeting.minutes):%H:%M}"


def electorate_of(recipients: Iterable[Recipient]) -> str | None:
    """Return the slug of the electorate of some people; None if they have none, or several."""
    slugs = {each.electorate for each in recipients}
    return next(iter(slugs)) or None if len(slugs) == 1 else None


def slug_of(name: str) -> str:
    """Return an id made of a name: anne-stanley."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name))) or "meeting"

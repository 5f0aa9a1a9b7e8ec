"""Read the front of a draft: its title, its organisation, its date; and its contacts and glossary."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from briefpack.importing.blocks import passages_of
from briefpack.importing.content import spread
from briefpack.importing.cover import is_front
from briefpack.importing.draft import Block, Grid, Leftover, Paragraph, Passage, Picture, Run
from briefpack.importing.outline import cut, cut_end
from briefpack.text import entry, typography
from briefpack.text.locale import Locale

EMAIL = re.compile(r"[^\s@<>(),;]+@[^\s@<>(),;]+\.[^\s@<>(),;.]+")
PHONE = re.compile(r"\+?\(?\d[\d ()-]{6,}\d")
WEBSITE = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
LONGEST_NAME = 6
"""In words: a longer line is no name of an organisation."""
SEPARATOR = re.compile(r"\s*(?::|\s[–—-])\s+|\t|：|——")  # noqa: RUF001 -- Chinese marks


@dataclass(frozen=True)
class Front:
    """What the front of a draft says, and the blocks of text there."""

    title: str = ""
    subject: str = ""
    organisation: str = ""
    website: str = ""
    label: str = ""
    date: datetime.date | None = None
    blocks: tuple[Block, ...] = ()
    leftovers: tuple[Leftover, ...] = ()


@dataclass(frozen=True)
class Contact:
    """A person to write to."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""


def read(blocks: Iterable[Block], title: str, locale: Locale) -> Front:
    """Return what the front says; the first short line is the title if the draft has none yet."""
    front = Front(title)
    for block in spread(blocks):
        text = any(not isinstance(each, Picture) for each in front.blocks)
        if isinstance(block, Paragraph) and is_front(block) and not text:
            front = _with(front, block.passage, locale)
        else:
            front = replace(front, blocks=(*front.blocks, block))
    return front


def _with(front: Front, passage: Passage, locale: Locale) -> Front:
    """Return the front with what a short line says."""
    words = " ".join(passage.words.split())
    if words == front.title:
        return front
    if found := _byline(words, locale):
        return _by(front, passage, found)
    if day := _day(words, locale):
        return replace(front, date=day) if front.date is None else _left(front, passage)
    if WEBSITE.fullmatch(words) and not front.website:
        address = words if words.startswith("http") else f"https://{words.lower()}"
        return replace(front, website=address)
    if not front.title:
        return replace(front, title=words)
    return _named(front, words) or _left(front, passage)


def _byline(words: str, locale: Locale) -> str:
    """Return the words at the start of a line that say who wrote the draft: “Prepared by”."""
    found = re.match(rf"(?:{typography.any_of(locale.drafts.bylines)})\s*[:：]?(?=\s|[:：]|$)", words, re.IGNORECASE)  # noqa: RUF001 -- Chinese marks
    return found[0] if found else ""


def author(words: str, locale: Locale) -> str:
    """Return who a line says that the draft is by: “A briefing by Clean Air”; an empty text if it says nobody."""
    byline = _byline(words, locale)
    return words[len(byline) :].strip(" :") if byline else ""


def _by(front: Front, passage: Passage, byline: str) -> Front:
    """Return the front with the organisation after a byline; it may be on the next line."""
    said = replace(passage, runs=(Run(byline),))
    name = " ".join(passage.words.split())[len(byline) :].strip()
    named = replace(front, organisation=name) if name and not front.organisation else front
    return _left(named, said if named is not front or not name else passage)


def _named(front: Front, words: str) -> Front | None:
    """Return the front with a line as the subject if it is long, or else as the organisation or the label."""
    if len(words.split()) > LONGEST_NAME:
        return None if front.subject else replace(front, subject=words)
    if not front.organisation:
        return replace(front, organisation=words)
    return None if front.label else replace(front, label=words)


def _left(front: Front, passage: Passage) -> Front:
    reason = "a line above the first heading"
    return replace(front, leftovers=(*front.leftovers, Leftover(passage.words, passage.place, reason)))


def _day(words: str, locale: Locale) -> datetime.date | None:
    try:
        return entry.date(words, locale)
    except entry.RefusedError:
        return _written(words, locale)


def _written(words: str, locale: Locale) -> datetime.date | None:
    """Return the day that words name as the locale writes one: 2026年3月12日."""
    months = locale.listed("months")
    parts = {"year": r"(?P<year>\d{4})", "month": f"(?P<month>{typography.any_of(months)})", "day": r"(?P<day>\d{1,2})"}
    found = re.fullmatch(re.sub(r"\{(\w+)\}", lambda name: parts[name[1]], locale.labels["date"]), words)
    try:
        return found and datetime.date(int(found["year"]), months.index(found["month"]) + 1, int(found["day"]))
    except ValueError:
        return None


def contacts(blocks: Iterable[Block]) -> tuple[Contact, ...]:
    """Return the people that lines name, each with the role, the address and the number below the name."""
    found: list[Contact] = []
    for line in _lines(blocks):
        email, phone = EMAIL.search(line), PHONE.search(line)
        name = _rest(line, email, phone)
        if name and (not found or found[-1].email or found[-1].phone):
            found.append(Contact())
        if not found:
            continue
        found[-1] = _filled(found[-1], name, email[0] if email else "", phone[0] if phone else "")
    return tuple(each for each in found if each.name)


def _filled(contact: Contact, name: str, email: str, phone: str) -> Contact:
    if name and not contact.name:
        name, role = (*re.split(r",\s|，", name, maxsplit=1), "")[:2]  # noqa: RUF001 -- Chinese marks
        contact = replace(contact, name=name, role=role)
    elif name:
        contact = replace(contact, role=", ".join(filter(None, [contact.role, name])))
    return replace(contact, email=contact.email or email, phone=contact.phone or phone)


def _rest(line: str, *found: re.Match[str] | None) -> str:
    for each in found:
        line = line.replace(each[0], " ") if each else line
    return " ".join(line.split()).strip(" ,;:|()<>–—-")


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        for passage in passages_of(block):
            yield from (line for line in re.split(r"\n| \| ", passage.words) if line.strip())


def glossary(blocks: Iterable[Block]) -> tuple[tuple[Passage, Passage], ...]:
    """Return each term and its meaning: lines such as “term: meaning”, or a table of two columns.

    Empty if any of the lines has no term and no meaning.
    """
    found: list[tuple[Passage, Passage]] = []
    for block in blocks:
        terms = _in_table(block) if isinstance(block, Grid) else tuple(map(_in_two, passages_of(block)))
        if not terms or None in terms:
            return ()
        found += filter(None, terms)
    return tuple(found)


def _in_two(passage: Passage) -> tuple[Passage, Passage] | None:
    """Return the term and the meaning in a line; None if nothing separates them."""
    between = SEPARATOR.search(passage.words)
    return (cut_end(passage, between.start()), cut(passage, between.end())) if between else None


def _in_table(grid: Grid) -> tuple[tuple[Passage, Passage], ...]:
    """Return the terms of a table of two columns, below its heading; none of another table."""
    rows = grid.rows[1:] if grid.has_heading else grid.rows
    cells = [[passage for block in cell for passage in passages_of(block)] for row in rows for cell in row]
    if any(len(row) != 2 for row in rows) or any(len(cell) != 1 for cell in cells):
        return ()
    passages = [cell[0] for cell in cells]
    return tuple(zip(passages[::2], passages[1::2], strict=True))

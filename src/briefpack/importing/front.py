"""Read the front of a draft: its title, organisation and date; and its contacts, glossary and signature."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from briefpack.importing import words
from briefpack.importing.content import is_table, spread
from briefpack.importing.draft import Block, Draft, Grid, Heading, Paragraph, Passage, Picture, in_cell, passages_of
from briefpack.importing.outline import Part
from briefpack.text import entry, typography, unspaced
from briefpack.text.locale import Locale

EMAIL = re.compile(r"[^\s@<>(),;]+@[^\s@<>(),;]+\.[^\s@<>(),;.]+")
PHONE = re.compile(r"\+?\(?\d[\d ()-]{6,}\d")
WEBSITE = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
LONGEST_LINE = 12
"""In words: the longest line of a cover or a signature."""
LONGEST_NAME = 6
"""In words: a longer line is no name of an organisation or a person."""
SEPARATOR = re.compile(r"\s*(?::|\s[–—-])\s+|\t|：|——")  # noqa: RUF001 -- Chinese marks
COMMA = re.compile(r",\s|，")  # noqa: RUF001 -- Chinese marks
ENDS = (".", ":", "。", "：")  # noqa: RUF001 -- Chinese marks
"""The characters that no line of a cover ends in."""
ENDS_OF_SENTENCES = (*ENDS, "!", "?", "”", "！", "？")  # noqa: RUF001 -- Chinese marks


@dataclass
class Front:
    """What the front of a draft says, the blocks of text there, and the parts below it."""

    title: str = ""
    subject: str = ""
    organisation: str = ""
    website: str = ""
    label: str = ""
    date: datetime.date | None = None
    blocks: list[Block] = field(default_factory=list)
    parts: tuple[Part, ...] = ()


def read(parts: tuple[Part, ...], draft: Draft, locale: Locale) -> Front:
    """Return the front matter; its title is the first heading, if that is above all others or has no text of its own.

    If the draft has no title, it is the first short line.
    """
    headless = bool(parts) and parts[0].heading is None
    blocks, parts = (parts[0].blocks, parts[1:]) if headless else ((), parts)
    front = Front(draft.title, organisation=author(draft.author, locale) or draft.author, date=_day(draft.date, locale))
    if parts and _is_title(parts, draft, locale):
        first = parts[0]
        front.title = front.title or first.title
        parts = (*first.parts, *parts[1:])
        lines = [*_cover_lines(parts, locale)] if _is_bold(first) else []
        parts = parts[len(lines) :]
        blocks = (*blocks, *first.blocks, *(block for part in lines for block in _unheaded(part)))
    front.parts = parts
    for block in spread(blocks):
        text = any(not isinstance(each, Picture) for each in front.blocks)
        if isinstance(block, Paragraph) and is_front(block) and not text:
            _add(front, block.passage, draft, locale)
        else:
            front.blocks.append(block)
    return front


def _is_title(parts: tuple[Part, ...], draft: Draft, locale: Locale) -> bool:
    first, *others = parts
    if draft.title:
        return first.title == draft.title
    only_lines = all(map(is_front, first.blocks))
    if _is_bold(first) and not words.kind(first.title, locale) and first.parts and only_lines:
        return True
    if others and first.blocks and not first.parts:
        return only_lines and not any(map(is_front, others[0].blocks[:1]))
    alone = all(_level(each) > _level(first) for each in others)
    return (alone and bool(first.parts or others)) or not (first.blocks or first.parts)


def _level(part: Part) -> int:
    return part.heading.level if part.heading else 0


def is_front(block: Block) -> bool:
    """Return whether a block is a short line, as on a cover, an image, or a table that arranges such lines."""
    if isinstance(block, Grid):
        return not is_table(block) and all(is_front(each) for row in block.rows for cell in row for each in cell)
    if isinstance(block, Picture):
        return True
    text = block.passage.words if isinstance(block, Paragraph) else ""
    return 0 < unspaced.count(text) <= LONGEST_LINE and not text.rstrip().endswith(ENDS)


def _is_bold(part: Part) -> bool:
    return part.heading is not None and part.heading.sign == "bold"


def _cover_lines(parts: tuple[Part, ...], locale: Locale) -> Iterator[Part]:
    """Yield the bold lines at the start that are no headings, each with the short lines below it."""
    for part in parts[:-1]:
        if words.kind(part.title, locale) or part.parts or not _is_bold(part) or not all(map(is_front, part.blocks)):
            return
        yield part


def _unheaded(part: Part) -> Iterator[Block]:
    for block in part.headed:
        yield Paragraph(block.passage) if isinstance(block, Heading) else block


def _add(front: Front, passage: Passage, draft: Draft, locale: Locale) -> None:
    """Add the field that a short line gives; words without a field go into the list of leftovers."""
    line = passage.line
    byline, day = _byline(line, locale), _day(line, locale)
    left = ""
    if line == front.title:
        return
    if byline:
        name = line[len(byline) :].strip()
        left = line if name and front.organisation else byline
        front.organisation = front.organisation or name
    elif day:
        left = line if front.date else ""
        front.date = front.date or day
    elif WEBSITE.fullmatch(line) and not front.website:
        front.website = line if line.startswith("http") else f"https://{line.lower()}"
    elif key := _free_key(front, line):
        setattr(front, key, line)
    else:
        left = line
    if left:
        draft.leave(left, passage.place, "a line above the first heading")


def _free_key(front: Front, line: str) -> str:
    """Return the first empty key that a line may fill; a long line may only be the title or the subject."""
    keys = ("title", "subject") if len(line.split()) > LONGEST_NAME else ("title", "organisation", "label")
    return next((key for key in keys if not getattr(front, key)), "")


def _byline(line: str, locale: Locale) -> str:
    """Return the words at the start of a line that say who wrote the draft: “Prepared by”."""
    found = re.match(rf"(?:{typography.any_of(locale.drafts.bylines)})\s*[:：]?(?=\s|[:：]|$)", line, re.IGNORECASE)  # noqa: RUF001 -- Chinese marks
    return found[0] if found else ""


def author(line: str, locale: Locale) -> str:
    """Return the author that a line names: “A briefing by Clean Air”; an empty text if it names nobody."""
    byline = _byline(line, locale)
    return line[len(byline) :].strip(" :") if byline else ""


def _day(line: str, locale: Locale) -> datetime.date | None:
    try:
        return entry.date(line, locale)
    except entry.RefusedError:
        return _written(line, locale)


def _written(line: str, locale: Locale) -> datetime.date | None:
    """Return the day that words name as the locale writes one: 2026年3月12日."""
    months = locale.listed("months")
    parts = {"year": r"(?P<year>\d{4})", "month": f"(?P<month>{typography.any_of(months)})", "day": r"(?P<day>\d{1,2})"}
    found = re.fullmatch(re.sub(r"\{(\w+)\}", lambda name: parts[name[1]], locale.labels["date"]), line)
    try:
        return found and datetime.date(int(found["year"]), months.index(found["month"]) + 1, int(found["day"]))
    except ValueError:
        return None


Contact = dict[str, str]
"""The name, role, email and phone of a person to write to."""


def contacts(blocks: Iterable[Block]) -> list[Contact]:
    """Return the people that lines name, each with the role, the address and the number below the name."""
    found: list[Contact] = []
    passages = (passage for block in blocks for passage in passages_of(block))
    for line in (line for passage in passages for line in re.split(r"\n| \| ", passage.words)):
        email, phone = EMAIL.search(line), PHONE.search(line)
        rest = _rest(line, email, phone)
        if rest and (not found or found[-1].get("email") or found[-1].get("phone")):
            name, role = (*COMMA.split(rest, maxsplit=1), "")[:2]
            found.append({"name": name, "role": role})
        elif rest:
            found[-1]["role"] = ", ".join(filter(None, [found[-1]["role"], rest]))
        if found:
            for key, match in (("email", email), ("phone", phone)):
                found[-1][key] = found[-1].get(key) or (match[0] if match else "")
    return found


def _rest(line: str, *found: re.Match[str] | None) -> str:
    for each in found:
        line = line.replace(each[0], " ") if each else line
    return " ".join(line.split()).strip(" ,;:|()<>–—-")


def glossary(blocks: Iterable[Block]) -> tuple[tuple[Passage, Passage], ...]:
    """Return each term and its meaning: lines such as “term: meaning”, or a table of two columns.

    Empty if any of the lines has no term and no meaning.
    """
    found: list[tuple[Passage, Passage]] = []
    for block in blocks:
        terms = _in_table(block) if isinstance(block, Grid) else [_in_two(each) for each in passages_of(block)]
        if not terms or None in terms:
            return ()
        found += filter(None, terms)
    return tuple(found)


def _in_two(passage: Passage) -> tuple[Passage, Passage] | None:
    """Return the term and the meaning in a line; None if nothing separates them."""
    between = SEPARATOR.search(passage.words)
    return (passage.before(between.start()), passage.after(between.end())) if between else None


def _in_table(grid: Grid) -> list[tuple[Passage, Passage] | None]:
    """Return the terms of a table of two columns, below its heading; None for a row of another kind."""
    rows = [[in_cell(cell) for cell in row] for row in (grid.rows[1:] if grid.has_heading else grid.rows)]
    return [(row[0][0], row[1][0]) if [*map(len, row)] == [1, 1] else None for row in rows]


def signature(blocks: tuple[Block, ...]) -> tuple[str, str, tuple[Block, ...]] | None:
    """Return the name and the role below a text, and the blocks above them; None if its last paragraph is no name."""
    lines = [_signing(block) for block in blocks]
    if len(blocks) < 2 or not lines[-1]:
        return None
    name, _, role = lines[-1].partition("\n")
    before = lines[-2]
    if len(blocks) > 2 and not role and before and "\n" not in before and unspaced.count(before) <= LONGEST_NAME:
        return before, name, blocks[:-2]
    return name.strip(), " ".join(role.split()), blocks[:-1]


def _signing(block: Block) -> str:
    """Return a short paragraph that is no sentence; an empty text for another block."""
    text = block.passage.words.strip() if isinstance(block, Paragraph) else ""
    return "" if unspaced.count(text) > LONGEST_LINE or text.endswith(ENDS_OF_SENTENCES) else text

"""Read the front of a draft: its title, organisation and date; and its contacts, glossary and signature."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from briefpack.importing import markdown, words
from briefpack.importing.draft import Block, Draft, Grid, Paragraph, Picture, texts
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
"""What is between a term and its meaning."""
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
    date: datetime.date | None = None
    blocks: list[Block] = field(default_factory=list)
    parts: tuple[Part, ...] = ()


def read(parts: tuple[Part, ...], draft: Draft, locale: Locale) -> Front:
    """Return the front matter.

    Its title is that of the file, or the first heading if that is above all others or has only short lines below it.
    """
    headless = bool(parts) and parts[0].heading is None
    blocks, parts = (parts[0].blocks, parts[1:]) if headless else ((), parts)
    front = Front(draft.title, subject=draft.subtitle, date=_day(draft.date, locale))
    front.organisation = _author(draft.author, locale) or draft.author or _author(draft.subtitle, locale)
    while parts and _is_title(parts, front, locale):
        title = parts[0].title
        if not front.title:
            front.title = title
        elif title != front.title:
            _fill(front, title, locale)
        blocks = (*blocks, *parts[0].blocks)
        parts = (*parts[0].parts, *parts[1:])
    front.parts = parts
    for block in spread(blocks):
        is_text = any(not isinstance(above, Picture) for above in front.blocks)
        if isinstance(block, Paragraph) and not is_text and is_short(block):
            for line in block.text.split("\n"):
                _fill(front, markdown.plain(line), locale)
        else:
            front.blocks.append(block)
    front.title = front.title or draft.title
    return front


def _is_title(parts: tuple[Part, ...], front: Front, locale: Locale) -> bool:
    """Return whether the first of some parts is the title, or another line of the cover in bold type."""
    first, *others = parts
    if words.kind(first.title, locale) or first.heading is None:
        return False
    if front.title and not front.parts and first.title == front.title:
        return True
    short = all(map(is_short, first.blocks))
    if front.title:
        return first.heading.is_typed and short and bool(others)
    deeper = all(part.heading and part.heading.level > first.heading.level for part in others)
    return (deeper and bool(first.parts or others)) or (short and bool(others or not first.blocks))


def is_short(block: Block) -> bool:
    """Return whether a block is a short line, as on a cover, an image, or a table that arranges such lines."""
    if isinstance(block, Grid):
        return not is_table(block) and all(is_short(inner) for inner in spread([block]))
    if isinstance(block, Picture):
        return True
    text = markdown.plain(block.text) if isinstance(block, Paragraph) else ""
    return 0 < unspaced.count(text) <= LONGEST_LINE and not text.endswith(ENDS)


def is_table(grid: Grid) -> bool:
    """Return whether a table is one, and doesn't only arrange text: columns of equal height, without images."""
    if len(grid.rows) < 2 or len({len(row) for row in grid.rows}) > 1 or len(grid.rows[0]) < 2:
        return False
    for row in grid.rows:
        for cell in row:
            if any(isinstance(block, Picture) for block in cell):
                return False
    return True


def spread(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks, with the contents of tables that only arrange text on the page."""
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, Grid) or is_table(block):
            found.append(block)
            continue
        for row in block.rows:
            for cell in row:
                found += spread(cell)
    return found


def _fill(front: Front, line: str, locale: Locale) -> None:
    """Fill the first empty field that a short line may give; a further line begins the text."""
    author, day = _author(line, locale), _day(line, locale)
    if line == front.title or not line:
        return
    if day and not front.date:
        front.date = day
    elif author and not front.organisation:
        front.organisation = author
    elif WEBSITE.fullmatch(line) and not front.website:
        front.website = line if "://" in line else f"https://{line}"
    elif not front.title:
        front.title = line
    elif not front.organisation and len(line.split()) <= LONGEST_NAME and not _byline(line, locale):
        front.organisation = line
    elif not front.subject and not _byline(line, locale):
        front.subject = line


def _byline(line: str, locale: Locale) -> str:
    """Return the words at the start of a line that say who wrote the draft: “Prepared by”."""
    bylines = typography.any_of(locale.drafts.bylines)
    found = re.match(rf"(?:{bylines})\s*[:：]?(?=\s|[:：]|$)", line, re.IGNORECASE)  # noqa: RUF001 -- Chinese marks
    return found[0] if found else ""


def _author(line: str, locale: Locale) -> str:
    """Return the author that a line names: “A briefing by Clean Air”; an empty text if it names nobody."""
    byline = _byline(line, locale)
    return line[len(byline) :].strip(" :") if byline else ""


def _day(line: str, locale: Locale) -> datetime.date | None:
    try:
        return entry.date(line, locale)
    except entry.RefusedError:
        return _written_day(line, locale)


def _written_day(line: str, locale: Locale) -> datetime.date | None:
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
    for line in re.split(r"\n| \| ", "\n".join(texts(blocks))):
        words = markdown.plain(line)
        email, phone = EMAIL.search(words), PHONE.search(words)
        for match in filter(None, (email, phone)):
            words = words.replace(match[0], " ")
        rest = " ".join(words.split()).strip(" ,;:|()<>–—-")
        if rest and (not found or found[-1]["email"] or found[-1]["phone"]):
            name, role = (*COMMA.split(rest, maxsplit=1), "")[:2]
            found.append({"name": name, "role": role, "email": "", "phone": ""})
        elif rest:
            found[-1]["role"] = ", ".join(filter(None, [found[-1]["role"], rest]))
        if found and email:
            found[-1]["email"] = found[-1]["email"] or email[0]
        if found and phone:
            found[-1]["phone"] = found[-1]["phone"] or phone[0]
    return found


def glossary(blocks: Iterable[Block]) -> list[tuple[str, str]]:
    """Return each term and its meaning: lines such as “term: meaning”, or a table of two columns.

    Empty if any of the lines has no term and no meaning.
    """
    found: list[tuple[str, str]] = []
    for block in blocks:
        if isinstance(block, Grid):
            rows = [[" ".join(texts(cell)) for cell in row] for row in block.rows]
        else:
            rows = [SEPARATOR.split(text, maxsplit=1) for text in texts([block])]
        for row in rows:
            if len(row) != 2:
                return []
            found.append((markdown.plain(row[0]), row[1]))
    return found


def signature(blocks: tuple[Block, ...]) -> tuple[str, str, tuple[Block, ...]] | None:
    """Return the name and the role below a text, and the blocks above them; None if its last paragraph is no name."""
    lines = [_signing(block) for block in blocks]
    if len(blocks) < 2 or not lines[-1]:
        return None
    name, _, role = lines[-1].partition("\n")
    before = lines[-2]
    if len(blocks) > 2 and not role and before and "\n" not in before and unspaced.count(before) <= LONGEST_NAME:
        return before, name, blocks[:-2]
    return name, " ".join(role.split()), blocks[:-1]


def _signing(block: Block) -> str:
    """Return a short paragraph that is no sentence; an empty text for another block."""
    text = "\n".join(map(markdown.plain, block.text.split("\n"))) if isinstance(block, Paragraph) else ""
    return "" if unspaced.count(text) > LONGEST_LINE or text.endswith(ENDS_OF_SENTENCES) else text

"""Read the front of a draft: its title, organisation and date; and its contacts, glossary and signature."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefpack.importing import markdown, words
from briefpack.importing.draft import Block, Draft
from briefpack.importing.parts import Part
from briefpack.text import entry, typography, unspaced
from briefpack.text.locale import Locale

ADDRESSES = {"email": re.compile(typography.EMAIL), "phone": re.compile(r"\+?\(?\d[\d ()-]{6,}\d")}
WEBSITE = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
PROPERTIES = ("title", "subtitle", "author", "date")
LONGEST_LINE = 12
"""In words: the longest line of a cover or a signature."""
LONGEST_NAME = 6
"""In words: a longer line is no name of an organisation."""
# Between a term and its meaning: a colon, a dash or a tab.
SEPARATOR = re.compile(r"\s*(?::|\s[–—-])\s+|\t|：|——")  # noqa: RUF001 -- Chinese marks


@dataclass
class Front:
    """What the front of a draft says, and the parts below it."""

    title: str = ""
    subject: str = ""
    organisation: str = ""
    website: str = ""
    date: datetime.date | None = None
    parts: list[Part] = field(default_factory=list)


def read(parts: list[Part], draft: Draft, locale: Locale) -> Front:
    """Return the front matter: the properties of the file, and the short lines above its text.

    A heading that is above all others, or has only short lines below it, is the title.
    """
    title, subject, organisation, date = (draft.properties.get(name, "") for name in PROPERTIES)
    front = Front(title, subject, organisation or _author(subject, locale), date=_day(date, locale))
    first, *front.parts = parts
    blocks = [*first.blocks]
    while front.parts and _is_cover(front.parts, front.title, locale):
        first, *front.parts = front.parts
        _fill(front, first.title, locale)
        blocks += first.blocks
    is_cover, text = True, list[Block]()
    for block in blocks:
        is_cover = is_cover and (block.kind == "image" or is_line(block))
        if is_cover and block.kind != "image":
            for line in block.text.split("\n"):
                _fill(front, markdown.plain(line), locale)
        else:
            text.append(block)
    if front.parts and all(block.kind == "image" for block in text):
        front.parts[0].blocks[:0] = text
    else:
        front.parts.insert(0, Part(None, text))
    return front


def _is_cover(parts: Sequence[Part], title: str, locale: Locale) -> bool:
    """Return whether the first of some parts is the title, or another line of the cover in bold type."""
    first, *others = parts
    has_lines = all(block.kind == "image" or is_line(block) for block in first.blocks)
    if not others or words.kind(first.title, locale):
        return False
    if title:
        is_bold = first.heading and first.heading.is_typed
        return first.title == title or bool(is_bold and has_lines)
    return has_lines or all(part.level > first.level for part in others)


def is_line(block: Block) -> bool:
    """Return whether a block is a short line, as on a cover or below a letter."""
    is_short = 0 < unspaced.count(markdown.plain(block.text)) <= LONGEST_LINE
    return block.kind == "paragraph" and is_short and not block.text.endswith(words.ENDS)


def _fill(front: Front, line: str, locale: Locale) -> None:
    """Fill the first empty field that a short line may give."""
    if line == front.title or line.casefold() in locale.drafts.bylines:
        return
    author = _author(line, locale)
    day = _day(line, locale)
    if day and not front.date:
        front.date = day
    elif WEBSITE.fullmatch(line) and not front.website:
        front.website = line if "://" in line else f"https://{line}"
    elif not front.title:
        front.title = line
    elif not front.organisation and (author or (len(line.split()) <= LONGEST_NAME and not re.search(r"\d", line))):
        front.organisation = author or line
    elif not front.subject:
        front.subject = line


def _author(line: str, locale: Locale) -> str:
    """Return the author that a line names: “A briefing by Clean Air”; an empty text if it names nobody."""
    byline = re.match(rf"(?:{typography.any_of(locale.drafts.bylines)})\s+(.+)", line, re.IGNORECASE)
    return byline[1] if byline else ""


def _day(line: str, locale: Locale) -> datetime.date | None:
    """Return the day that a line names as people type it, or in digits as the locale writes one: 2026年3月12日."""
    try:
        return entry.date(line, locale)
    except entry.RefusedError:
        pass
    month = locale.listed("months")[0].replace("1", "%m")
    written = locale.label("date", year="%Y", month=month, day="%d").replace("\u00a0", " ")
    try:
        return datetime.datetime.strptime(line, written).date()  # noqa: DTZ007 -- a day has no time
    except ValueError:
        return None


def contacts(blocks: Iterable[Block]) -> list[dict[str, str]]:
    """Return the people that lines name, each with the role, the email and the phone beside or below the name."""
    people: list[dict[str, str]] = []
    for line in re.split(r"\n+| [|–—-] |, |，", "\n".join(block.text for block in blocks)):  # noqa: RUF001 -- a Chinese mark
        text = markdown.plain(line)
        reached: dict[str, str] = {}
        for key, pattern in ADDRESSES.items():
            for address in pattern.findall(text):
                reached[key] = address
                # A label such as “Email:” is no name.
                text = re.sub(r"^\s*\w+:\s*$", "", text.replace(address, ""))
        text = text.strip(" ,;:|()<>–—-")
        if text and (not people or people[-1].keys() & ADDRESSES.keys()):
            people.append({"name": text})
        elif text:
            people[-1]["role"] = ", ".join(filter(None, [people[-1].get("role"), text]))
        if people:
            people[-1] = people[-1] | reached | people[-1]
    return people


def glossary(blocks: Iterable[Block]) -> list[tuple[str, ...]]:
    """Return each term and its meaning: lines such as “term: meaning”, or a table of two columns.

    Empty if any of the lines has no term and no meaning.
    """
    rows: list[tuple[str, ...]] = []
    for block in blocks:
        rows += block.rows if block.kind == "table" else [tuple(SEPARATOR.split(text, 1)) for text in block.texts]
    return rows if all(len(row) == 2 and row[1] for row in rows) else []


def signature(blocks: Sequence[Block]) -> tuple[str, str, Sequence[Block]]:
    """Return the name and the role below a letter, or empty texts, and the blocks above them."""
    start = len(blocks)
    while start > max(1, len(blocks) - 2) and is_line(blocks[start - 1]):
        start -= 1
    name, _, role = "\n".join(block.text for block in blocks[start:]).partition("\n")
    return markdown.plain(name), markdown.plain(role), blocks[:start]

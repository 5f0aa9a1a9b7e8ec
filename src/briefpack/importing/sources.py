"""Turn a draft's notes into sources: one for identical notes, with publisher, title, date and address."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from briefpack.importing import markdown, words
from briefpack.importing.draft import Block
from briefpack.importing.parts import Part
from briefpack.text import typography
from briefpack.text import words as texts
from briefpack.text.locale import Locale

ADDRESS = re.compile(r"<?((?:https?://|www\.)[^\s<>]+?)>?[.,;)]*(?=\s|$)")
LINK = re.compile(r"\[(?:[^\]\\]|\\.)*\]\((https?://[^)]*)\)")
# Words in italic type.
ITALIC = re.compile(r"(?<![\\*])\*(?!\*)((?:[^*\\]|\\.)+)\*")
QUOTED = re.compile(r"[“‘\"'«《]\s?([^”\"»》]{4,}?)[,.]?\s?[”’\"'»》](?=[\s,.，。]|$)")  # noqa: RUF001 -- Chinese marks
# Between a publisher and a title.
BREAK = re.compile(r"(?:,|(?<=[^\W\d_]{3})\.|;)\s+|[，。：；]")  # noqa: RUF001 -- Chinese marks
MARKS = " ,.:;“”‘’\"'()«»《》，。：；"  # noqa: RUF001 -- Chinese marks


# References that are typed: [3] or [3, 4], as Markdown has them, or ³ after a word or a mark.
TYPED = re.compile(r"\s?\\\[(\d+(?:, ?\d+)*)\\\]|(?:(?<=[^\W\d_]{3})|(?<=[.,;:”’)]))([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
# The number of a source in a list that is typed: [3], ³ or “3.”.
NUMBER = re.compile(r"(?:\\\[(\d+)\\\]|(\d+)\.|([⁰¹²³⁴⁵⁶⁷⁸⁹]+))\s*")
LONG = 7
"""In words: a beginning longer than this is a title, and its publisher comes last."""


class Source(NamedTuple):
    """A source as guessed from a note."""

    name: str
    publisher: str
    title: str
    date: str
    url: str
    words: str


def cite(parts: list[Part], notes: list[str], locale: Locale) -> tuple[list[Part], list[str]]:
    """Return the parts without a numbered list of sources, whose entries become notes, and the numbers that go."""
    listed: dict[int, int] = {}
    numbers: list[str] = []
    rest: list[Part] = []
    for part in parts:
        entries = _numbered(part.blocks) if words.kind(part.title, locale) == "sources" else {}
        rest += [] if entries else [part]
        for number, text in entries.items():
            listed[number] = len(notes)
            numbers.append(str(number))
            notes.append(text)

    def cited(text: str, _about: str) -> str:
        return TYPED.sub(noted, text)

    def noted(typed: re.Match[str]) -> str:
        named = list(map(_digits, typed[typed.lastindex or 0].split(",")))
        if not listed.keys() >= set(named):
            return typed[0]
        numbers.extend(map(str, named))
        return "".join(f"[^{listed[number]}]" for number in named)

    for part in rest if listed else ():
        part.blocks = [block.changed(cited) for block in part.blocks]
    return rest, numbers


def _numbered(blocks: Iterable[Block]) -> dict[int, str]:
    """Return the entries of a list by their numbers; empty if one has none."""
    entries: dict[int, str] = {}
    for block in blocks:
        for mark, text in zip(block.marks or [""] * len(block.texts), block.texts, strict=True):
            entry = f"{mark.strip()}{text}"
            number = NUMBER.match(entry)
            if not number:
                return {}
            entries[_digits(number[number.lastindex or 0])] = entry[number.end() :]
    return entries


def _digits(number: str) -> int:
    """Return a number that may be written in raised digits."""
    return int(unicodedata.normalize("NFKC", number))


def propose(notes: Iterable[str], locale: Locale) -> tuple[list[Source], list[str]]:
    """Return the sources that notes name, and the name of each note's source; notes with the same words share one.

    A note that only names the one before, perhaps with another page, has its source: “Ibid., p. 20”.
    """
    ibid = re.compile(rf"(?:{typography.any_of(locale.drafts.ibid)})(?:(?: \w{{1,4}})? \d+)?")
    sources: dict[texts.Phrase, Source] = {}
    names: list[str] = []
    for note in notes:
        key = texts.fold(markdown.plain(note))
        if names and ibid.fullmatch(" ".join(key)):
            names.append(names[-1])
            continue
        if key not in sources:
            taken = {source.name for source in sources.values()}
            sources[key] = _source(note, taken, locale)
        names.append(sources[key].name)
    return list(sources.values()), names


def _source(note: str, taken: set[str], locale: Locale) -> Source:
    said = markdown.plain(note)
    link = LINK.search(note) or ADDRESS.search(said)
    address = unquote(link[1]) if link else ""
    address = f"https://{address}" if address.startswith("www.") else address
    text = re.sub(r"[<(]\s*[>)]", "", ADDRESS.sub(" ", said)).strip(" ,.;:")
    date = ""
    for match in _date(locale).finditer(text):
        date, without = match[1] or match[2], f"{text[: match.start()]}, {text[match.end() :].lstrip(' ,.，。')}"  # noqa: RUF001 -- Chinese marks
    text = without.strip(" ,，") if date else text  # noqa: RUF001 -- a Chinese mark
    italic, quoted = ITALIC.search(LINK.sub(" ", note)), QUOTED.search(text)
    title = quoted[1] if quoted else markdown.plain(italic[1]).strip(" ,.") if italic else ""
    publisher, title = _split(text, title)
    publisher = publisher or re.sub(r"https?://(?:www\.)?([^/:?#]+).*", r"\1", address)
    longer = [word for word in publisher.split() if word.casefold() not in locale.drafts.small_words]
    name = words.new_id(" ".join([*longer[:3], *re.findall(r"\d{4}", date)[:1]]), taken, "source")
    return Source(name, publisher, title, date, address, said)


def _split(text: str, title: str) -> tuple[str, str]:
    """Return the publisher and the title; `title` has the words in italics or quotation marks, if any are."""
    if title and title in text:
        before, after = (part.strip(MARKS) for part in text.split(title, maxsplit=1))
        return (before, ", ".join(filter(None, [title, after]))) if before else (after, title)
    first, *others = BREAK.split(text)
    if others and len(first.split()) > LONG > len(others[-1].split()):
        return others[-1], text.removesuffix(others[-1]).strip(MARKS)
    return first, text[len(first) :].strip(MARKS)


@lru_cache(maxsize=16)
def _date(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a date after a comma or in brackets that is a year, or ends in one."""
    year = r"(?:19|20)\d\d"
    date = rf"(?:(?:\d{{1,2}}\s)?{typography.month_names(locale)}\.?\s)?{year}(?:[–-]\d{{2,4}})?"
    if not locale.spaced_words:
        date = rf"{year}(?:年(?:\d{{1,2}}月)?)?"
    return re.compile(rf"(?:^|[,.;，])\s*({date})(?=[,.;，。]|$)|\s*\(({date})\)")  # noqa: RUF001 -- Chinese marks

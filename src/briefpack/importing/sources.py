"""Turn a draft's notes into sources: one for identical notes, with publisher, title, date and address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from briefpack.importing import markdown, names
from briefpack.importing import words as headings
from briefpack.importing.draft import Block, Bullets, Draft, Heading, changed, texts
from briefpack.text import typography, unspaced, words
from briefpack.text.locale import Locale

ADDRESS = re.compile(r"<?((?:https?://|www\.)[^\s<>]+?)>?[.,;)]*(?=\s|$)")
LINK = re.compile(r"\[(?:[^\]\\]|\\.)*\]\([^)]*\)")
LINKED = re.compile(r"\]\((https?://[^)]*)\)")
ITALIC = re.compile(r"(?<![\\*])\*(?!\*)((?:[^*\\]|\\.)+)\*")
"""Words between the marks of italic type."""
REFERENCE = re.compile(r"\\\[(\d{1,3})\\\]\s*(.*)", re.DOTALL)
"""A typed note: its number in brackets, and its words."""
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
NOTE_MARK = re.compile(r"[⁰¹²³⁴-⁹]+|\s*\\\[\d{1,3}(?:[,;–-]\s?\d{1,3})*\\\]")
"""The mark of a typed note: ¹, [2] or [1, 2]."""
VALID = re.compile(r"https?://[^\s/.]+\.\S+")
QUOTED = re.compile(r"[“‘\"'«《]\s?([^”\"»》]{4,}?)[,.]?\s?[”’\"'»》](?=[\s,.，。]|$)")  # noqa: RUF001 -- Chinese marks
PARTS = re.compile(r"(?:,|(?<=[^\W\d_]{3})\.|;)\s+|[，。：；]")  # noqa: RUF001 -- Chinese marks
MARKS = " ,.:;“”‘’\"'()«»《》，。：；"  # noqa: RUF001 -- Chinese marks
LONG, SHORT = 7, 5
"""In words: a beginning longer than this is a title rather than a publisher; an end shorter than this may be one."""


@dataclass(frozen=True)
class Source:
    """A source as guessed from a note."""

    name: str
    publisher: str
    title: str
    date: str
    url: str
    words: str


def take_typed(draft: Draft, locale: Locale) -> None:
    """Turn typed notes into real ones: a numbered list below “References”, and its marks in the text."""
    start = next((number for number, block in enumerate(draft.blocks) if _is_heading(block, locale)), -1)
    if start < 0:
        return
    end = start + 1
    notes: dict[str, int] = {}
    listed: list[str] = []
    while end < len(draft.blocks) and not isinstance(draft.blocks[end], Heading):
        block = draft.blocks[end]
        numbered = [f"\\[{item.number}\\] {item.text}" for item in block.items] if isinstance(block, Bullets) else []
        for reference in map(REFERENCE.match, numbered or texts([block])):
            if reference:
                notes[reference[1]] = len(draft.notes) + len(listed)
                listed.append(reference[2])
        end += 1

    def cite(mark: re.Match[str]) -> str:
        numbers = re.findall(r"\d+", mark[0].translate(RAISED))
        known = all(number in notes for number in numbers)
        return "".join(f"[^{notes[number]}]" for number in numbers) if known else mark[0]

    blocks = [changed(block, lambda text, *_: NOTE_MARK.sub(cite, text)) for block in draft.blocks]
    if listed and blocks[:start] != [*draft.blocks[:start]]:
        draft.leave(" ".join(texts(blocks[start : start + 1])), blocks[start].place, "a heading that a key replaces")
        draft.blocks = (*blocks[:start], *blocks[end:])
        draft.notes += listed


def _is_heading(block: Block, locale: Locale) -> bool:
    return isinstance(block, Heading) and headings.kind(markdown.plain(block.text), locale) == "sources"


def propose(notes: Iterable[str], locale: Locale) -> tuple[list[Source], dict[str, str]]:
    """Return the sources that notes name, and the name of each note's source; notes with the same words share one."""
    found: dict[words.Phrase, Source] = {}
    by_note: dict[str, str] = {}
    before = ""
    for number, note in enumerate(notes):
        key = words.fold(markdown.plain(note))
        if not (before and _repeats(key, locale)):
            found[key] = found.get(key) or _source(note, {source.name for source in found.values()}, locale)
            before = found[key].name
        by_note[str(number)] = before
    return list(found.values()), by_note


def _repeats(key: words.Phrase, locale: Locale) -> bool:
    """Return whether a note only names the one before it, perhaps with another page: “Ibid., p. 20”."""
    ibid = rf"(?:{typography.any_of(locale.drafts.ibid)})(?:(?: \w{{1,4}})? \d+)?"
    return bool(re.fullmatch(ibid, " ".join(key)))


def _address(note: str) -> str:
    link = LINKED.search(note)
    typed = ADDRESS.search(markdown.plain(note))
    address = link[1] if link else typed[1] if typed else ""
    address = f"https://{address}" if address.startswith("www.") else address
    return unquote(address) if VALID.fullmatch(address) else ""


def _longer(text: str, locale: Locale) -> list[str]:
    """Return the words of a text that an id is made of."""
    return [word for word in text.split() if word.casefold() not in locale.drafts.small_words]


def _source(note: str, taken: set[str], locale: Locale) -> Source:
    address, said = _address(note), markdown.plain(note)
    text = _without_address(said)
    italic, quoted = _italic(note), _quoted(text)
    publisher, title, date = _split(text, italic or quoted, locale)
    if italic and quoted:
        # The title of an article is in quotation marks, and in italics is the journal that publishes it.
        publisher, title = italic, _without(text, italic, date)
    publisher = publisher or _host(address)
    name = names.new(" ".join([*_longer(publisher, locale)[:3], *re.findall(r"\d{4}", date)[:1]]), taken, "source")
    return Source(name, publisher, title, date, address, said)


def _without_address(text: str) -> str:
    return re.sub(r"[<(]\s*[>)]", "", ADDRESS.sub(" ", text)).strip(" ,.;:")


def _italic(note: str) -> str:
    """Return the words in italics, which are a title; an empty text if there are none."""
    found = ITALIC.search(LINK.sub(" ", note))
    words = markdown.plain(found[1]).strip(" ,.") if found else ""
    return words if len(words.split()) > 1 else ""


def _quoted(text: str) -> str:
    found = QUOTED.search(text)
    return found[1].strip() if found and unspaced.count(found[1]) > 1 else ""


WORD_END = r"\b"
SIGN = re.compile(r"\{year\}([^\s{}]+)\{month\}")
"""The sign that is written after a year, as in 2024年."""


@lru_cache(maxsize=16)
def _date(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a date that is a year, or ends in one."""
    year, month = r"(?:19|20)\d\d", typography.month_names(locale)
    if sign := SIGN.search(locale.labels["date"]):
        return re.compile(rf"\(?({year}(?:{sign[1]}(?:{month.removesuffix(WORD_END)})?)?)\)?")
    return re.compile(rf"\(?((?:(?:\d{{1,2}}\s)?{month}\.?\s)?{year}(?:[–-]\d{{2,4}})?)\)?")


def _split(text: str, title: str, locale: Locale) -> tuple[str, str, str]:
    """Return the publisher, the title and the date in a note without its address."""
    date = ""
    if (dates := [*_date(locale).finditer(text)]) and (not title or text.find(title) + len(title) <= dates[-1].start()):
        last = dates[-1]
        around = f"{text[: last.start()].rstrip(' ,.(，')}, {text[last.end() :].lstrip(' ,.):，。')}"  # noqa: RUF001 -- Chinese marks
        if last.end() >= len(text) - 1 or not text[last.end() :][:1].isspace() or text[last.start()] == "(":
            date, text = last[1], around.strip(" ,.，")  # noqa: RUF001 -- Chinese marks
    if title and title in text:
        before, _, after = text.partition(title)
        rest = [part.strip(MARKS) for part in (before, after)]
        publisher = rest[0] or rest[1]
        return publisher, ", ".join(filter(None, [title, rest[1] if rest[0] else ""])), date
    return (*_in_two(text), date)


def _in_two(text: str) -> tuple[str, str]:
    """Return the publisher and the title of words that no style tells apart."""
    parts = [part for part in PARTS.split(text) if part]
    if len(parts) < 2:
        return text, ""
    first, last = parts[0], parts[-1]
    if len(first.split()) > LONG and len(last.split()) < SHORT:
        return last, text[: text.rfind(last)].strip(" ,.;")
    return first, text[len(first) :].strip(" ,.;")


def _without(text: str, journal: str, date: str) -> str:
    """Return the words of a note without its journal and its date."""
    rest = [part.strip(" ,.;") for part in text.partition(journal)[::2]]
    rest = [re.sub(rf"\s*\(?{re.escape(date)}\)?", "", part).strip(" ,") if date else part for part in rest]
    return ", ".join(filter(None, rest))


def _host(address: str) -> str:
    found = re.match(r"https?://(?:www\.)?([^/:?#]+)", address)
    return found[1] if found else ""

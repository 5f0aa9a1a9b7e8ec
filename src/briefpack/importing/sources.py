"""Turn a draft's notes into sources: one for identical notes, with publisher, title, date and address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from briefpack.importing import names
from briefpack.importing.draft import Note, Run
from briefpack.text import typography, unspaced, words
from briefpack.text.locale import Locale

ADDRESS = re.compile(r"<?((?:https?://|www\.)[^\s<>]+?)>?[.,;)]*(?=\s|$)")
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


@dataclass(frozen=True)
class Cited:
    """The sources, and the name of each note's source by the note's index."""

    sources: tuple[Source, ...] = ()
    by_note: Mapping[int, str] = field(default_factory=dict)


def propose(notes: Iterable[Note], locale: Locale) -> Cited:
    """Return the sources that notes name; notes with the same words share one."""
    found: dict[words.Phrase, Source] = {}
    by_note: dict[int, str] = {}
    before = ""
    for number, note in enumerate(notes):
        key = words.fold(note.words) or words.fold(" ".join(note.links))
        if key and not (before and _repeats(note, locale)):
            found[key] = found.get(key) or _source(note, {each.name for each in found.values()}, locale)
            before = found[key].name
        if key:
            by_note[number] = before
    return Cited(tuple(found.values()), by_note)


def _repeats(note: Note, locale: Locale) -> bool:
    """Return whether a note only names the one before it, perhaps with another page: “Ibid., p. 20”."""
    said = " ".join(words.fold(note.words))
    return any(
        said == each or re.fullmatch(rf"{re.escape(each)}(?: \w{{1,4}})? \d+", said) for each in locale.drafts.ibid
    )


def _address(note: Note) -> str:
    links = [link for link in note.links if link.startswith(("http://", "https://"))]
    typed = ADDRESS.search(note.words)
    found = links[0] if links else typed[1] if typed else ""
    found = f"https://{found}" if found.startswith("www.") else found
    return found if VALID.fullmatch(found) else ""


def _longer(text: str, locale: Locale) -> list[str]:
    """Return the words of a text that an id is made of."""
    return [word for word in text.split() if word.casefold() not in locale.drafts.small_words]


def _source(note: Note, taken: set[str], locale: Locale) -> Source:
    address = _address(note)
    runs = [run for passage in note.passages for run in (*passage.runs, Run(" "))]
    text = _without_address(" ".join("".join(run.words for run in runs).split()))
    italic, quoted = _marked_title(runs), _quoted(text)
    publisher, title, date = _split(text, italic or quoted, locale)
    if italic and quoted:
        # The title of an article is in quotation marks, and in italics is the journal that publishes it.
        publisher, title = italic, _without(text, italic, date)
    publisher = publisher or _host(address)
    name = names.new(" ".join([*_longer(publisher, locale)[:3], *re.findall(r"\d{4}", date)[:1]]), taken, "source")
    return Source(name, publisher, title, date, address, note.words)


def _without_address(text: str) -> str:
    return re.sub(r"[<(]\s*[>)]", "", ADDRESS.sub(" ", text)).strip(" ,.;:")


def _marked_title(runs: Iterable[Run]) -> str:
    """Return the words in italics, which are a title; an empty text if there are none."""
    italic = " ".join("".join(run.words for run in runs if run.italic and not run.link).split()).strip(" ,.")
    return italic if len(italic.split()) > 1 else ""


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

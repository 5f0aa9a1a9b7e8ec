"""Reads finished PDFs with PDFium alone, and compares them with the brief that they were made from."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from briefpack.brief import roles
from briefpack.text import yaml_lines
from shapes.briefs import PLACES, Part, Shape

MARKUP = re.compile(r"\[\^[^\]]*\]|\*+|^\s*(?:-|\d+\.) ", re.MULTILINE)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
BREAK = re.compile(r"\{[^}]*\}|\n\s*\n|\n(?=- |\d+\. )")
WINDOW = 3
SPLIT_PER_PAGE = 6
"""How many runs of three words the foot of a page may divide: two for each of three columns of text."""


def letters(text: str, *, digits: bool = False) -> str:
    """Return the letters of a text alone, perhaps with its digits: no space, no hyphen, no case."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(each for each in folded if each.isalpha() or (digits and each.isdigit()))


CONTENTS = re.compile(r"^\s*(Contents|Also in this pack)\s*$", re.MULTILINE)
"""The heading of the contents."""


@dataclass(frozen=True)
class Read:
    """The pages of a finished PDF as letters, its bookmarks with their pages, and its text with its digits."""

    pages: tuple[str, ...]
    bookmarks: tuple[tuple[str, int], ...]
    numbered: str
    has_contents: bool

    @property
    def all(self) -> str:
        """The letters of the whole document."""
        return "\0".join(self.pages)


def read(path: Path) -> Read:
    """Read a PDF."""
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
        marks = tuple((each.get_title(), each.get_dest().get_index()) for each in pdf.get_toc() if each.get_dest())
    numbered = "\0".join(letters(text, digits=True) for text in texts)
    return Read(tuple(map(letters, texts)), marks, numbered, any(map(CONTENTS.search, texts)))


def faults(shape: Shape, folder: Path, made: tuple[str, ...]) -> Iterator[str]:
    """Yield what the documents of a brief lack, or have too much of."""
    for place in ("national", *shape.electorates):
        own = [path for path in made if path.startswith(f"{place}/")]
        brief = for_place(shape.brief, place)
        asks = [ask for ask in brief.get("asks", ()) if "leave_behind" in ask]
        wanted = [f"{place}/{place}-pack.pdf", *(f"{place}/{place}-leave-behind-{ask['id']}.pdf" for ask in asks)]
        if sorted(own) != sorted(wanted):
            yield f"{place} has {own}, not {wanted}"
            continue
        pack = read(folder / wanted[0])
        yield from (f"{wanted[0]}: {fault}" for fault in _pack_faults(brief, pack))
        for path, ask in zip(wanted[1:], asks, strict=True):
            page = read(folder / path)
            yield from (f"{path}: {fault}" for fault in _leave_behind_faults(ask, page))


def for_place(part: Any, place: str) -> Any:
    """Return a part of a brief without what `only:` and `except:` keep from a place."""
    if isinstance(part, list):
        return [for_place(each, place) for each in part if _applies(each, place)]
    if isinstance(part, dict):
        return {key: for_place(value, place) for key, value in part.items()}
    return part


def _applies(part: Any, place: str) -> bool:
    if not isinstance(part, dict):
        return True
    if "only" in part:
        return _names(part["only"], place)
    return "except" not in part or not _names(part["except"], place)


def _names(places: Part, place: str) -> bool:
    return place in places.get("electorates", ()) or PLACES.get(place, "") in places.get("states", ())


# In silence


def unprinted(shape: Shape, folder: Path, made: tuple[str, ...]) -> Iterator[str]:
    """Yield each text and contact of a brief that no finished document prints."""
    documents = [read(folder / path) for path in made]
    places = ("national", *shape.electorates)
    for loc, text in yaml_lines.texts([for_place(shape.brief, place) for place in places]):
        if _is_printed(loc[1:]) and not any(_has(text, document) for document in documents):
            yield f"prints {' '.join(text.split())[:30]!r} nowhere"


REACHED = ("email", "phone")
ONLY_NAMED = {"keywords", "subject", "short_title", "short_name", "label", "alt"}
"""The keys of words that are for metadata, stand in for others, or are heard."""
BESIDE = {"local", "local_data", "local_lists", "partners", "images", "sources", "authorisation", "printer", "rows"}
"""The parts that are about electorates, are used or not, or depend on a law; and the labels of charts."""


def _is_printed(loc: tuple[Any, ...]) -> bool:
    typed = loc[-1] in REACHED or bool(roles.role(loc))
    return typed and loc[-1] not in ONLY_NAMED and not BESIDE & {*loc}


def _has(text: str, document: Read) -> bool:
    if text.startswith("0"):
        return letters(text, digits=True) in document.numbered
    return not _lost(text, document)


# Words


def _pack_faults(brief: Part, pack: Read) -> Iterator[str]:
    lost = [text for text in pack_texts(brief) for text in _lost(text, pack)]
    yield from (f"lacks {text!r}" for text in lost[:3])
    most = 12 + 3 * sum(map(len, (brief.get(key, ()) for key in PARTS))) + len([*pack_texts(brief)]) // 4
    most += sum(len(text.split()) for text in pack_texts(brief)) // 120
    if not 1 <= len(pack.pages) <= most:
        yield f"has {len(pack.pages)} pages, not {most} at most"
    yield from _heading_faults(brief, pack)


PARTS = ("sections", "themes", "asks", "case_studies", "appendices")


def _leave_behind_faults(ask: Part, page: Read) -> Iterator[str]:
    if len(page.pages) != 1:
        yield f"has {len(page.pages)} pages"
    found = ask["leave_behind"]
    texts = [found["headline"], *(text for each in found["reasons"] for text in (each["point"], each["text"]))]
    texts += [found[key] for key in ("standfirst", "action") if key in found]
    yield from (f"lacks {lost!r}" for text in texts for lost in _lost(text, page))


def pack_texts(brief: Part) -> Iterator[str]:
    """Yield every text of a brief that its pack prints."""
    for part in told(brief):
        yield from (part[key] for key in ("heading", "standfirst", "note") if key in part)
        yield from _block_texts(part.get("blocks", ()))
    for ask in brief.get("asks", ()):
        yield from (ask[key] for key in ("headline", "asked", "who_decides") if key in ask)
        yield from _block_texts(ask.get("why", ()))
        yield from ask.get("buys", ())
    letter, glance = brief.get("foreword", {}), brief.get("glance", {})
    yield from (
        each[key] for each in (letter, glance) for key in ("heading", "standfirst", "name", "role") if key in each
    )
    yield from _block_texts(letter.get("blocks", ()))
    yield from (text for point in glance.get("points", ()) for text in (point["point"], point["text"]))
    yield from (text for each in brief.get("glossary", ()) for text in (each["term"], each["meaning"]))
    yield from (each["name"] for each in brief.get("contacts", ()))
    yield brief["organisation"]["name"]


def told(brief: Part) -> Iterator[Part]:
    """Yield the parts that are told in prose, in no order; a theme without any only groups asks."""
    yield from (part for key in ("sections", "case_studies", "appendices") for part in brief.get(key, ()))
    yield from (theme for theme in brief.get("themes", ()) if {"standfirst", "blocks", "national"} & theme.keys())


def _block_texts(blocks: list[Part]) -> Iterator[str]:
    for block in blocks:
        if "text" in block:
            yield block["text"]
        if "quote" in block:
            yield from (block["quote"]["words"], block["quote"]["who"])
        if "figure" in block:
            yield block["figure"]["caption"]
        if "table" in block:
            table = block["table"]
            yield from (table["caption"], *table["columns"], *itertools.chain(*table["rows"]))


def runs(text: str) -> Iterator[list[str]]:
    """Yield the words of a text, as letters, in runs that print together: without markup, broken at each figure."""
    for run in BREAK.split(LINK.sub(r"\1", text)):
        words = [letters(word) for word in MARKUP.sub(" ", run).split()]
        if found := [word for word in words if word]:
            yield found


def _lost(text: str, document: Read) -> list[str]:
    """Return the words of a text that aren't in a document one after another, unless a page divides them."""
    everything = document.all
    divided, lost = 0, []
    for words in runs(text):
        for at in range(max(1, len(words) - WINDOW + 1)):
            window = words[at : at + WINDOW]
            joined = "".join(window)
            if joined in everything:
                continue
            divided += 1
            if not any(joined[:cut] in everything and joined[cut:] in everything for cut in range(1, len(joined))):
                lost.append(" ".join(window))
    if divided > SPLIT_PER_PAGE * len(document.pages):
        lost.append(f"{divided} runs of words of {text[:60]}")
    return lost


# Headings


def _heading_faults(brief: Part, pack: Read) -> Iterator[str]:
    """Yield the headings that no bookmark leads to, and the wrong entries in the contents, in a PDF with bookmarks."""
    marked = {letters(title): page for title, page in pack.bookmarks}
    for part in (*told(brief), *(ask for ask in brief.get("asks", ()) if "why" in ask)) if marked else ():
        heading = _heading(part)
        page = _marked_page(part, marked)
        if page is None:
            yield f"has no bookmark for {heading!r}"
        elif letters(heading)[:12] not in pack.pages[page]:
            yield f"has a bookmark for {heading!r} to page {page + 1}, which lacks it"
        elif pack.has_contents and not re.search(_entry(brief, part, page + 1), pack.numbered):
            yield f"has no entry {heading!r} with page {page + 1} in its contents"


def _marked_page(part: Part, marked: Mapping[str, int]) -> int | None:
    """Return the page of a part's bookmark: its heading or a theme's name, perhaps after a number or a kind."""
    heading, name = letters(_heading(part)), letters(part.get("label") or "")
    titles = (f"theme{name}", heading, *(f"{kind}{heading}" for kind in ("ask", "casestudy", "theme")))
    return next((marked[title] for title in titles if title in marked), None)


def _heading(part: Part) -> str:
    return part.get("heading") or part.get("headline") or part["title"]


def _entry(brief: Part, part: Part, page: int) -> str:
    """Return the pattern of an entry: in the table of asks, what an ask costs is between its title and its page."""
    asks = brief.get("asks", ())
    grouped = [theme for theme in brief.get("themes", ()) if any(ask.get("theme") == theme["id"] for ask in asks)]
    if len(asks) < 2 or part not in (*asks, *grouped):
        return re.escape(f"{letters(_heading(part), digits=True)}{page}")
    if part not in asks:
        return re.escape(f"{letters(part.get('label') or part['heading'], digits=True)}{page}")
    number, title = asks.index(part) + 1, re.escape(letters(part["title"], digits=True))
    # The last of what the ask costs, in all or a year, is just before its page.
    costs = (brief["figures"].get(part.get(key), {}).get("value", "") for key in ("amount", "annual"))
    digits = {"".join(filter(str.isdigit, str(cost))) for cost in costs} - {""}
    before = "|".join([r"(?<!\d)", *(f"(?<={each})" for each in sorted(digits))])
    return rf"{number}{title}[^\0]*?(?:{before}){page}"

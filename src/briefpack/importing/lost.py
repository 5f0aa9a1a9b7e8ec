"""Find the words that a brief lacks: words that pandoc doesn't read, and words that no field of the brief has."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from briefpack.importing import markdown
from briefpack.importing.draft import Draft, Leftover, Picture, Place, texts
from briefpack.text import words

PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|diagrams/data\d*)\.xml|(?:content|styles)\.xml")
PARAGRAPHS = ("p", "h", "pt")
TEXT = ("t", "delText")
"""The elements of a Word file that hold text; in LibreOffice's, any element may."""
GAPS = ("tab", "br", "s", "line-break", "cr")
ELSEWHERE = {
    "Fallback",
    "del",
    "moveFrom",
    "annotation",
    "tracked-changes",
    "note-citation",
    "annotation-end",
    "instrText",
}
"""The elements that repeat words from elsewhere, or whose text doesn't print."""
OPEN_DOCUMENT = "opendocument"
REMARKS = {"annotation": "a comment in the draft", "deletion": "a tracked deletion, which was accepted"}
"""The remarks in a LibreOffice file, which pandoc leaves out."""


def spoken(draft: Draft) -> Iterator[tuple[str, Place | None]]:
    """Yield all words of a draft, each with its place: its properties, its text, its notes, and the remarks on it."""
    yield from ((text, None) for text in (draft.title, draft.subtitle, draft.author, draft.date))
    for block in draft.blocks:
        said = texts([block])
        if isinstance(block, Picture):
            said.append(block.alt)
        yield from ((markdown.plain(text), block.place) for text in said)
    # A note that is written twice becomes one source.
    for note in dict.fromkeys(draft.notes):
        yield markdown.plain(note), None
    for remark in draft.remarks:
        if remark.kind != "insertion":
            yield remark.words, remark.place


def unwritten(draft: Draft, written: Iterable[str]) -> Iterator[Leftover]:
    """Yield the words of each passage of a draft that are missing from the written brief."""
    left = Counter(word for text in written for word in words.fold(text))
    for text, place in spoken(draft):
        missing = []
        for word in words.fold(text):
            if left[word]:
                left[word] -= 1
            else:
                missing.append(word)
        if missing:
            yield Leftover(" ".join(missing), place, "not in any field of the brief")


def unread(parts: Mapping[str, bytes], draft: Draft) -> Iterator[Leftover]:
    """Yield each paragraph of a file with words that pandoc hasn't read, and the remarks in it."""
    read = {word for text, _ in spoken(draft) for word in words.fold(text)}
    roots = [_root(parts, name) for name in parts if PARTS.fullmatch(name)]
    for text in dict.fromkeys(text for root in roots for text in _texts(root)):
        if not read.issuperset(words.fold(text)):
            yield Leftover(text, None, "in a text box, a header, a footer or a drawing")
    for element in _root(parts, "content.xml").iter():
        if (reason := REMARKS.get(_name(element))) and (text := " ".join(_texts(element))):
            yield Leftover(text, None, reason)


def _root(parts: Mapping[str, bytes], name: str) -> Element:
    data = parts.get(name)
    return ElementTree.fromstring(data) if data else Element("none")  # noqa: S314 -- parts with entities are refused


def _texts(element: Element) -> Iterator[str]:
    """Yield the text of each paragraph, leaving out any paragraph inside it."""
    for paragraph in _paragraphs(element):
        if text := " ".join("".join(_own(paragraph)).split()):
            yield text


def _paragraphs(element: Element) -> Iterator[Element]:
    if _name(element) in PARAGRAPHS:
        yield element
    for inner in element:
        if _name(inner) not in ELSEWHERE:
            yield from _paragraphs(inner)


def _own(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph in order; a paragraph inside it has its own."""
    everywhere = OPEN_DOCUMENT in element.tag
    if everywhere or _name(element) in TEXT:
        yield element.text or ""
    for inner in element:
        name = _name(inner)
        if name in (*PARAGRAPHS, *GAPS):
            yield " "
        elif name not in ELSEWHERE:
            yield from _own(inner)
        yield (inner.tail or "") if everywhere else ""


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]

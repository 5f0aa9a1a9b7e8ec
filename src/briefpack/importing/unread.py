"""Find the words of a Word or LibreOffice file that pandoc doesn't read: in text boxes, headers, footers and drawings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from briefpack.importing.archive import Archive
from briefpack.importing.draft import Leftover
from briefpack.text import words

PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|diagrams/data\d*)\.xml|(?:content|styles)\.xml")
PARAGRAPHS = ("p", "h", "pt")
TEXT = ("t", "delText")
"""The elements of a Word file that hold text; in LibreOffice's, any element may."""
GAPS = ("tab", "br", "s", "line-break", "cr")
ELSEWHERE = (
    "Fallback",
    "del",
    "moveFrom",
    "annotation",
    "tracked-changes",
    "note-citation",
    "annotation-end",
    "instrText",
)
"""The elements that repeat what is read elsewhere, or whose text doesn't print."""
OPEN_DOCUMENT = "opendocument"
REASON = "in a text box, a header, a footer or a drawing"


def find(archive: Archive, read: Iterable[str]) -> Iterator[Leftover]:
    """Yield each paragraph of a file with words that aren't among those that were read."""
    left = Counter(word for text in read for word in words.fold(text))
    found = (text for name, data in archive.parts.items() if PARTS.fullmatch(name) for text in _in_part(data))
    for text in dict.fromkeys(found):
        spoken = Counter(words.fold(text))
        if any(left[word] < 1 for word in spoken):
            yield Leftover(text, None, REASON)


def boxed(archive: Archive) -> frozenset[str]:
    """Return the paragraphs in text boxes of a Word file: a bold one is no heading of the draft."""
    data = archive.parts.get("word/document.xml")
    root = ElementTree.fromstring(data) if data else Element("none")  # noqa: S314 -- as below
    boxes = (element for element in root.iter() if _name(element) == "txbxContent")
    found = ("".join(_own(paragraph)) for box in boxes for paragraph in _paragraphs(box))
    return frozenset(" ".join(text.split()) for text in found if text.strip())


def remarks(archive: Archive) -> Iterator[Leftover]:
    """Yield the comments and the tracked deletions of a LibreOffice file, which pandoc leaves out."""
    if content := archive.parts.get("content.xml"):
        for element in ElementTree.fromstring(content).iter():  # noqa: S314 -- as below
            reason = REMARKS.get(_name(element))
            text = " ".join("".join(_own(paragraph)) for paragraph in _paragraphs(element)) if reason else ""
            if reason and text.strip():
                yield Leftover(" ".join(text.split()), None, reason)


REMARKS = {"annotation": "a comment in the draft", "deletion": "a tracked deletion, which was accepted"}


def _in_part(data: bytes) -> Iterator[str]:
    """Yield the text of each paragraph of a part, without that of the paragraphs inside it."""
    root = ElementTree.fromstring(data)  # noqa: S314 -- the archive refuses every part with entities
    for paragraph in _paragraphs(root):
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

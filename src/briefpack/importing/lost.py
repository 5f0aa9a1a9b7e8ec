"""Find the words that a brief lacks: words that pandoc doesn't read, and words that no field of the brief has."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from briefpack.importing.draft import Draft, Leftover
from briefpack.text import words

PARTS = re.compile(r"word/(?:document|comments|header\d*|footer\d*|diagrams/data\d*)\.xml|(?:content|styles)\.xml")
PARAGRAPHS = ("p", "h", "pt", "del")
TEXTS = ("t", "delText")
"""The elements of a Word file that hold text; in LibreOffice's, any element may."""
GAPS = ("tab", "br", "s", "line-break", "cr")
# Elements that repeat words from elsewhere, or whose text doesn't print.
REPEATED = ("Fallback", "moveFrom", "note-citation", "instrText")
# An image of a Word file that is elsewhere, with its address.
LINKED = re.compile(rb"<Relationship\b(?=[^>]*/image\")(?=[^>]*External)[^>]*\bTarget=\"([^\"]*)\"")
LINKED_ONLY = "an image that the draft only links to; nothing was fetched"
UNREAD = "in a text box, a header, a footer or a drawing"
COMMENT, DELETION = "a comment in the draft", "a tracked deletion, which was accepted"
REMARKS = {"comment": COMMENT, "annotation": COMMENT, "del": DELETION, "deletion": DELETION}
"""The elements that comment on the text or change it."""


def unwritten(draft: Draft, written: Iterable[str]) -> Iterator[Leftover]:
    """Yield the words of each passage of a draft that are missing from the written brief."""
    left = Counter(word for text in written for word in words.fold(text))
    for text, place in draft.said:
        missing: list[str] = []
        for word in words.fold(text):
            if left[word]:
                left[word] -= 1
            else:
                missing.append(word)
        if missing:
            yield Leftover(" ".join(missing), place, "not in any field of the brief")


def unread(files: Mapping[str, bytes], draft: Draft) -> Iterator[Leftover]:
    """Yield each comment, tracked deletion and other paragraph of a file with words that pandoc hasn't read."""
    read = {word for text, _ in draft.said for word in words.fold(text)}
    passages: dict[tuple[str, str], None] = {}
    for name, data in files.items():
        links = LINKED.findall(data) if name.endswith(".rels") else []
        passages |= {(f"({address.decode(errors='replace')})", LINKED_ONLY): None for address in links}
        if PARTS.fullmatch(name):
            root = ElementTree.fromstring(data)  # noqa: S314 -- parts with entities are refused
            passages |= dict.fromkeys(_paragraphs(root, UNREAD))
    for text, reason in passages:
        is_read = reason == UNREAD and read.issuperset(words.fold(text))
        if text and not is_read:
            yield Leftover(text, "", reason)


def _paragraphs(element: Element, reason: str) -> Iterator[tuple[str, str]]:
    """Yield the text of each paragraph, without the paragraphs inside it, and the reason why pandoc may not read it."""
    reason = REMARKS.get(_name(element), reason)
    if _name(element) in PARAGRAPHS:
        yield " ".join("".join(_own(element)).split()), reason
    for inner in element:
        if _name(inner) not in REPEATED:
            yield from _paragraphs(inner, reason)


def _own(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph in order; a paragraph inside it has its own."""
    is_open = "opendocument" in element.tag
    if is_open or _name(element) in TEXTS:
        yield element.text or ""
    for inner in element:
        name = _name(inner)
        if name in (*PARAGRAPHS, *GAPS, *REMARKS):
            yield " "
        elif name not in REPEATED:
            yield from _own(inner)
        yield (inner.tail or "") if is_open else ""


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]

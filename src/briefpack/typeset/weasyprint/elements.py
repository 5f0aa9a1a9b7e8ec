"""Give structure elements what the HTML says of them: the words of a link, a spoken name, a structure type, a language.

WeasyPrint describes a link by its target (`pdf/anchors.py`), knows no `aria-label`, has no structure type for the number that
labels an item of a list, except that of a marker, says capitals of a style sheet as capitals, makes a link within the link of what a style sheet prints before or after
it, makes a paragraph within the paragraph of its lines beside a block or a float, has no expansion for `abbr`, and writes the
language of the document alone (pull request 1695). We found no issue about these; 2482 is about PDF/UA as a whole.
"""

import re
from collections.abc import Iterator
from itertools import repeat

from weasyprint.pdf import tags

from briefpack.typeset.weasyprint import boxes, reading_order, table_headers
from briefpack.typeset.weasyprint.boxes import Box
from briefpack.typeset.weasyprint.reading_order import Element, File
from briefpack.typeset.weasyprint.replacement import Replacement

TYPE = "data-tag"
"""The attribute that names an element's structure type (ISO 32000-1, 14.8.4), such as `Lbl`."""
UNSPOKEN = re.compile("[\u00ad\u200b]")
"""Characters that only allow a break."""
WORD = re.compile(r"[^\s\0]+\s*")
"""A word, with the space after it."""
NAME = "aria-label"
HIDDEN = "aria-hidden"
"""The attribute of an element that only repeats what is said elsewhere; outside the tree, it becomes an artifact."""
TOLD = "aria-details"
"""The attribute of a hidden drawing that an element of its page tells in words: no ornament, its marks have to be seen."""
DRAWING = "/Drawing"
"""The type of such a drawing, which leaves the tree when the tags are repaired."""


def replacements() -> Iterator[Replacement]:
    """Yield a `_build_box_tree` that completes each element of the tree."""
    build = tags._build_box_tree  # noqa: SLF001 -- it has no public name

    def build_complete(box: Box, parent: Element, pdf: File, page: int, *others: object) -> Iterator[dict[str, object]]:
        elements = build(box, parent, pdf, page, *others)
        if not boxes.is_main(box):
            yield from map(_labelling, repeat(box), elements)
            return
        for element in elements:
            _complete(box, element)
            if box.style["text_transform"] == "uppercase":
                _say_as_typed(box, element, pdf)
            if box.element.get(HIDDEN) == "true" and not _is_told(box):
                continue
            if reading_order.is_noted(box) and not boxes.is_anonymous(box):
                reading_order.note(box, element, parent, pdf, page)
            yield element

    yield Replacement(tags, "_build_box_tree", build_complete)


DASHES, BULLET = {"–", "—", "-", "−"}, "•"
"""What a style sheet may print before an item in place of a bullet, as which it is heard: a dash is read as a word."""


def _labelling(box: Box, element: dict[str, object]) -> dict[str, object]:
    """Return the element of a box that a style sheet makes, such as the bullet of a list's item or the number of a note."""
    made = str(getattr(box, "element_tag", ""))
    if made == "li::before":
        element["S"] = "/Lbl"
        if "".join(each.text for each in boxes.walk(box) if boxes.is_text(each)).strip() in DASHES:
            element["ActualText"] = tags.pydyf.String(BULLET)
    elif made.endswith("::footnote-call"):
        element["S"] = "/Reference"
    elif element["S"] == "/Link" and not box.link_annotation:
        # What a style sheet prints after a link, such as its address, is within that link.
        element["S"] = "/Span"
    return element


LINES = frozenset({"/P", "/Caption", "/TOCI", *(f"/H{level}" for level in range(1, 7))})
"""The types of elements that hold lines, and none of their own type."""


def _is_told(box: Box) -> bool:
    return box.element.tag == "img" and TOLD in box.element.attrib


def _complete(box: Box, element: dict[str, object]) -> None:
    html = box.element
    if html.get(HIDDEN) == "true" and _is_told(box):
        element["S"] = DRAWING
        return
    if TYPE in html.attrib:
        # The body of a list's item of another type is no element of its own.
        element["S"] = f"/{html.get(TYPE)}" if element["S"] != "/LBody" else "/NonStruct"
    if boxes.is_anonymous(box) and element["S"] in LINES:
        element["S"] = "/NonStruct"
        return
    if html.tag == "table":
        table_headers.complete(box, element)
    if html.tag == "abbr" and html.get("title"):
        element["S"], element["E"] = "/Span", tags.pydyf.String(html.get("title"))
    if box.link_annotation:
        box.link_annotation["Contents"] = tags.pydyf.String(_words(box))
    if html.tag == "span" and html.get("lang"):
        element["Lang"] = tags.pydyf.String(html.get("lang"))
    if NAME in html.attrib and element["S"] in ("/Link", "/Span"):
        # Within a line, it is heard apart from the word before.
        element["Alt"] = tags.pydyf.String(" " * (element["S"] == "/Span") + html.get(NAME))


def _say_as_typed(box: Box, element: Element, pdf: File) -> None:
    """Give words that a style sheet sets in capitals their own letters: some voices spell capitals out."""
    lines = (each.children if boxes.is_line(each) else [each] for each in getattr(box, "children", ()))
    texts = [each.text for line in lines for each in line if boxes.is_text(each)]
    words = WORD.findall("\0".join(text or "" for text in (box.element.text, *(kid.tail for kid in box.element))))
    if sum(len(text.split()) for text in texts) != len(words):
        return
    held = [pdf.objects[int(kid.split()[0])] for kid in element["K"] if isinstance(kid, bytes)]
    spans = [each for each in held if isinstance(each.get("K"), list) and isinstance(next(iter(each["K"]), None), int)]
    for span, text in zip(spans, texts, strict=False):
        own, words = words[: len(text.split())], words[len(text.split()) :]
        said = " " * text.startswith(" ") + "".join(f"{word.strip()} " if word[-1].isspace() else word for word in own)
        span["ActualText"] = tags.pydyf.String(said)


def _words(box: Box) -> str:
    """Return the words that name a link: its spoken name, else its text and the alternative texts of its images."""
    html = box.element
    texts = (html.get(NAME) or "".join(html.itertext()), *(image.get("alt", "") for image in html.iter("img")))
    return UNSPOKEN.sub("", " ".join(" ".join(texts).split()))

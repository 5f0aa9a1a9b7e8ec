"""Build the structure elements of a piece from its boxes (ISO 32000-1, 14.8), as its HTML and style sheets say.

WeasyPrint's own tags (`pdf/tags.py`) have an element for each box, also for those that only hold the lines of another,
and one for each line of a link. They know no `aria-label`, no footnotes, no language but the document's, no expansion
of an `abbr`, no label of an item that is no marker, and no header of a group of rows; text that a style sheet sets in
capitals is said as capitals. See issues 1836, 2482 and 2508, and pull request 1695; we found no others about these.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, product
from typing import Any

from weasyprint.logger import LOGGER
from weasyprint.pdf.tags import pydyf

from briefpack.typeset.weasyprint import boxes
from briefpack.typeset.weasyprint.boxes import Box

TYPE = "data-tag"
"""The attribute that names an element's structure type (ISO 32000-1, 14.8.4), such as `Lbl`."""
READ = "data-read"
"""The attribute: `first` or `last` in its parent, `before` or `after` the element of an id on its page or a later one,
or `into` it, where it is read before the words of that element."""
NAME = "aria-label"
"""The spoken name of a link or a span; of a table, a description of its contents."""
HIDDEN = "aria-hidden"
"""The attribute of an element that only repeats what is said elsewhere; outside the tree, it becomes an artifact."""
TOLD = "aria-details"
"""The attribute of a hidden drawing that its page tells in words: no ornament, since its marks must be seen."""
SVG = "{http://www.w3.org/2000/svg}svg"
TYPES = {
    "a": "Link", "div": "Div", "span": "Span", "main": "Part", "article": "Art", "section": "Sect", "p": "P",
    "blockquote": "BlockQuote", "dl": "L", "ul": "L", "ol": "L", "li": "LI", "dt": "LI", "dd": "LI",
    "li::marker": "Lbl", "li::before": "Lbl", "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption", "img": "Figure", SVG: "Figure",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}  # fmt: skip
"""The structure type of each HTML element that has one, and of the parts that label an item of a list."""
DASHES, BULLET = {"–", "—", "-", "−"}, "•"
"""What a style sheet may print before an item in place of a bullet, as which it is heard: a dash is read as a word."""
UNSPOKEN = re.compile("[\u00ad\u200b]")
"""Characters that only allow a break."""
WORD = re.compile(r"[^\s\0]+\s*")
"""A word, with the space after it."""

Html = Any
"""An element of the HTML, which is untyped."""
Annotation = Any
"""The annotation of a link; pydyf's dictionaries are untyped."""


@dataclass(eq=False)
class Mark:
    """A piece of marked content of a page: its properties, and its place in the operators of a stream.

    `shows` says whether it shows anything; text with `visibility: hidden`, for one, doesn't. `owner` is the reference
    to the element that holds it. Without one, it is an artifact: a `drawing`, or a part of the page.
    """

    properties: Any
    operators: list[Any]
    place: int
    shows: bool = False
    drawing: bool = False
    owner: bytes = b""


@dataclass(eq=False)
class Element:
    """A structure element: its type, its page, and its elements, marks and links in reading order.

    `html` and `tag` are those of its box, and `text` is that of a run. `entries` are the texts about it, such as Alt,
    and `attributes` those of its layout or its table; their `Headers` are the elements of header cells.
    """

    type: str
    page: int = 0
    html: Html = None
    tag: str = ""
    text: str = ""
    kids: list["Element | Mark | Annotation"] = field(default_factory=list)
    entries: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    parent: Any = None

    @property
    def elements(self) -> list["Element"]:
        """Return the elements directly in it."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def add(self, kid: "Element") -> "Element":
        """Add an element at its end, and return that."""
        self.kids.append(kid)
        kid.parent = self
        return kid


class Builder:
    """The elements of a document, from the boxes of its pages.

    `places` are the elements with an id, by that and by page, and `moved` the elements with a `data-read`.
    """

    def __init__(self) -> None:
        self.root = Element("Document")
        self.places: dict[str, dict[int, Element]] = defaultdict(dict)
        self.moved: list[Element] = []
        self.page, self.height_px = 0, 0.0
        self.marks: Mapping[Box, Mark] = {}
        self.links: dict[Html, Element] = {}
        self.ids = count(1)

    def add_page(self, page: int, sheet: Box, marks: Mapping[Box, Mark]) -> None:
        """Add the elements of a page; what is in its margins is in no tree."""
        self.page, self.marks, self.links = page, marks, {}
        self.height_px = sheet.margin_height()
        for box in sheet.children:
            if boxes.is_main(box) or boxes.is_footnotes(box):
                self._add(box, self.root)

    def _add(self, box: Box, within: Element) -> None:
        # A box beside the flow has a placeholder in it.
        box = getattr(box, "_box", box)
        if boxes.is_text(box):
            self._add_text(box, within)
        elif boxes.is_main(box) and box.element.get(HIDDEN) == "true":
            if TOLD in box.element.attrib and box in self.marks:
                self.marks[box].drawing = True
        # Some boxes of an element only hold its lines, its columns or the parts of its table.
        elif boxes.is_line(box) or box.element_tag in ("html", "body") or _is_of(box, within):
            self._fill(within, box)
        elif (kind := _type(box)) == "Link" and box.element in self.links:
            # Each line of a link has its own box.
            self._fill(self.links[box.element], box)
        else:
            self._add_element(kind, box, within)

    def _add_text(self, box: Box, within: Element) -> None:
        mark = self.marks.get(box)
        if mark and within.tag.partition(":")[0] == "a":
            within.kids.append(mark)
        elif mark:
            within.add(Element("Span", self.page, text=box.text, kids=[mark]))

    def _fill(self, element: Element, box: Box) -> None:
        """Add the link, the content and the image of a box to an element."""
        if box.link_annotation:
            box.link_annotation["Contents"] = pydyf.String(_words(box.element))
            element.kids.append(box.link_annotation)
        for child in box.children:
            self._add(child, element)
        if box in self.marks:
            element.kids.append(self.marks[box])

    def _add_element(self, kind: str, box: Box, within: Element) -> None:
        made = self.page, box.element, str(box.element_tag)
        element = filled = within.add(Element(kind, *made))
        if kind == "LI":
            filled = element.add(Element("LBody", *made))
        elif kind == "Link":
            self.links[box.element] = element
        self._fill(filled, box)
        if boxes.is_main(box):
            self._complete(element, box)
            self._place(element)
            if box.style["text_transform"] == "uppercase":
                _say_as_typed(filled)
        elif boxes.is_footnotes(box):
            self._type_notes(element)
        elif kind == "Lbl" and "".join(run.text for run in element.elements).strip() in DASHES:
            element.entries["ActualText"] = BULLET

    def _complete(self, element: Element, box: Box) -> None:
        """Complete an element as its HTML says."""
        html = element.html
        match element.tag:
            case "img" | "{http://www.w3.org/2000/svg}svg":
                _describe(element, box, self.height_px)
            case "th" | "td":
                spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
                element.attributes = {"O": "/Table"} | {name: span for name, span in spans.items() if span != 1}
            case "table":
                if NAME in html.attrib:
                    element.attributes = {"O": "/Table", "Summary": pydyf.String(html.get(NAME))}
                self._head_cells(element)
            case "abbr" if html.get("title"):
                element.entries["E"] = html.get("title")
            case "span" if html.get("lang"):
                element.entries["Lang"] = html.get("lang")
        if element.type == "L":
            _pair_terms(element)
        if NAME in html.attrib and element.type in ("Link", "Span"):
            # Within a line, it is heard apart from the word before.
            element.entries["Alt"] = " " * (element.type == "Span") + html.get(NAME)

    def _place(self, element: Element) -> None:
        if name := element.html.get("id"):
            self.places[name][self.page] = element
        if READ in element.html.attrib:
            self.moved.append(element)

    def _type_notes(self, area: Element) -> None:
        """Type the footnotes of a page as Note; one without a number is a paragraph."""
        for note in area.elements:
            marker = next(iter(note.elements), None)
            if note.type == "P" or (marker and not marker.kids):
                note.type = "P"
                continue
            note.type = "Note"
            note.entries["ID"] = f"note-{next(self.ids)}"
            if marker and marker.type == "NonStruct":
                marker.type = "Lbl"

    def _head_cells(self, table: Element) -> None:
        """Give each cell of a table its headers, as `headers` names them or else by row, column and group of rows.

        See ISO 32000-1, 14.8.5.7.
        """
        beside, above = defaultdict[int, list[Element]](list), defaultdict[int, list[Element]](list)
        named, cells = dict[str, Element](), [*_cells(table)]
        for cell in cells:
            if cell.element.type != "TH":
                continue
            html, attributes = cell.element.html, cell.element.attributes
            of_column = html.get("scope") == "col" or (cell.in_head and html.get("scope") != "row")
            attributes["Scope"] = "/Column" if of_column else "/Row"
            cell.element.entries["ID"] = f"cell-{next(self.ids)}"
            named[html.get("id")] = cell.element
            lines, numbers = (above, cell.columns) if of_column else (beside, cell.rows)
            for number in () if _heads_group(cell.element) else numbers:
                lines[number].append(cell.element)
        for cell in cells:
            headers = [named[name] for name in cell.element.html.get("headers", "").split() if name in named]
            if not headers and cell.element.type == "TD":
                headers = [header for row in cell.rows for header in beside[row]]
                headers += [header for column in cell.columns for header in above[column]]
            if found := dict.fromkeys((*cell.over, *headers)):
                cell.element.attributes["Headers"] = [*found]


def _is_of(box: Box, within: Element) -> bool:
    """Return whether a box is another one of the same part of the HTML as the box of an element."""
    return box.element is not None and box.element is within.html and box.element_tag == within.tag


def _type(box: Box) -> str:
    tag, html = str(box.element_tag), box.element
    if boxes.is_footnotes(box):
        return "Div"
    if tag.endswith("::footnote-call"):
        return "Reference"
    if tag.startswith("a::"):
        # What a style sheet prints after a link, such as its address, is within that link.
        return "Link" if box.link_annotation else "Span"
    if boxes.is_main(box) and tag == "abbr" and html.get("title"):
        return "Span"
    typed = html.get(TYPE) if boxes.is_main(box) else None
    return typed or TYPES.get(tag, "NonStruct")


def _words(html: Html) -> str:
    """Return the words that name a link: its spoken name, else its text and the alternative texts of its images."""
    texts = (html.get(NAME) or "".join(html.itertext()), *(image.get("alt", "") for image in html.iter("img")))
    return UNSPOKEN.sub("", " ".join(" ".join(texts).split()))


def _describe(figure: Element, box: Box, page_height_px: float) -> None:
    """Give an image its place and its alternative text, which for a drawing in the HTML is its title."""
    left, bottom = box.content_box_x(), page_height_px - box.content_box_y() - box.height
    sides_px = (left, bottom, left + box.width, bottom + box.height)
    place = pydyf.Array(round(side * boxes.PT_PER_PX, 3) for side in sides_px)
    figure.attributes = {"O": "/Layout", "BBox": place}
    html = figure.html
    if alternative := html.findtext(f"{SVG[:-3]}title") if figure.tag == SVG else html.get("alt"):
        figure.entries["Alt"] = alternative
    elif figure.tag != SVG:
        LOGGER.error('Image "%s" has no required alt description', html.get("src", "unknown"))


def _say_as_typed(element: Element) -> None:
    """Give words that a style sheet sets in capitals their own letters: some voices spell capitals out."""
    runs, html = [kid for kid in element.elements if kid.text], element.html
    words = WORD.findall("\0".join(text or "" for text in (html.text, *(inner.tail for inner in html))))
    if sum(len(run.text.split()) for run in runs) != len(words):
        return
    for run in runs:
        own, words = words[: len(run.text.split())], words[len(run.text.split()) :]
        # A word ends with one space, or with none before what follows it closely.
        said = "".join(word.strip() + " " * word[-1].isspace() for word in own)
        run.entries["ActualText"] = " " * run.text.startswith(" ") + said


def _pair_terms(listed: Element) -> None:
    """Make one list item of a term and its meaning, if a `div` in their `dl` holds both: the term labels it."""
    for group in listed.elements:
        items = group.elements
        if group.type == "Div" and items and all(item.type == "LI" for item in items):
            group.type = "LI"
            for item in items:
                own, inner = ("LBody", "Div") if item is items[-1] else ("Lbl", "Span")
                item.type, item.elements[0].type = own, inner


@dataclass(frozen=True)
class _Cell:
    """A cell of a table: the numbers of its rows and columns, and the header of its group of rows, if that has one."""

    element: Element
    rows: range
    columns: range
    in_head: bool
    over: tuple[Element, ...]


def _cells(table: Element) -> Iterator[_Cell]:
    taken, number = set[tuple[int, int]](), 0
    for group in table.elements:
        over: tuple[Element, ...] = ()
        for row in group.elements if group.type in ("THead", "TBody", "TFoot") else ():
            column = 0
            for cell in row.elements:
                while (number, column) in taken:
                    column += 1
                rows = range(number, number + cell.attributes.get("RowSpan", 1))
                columns = range(column, column + cell.attributes.get("ColSpan", 1))
                taken.update(product(rows, columns))
                heads = _heads_group(cell)
                yield _Cell(cell, rows, columns, group.type == "THead", () if heads else over)
                over = (cell,) if heads else over
            number += 1


def _heads_group(cell: Element) -> bool:
    return bool(cell.type == "TH" and cell.html.get("scope") == "rowgroup")

"""Turn pandoc's tree into a draft: blocks in order, each with its place, and the notes and remarks among them."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from briefpack.importing import markdown, words
from briefpack.importing.draft import (
    Block,
    Bullets,
    Cell,
    Draft,
    Grid,
    Heading,
    Item,
    Paragraph,
    Picture,
    Place,
    Quotation,
    Remark,
    texts,
)
from briefpack.text.locale import Locale

Node = Any
"""An element of pandoc's tree: its type under `t`, its contents under `c`."""
STYLES = {
    "Strong": (markdown.BOLD, markdown.BOLD_END),
    "Emph": (markdown.ITALIC, markdown.ITALIC_END),
    "Underline": ("", ""),
    "SmallCaps": ("", ""),
    "Strikeout": ("", ""),
    "DoubleQuote": ("“", "”"),
    "SingleQuote": ("‘", "’"),
}
"""The marks around the words of each style."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
PROPERTIES = {"title": "title", "subtitle": "subtitle", "author": "author", "date": "date", "language": "lang"}
"""Pandoc's name of each property of a draft, from its metadata or paragraphs in Word's styles of these names."""
REMARKS = ("comment-start", "insertion", "deletion")
SHOWN = 60
"""In letters: how much of a heading a place names."""
OPEN_ADDRESS = ("https://", "http://", "mailto:")
"""How an address begins that readers can open."""
ESCAPED = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "{": "%7B", "}": "%7D"})
TYPED_BULLET = re.compile(r"(?:[•●▪◦‣·–-]|\\\*)\s+(?=\S)")
TYPED_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")


def language(tree: dict[str, Any]) -> str:
    """Return the tag of the language that a draft names itself."""
    return " ".join(_of_property(tree.get("meta", {}).get("lang")))


def read(tree: dict[str, Any], locale: Locale) -> Draft:
    """Return the draft in pandoc's tree."""
    draft = Draft()
    reader = _Reader(draft, locale)
    properties = dict(tree.get("meta", {}))
    for name, key in PROPERTIES.items():
        setattr(draft, name, ", ".join(_of_property(properties.pop(key, None))))
    above = [{"t": "Para", "c": node} for node in _paragraphs(properties.pop("abstract", None))]
    draft.blocks = tuple(_joined(reader.blocks([*above, *tree["blocks"]])))
    for key, value in properties.items():
        if text := " ".join(_of_property(value)):
            draft.leave(text, None, f"the file's property “{key}”")
    return draft


def _of_property(value: Node) -> list[str]:
    reader = _Reader(Draft(), None)
    return [markdown.plain(reader.text(nodes)) for nodes in _paragraphs(value)]


def _paragraphs(value: Node) -> Iterator[list[Node]]:
    """Yield the inline elements of each paragraph of a property."""
    if value is None:
        return
    kind, inside = value["t"], value["c"]
    if kind == "MetaInlines":
        yield inside
    elif kind == "MetaBlocks":
        yield from (block["c"] for block in inside if block["t"] in ("Para", "Plain"))
    elif kind in ("MetaList", "MetaMap"):
        for part in inside.values() if kind == "MetaMap" else inside:
            yield from _paragraphs(part)


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, with lists that follow one another as one, and captions in what they are about."""
    before: Block | None = None
    for block in blocks:
        both = _merged(before, block) if before else None
        if before and not both:
            yield before
        before = both or block
    if before:
        yield before


def _merged(before: Block, block: Block) -> Block | None:
    """Return two blocks as one; None if they are two."""
    if isinstance(before, Bullets) and isinstance(block, Bullets):
        last = before.items[-1].number
        goes_on = block.items[0].number == (None if last is None else last + 1)
        return replace(before, items=(*before.items, *block.items)) if goes_on else None
    return None


class _Reader:
    """A reader that goes through a tree once, counts paragraphs, and collects notes, images and remarks."""

    def __init__(self, draft: Draft, locale: Locale | None) -> None:
        self.draft, self.locale = draft, locale
        self.here = Place(0)
        self.pictures: list[Picture] = []
        self.out: list[str] = []
        self.open: dict[str, tuple[int, int]] = {}

    def blocks(self, nodes: Iterable[Node]) -> Iterator[Block]:
        """Yield the blocks of a sequence of pandoc's."""
        for node in nodes:
            kind, inside = node["t"], node.get("c")
            if kind in ("Para", "Plain"):
                yield from self._paragraph(inside)
            elif kind == "Header":
                yield from self._heading(inside)
            elif kind in ("BulletList", "OrderedList"):
                yield from self._list(node)
            elif kind == "Table":
                yield self._table(inside)
            elif kind == "BlockQuote":
                yield from self._quotation(inside)
            else:
                yield from self._other(kind, inside)

    def _other(self, kind: str, inside: Node) -> Iterator[Block]:
        if kind == "Div":
            yield from self.blocks(inside[1])
        elif kind == "Figure":
            yield from self._figure(inside)
        elif kind == "LineBlock":
            for line in inside:
                yield from self._paragraph(line)
        elif kind == "DefinitionList":
            for term, meanings in inside:
                yield Paragraph(self._counted([{"t": "Strong", "c": term}]), self.here)
                yield from self.blocks(itertools.chain(*meanings))
        elif kind in ("CodeBlock", "RawBlock"):
            for line in filter(str.strip, inside[1].splitlines()):
                yield from self._paragraph([{"t": "Str", "c": line.strip()}])

    def text(self, nodes: Iterable[Node]) -> str:
        """Return inline elements as Markdown; collect their notes, images and remarks."""
        outer, self.out = self.out, []
        self._inline(nodes)
        text, self.out = markdown.styled("".join(self.out)), outer
        return text

    def _counted(self, nodes: Iterable[Node]) -> str:
        """Return the text of the next paragraph."""
        self.here = Place(self.here.paragraph + 1, self.here.heading)
        return self.text(nodes)

    def _inline(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            kind, inside = node["t"], node.get("c")
            if kind == "Str":
                self.out.append(markdown.escaped(inside))
            elif kind in ("Space", "SoftBreak"):
                self.out.append(" ")
            elif kind == "LineBreak":
                self.out.append("\n")
            elif kind in STYLES:
                self._around(STYLES[kind], inside)
            elif kind == "Quoted":
                self._around(STYLES[inside[0]["t"]], inside[1])
            elif kind == "Span":
                self._span(inside)
            elif kind == "Link":
                self._link(inside[1], inside[2][0])
            else:
                self._special(kind, inside)

    def _around(self, marks: tuple[str, str], nodes: Iterable[Node]) -> None:
        self.out.append(marks[0])
        self._inline(nodes)
        self.out.append(marks[1])

    def _link(self, nodes: Iterable[Node], address: str) -> None:
        """Write a link; one that only the draft's computer opens is left out."""
        words = self.text(nodes)
        linked = f"[{words}]({address.translate(ESCAPED)})"
        self.out.append(linked if address.startswith(OPEN_ADDRESS) and words else words)

    def _special(self, kind: str, inside: Node) -> None:
        if kind in ("Superscript", "Subscript"):
            text = self.text(inside)
            # LibreOffice raises its notes, too.
            is_note = text.startswith("[^")
            self.out.append(text if is_note else text.translate(RAISED if kind == "Superscript" else LOWERED))
        elif kind in ("Code", "Math", "RawInline"):
            self.out.append(markdown.escaped(inside[1]))
        elif kind == "Cite":
            self._inline(inside[1])
        elif kind == "Note":
            self._note(inside)
        elif kind == "Image":
            alt = markdown.plain(self.text(inside[1])) or inside[2][1]
            self.pictures.append(Picture(inside[2][0], alt, "", self.here))

    def _note(self, nodes: Iterable[Node]) -> None:
        here, pictures = self.here, self.pictures
        note = " ".join(texts(self.blocks(nodes)))
        self.here, self.pictures = here, pictures
        if note:
            self.out.append(f"[^{len(self.draft.notes)}]")
            self.draft.notes.append(note)
        else:
            self.draft.guesses.append(f"an empty note was left out ({here})")

    def _span(self, inside: Node) -> None:
        """Write the words of a span; a comment begins, and later ends, the words that it is about."""
        (_, classes, pairs), nodes = inside
        values = dict(pairs)
        name = values.get("id", "")
        kind = next((style for style in classes if style in REMARKS), "").removesuffix("-start")
        if kind and (said := markdown.plain(self.text(nodes))):
            self.open[name] = (len(self.draft.remarks), len(self.out))
            self.draft.remarks.append(Remark(kind, values.get("author", ""), said, self.here))  # type: ignore[arg-type]
        if "comment-end" in classes and name in self.open:
            number, start = self.open.pop(name)
            about = markdown.plain(markdown.styled("".join(self.out[start:])))
            self.draft.remarks[number] = replace(self.draft.remarks[number], about=about)
        if kind not in ("comment", "deletion"):
            self._inline(nodes)

    def _heading(self, inside: Node) -> Iterator[Block]:
        level, _, nodes = inside
        text = markdown.heading(self._counted(nodes))
        if text:
            yield self._titled(text, level)
        else:
            self.draft.guesses.append(f"an empty heading was left out ({self.here})")
        yield from self._taken()

    def _titled(self, text: str, level: int) -> Heading:
        """Return a heading, and remember it as the place of the text that follows; without a level, it is typed."""
        self.here = Place(self.here.paragraph, markdown.plain(text)[:SHOWN])
        return Heading(text, level, Place(self.here.paragraph), is_typed=not level)

    def _paragraph(self, nodes: Iterable[Node]) -> Iterator[Block]:
        text = self._counted(nodes)
        bullet = TYPED_BULLET.match(text)
        number = TYPED_NUMBER.match(text)
        if self._is_heading(text):
            self.draft.guesses.append(f"“{markdown.plain(text)}” was read as a heading: a short line in bold type")
            yield self._titled(markdown.heading(text), 0)
        elif bullet:
            yield Bullets((Item(text[bullet.end() :], 0),), self.here)
        elif number:
            yield Bullets((Item(text[number.end() :], 0, int(number[1])),), self.here)
        elif text:
            yield Paragraph(text, self.here)
        yield from self._taken()

    def _is_heading(self, text: str) -> bool:
        """Return whether a line can only be a heading: in bold type, or “Ask 2: …”."""
        words_alone = markdown.plain(text)
        if not words.is_short(words_alone) or "[^" in text or not re.search(r"[^\W\d_]{2}", words_alone):
            return False
        return markdown.is_bold(text) or bool(self.locale and words.is_heading(words_alone, self.locale))

    def _taken(self) -> Iterator[Picture]:
        """Yield the images of the paragraph before."""
        pictures, self.pictures = self.pictures, []
        yield from pictures

    def _figure(self, inside: Node) -> Iterator[Block]:
        _, (_, caption), blocks = inside
        found = list(self.blocks(blocks))
        text = self._counted(_inline_of(caption))
        for block in found:
            if isinstance(block, Picture) and text:
                alt = "" if block.alt == markdown.plain(text) else block.alt
                yield replace(block, alt=alt, caption=text)
                text = ""
            else:
                yield block
        if text:
            yield Paragraph(text, self.here)

    def _list(self, node: Node) -> Iterator[Block]:
        place = Place(self.here.paragraph + 1, self.here.heading)
        items = tuple(self._items(node, 0))
        alone = len(items) == 1 and items[0].number is not None and markdown.is_bold(items[0].text)
        if alone and words.is_short(markdown.plain(items[0].text)):
            yield self._titled(markdown.heading(items[0].text), 0)
        elif items:
            yield Bullets(items, place)
        yield from self._taken()

    def _items(self, node: Node, depth: int) -> Iterator[Item]:
        ordered, inside = node["t"] == "OrderedList", node["c"]
        start = inside[0][0] if ordered else 0
        for number, nodes in enumerate(inside[1] if ordered else inside, start):
            inner: list[Item] = []
            paragraphs: list[str] = []
            for block in nodes:
                if block["t"] in ("BulletList", "OrderedList"):
                    inner += self._items(block, depth + 1)
                elif block["t"] in ("Para", "Plain"):
                    paragraphs += filter(None, [self._counted(block["c"])])
                else:
                    paragraphs += filter(None, texts(self.blocks([block])))
            if paragraphs:
                text = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
                yield Item(text, depth, number if ordered else None)
            yield from inner

    def _quotation(self, nodes: Iterable[Node]) -> Iterator[Block]:
        """Yield indented text as a quotation, and indented lists, tables and images as they are."""
        for is_text, blocks in itertools.groupby(self.blocks(nodes), _is_text):
            if is_text:
                quotation = Quotation(tuple(texts(blocks)), self.here)
                yield quotation
            else:
                yield from blocks

    def _table(self, inside: Node) -> Grid:
        _, (_, caption), _, (_, head), bodies, (_, foot) = inside
        text = self._counted(_inline_of(caption))
        place = self.here
        rows = list(head)
        for _, _, first, rest in bodies:
            rows += [*first, *rest]
        return Grid(tuple(self._rows([*rows, *foot])), text, place)

    def _rows(self, rows: Iterable[Node]) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells of each row; a merged cell is in its first column, and in all its rows."""
        below: dict[int, tuple[int, Cell]] = {}
        for row in rows:
            cells: list[Cell] = []
            for _, _, tall, wide, blocks in row[1]:
                self._fill(cells, below)
                cell = self._cell(blocks)
                if tall > 1:
                    below[len(cells)] = (tall - 1, cell)
                cells += [cell, *[()] * (wide - 1)]
            self._fill(cells, below)
            yield tuple(cells)

    def _fill(self, cells: list[Cell], below: dict[int, tuple[int, Cell]]) -> None:
        """Add the cells that reach a row from above."""
        while len(cells) in below:
            rows, cell = below.pop(len(cells))
            if rows > 1:
                below[len(cells)] = (rows - 1, cell)
            cells.append(cell)

    def _cell(self, nodes: Iterable[Node]) -> Cell:
        """Return the blocks of a cell, where a bold line is no heading."""
        heading = self.here.heading
        blocks: list[Block] = []
        for block in self.blocks(nodes):
            plain = isinstance(block, Heading) and block.is_typed
            blocks.append(Paragraph(block.text, block.place) if plain else block)  # type: ignore[union-attr]
        self.here = replace(self.here, heading=heading)
        return tuple(blocks)


def _is_text(block: Block) -> bool:
    return isinstance(block, Paragraph | Heading | Quotation)


def _inline_of(blocks: Iterable[Node]) -> list[Node]:
    """Return the inline elements of the paragraphs of a caption."""
    return [node for block in blocks if block["t"] in ("Para", "Plain") for node in block["c"]]

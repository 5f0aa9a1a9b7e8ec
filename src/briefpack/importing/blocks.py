"""Turn pandoc's tree into a draft: blocks in order, each with its place, and the notes and remarks among them."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from briefpack.importing import words
from briefpack.importing.draft import (
    Block,
    Bullets,
    Cell,
    Draft,
    Grid,
    Heading,
    Item,
    Note,
    Paragraph,
    Passage,
    Picture,
    Place,
    Quotation,
    Remark,
    Run,
    in_cell,
    joined,
)

Node = Any
"""An element of pandoc's tree: its type under `t`, its contents under `c`."""
SPACE = re.compile(r"[ \t\u00a0\u2002\u2003\u2009\u202f]+")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
STYLES: dict[str, dict[str, Any]] = {
    "Strong": {"bold": True},
    "Emph": {"italic": True},
    "Superscript": {"raised": True},
    "Underline": {},
    "SmallCaps": {},
    "Strikeout": {},
}
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
MARKS = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
PROPERTIES = {"title": "title", "subtitle": "subtitle", "author": "author", "date": "date", "language": "lang"}
"""Pandoc's name of each property of a draft, from its metadata or paragraphs in Word's styles of these names."""
SHOWN = 60
"""In letters: how much of a heading a place names."""


def read(tree: dict[str, Any]) -> Draft:
    """Return the draft in pandoc's tree."""
    reader = _Reader()
    draft = reader.draft
    properties = {key: [*_paragraphs(value)] for key, value in tree.get("meta", {}).items()}
    for name, key in PROPERTIES.items():
        setattr(draft, name, ", ".join(_text(each["c"]) for each in properties.pop(key, ())))
    draft.blocks = tuple(reader.blocks([*properties.pop("abstract", ()), *tree["blocks"]]))
    for key, paragraphs in properties.items():
        if text := " ".join(_text(each["c"]) for each in paragraphs):
            draft.leave(text, None, f"the file's property “{key}”")
    return draft


class _Reader:
    """A reader that goes through a tree once, counts paragraphs, and collects notes, images and remarks."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.here = Place(0)
        self.pictures: list[Picture] = []
        self.open: dict[str, Remark] = {}

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
                yield Paragraph(self._passage([{"t": "Strong", "c": term}]))
                yield from self.blocks(itertools.chain(*meanings))
        elif kind in ("CodeBlock", "RawBlock"):
            for line in filter(str.strip, inside[1].splitlines()):
                yield Paragraph(self._passage([{"t": "Str", "c": line.strip()}]))

    def _passage(self, nodes: Iterable[Node]) -> Passage:
        """Return the words of inline elements; collect their notes, images and remarks."""
        self.here = place = Place(self.here.paragraph + 1, self.here.heading)
        runs = []
        for run in self.runs(nodes, Run("")):
            for remark in self.open.values():
                remark.about += run.words
            runs.append(run)
        return Passage(_tidy(runs), place)

    def runs(self, nodes: Iterable[Node], style: Run) -> Iterator[Run]:
        """Yield the words of inline elements in runs of one style."""
        for node in nodes:
            kind, inside = node["t"], node.get("c")
            if kind == "Str":
                yield replace(style, words=INVISIBLE.sub("", inside))
            elif kind in ("Space", "SoftBreak"):
                yield replace(style, words=" ")
            elif kind in STYLES:
                yield from self.runs(inside, replace(style, **STYLES[kind]))
            elif kind == "Span":
                yield from self._span(inside, style)
            elif kind == "Note":
                yield self._note(inside)
            else:
                yield from self._special(kind, inside, style)

    def _special(self, kind: str, inside: Node, style: Run) -> Iterator[Run]:
        if kind == "LineBreak":
            yield replace(style, words="\n")
        elif kind == "Subscript":
            yield replace(style, words=_text(inside).translate(LOWERED))
        elif kind == "Quoted":
            before, after = ({"t": "Str", "c": mark} for mark in MARKS[inside[0]["t"]])
            yield from self.runs([before, *inside[1], after], style)
        elif kind in ("Code", "Math", "RawInline"):
            yield replace(style, words=inside[1])
        elif kind == "Link":
            yield from self.runs(inside[1], replace(style, link=inside[2][0]))
        elif kind == "Cite":
            yield from self.runs(inside[1], style)
        elif kind == "Image":
            self.pictures.append(Picture(inside[2][0], _text(inside[1]) or inside[2][1], None, self.here))

    def _span(self, inside: Node, style: Run) -> Iterator[Run]:
        """Yield the words of a span; a span with a remark begins, or ends, the words that the remark is about."""
        (_, classes, pairs), nodes = inside
        kind = next((each.removesuffix("-start") for each in classes if each in REMARKS), "")
        values = dict(pairs)
        if kind and (said := _text(nodes)):
            remark = Remark(kind, values.get("author", ""), said, self.here)  # type: ignore[arg-type]
            self.draft.remarks.append(remark)
            if kind == "comment":
                self.open[values.get("id", "")] = remark
        if "comment-end" in classes and (closed := self.open.pop(values.get("id", ""), None)):
            closed.about = SPACE.sub(" ", closed.about).strip()
        if kind not in ("comment", "deletion"):
            yield from self.runs(nodes, style)

    def _note(self, nodes: Iterable[Node]) -> Run:
        here = self.here
        note = Note(tuple(in_cell(self.blocks(nodes))))
        self.here = here
        if not (note.words or note.links):
            self.draft.guesses.append(f"an empty note was left out ({here})")
        self.draft.notes.append(note)
        return Run("", note=len(self.draft.notes) - 1)

    def _heading(self, inside: Node) -> Iterator[Block]:
        level, _, nodes = inside
        passage = self._passage(nodes)
        yield from self._pictures()
        if passage.words.strip():
            yield self._titled(Heading(passage, level))
        else:
            self.draft.guesses.append(f"an empty heading was left out ({passage.place})")

    def _titled(self, heading: Heading) -> Heading:
        """Return a heading, and remember it as the place of the text that follows."""
        self.here = Place(self.here.paragraph, heading.passage.line[:SHOWN])
        place = Place(heading.passage.place.paragraph)
        return replace(heading, passage=replace(heading.passage, place=place))

    def _paragraph(self, nodes: Iterable[Node]) -> Iterator[Block]:
        passage = self._passage(nodes)
        if sign := _sign(passage):
            yield self._titled(Heading(passage, 0, sign))
        elif passage.runs:
            yield Paragraph(passage)
        yield from self._pictures()

    def _pictures(self) -> Iterator[Picture]:
        found, self.pictures = self.pictures, []
        yield from found

    def _figure(self, inside: Node) -> Iterator[Block]:
        _, (_, caption), blocks = inside
        found = list(self.blocks(blocks))
        passage: Passage | None = self._passage(_inline(caption))
        for block in found:
            if isinstance(block, Picture) and passage and passage.words:
                alt = "" if block.alt == passage.words else block.alt
                yield replace(block, alt=alt, caption=passage)
                passage = None
            else:
                yield block
        if passage and passage.words:
            yield Paragraph(passage)

    def _list(self, node: Node) -> Iterator[Block]:
        items = list(self._items(node, 0))
        alone = items[0].passages[0] if len(items) == 1 else None
        if alone and items[0].number is not None and alone.is_bold and words.is_short(alone.words):
            yield self._titled(Heading(alone, 0, "number"))
        elif items:
            yield Bullets(tuple(items))
        yield from self._pictures()

    def _items(self, node: Node, depth: int) -> Iterator[Item]:
        ordered, inside = node["t"] == "OrderedList", node["c"]
        for number, nodes in enumerate(inside[1] if ordered else inside, inside[0][0] if ordered else 0):
            yield from self._item(nodes, depth, number if ordered else None)

    def _item(self, nodes: Iterable[Node], depth: int, number: int | None) -> Iterator[Item]:
        passages: list[Passage] = []
        inner: list[Item] = []
        for node in nodes:
            if node["t"] in ("BulletList", "OrderedList"):
                inner += self._items(node, depth + 1)
            else:
                passages += [passage for passage in in_cell(self.blocks([node])) if passage.runs]
        if passages:
            yield Item(tuple(passages), depth, number)
        yield from inner

    def _quotation(self, nodes: Iterable[Node]) -> Iterator[Block]:
        """Yield indented text as a quotation, and indented lists, tables and images as they are."""
        for is_text, blocks in itertools.groupby(self.blocks(nodes), _is_text):
            if not is_text:
                yield from blocks
                continue
            yield Quotation(tuple(in_cell(blocks)))

    def _table(self, inside: Node) -> Grid:
        _, (_, caption), _, (_, head), bodies, (_, foot) = inside
        passage = self._passage(_inline(caption))
        place = passage.place
        rows = _spread([*head, *(row for _, _, first, rest in bodies for row in (*first, *rest)), *foot])
        cells = self._cells(rows)
        if any(cell.from_left or cell.from_above for row in rows for cell in row):
            self.draft.guesses.append(f"the merged cells of a table were split ({place}); check its rows")
        titled = len(rows) > 1 and _is_title(rows[0])
        if titled and not passage.words:
            [title, *cells] = cells
            passage = joined(in_cell(title[0]), " ") or passage
        elif len(rows) > 2 and not titled and any(cell.from_left for cell in rows[0]):
            first, second, *others = cells
            cells = [tuple(map(_under, first, second)), *others]
        return Grid(tuple(cells), passage if passage.words else None, bool(head), place)

    def _cells(self, rows: "Sequence[Sequence[_Spot]]") -> list[tuple[Cell, ...]]:
        """Return the cells of a table; a merged cell fills all its rows and, in the first row only, all its columns."""
        read: dict[int, Cell] = {}
        for spot in (spot for row in rows for spot in row):
            if id(spot.node) not in read:
                read[id(spot.node)] = self._cell(spot.node)
        return [
            tuple(() if spot.from_left and number else read[id(spot.node)] for spot in row)
            for number, row in enumerate(rows)
        ]

    def _cell(self, cell: Node) -> Cell:
        heading = self.here.heading
        blocks = tuple(_plain(block) for block in self.blocks(cell[-1]))
        self.here = replace(self.here, heading=heading)
        return blocks


def _is_text(block: Block) -> bool:
    return isinstance(block, Paragraph | Heading | Quotation)


REMARKS = ("comment-start", "insertion", "deletion")


def _text(nodes: Iterable[Node]) -> str:
    """Return the words of inline elements, without their styles, notes and images."""
    return SPACE.sub(" ", "".join(run.words for run in _Reader().runs(nodes, Run("")))).strip()


def _tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join runs of one style, and drop the spaces that indent a line or follow another space."""
    groups = itertools.groupby(runs, key=lambda run: replace(run, words=""))
    found = [replace(style, words=SPACE.sub(" ", "".join(run.words for run in same))) for style, same in groups]
    return tuple(_stripped(found))


def _stripped(runs: list[Run]) -> Iterator[Run]:
    """Yield runs without spaces at the start and the end of the passage, and without a second space between two."""
    last = max((n for n, run in enumerate(runs) if run.words.strip()), default=-1)
    ends_in_space = True
    for number, run in enumerate(runs):
        text = run.words.lstrip(" ") if ends_in_space else run.words
        text = text.rstrip() if number >= last else text
        if text or run.note is not None:
            yield replace(run, words=text)
        ends_in_space = text.endswith((" ", "\n")) if text else ends_in_space


@dataclass(frozen=True)
class _Spot:
    """A place of a table with its cell in pandoc's tree, which may reach it from the left or from above."""

    node: Node
    from_left: bool
    from_above: bool


def _spread(rows: Sequence[Node]) -> list[list[_Spot]]:
    """Return the rows of a table with a cell at each place: every row of a brief's table has every column."""
    spots: dict[tuple[int, int], _Spot] = {}
    for number, row in enumerate(rows):
        column = 0
        for node in row[1]:
            while (number, column) in spots:
                column += 1
            _, _, tall, wide, _ = node
            for down, right in itertools.product(range(tall), range(wide)):
                spots[number + down, column + right] = _Spot(node, right > 0, down > 0)
    found: list[list[_Spot]] = [[] for _ in rows]
    for row, column in sorted(spots):
        if row < len(rows):
            found[row].append(spots[row, column])
    return found


def _is_title(row: Sequence[_Spot]) -> bool:
    """Return whether one cell fills a row of several columns."""
    return len(row) > 1 and all(spot.from_left for spot in row[1:])


def _under(group: Cell, cell: Cell) -> Cell:
    """Return the heading of a column below the heading of its group."""
    passages = dict.fromkeys(passage for passage in (*in_cell(group), *in_cell(cell)) if passage.words.strip())
    both = joined([*passages], ": ")
    return (Paragraph(both),) if both else ()


def _paragraphs(value: Node) -> Iterator[Node]:
    """Yield the paragraphs of a property of the file."""
    kind, inside = value["t"], value["c"]
    if kind == "MetaInlines":
        yield {"t": "Para", "c": inside}
    elif kind == "MetaBlocks":
        yield from (block for block in inside if block["t"] in ("Para", "Plain"))
    elif kind in ("MetaList", "MetaMap"):
        for each in inside.values() if kind == "MetaMap" else inside:
            yield from _paragraphs(each)


def _inline(blocks: Iterable[Node]) -> list[Node]:
    """Return the inline elements of the paragraphs of a caption."""
    return [node for block in blocks if block["t"] in ("Para", "Plain") for node in block["c"]]


def _plain(block: Block) -> Block:
    """Return a cell's block: a bold paragraph of a table is no heading of the draft."""
    return Paragraph(block.passage) if isinstance(block, Heading) and block.sign != "style" else block


def _sign(passage: Passage) -> Literal["bold", "number"] | None:
    """Return the sign by which a paragraph is a heading: bold type, or a number; None if it isn't one."""
    text = passage.words
    if not text.strip() or any(run.note is not None for run in passage.runs) or not words.is_short(text):
        return None
    if words.NUMBERED.match(text) and (passage.is_bold or "\n" not in text):
        return "number" if passage.is_bold or words.reads_as_title(text) else None
    return "bold" if passage.is_bold and re.search(r"[^\W\d_]{2}", text) else None

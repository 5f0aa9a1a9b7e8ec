"""Turn pandoc's tree into a draft: blocks in order, each with its place, and the notes and remarks among them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from briefpack.importing import inlines, merged
from briefpack.importing.draft import (
    Block,
    Bullets,
    Draft,
    Grid,
    Heading,
    Item,
    Leftover,
    Note,
    Paragraph,
    Passage,
    Picture,
    Place,
    Quotation,
    Remark,
    Run,
)
from briefpack.importing.inlines import ImageMark, Node, NoteMark, Piece, RemarkMark
from briefpack.text import unspaced

NUMBERED = re.compile(
    r"(?:(?:\d{1,2}\.)*\d{1,2}[.)]?|[A-Z][.)]|[IVX]{1,4}[.)])\s+(?=[^\W\d_])|(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(?=[^\W\d_])"  # noqa: RUF001 -- Chinese marks
)
LONGEST_HEADING = 14
"""In words: a longer paragraph is no heading, even if it is bold."""
QUOTES = '“”"‘’'
ENDS = (".", ";", ",", ":", "。", "；", "，", "：")  # noqa: RUF001 -- Chinese marks
"""What a heading doesn't end in."""
SHOWN = 60
"""In letters: how much of a heading a place names."""


def read(tree: dict[str, Any]) -> Draft:
    """Return the draft in pandoc's tree."""
    return _Reader().draft(tree)


class _Reader:
    """Goes through a tree once, counts paragraphs, and collects what is beside the text."""

    def __init__(self) -> None:
        self.paragraphs = 0
        self.heading = ""
        self.notes: list[Note] = []
        self.remarks: list[Remark] = []
        self.leftovers: list[Leftover] = []
        self.guesses: list[str] = []
        self.pictures: list[Picture] = []
        self.open: dict[str, list[str]] = {}
        self.abouts: dict[str, str] = {}
        self.keys: dict[int, str] = {}

    def draft(self, tree: dict[str, Any]) -> Draft:
        """Return the draft of a whole tree."""
        title, subtitle, language = (
            inlines.words(inlines.read(_meta(tree, key))) for key in ("title", "subtitle", "lang")
        )
        blocks = tuple(self.blocks(tree["blocks"]))
        remarks = tuple(self._closed(remark, number) for number, remark in enumerate(self.remarks))
        leftovers, guesses = tuple(self.leftovers), tuple(self.guesses)
        return Draft(title, subtitle, blocks, tuple(self.notes), remarks, leftovers, guesses, language)

    def blocks(self, nodes: Iterable[Node]) -> Iterator[Block]:
        """Yield the blocks of a sequence of pandoc's."""
        for node in nodes:
            kind, inside = node["t"], node.get("c")
            if kind in ("Para", "Plain"):
                yield from self._paragraph(inside)
            elif kind == "Header":
                yield from self._heading(inside)
            elif kind in ("BulletList", "OrderedList"):
                yield from self._list(kind, inside)
            elif kind == "Table":
                yield self._table(inside)
            else:
                yield from self._other(kind, inside)

    def _other(self, kind: str, inside: Node) -> Iterator[Block]:
        if kind == "Div":
            yield from self.blocks(inside[1])
        elif kind == "BlockQuote":
            yield from self._quotation(inside)
        elif kind == "Figure":
            yield from self._figure(inside)
        elif kind == "LineBlock":
            for line in inside:
                yield from self._paragraph(line)
        elif kind == "DefinitionList":
            for term, meanings in inside:
                yield from self._definition(term, meanings)
        elif kind in ("CodeBlock", "RawBlock"):
            for line in filter(str.strip, inside[1].splitlines()):
                yield Paragraph(Passage((Run(line.strip()),), self._next()))

    def _next(self) -> Place:
        self.paragraphs += 1
        return Place(self.paragraphs, self.heading)

    def _passage(self, nodes: Iterable[Node]) -> Passage:
        """Return the words of inline elements; collect their notes, images and remarks."""
        place = self._next()
        runs = [run for piece in inlines.read(nodes) for run in self._piece(piece, place)]
        return Passage(inlines.tidy(runs), place)

    def _piece(self, piece: Piece, place: Place) -> Iterator[Run]:
        if isinstance(piece, NoteMark):
            yield self._note(piece)
        elif isinstance(piece, ImageMark):
            self.pictures.append(Picture(piece.file, piece.alt or piece.title, None, place))
        elif isinstance(piece, RemarkMark):
            self._remark(piece, place)
        else:
            for opened in self.open.values():
                opened.append(piece.words)
            yield piece

    def _note(self, mark: NoteMark) -> Run:
        before, heading = self.paragraphs, self.heading
        passages = tuple(passage for block in self.blocks(mark.blocks) for passage in passages_of(block))
        self.paragraphs, self.heading = before, heading
        note = Note(passages)
        if not (note.words or note.links):
            self.guesses.append(f"an empty note was left out ({Place(before, heading)})")
        self.notes.append(note)
        return Run("", note=len(self.notes) - 1)

    def _remark(self, mark: RemarkMark, place: Place) -> None:
        if mark.kind == "end":
            about = "".join(self.open.pop(mark.key, []))
            self.abouts[mark.key] = inlines.SPACE.sub(" ", about).strip()
        elif mark.words:
            if mark.kind == "comment":
                self.open[mark.key] = []
                self.keys[len(self.remarks)] = mark.key
            self.remarks.append(Remark(mark.kind, mark.who, mark.words, place))  # type: ignore[arg-type]

    def _heading(self, inside: Node) -> Iterator[Block]:
        level, _, nodes = inside
        passage = self._passage(nodes)
        yield from self._pictures()
        if not passage.words.strip():
            self.guesses.append(f"an empty heading was left out ({passage.place})")
            return
        yield from self._titled(Heading(passage, level))

    def _titled(self, heading: Heading) -> Iterator[Heading]:
        """Yield a heading, and name it as the place of what follows."""
        self.heading = " ".join(heading.passage.words.split())[:SHOWN]
        place = Place(heading.passage.place.paragraph)
        yield replace(heading, passage=replace(heading.passage, place=place))

    def _paragraph(self, nodes: Iterable[Node]) -> Iterator[Block]:
        passage = self._passage(nodes)
        if passage.runs and passage.words.strip():
            sign = _sign(passage)
            if sign:
                yield from self._titled(Heading(passage, 0, sign))
            else:
                yield Paragraph(passage)
        elif passage.runs:
            yield Paragraph(passage)
        yield from self._pictures()

    def _pictures(self) -> Iterator[Picture]:
        found, self.pictures = self.pictures, []
        yield from found

    def _figure(self, inside: Node) -> Iterator[Block]:
        _, (_, caption), blocks = inside
        found = list(self.blocks(blocks))
        passage = self._passage(_inline(caption))
        for block in found:
            if isinstance(block, Picture):
                alt = "" if block.alt == passage.words else block.alt
                yield Picture(block.file, alt, passage if passage.words else None, block.place)
                passage = Passage((), passage.place)
            else:
                yield block
        if passage.words:
            yield Paragraph(passage)

    def _list(self, kind: str, inside: Node) -> Iterator[Block]:
        items = list(self._items(kind, inside, 0))
        alone = items[0].passages[0] if len(items) == 1 and items[0].passages else None
        if alone and kind == "OrderedList" and alone.is_bold and is_short(alone.words):
            yield from self._titled(Heading(alone, 0, "number"))
        elif items:
            yield Bullets(tuple(items))
        yield from self._pictures()

    def _items(self, kind: str, inside: Node, depth: int) -> Iterator[Item]:
        ordered = kind == "OrderedList"
        first = inside[0][0] if ordered else 0
        for number, nodes in enumerate(inside[1] if ordered else inside, first):
            yield from self._item(nodes, depth, number if ordered else None)

    def _item(self, nodes: Iterable[Node], depth: int, number: int | None) -> Iterator[Item]:
        passages: list[Passage] = []
        inner: list[Item] = []
        for node in nodes:
            if node["t"] in ("BulletList", "OrderedList"):
                inner += self._items(node["t"], node["c"], depth + 1)
            else:
                passages += [each for block in self.blocks([node]) for each in passages_of(block)]
        passages = [passage for passage in passages if passage.runs]
        if passages:
            yield Item(tuple(passages), depth, number)
        yield from inner

    def _quotation(self, nodes: Iterable[Node]) -> Iterator[Block]:
        """Yield a quotation; lists, tables and images that are indented are what they are."""
        passages: list[Passage] = []
        for block in self.blocks(nodes):
            if isinstance(block, Paragraph | Heading | Quotation):
                passages += passages_of(block)
            else:
                if passages:
                    yield Quotation(tuple(passages))
                passages = []
                yield block
        if passages:
            if passages[0].words.startswith(("“", '"')):
                said = " ".join(passages[0].words.split())[:SHOWN]
                self.guesses.append(
                    f"“{said.lstrip(QUOTES)}…” may be a quotation ({passages[0].place}): quote: needs its source"
                )
            yield Quotation(tuple(passages))

    def _definition(self, term: Node, meanings: Node) -> Iterator[Block]:
        named = self._passage([{"t": "Strong", "c": term}])
        blocks = [block for meaning in meanings for block in self.blocks(meaning)]
        first = blocks[0] if blocks else None
        if isinstance(first, Paragraph):
            runs = inlines.tidy((*named.runs, Run(": "), *first.passage.runs))
            yield Paragraph(Passage(runs, named.place))
            blocks = blocks[1:]
        else:
            yield Paragraph(named)
        yield from blocks

    def _table(self, inside: Node) -> Grid:
        _, (_, caption), _, (_, head), bodies, (_, foot) = inside
        place = Place(self.paragraphs + 1, self.heading)
        passage = self._passage(_inline(caption))
        rows = merged.split([*head, *(row for _, _, first, rest in bodies for row in (*first, *rest)), *foot])
        cells = self._cells(rows)
        if merged.has_merged(rows):
            self.guesses.append(f"the merged cells of a table were split ({place}); check its rows")
        if len(rows) > 1 and merged.is_title(rows[0]) and not passage.words:
            [title, *cells] = cells
            passage = joined([each for block in title[0] for each in passages_of(block)], " ") or passage
        elif merged.has_two_heads(rows):
            first, second, *others = cells
            cells = [tuple(map(_under, first, second)), *others]
        return Grid(tuple(cells), passage if passage.words else None, bool(head), place)

    def _cells(self, rows: tuple[tuple[merged.Cell, ...], ...]) -> list[tuple[tuple[Block, ...], ...]]:
        """Return the cells of a table; a merged one is in each of its rows, and in each column of the first."""
        read: dict[int, tuple[Block, ...]] = {}
        found = []
        for number, row in enumerate(rows):
            for cell in row:
                if id(cell.node) not in read:
                    read[id(cell.node)] = self._cell(cell.node)
            kept = [() if cell.is_from_left and number else read[id(cell.node)] for cell in row]
            found.append(tuple(kept))
        return found

    def _cell(self, cell: Node) -> tuple[Block, ...]:
        *_, nodes = cell
        before = self.heading
        blocks = tuple(_plain(block) for block in self.blocks(nodes))
        self.heading = before
        return blocks

    def _closed(self, remark: Remark, number: int) -> Remark:
        about = self.abouts.get(self.keys.get(number, ""), "")
        return Remark(remark.kind, remark.who, remark.words, remark.place, about)


def passages_of(block: Block) -> tuple[Passage, ...]:
    """Return the passages of a block, in order."""
    if isinstance(block, Heading | Paragraph):
        return (block.passage,)
    if isinstance(block, Bullets):
        return tuple(passage for item in block.items for passage in item.passages)
    if isinstance(block, Quotation):
        return block.passages
    caption = (block.caption,) if block.caption else ()
    if isinstance(block, Picture):
        return caption
    cells = (passage for row in block.rows for cell in row for each in cell for passage in passages_of(each))
    return (*caption, *cells)


def joined(passages: list[Passage], between: str) -> Passage | None:
    """Return passages as one, with a mark between them; None if there are none."""
    if not passages:
        return None
    runs: list[Run] = []
    for passage in passages:
        runs += ([Run(between)] if runs else []) + [*passage.runs]
    return Passage(tuple(runs), passages[0].place)


def _under(group: tuple[Block, ...], cell: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the heading of a column below the heading of its group."""
    passages = [passage for block in group for passage in passages_of(block)]
    passages += [passage for block in cell for passage in passages_of(block) if passage not in passages]
    both = joined([passage for passage in passages if passage.words.strip()], ": ")
    return (Paragraph(both),) if both else ()


def _meta(tree: dict[str, Any], key: str) -> list[Node]:
    """Return the inline elements of a property of the file."""
    found = tree.get("meta", {}).get(key, {"t": "MetaInlines", "c": []})
    if found["t"] == "MetaList":
        found = found["c"][0]
    return found["c"] if found["t"] == "MetaInlines" else []


def _inline(blocks: Iterable[Node]) -> list[Node]:
    """Return the inline elements of the paragraphs of a caption."""
    return [node for block in blocks if block["t"] in ("Para", "Plain") for node in block["c"]]


def _plain(block: Block) -> Block:
    """Return a cell's block: a bold paragraph of a table is no heading of the draft."""
    return Paragraph(block.passage) if isinstance(block, Heading) and block.sign != "style" else block


def is_short(words: str) -> bool:
    """Return whether words are few enough for a heading, and don't end as a sentence does."""
    return unspaced.count(words) <= LONGEST_HEADING and not words.rstrip().endswith(ENDS)


def _sign(passage: Passage) -> Literal["bold", "number"] | None:
    """Return the sign by which a paragraph is a heading: bold type, or a number; None if it isn't one."""
    if any(run.note is not None for run in passage.runs) or not is_short(passage.words):
        return None
    if NUMBERED.match(passage.words) and (passage.is_bold or "\n" not in passage.words):
        return "number" if passage.is_bold or _is_title(passage.words) else None
    return "bold" if passage.is_bold and re.search(r"[^\W\d_]{2}", passage.words) else None


def _is_title(words: str) -> bool:
    """Return whether words after a number read as a title, and not as an item of a list."""
    return len(words.split()) <= LONGEST_HEADING // 2 and bool(
        re.match(r"\d+[.)]|\d+\.\d|[一二三四五六七八九十]+、", words)
    )

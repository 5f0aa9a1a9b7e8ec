"""Write a part of a draft as the blocks of a brief: texts, tables, quotations and images."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefpack.importing.blocks import passages_of
from briefpack.importing.draft import Block, Grid, Paragraph, Passage, Picture, Quotation
from briefpack.importing.markdown import Writer
from briefpack.importing.yaml_text import Entry, Group, Line, Listing, Text, Value

LONG_CELL = 40
"""In words: a table whose cells have more than this on average only arranges text on the page."""
EMPTY = "–"
DASHES = "—–-"


@dataclass(frozen=True)
class Content:
    """What writing blocks needs: the writer of passages, and the ids of images by the place of each in the draft."""

    writer: Writer
    images: Mapping[Picture, str]

    def blocks(self, blocks: Iterable[Block], caption: str) -> Listing:
        """Return the blocks of a part; `caption` is for a table without one."""
        found: list[Value] = []
        text: list[Block] = []
        for block in spread(blocks):
            own = self._own(block, caption)
            if own is None:
                text.append(block)
            else:
                found += [*self._text(text), *own]
                text = []
        return Listing((*found, *self._text(text)))

    def _text(self, blocks: list[Block]) -> Iterator[Value]:
        if words := self.writer.text(blocks):
            yield Group((Entry("text", text_of(words)),))

    def _own(self, block: Block, caption: str) -> list[Value] | None:
        """Return a block that has a key of its own; none for an image that can't be used; None for text."""
        if isinstance(block, Grid):
            return [Group((Entry("table", self._table(block, caption)),))]
        if isinstance(block, Picture):
            name = self.images.get(block)
            return [Group((Entry("image", Line(name)),))] if name else []
        quote = self._quote(block) if isinstance(block, Quotation) else None
        return [Group((Entry("quote", quote),))] if quote else None

    def _table(self, grid: Grid, caption: str) -> Group:
        rows = [[self._cell(cell) for cell in row] for row in grid.rows]
        head, *body = (Listing(tuple(map(Line, row))) for row in rows)
        title = self.writer.line(grid.caption) if grid.caption else caption
        columns = ("columns", head), ("rows", Listing(tuple(body)))
        return Group((Entry("caption", Line(title)), *(Entry(key, value) for key, value in columns)))

    def _cell(self, cell: tuple[Block, ...]) -> str:
        lines = (self.writer.heading(passage) for block in cell for passage in passages_of(block))
        return " ".join(filter(None, lines)) or EMPTY

    def _quote(self, block: Quotation) -> Group | None:
        """Return a quotation if it names its speaker in its last line and its source in a note; None otherwise."""
        *said, who = block.passages
        notes = [run.note for passage in block.passages for run in passage.runs if run.note is not None]
        source = self.writer.sources.get(notes[0]) if notes else None
        if not said or not source or not who.words.lstrip().startswith(tuple(DASHES)):
            return None
        words = " ".join(self.writer.plain(passage) for passage in said).strip('“”"')
        named = self.writer.plain(who).lstrip(f"{DASHES} ")
        return Group((Entry("words", Line(words)), Entry("who", Line(named)), Entry("source", Line(source))))


def text_of(words: str) -> Value:
    """Return Markdown as a line if it is one paragraph, or else as a text."""
    return Text(words) if "\n" in words else Line(words)


def spread(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, with the contents of tables that only arrange text on the page."""
    for block in blocks:
        if isinstance(block, Grid) and not is_table(block):
            if block.caption:
                yield Paragraph(block.caption)
            for column in zip(*_padded(block), strict=True):
                yield from spread(each for cell in column for each in cell)
        else:
            yield block


def _padded(grid: Grid) -> list[tuple[tuple[Block, ...], ...]]:
    most = max((len(row) for row in grid.rows), default=0)
    return [(*row, *(((),) * (most - len(row)))) for row in grid.rows]


def is_table(grid: Grid) -> bool:
    """Return whether a brief can have a table as it is: at least two columns, a row below the first, short cells."""
    widths = {len(row) for row in grid.rows}
    if len(grid.rows) < 2 or len(widths) != 1 or (widths < {2} and max(widths) < 2):
        return False
    cells = [
        passage.words.split() for row in grid.rows for cell in row for each in cell for passage in passages_of(each)
    ]
    pictures = any(isinstance(each, Picture) for row in grid.rows for cell in row for each in cell)
    return not pictures and sum(map(len, cells)) <= LONG_CELL * sum(map(len, grid.rows))


def with_headings(block: Block) -> Iterator[tuple[Passage, str]]:
    """Yield the passages of a block, each cell of a table with the headings of its row and its column."""
    if not isinstance(block, Grid):
        yield from ((passage, "") for passage in passages_of(block))
        return
    yield from ((block.caption, ""),) if block.caption else ()
    heads = [_said(cell) for cell in block.rows[0]]
    for number, row in enumerate(block.rows):
        for head, cell in zip(heads, row, strict=False):
            about = f"{_said(row[0])}: {head}" if number and cell is not row[0] else ""
            yield from ((passage, about) for each in cell for passage in passages_of(each))


def _said(cell: tuple[Block, ...]) -> str:
    return " ".join(passage.words for block in cell for passage in passages_of(block))

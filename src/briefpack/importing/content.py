"""Write a part of a draft as the blocks of a brief: Markdown with figures linked and notes cited, tables and images."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeGuard

from briefpack.importing.draft import (
    Block,
    Bullets,
    Cell,
    Grid,
    Heading,
    Item,
    Paragraph,
    Passage,
    Picture,
    Quotation,
    Run,
    changed,
    in_cell,
    said,
)
from briefpack.importing.figures import Figures
from briefpack.importing.yaml_text import Cells, Key

LONG_CELL = 40
"""In words: a table whose cells have more than this on average only arranges text on the page."""
EMPTY = "–"
QUOTES = '“”"'
BEFORE_SPEAKER = re.compile(r"(?:^|(?<=[”\"]))\s*[—–-]+\s*")
SHOWN = 60
"""In letters: how much of a quotation a comment has."""

Entry = dict[str, Any]
"""Keys with their values."""
SPECIAL = re.compile(r"[\\*_`\[\]<~^]")
STARTS = re.compile(r"(?=[-+>#=|])|\d{1,9}(?=[.)])")
INDENT = 4
"""In spaces: a list inside another; Markdown needs two to five, whatever the mark of the outer item."""
BRACES = str.maketrans("{}", "()")
OPEN_ADDRESS = ("https://", "http://", "mailto:")
ESCAPED = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "{": "%7B", "}": "%7D"})


def plain(words: str) -> str:
    """Return words on one line, without braces, which would name a figure."""
    return " ".join(words.translate(BRACES).split())


@dataclass(frozen=True)
class Writer:
    """Writes passages: the figures of their numbers, and the sources by the index of the note."""

    figures: Figures = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)

    def line(self, passage: Passage) -> str:
        """Return a passage as one line of Markdown."""
        return _safe_start(" ".join(self._marked(passage).split()))

    def heading(self, passage: Passage) -> str:
        """Return a passage as a heading: without bold type, which the layout sets."""
        return self.line(replace(passage, runs=tuple(replace(run, bold=False) for run in passage.runs)))

    def text(self, blocks: Iterable[Block]) -> str:
        """Return paragraphs and lists as Markdown."""
        return "\n\n".join(filter(None, (self._block(block) for block in blocks)))

    def _block(self, block: Block) -> str:
        if isinstance(block, Bullets):
            loose = "\n\n" if any(len(item.passages) > 1 for item in block.items) else "\n"
            return loose.join(self._item(item) for item in block.items)
        passages = (block.passage,) if isinstance(block, Paragraph) else ()
        return "\n\n".join(map(self._paragraph, block.passages if isinstance(block, Quotation) else passages))

    def _paragraph(self, passage: Passage) -> str:
        lines = (" ".join(line.split()) for line in self._marked(passage).split("\n"))
        return "\\\n".join(_safe_start(line) for line in lines if line)

    def _item(self, item: Item) -> str:
        mark = "-" if item.number is None else f"{item.number}."
        indent = " " * (INDENT * item.depth)
        inside = indent + " " * (len(mark) + 1)
        first, *rest = (" ".join(self._paragraph(each).split("\\\n")) for each in item.passages)
        return "\n\n".join([f"{indent}{mark} {first}", *(f"{inside}{each}" for each in rest)])

    def _marked(self, passage: Passage) -> str:
        """Return the words with the marks of their styles."""
        groups = itertools.groupby(passage.runs, key=lambda run: replace(run, words="", number=None))
        pieces = [(style, "".join(map(self._written, runs))) for style, runs in groups]
        texts = ["", *(text for _, text in pieces), ""]
        return "".join(
            _styled(style, text, "".join(texts[:number])[-1:], "".join(texts[number + 1 :])[:1])
            for number, (style, text) in enumerate(pieces, 1)
        )

    def _written(self, run: Run) -> str:
        """Return a run as Markdown, without its style."""
        if run.note is not None:
            source = self.sources.get(run.note)
            return f"[^{source}]" if source else ""
        figure = self.figures.get(run.number) if run.number else None
        if not run.number or not figure:
            return SPECIAL.sub(r"\\\g<0>", run.words.translate(BRACES))
        if not figure.hedge:
            return run.words.removesuffix(run.number.typed) + f"{{{figure.name}}}"
        return f"{{{figure.name}{':capital' if run.words[:1].isupper() else ''}}}"


def _safe_start(line: str) -> str:
    """Return a line whose beginning isn't read as a list, a quotation or a heading."""
    found = STARTS.match(line)
    return f"{found[0]}\\{line[found.end() :]}" if found else line


def _styled(style: Run, text: str, before: str, after: str) -> str:
    """Return words with the marks of their style, unless these would be inside a word."""
    inner = text.strip()
    if not inner or style.note is not None:
        return text
    before += text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :] + after
    marks = ("**" if style.bold else "") + ("*" if style.italic else "")
    marks = "" if before[-1:].isalnum() or after[:1].isalnum() else marks
    # A link that only the draft's computer opens is left out.
    linked = f"[{inner}]({style.link.translate(ESCAPED)})" if style.link.startswith(OPEN_ADDRESS) else inner
    return text.replace(inner, f"{marks}{linked}{marks[::-1]}")


@dataclass(frozen=True)
class Content:
    """Writes blocks, with the writer of passages and the ids of images; adds to the list of guesses about the draft."""

    writer: Writer
    images: Mapping[Picture, str]
    guesses: list[str]

    def blocks(self, blocks: Iterable[Block], caption: str) -> list[Entry]:
        """Return the blocks of a part; `caption` is for a table without one."""
        found: list[Entry] = []
        text: list[Block] = []
        for block in spread(blocks):
            own = self._own(block, caption)
            if own is None:
                text.append(block)
                continue
            found += [*self._text(text), *own]
            text = []
        return [*found, *self._text(text)]

    def _text(self, blocks: list[Block]) -> Iterator[Entry]:
        if words := self.writer.text(blocks):
            guesses = [_may_be_quote(block) for block in blocks if _is_spoken(block)]
            self.guesses.extend(guesses)
            yield {Key("text", *guesses): words}

    def _own(self, block: Block, caption: str) -> list[Entry] | None:
        """Return a block under a key of its own; an empty list for an image that can't be used; None for text."""
        if isinstance(block, Heading):
            return [{"heading": words}] if (words := self.writer.heading(block.passage).strip("*")) else []
        if isinstance(block, Grid):
            return [{"table": self._table(block, caption)}]
        if isinstance(block, Picture):
            return [{"image": self.images[block]}] if block in self.images else []
        quote = self._quote(block) if isinstance(block, Quotation) else None
        return [{"quote": quote}] if quote else None

    def _table(self, grid: Grid, caption: str) -> Entry:
        head, *rows = (Cells(map(self._cell, row)) for row in grid.rows)
        return {
            "caption": self.writer.line(grid.caption) if grid.caption else caption,
            "columns": head,
            "rows": rows,
        }

    def _cell(self, cell: Cell) -> str:
        return " ".join(filter(None, map(self.writer.heading, in_cell(cell)))) or EMPTY

    def _quote(self, block: Quotation) -> Entry | None:
        """Return a quotation that ends with its speaker after a dash and has its source in a note, or None."""
        *texts, last = block.passages
        notes = [run.note for passage in block.passages for run in passage.runs if run.note is not None]
        source = self.writer.sources.get(notes[0]) if notes else None
        dash = BEFORE_SPEAKER.search(last.words)
        words = " ".join(plain(each.words) for each in (*texts, last.before(dash.start()))) if dash else ""
        if not dash or not source or not words.strip():
            return None
        return {"words": words.strip(f"{QUOTES} "), "who": plain(last.words[dash.end() :]), "source": source}


def _is_spoken(block: Block) -> TypeGuard[Quotation]:
    return isinstance(block, Quotation) and block.passages[0].words.startswith(tuple(QUOTES))


def _may_be_quote(block: Quotation) -> str:
    """Return the comment on indented words in quotation marks that stay in the text."""
    first = block.passages[0]
    said = plain(first.words).strip(QUOTES)
    return f"“{said[:SHOWN]}{'…' * (len(said) > SHOWN)}” may be a quotation ({first.place}): a quote: needs who said it, and a source"


def spread(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, with the contents of tables that only arrange text on the page."""
    for block in blocks:
        if not isinstance(block, Grid) or is_table(block):
            yield block
            continue
        if block.caption:
            yield Paragraph(block.caption)
        most = max((len(row) for row in block.rows), default=0)
        for column in range(most):
            yield from spread(each for row in block.rows for each in (row[column] if column < len(row) else ()))


def is_table(grid: Grid) -> bool:
    """Return whether a brief can have a table as it is: at least two columns, a row below the first, short cells."""
    widths = {len(row) for row in grid.rows}
    if len(grid.rows) < 2 or len(widths) != 1 or widths & {0, 1}:
        return False
    cells = [cell for row in grid.rows for cell in row]
    pictures = any(isinstance(each, Picture) for cell in cells for each in cell)
    return not pictures and sum(len(said(cell).split()) for cell in cells) <= LONG_CELL * len(cells)


def marked(block: Block, mark: Callable[[Passage, str], Passage]) -> Block:
    """Return a block with its passages changed; of a cell of a table, the headings of its row and column are known."""
    if not isinstance(block, Grid):
        return changed(block, lambda passage: mark(passage, ""))
    caption = mark(block.caption, "") if block.caption else None
    heads = [said(cell) for cell in block.rows[0]]
    rows = []
    for number, row in enumerate(block.rows):
        abouts = (f"{said(row[0])}: {head}" if number and place else "" for place, head in enumerate(heads))
        rows.append(tuple(_in_cell(cell, about, mark) for cell, about in zip(row, abouts, strict=False)))
    return replace(block, caption=caption, rows=tuple(rows))


def _in_cell(cell: Cell, about: str, mark: Callable[[Passage, str], Passage]) -> Cell:
    return tuple(changed(block, lambda passage: mark(passage, about)) for block in cell)

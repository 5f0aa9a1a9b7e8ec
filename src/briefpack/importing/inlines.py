"""Turn pandoc's inline elements into runs of words, notes, images and remarks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from briefpack.importing.draft import Run

Node = Any
"""An element of pandoc's tree: its type under `t`, its contents under `c`."""
SPACE = re.compile(r"[ \t\u00a0\u2002\u2003\u2009\u202f]+")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
STYLES: dict[str, dict[str, Any]] = {
    "Strong": {"bold": True},
    "Emph": {"italic": True},
    "Superscript": {"raised": True},
}
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


@dataclass(frozen=True)
class NoteMark:
    """A note at its place in the text, with pandoc's blocks."""

    blocks: tuple[Node, ...]


@dataclass(frozen=True)
class ImageMark:
    """An image at its place in the text."""

    file: str
    alt: str
    title: str


@dataclass(frozen=True)
class RemarkMark:
    """A comment, an insertion or a deletion at its place in the text; `end` closes the words that a comment is about."""

    kind: str
    who: str
    words: str
    key: str = ""


PLAIN = Run("")
Piece = Run | NoteMark | ImageMark | RemarkMark


def read(nodes: Iterable[Node], style: Run = PLAIN) -> Iterator[Piece]:
    """Yield the pieces of inline elements, in order."""
    for node in nodes:
        kind, inside = node["t"], node.get("c")
        if kind == "Str":
            yield replace(style, words=INVISIBLE.sub("", inside))
        elif kind in ("Space", "SoftBreak"):
            yield replace(style, words=" ")
        elif kind == "LineBreak":
            yield replace(style, words="\n")
        elif kind in STYLES:
            yield from read(inside, replace(style, **STYLES[kind]))
        else:
            yield from _other(kind, inside, style)


def _other(kind: str, inside: Node, style: Run) -> Iterator[Piece]:
    if kind in ("Underline", "SmallCaps", "Strikeout"):
        yield from read(inside, style)
    elif kind == "Subscript":
        yield replace(style, words=words(read(inside)).translate(LOWERED))
    elif kind == "Quoted":
        opening, closing = QUOTES[inside[0]["t"]]
        yield replace(style, words=opening)
        yield from read(inside[1], style)
        yield replace(style, words=closing)
    elif kind in ("Code", "Math", "RawInline"):
        yield replace(style, words=inside[1])
    elif kind == "Link":
        yield from read(inside[1], replace(style, link=inside[2][0]))
    elif kind == "Image":
        yield ImageMark(inside[2][0], words(read(inside[1])), inside[2][1])
    elif kind == "Note":
        yield NoteMark(tuple(inside))
    elif kind == "Cite":
        yield from read(inside[1], style)
    elif kind == "Span":
        yield from _span(inside, style)


def _span(inside: Node, style: Run) -> Iterator[Piece]:
    (_, classes, pairs), nodes = inside
    values = dict(pairs)
    who, key = values.get("author", ""), values.get("id", "")
    if "deletion" in classes:
        yield RemarkMark("deletion", who, words(read(nodes)))
    elif "comment-start" in classes:
        yield RemarkMark("comment", who, words(read(nodes)), key)
    elif "comment-end" in classes:
        yield RemarkMark("end", who, "", key)
        yield from read(nodes, style)
    elif "insertion" in classes:
        yield RemarkMark("insertion", who, words(read(nodes)))
        yield from read(nodes, style)
    else:
        yield from read(nodes, style)


def words(pieces: Iterable[Piece]) -> str:
    """Return the words of pieces, without their styles, notes and images."""
    return SPACE.sub(" ", "".join(piece.words for piece in pieces if isinstance(piece, Run))).strip()


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join runs of one style, and drop the spaces that indent a line or stand in a row."""
    joined: list[Run] = []
    for run in runs:
        if run.note is None and joined and joined[-1].note is None and replace(joined[-1], words=run.words) == run:
            joined[-1] = replace(run, words=joined[-1].words + run.words)
        else:
            joined.append(run)
    return tuple(_stripped([replace(run, words=SPACE.sub(" ", run.words)) for run in joined]))


def _stripped(runs: list[Run]) -> Iterator[Run]:
    """Yield runs without spaces at the start and the end of the passage, and without a second space between two."""
    last = max((n for n, run in enumerate(runs) if run.words.strip()), default=-1)
    ends_in_space = True
    for number, run in enumerate(runs):
        words = run.words.lstrip(" ") if ends_in_space else run.words
        words = words.rstrip() if number >= last else words
        if words or run.note is not None:
            yield replace(run, words=words)
        ends_in_space = words.endswith((" ", "\n")) if words else ends_in_space

"""Report words that a chart prints one over another at the file of its kind."""

import re
from collections.abc import Iterator
from dataclasses import replace

from briefpack import charts
from briefpack.jobs import drawing, tracing
from briefpack.jobs.line import Line
from briefpack.pages import Piece
from briefpack.plan import Document
from briefpack.problem import Problem


def at_file(problem: Problem, piece: Piece, document: Document, line: Line) -> Problem:
    """Return a problem of words in a drawing at the file of the chart that has them, if only one kind does."""
    if not problem.message.endswith(tracing.IN_DRAWING):
        return problem
    quoted = QUOTED.search(problem.message)
    files = {*_with_words(_letters(quoted[1].rstrip("…")), piece, document, line)} if quoted else set[str]()
    if len(files) != 1:
        return problem
    [path] = files
    message = problem.message.removesuffix(tracing.IN_DRAWING)
    hint = "make room for each of its texts: the chart file draws one over another"
    return replace(problem, path=path, line=None, message=message, hint=hint)


QUOTED = re.compile(r'"([^"]+)"')


def _with_words(words: str, piece: Piece, document: Document, line: Line) -> Iterator[str]:
    """Yield the file of each chart of a piece that has some words."""
    for drawn in document.drawings.values():
        key = line.chart_keys[drawn]
        if key in piece.html and any(words in _letters(each) for each in drawing.labels(line.store, key)):
            yield f"charts/{charts.file(line.root / 'charts', drawn.kind).name}"


def _letters(text: str) -> str:
    return "".join(text.split())

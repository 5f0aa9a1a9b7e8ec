"""Lay out the first sheet of a print set, which lists the documents and the copies of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from briefpack import pages, plan, pool
from briefpack.jobs import imaging, laying_out, locating
from briefpack.jobs.laying_out import LaidOut
from briefpack.output import Request
from briefpack.output.manifest import Manifest
from briefpack.pages import Piece
from briefpack.plan import Document, Plan
from briefpack.pool import Progress
from briefpack.problem import Owner, Problem, raise_any
from briefpack.store import Store


@dataclass(frozen=True)
class Row:
    """One document of a print set, as listed on the first sheet."""

    kind: str
    title: str
    pages: int
    copies: int

    @property
    def sheets(self) -> int:
        """Return the sheets of paper that all its copies take, printed on both sides; each copy begins a new sheet."""
        return self.copies * -(-self.pages // 2)


def rows(planned: Plan, copies: Mapping[str, int], made: Manifest) -> tuple[Row, ...]:
    """Return a row for each document that is printed, in the plan's order; `copies` are by path."""
    return tuple(
        Row(_kind(planned, each), each.title, made.documents[each.path]["pages"], copies[each.path])
        for each in planned.documents
        if each.path in copies
    )


def _kind(planned: Plan, document: Document) -> str:
    """Return the word for a kind of document: the language's or, if it has none, the title in layout.yaml."""
    return planned.brief.locale.labels.get(f"document-{document.kind}", document.spec.title)


@dataclass(frozen=True)
class FirstSheet:
    """The first sheet of a print set: its PDF, the sheets of paper that the whole set takes, and any warnings."""

    pdf: bytes
    sheets: int
    warnings: tuple[Problem, ...]


MOST_TRIED = 4
"""How often the first sheet is laid out: once more each time it takes another number of pages than it lists."""


def lay_out(planned: Plan, document: Document, rows: Sequence[Row], request: Request, progress: Progress) -> FirstSheet:
    """Return the first sheet, from the store or newly laid out. It lists itself, however many pages it takes."""
    root, kept = request.project.root, Store(request.project.store)
    writer, own = pages.composer(planned, root, {}, kept), Row("", document.title, 1, 1)
    task = laying_out.LayOut(root, kept, replace(plan.expected(planned), document=document))
    for _ in range(MOST_TRIED):
        values = _values(own, rows)
        piece = pages.first_sheet(writer, document, values)
        made = laying_out.stored(kept, piece.key) or _made(task, piece, planned, progress)
        if made.pages in (0, own.pages):
            break
        own = replace(own, pages=made.pages)
    problems = (*made.problems, *_spilled(piece, made))
    warnings = raise_any(locating.located(problem, piece, locating.Origin(), root) for problem in problems)
    return FirstSheet(laying_out.pdf(kept, piece.key), values["sheets"], warnings)


def _values(own: Row, rows: Sequence[Row]) -> "Values":
    """Return the values for the page of the first sheet, of which `own` is the row."""
    every = (own, *rows)
    return {
        "this_sheet": own,
        "rows": tuple(rows),
        "sheets": sum(row.sheets for row in every),
        "printed": sum(row.pages * row.copies for row in every),
    }


class Values(TypedDict):
    """The values for the page of the first sheet."""

    this_sheet: Row
    rows: tuple[Row, ...]
    sheets: int
    printed: int


def _made(task: laying_out.LayOut, piece: Piece, planned: Plan, progress: Progress) -> LaidOut:
    with pool.workers(1, progress) as processes:
        unfit = imaging.prepare(piece.images, task.store, processes).values()
        raise_any(plan.located(each, planned.brief) for problems in unfit for each in problems)
        [(_, made)] = processes.map("typeset", task, [piece], laying_out.crashed)
    return made


def _spilled(piece: Piece, made: LaidOut) -> Iterator[Problem]:
    if made.spills:
        hint = "use smaller type or less space in its style sheet"
        yield Problem(f"layouts/{piece.page}", None, f"{piece.name} doesn't fit on its page", hint, Owner.LAYOUT)

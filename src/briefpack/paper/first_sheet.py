"""Lay out the first sheet of a print set, which lists the documents and the copies of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefpack import pages, plan, pool
from briefpack.jobs import laying_out, locating
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


def count_sheets(rows: Sequence[Row]) -> int:
    """Return the sheets of paper that the print set takes on both sides, including the first sheet."""
    return 1 + sum(row.sheets for row in rows)


def lay_out(
    planned: Plan, document: Document, rows: tuple[Row, ...], request: Request, progress: Progress
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the PDF of the first sheet, from the store or newly laid out, and its warnings."""
    root, kept = request.project.root, Store(request.project.store)
    printed = 1 + sum(row.pages * row.copies for row in rows)
    values = {"rows": rows, "sheets": count_sheets(rows), "printed": printed}
    piece = pages.first_sheet(pages.composer(planned, root, {}, kept), document, values)
    made = laying_out.stored(kept, piece.key)
    if made is None:
        lay_out = laying_out.LayOut(root, kept, replace(plan.expected(planned), document=document))
        with pool.workers(1, progress) as processes:
            [(_, made)] = processes.map("typeset", lay_out, [piece], laying_out.crashed)
    problems = (*made.problems, *_spilled(piece, made))
    warnings = raise_any(locating.located(problem, piece, 0, root) for problem in problems)
    return laying_out.pdf(kept, piece.key), warnings


def _spilled(piece: Piece, made: LaidOut) -> Iterator[Problem]:
    if made.spills:
        hint = "use smaller type or less space in its style sheet"
        yield Problem(f"layouts/{piece.page}", None, f"{piece.name} doesn't fit on its page", hint, Owner.LAYOUT)

"""Compose what a proof adds to a document: the marks laid over its pages, and the pages at its end."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from briefpack import pages
from briefpack.geometry import MM_PER_PT
from briefpack.jobs import composing
from briefpack.jobs.composing import PlanFile
from briefpack.layout.model import Box
from briefpack.pages import Composer, Piece
from briefpack.plan import Document
from briefpack.problem import Problem
from briefpack.proofs import marks, open_queries, refused
from briefpack.proofs.content import Content
from briefpack.proofs.model import Marks, PageArea
from briefpack.store import Store

if TYPE_CHECKING:
    from briefpack.checks.read.letters import PageLetters

OVER, END, STYLES = "shared/proof-marks.html", "shared/proof.html", ("shared/proof.css",)
"""The pages of the marks and of the end of a proof, in `layouts/`, and their style sheet."""


@dataclass(frozen=True)
class Versions:
    """The day on which a proof was made, the version of briefpack, and the hash of the brief's files."""

    made: datetime.date
    briefpack: str
    brief: str


@dataclass(frozen=True)
class Job:
    """A document whose pieces are in the store, by its position in the plan.

    It failed with `problems`; without problems it is sound, and its open queries are marked.
    """

    index: int
    content: Content
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Added:
    """The pieces that a proof adds: marks over `page_count` pages, and pages at the end; `size` is that of the marks."""

    over: Piece
    end: Piece
    size: tuple[float, float]
    page_count: int


@dataclass(frozen=True)
class Compose:
    """A task that composes what a proof adds to one document.

    `beyond_trim_pt` is how far a finished page goes on beyond its trim: problems have their places on the whole page.
    """

    plan_file: PlanFile
    store: Store
    versions: Versions
    beyond_trim_pt: float = 0.0
    seconds: float = composing.SECONDS_A_DOCUMENT

    def __call__(self, job: Job) -> Added | None:
        """Return the pieces to add; None if they can't be composed."""
        found = composing.attempt(self.plan_file, self.seconds, job.index, partial(self._compose, job))
        return found if isinstance(found, Added) else None

    def crashed(self, _job: Job) -> None:
        """Return None for a proof that crashes the process composing it."""

    def _compose(self, job: Job, writer: Composer, document: Document) -> Added | None:
        from briefpack import bind  # noqa: PLC0415 -- only workers need pikepdf and PDFium
        from briefpack.checks.read import letters  # noqa: PLC0415 -- as above

        found = refused.pdfs(self.store, job.content)
        if not found:
            return None
        read = letters.read(bind.document(*found, document.facts))
        areas = tuple(PageArea(page.trim.width, page.trim.height, page.lines) for page in read)
        if job.problems:
            marked = marks.of_problems(self._within_trim(job.problems), areas, document.name)
        else:
            marked = _of_queries(writer, document, read, areas)
        return _added(writer, document, marked, self.versions, job.content.page_count)

    def _within_trim(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield problems with their boxes measured from the corner of the trim, as marks are."""
        back = -self.beyond_trim_pt
        for each in problems:
            continued = tuple((page, box.moved(back, back)) for page, box in each.continued)
            yield replace(each, boxes=tuple(box.moved(back, back) for box in each.boxes), continued=continued)


def _of_queries(
    writer: Composer, document: Document, read: "tuple[PageLetters, ...]", areas: tuple[PageArea, ...]
) -> Marks:
    ledger = writer.ledger(document)
    found = open_queries.find(ledger, writer.plan.brief.tree.data, read)
    return marks.of_queries(ledger.brief.queries, found, areas, others=not document.ask)


def _added(writer: Composer, document: Document, found: Marks, versions: Versions, page_count: int) -> Added:
    """Return what a proof adds; the pages after `page_count` are those of pieces that run over their place."""
    size = max(page.width_pt for page in found.pages), max(page.height_pt for page in found.pages)
    box = Box.model_construct(width_mm=size[0] * MM_PER_PT, height_mm=size[1] * MM_PER_PT)
    shared = {
        "versions": versions, "page_count": page_count, "process_inks": writer.plan.layout.edition.process_inks
    }  # fmt: skip
    ends = {"problems": found.problems, "queries": found.queries, "others": found.others}
    over = {"marked": found.pages, "count": len(found.problems) or len(found.queries), "failed": bool(found.problems)}
    add = partial(pages.added, writer, document, styles=STYLES)
    return Added(
        add(OVER, values=shared | over, box=box, tagged=False),
        add(END, values=shared | ends, box=document.spec.paper or writer.plan.layout.layout.paper, tagged=True),
        size, len(found.pages),
    )  # fmt: skip

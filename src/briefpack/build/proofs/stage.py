"""Make the proofs of a build: of the documents that failed, and of sound ones when somebody asks for them."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack import pages, store
from briefpack.build.jobs import laying_out, stages, typesetting
from briefpack.build.jobs.composing import OnDocument
from briefpack.build.jobs.line import Bound, Line, Outcome
from briefpack.build.jobs.task import Task
from briefpack.build.proofs import marks, open_queries
from briefpack.build.proofs.marks import Marks, PageArea
from briefpack.geometry import MM_PER_PT, PT_PER_MM, Frame
from briefpack.layout.model import Box
from briefpack.pages import Composer, Piece
from briefpack.plan import Document, Expected, Facts
from briefpack.problem import Problem, Problems
from briefpack.store import Store
from briefpack.typeset import Placed

if TYPE_CHECKING:
    from briefpack.checks.read.page_objects import PageLetters


OVER, END, STYLES = "shared/proof-marks.html", "shared/proof.html", ("shared/proof.css",)
"""The pages of the marks and of the end of a proof, in `layouts/`, and their style sheet."""


@dataclass(frozen=True)
class Versions:
    """The day on which a proof was made, the version of briefpack, and the hash of the brief's files."""

    made: datetime.date
    briefpack: str
    brief: str


@dataclass(frozen=True)
class Content:
    """A document's own content by its keys in the store, which a proof prints first.

    `rest` are the pieces that have more pages than their slot or running slot shows; they print in full after the
    document's own `page_count` pages.
    """

    pieces: tuple[str, ...]
    overlays: tuple[Placed, ...]
    rest: tuple[str, ...]
    page_count: int


@dataclass(frozen=True)
class ComposeJob:
    """A document whose pieces are in the store, by its position in the plan.

    It failed with `problems`; without problems it is sound, and its open queries are marked.
    """

    index: int
    content: Content
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Added:
    """The pieces that a proof adds: marks of a `size` in points, over `page_count` pages, and pages at the end."""

    over: Piece
    end: Piece
    size: tuple[float, float]
    page_count: int


@dataclass(frozen=True)
class ComposeProof(OnDocument[ComposeJob, Added | None]):
    """A task that composes the pieces that a proof adds to one document; None if they can't be composed.

    `beyond_trim_pt` is how far a finished page goes on beyond its trim: problems have their places on the whole page.
    """

    store: Store = field(kw_only=True)
    versions: Versions = field(kw_only=True)
    beyond_trim_pt: float = 0.0

    def step(self, writer: Composer, document: Document, item: ComposeJob) -> Added | None:
        """Return the pieces to add; None if the store lacks some of the document's own."""
        from briefpack import bind  # noqa: PLC0415 -- only workers need pikepdf and PDFium
        from briefpack.checks.read import page_objects  # noqa: PLC0415 -- as above

        found = _pdfs(self.store, item.content)
        if not found:
            return None
        read = page_objects.letters(bind.document(*found, document.facts))
        areas = tuple(PageArea(page.trim.width, page.trim.height, page.lines) for page in read)
        if item.problems:
            marked = marks.of_problems(self._within_trim(item.problems), areas, document.name)
        else:
            marked = _of_queries(writer, document, read, areas)
        return _pieces_added(writer, document, marked, self.versions, item.content.page_count)

    def failed(self, _item: ComposeJob, _error: BaseException | None) -> None:
        """Return no pieces: the document's own problems are reported, and this one may follow from them."""

    def _within_trim(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield problems with their boxes measured from the corner of the trim, as marks are."""
        back = -self.beyond_trim_pt
        for each in problems:
            continued = tuple((page, box.moved(back, back)) for page, box in each.continued)
            yield replace(each, boxes=tuple(box.moved(back, back) for box in each.boxes), continued=continued)


@dataclass(frozen=True)
class BindJob:
    """A proof that is ready to be bound from the store; `path` is the document's.

    The marks are laid `over` the document's own pages, and the pages with the lists are at the `end`.
    """

    path: str
    facts: Facts
    content: Content
    over: Placed
    end: str


@dataclass(frozen=True)
class BindProof(Task[BindJob, bytes, Bound | None]):
    """A task that binds one proof, if it can be bound, and writes it to the work folder under its hash."""

    expected: Expected
    store: Store
    work: Path
    seconds: float = stages.SECONDS_A_DOCUMENT

    def make(self, item: BindJob) -> bytes:
        """Bind a proof; return no bytes if the store lacks a piece of it."""
        from briefpack import bind  # noqa: PLC0415 -- only workers need pikepdf

        found = _pdfs(self.store, item.content)
        over, end = (_pdf(self.store, key) for key in (item.over.key, item.end))
        if not (found and over and end):
            return b""
        pieces, overlays = found
        # Without a profile, the file doesn't claim PDF/A.
        return bind.document((*pieces, end), (*overlays, (item.over, over)), item.facts, self.expected.press)

    def keep(self, _item: BindJob, done: bytes) -> Bound | None:
        """Write a proof to the work folder."""
        if not done:
            return None
        bound = Bound((), hashlib.sha256(done).hexdigest(), len(done))
        store.write(self.work / bound.sha256, done)
        return bound

    def failed(self, _item: BindJob, error: BaseException | None) -> None:
        """Return no proof: the document's own problems are reported, and this one may follow from them."""
        if isinstance(error, OSError):
            raise error


HEAD_PT, LEAST_WIDTH_PT = 32.0, 120.0
"""The room for PROOF that is added above a page no larger than its slot, and the least width of such a page."""


def _pdf(store: Store, key: str) -> bytes:
    """Return the PDF of a piece, or of its refused pages; no bytes if the store has neither."""
    return laying_out.pdf(store, key) or laying_out.pdf(store, laying_out.refused_key(key))


def _pdfs(store: Store, content: Content) -> tuple[tuple[bytes, ...], tuple[tuple[Placed, bytes], ...]] | None:
    """Return the PDFs of a document's own pages and of its overlays; None if the store lacks one of them."""
    from briefpack import bind  # noqa: PLC0415 -- only workers need pikepdf

    pieces, rest = ([_pdf(store, key) for key in keys] for keys in (content.pieces, content.rest))
    overlays = tuple((placed, _pdf(store, placed.key)) for placed in content.overlays)
    if not all((*pieces, *rest, *(data for _, data in overlays))):
        return None
    # A mark on so small a page would hide text.
    return (*pieces, *(bind.enlarged(data, HEAD_PT, LEAST_WIDTH_PT) for data in rest)), overlays


def make(outcomes: Sequence[Outcome], line: Line) -> dict[str, Bound]:
    """Make a proof of each document that failed after its pages were laid out, if one can be made.

    Return them by the path of the document.
    """
    failed = [each for each in outcomes if each.failed and each.state != "stopped" and _laid_out(each)]
    problems = {each.document.path: tuple(one.problem for one in each.findings) for each in failed}
    return _make(failed, problems, line)


def asked(outcomes: Sequence[Outcome], line: Line) -> dict[str, Bound]:
    """Make a proof of each sound document, and return them by the path of the document."""
    sound = [each for each in outcomes if not each.failed and _laid_out(each)]
    return _make(sound, {}, line)


def _laid_out(outcome: Outcome) -> bool:
    """Return whether every piece of a document is laid out."""
    keys = {each.key for each in (*outcome.pieces, *outcome.in_slots)}
    return bool(keys) and all(key in outcome.laid_out and outcome.laid_out[key].pages for key in keys)


def _make(outcomes: Sequence[Outcome], problems: Mapping[str, tuple[Problem, ...]], line: Line) -> dict[str, Bound]:
    """Make a proof of each document; one with `problems` has failed, and any other has its open queries marked."""
    if not outcomes:
        return {}
    try:
        return _bound(outcomes, _composed(outcomes, problems, line), line)
    except Problems:
        # As above.
        return {}


def _content(outcome: Outcome) -> Content:
    """Return the content of a document whose pieces are all laid out."""
    pieces, overlays = stages.parts(outcome)
    pages = {key: laid_out.pages for key, laid_out in outcome.laid_out.items()}
    count = sum(pages[key] for key in pieces)
    rest = dict.fromkeys(each.key for each in overlays if _runs_over(each, pages[each.key], count))
    return Content(pieces, tuple(_limited(each, pages[each.key], count) for each in overlays), tuple(rest), count)


def _runs_over(placed: Placed, pages: int, count: int) -> bool:
    """Return whether some pages of an overlay don't show; a running slot has one page for all, or one for each."""
    return pages > 1 and not (placed.running and pages == count - placed.skip)


def _limited(placed: Placed, pages: int, count: int) -> Placed:
    """Keep an overlay off the pages at the end of a proof, and off the pages for which it has none."""
    if not placed.running:
        return placed
    return replace(placed, pages=count if pages == 1 else min(count, placed.skip + pages))


def _bound(outcomes: Sequence[Outcome], added: Mapping[str, Added], line: Line) -> dict[str, Bound]:
    typesetting.from_store_or_workers((piece for each in added.values() for piece in (each.over, each.end)), line)
    wanted = [_bind_job(each, added[each.document.path], line) for each in outcomes if each.document.path in added]
    task = BindProof(line.expected, line.store, line.work)
    bound = line.workers.map("proofs", task, wanted, task.crashed)
    return {job.path: found for job, found in bound if found}


def _composed(outcomes: Sequence[Outcome], problems: Mapping[str, tuple[Problem, ...]], line: Line) -> dict[str, Added]:
    """Return the pieces that each proof adds to its document, by the document's path."""
    places = {document.path: index for index, document in enumerate(line.planned.documents)}
    paths = [each.document.path for each in outcomes]
    wanted = [
        ComposeJob(places[each.document.path], _content(each), problems.get(each.document.path, ()))
        for each in outcomes
    ]
    beyond_pt = line.expected.beyond_trim_mm * PT_PER_MM
    task = ComposeProof(line.plan_file, store=line.store, versions=_versions(line), beyond_trim_pt=beyond_pt)
    results = line.workers.map("proofs", task, wanted, task.crashed)
    return {path: added for path, (_, added) in zip(paths, results, strict=True) if isinstance(added, Added)}


def _versions(line: Line) -> Versions:
    request = line.inputs.request
    files = line.inputs.folders[f"briefs/{request.brief}"]
    return Versions(request.today, store.library("briefpack"), files[:SHORT])


SHORT = 8
"""The letters of the hash of a brief's files that a proof prints."""


def _bind_job(outcome: Outcome, added: Added, line: Line) -> BindJob:
    over = Placed("proof", added.over.key, Frame(0.0, 0.0, *added.size), running=True, pages=added.page_count)
    document, label = outcome.document, line.planned.brief.locale.label
    facts = replace(document.facts, title=label("proof-titled", title=document.facts.title))
    return BindJob(document.path, facts, _content(outcome), over, added.end.key)


def _of_queries(
    writer: Composer, document: Document, read: "tuple[PageLetters, ...]", areas: tuple[PageArea, ...]
) -> Marks:
    ledger = writer.ledger(document)
    found = open_queries.find(ledger, writer.plan.brief.tree.data, read)
    return marks.of_queries(ledger.brief.queries, found, areas, others=not document.ask)


def _pieces_added(writer: Composer, document: Document, found: Marks, versions: Versions, page_count: int) -> Added:
    """Return the pieces that a proof adds; the pages after `page_count` belong to pieces that run over their place."""
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

"""Run the stages that hand out one task for each chart, image or document: charts, pages, images, bind and check."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from briefpack import plan
from briefpack.jobs import binding, changes, chart_sizes, composing, drawing, imaging, refusals
from briefpack.jobs.composing import Text
from briefpack.jobs.line import Line, can_show, is_current, keep, made_from
from briefpack.jobs.outcome import Outcome
from briefpack.output import hashes
from briefpack.pages import Composed, ImageOnPage, Piece
from briefpack.plan import Document, Drawing, Plan
from briefpack.problem import Owner, Problem


def charts(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Draw the charts that aren't in the store. A document fails if one of its charts can't be drawn.

    All are drawn before a page is composed: the words for a map are those of the places that it has room to name.
    """
    problems = dict(drawing.draw_missing(line.planned, line.draw, line.chart_keys, line.workers))
    return [_with_charts(outcome, problems, line) for outcome in outcomes]


def _with_charts(outcome: Outcome, problems: Mapping[Drawing, Problem], line: Line) -> Outcome:
    failed = (each for each in outcome.document.drawings.values() if each in problems)
    return outcome.add(*(_of_chart(problems[each], outcome.document, each, line) for each in failed))


def _of_chart(problem: Problem, document: Document, drawing: Drawing, line: Line) -> Problem:
    """Return the problem of a chart; at a designer's file if only that has changed since the chart had room."""
    if problem.owner is not Owner.BRIEF or not chart_sizes.NEEDED.search(problem.message):
        return problem
    found = changes.to_chart(document, drawing, line)
    explained = found.explain(problem, problem.message)
    place = chart_sizes.place(line.planned, drawing)
    if found.blamed and place and explained.path == line.planned.layout.tree.path:
        return replace(explained, line=line.planned.layout.tree.problem((*place[0], "height_mm"), "", "").line)
    return explained


def pages(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Compose the pages of every document. A document fails if one of its templates does."""
    task = composing.Compose(line.plan_file)
    results = line.workers.map("pages", task, range(len(line.planned.documents)), task.crashed)
    # What the checks require and what a reader would query takes a tenth of a second, so do it while workers compose.
    _ = line.expected, line.planned.brief.warnings
    known: dict[str, Piece] = {}
    return [_with_pages(outcome, result, known) for outcome, (_, result) in zip(outcomes, results, strict=True)]


def _with_pages(outcome: Outcome, result: Text | tuple[Problem, ...], known: dict[str, Piece]) -> Outcome:
    if isinstance(result, tuple):
        return outcome.add(*result)
    # Each worker sends its own copy of a piece that many documents share. Keep one.
    pieces = tuple(known.setdefault(piece.key, piece) for piece in result.pieces)
    document = replace(outcome.document, pieces=result.planned)
    return replace(outcome, composed=Composed(document, pieces, result.stamps, result.cited, result.figures))


def images(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Prepare the images on the pages that aren't in the store. A document fails if one of its images can't be used."""
    waiting = [*outcomes]
    found = imaging.prepare((image for outcome in waiting for image in _images(outcome)), line.store, line.workers)
    return [_with_images(outcome, found, line.planned) for outcome in waiting]


def _images(outcome: Outcome) -> Iterator[ImageOnPage]:
    """Yield the images on the pages composed so far; a failed document needs none."""
    if not outcome.failed:
        slots = (stamp.piece for stamp in (*outcome.stamps, *outcome.running))
        yield from (image for piece in (*outcome.pieces, *slots) for image in piece.images)


def _with_images(outcome: Outcome, found: Mapping[str, tuple[Problem, ...]], planned: Plan) -> Outcome:
    problems = (each for image in _images(outcome) for each in found[image.key])
    return outcome.add(*dict.fromkeys(plan.located(each, planned.brief) for each in problems))


def bind(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Bind each document that shows anything new; the others are kept.

    The worker that binds a document also checks it, while it has the file in memory: `check` takes the verdict.
    """
    ready = [_with_inputs(outcome, line) for outcome in outcomes]
    waiting = [each for each in ready if not each.failed and not each.kept]
    slugs = {each.document.electorate for each in waiting}
    own = {slug: plan.own(line.planned.brief, slug) for slug in slugs}
    wanted = [binding.job(each, line, own[each.document.electorate]) for each in waiting]
    task = binding.Bind(line.expected, line.store, line.work, line.inputs.request.project.shown(line.folder))
    bound = {job.document.path: result for job, result in line.workers.map("bind", task, wanted, task.crashed)}
    return [replace(each, bound=bound.get(each.document.path, each.bound)) for each in ready]


def _with_inputs(outcome: Outcome, line: Line) -> Outcome:
    """Return the outcome with the hashes that decide whether it is up to date, and as kept if it is."""
    if outcome.failed:
        return outcome
    parts = (*binding.parts(outcome), *binding.as_shown(outcome, line).files.values())
    inputs = {"shows": hashes.shows(outcome.document.facts, parts, line.expected)}
    document = outcome.document
    found = replace(outcome, inputs={**can_show(line, document), **made_from(line, document), **inputs})
    return keep(found, line) if is_current(line, outcome.document, inputs) else found


def check(outcomes: Iterable[Outcome], line: Line) -> list[Outcome]:
    """Add the problems that the checks found in each bound document. A document fails if a check refuses it.

    So does one that prints a figure which its edition may not print yet.
    """
    checked = [outcome.add(*refusals.explained(outcome, line)) for outcome in outcomes]
    printed = {each.document.path: each.composed.figures for each in checked if each.composed}
    refused = plan.check_queries(line.planned, printed)
    return [_refuse(each, refused.get(each.document.path, ())) for each in checked]


def _refuse(outcome: Outcome, problems: Iterable[Problem]) -> Outcome:
    """Return a document with the problems that its figures have; an earlier file of one that has any isn't kept."""
    found = outcome.add(*problems)
    return replace(found, kept=False, bound=None) if found.failed and outcome.kept else found

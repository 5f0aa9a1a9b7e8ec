"""Report overset text, at its field or its block, and pieces with a wrong number of pages."""

from collections.abc import Iterator
from dataclasses import replace

from briefpack.build.jobs import locating
from briefpack.build.jobs.laying_out import LaidOut
from briefpack.build.jobs.line import Line, Outcome
from briefpack.pages import Piece
from briefpack.pages.source_map import Source
from briefpack.plan import Document, Plan, PlannedPiece, drawings
from briefpack.problem import Owner, Problem
from briefpack.text import yaml_lines
from briefpack.typeset import Spill


def problem(planned: Plan, document: Document, piece: Piece, spill: Spill) -> Problem:
    """Return the problem of a document's piece whose text doesn't fit, with its places on the pages of the piece."""
    found = _problem(planned, document, piece, spill)
    if not spill.places:
        return found
    (page, box), *others = spill.places
    return replace(found, page=page, boxes=(box,), continued=tuple(others))


def _problem(planned: Plan, document: Document, piece: Piece, spill: Spill) -> Problem:
    source, loc = spill.source or Source(f"layouts/{piece.page}", 1, "", ""), locating.loc(spill.field)
    unit = "word" if planned.brief.locale.spaced_words else "character"
    words = f"about {spill.words} {unit}{'s' * (spill.words != 1)}"
    if spill.is_hidden:
        message = f"{yaml_lines.name(loc)}: the box {source.tag} hides the text that doesn't fit into it, {words}"
        hint = "make the box taller, or let it grow with its text"
        return Problem(source.path, source.line, message, hint, Owner.LAYOUT)
    if spill.field and not spill.has_room:
        height = f" or {spill.over_mm:g} mm" if spill.over_mm else ""
        lines = f"{spill.lines} line{'s' * (spill.lines != 1)}"
        message = f"the text is {lines} too long, {words}{height}, in {piece.name}"
        return planned.brief.tree.problem(loc, message, f"cut {words}, or make room in layouts/{piece.page}")
    block = f", from {source.tag} on" if source.tag else ""
    message = f"{piece.name}: the content is {spill.over_mm:g} mm too tall{block}"
    hint = "make more room in the page or its style sheets, or lower the number in room:"
    return _tall_chart(planned, document) or Problem(source.path, source.line, message, hint, Owner.LAYOUT)


def _tall_chart(planned: Plan, document: Document) -> Problem | None:
    """Return the problem of a chart that takes the room of the text beside it; None if there is none so tall."""
    tallest_mm = document.spec.tallest_chart_mm
    for index, ask in enumerate(planned.brief.brief.asks):
        chart = document.charts.get((ask.leave_behind and ask.leave_behind.chart) or "")
        if ask.id == document.ask and chart and chart.height_mm > tallest_mm:
            message = f"the chart is {chart.height_mm:.0f} mm tall, and leaves no room for the text beside it"
            row_mm = drawings.size_of(chart.kind, chart.options, document.spec.charts).row_mm
            fit = drawings.lines(chart.rows) + int((tallest_mm - chart.height_mm) // row_mm) if row_mm else 0
            hint = f"choose a chart of up to {f'{fit} rows' if fit > 1 else f'{tallest_mm:g} mm'}"
            return planned.brief.tree.problem(("asks", index, "leave_behind", "chart"), message, hint)
    return None


def broken_limits(outcome: Outcome, line: Line) -> dict[str, LaidOut]:
    """Return, with a problem, the pieces with more or fewer pages than the layout allows."""
    return {**dict(_pieces(outcome, line)), **dict(_running(outcome))}


def _pieces(outcome: Outcome, line: Line) -> Iterator[tuple[str, LaidOut]]:
    for expected, piece in zip(outcome.printed.pieces, outcome.pieces, strict=bool(outcome.pieces)):
        laid_out, limit = outcome.laid_out.get(piece.key), expected.spec.pages
        if laid_out and laid_out.sound and not limit.allow(laid_out.pages):
            yield piece.key, replace(laid_out, problems=(_wrong_number(outcome, line, expected, piece),))


def _wrong_number(outcome: Outcome, line: Line, expected: PlannedPiece, piece: Piece) -> Problem:
    """Return the problem of a piece with too many or too few pages."""
    pages = outcome.laid_out[piece.key].pages
    message = f"{piece.name} has {pages} page{'s' * (pages != 1)}; the layout allows {expected.spec.pages}"
    loc = ("documents", outcome.document.kind, *expected.loc, "pages")
    hint = "shorten or lengthen the text, or change the number of pages here"
    return line.planned.layout.tree.problem(loc, message, hint)


def _running(outcome: Outcome) -> Iterator[tuple[str, LaidOut]]:
    """Yield the running slots that have neither one page for the whole document nor one for each of its pages."""
    for stamp in outcome.running:
        laid_out, pages = outcome.laid_out.get(stamp.piece.key), locating.running_pages(stamp)
        if laid_out and laid_out.sound and laid_out.pages not in (1, pages):
            message = f"{stamp.slot} has {laid_out.pages} pages, but prints on {pages} pages"
            hint = "make one page for all of them, or one for each"
            problem = Problem(f"layouts/{stamp.piece.page}", 1, message, hint, Owner.LAYOUT)
            yield stamp.piece.key, replace(laid_out, problems=(problem,))

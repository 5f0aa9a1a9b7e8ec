"""Report whatever has no room: overset text, at its field or its cause; pieces with a wrong number of pages; slots."""

import re
from collections.abc import Iterator
from dataclasses import replace

from briefpack.brief.model import Brief
from briefpack.build.jobs.laying_out import LaidOut
from briefpack.build.jobs.line import Line, Outcome
from briefpack.build.jobs.locating import running_pages
from briefpack.pages import Piece
from briefpack.pages.source_map import Source
from briefpack.plan import Document, LoadedBrief, Plan, PlannedPiece, drawings
from briefpack.problem import Owner, Problem, nearest
from briefpack.schema import Model
from briefpack.text import unspaced
from briefpack.text.yaml_lines import Data, Loc, texts
from briefpack.typeset import Crowded, Oversized, Spill


def problem(planned: Plan, document: Document, piece: Piece, spill: Spill) -> Problem:
    """Return the problem of a document's piece whose text doesn't fit."""
    if spill.hidden_by:
        return _placed(_hidden(spill, spill.hidden_by), spill)
    return _placed(_problem(planned, document, piece, spill), spill)


def _hidden(spill: Spill, box: Source) -> Problem:
    """Return the problem of a text that a box hides, at the template line of the box."""
    words = f"about {spill.words} word{'s' * (spill.words != 1)}"
    message = f"{_shown(spill)}: the box {box.tag} hides the text that doesn't fit into it, {words}"
    hint = "make the box taller, or let it grow with its text"
    return Problem(box.path, box.line, message, hint, Owner.LAYOUT)


def _placed(problem: Problem, spill: Spill) -> Problem:
    """Return a problem with the places of the text on the pages of its piece."""
    if not spill.places:
        return problem
    (page, box), *others = spill.places
    return replace(problem, page=page, boxes=(box,), continued=tuple(others))


def _problem(planned: Plan, document: Document, piece: Piece, spill: Spill) -> Problem:
    if not spill.field:
        hint = "make room in the page, or allow it more pages"
        return _tall_chart(planned, document) or _layout_problem(piece, f"{piece.name}: the text is overset", hint)
    named = f'data-field="{spill.field}"'
    try:
        loc = _loc(planned.brief.brief, spill.field)
    except LookupError as error:
        name, similar = error.args
        message = f'{named}: the text is overset, and the brief has no "{name}" there'
        hint = similar or "name a field of the brief, or delete data-field"
        return _layout_problem(piece, message, hint, spill.field)
    if not _is_typed(planned.brief.tree.data, loc):
        message = f"{named}: the text is overset, and the brief has none"
        hint = "make room in the page for the words that it writes itself"
        return _layout_problem(piece, message, hint, spill.field)
    room, count = piece.room.get(spill.field.rpartition(".")[2], 0), _word_count(planned.brief.tree.data, loc)
    if count <= room:
        block = f', from the block "{spill.block}" on' if spill.block else ""
        message = f"{piece.name}: the content is {spill.over_mm:g} mm too tall{block}; every text is within room:"
        hint = "make more room in the page or its style sheets, or lower the number in room:"
        return _tall_chart(planned, document) or _layout_problem(piece, message, hint, spill.field)
    return _too_long(planned.brief, piece, spill, loc)


def _too_long(brief: LoadedBrief, piece: Piece, spill: Spill, loc: Loc) -> Problem:
    """Return the problem of a field that is too long."""
    tree, unit = brief.tree, "word" if brief.locale.spaced_words else "character"
    words = f"about {spill.words} {unit}{'s' * (spill.words != 1)}"
    lines = f"{spill.lines} line{'s' * (spill.lines != 1)}"
    height = f" or {spill.over_mm:g} mm" if spill.over_mm else ""
    message = f"{_shown(spill)}: the text is {lines} too long, {words}{height}, in {piece.name}"
    return Problem(tree.path, tree.line(loc), message, f"cut {words}, or make room in layouts/{piece.page}")


def _shown(spill: Spill) -> str:
    """Return the field of a spill, with its numbers in brackets."""
    return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", spill.field)


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


def _layout_problem(piece: Piece, message: str, hint: str, field: str = "") -> Problem:
    return Problem(f"layouts/{piece.page}", None, message, hint, Owner.LAYOUT, field=field)


def _is_typed(data: Data, loc: Loc) -> bool:
    """Return whether the author has written a part of the brief."""
    for key in loc:
        if isinstance(data, dict) and key not in data:
            return False
        data = data[key]
    return True


def _word_count(data: Data, loc: Loc) -> int:
    """Return the number of words in a part of the brief."""
    for key in loc:
        data = data[key]
    return sum(unspaced.count(text) for _, text in texts(data))


def _loc(brief: Brief, field: str) -> Loc:
    """Return the place of a field named by ids, such as `asks.double-accce.leave_behind.reasons`.

    Raises LookupError, with the first unknown name and the known names nearest to it, if there is no such field.
    """
    loc: list[str | int] = []
    part: object = brief
    for name in field.split("."):
        known = _parts(part)
        if name not in known:
            raise LookupError(name, nearest(name, known))
        key, part = known[name]
        loc.append(key)
    return tuple(loc)


def _parts(part: object) -> dict[str, tuple[str | int, object]]:
    """Return the fields or items of a part of a brief, by the names pages use, each with its key in the file."""
    if isinstance(part, tuple):
        named: dict[str, tuple[str | int, object]] = {str(index): (index, item) for index, item in enumerate(part)}
        return named | {item.id: (index, item) for index, item in enumerate(part) if hasattr(item, "id")}
    fields = dict(part) if isinstance(part, Model | dict) else {}
    return {name: (name, value) for name, value in fields.items()}


def broken_limits(outcome: Outcome, line: Line) -> dict[str, LaidOut]:
    """Return, with a problem, the pieces with more or fewer pages than the layout allows, or no room for a slot."""
    return {
        **dict(_low(outcome, line)),
        **dict(_crowded(outcome, line)),
        **dict(_pieces(outcome, line)),
        **dict(_running(outcome)),
    }


def _low(outcome: Outcome, line: Line) -> Iterator[tuple[str, LaidOut]]:
    """Yield the slots smaller than the size that a style sheet gives their content, and drop their spills."""
    slots = {stamp.piece.key: ("slots", stamp.slot) for stamp in outcome.stamps}
    slots |= {stamp.piece.key: ("running", stamp.slot) for stamp in outcome.running}
    for key, slot in slots.items():
        laid_out = outcome.laid_out.get(key)
        if laid_out and laid_out.oversized:
            problem = _too_small(line, slot, laid_out.oversized)
            yield key, replace(laid_out, problems=(*laid_out.problems, problem), spills=(), oversized=None)


def _too_small(line: Line, slot: tuple[str, str], found: Oversized) -> Problem:
    """Return the problem of a slot smaller than its content."""
    tree, sized = line.planned.layout.tree, line.planned.layout.layout
    size = (sized.slots if slot[0] == "slots" else sized.running)[slot[1]]
    room, word = getattr(size, found.side), "high" if found.side == "height_mm" else "wide"
    source = found.source
    message = (
        f"the slot is {room:g} mm {word}, but {source.tag} in {source.path}:{source.line} is fixed at {found.mm:g} mm"
    )
    hint = f"at least {found.mm:g}, or a smaller size in the style sheet"
    return tree.problem((*slot, found.side), message, hint)


def _crowded(outcome: Outcome, line: Line) -> Iterator[tuple[str, LaidOut]]:
    """Yield the pieces whose pages have no room for a slot."""
    for piece in outcome.pieces:
        laid_out = outcome.laid_out.get(piece.key)
        if laid_out and laid_out.crowded:
            found = tuple(_without_room(piece, line, *each) for each in laid_out.crowded.items())
            yield piece.key, replace(laid_out, problems=(*laid_out.problems, *found), crowded={})


def _without_room(piece: Piece, line: Line, name: str, found: Crowded) -> Problem:
    """Return the problem of a slot that is larger than its room."""
    tree, size = line.planned.layout.tree, piece.slots[name]
    long = f"{getattr(size, found.side):g} mm {'wide' if found.side == 'width_mm' else 'high'}"
    message = f"the slot is {long}, but {piece.page} leaves it {found.room_mm:g} mm"
    hint = f"at most {found.room_mm:g}, or more room for it in the style sheet of its page"
    return tree.problem(("slots", name, found.side), message, hint)


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
        laid_out, pages = outcome.laid_out.get(stamp.piece.key), running_pages(stamp)
        if laid_out and laid_out.sound and laid_out.pages not in (1, pages):
            message = f"{stamp.slot} has {laid_out.pages} pages, but prints on {pages} pages"
            hint = "make one page for all of them, or one for each"
            problem = Problem(f"layouts/{stamp.piece.page}", None, message, hint, Owner.LAYOUT)
            yield stamp.piece.key, replace(laid_out, problems=(problem,))

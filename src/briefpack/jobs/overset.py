"""Report overset text: at its field in the brief, or at the file of the layout that is at fault."""

import re
from dataclasses import replace

from briefpack.brief.model import Brief
from briefpack.jobs.changes import Changes
from briefpack.pages import Piece
from briefpack.plan import Document, LoadedBrief, Plan
from briefpack.problem import Owner, Problem, nearest
from briefpack.schema import Model
from briefpack.text import unspaced
from briefpack.text.yaml_lines import Data, Loc, texts
from briefpack.typeset import Spill


def problem(planned: Plan, document: Document, piece: Piece, spill: Spill, changes: Changes) -> Problem:
    """Return the problem of a document's piece whose text doesn't fit; if a layout that changed is why, at its file."""
    if spill.hidden_by:
        return _placed(_hidden(spill, *spill.hidden_by), spill)
    subject = _shown(spill) if spill.field else f"{piece.name}: the text"
    found = _problem(planned, document, piece, spill, changes)
    return _placed(changes.explain(found, f"{subject} no longer fits"), spill)


def _hidden(spill: Spill, path: str, line: int) -> Problem:
    """Return the problem of a text that a box hides, at the declaration by which the box does so."""
    words = f"about {spill.words} word{'s' * (spill.words != 1)}"
    message = f"{_shown(spill)}: the box hides the text that doesn't fit into it, {words}"
    return Problem(path, line, message, "make the box taller, or let it grow with its text", Owner.LAYOUT)


def _placed(problem: Problem, spill: Spill) -> Problem:
    """Return a problem with the places of the text on the pages of its piece."""
    if not spill.places:
        return problem
    (page, box), *others = spill.places
    return replace(problem, page=page, boxes=(box,), continued=tuple(others))


def _problem(planned: Plan, document: Document, piece: Piece, spill: Spill, changes: Changes) -> Problem:
    if not spill.field:
        hint = "make room in the page, or allow it more pages"
        return _tall_chart(planned, document) or _layout_problem(piece, f"{piece.name}: the text is overset", hint)
    try:
        loc = _loc(planned.brief.brief, spill.field)
    except LookupError as error:
        name, similar = error.args
        message = f'data-field="{spill.field}": the text is overset, and the brief has no "{name}" there'
        return _layout_problem(piece, message, similar or "name a field of the brief, or delete data-field")
    if not _is_typed(planned.brief.tree.data, loc):
        hint = "make room in the page for the words that it writes itself"
        return _layout_problem(piece, f'data-field="{spill.field}": the text is overset, and the brief has none', hint)
    room, count = piece.room.get(spill.field.rpartition(".")[2], 0), _word_count(planned.brief.tree.data, loc)
    if count <= room:
        message = f'data-field="{spill.field}": overset with only {count} words, although room: allows {room}'
        hint = "make more room in the page or its style sheets, or lower the number in room:"
        return _tall_chart(planned, document) or _layout_problem(piece, message, hint)
    return _too_long(planned.brief, spill, loc, changes)


def _too_long(brief: LoadedBrief, spill: Spill, loc: Loc, changes: Changes) -> Problem:
    """Return the problem of a field that is too long."""
    tree, unit = brief.tree, "word" if brief.locale.spaced_words else "character"
    words = f"about {spill.words} {unit}{'s' * (spill.words != 1)}"
    message = f"{_shown(spill)}: the text is {spill.lines} line{'s' * (spill.lines != 1)} too long, {words}"
    return Problem(tree.path, tree.line(loc), message, f"cut {words}{changes.or_room}")


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
            hint = f"choose a chart of up to {tallest_mm:g} mm, with fewer rows"
            return planned.brief.tree.problem(("asks", index, "leave_behind", "chart"), message, hint)
    return None


def _layout_problem(piece: Piece, message: str, hint: str) -> Problem:
    return Problem(f"layouts/{piece.page}", None, message, hint, Owner.LAYOUT)


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

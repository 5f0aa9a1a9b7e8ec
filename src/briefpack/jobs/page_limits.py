"""Compare the pages of each piece with the number that the layout allows, and its slots with the room for them."""

from collections.abc import Iterator
from dataclasses import replace

from briefpack.jobs import changes
from briefpack.jobs.laying_out import LaidOut
from briefpack.jobs.line import Line
from briefpack.jobs.locating import running_pages
from briefpack.jobs.outcome import Outcome
from briefpack.layout import addresses
from briefpack.pages import Piece
from briefpack.plan import PlannedPiece
from briefpack.problem import Owner, Problem
from briefpack.typeset import Crowded, Oversized


def broken(outcome: Outcome, line: Line) -> dict[str, LaidOut]:
    """Return, with a problem, the pieces with more or fewer pages than the layout allows, or no room for a slot."""
    return {
        **dict(_low(outcome, line)),
        **dict(_crowded(outcome, line)),
        **dict(_pieces(outcome, line)),
        **dict(_running(outcome)),
    }


def _low(outcome: Outcome, line: Line) -> Iterator[tuple[str, LaidOut]]:
    """Yield the slots smaller than the size that a style sheet gives their content, and drop their spills."""
    slots = {stamp.piece.key: ("slots", stamp.slot, stamp.piece) for stamp in outcome.stamps}
    slots |= {stamp.piece.key: ("running", stamp.slot, stamp.piece) for stamp in outcome.running}
    for key, (part, name, piece) in slots.items():
        laid_out = outcome.laid_out.get(key)
        if laid_out and laid_out.oversized:
            problem = _too_small(outcome, line, (part, name), piece, laid_out.oversized)
            yield key, replace(laid_out, problems=(*laid_out.problems, problem), spills=())


def _too_small(outcome: Outcome, line: Line, slot: tuple[str, str], piece: Piece, found: Oversized) -> Problem:
    """Return the problem of a slot and of a size; at the style sheet if that alone has changed."""
    tree, sized = line.planned.layout.tree, line.planned.layout.layout
    size = (sized.slots if slot[0] == "slots" else sized.running)[slot[1]]
    room, word = getattr(size, found.side), "high" if found.side == "height_mm" else "wide"
    changed = changes.since(outcome.document, piece, line)
    style = found.path.removeprefix(f"{addresses.FOLDER}/")
    if changed.blamed and found.path in changed.files and tree.path not in changed.files:
        message = f"{found.declared} makes the content of the slot {slot[1]} {found.mm:g} mm {word}, but the slot is {room:g} mm"
        return Problem(found.path, found.line, message, f"at most {room:g}mm", Owner.LAYOUT)
    message = f"the slot is {room:g} mm {word}, but {found.declared} in {style}:{found.line} makes its content {found.mm:g} mm"
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
    """Return the problem of a slot that is larger than its room, or the warning of one that lies over some words."""
    tree, size = line.planned.layout.tree, piece.slots[name]
    if found.over:
        message = f'the slot lies over "{found.over}" in {piece.page}'
        hint = f"make it smaller than {size.width_mm:g} × {size.height_mm:g} mm, or move it in the style sheet"
        return tree.problem(("slots", name), message, hint, warning=True)
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
    """Return the problem of a piece with too many or too few pages; if a layout that changed is why, at its file."""
    pages = outcome.laid_out[piece.key].pages
    message = f"{piece.name} has {pages} page{'s' * (pages != 1)}; the layout allows {expected.spec.pages}"
    loc = ("documents", outcome.document.kind, *expected.loc, "pages")
    hint = "shorten or lengthen the text, or change the number of pages here"
    problem = line.planned.layout.tree.problem(loc, message, hint)
    if pages < expected.spec.pages.most:
        return problem
    return changes.since(outcome.document, piece, line).explain(problem, message)


def _running(outcome: Outcome) -> Iterator[tuple[str, LaidOut]]:
    """Yield the running slots that have neither one page for the whole document nor one for each of its pages."""
    for stamp in outcome.running:
        laid_out, pages = outcome.laid_out.get(stamp.piece.key), running_pages(stamp)
        if laid_out and laid_out.sound and laid_out.pages not in (1, pages):
            message = f"{stamp.slot} has {laid_out.pages} pages, but prints on {pages} pages"
            hint = "make one page for all of them, or one for each"
            problem = Problem(f"layouts/{stamp.piece.page}", None, message, hint, Owner.LAYOUT)
            yield stamp.piece.key, replace(laid_out, problems=(problem,))

"""Move each problem to its page in the document and, where possible, to the file and line that cause it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from briefpack import charts, plan
from briefpack.build.jobs.line import Line, Outcome
from briefpack.geometry import PT_PER_MM, Frame, Rectangle
from briefpack.layout.model import Box
from briefpack.pages import MADE, Piece, Stamp, source_map
from briefpack.pages.source_map import Shown, Source
from briefpack.plan import Document, LoadedBrief
from briefpack.problem import Owner, Problem
from briefpack.text import tables
from briefpack.text.yaml_lines import Loc, Tree
from briefpack.typeset import Area

COARSE = ("image-resolution", "image-sharpness")
"""The checks that find coarse images."""
OF_PAGES = ("paper-size", "tagged")
"""The checks of whole pages."""
GAP = "underfull-page"
"""The check that finds how full a page is: what is above a gap is of the part that ends too early."""
PLACEHOLDER = "placeholder-left"
OVERPRINTED = "overprinted"


class Origin(NamedTuple):
    """Where a piece sits in its document: after how many pages, or with which corner if it is laid over a page.

    Only the first page of a piece that is laid over another prints.
    """

    pages: int = 0
    right_pt: float = 0.0
    up_pt: float = 0.0
    over: bool = False

    def page(self, number: int) -> int:
        """Return the document's page for a page of the piece, even if the piece runs over its place."""
        return self.pages + (1 if self.over else number)

    def box(self, box: Rectangle) -> Rectangle:
        """Return the place of a box on the page of the document."""
        return box.moved(self.right_pt, self.up_pt)


def of_piece(problem: Problem, piece: Piece, origin: Origin, outcome: Outcome, line: Line) -> Problem:
    """Return a problem of a piece with its page in the document, its file and line, and its hint."""
    problem, source = traced(problem, piece, outcome.laid_out[piece.key].shown, _beyond_pt(line))
    problem = in_document(problem, piece, origin)
    if source and source.image and problem.cause == OVERPRINTED:
        return _in_drawing(problem, source.image, outcome.document, line)
    if problem.check == PLACEHOLDER:
        return _at_placeholder(problem, line.planned.brief.tree)
    return _with_field(problem, line.planned.brief.tree)


def traced(problem: Problem, piece: Piece, shown: str, beyond_pt: float) -> tuple[Problem, Source | None]:
    """Return a problem of a piece at the line of its template, and the element there, if one is.

    `shown` are the packed places of its texts and images, and `beyond_pt` is how far a finished page extends beyond its
    trim.
    """
    box = _box(problem, beyond_pt)
    source = _source(problem, [Shown(piece, shown, problem.page or 0, box)]) if box else None
    return _at(problem, source), source


def _box(problem: Problem, beyond_pt: float) -> Rectangle | None:
    """Return the first box of a problem, from the trim's corner; None if its place is a page or the file."""
    if not problem.finished or not problem.boxes or problem.check in OF_PAGES:
        return None
    return problem.boxes[0].moved(-beyond_pt, -beyond_pt)


def _source(problem: Problem, several: Iterable[Shown]) -> Source | None:
    """Return the source of what a problem is about, at one of some places."""
    return source_map.above(several) if problem.check == GAP else source_map.at(several)


def _at(problem: Problem, source: Source | None) -> Problem:
    if source is None:
        # A page of a template has no line of its own.
        return replace(problem, line=problem.line or 1) if problem.path.endswith(".html") else problem
    message = problem.message if problem.check == GAP else f"{problem.message}; it is in {source.tag}"
    return replace(problem, path=source.path, line=source.line, message=message, field=source.field)


def _beyond_pt(line: Line) -> float:
    return line.expected.beyond_trim_mm * PT_PER_MM


def _with_field(problem: Problem, tree: Tree) -> Problem:
    """Return a problem found in a finished page with the field that it prints, if it is one of the brief's."""
    if problem.finished and problem.field:
        place = loc(problem.field)
        if problem.check == GAP:
            part = place if place[-1] == "image" else place[:2]
            return replace(problem, path=tree.path, line=tree.line(part), owner=Owner.BRIEF)
        at = tree.problem(place, "", "")
        shown = f"{at.field or problem.field}, line {at.line} of {at.path}"
        return replace(problem, message=f"{problem.message}, which prints {shown}")
    return problem


def loc(field: str) -> Loc:
    """Return the place in the brief of a field that is named by its keys and indexes."""
    return tuple(int(name) if name.isdigit() else name for name in field.split("."))


def with_images(problems: Iterable[Problem], piece: Piece, loaded: LoadedBrief) -> tuple[Problem, ...]:
    """Return the problems of a piece, those of its coarse images at the lines of the brief that name their files."""
    coarse = [plan.located(problem, loaded) for image in piece.images for problem in image.problems]
    if not coarse:
        return tuple(problems)
    known = [*problems]
    on_page = [problem for problem in known if problem.check in COARSE]
    if len(on_page) == 1:
        coarse = [replace(problem, page=on_page[0].page, boxes=on_page[0].boxes) for problem in coarse]
    return (*(problem for problem in known if problem.check not in COARSE), *coarse)


def in_document(problem: Problem, piece: Piece, origin: Origin) -> Problem:
    """Give a problem its page in the document, its boxes there and, if a check found it, the document's name.

    The boxes of later pages of a piece that is laid over another are dropped, because a proof prints these pages at
    its end.
    """
    if problem.finished:
        problem = _named(problem, piece)
    if not problem.page:
        return problem
    boxes = tuple(map(origin.box, problem.boxes)) if problem.page == 1 or not origin.over else ()
    continued = () if origin.over else tuple((origin.page(page), origin.box(box)) for page, box in problem.continued)
    return replace(problem, page=origin.page(problem.page), boxes=boxes, continued=continued)


def _named(problem: Problem, piece: Piece) -> Problem:
    """Put the document's name into a problem, and the piece's before its message (named “document: piece”)."""
    document, _, part = piece.name.partition(": ")
    return replace(problem, document=document, message=f"{part}: {problem.message}")


def _at_placeholder(problem: Problem, tree: Tree) -> Problem:
    """Move the problem of a placeholder that a field of the brief has to its line there."""
    word = next(iter(problem.words), "")
    if problem.field:
        at = tree.problem(loc(problem.field), "", "", words=word)
        return replace(problem, path=at.path, line=at.line, column=at.column, owner=Owner.BRIEF)
    if word.startswith(REFERENCES):
        # The brief's own braces are sound, so a template has printed them as they are.
        return replace(problem, owner=Owner.LAYOUT, hint="print the text with line(), heading(), prose() or plain()")
    return problem


REFERENCES = ("{", "**", "[^")
"""How references and Markdown begin, which a finished page never shows."""


def _in_drawing(problem: Problem, image: str, document: Document, line: Line) -> Problem:
    """Move a problem with words of a chart, which a page shows as an image, to the chart file that wrote them."""
    kinds = {f"{MADE}{line.chart_keys[drawing]}.svg": drawing.kind for drawing in document.drawings.values()}
    if image not in kinds:
        return replace(problem, message=f"{problem.message}, in a drawing")
    path = f"charts/{charts.file(line.root / 'charts', kinds[image]).name}"
    hint = "make room for each of its texts: the chart file draws one over another"
    return replace(problem, path=path, line=None, hint=hint)


def of_document(outcome: Outcome, line: Line) -> Iterator[Problem]:
    """Yield the problems that the checks found in a bound document, each at the line of its template if one is."""
    for problem in outcome.bound.problems if outcome.bound else ():
        box = _box(problem, _beyond_pt(line))
        if problem.warning or problem.page is None:
            yield problem
        elif box is None:
            yield _of_page(problem, outcome)
        else:
            source = _source(problem, _there(outcome, line.planned.layout.layout.paper, problem.page, box))
            found = _at(replace(problem, document=outcome.document.name), source)
            yield _with_field(found, line.planned.brief.tree)


def source_at(outcome: Outcome, line: Line, page: int, box: Rectangle) -> Source | None:
    """Return the source of what a finished document prints in a box on a page; None if nothing is there."""
    back = -_beyond_pt(line)
    paper = line.planned.layout.layout.paper
    return source_map.at(_there(outcome, paper, page, box.moved(back, back)))


def sources_on(outcome: Outcome, line: Line, page: int) -> Iterator[tuple[Rectangle, Source]]:
    """Yield the place of each text and image on a page of a finished document, and its source."""
    beyond = _beyond_pt(line)
    nowhere = Rectangle(0.0, 0.0, 0.0, 0.0)
    for shown in _there(outcome, line.planned.layout.layout.paper, page, nowhere):
        right, up = beyond - shown.box.left, beyond - shown.box.bottom
        for box, source in source_map.on_page(shown):
            yield box.moved(right, up), source


def frames_on(outcome: Outcome, line: Line, page: int) -> Iterator[tuple[Rectangle, Area | str]]:
    """Yield the boxes on a page that its layout has made: its text area, and the frame of each slot with its name."""
    beyond = _beyond_pt(line)
    paper = outcome.document.spec.paper or line.planned.layout.layout.paper
    trim = Rectangle(beyond, beyond, beyond + paper.width_mm * PT_PER_MM, beyond + paper.height_mm * PT_PER_MM)
    before = 0
    for piece in outcome.pieces:
        laid_out = outcome.laid_out[piece.key]
        if before < page <= before + laid_out.pages:
            for area in laid_out.areas[page - before - 1 : page - before]:
                yield area.box.moved(beyond, beyond), area
            for name, (index, frame) in laid_out.slots.items():
                if index == page - before - 1:
                    yield frame.on(trim), name
        before += laid_out.pages
    for stamp in outcome.running:
        if stamp.running and page > stamp.running.skip:
            yield stamp.running.frame.on(trim), stamp.slot


def _of_page(problem: Problem, outcome: Outcome) -> Problem:
    """Return a problem of a whole page at the template of its piece."""
    last = 0
    for piece in outcome.pieces:
        last += outcome.laid_out[piece.key].pages
        if (problem.page or 0) <= last:
            return replace(_named(problem, piece), path=f"layouts/{piece.page}", line=1)
    return problem


def _there(outcome: Outcome, paper: Box, number: int, box: Rectangle) -> Iterator[Shown]:
    """Yield the pieces that print on a page of a document, each with the place of a box on its own page."""
    running = {stamp.piece.key for stamp in outcome.running}
    for piece, origin in _pieces(outcome, _height_pt(outcome, paper)):
        page = number - origin.pages
        if origin.over and (page == 1 or (page > 1 and piece.key in running)):
            yield Shown(piece, outcome.laid_out[piece.key].shown, 1, box.moved(-origin.right_pt, -origin.up_pt))
        elif not origin.over:
            yield Shown(piece, outcome.laid_out[piece.key].shown, page, box.moved(-origin.right_pt, -origin.up_pt))


def _height_pt(outcome: Outcome, paper: Box) -> float:
    return (outcome.document.spec.paper or paper).height_mm * PT_PER_MM


def pieces(outcome: Outcome, paper: Box) -> tuple[tuple[Piece, Origin], ...]:
    """Return each piece of a document once, with its place; `paper` is the layout's."""
    found: dict[str, tuple[Piece, Origin]] = {}
    for piece, origin in _pieces(outcome, _height_pt(outcome, paper)):
        found.setdefault(piece.key, (piece, origin))
    return tuple(found.values())


def _pieces(outcome: Outcome, height_pt: float) -> Iterator[tuple[Piece, Origin]]:
    slots, before = {(stamp.over, stamp.slot): stamp.piece for stamp in outcome.stamps}, 0
    for index, piece in enumerate(outcome.pieces):
        yield piece, Origin(before)
        laid_out = outcome.laid_out.get(piece.key)
        for name, (page, place) in laid_out.slots.items() if laid_out else ():
            if (index, name) in slots:
                yield slots[index, name], _over(before + page, place, height_pt)
        before += laid_out.pages if laid_out and laid_out.pages else piece.limit.least
    for stamp in outcome.running:
        if stamp.running:
            laid_out = outcome.laid_out.get(stamp.piece.key)
            # A running slot has one page for all pages of the document, or a page for each.
            each = laid_out is not None and laid_out.pages == running_pages(stamp)
            origin = _over(stamp.running.skip, stamp.running.frame, height_pt)
            yield stamp.piece, origin._replace(over=not each)
    # If a piece wasn't laid out, the pages of its slots are unknown.
    yield from ((piece, Origin()) for piece in slots.values())


def _over(pages: int, place: Frame, height_pt: float) -> Origin:
    """Return the place of a piece that is laid over a page."""
    return Origin(pages, place.left_pt, place.foot_pt(height_pt), over=True)


def running_pages(stamp: Stamp) -> int:
    """Return the number of pages that a running slot prints on."""
    return (stamp.piece.limit.at_most or 1) - (stamp.running.skip if stamp.running else 0)


def without_repeats(warnings: Iterable[Problem], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Drop each warning that a problem reports too: about the same placeholder, or about a row that a chart refused."""
    found = [*problems]
    named = {(each.path, each.line, each.column) for each in found if each.check == PLACEHOLDER}
    rows = [each for each in found if each.line and each.path.endswith(tables.ENDINGS)]
    # What else is said of a row that a chart refuses follows from it.
    refused = {(each.path, each.line) for each in rows if not each.warning}
    left = (each for each in warnings if (each.path, each.line) not in refused)
    return tuple(each for each in left if each.check != PLACEHOLDER or (each.path, each.line, each.column) not in named)

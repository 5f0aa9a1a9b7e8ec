"""Move each problem to its page in the document and, where possible, to the file and line that cause it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from briefpack import charts, plan, schema
from briefpack.build.jobs import draw, tracing
from briefpack.build.jobs.line import Line, Outcome
from briefpack.geometry import PT_PER_MM, Frame, Rectangle
from briefpack.layout import addresses
from briefpack.layout.model import Box
from briefpack.pages import Piece, Stamp
from briefpack.plan import EACH, Document, LoadedBrief
from briefpack.problem import Owner, Problem
from briefpack.text import tables

GAP = "underfull-page"
"""The check that finds how full a page is."""
RESOLUTION = "image-resolution"
"""The check that finds coarse images."""


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
    if problem.check == GAP:
        problem = _at_part(problem, piece, outcome, line.planned.brief)
    problem = in_document(problem, piece, origin)
    problem = tracing.lined(problem, line.root)
    if problem.check == PLACEHOLDER and problem.words:
        return _at_placeholder(problem, piece, line.planned.brief, line.root)
    return _in_drawing(problem, piece, outcome.document, line) if problem.cause == tracing.IN_DRAWING else problem


def with_images(problems: Iterable[Problem], piece: Piece, loaded: LoadedBrief) -> tuple[Problem, ...]:
    """Return the problems of a piece, those of its coarse images at the lines of the brief that name their files."""
    coarse = [plan.located(problem, loaded) for image in piece.images for problem in image.problems]
    if not coarse:
        return tuple(problems)
    known = [*problems]
    on_page = [problem for problem in known if problem.check == RESOLUTION]
    if len(on_page) == 1:
        coarse = [replace(problem, page=on_page[0].page, boxes=on_page[0].boxes) for problem in coarse]
    return (*(problem for problem in known if problem.check != RESOLUTION), *coarse)


def _at_part(problem: Problem, piece: Piece, outcome: Outcome, loaded: LoadedBrief) -> Problem:
    """Move a page's problem to the last part of the brief that begins by that page, if the piece prints parts."""
    anchors = outcome.laid_out[piece.key].anchors.items()
    begun = {name for name, page in anchors if page < (problem.page or 0)}
    planned = (each for each, made in zip(outcome.printed.pieces, outcome.pieces, strict=True) if made.key == piece.key)
    parts = [part.item for each in planned for part in (each, *each.others)]
    for part in reversed([part for part in parts if part and any(name.endswith(f"-{part.id}") for name in begun)]):
        items = EACH[part.axis](loaded.brief)
        field = next(name for name in type(loaded.brief).model_fields if getattr(loaded.brief, name) is items)
        index = [item.id for item in items].index(part.id)
        return replace(problem, path=loaded.tree.path, line=loaded.tree.line((field, index)), owner=Owner.BRIEF)
    return problem


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


PLACEHOLDER = "placeholder-left"


class Place(NamedTuple):
    """Where a placeholder is typed, with the text before and after it on its line."""

    path: str
    line: int
    column: int | None
    before: str
    after: str


def _at_placeholder(problem: Problem, piece: Piece, loaded: LoadedBrief, root: Path) -> Problem:
    """Move a problem to the placeholder whose surroundings, in the brief or a template, are most like the page's."""
    word, around = problem.words
    before, _, after = around.partition(word)
    places = [*_in_brief(word, loaded), *_in_templates(word, piece, root)]
    if not places:
        return problem
    found = max(places, key=lambda each: _alike(before[::-1], each.before[::-1]) + _alike(after, each.after))
    problem = replace(problem, path=found.path, line=found.line, column=found.column)
    if found.path != loaded.tree.path:
        return problem
    if word.startswith(REFERENCES):
        # The brief's own braces are sound, so a template has printed them as they are.
        return _of_template(problem, piece, root, found)
    return replace(problem, owner=Owner.BRIEF)


REFERENCES = ("{", "**", "[^")
"""How references and Markdown begin, which a finished page never shows."""


def _of_template(problem: Problem, piece: Piece, root: Path, typed: Place) -> Problem:
    """Blame the first line of a template that prints Markdown without the function for it."""
    markdown = schema.markdown_fields()
    places = (
        (path, text.count("\n", 0, printed.start()) + 1)
        for path, text in addresses.taken_in(root, *piece.pages).items()
        for printed in RAW.finditer(text)
        if printed[1] in markdown
    )
    path, line = next(places, (f"{addresses.FOLDER}/{piece.page}", 1))
    message = f"{problem.message}; line {typed.line} of {typed.path} is sound, and a page prints it as it is typed"
    return replace(problem, path=path, line=line, column=None, owner=Owner.LAYOUT, message=message, hint=PRINT)


# A field that a page prints as it is, in no function and with no filter.
RAW = re.compile(r"\{\{-?\s*[\w.]+\.(\w+)\s*-?\}\}")
PRINT = "print the text with line(), heading(), prose() or plain()"


def _in_brief(word: str, loaded: LoadedBrief) -> Iterator[Place]:
    """Yield where a word is in the brief: on lines that its review warned of or, if there are none, on any."""
    warnings = (each for each in loaded.warnings if each.check == PLACEHOLDER)
    warned = {each.line for each in warnings if any(word in words for words in each.words)}
    for number, line in enumerate(loaded.tree.text, start=1):
        if number in warned or not warned:
            yield from (
                Place(loaded.tree.path, number, at + 1, line[:at], line[at + len(word) :])
                for at in _places_in(word, line)
            )


def _in_templates(word: str, piece: Piece, root: Path) -> Iterator[Place]:
    """Yield the places of a word in the text that the templates of a piece print."""
    for path, source in addresses.taken_in(root, *piece.pages).items():
        for number, text in addresses.own_text(source):
            yield from (Place(path, number, None, text[:at], text[at + len(word) :]) for at in _places_in(word, text))


def _places_in(word: str, text: str) -> Iterator[int]:
    """Yield each place of a word in a text."""
    return (found.start() for found in re.finditer(re.escape(word), text))


def _alike(one: str, two: str) -> int:
    """Return how many characters at the start of two texts are the same, spaces aside."""
    pairs = zip("".join(one.split()), "".join(two.split()), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _in_drawing(problem: Problem, piece: Piece, document: Document, line: Line) -> Problem:
    """Move a problem with words in a drawing to the chart file that wrote them, if only one can have done so."""
    files = {*_with_words(_letters(problem.words[0]), piece, document, line)} if problem.words else set[str]()
    if len(files) != 1:
        return replace(problem, message=f"{problem.message}, in a drawing")
    [path] = files
    hint = "make room for each of its texts: the chart file draws one over another"
    return replace(problem, path=path, line=None, hint=hint)


def _with_words(words: str, piece: Piece, document: Document, line: Line) -> Iterator[str]:
    """Yield the chart file of each drawing in a piece that has the words; a drawing is named by its key in the HTML."""
    for drawn in document.drawings.values():
        key = line.chart_keys[drawn]
        if key in piece.html and any(words in _letters(each) for each in draw.labels(line.store, key)):
            yield f"charts/{charts.file(line.root / 'charts', drawn.kind).name}"


def _letters(text: str) -> str:
    return "".join(text.split())


def of_document(outcome: Outcome, line: Line) -> Iterator[Problem]:
    """Yield the problems that the checks found in a bound document."""
    for problem in outcome.bound.problems if outcome.bound else ():
        piece = _piece_at(outcome, problem.page) if problem.page and not problem.warning else None
        if piece:
            yield _at_cause(problem, piece, line)
        elif problem.check == "outline":
            place = _only(_in_styles(problem.check, outcome.pieces, line))
            yield replace(problem, path=place[0], line=place[1]) if place else problem
        else:
            yield problem


def _piece_at(outcome: Outcome, page: int) -> Piece | None:
    """Return the piece that a page of a document belongs to."""
    last = 0
    for piece in outcome.pieces:
        last += outcome.laid_out[piece.key].pages
        if page <= last:
            return piece
    return None


def _at_cause(problem: Problem, piece: Piece, line: Line) -> Problem:
    place = _cause(problem, piece, line)
    return replace(_named(problem, piece), path=place[0], line=place[1]) if place else problem


def _cause(problem: Problem, piece: Piece, line: Line) -> tuple[str, int] | None:
    """Return the path and line that cause a problem on a page of a piece; None if that isn't certain."""
    texts = addresses.taken_in(line.root, *piece.pages)
    if problem.check in STYLED:
        return _only(_in_styles(problem.check, (piece,), line))
    if problem.check == "words-lost":
        tree = line.planned.layout.tree
        return _only((tree.path, tree.line(("slots", name)) or 1) for name in piece.slots)
    words = next(iter(problem.words), "")
    if problem.check == "headings" and words:
        return addresses.find(texts, f"<{words.lower()}") or addresses.find(texts, "<h{{")
    if problem.check != "electorate-leak" or not words:
        return None
    own = ((path, *each) for path, source in texts.items() for each in addresses.own_text(source))
    return _only((path, number) for path, number, text in own if words in text)


STYLED = {"paper-size": re.compile(r"(?<![\w-])size\s*:"), "outline": re.compile(r"\bbookmark-level\s*:\s*none\b")}
"""The declaration in a style sheet that causes a problem, by the check that finds it."""


def _in_styles(check: str, pieces: Iterable[Piece], line: Line) -> Iterator[tuple[str, int]]:
    """Yield each line of the pieces' style sheets that can cause a problem of a check."""
    for style in dict.fromkeys(style for piece in pieces for style in piece.styles):
        path = f"{addresses.FOLDER}/{style}"
        text = addresses.place(line.root, path).read_text(encoding="utf-8", errors="replace")
        for number, each in enumerate(text.splitlines(), start=1):
            if STYLED[check].search(each):
                yield path, number


def _only(places: Iterable[tuple[str, int]]) -> tuple[str, int] | None:
    """Return the place if there is just one."""
    found = [*dict.fromkeys(places)]
    return found[0] if len(found) == 1 else None


def pieces(outcome: Outcome, paper: Box) -> tuple[tuple[Piece, Origin], ...]:
    """Return each piece of a document once, with its place; `paper` is the layout's."""
    found: dict[str, tuple[Piece, Origin]] = {}
    height_pt = (outcome.document.spec.paper or paper).height_mm * PT_PER_MM
    for piece, origin in _pieces(outcome, height_pt):
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

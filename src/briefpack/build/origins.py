"""Find where what a finished page prints is written: in a brief, a data file, a chart file or a template."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from briefpack import charts
from briefpack.build import View
from briefpack.build.jobs import locating
from briefpack.checks.read import page_objects, tags
from briefpack.geometry import Rectangle
from briefpack.pages import MADE
from briefpack.pages.source_map import Source
from briefpack.plan import Drawing
from briefpack.text import yaml_lines
from briefpack.text.yaml_lines import NOT_WORDS, Loc


class Around(NamedTuple):
    """A printed word, by its place among the words around it."""

    words: Sequence[str] = ()
    place: int = 0

    @classmethod
    def at(cls, text: str, place: int) -> "Around":
        """Return the word of a text that has the letter at a place, or that comes before it."""
        words = [*re.finditer(r"\w+", text)]
        before = sum(word.start() <= place for word in words)
        return cls([word[0] for word in words], max(before - 1, 0))

    def after_number(self) -> "Around":
        """Return the word after the number that begins here; the word itself if it is no number."""
        words = enumerate(self.words[self.place :], start=self.place)
        return self._replace(place=next((place for place, word in words if not word.isdecimal()), self.place))


class Written(NamedTuple):
    """Where a part of a page is written, and the line of the template that places it there.

    `field` names the value in a YAML file; it is empty if the words are the template's own.
    """

    path: str
    line: int
    column: int
    field: str
    template: str
    template_line: int


NEAR_PT = 6.0
"""How far a chart's letters may reach out of the box of its image."""


def at(view: View, page: int, box: Rectangle, around: Around) -> Written | None:
    """Return where a word is written that a page prints in a box; None if nothing is there.

    The box is in points from the bottom left corner of the page, and the page is counted from 1.
    """
    for place in (box, box.grown(NEAR_PT)):
        if source := locating.source_at(view.outcome, view.line, page, place):
            return _written(view, source, around)
    # A running head repeats what is written elsewhere.
    phrase = _in_phrase(view, around)
    return Written(*phrase, *phrase[:2]) if phrase else None


def on(view: View, page: int) -> Iterator[tuple[Rectangle, Written]]:
    """Yield the place of each text and image on a page, and where it is written."""
    for box, source in locating.sources_on(view.outcome, view.line, page):
        yield box, _written(view, source, Around())


class Overlay(NamedTuple):
    """A box to draw over a page: a `trim`, a text `area` with the distance of its lines, a `slot` or a `block`."""

    kind: str
    box: Rectangle
    label: str = ""
    leading_pt: float = 0.0


def frames(view: View, page: int) -> Iterator[Overlay]:
    """Yield the text area of a page and its slots; the label of an area says how much room its text leaves."""
    for box, frame in locating.frames_on(view.outcome, view.line, page):
        if isinstance(frame, str):
            yield Overlay("slot", box, frame)
        else:
            free = "" if frame.free_mm is None else f"{frame.free_mm:.1f} mm free"
            yield Overlay("area", box, free, frame.leading_pt)


def blocks(opened: Any, text: Any) -> Iterator[Overlay]:  # noqa: ANN401 -- PDFium's, which the checks alone import
    """Yield the blocks of a page in the order that a screen reader reads them: the page and its text are PDFium's."""
    tree = tags.read(opened, page_objects.read(opened, text, {}).runs)
    read = [block for block in tags.blocks(tree) if block.runs] if tree else []
    for number, block in enumerate(read, start=1):
        yield Overlay("block", block.box, f"{number} {block.kind}")


class Found(NamedTuple):
    """A line of a file as a document prints it: the line that its text begins at, the page, and the place there."""

    line: int
    page: int
    box: Rectangle


def line(view: View, path: str, number: int) -> Found | None:
    """Return where a document prints a line of a file, or the text that begins before it; None if it prints neither."""
    best: Found | None = None
    for page in range(1, sum(view.outcome.laid_out[piece.key].pages for piece in view.outcome.pieces) + 1):
        for box, written in on(view, page):
            for file, begun in ((written.path, written.line), (written.template, written.template_line)):
                if file == path and (best.line if best else 0) < begun <= number:
                    best = Found(begun, page, box)
    return best


def _written(view: View, source: Source, around: Around) -> Written:
    place = _in_drawing(view, source.image, around)
    if not place and source.field:
        loc = locating.loc(source.field)
        # A note stands in the text that calls it, but its words are those of a source.
        place = _in_brief(view, loc, around) or _in_phrase(view, around) or _start(view, loc)
    place = place or _in_electorates(view, around) or _in_phrase(view, around) or (source.path, source.line, 1, "")
    return Written(*place, source.path, source.line)


_Place = tuple[str, int, int, str]
"""A file, a line, a column and the name of a field."""


def _in_brief(view: View, loc: Loc, around: Around) -> _Place | None:
    """Return the place of a word of a field; None if the word isn't in it, such as one of a figure."""
    tree = view.line.planned.brief.tree
    path, _, _, field = start = _start(view, loc)
    if path != tree.path or not around.words:
        return start
    place = tree.place_of_word(loc, *around)
    return (path, *place, field) if place else None


def _start(view: View, loc: Loc) -> _Place:
    known = view.line.planned.brief.tree.problem(loc, "", "")
    return known.path, known.line or 1, known.column or 1, known.field


def _in_drawing(view: View, image: str, around: Around) -> _Place | None:
    """Return the place of a word of a chart: its row, the chart in the brief or, if the brief has none, its file."""
    keys = view.line.chart_keys
    drawn = {f"{MADE}{keys[each]}.svg": (name, each) for name, each in view.outcome.document.drawings.items()}
    if image not in drawn:
        return None
    name, drawing = drawn[image]
    tree, loc = view.line.planned.brief.tree, ("charts", name)
    if not tree.has(loc):
        return _in_electorates(view, around) or _of_kind(view, drawing)
    texts = {path: text for path, text in yaml_lines.texts(tree.data) if path[:2] == loc}
    row = _longest(around, texts)
    return (_in_brief(view, row, around) if row else None) or _start(view, loc)


def _of_kind(view: View, drawing: Drawing) -> _Place:
    file = charts.file(view.line.root / "charts", drawing.kind)
    return f"charts/{file.name}", 1, 1, ""


def _in_electorates(view: View, around: Around) -> _Place | None:
    """Return the row of the document's electorate that has a word; None if it has none."""
    group, slug = view.line.planned.brief.group, view.outcome.document.electorate
    texts: dict[tuple[str, int], str] = {}
    for each in group.electorates if group else ():
        if each.slug == slug:
            member = (each.member.styled, each.member.party) if each.member else ()
            roles = [role.title for role in each.member.roles] if each.member else []
            held = (each.name, each.state.name, *member, *roles, *each.texts.values())
            texts[group.path if group else "", each.line or 1] = " ".join(held)
            texts |= {(row.path, row.line or 1): row.words for rows in each.lists.values() for row in rows}
    row = _longest(around, texts)
    return (*row, 1, "") if row else None


LEAST_RUN = 3
"""The fewest words in a row, of those around a word, that show that a template prints a text of the brief."""


def _in_phrase(view: View, around: Around) -> _Place | None:
    """Return the place of the text of the brief that has the longest run of words around one.

    A number may be that of a figure, whose caption comes after it.
    """
    tree = view.line.planned.brief.tree
    texts = dict(yaml_lines.texts(tree.data))
    row = _longest(around, texts, LEAST_RUN)
    if row is None:
        captions = {loc: text for loc, text in texts.items() if loc[-1] == "caption"}
        row = _longest(around.after_number(), captions, LEAST_RUN)
    return (_in_brief(view, row, around) or _start(view, row)) if row else None


Key = TypeVar("Key")


def _longest(around: Around, texts: Mapping[Key, str], least: int = 1) -> Key | None:
    """Return the key of the text that has the longest run of words around one.

    A run shorter than the `least` must be the whole text, and more than a number. None if no text has one.
    """
    for run, _ in yaml_lines.runs(*around):
        if len(run) < least and "".join(run).isdecimal():
            continue
        words = NOT_WORDS.join(map(re.escape, run))
        pattern = re.compile(rf"\b{words}\b" if len(run) >= least else rf"^\W*{words}\W*$")
        for key, text in texts.items():
            if pattern.search(text):
                return key
    return None

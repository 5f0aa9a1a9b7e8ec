"""Warn of one caption under two figures that print side by side, and of one figure that prints there twice."""

import re
from collections.abc import Iterable, Iterator

from briefpack.brief.blocks import KeyFigure
from briefpack.brief.charts import Chart
from briefpack.brief.local_page import LocalFact, LocalGlance, LocalPanel
from briefpack.brief.model import Brief, Glance, Panel
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.yaml_lines import Loc, Tree

DIGIT = re.compile(r"\d")
LONG = 3
"""The fewest words of a caption that is unlikely to be that of two figures."""
Captioned = tuple[Loc, tuple[str, ...], str]
"""A figure with a caption: the caption's location, its words with anything else that tells it apart, and the figure's id."""


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each caption, and each figure, that an earlier item of the same list has."""
    for loc, part in walk(brief):
        if isinstance(part, Glance):
            yield from _repeated(tree, _captioned((*loc, "figures"), part.figures))
        elif isinstance(part, Panel | LocalPanel | LocalGlance):
            yield from _repeated(tree, _captioned((*loc, "facts"), part.facts))
        elif isinstance(part, Chart) and part.kind != "timeline":
            yield from _repeated(tree, _labelled(loc, part))
    yield from _of_another(brief, tree)


def _of_another(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each long caption that goes with one figure in several places, and here with another."""
    places: dict[str, dict[str, list[Loc]]] = {}
    for loc, part in walk(brief):
        if isinstance(part, KeyFigure | LocalFact) and len(part.caption.split()) >= LONG:
            figure = part.fact if isinstance(part, LocalFact) else part.figure
            found = places.setdefault(_folded(part.caption), {}).setdefault(figure, [])
            found.append((*loc, "caption"))
    for figures in places.values():
        usual = max(figures, key=lambda each: len(figures[each]))
        for figure, [loc, *more] in figures.items():
            beside = any(loc[:-2] == other[:-2] for other in figures[usual])
            if figure != usual and not more and not beside:
                message = f"on {tree.shown(figures[usual][0])}, {usual} has this caption, and here {figure} has it"
                yield tree.problem(loc, message, f"name {usual} here, or write a caption for {figure}", warning=True)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")


def _captioned(loc: Loc, figures: Iterable[KeyFigure | LocalFact]) -> Iterator[Captioned]:
    for index, each in enumerate(figures):
        yield (*loc, index, "caption"), (each.caption,), each.fact if isinstance(each, LocalFact) else each.figure


def _key(loc: Loc) -> str:
    """Return the key that names the figure, beside the key of its caption."""
    return "fact" if "local" in loc else "figure"


def _labelled(loc: Loc, chart: Chart) -> Iterator[Captioned]:
    for index, row in enumerate(chart.rows):
        if row.figure:
            told_apart = (row.label, row.series or "", row.group or "", row.note or "", row.when or "")
            yield (*loc, "rows", index, "label"), told_apart, row.figure


def _repeated(tree: Tree, captions: Iterable[Captioned]) -> Iterator[Problem]:
    drawn: dict[tuple[str, ...], Loc] = {}
    seen: dict[tuple[str, ...], tuple[Loc, str]] = {}
    for loc, words, figure in captions:
        # In a chart, one figure may be in several groups, to be compared with other figures there.
        place = drawn.setdefault((figure, *words[1:3]), loc)
        # A value may be the same in two years.
        if place != loc and not (len(words) > 1 and DIGIT.search(words[0])):
            message = f"{figure} is here twice, first on line {tree.line(place)}"
            yield tree.problem((*loc[:-1], _key(loc)), message, "name another, or delete one of the two", warning=True)
            continue
        folded = tuple(map(_folded, words))
        first, other = seen.setdefault(folded, (loc, figure))
        # A row repeated in a data file gets a warning of its own.
        if other != figure and not (len(words) > 1 and tree.is_filled(loc) and tree.is_filled(first)):
            message = f'"{words[0]}" is also the {loc[-1]} of {other}, on {tree.shown(first)}'
            yield tree.problem(loc, message, f"say what sets {figure} apart", warning=True)

"""Warn of a figure whose id, meaning, date and cell of a data file are of different years, and of a miscounted period."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from briefpack.brief.model import Brief, Figure
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
WHOLE = re.compile(r"((?:19|20)\d\d)(?:[-–/]\d\d)?")
"""A date that is a year, or a financial year, and nothing else."""
FINANCIAL = re.compile(r"(?<!\d)((?:19|20)\d\d)[-–/](\d\d)(?!\d)")
WHERE = re.compile(r"where:\s*\{([^{}]*)\}")
FEWEST = 2
"""The fewest rows of a chart, or figures of one meaning, that show how the others are dated."""


@dataclass(frozen=True)
class Dated:
    """The one year of each part of a figure; an empty text for a part with none, or with several."""

    named: str
    means: str
    as_at: str
    cell: str


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each figure that is of two years, and for each period with another number of years."""
    dated = {
        name: _dated(name, figure, tree) for name, figure in brief.figures.items() if ("figures", name) in tree.lines
    }
    usual = _alike(brief.figures, dated)
    for name, each in dated.items():
        yield from _figure(name, each, usual.get(name, ""), tree)
        yield from _length(name, brief.figures[name], tree, locale)
    yield from _rows(brief, tree)


def _dated(name: str, figure: Figure, tree: Tree) -> Dated:
    whole = WHOLE.fullmatch(figure.as_at or "")
    cell = _one(_chosen(tree, ("figures", name, "data", "where")))
    return Dated(_one(name), _one(figure.means), whole[1] if whole else "", cell)


def _chosen(tree: Tree, loc: Loc) -> str:
    """Return the values by which a row of a data file is chosen, as they are typed; the data no longer has them."""
    if loc not in tree.lines:
        return ""
    first, *others = tree.text[slice(tree.lines[loc][0] - 1, tree.lines[loc][1])]
    if found := WHERE.search(" ".join((first, *others))):
        return found[1]
    indent = len(first) - len(first.lstrip())
    return " ".join(takewhile(lambda line: len(line) - len(line.lstrip()) >= indent, (first, *others)))


def _one(words: str) -> str:
    found = {*YEAR.findall(words)}
    return found.pop() if len(found) == 1 else ""


def _alike(figures: Mapping[str, Figure], dated: Mapping[str, Dated]) -> dict[str, str]:
    """Return, for each figure that differs from others in its year alone, the year that its date should be."""
    groups: dict[str, list[str]] = {}
    for name, each in dated.items():
        if each.means and each.as_at:
            groups.setdefault(YEAR.sub("", figures[name].means), []).append(name)
    found: dict[str, str] = {}
    for names in groups.values():
        right = [name for name in names if dated[name].means == dated[name].as_at]
        if len(names) >= FEWEST and len(right) == len(names) - 1:
            found |= {name: dated[name].means for name in names if name not in right}
    return found


def _figure(name: str, each: Dated, usual: str, tree: Tree) -> Iterator[Problem]:
    """Yield the warning for a figure that is of two years, at the part that is alone with its own."""
    loc: Loc = ("figures", name)
    years = Counter(filter(None, (each.named, each.means, each.cell or each.as_at)))
    if each.named and each.means and each.named != each.means:
        message = f"it is called {name}, and means: says {each.means}"
        yield tree.problem(
            (*loc, "means"), message, "correct the year in one of the two", words=each.means, warning=True
        )
    elif each.cell and len(years) > 1:
        other = each.named or each.means
        key, shown = ("data", each.cell) if each.named or not each.means else ("means", each.means)
        message = f"its cell is of {each.cell}, and {'it is called ' + name if each.named else f'means: says {other}'}"
        yield tree.problem(
            (*loc, key), message, f"name the row of {other}, or correct the year", words=shown, warning=True
        )
    elif each.as_at and (each.named or usual) and each.as_at != (each.named or usual):
        other = each.named or usual
        message = f'"{each.as_at}", and {f"it is called {name}" if each.named else f"means: says {usual}"}'
        yield tree.problem((*loc, "as_at"), message, f"is {other} meant?", words=each.as_at, warning=True)


def _length(name: str, figure: Figure, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for a number of years that isn't that of the period which its meaning gives."""
    if figure.unit not in locale.slips.years or not YEAR.search(figure.means):
        return
    found = [int(each) for each in YEAR.findall(figure.means)]
    if len(found) != FEWEST or found[0] >= found[1]:
        return
    span = found[1] - found[0]
    right = {span + 1} if len(FINANCIAL.findall(figure.means)) == FEWEST else {span, span + 1}
    if figure.value not in right:
        message = f"{figure.value:f} {figure.unit}, but {found[0]} to {found[1]} in means: are {max(right)}"
        yield tree.problem(
            ("figures", name, "value"), message, "correct the value, or the years in means:", warning=True
        )


def _rows(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each row of a chart whose moment is outside the period of the figure that it shows."""
    for name, chart in brief.charts.items():
        dates = [
            (
                index,
                int(label[0]),
                _period((brief.figures[row.figure].as_at or "") if row.figure in brief.figures else ""),
            )
            for index, row in enumerate(chart.rows)
            if row.figure and (label := WHOLE.match(row.label)) and (label := YEAR.search(row.label))
        ]
        within = [first <= year <= last for _, year, (first, last) in dates if last]
        for index, year, (first, last) in dates if within.count(True) >= FEWEST else ():
            if last and not first <= year <= last:
                row = chart.rows[index]
                message = (
                    f'"{row.label}" is outside the period of {row.figure}, {brief.figures[row.figure or ""].as_at}'
                )
                loc: Loc = ("charts", name, "rows", index, "label")
                yield tree.problem(loc, message, "correct the label, or name another figure", warning=True)


def _period(date: str) -> tuple[int, int]:
    """Return the first and the last year in which a period of several years begins; zeros for any other date."""
    found = [int(each) for each in YEAR.findall(date)]
    return (min(found), max(found)) if len({*found}) > 1 else (0, 0)

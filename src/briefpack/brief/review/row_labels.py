"""Warn of two rows of a chart with one label, and of two whose labels are those of each other's figures."""

import re
from collections.abc import Iterator
from itertools import combinations

from briefpack.brief.charts import Chart
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

WORD = re.compile(r"\d{4}|[^\W\d_]{3,}")
FEWEST_GAINED = 2
"""The fewest words by which two labels fit each other's figures better than their own."""
STEM = 5
"""In letters: how much of a word is compared, so that its endings don't count."""


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each label that is on the wrong row."""
    for name, chart in brief.charts.items():
        if ("charts", name, "rows") in tree.lines:
            yield from _twice(name, chart, tree)
            yield from _exchanged(name, chart, brief, tree, locale)


def _twice(name: str, chart: Chart, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each label that an earlier row of the same group and series has."""
    first: dict[tuple[str | None, ...], int] = {}
    # Other kinds refuse a moment or a part that is there twice, and so do columns without groups.
    for index, row in enumerate(chart.rows):
        if not row.figure or not row.group or row.series:
            continue
        other = first.setdefault((row.label.casefold(), row.figure, row.group), index)
        if other != index:
            line = tree.line(("charts", name, "rows", other, "label"))
            message = f'"{row.label}" is the label of another row too, on line {line}'
            yield tree.problem(("charts", name, "rows", index, "label"), message, "give each row its own", warning=True)


def _exchanged(name: str, chart: Chart, brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each two rows of which each has the label that the other's figure means."""
    # "Before" and "after" tell two rows apart.
    small = {word for word in locale.drafts.small_words if len(word) < STEM}
    labels = {n: _stems(row.label, small) for n, row in enumerate(chart.rows) if row.figure in brief.figures}
    means = {
        n: _stems(f"{(figure := chart.rows[n].figure or '').replace('-', ' ')} {brief.figures[figure].means}", small)
        for n in labels
    }
    for one, two in combinations(labels, 2):
        if chart.rows[one].series == chart.rows[two].series and chart.rows[one].group == chart.rows[two].group:
            own = len(labels[one] & means[one]), len(labels[two] & means[two])
            crossed = len(labels[one] & means[two]), len(labels[two] & means[one])
            gained = [there - here for there, here in zip(crossed, own, strict=True)]
            if min(gained) >= 0 and sum(gained) >= FEWEST_GAINED:
                loc: Loc = ("charts", name, "rows", one, "figure")
                shown = [(chart.rows[n].label, chart.rows[n].figure) for n in (one, two)]
                message = f'"{shown[0][0]}" shows {shown[0][1]}, and "{shown[1][0]}", line {tree.line(("charts", name, "rows", two))}, shows {shown[1][1]}'
                yield tree.problem(loc, message, "exchange the two figures, or the two labels", warning=True)


def _stems(words: str, small: set[str]) -> set[str]:
    return {word[:STEM] for word in WORD.findall(words.casefold()) if word not in small}

"""Warn of a finding that calls a row of its chart the highest or the lowest where another row is."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.charts import Chart, Row
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief, Figure
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.numbers import NO_BREAK
from briefpack.text.yaml_lines import Tree

STEM = 4
"""In letters: the beginning that a word of a finding has in common with that of a row's label."""
WORD = re.compile(rf"[^\W\d_]{{{STEM},}}|(?<!\d)[12]\d{{3}}(?!\d)")
FEWEST = 3
"""The fewest rows of which one is called the highest or the lowest."""


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each finding whose one row that it names isn't what the finding calls it."""
    for name, chart in brief.charts.items():
        found = values(chart, brief)
        for last, words in ((-1, locale.slips.most), (0, locale.slips.least)) if len(found) >= FEWEST else ():
            said = _pattern(words).search(chart.finding) if words else None
            named = _named(chart) if said else []
            ends = sorted(range(len(found)), key=found.__getitem__)
            if said and len(named) == 1 and found[named[0]] != found[ends[last]]:
                own, other = (_said(chart.rows[at], brief, locale) for at in (named[0], ends[last]))
                message = f'"{" ".join(said[0].split())}": {own}, and {other}'
                hint = "correct the finding, or a figure"
                yield tree.problem(("charts", name, "finding"), message, hint, words=said[0], warning=True)


def _said(row: Row, brief: Brief, locale: Locale) -> str:
    written = Ledger(brief, locale).written(row.figure or "").replace(NO_BREAK, " ")
    return f'"{row.label}" is {written}'


def values(chart: Chart, brief: Brief) -> Sequence[Decimal]:
    """Return the value of each row of a chart, if each has a figure of its own in one unit, and there are no series."""
    figures = [found for row in chart.rows if (found := brief.figures.get(row.figure or ""))]
    alike = len({figure.unit for figure in figures}) == 1 and not any(row.series or row.group for row in chart.rows)
    return [_size(each) for each in figures] if alike and len(figures) == len(chart.rows) else []


def _size(figure: Figure) -> Decimal:
    """Return how large a figure is: one in 9 is more than one in 15."""
    return 1 / figure.value if figure.unit == "one in" and figure.value else figure.value


def _named(chart: Chart) -> list[int]:
    """Return the rows that the finding names by words that no other row's label has."""
    stems = [_stems(row.label) for row in chart.rows]
    said = _stems(chart.finding)
    return [at for at, own in enumerate(stems) if said & own - set().union(*stems[:at], *stems[at + 1 :])]


def _stems(words: str) -> set[str]:
    return {word[:STEM] for word in WORD.findall(words.casefold())}


@lru_cache(maxsize=16)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{typography.any_of(words)})\b", re.IGNORECASE)

"""Warn of a chart whose subtitle names other years than those of its rows."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.brief.charts import Chart
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
FEWEST = 3
"""The fewest years of a chart over time."""


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each such subtitle."""
    for name, chart in brief.charts.items():
        years = _years(chart)
        found = _period(locale).search(chart.subtitle or "") if len({*years}) >= FEWEST else None
        if found and (int(found["first"]), int(found["last"])) != (min(years), max(years)):
            message = f'"{found[0]}", but the rows are from {min(years)} to {max(years)}'
            hint = "correct the subtitle, or the rows"
            yield tree.problem(("charts", name, "subtitle"), message, hint, words=found[0], warning=True)


def _years(chart: Chart) -> list[int]:
    """Return the years of a chart's rows, if each label has one; none of a timeline's."""
    found = [YEAR.findall(row.label) for row in chart.rows]
    return [int(each[0]) for each in found] if all(len(each) == 1 for each in found) else []


@lru_cache(maxsize=16)
def _period(locale: Locale) -> re.Pattern[str]:
    joints = typography.any_of(("–", "-", *locale.slips.periods.values()))
    return re.compile(rf"(?<!\d)(?P<first>(?:19|20)\d\d)\s*(?:{joints})\s*(?P<last>(?:19|20)\d\d)(?!\d)")

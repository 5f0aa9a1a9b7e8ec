"""Warn of a timeline whose events aren't in the order of their dates, and of words of a date that it can't draw."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from briefpack.brief.charts import Chart
from briefpack.brief.model import Brief
from briefpack.brief.review.statements import month_number
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

DATE = re.compile(r"(?:(?:(?P<day>\d{1,2})\s+)?(?P<month>[^\W\d_]+)\.?\s+)?(?P<year>[12]\d{3})")
YEAR = re.compile(r"[12]\d{3}")
FEWEST_BACKWARDS = 3
"""The fewest events in reverse order that are meant so: two may be swapped by mistake."""
Dated = tuple[int, tuple[int, ...]]
"""An event: its row, and its year, month and day as far as they are known."""


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each event of a timeline that comes after a later one, or whose date is drawn in part."""
    for name, chart in brief.charts.items():
        if chart.kind == "timeline":
            yield from _vague(chart, name, tree, locale)
            whens = [row.when or "" for row in chart.rows]
            late = _late([(row, date) for row, when in enumerate(whens) if (date := _date(when, locale))])
            for earlier, row in late:
                loc = ("charts", name, "rows", row, "when")
                message = f'"{whens[row]}" comes after "{whens[earlier]}"'
                yield tree.problem(loc, message, "put the events in the order of their dates", warning=True)


def _vague(chart: Chart, name: str, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each date with a word such as late or before, which has no place on the scale."""
    pattern = _vague_words(locale)
    for row, each in enumerate(chart.rows if pattern else ()):
        found = pattern.search(each.when or "") if pattern else None
        if found and YEAR.search(each.when or ""):  # without a year, the chart itself refuses the date
            message = f'"{found[0]}" has no place on a scale of time, and "{each.when}" is drawn without it'
            hint = "name the month or the months, such as 2025-10"
            yield tree.problem(("charts", name, "rows", row, "when"), message, hint, words=found[0], warning=True)


@lru_cache(maxsize=16)
def _vague_words(locale: Locale) -> re.Pattern[str] | None:
    words = locale.slips.vague_dates
    if not words:
        return None
    # Words that no space separates may follow a digit: 2025年底.
    edges = (r"(?<![^\W\d_])", r"(?![^\W\d_])") if locale.spaced_words else ("", "")
    return re.compile(f"{edges[0]}(?:{typography.any_of(words)}){edges[1]}", re.IGNORECASE)


def _date(when: str, locale: Locale) -> tuple[int, ...]:
    """Return the year, month and day of a date as far as it has them; nothing for other words."""
    found = DATE.fullmatch(when.strip())
    if not found:
        return ()
    if not found["month"]:
        return (int(found["year"]),)
    month = month_number(found["month"], locale)
    if not month or not re.fullmatch(typography.month_names(locale), found["month"]):
        return ()
    return (int(found["year"]), month, *([int(found["day"])] if found["day"] else []))


def _late(events: list[Dated]) -> list[tuple[int, int]]:
    """Return the rows of each event before which a later one comes."""
    pairs = [(one, two) for one, two in pairwise(events) if _is_before(two[1], one[1])]
    backwards = len(events) >= FEWEST_BACKWARDS and len(pairs) == len(events) - 1
    return [] if backwards else [(one[0], two[0]) for one, two in pairs]


def _is_before(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    shared = min(len(one), len(two))
    return one[:shared] < two[:shared]

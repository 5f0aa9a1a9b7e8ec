"""Warn of a time between events in a timeline's words, such as eight months after, that fits no two of its events."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from briefpack.brief.charts import Chart
from briefpack.brief.figures import Ledger
from briefpack.brief.review import asks, statements
from briefpack.brief.review.statements import Date, Sentence
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

YEAR = 12
"""The months in a year."""
Event = tuple[int, Date]
"""A row of a timeline, and its date."""


def warn(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each number of months or years, in a finding or alternative text, that separates no two events."""
    pattern = _pattern(ledger.locale)
    for name, chart in ledger.brief.charts.items():
        for key in ("finding", "alt") if pattern and chart.kind == "timeline" else ():
            found = pattern.search(getattr(chart, key)) if pattern else None
            count = asks.stated(found["count"], ledger) if found else 0
            span = ledger.locale.slips.spans_of_time[found["unit"].casefold()] if found else 0
            spans = _spans(chart, ledger.locale, span)
            if found and count and spans and not any(_fits(count * span, each, span) for each in spans):
                shown = " ".join(found[0].split())
                message = f'"{shown}", but {_apart(chart, spans, ledger.locale)}'
                hint = "correct the number, or the when: of a row"
                yield tree.problem(("charts", name, key), message, hint, words=found[0], warning=True)


def _spans(chart: Chart, locale: Locale, unit: int) -> list[tuple[int, int, int]]:
    """Return the months between each pair of events, with their rows; if any row is strong, only its pairs."""
    dated = [(index, _date(row.when or "", locale)) for index, row in enumerate(chart.rows)]
    events = [(index, date) for index, date in dated if date and (date.month or unit == YEAR)]
    strong = {index for index, row in enumerate(chart.rows) if row.strong}
    if len(events) < len(chart.rows):
        return []
    return [
        (abs(_months(two) - _months(one)), a, b)
        for (a, one), (b, two) in combinations(events, 2)
        if not strong or strong & {a, b}
    ]


def _date(when: str, locale: Locale) -> Date | None:
    """Return the one date of a row; None for a period, or a date in other words."""
    found = statements.dates(Sentence.alone(when), locale)
    return found[0] if len(found) == 1 and found[0].span == (0, len(when)) else None


def _months(date: Date) -> int:
    return date.year * YEAR + date.month


def _fits(stated: int, apart: tuple[int, int, int], unit: int) -> bool:
    """Return whether two events are that many months apart; years are rounded."""
    return apart[0] == stated if unit == 1 else abs(apart[0] - stated) <= YEAR // 2 + (apart[0] > stated)


def _apart(chart: Chart, spans: list[tuple[int, int, int]], locale: Locale) -> str:
    """Return the words for the time between the two events that are furthest apart."""
    months, one, two = max(spans)
    whens = f'"{chart.rows[one].when}" and "{chart.rows[two].when}"'
    names = [name for name, length in locale.slips.spans_of_time.items() if length == 1]
    return f"no two events are that far apart; {whens} are {months} {names[-1]} apart"


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str] | None:
    if not locale.slips.later or not locale.slips.spans_of_time:
        return None
    words = typography.any_of(locale.listed("number-words")[1:])
    units, later = (typography.any_of(tuple(each)) for each in (locale.slips.spans_of_time, locale.slips.later))
    return re.compile(
        rf"(?<![\w-])(?P<count>{words}|\d{{1,3}}|\{{[^{{}}\s]+\}})\s+(?P<unit>{units})\s+(?:{later})(?!\w)",
        re.IGNORECASE,
    )

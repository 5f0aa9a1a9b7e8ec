"""Warn of alternative text that miscounts a chart's bars, dates a timeline otherwise, or misstates a mark's number."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.charts import Chart
from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.review import asks
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree, occurrence

YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


def warn(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each alternative text that its chart contradicts."""
    for name, chart in ledger.brief.charts.items():
        yield from _counts(name, chart, ledger, tree)
        yield from _dates(name, chart, ledger.locale, tree)
        yield from _mark(name, chart, ledger, tree)


def _counts(name: str, chart: Chart, ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning if the first number of bars, or of what else the kind draws, isn't that of the chart."""
    nouns = ledger.locale.slips.drawn.get(chart.kind, ())
    drawn = _drawn(chart, ledger) if nouns else set()
    for found in [*asks.counts(chart.alt, ledger.locale, nouns)][:1] if drawn - {0} else ():
        if asks.value(found.number, ledger.locale) not in drawn:
            shown = " ".join(chart.alt[slice(*found.span)].split())
            message, count = (
                f'"{shown}": the chart has another number',
                numbers.words(Decimal(max(drawn)), ledger.locale),
            )
            hint = f"{count}, and name each, or correct the rows" if len(drawn) == 1 else "count them again"
            yield tree.problem(
                ("charts", name, "alt"), message, hint, words=chart.alt[slice(*found.span)], warning=True
            )


def _drawn(chart: Chart, ledger: Ledger) -> set[int]:
    """Return the numbers of rows, and of what they have in common: a bar may be a row, or all rows with its label."""
    if chart.rows_from:
        return {sum(bool(ask.annual) for ask in ledger.brief.asks)}
    shared = ({getattr(row, key) for row in chart.rows} - {None} for key in ("label", "series", "group"))
    return ({len(chart.rows)} | {len(each) for each in shared}) - {0}


def _dates(name: str, chart: Chart, locale: Locale, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each date, or year, of a timeline's alternative text that no row of it has."""
    whens = [row.when or "" for row in chart.rows] if chart.kind == "timeline" else []
    # Without a year in each row, or with the years of a span, the text may work out another.
    if not whens or any(len(YEAR.findall(when)) != 1 for when in whens):
        return
    others = [text for row in chart.rows for text in (row.label, row.note, row.group)]
    yield from _outside(name, chart, {int(each) for each in YEAR.findall(chart.alt)}, tree)
    known = {_date(each) for text in (*whens, chart.finding, chart.note, *others)
             for each in _pattern(locale).finditer(text or "")}  # fmt: skip
    for found in _pattern(locale).finditer(chart.alt):
        year, month = _date(found)
        if not any(
            year == other and (not month or not known_month or month == known_month) for other, known_month in known
        ):
            message, hint = f'"{" ".join(found[0].split())}" is the date of no row', "correct it, or the row's when:"
            nth = occurrence(chart.alt, found[0], found.start())
            yield tree.problem(("charts", name, "alt"), message, hint, words=found[0], nth=nth, warning=True)


def _outside(name: str, chart: Chart, told: set[int], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for the one event of a timeline that is before, or after, all years of its alternative text."""
    years = [int(YEAR.findall(row.when or "")[0]) for row in chart.rows]
    outside = [index for index, year in enumerate(years) if told and not min(told) <= year <= max(told)]
    # Of two events, or with several outside, it may be the text that is mistaken.
    if len(outside) == 1 and len(years) >= FEWEST:
        message = f'"{chart.rows[outside[0]].when}" isn\'t in the time that the alternative text gives'
        loc = ("charts", name, "rows", outside[0], "when")
        yield tree.problem(loc, message, "correct the year here, or in alt:", warning=True)


FEWEST = 3
"""The fewest events of a timeline of which one may be judged by the others."""


def _date(found: re.Match[str]) -> tuple[str, str]:
    return found["year"], (found["month"] or "").casefold()[:3]


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    month = typography.month_names(locale)
    return re.compile(rf"(?:\b(?P<month>{month})\.?\s+)?(?<![\d,.$])(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d)")


def _mark(name: str, chart: Chart, ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning if the figure for one mark, in the alternative text, isn't the chart's `mark`."""
    shown, phrases = ledger.chart_figures(name), ledger.locale.slips.for_one
    before = re.compile(rf"(?<!\w)(?:{typography.any_of(phrases)})\s+$", re.IGNORECASE)
    for found in REFERENCE.finditer(chart.alt) if chart.mark and phrases else ():
        figure = ledger.brief.figures.get(split(found[1])[0])
        told = figure and split(found[1])[0] not in shown and before.search(chart.alt[: found.start()])
        if figure and chart.mark and told and figure.value != chart.mark:
            written = numbers.written(chart.mark, "", ledger.locale)
            message = (
                f"the alternative text says that one mark is for {found[0]}, {figure.value:,f}; mark: says {written}"
            )
            yield tree.problem(("charts", name, "mark"), message, "correct one of the two", warning=True)

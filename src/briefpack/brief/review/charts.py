"""Warn of the texts, labels, captions and events of charts that other parts of them contradict."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from briefpack.brief.blocks import KeyFigure
from briefpack.brief.charts import Chart
from briefpack.brief.local_page import LocalFact, LocalGlance, LocalPanel
from briefpack.brief.model import Glance, Panel
from briefpack.brief.review.reading import Reading
from briefpack.brief.review.statements import month_number
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


FEWEST = 4
"""The fewest years of a chart whose span an alternative text gives."""


def spans(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each alternative text with one end of its chart's years right and the other wrong."""
    ledger = reading.ledger
    for name, chart in ledger.brief.charts.items():
        years = [int(found[0]) for row in chart.rows if (found := YEAR.search(row.label))]
        found = _span(ledger.locale).search(chart.alt)
        if len({*years}) < FEWEST or not found:
            continue
        told, drawn = (int(found["first"]), int(found["last"])), (min(years), max(years))
        if (told[0] == drawn[0]) != (told[1] == drawn[1]):
            message = f'"{" ".join(found[0].split())}", but the chart goes from {drawn[0]} to {drawn[1]}'
            yield reading.tree.problem(
                ("charts", name, "alt"), message, "correct the years", words=found[0], warning=True
            )


@lru_cache(maxsize=16)
def _span(locale: Locale) -> re.Pattern[str]:
    first, then = (
        typography.any_of(words) for words in (tuple(locale.slips.from_to), tuple(locale.slips.from_to.values()))
    )
    year = r"(?P<%s>(?:19|20)\d\d)(?![\d–-])"
    return re.compile(rf"\b(?:{first})\s+{year % 'first'}\s+(?:{then})\s+{year % 'last'}", re.IGNORECASE)


DATE = re.compile(r"(?:(?:(?P<day>\d{1,2})\s+)?(?P<month>[^\W\d_]+)\.?\s+)?(?P<year>[12]\d{3})")
FEWEST_BACKWARDS = 3
"""The fewest events in reverse order that are meant so: two may be swapped by mistake."""
Dated = tuple[int, tuple[int, ...]]
"""An event: its row, and its year, month and day as far as they are known."""


def timelines(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each event of a timeline that comes after a later one."""
    tree, locale = reading.tree, reading.locale
    for name, chart in reading.brief.charts.items():
        if chart.kind == "timeline":
            whens = [row.when or "" for row in chart.rows]
            late = _late([(row, date) for row, when in enumerate(whens) if (date := _date(when, locale))])
            for earlier, row in late:
                loc = ("charts", name, "rows", row, "when")
                message = f'"{whens[row]}" comes after "{whens[earlier]}"'
                yield tree.problem(loc, message, "put the events in the order of their dates", warning=True)


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
    """Return the rows of each event and the earlier event after it; none if the whole timeline runs backwards."""
    pairs = [(one, two) for one, two in pairwise(events) if _is_before(two[1], one[1])]
    backwards = len(events) >= FEWEST_BACKWARDS and len(pairs) == len(events) - 1
    return [] if backwards else [(one[0], two[0]) for one, two in pairs]


def _is_before(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    shared = min(len(one), len(two))
    return one[:shared] < two[:shared]


DIGIT = re.compile(r"\d")
Captioned = tuple[Loc, tuple[str, ...], str]
"""A figure with a caption: the caption's location, its words and anything that tells it apart, the figure's id."""


def captions(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each caption, and each figure, that an earlier item of the same list has."""
    brief, tree = reading.brief, reading.tree
    for loc, part in walk(brief):
        if isinstance(part, Glance):
            yield from _repeated(tree, _captioned((*loc, "figures"), part.figures))
        elif isinstance(part, Panel | LocalPanel | LocalGlance):
            yield from _repeated(tree, _captioned((*loc, "facts"), part.facts))
        elif isinstance(part, Chart) and part.kind != "timeline":
            yield from _repeated(tree, _labelled(loc, part))


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


def years(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each row of a chart with one year in its label, and another in its figure's id."""
    for name, chart in reading.brief.charts.items():
        for number, row in enumerate(chart.rows):
            said, meant = {*YEAR.findall(row.label)}, {*YEAR.findall(row.figure or "")}
            if len(said) == len(meant) == 1 and said != meant:
                message = f'"{row.label}" shows {row.figure}'
                hint = f"name the figure of {min(said)}, or correct the label"
                place: Loc = ("charts", name, "rows", number, "figure")
                yield reading.tree.problem(place, message, hint, words=row.figure or "", warning=True)

"""Find words that aren't units, impossible shares, values far from their neighbours, and a rise said to be a fall."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.figures import WHOLE, is_outside
from briefpack.brief.model import Figure
from briefpack.brief.review.reading import Reading
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.currencies import CODES
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

UNITS = "AU$, £, GBP, %, one in, per thousand people, or the noun that is counted: people, years"


def not_units(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each figure whose unit isn't one."""
    for name, figure in reading.brief.figures.items():
        if hint := _meant(figure.unit, reading.locale):
            loc = ("figures", name, "unit")
            yield reading.tree.problem(loc, f'"{figure.unit}" is not a unit', hint, words=figure.unit)


def _meant(unit: str, locale: Locale) -> str:
    """Return the hint for a unit that isn't one; an empty text for a unit."""
    plain = " ".join(unit.lower().split())
    if plain in locale.slips.units:
        return locale.slips.units[plain]
    if "%" in unit and unit != "%":
        return '"%", with the other words in the text'
    if plain == "one in" and unit != "one in":
        return "one in, in lower case"
    if re.fullmatch(rf"(?:[\d.,]+\s*|(?:{typography.scales(locale)})\b).*", unit, re.IGNORECASE):
        return "put the whole number in value:, and name what it counts: people, years, AU$"
    return UNITS if re.fullmatch(r"[A-Z]{3}", unit) and unit not in CODES else ""


OF_A_WHOLE = "part-of-whole"
"""The chart kind whose rows are parts of a whole."""
MOST_WORDS = 3
"""The most words between "of" and the noun that a share is a share of."""


def impossible_parts(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each percentage in a chart of parts that can't be a part."""
    brief, tree = reading.brief, reading.tree
    rows = (row for chart in brief.charts.values() if chart.kind == OF_A_WHOLE or chart.shares for row in chart.rows)
    for name in dict.fromkeys(row.figure for row in rows):
        figure = brief.figures.get(name or "")
        if name and figure and figure.unit == "%" and is_outside(figure.value):
            hint = "correct the value, or show it in another kind of chart"
            yield tree.problem(("figures", name, "value"), _doubt(figure)[0], hint)
    for name, chart in brief.charts.items():
        figures = {row.figure: brief.figures[row.figure] for row in chart.rows if row.figure in brief.figures}
        # With a mark, each part is inside the one before it, and they needn't add up to less than the whole.
        if chart.kind == OF_A_WHOLE and not chart.mark and figures and len(figures) == len(chart.rows):
            yield from _check_sum(("charts", name), figures, tree)


def _check_sum(loc: Loc, figures: Mapping[str, Figure], tree: Tree) -> Iterator[Problem]:
    """Yield a problem for a chart whose parts exceed the whole, with its figures and their lines."""
    first, *others = figures.values()
    bare = first.unit == "%" and first.value != WHOLE
    whole, parts = (Decimal(WHOLE), [first, *others]) if bare else (first.value, others)
    total = sum((part.value for part in parts), Decimal(0))
    if total <= whole or any(part.value < 0 or part.value > whole or part.unit != first.unit for part in parts):
        return
    message = f"the parts exceed the whole, {whole:f}: {' + '.join(f'{part.value:f}' for part in parts)} = {total:f}"
    places = (f"{each} ({tree.shown(('figures', each, 'value'))})" for each in figures)
    yield tree.problem(loc, message, f"check its figures against their sources: {', '.join(places)}")


def impossible_shares(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each percentage that is called a share and is out of range."""
    for name, figure in reading.brief.figures.items():
        if figure.unit == "%" and is_outside(figure.value) and is_share(figure.means, reading.locale):
            message, hint = _doubt(figure)
            yield reading.tree.problem(("figures", name, "value"), message, hint, warning=True)


@lru_cache(maxsize=16)
def _plural(locale: Locale) -> str:
    """Return a pattern for the plural of what a share may be of: a percentage of costs may be more than the whole."""
    irregular = typography.any_of(tuple(locale.singulars.irregular))
    return rf"(?!(?:{typography.any_of(locale.slips.wholes)})\b)(?:{irregular}|[a-z]{{3,}}(?<![sui])s)\b"


def is_share(words: str, locale: Locale) -> bool:
    """Return whether words about a percentage call it a share of something, and not a change."""
    changed = _any(locale.slips.changes).search(words)
    return not changed and bool(_any(locale.slips.shares).search(words) or _begins_with_whole(words, locale))


def _begins_with_whole(words: str, locale: Locale) -> bool:
    """Return whether words after a number say of how many things it is a share."""
    return bool(_of(locale).match(f"{{}} {words}"))


def _doubt(figure: Figure) -> tuple[str, str]:
    """Return the message and the hint for a share that is doubtful."""
    side = "below zero" if figure.value < 0 else "over 100%"
    hint = "correct the value; if it is a change, say so in means: (growth, increase, change …)"
    return f"a share of a whole can't be {side}: {figure.value:f}%", hint


@lru_cache(maxsize=16)
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{typography.any_of(words)})\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _of(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a figure "of rented homes": "of GDP" or "of 2019 levels" may be more than the whole."""
    of = typography.any_of(locale.slips.share_of)
    wholes = typography.any_of(locale.slips.wholes)
    return re.compile(
        rf"\{{(?P<id>[^{{}}\s]*)\}}\s+(?:{of})\s+(?:(?!(?:{wholes})\b)[^\W\d_][\w’'-]*\s+){{0,{MOST_WORDS}}}?"
        rf"{_plural(locale)}"
    )

"""Find shares of a whole that are below zero or above 100 %; a change may be either."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.blocks import KeyFigure
from briefpack.brief.figures import WHOLE, is_outside, split
from briefpack.brief.model import Brief, Figure
from briefpack.brief.review.printed import Text
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

OF_A_WHOLE = "part-of-whole"
"""The chart kind whose rows are parts of a whole."""
MOST_WORDS = 3
"""The most words between "of" and the noun that a share is a share of."""


def check(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each percentage in a chart of parts that can't be a part."""
    rows = (row for chart in brief.charts.values() if chart.kind == OF_A_WHOLE or chart.shares for row in chart.rows)
    for name in dict.fromkeys(row.figure for row in rows):
        figure = brief.figures.get(name or "")
        if name and figure and _outside(figure):
            message, hint = _beyond(figure), "correct the value, or show it in another kind of chart"
            yield tree.problem(("figures", name, "value"), message, hint)
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


def warn(brief: Brief, texts: Iterable[Text], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each percentage that is called a share, or used as one, and can't be one."""
    beyond = {name: each for name, each in brief.figures.items() if _outside(each)}
    if not beyond:
        return
    captions = [(part.figure, part.caption) for _, part in walk(brief) if isinstance(part, KeyFigure)]
    used = {name for text in texts for name in _used(text.words, locale)}
    used |= {name for name, caption in captions if _begins_with_whole(caption, locale)}
    rows = [(row.figure or "", row.label) for chart in brief.charts.values() for row in chart.rows]
    for name, figure in beyond.items():
        said = " ".join([figure.means, *(words for other, words in (*captions, *rows) if other == name)])
        if not _any(locale.slips.changes).search(said) and (name in used or _any(locale.slips.shares).search(said)):
            hint = "correct the value; if it is a change, say so in means: (growth, increase, change …)"
            yield tree.problem(("figures", name, "value"), _beyond(figure), hint, warning=True)


def is_share(words: str, locale: Locale) -> bool:
    """Return whether words about a percentage call it a share of something, and not a change."""
    changed = _any(locale.slips.changes).search(words)
    return not changed and bool(_any(locale.slips.shares).search(words) or _begins_with_whole(words, locale))


def is_a_change(words: str, locale: Locale) -> bool:
    """Return whether words about a percentage call it a change, which may be small, negative or over 100%."""
    return bool(_any(locale.slips.changes).search(words))


def _begins_with_whole(words: str, locale: Locale) -> bool:
    """Return whether words after a number say of how many things it is a share."""
    return bool(_of(locale).match(f"{{}} {words}"))


def _outside(figure: Figure) -> bool:
    return figure.unit == "%" and is_outside(figure.value)


def _beyond(figure: Figure) -> str:
    side = "below zero" if figure.value < 0 else "over 100%"
    return f"a share of a whole can't be {side}: {figure.value:f}%"


def _used(words: str, locale: Locale) -> Iterator[str]:
    """Yield the figures after which a text says of how many things they are a share."""
    for found in _of(locale).finditer(words):
        yield split(found["id"])[0]


@lru_cache(maxsize=16)
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{typography.any_of(words)})\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _of(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a figure "of rented homes": "of GDP" or "of 2019 levels" may be more than the whole."""
    irregular = typography.any_of(tuple(locale.singulars.irregular))
    of = typography.any_of(locale.slips.share_of)
    wholes = typography.any_of(locale.slips.wholes)
    return re.compile(
        rf"\{{(?P<id>[^{{}}\s]*)\}}\s+(?:{of})\s+(?:(?!(?:{wholes})\b)[^\W\d_][\w’'-]*\s+){{0,{MOST_WORDS}}}?"
        rf"(?!(?:{wholes})\b)(?:{irregular}|[a-z]{{3,}}(?<![sui])s)\b"
    )

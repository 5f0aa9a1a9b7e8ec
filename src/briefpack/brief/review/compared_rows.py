"""Warn of alternative text that calls a row of its chart shorter or higher than another, where it isn't."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.brief.charts import Chart
from briefpack.brief.model import Brief
from briefpack.brief.review import superlatives
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

PAIR = 2


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each such text."""
    for name, chart in brief.charts.items() if locale.slips.comparatives else ():
        values = superlatives.values(chart, brief)
        for found in _pattern(locale).finditer(chart.alt) if len(values) > 1 else ():
            pair = _rows(found, len(values), locale)
            is_less = locale.slips.comparatives[found["word"].casefold()] == "less"
            if pair and not (values[pair[0]] < values[pair[1]] if is_less else values[pair[0]] > values[pair[1]]):
                shown = f"{found['which']}{found['between']}{found['word']}"
                message, hint = _contradiction(chart, brief, pair), "correct alt:, or exchange the rows"
                loc = ("charts", name, "alt")
                yield tree.problem(loc, f'"{" ".join(shown.split())}": {message}', hint, words=shown, warning=True)


def _contradiction(chart: Chart, brief: Brief, pair: tuple[int, int]) -> str:
    """Return the labels and the values of two rows."""
    rows = [chart.rows[at] for at in pair]
    return ", and ".join(f'"{row.label}" is {brief.figures[row.figure or ""].value:,f}' for row in rows)


def _rows(found: re.Match[str], count: int, locale: Locale) -> tuple[int, int] | None:
    """Return the row that is compared, and the other: the one named after it, or the only other."""
    one = _row(found["which"], count, locale)
    named = re.search(_ordinals(locale), found["rest"], re.IGNORECASE)
    two = _row(named[0], count, locale) if named else 1 - one if count == PAIR else one
    return (one, two) if one != two and max(one, two) < count else None


def _row(which: str, count: int, locale: Locale) -> int:
    ordinals = [typography.ordinal_stem(word) for word in locale.listed("ordinal-words")]
    stem = typography.ordinal_stem(which.casefold())
    return ordinals.index(stem) if stem in ordinals else count - 1


def _ordinals(locale: Locale) -> str:
    """Return a pattern for the first, the last, la première."""
    words = locale.listed("ordinal-words")
    forms = {form for word in words for form in (word, re.sub("ier$", "ière", word))}
    edges = (r"(?<!\w)", r"(?!\w)") if locale.spaced_words else ("", "")
    return f"(?:{typography.any_of((*forms, *locale.slips.last_rows))})".join(edges)


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the second is shorter, with at most three words between the row and what is said of it."""
    word = typography.any_of(tuple(locale.slips.comparatives))
    between = r"(?:\s+[^\W\d_]+){0,3}?\s+" if locale.spaced_words else r"[^\W\d_]{0,4}?"
    end = r"(?!\w)" if locale.spaced_words else ""
    return re.compile(
        rf"(?P<which>{_ordinals(locale)})(?P<between>{between})(?P<word>{word}){end}(?P<rest>[^.;:\u3002\uff1b\uff1a]*)",
        re.IGNORECASE,
    )

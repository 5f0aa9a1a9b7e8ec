"""Warn of alternative text that says the wrong rows of a chart are marked."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.brief.charts import Chart
from briefpack.brief.figures import Ledger
from briefpack.brief.review import asks
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree


def warn(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each such text; skip charts where two rows may share a label, since their rows can't be counted."""
    for name, chart in ledger.brief.charts.items():
        strong = [index for index, row in enumerate(chart.rows) if row.strong]
        pattern = _pattern(ledger.locale)
        found = pattern.search(chart.alt) if pattern and strong else None
        told = _told(found[0], chart, ledger.locale) if found and not any(row.series for row in chart.rows) else set()
        if found and told and told != {*strong}:
            row = chart.rows[strong[0]]
            line = tree.line(("charts", name, "rows", strong[0]))
            message = f'"{" ".join(found[0].split())}", but strong: marks the row "{row.label}", on line {line}'
            hint = "correct alt:, or move strong:"
            yield tree.problem(("charts", name, "alt"), message, hint, words=found[0], warning=True)


def _told(words: str, chart: Chart, locale: Locale) -> set[int]:
    """Return the rows that some words name, counted from the first or the last."""
    found: set[int] = set()
    for each in _place(locale).finditer(words):
        number = each["before"] or each["after"]
        count = asks.value(number, locale) if number else 1
        which, total = each["which"].casefold(), len(chart.rows)
        ordinals = [typography.ordinal_stem(word) for word in locale.listed("ordinal-words")]
        first = total - count if which in locale.slips.last_rows else ordinals.index(typography.ordinal_stem(which))
        found |= {*range(first, first + count)}
    return found if all(0 <= index < len(chart.rows) for index in found) else set()


@lru_cache(maxsize=16)
def _place(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the second, the last two and les deux dernières."""
    ordinals = locale.listed("ordinal-words")
    first = tuple(form for word in ordinals for form in (word, f"{word}s", re.sub("ier$", "ière", word)))
    which = typography.any_of((*first, *locale.slips.last_rows))
    count = typography.any_of(locale.listed("number-words")[1:])
    return re.compile(
        rf"(?<!\w)(?:(?P<before>{count})\s+)?(?P<which>{which})(?:\s+(?P<after>{count}))?(?!\w)", re.IGNORECASE
    )


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str] | None:
    """Return a pattern for one or more such ordinals, and the words that say they are marked."""
    if not locale.slips.marked or not locale.slips.last_rows:
        return None
    place = re.sub(r"\?P<\w+>", "?:", _place(locale).pattern)
    noun = r"(?:\s+(?!and\b)[^\W\d_]+)?"
    joined = rf"{place}(?:(?:,|\s+[^\W\d_]{{1,3}}|,\s+[^\W\d_]{{1,3}})\s+(?:[^\W\d_]{{2,3}}\s+)?{place})*"
    marked = typography.any_of(locale.slips.marked)
    return re.compile(rf"{joined}{noun}\s+(?:{marked})(?!\w)", re.IGNORECASE)

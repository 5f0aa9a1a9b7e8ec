"""Warn of numbers that are typed into a text instead of coming from the figures, or that point to a part."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.figures import Ledger
from briefpack.brief.model import Figure
from briefpack.brief.review import counts, data_files, leftovers, pictures
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale

COMMON = 20
"""Numbers up to this one are too common to name a figure by the value alone."""
MOST_NAMED = 3
SHORT_SCALES = {"b": 9, "bn": 9, "m": 6, "mn": 6, "k": 3}


def find(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each number typed into a text, unless another rule is about that number."""
    counted = (*leftovers.note_marks(reading), *counts.of_parts(reading))
    # A note mark may be in a bracket.
    places = {(each.line, (each.column or 0) + inside) for each in counted for inside in (0, 1)}
    others = {*pictures.files_instead(reading), *leftovers.numbered(reading)}
    for text in reading.texts:
        if text.is_prose and text.loc not in others and not _is_a_label(reading, text):
            for start, end in typography.loose_places(text.words, reading.locale):
                message, hint = _said(reading, text, (start, end))
                found = warning(reading.tree, text, (start, end), message, hint)
                if (found.line, found.column) not in places:
                    yield found


def _is_a_label(reading: Reading, text: Text) -> bool:
    """Return whether a text is a data file's own words, or the moment of a chart's column: Year 1."""
    chart = reading.brief.charts.get(str(text.loc[1])) if text.loc[0] == "charts" else None
    return reading.tree.is_filled(text.loc) or bool(chart and chart.kind == "columns" and text.loc[-1] == "label")


def _said(reading: Reading, text: Text, span: tuple[int, int]) -> tuple[str, str]:
    """Return the message and the hint for a typed number, which name the figure with its value if there is one."""
    ledger, tree = reading.ledger, reading.tree
    typed, same, held = text.words[slice(*span)], _same(ledger, text.words, span), data_files.taken(tree)
    if elsewhere := _pointer(ledger, text.words, span[0], typed):
        return elsewhere
    if same and held.issuperset(same):
        message = f'the number "{typed}" is typed here, and is on {tree.shown(("figures", same[0], "value"))}'
        return message, "add a figure with data: and the column and row of the cell, and write {its-id} here"
    if same := tuple(each for each in same if each not in held):
        message = f'the number "{typed}" is typed here, and is in figures: as {" and as ".join(same)}'
        return message, f"write {' or '.join(f'{{{each}}}' for each in same)}"
    return f'the number "{typed}" does not come from figures:', "add it to figures: and write {its-id} here"


def _same(ledger: Ledger, words: str, place: tuple[int, int]) -> tuple[str, ...]:
    """Return the ids of the figures that a typed number may be; none if there are too many to name."""
    typed, after = words[slice(*place)], words[place[1] :].lstrip()
    value = _value(typed, ledger.locale)
    found = {name: each for name, each in ledger.brief.figures.items() if each.value == value and _alike(typed, each)}
    counted = tuple(name for name, each in found.items() if after.startswith(each.unit))
    # In 40 °C, nothing is counted.
    if counted or typed.endswith("%") or numbers.names_money(typed) or (value > COMMON and not after.startswith("°")):
        return counted or (tuple(found) if len(found) <= MOST_NAMED else ())
    return ()


def _alike(typed: str, figure: Figure) -> bool:
    """Return whether a typed number is money, a percentage or neither, like a figure."""
    return (numbers.names_money(typed), typed.endswith("%")) == (
        numbers.is_currency(figure.unit) and not figure.unit.isalpha(),
        figure.unit == "%",
    )


def _value(typed: str, locale: Locale) -> Decimal:
    """Return the value of a number in digits, with a scale if it has one."""
    found = re.search(typography.digits(locale), typed)
    assert found  # noqa: S101 -- it has been found by its digits
    scale = re.sub(r"[\W\d_]", "", typed[found.end() :].lower())
    return typography.value(found[0], locale).scaleb(_powers(locale).get(scale, 0))


def _powers(locale: Locale) -> dict[str, int]:
    """Return the power of ten that each word after a number stands for."""
    forms = ("", *(f"-{form}" for form in (*locale.plurals, "other")))
    named = {locale.labels.get(f"{name}{form}", name): power for power, name in locale.powers for form in forms}
    return {word.lower(): power for word, power in named.items()} | SHORT_SCALES


READ_BEFORE = 30
"""In letters: the words before a number that are read."""


def _pointer(ledger: Ledger, words: str, start: int, typed: str) -> tuple[str, str] | None:
    """Return the message and the hint for a typed reference, such as ask 9, that leads nowhere."""
    asks, charts = _pointing(ledger.locale)
    before = words[max(0, start - READ_BEFORE) : start]
    if found := asks.search(before):
        count = len(ledger.brief.asks)
        if not typed.isdigit() or 1 <= int(typed) <= count:
            return None
        has = f"{numbers.words(Decimal(count), ledger.locale)} ask{'s' * (count != 1)}"
        return f'"{_shown(found[0], typed)}": the brief has {has}', "correct the number, or name the ask"
    if (found := charts.search(before)) and not OF_ANOTHER.match(words, start + len(typed)):
        return f'"{_shown(found[0], typed)}": charts and tables have no numbers in print', "say what it shows"
    return None


OF_ANOTHER = re.compile(r"[,.]?\s+(?:of|in|on|de|du)\s|\s*\[\^|[.\d]*\d")
"""Words after a number that point to another publication."""


def _shown(noun: str, typed: str) -> str:
    return " ".join(f"{noun}{typed}".split())


@lru_cache(maxsize=16)
def _pointing(locale: Locale) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return two patterns: for the words before the number of an ask, and before the number of a chart."""
    ends = [rf"(?<![\w-])(?i:{typography.any_of(words)})\s+$" if words else "(?!)"
            for words in (locale.drafts.ask, locale.slips.numbered)]  # fmt: skip
    return re.compile(ends[0]), re.compile(ends[1])

"""Warn of numbers that are typed into a text instead of coming from the figures."""

import re
from collections.abc import Iterator
from decimal import Decimal

from briefpack.brief.figures import Ledger
from briefpack.brief.model import Figure
from briefpack.brief.review import counts, data_files
from briefpack.brief.review.reading import Reading, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale

MOST_NAMED = 3
SHORT_SCALES = {"b": 9, "bn": 9, "m": 6, "mn": 6, "k": 3}


def find(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each number typed into a text, unless another rule is about that number."""
    tree = reading.tree
    counted = {(problem.line, problem.column) for problem in counts.of_parts(reading)}
    for text in reading.texts:
        if not text.is_prose or tree.is_filled(text.loc):
            continue
        for span in typography.loose_places(text.words, reading.locale):
            message, hint = _said(reading, text.words, span)
            problem = warning(tree, text, span, message, hint)
            if (problem.line, problem.column) not in counted:
                yield problem


def _said(reading: Reading, words: str, span: tuple[int, int]) -> tuple[str, str]:
    """Return the message and the hint for a typed number, which name the figure with its value if there is one."""
    tree, cells, typed = reading.tree, data_files.taken(reading.tree), words[slice(*span)]
    same = _same(reading.ledger, typed, words[span[1] :])
    written = [name for name in same if name not in cells]
    if written:
        named = " and as ".join(written)
        message = f'the number "{typed}" is typed here, and is in figures: as {named}'
        return message, f"write {' or '.join(f'{{{name}}}' for name in written)}"
    if same:
        message = f'the number "{typed}" is typed here, and is on {tree.shown(("figures", same[0], "value"))}'
        return (
            message,
            "add a figure with data: and the column and row of the cell, and write {its-id} here",
        )
    return (
        f'the number "{typed}" does not come from figures:',
        "add it to figures: and write {its-id} here",
    )


def _same(ledger: Ledger, typed: str, after: str) -> list[str]:
    """Return the ids of the figures that a typed number may be; none if there are too many to name."""
    value = _value(typed, ledger.locale)
    equal = {name: figure for name, figure in ledger.brief.figures.items() if figure.value == value}
    same = [name for name in equal if _is_of(equal[name], typed, after, ledger.locale)]
    return same if len(same) <= MOST_NAMED else []


def _is_of(figure: Figure, typed: str, after: str, locale: Locale) -> bool:
    """Return whether a figure's unit is on a typed number, or its unit or meaning follows."""
    if numbers.names_money(typed):
        return numbers.is_currency(figure.unit) and not figure.unit.isalpha()
    per_cent = locale.label("per-cent", number="").strip().replace(numbers.NO_BREAK, " ")
    if typed.endswith(("%", per_cent)) or figure.unit in {"%", "one in"}:
        return typed.endswith(("%", per_cent)) and figure.unit == "%"
    noun = figure.means.partition(" ")[0]
    return bool(re.match(rf"\s*(?i:{re.escape(figure.unit)}|{re.escape(noun)})(?!\w)", after))


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

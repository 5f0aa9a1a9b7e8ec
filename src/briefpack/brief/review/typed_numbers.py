"""Warn of numbers that are typed into a text instead of coming from the figures."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from briefpack.brief.figures import Ledger
from briefpack.brief.model import Figure
from briefpack.brief.review import cells, pointers
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

LOOSE = "number-not-from-ledger"
"""The id of this check in `briefpack explain`."""
COMMON = 20
"""Numbers up to this one are too common to name a figure by the value alone."""
MOST_NAMED = 3
SHORT_SCALES = {"b": 9, "bn": 9, "m": 6, "mn": 6, "k": 3}


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each number typed into a text, which names the figure with its value if there is one."""
    held = cells.taken(tree)
    for text in texts:
        # A text from a data file is that file's own words.
        if tree.is_filled(text.loc):
            continue
        for start, end in typography.loose_places(text.words, ledger.locale) if text.is_prose else ():
            typed, same = text.words[start:end], _same(ledger, text.words, (start, end))
            message = f'the number "{typed}" does not come from figures:'
            hint = "add it to figures: and write {its-id} here"
            if same and held.issuperset(same):
                message = f'the number "{typed}" is typed here, and is on {tree.shown(("figures", same[0], "value"))}'
                hint = "add a figure with data: and the column and row of the cell, and write {its-id} here"
            elif same := tuple(each for each in same if each not in held):
                message = f'the number "{typed}" is typed here, and is in figures: as {" and as ".join(same)}'
                hint = f"write {' or '.join(f'{{{each}}}' for each in same)}"
            elsewhere = pointers.read(ledger, text.words, start, typed)
            message, hint = (
                (f'"{elsewhere.words}": {elsewhere.message}', elsewhere.hint) if elsewhere else (message, hint)
            )
            yield warning(tree, text, (start, end), message, hint, LOOSE)


def _same(ledger: Ledger, words: str, place: tuple[int, int]) -> tuple[str, ...]:
    """Return the ids of the figures that a typed number may be; none if there are too many to name."""
    typed, after = words[slice(*place)], words[place[1] :].lstrip()
    value = _value(typed, ledger.locale)
    found = {name: each for name, each in ledger.brief.figures.items() if each.value == value and _alike(typed, each)}
    counted = tuple(name for name, each in found.items() if after.startswith(each.unit))
    if counted or typed.endswith("%") or numbers.names_money(typed) or value > COMMON:
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

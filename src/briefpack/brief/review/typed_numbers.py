"""Warn of numbers that are typed into a text instead of coming from the figures."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from briefpack.brief import relations
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
        # A text from a data file is that file's own words, and a column's label is its moment: Year 1.
        if tree.is_filled(text.loc) or _names_a_moment(ledger, text):
            continue
        for start, end in typography.loose_places(text.words, ledger.locale) if text.is_prose else ():
            typed, same = text.words[start:end], _same(ledger, text.words, (start, end))
            if own := _of_the_ask(ledger, text, end, same):
                value = ledger.brief.figures[own].value
                differs = (
                    "" if own in same else f", and this ask's {ledger.brief.figures[own].unit} are {own}, {value:,f}"
                )
                message = f'the number "{typed}" is typed here{differs or f", and is in figures: as {own}"}'
                yield warning(tree, text, (start, end), message, f"write {{{own}}}", LOOSE)
                continue
            message = f'the number "{typed}" does not come from figures:'
            hint = "add it to figures: and write {its-id} here"
            if same and held.issuperset(same):
                message = f'the number "{typed}" is typed here, and is on {tree.shown(("figures", same[0], "value"))}'
                hint = "add a figure with data: and the column and row of the cell, and write {its-id} here"
            elif same := tuple(each for each in same if each not in held):
                message = f'the number "{typed}" is typed here, and is in figures: as {" and as ".join(same)}'
                hint = f"write {' or '.join(f'{{{each}}}' for each in same)}"
            elif meant := _exchanged(ledger, text.words, (start, end)):
                written = ledger.written(meant, "bare").replace(numbers.NO_BREAK, " ")
                message = f'the number "{typed}" is typed here, and {meant}, with the same digits, is {written}'
                hint = f"write {{{meant}}}, if that is meant, or add the number to figures:"
            elsewhere = pointers.read(ledger, text.words, start, typed)
            message, hint = (
                (f'"{elsewhere.words}": {elsewhere.message}', elsewhere.hint) if elsewhere else (message, hint)
            )
            yield warning(tree, text, (start, end), message, hint, LOOSE)


def _of_the_ask(ledger: Ledger, text: Text, end: int, same: tuple[str, ...]) -> str:
    """Return the one figure of an ask's own sums whose unit follows a number typed in it, if some figure has its value."""
    if text.loc[0] != "asks":
        return ""
    ask = ledger.brief.asks[int(text.loc[1])]
    costs = {ask.amount, ask.annual} - {None}
    held = [{*relations.terms(each.holds)} for each in ledger.brief.relations]
    own = {name for names in held if costs & names for name in names if name in ledger.brief.figures} | costs
    after = text.words[end:].lstrip(" -")
    counted = [name for name in sorted(filter(None, own)) if after.startswith(ledger.brief.figures[name].unit)]
    return counted[0] if len(counted) == 1 and same else ""


def _names_a_moment(ledger: Ledger, text: Text) -> bool:
    chart = ledger.brief.charts.get(str(text.loc[1])) if text.loc[0] == "charts" else None
    return chart is not None and chart.kind == "columns" and text.loc[-1] == "label"


def _same(ledger: Ledger, words: str, place: tuple[int, int]) -> tuple[str, ...]:
    """Return the ids of the figures that a typed number may be; none if there are too many to name."""
    typed, after = words[slice(*place)], words[place[1] :].lstrip()
    value = _value(typed, ledger.locale)
    found = {name: each for name, each in ledger.brief.figures.items() if each.value == value and _alike(typed, each)}
    counted = tuple(name for name, each in found.items() if after.startswith(each.unit))
    if counted or typed.endswith("%") or numbers.names_money(typed) or value > COMMON:
        return counted or (tuple(found) if len(found) <= MOST_NAMED else ())
    return ()


FEWEST_EXCHANGED = 100
"""The smallest number to compare with the digits of figures; with 13 and 31, a match may be chance."""


def _exchanged(ledger: Ledger, words: str, place: tuple[int, int]) -> str:
    """Return the one figure whose digits a typed number has in another order, and whose unit follows it."""
    typed, after = words[slice(*place)], words[place[1] :].lstrip(" -")
    digits = re.sub(r"\D", "", typed)
    value = _value(typed, ledger.locale)
    found = [
        name
        for name, figure in ledger.brief.figures.items()
        if sorted(f"{figure.value.normalize():f}") == sorted(f"{value.normalize():f}")
        and figure.value != value
        and value >= FEWEST_EXCHANGED
        and len({*digits}) > 1
        and _alike(typed, figure)
        and (after.startswith(figure.unit) or not figure.unit.isalpha())
    ]
    return found[0] if len(found) == 1 else ""


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

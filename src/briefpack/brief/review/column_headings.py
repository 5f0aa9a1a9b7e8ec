"""Warn of a data file's column whose heading names another unit, or thousands, than its numbers print in."""

import re
from collections.abc import Iterator

from briefpack.brief.model import Brief, Figure
from briefpack.brief.review import cells
from briefpack.problem import Problem
from briefpack.text import numbers
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Place, Tree

SHARE = re.compile(r"\(\s*%\s*\)|(?<![\w.])%\s*$")
MONEY = re.compile(r"\(\s*(?:[A-Z]{1,3}[$£]|[$£€])\s*\)|(?<!\S)[$£€]\s*$")
THOUSANDS = re.compile(r"(?<!\d)['’]?000s?\b(?!\s*\d)|(?<=[$£€])k\b", re.IGNORECASE)
SHARES = {"%", "percentage points"}


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for the first number of each such column."""
    told: set[str] = set()
    held = cells.taken(tree)
    for name, figure in brief.figures.items():
        heading = _heading(name, figure, tree, taken=name in held)
        fault = _fault(heading, figure, locale) if heading and heading not in told else None
        if fault:
            told.add(heading)
            yield tree.problem(("figures", name, "value"), *fault, warning=True)


def _heading(name: str, figure: Figure, tree: Tree, *, taken: bool) -> str:
    """Return the heading of the column that a figure comes from, as far as it is known."""
    place = tree.origins.get(("figures", name, "value"))
    if not isinstance(place, Place):
        return ""
    return figure.means.partition(", ")[0] if taken else place.name


def _fault(heading: str, figure: Figure, locale: Locale) -> tuple[str, str] | None:
    """Return the message and the hint for a heading that contradicts the unit of its numbers."""
    money = numbers.is_currency(figure.unit)
    if SHARE.search(heading) and figure.unit not in SHARES:
        return f'the heading "{heading}" says %, but the unit of its numbers is {figure.unit}', "correct unit:"
    if MONEY.search(heading) and not money:
        return f'the heading "{heading}" says money, but the unit of its numbers is {figure.unit}', "correct unit:"
    scale = _scale(heading, money=money, locale=locale)
    if scale:
        hint = f"write the numbers out in the file ({figure.value:,f} as {figure.value * 10**scale:,f}), and the heading without it"
        return f'the heading "{heading}" is in {10**scale:,}s, and a number prints as it is: {figure.value:,f}', hint
    return None


def _scale(heading: str, *, money: bool, locale: Locale) -> int:
    """Return the power of ten by which a heading says that its numbers must be multiplied; 0 for none."""
    if THOUSANDS.search(heading):
        return 3
    for power, word in locale.powers:
        short = rf"|[$£€]\s*{word[0]}n?\b|\(\s*{word[0]}n?\s*\)" if money else ""
        named = rf"\b{re.escape(locale.labels.get(word, word))}s?\b"
        if re.search(named + short, heading, re.IGNORECASE):
            return power
    return 0

"""Refuse units that are words for another unit, codes of no currency, or a scale: only the number would print.

Warn of one currency that is written in two ways.
"""

import re
from collections import Counter
from collections.abc import Iterator

from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.currencies import CODES
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

SIGNS = ({"A$", "AU$", "AUD"}, {"US$", "USD"}, {"NZ$", "NZD"}, {"C$", "CA$", "CAD"}, {"S$", "SG$", "SGD"}, {"HK$", "HKD"},
         {"£", "GBP"}, {"€", "EUR"})  # fmt: skip
"""The ways of writing each currency."""
UNITS = "AU$, £, GBP, %, one in, per thousand people, or the noun that is counted: people, years"


def check(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a problem for each figure whose unit isn't one."""
    for name, figure in brief.figures.items():
        if hint := _meant(figure.unit, locale):
            loc = ("figures", name, "unit")
            yield tree.problem(loc, f'"{figure.unit}" is not a unit', hint, words=figure.unit)


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure whose currency most other figures write in another way."""
    for signs in SIGNS:
        written = Counter(figure.unit for figure in brief.figures.values() if figure.unit in signs)
        usual = written.most_common(1)[0][0] if len(written) > 1 else ""
        for name, figure in brief.figures.items() if usual else ():
            if figure.unit in signs and figure.unit != usual:
                message = f'"{figure.unit}" is written "{usual}" in other figures'
                loc = ("figures", name, "unit")
                yield tree.problem(loc, message, usual, words=figure.unit, warning=True)


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

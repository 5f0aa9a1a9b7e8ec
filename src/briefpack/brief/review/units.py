"""Refuse units that are words for another unit, codes of no currency, or a scale: only the number would print."""

import re
from collections.abc import Iterator

from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.currencies import CODES
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

UNITS = "AU$, £, GBP, %, one in, per thousand people, or the noun that is counted: people, years"


def check(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a problem for each figure whose unit isn't one."""
    for name, figure in brief.figures.items():
        if hint := _meant(figure.unit, locale):
            loc = ("figures", name, "unit")
            yield tree.problem(loc, f'"{figure.unit}" is not a unit', hint, words=figure.unit)


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

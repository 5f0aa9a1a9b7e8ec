"""Find mistakes in the cells, rows and columns of data files, and in how the brief names them."""

import re
from collections.abc import Iterator

from briefpack.brief import relations, roles
from briefpack.brief.figures import REFERENCE, split
from briefpack.brief.model import Figure
from briefpack.brief.review.reading import Reading
from briefpack.problem import Problem
from briefpack.text import numbers
from briefpack.text.locale import Locale
from briefpack.text.tables import NO_RESULT, UNCALCULATED
from briefpack.text.yaml_lines import Loc, Place, Tree, texts


def cells(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each reference to a data file's cell by its id, and for each formula without a result.

    A new row would change what a cell's id means.
    """
    tree = reading.tree
    yield from _uncalculated(tree)
    cells = taken(tree)
    for loc, text in texts(tree.data) if cells else ():
        for name in _named(loc, text):
            if name in cells and not tree.is_filled(loc):
                message = f'"{name}" is the cell of a data file, which a new row would move'
                hint = "add a figure with data: and the column and row of the cell, and name that"
                yield tree.problem(loc, message, hint, words=name)


def _uncalculated(tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each formula of a spreadsheet that no program has calculated: it would print as text."""
    for loc, text in texts(tree.data) if tree.origins else ():
        if text == NO_RESULT and tree.is_filled(loc) and loc[0] != "figures":
            yield tree.problem(loc, "the formula has no result yet", UNCALCULATED)


def never_used(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each data file that nothing uses."""
    tree = reading.tree
    used = {origin[1] for origin in tree.origins.values() if isinstance(origin, tuple) and origin[0] == "data"}
    lists = (tree.data.get("local_data"), tree.data.get("local_lists"))
    used |= {text for part in lists for loc, text in texts(part) if loc[1:] == ("data", "from")}
    for name in tree.data.get("data") or ():
        if name not in used:
            hint = f"use it with data: {{from: {name}, …}}, or delete it"
            yield tree.problem(("data", name), "this data file is never used", hint, warning=True)


def taken(tree: Tree) -> set[str]:
    """Return the ids of the figures that are cells of data files."""
    return {str(loc[1]) for loc in tree.origins if len(loc) == 2 and loc[0] == "figures"}


def _named(loc: Loc, text: str) -> Iterator[str]:
    yield from (split(found)[0] for found in REFERENCE.findall(text))
    if roles.part_named(loc) == "figures":
        yield text
    if loc[-1] == "holds":
        yield from relations.terms(text)


SHARE = re.compile(r"\(\s*%\s*\)|(?<![\w.])%\s*$")
MONEY = re.compile(r"\(\s*(?:[A-Z]{1,3}[$£]|[$£€])\s*\)|(?<!\S)[$£€]\s*$")
THOUSANDS = re.compile(r"(?<!\d)['’]?000s?\b(?!\s*\d)|(?<=[$£€])k\b", re.IGNORECASE)
SHARES = {"%", "percentage points"}


def headings(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for the first number of each column whose heading contradicts the unit."""
    tree = reading.tree
    told: set[str] = set()
    held = taken(tree)
    for name, figure in reading.brief.figures.items():
        heading = _heading(name, figure, tree, taken=name in held)
        fault = _fault(heading, figure, reading.locale) if heading and heading not in told else None
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


def repeated_rows(reading: Reading) -> Iterator[Problem]:
    """Yield a warning at each row of a data file with the label of an earlier one, in the same series and group."""
    tree = reading.tree
    told: set[Place] = set()
    for name, chart in reading.brief.charts.items():
        first: dict[tuple[str | None, ...], Loc] = {}
        for index, row in enumerate(chart.rows):
            loc: Loc = ("charts", name, "rows", index)
            place = tree.origins.get(loc)
            earlier = first.setdefault((row.label, row.series, row.group, row.when), loc)
            if isinstance(place, Place) and place not in told and place != tree.origins.get(earlier):
                told.add(place)
                message = f'"{row.label}" is here twice, first on {tree.shown(earlier)}'
                yield tree.problem(loc, message, "delete one of the two rows, or correct its label", warning=True)

"""Warn of a share or a multiple in the words of a chart, such as a third or doubled, that its values contradict."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from briefpack.brief.charts import Chart, Row
from briefpack.brief.figures import WHOLE
from briefpack.brief.model import Brief, Figure
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

ROUNDED = 0.15
"""How far a value may be from its share in words, as a part of that share: 36% is called a third."""
EXCESS = 1.6
"""How many times a share the value is at most that is called more than it: 56% is more than half, and 90% isn't."""
MOST_ROWS = 12
WHOLE_AND_PARTS = "part-of-whole"
"""The kind of chart whose largest row is the whole of the others."""


@dataclass(frozen=True)
class Said:
    """A share or a multiple in words: as written, its value, and whether the words before it say above or below, and only just.

    `one_in` is the number of one in eight, and `has_noun` says that a noun is between the two: one child in eight.
    """

    words: str
    value: float
    is_multiple: bool
    side: str = ""
    is_close: bool = False
    one_in: int = 0
    has_noun: bool = False

    def fits(self, value: float) -> bool:
        """Return whether a value may be called so."""
        low, high = {
            "above": (1 - ROUNDED / 5, 1 + ROUNDED if self.is_close else EXCESS),
            "below": (1 - ROUNDED * (1 if self.is_close else 2), 1 + ROUNDED / 5),
        }.get(self.side, (1 - ROUNDED, 1 + ROUNDED))
        return self.value * low <= value <= self.value * high


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each share or multiple in a finding or an alternative text that no value of its chart is near."""
    for name, chart in brief.charts.items():
        if len(chart.rows) > MOST_ROWS:
            continue
        for key, words, noun in (("finding", chart.finding, "finding"), ("alt", chart.alt, "alternative text")):
            # An alternative text may be about any row; a finding is about the emphasised ones.
            rows = _rows(chart, brief.figures)
            about = rows if key == "alt" else _strong(rows)
            for each in said(words, locale):
                values = _values(chart, brief.figures, each, about, _is_named(words, about, locale))
                if values and not any(each.fits(value) for value in values):
                    message, hint = _contradiction(chart, brief.figures, about), f"correct the {noun}, or a figure"
                    loc = ("charts", name, key)
                    yield tree.problem(loc, f'"{each.words}": {message}', hint, words=each.words, warning=True)


def _is_named(words: str, rows: list[Row], locale: Locale) -> bool:
    """Return whether a finding is about its one emphasised row, and not about the rest: it has the words of the row's label."""
    label, said = (" ".join(each.casefold().split()) for each in (rows[0].label if len(rows) == 1 else "", words))
    negations = re.compile(rf"(?<!\w)(?:{typography.any_of(locale.slips.absent)})(?!\w)", re.IGNORECASE)
    is_alike = bool(locale.slips.absent) and bool(negations.search(label)) == bool(negations.search(said))
    return bool(label) and label in said and is_alike


def _rows(chart: Chart, figures: Mapping[str, Figure]) -> list[Row]:
    """Return the rows with a value, if all are in one unit."""
    rows = [row for row in chart.rows if row.figure in figures]
    return rows if len({figures[row.figure or ""].unit for row in rows}) == 1 else []


def _strong(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.strong] or rows


def _contradiction(chart: Chart, figures: Mapping[str, Figure], about: list[Row]) -> str:
    """Return the words for the values that contradict some words, and for another if they are parts of that."""
    rows = _rows(chart, figures)
    if chart.kind == WHOLE_AND_PARTS and figures[rows[0].figure or ""].unit not in {"%", "one in"}:
        *parts, whole = sorted(rows, key=lambda row: figures[row.figure or ""].value)
        share = figures[parts[-1].figure or ""].value / figures[whole.figure or ""].value
        return f"{_shown(parts[-1], figures)}, {share:.0%} of {whole.figure}"
    strong = _strong(rows)[0]
    if figures[strong.figure or ""].unit in {"%", "one in"}:
        return ", ".join(_shown(row, figures) for row in about[:FEW])
    other = next((row for row in rows if row is not strong), None)
    beside = f", and {_shown(other, figures)}" if other else ""
    return f"{_shown(strong, figures)}{beside}"


FEW = 3
"""How many values a message lists."""


def _shown(row: Row, figures: Mapping[str, Figure]) -> str:
    """Return the id and the value of a row's figure."""
    figure = figures[row.figure or ""]
    value = f"{figure.value:,f}"
    written = {"%": f"{value}%", "one in": f"1 in {value}"}.get(figure.unit, value)
    return f"{row.figure} is {written}"


def _values(chart: Chart, figures: Mapping[str, Figure], said: Said, about: list[Row], is_named: bool) -> list[float]:
    """Return the values that some words may be about, as parts of one, of some rows and of those that aren't in them."""
    rows = _rows(chart, figures)
    values = {id(row): float(figures[row.figure or ""].value) for row in rows}
    pairs = [values[id(one)] / values[id(two)] for one, two in permutations(rows, 2) if values[id(two)]]
    if said.is_multiple:
        return pairs
    unit = figures[rows[0].figure or ""].unit if rows else ""
    if said.has_noun and unit != "one in":
        # Two schools in three towns are no share.
        return []
    if unit in {"%", "one in"}:
        shares = [_share(figures[row.figure or ""]) for row in about]
        if said.one_in and unit == "one in" and not said.side:
            return [each for each in (*shares, *pairs) if each and round(1 / each) == said.one_in] or [0.0]
        others = () if is_named else (1 - share for share in shares)
        return [*shares, sum(shares), *others, *_differences(shares, pairs)]
    if chart.kind == WHOLE_AND_PARTS:
        whole = max(values.values(), default=0.0)
        parts = [value / whole for value in values.values() if 0 < value < whole]
        return [*parts, *(1 - part for part in parts)]
    total = sum(values.values())
    return [*pairs, *(abs(pair - 1) for pair in pairs), *(values[id(row)] / total for row in rows if total)]


def _share(figure: Figure) -> float:
    value = float(figure.value)
    return value / WHOLE if figure.unit == "%" else 1 / value if value else 0.0


def _differences(shares: list[float], pairs: list[float]) -> list[float]:
    """Return by how much each row is less or more than another, where no one row is emphasised: it fell by a third."""
    return [abs(pair - 1) for pair in pairs] if len(shares) > 1 else []


def said(finding: str, locale: Locale) -> Iterator[Said]:
    """Yield each share and each multiple in some words."""
    words = {word: number for number, word in enumerate(locale.listed("number-words"))}
    for found in _pattern(locale).finditer(finding):
        # The first half of a year is no share.
        if finding[: found.start()].lower().split()[-1:] in [[word] for word in locale.listed("ordinal-words")]:
            continue
        shown = " ".join(found[0].split())
        if found["multiple"]:
            value = locale.slips.multiples[found["multiple"].lower()]
            yield Said(shown, value, True, *_side(found["before"], locale))
        elif found["share"]:
            value = locale.slips.fractions[" ".join(re.split(r"[\s-]+", found["share"].lower()))] / WHOLE
            yield Said(shown, value, False, *_side(found["before"], locale))
        elif 0 < words[found["part"].lower()] < words[found["whole"].lower()]:
            value = words[found["part"].lower()] / words[found["whole"].lower()]
            one_in = words[found["whole"].lower()] if words[found["part"].lower()] == 1 else 0
            yield Said(shown, value, False, *_side(found["before"], locale), one_in, bool(found["noun"]))


def _side(before: str | None, locale: Locale) -> tuple[str, bool]:
    """Return on which side of a share its value is, by the words before it, and whether it is only just there."""
    said = " ".join((before or "").lower().split())
    side = "above" if said in locale.slips.above else "below" if said in locale.slips.below else ""
    return side, said in locale.slips.close


@lru_cache(maxsize=16)
def _pattern(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a third, two in three and doubled; half a day and the first half are none."""
    slips = locale.slips
    number = typography.any_of(locale.listed("number-words")[1:])
    sides = _spaced((*slips.above, *slips.below))
    spans = typography.any_of((*locale.typed.spans, *slips.years))
    return re.compile(
        rf"(?<![\w-])(?:(?P<before>{sides})\s+)?(?:(?P<share>{_spaced((*slips.fractions,))})"
        rf"|(?P<part>{number})(?P<noun>(?:\s+[^\W\d_]+){{1,2}}?)?\s+(?:{_spaced(slips.out_of)})\s+(?P<whole>{number})|(?P<multiple>{_spaced((*slips.multiples,))}))"
        rf"(?![\w-])(?!\s+(?:an?\s|{spans}\b))",
        re.IGNORECASE,
    )


def _spaced(words: tuple[str, ...]) -> str:
    return typography.any_of(words).replace(r"\ ", r"[\s-]+")

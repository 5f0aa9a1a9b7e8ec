"""Measure, wrap and write text in the fonts of a look, and refuse rows that can't be drawn."""

from __future__ import annotations

import functools
import itertools
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from briefpack.charts import letters
from briefpack.charts.faults import Lacking, Tokens, Undrawable
from briefpack.geometry import MM_PER_PT
from briefpack.text import moments, numbers, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.path import Path as Outline

    from briefpack import maps
    from briefpack.layout.look import Look
    from briefpack.plan import ChartEvent, ChartOptions, ChartRow
    from briefpack.text.locale import Locale


LEADING = 1.22
DIGITS = re.compile(r"\d(?:[\d.,'\u2019\u00a0\u202f]*\d)?")
ROLES = {
    "value": ("chart-value", 600, "ink"),
    "signal": ("chart-value", 600, "signal"),
    "plain": ("chart-value", 400, "ink"),
    "text": ("body", 400, "ink"),
    "title": ("body", 600, "ink"),
    "label": ("chart-label", 400, "ink"),
    "heading": ("chart-label", 600, "ink"),
    "strong": ("chart-label", 600, "signal"),
    "quiet": ("chart-label", 400, "grey"),
    "note": ("chart-note", 400, "grey"),
}
"""The size, weight and colour of each role that a piece of chart text can have."""

HATCHED_PT = 0.5
HAIRLINE_MM = 0.1
HATCHES = {"diagonal": "///", "crossed": "xxx", "level": "----"}
"""Matplotlib's code for each pattern; its own dots are hundreds of curves, which are slow to draw on a page."""


@dataclass(frozen=True)
class Pen:
    """A look that can also measure, wrap and write text in its own fonts."""

    look: Look
    fonts: Path
    locale: Locale
    options: ChartOptions
    map: maps.Map | None = None
    nation: maps.Nation | None = None

    @property
    def mark(self) -> float | None:
        """Return the number that one mark of a unit chart stands for."""
        return self.options.mark

    @functools.cached_property
    def colours(self) -> Mapping[str, str]:
        """Return the colours by name."""
        return Tokens(self.look.colours)

    def fill(self, name: str) -> Mapping[str, Any]:
        """Return how to fill a mark with a colour: solid or, where the look says so, hatched with an outline."""
        colour = self.colours[name]
        if name not in self.look.patterns:
            return {"facecolor": colour}
        hatch = HATCHES[self.look.patterns[name]]
        paper = self.colours["paper"]
        return {"facecolor": paper, "edgecolor": colour, "linewidth": HATCHED_PT, "hatch": hatch, "hatchcolor": colour}

    def printed_mm(self, length_mm: float) -> float:
        """Return the length of a bar as it prints: at least a hairline's, as a press loses less, unless it is 0."""
        return max(length_mm, HAIRLINE_MM) if length_mm > 0 else 0.0

    def hatched(self, name: str) -> bool:
        """Return whether marks of a colour are hatched, so that words on them need paper behind them."""
        return name in self.look.patterns

    def at_most_solid(self, thick_mm: float, solid_mm: float) -> float:
        """Return how thick a long mark may be: no thicker than `solid_mm` where others are hatched, to save ink."""
        return min(thick_mm, solid_mm) if self.look.patterns else thick_mm

    @functools.cached_property
    def sizes_pt(self) -> Mapping[str, float]:
        """Return the type sizes by name, in points."""
        return Tokens(self.look.sizes_pt)

    @property
    def family(self) -> str:
        """Return the font family of the charts."""
        return self.look.family

    def counted(self, value: float, unit: str) -> str:
        """Write a number with its unit: 500 people, 1 person, £500, 5%."""
        return numbers.counted(_exact(value), unit, self.locale)

    def ticks(self, values: Sequence[float], unit: str) -> list[str]:
        """Write the numbers along an axis: the largest with its unit, the others bare: 0, 1, 2, 3 million people."""
        largest = max(values)
        written = numbers.number(_exact(largest), self.locale)
        digits = DIGITS.search(written)
        powers = (power for power in range(15) if digits and self._full(largest, power) == digits[0])
        power = next(powers, 0)
        return [self.counted(value, unit) if value == largest else self._full(value, power) for value in values]

    def _full(self, value: float, power: int) -> str:
        return numbers.full(_exact(value / 10**power), self.locale)

    def moment(self, label: str) -> float | None:
        """Return the middle of the moment that a label names, in years: 2014.5 for 2014; None if it names none."""
        return moments.position(label, self.locale)

    def extent(self, label: str) -> tuple[float, float] | None:
        """Return the start and the end of the moment that a label names, in years; None if it names none."""
        return moments.extent(label, self.locale)

    def months(self) -> list[str]:
        """Return the names of the months."""
        return list(self.locale.listed("months"))

    def is_rate(self, unit: str) -> bool:
        """Return whether a unit is a rate, such as % or “per 100,000”, whose scale has to start at zero."""
        return unit == "%" or bool({*unit.split()} & {*self.locale.typed.rates})

    def counts_people(self, unit: str) -> bool:
        """Return whether a unit counts people, in the brief's language: people, personnes, or one in so many."""
        return unit == "one in" or unit in self.locale.typed.people

    def written(self, value: float, unit: str, decimals: int = 0) -> str:
        """Write a number as a figure in this unit prints, with at least so many decimals: 500, £500, 5.0%."""
        plain = Decimal(f"{value:.10g}")
        places = max(decimals, -int(plain.as_tuple().exponent))
        return numbers.written(Decimal(f"{plain:.{places}f}"), unit, self.locale)

    def ordinal(self, place: int) -> str:
        """Write an ordinal in digits: 3rd, 34th."""
        return numbers.ordinal_in_digits(place, self.locale)

    def label(self, name: str, /, **values: str) -> str:
        """Return a label in the brief's language, with its placeholders filled in."""
        return self.locale.label(name, None, **values)

    def width_mm(self, text: str, size_pt: float, weight: int = 400) -> float:
        """Measure a line of text."""
        return letters.extent(self._font_path(weight), text)[0] * size_pt * MM_PER_PT

    def word_mm(self, text: str, size_pt: float, weight: int = 400) -> float:
        """Measure the widest word of a text: no column narrower than that can hold it."""
        words = (piece for word in text.split(" ") for piece in unspaced.pieces(word))
        return max((self.width_mm(word, size_pt, weight) for word in words), default=0.0)

    def wrap(self, text: str, width_mm: float, size_pt: float, weight: int = 400, least: float = 0.5) -> list[str]:
        """Break a text into as few lines as the width allows, as even in length as possible.

        None but the last is narrower than a share of the width for that.
        """
        words = [
            (gap, cut, self.width_mm(cut, size_pt, weight))
            for word in text.split(" ")
            for gap, piece in zip(itertools.chain([" "], itertools.repeat("")), unspaced.pieces(word), strict=False)
            for cut in self._cut(piece, width_mm, size_pt, weight)
        ]
        space_mm = self.width_mm("n n", size_pt, weight) - self.width_mm("nn", size_pt, weight)
        lines = _broken(words, space_mm, width_mm)
        for step in range(1, round(40 * (1 - least)) if len(lines) > 1 else 1):
            narrower = _broken(words, space_mm, width_mm * (1 - step / 40))
            if len(narrower) > len(lines):
                break
            lines = narrower
        return lines

    def _cut(self, word: str, width_mm: float, size_pt: float, weight: int) -> Iterator[str]:
        """Yield a word whole or, if it is wider than its column, in the longest pieces that aren't."""
        while len(word) > 1 and self.width_mm(word, size_pt, weight) > width_mm:
            fitting = (
                end for end in range(len(word) - 1, 1, -1) if self.width_mm(word[:end], size_pt, weight) <= width_mm
            )
            end = next(fitting, 1)
            yield word[:end]
            word = word[end:]
        yield word

    def cap_mm(self, size_pt: float) -> float:
        """Measure the cap height."""
        return letters.reach(self._font_path(400), "H")[1] * size_pt * MM_PER_PT

    def rise_mm(self, size_pt: float) -> float:
        """Measure how far an ascender rises above the baseline."""
        return letters.reach(self._font_path(400), "f")[1] * size_pt * MM_PER_PT

    def drop_mm(self, size_pt: float) -> float:
        """Measure how far a descender drops below the baseline."""
        return -letters.reach(self._font_path(400), "g")[0] * size_pt * MM_PER_PT

    def outlines(self, text: str, weight: int) -> Outline:
        """Return the outlines of a text's letters, in ems from the start of its baseline."""
        return letters.outlines(self._font_path(weight), text)

    def write(self, axes: Axes, text: str, x_mm: float, baseline_mm: float, role: str, colour: str = "") -> None:
        """Write one line from a point on its baseline; `colour` overrides the colour of the role."""
        size, weight, own = ROLES[role]
        axes.text(
            x_mm,
            baseline_mm,
            text,
            fontsize=self.sizes_pt[size],
            fontweight=weight,
            color=self.colours[colour or own],
        )

    def figure_mm(self, text: str, size_pt: float) -> float:
        """Measure a large figure or numeral, in the lightest face of the display family."""
        return letters.extent(self._font_path(*self._display), text)[0] * size_pt * MM_PER_PT

    def figure_reach_mm(self, size_pt: float) -> tuple[float, float]:
        """Measure how far a large figure reaches above its baseline, as the letter f does, and below it."""
        path = self._font_path(*self._display)
        return letters.reach(path, "f")[1] * size_pt * MM_PER_PT, -letters.reach(path, "g")[0] * size_pt * MM_PER_PT

    def figure_ink_mm(self, text: str, size_pt: float) -> tuple[float, float]:
        """Measure how far a large figure's own characters reach above their baseline, and below it."""
        _, height, descent = letters.extent(self._font_path(*self._display), text)
        return (height - descent) * size_pt * MM_PER_PT, descent * size_pt * MM_PER_PT

    def write_figure(self, axes: Axes, text: str, point_mm: tuple[float, float], size_pt: float, colour: str) -> None:
        """Write a large figure or numeral from a point on its baseline."""
        weight, family = self._display
        colours = self.colours
        axes.text(*point_mm, text, fontsize=size_pt, fontfamily=family, fontweight=weight, color=colours[colour])

    @functools.cached_property
    def _display(self) -> tuple[int, str]:
        """Return the weight and the family of large figures: the lightest of the display family, if there is one."""
        named = self.look.lengths.get("display", "").split(",")[0].strip("\"' ")
        weights = [face.weight for face in self.look.faces if face.family == named and not face.italic]
        return (min(weights), named) if weights else (400, self.family)

    def column(self, width_mm: float, *parts: tuple[str, str], least: float = 0.5, leading: float = LEADING) -> Column:
        """Set texts, each with its role, one below another in a column; an empty text takes no room.

        `least` is the share of the width that lines fill at least, if they are made even; `leading` is the distance
        from line to line, in sizes of the lower one's type.
        """
        lines = []
        for text, role in parts:
            size, weight, _ = ROLES[role]
            wrapped = self.wrap(text, width_mm, self.sizes_pt[size], weight, least) if text else []
            lines += [(line, role) for line in wrapped]
        return Column(self, tuple(lines), leading)

    def apart(
        self,
        wanted_mm: Sequence[float],
        heights_mm: Sequence[float],
        gap_mm: float,
        top_mm: float,
    ) -> list[float]:
        """Move boxes just far enough to keep them apart and inside the chart.

        Takes and returns the tops of the boxes, from the top down.
        """
        tops, limit_mm = [], top_mm
        for wanted, height in zip(wanted_mm, heights_mm, strict=True):
            tops.append(min(wanted, limit_mm))
            limit_mm = tops[-1] - height - gap_mm
        floor_mm = 0.0
        for place in reversed(range(len(tops))):
            tops[place] = max(tops[place], floor_mm + heights_mm[place])
            floor_mm = tops[place] + gap_mm
        return tops

    def check_room(self, axes: Axes, needed_mm: float) -> None:
        """Refuse rows that need more height than the chart has."""
        if needed_mm > axes.get_ylim()[1] + 0.01:
            self.refuse_room(axes, needed_mm)

    def refuse_room(self, axes: Axes, needed_mm: float) -> NoReturn:
        """Refuse the rows, saying how much height they need and how much there is."""
        there_mm, least_mm = f"{axes.get_ylim()[1]:g}", math.ceil(needed_mm)
        raise Undrawable(
            f"its rows need {least_mm} mm of height, but there are only {there_mm} mm",
            "use fewer rows or shorter labels; or give it more height_mm or row_mm under charts: in layout.yaml",
            needed_mm=least_mm,
        )

    def refuse(self, row: ChartRow, reason: str, fix: str = "", *, key: str = "") -> NoReturn:
        """Refuse a row, by its label, for a reason; `key` is the chart's key at fault, if it isn't the row."""
        raise Undrawable(f"the row “{row.label}” {reason}", fix, row, key)

    def refuse_event(self, event: ChartEvent, reason: str, fix: str = "") -> NoReturn:
        """Refuse an event, by its label, for a reason."""
        raise Undrawable(f"the event “{event.label}” {reason}", fix, event)

    def refuse_width(self, axes: Axes, needed_mm: float) -> NoReturn:
        """Refuse the rows, saying how much width they need and how much there is."""
        self.refuse_rows(
            f"its rows need {math.ceil(needed_mm)} mm of width, but there are only {axes.get_xlim()[1]:g} mm",
            "use fewer rows or shorter names; or give it more width_mm under charts: in layout.yaml",
        )

    def refuse_rows(self, reason: str, fix: str = "", *, key: str = "") -> NoReturn:
        """Refuse to draw the rows, for a reason that their author can do something about; `key` is the key at fault."""
        raise Undrawable(reason, fix, key=key)

    def _font_path(self, weight: int, family: str = "") -> str:
        family = family or self.family
        if (family, weight) in self._upright:
            return self._upright[family, weight]
        message = f"{family} has no face of weight {weight} in fonts/fonts.css, which the chart needs"
        raise Lacking(message, "add the face to fonts.css, or name another family in tokens.yaml")

    @functools.cached_property
    def _upright(self) -> Mapping[tuple[str, int], str]:
        """Return the paths of the upright faces by family and weight; the first face of each weight counts."""
        faces = (face for face in reversed(self.look.faces) if not face.italic)
        return {(face.family, face.weight): str(self.fonts / face.path) for face in faces}


@dataclass(frozen=True)
class Column:
    """Lines of text, one below another, each with its role."""

    pen: Pen
    lines: tuple[tuple[str, str], ...]
    leading: float = LEADING

    @property
    def height_mm(self) -> float:
        """Return the height from the first line's ascenders to the last line's descenders."""
        if not self.lines:
            return 0.0
        return self._baselines_mm()[-1] + self.pen.drop_mm(self._size_pt(self.lines[-1]))

    @property
    def width_mm(self) -> float:
        """Return the width of the longest line."""
        return max(map(self._width_mm, self.lines), default=0.0)

    def draw(
        self, axes: Axes, x_mm: float, top_mm: float, *, centred: bool = False, ending: bool = False, colour: str = ""
    ) -> None:
        """Write the lines so that the top of the first, and their left edge, centre line or right edge, are at a point.

        `colour` overrides the colours of their roles.
        """
        share = 0.5 if centred else 1.0 if ending else 0.0
        for line, baseline_mm in zip(self.lines, self._baselines_mm(), strict=True):
            left_mm = x_mm - self._width_mm(line) * share
            self.pen.write(axes, line[0], left_mm, top_mm - baseline_mm, line[1], colour)

    def top_mm(self, middle_mm: float) -> float:
        """Return the top that centres the lines on a height, measured from the first capitals to the last baseline."""
        if not self.lines:
            return middle_mm
        above_mm = self._baselines_mm()[0] - self.pen.cap_mm(self._size_pt(self.lines[0]))
        return middle_mm + (above_mm + self._baselines_mm()[-1]) / 2

    def _width_mm(self, line: tuple[str, str]) -> float:
        return self.pen.width_mm(line[0], self._size_pt(line), ROLES[line[1]][1])

    def _size_pt(self, line: tuple[str, str]) -> float:
        return self.pen.sizes_pt[ROLES[line[1]][0]]

    def _baselines_mm(self) -> list[float]:
        sizes_pt = [self._size_pt(line) for line in self.lines]
        baselines_mm = [self.pen.rise_mm(sizes_pt[0])] if sizes_pt else []
        for size_pt in sizes_pt[1:]:
            baselines_mm.append(baselines_mm[-1] + size_pt * self.leading * MM_PER_PT)
        return baselines_mm


def _broken(words: Sequence[tuple[str, str, float]], space_mm: float, limit_mm: float) -> list[str]:
    """Break words into lines; each has the gap before it, a space or nothing, and its width."""
    lines: list[str] = []
    used_mm = 0.0
    for gap, word, width_mm in words:
        gap_mm = space_mm if gap else 0.0
        if lines and used_mm + gap_mm + width_mm <= limit_mm:
            lines[-1] += f"{gap}{word}"
            used_mm += gap_mm + width_mm
        else:
            lines.append(word)
            used_mm = width_mm
    return lines


def _exact(value: float) -> Decimal:
    return Decimal(f"{value:.10g}")

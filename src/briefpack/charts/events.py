"""Set the words of events in rows above a chart, so that no rule runs through them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from briefpack.charts.series import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefpack.charts.axes import Axis
    from briefpack.charts.pen import Column, Pen
    from briefpack.plan import ChartEvent

    Arranged = tuple[float, tuple[tuple["Sign", float], ...]]

ROW_GAP_MM = 1.4
SIDE_MM = 1.2
APART_MM = 2.0
MOST_LINES = 3
TOO_LONG = "has too many words for the width of the chart"


@dataclass(frozen=True)
class Sign:
    """The words for an event at the sides of its rule, and how far they reach."""

    x_mm: float
    left: Column
    right: Column

    @property
    def height_mm(self) -> float:
        """Return the height of the words."""
        return max(self.left.height_mm, self.right.height_mm)

    @property
    def start_mm(self) -> float:
        """Return where the words start."""
        return self.x_mm - SIDE_MM - self.left.width_mm if self.left.lines else self.x_mm

    @property
    def end_mm(self) -> float:
        """Return where the words end."""
        return self.x_mm + SIDE_MM + self.right.width_mm if self.right.lines else self.x_mm


def arrange(events: Sequence[ChartEvent], time: Axis, width_mm: float, look: Pen) -> Arranged:
    """Return the height that up to two events take, and each event's words with their distance from the chart's top."""
    if not events:
        return 0.0, ()
    choices = sorted((_choices(event, time, width_mm, look) for event in events), key=lambda signs: signs[0].x_mm)
    found = list(_rows(*choices) if len(choices) > 1 else ((sign.height_mm, ((sign, 0.0),)) for sign in choices[0]))
    if not found:
        look.refuse_event(events[-1], TOO_LONG, "shorten its label")
    height, signs = min(found, key=lambda each: each[0])
    return height + ROW_GAP_MM, signs


def _rows(first: Sequence[Sign], second: Sequence[Sign]) -> Iterator[Arranged]:
    """Yield the arrangements of two events: in one row, or in two so that no rule runs through words."""
    for early, late in product(first, second):
        if early.end_mm + APART_MM <= late.start_mm:
            yield max(early.height_mm, late.height_mm), ((early, 0.0), (late, 0.0))
        for upper, lower in ((early, late), (late, early)):
            if not lower.start_mm - SIDE_MM < upper.x_mm < lower.end_mm + SIDE_MM:
                drop = upper.height_mm + ROW_GAP_MM
                yield drop + lower.height_mm, ((upper, 0.0), (lower, drop))


def _choices(event: ChartEvent, time: Axis, width_mm: float, look: Pen) -> list[Sign]:
    """Return the ways to set an event's words, or refuse an event that is too long or not in the chart's time."""
    year = look.moment(event.when)
    if year is None:
        look.refuse_event(event, f"is at “{event.when}”, which is no moment", f"write {FORMS}")
    if not time.low <= year <= time.high:
        look.refuse_event(event, f"is at “{event.when}”, before or after all values", "delete it, or add values")
    signs = _signs(event, time.at_mm(year), width_mm, look)
    kept = [sign for sign in signs if max(len(sign.left.lines), len(sign.right.lines)) <= MOST_LINES]
    if not kept:
        look.refuse_event(event, TOO_LONG, "shorten its label")
    return kept


def _signs(event: ChartEvent, at_mm: float, width_mm: float, look: Pen) -> Iterator[Sign]:
    """Yield an event's words on both sides of its rule, all at its right, and all at its left."""
    size, none = look.sizes_pt["chart-label"], look.column(1)
    date, words = (event.when, "heading"), (event.label, "label")
    before, after = at_mm - SIDE_MM, width_mm - at_mm - SIDE_MM
    date_mm, word_mm = look.width_mm(event.when, size, 600), look.word_mm(event.label, size)
    if date_mm <= before and word_mm <= after:
        yield Sign(at_mm, look.column(before, date), look.column(after, words))
    if max(date_mm, word_mm) <= after:
        yield Sign(at_mm, none, look.column(after, date, words))
    if max(date_mm, word_mm) <= before:
        yield Sign(at_mm, look.column(before, date, words), none)

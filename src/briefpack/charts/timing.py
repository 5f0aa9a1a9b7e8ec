"""Place events on a scale of time: how long each lasts, the ticks of the scale, and leaders that don't cross."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefpack.charts.pen import Pen
    from briefpack.plan import ChartRow

MOST = 9
YEAR = 12
STEPS = (1, 3, 6, YEAR, *(YEAR * years for years in (2, 5, 10, 20, 50, 100, 200, 500)))
"""The months between two ticks."""
LONGEST_IN_MONTHS = 24
"""A longer time is read in years."""
CELLS = (1, YEAR)
"""The steps whose labels name the time between two ticks, such as March or 2024, and not a tick."""
DAY = 1.5 / 365
CROWD, SHARE = 2 / 3, 0.1
"""More of the events than this, in less of the time than this, can't be told apart."""
ROUNDING = 1e-6
MOVED_MM = 0.2


@dataclass(frozen=True)
class Event:
    """An event, and when it starts and ends in years, as precisely as its date says."""

    row: ChartRow
    start: float
    end: float

    @property
    def middle(self) -> float:
        """Return the middle of its time."""
        return (self.start + self.end) / 2

    @property
    def of_a_day(self) -> bool:
        """Return whether its day is known."""
        return self.end - self.start < DAY


@dataclass(frozen=True)
class Scale:
    """A scale of time: its first and last month, counted from the year 0, and the months between two ticks."""

    first: int
    last: int
    step: int

    @property
    def ticks(self) -> tuple[int, ...]:
        """Return the months at the ticks, both ends included."""
        return tuple(range(self.first, self.last + 1, self.step))

    @property
    def cells(self) -> bool:
        """Return whether each label names the time between two ticks, and not a tick."""
        return self.step in CELLS

    def share(self, year: float) -> float:
        """Return how far along the scale a time is, from 0 to 1."""
        return (year * YEAR - self.first) / (self.last - self.first)

    def names_time_of(self, event: Event) -> bool:
        """Return whether a name of the scale says when an event was, as precisely as its own date does."""
        start, end = event.start * YEAR, event.end * YEAR
        whole = abs(start - round(start)) < ROUNDING and abs(end - start - self.step) < ROUNDING
        return self.cells and whole and (round(start) - self.first) % self.step == 0

    def names(self, look: Pen) -> list[tuple[float, str, str]]:
        """Return each name, its place from 0 to 1, and the year to write with the first month and each January."""
        starts, half = self.ticks[:-1] if self.cells else self.ticks, self.step / 2 if self.cells else 0.0
        return [
            (self.share((month + half) / YEAR), *_name(month, self.step, look, first=place == 0))
            for place, month in enumerate(starts)
        ]


def read(rows: Sequence[ChartRow], look: Pen) -> tuple[Event, ...]:
    """Return the events of a timeline in order, or refuse rows that a timeline can't show to scale."""
    if not rows:
        look.refuse_rows("it has no rows, and a timeline needs at least one")
    if len(rows) > MOST:
        look.refuse(rows[MOST], "is the tenth event, and a timeline has nine at most", "leave out the lesser ones")
    events = tuple(sorted((_event(row, look) for row in rows), key=lambda event: event.middle))
    _check_crowd(events, look)
    return events


def _event(row: ChartRow, look: Pen) -> Event:
    if not row.when:
        look.refuse(row, "has no date", "add when: with the date as it should print")
    found = look.extent(row.when)
    if not found:
        fix = "write a day, a month or a year, such as May 2022; for steps without dates, use kind: process"
        look.refuse(row, f"is at no date that a scale of time has, “{row.when}”", fix)
    return Event(row, *found)


def _check_crowd(events: Sequence[Event], look: Pen) -> None:
    """Refuse events that are nearly all in a small part of the time."""
    middles = [event.middle for event in events]
    tenth = SHARE * (events[-1].end - events[0].start)
    most = max(bisect_right(middles, start + tenth) - place for place, start in enumerate(middles))
    if CROWD * len(events) + ROUNDING < most < len(events):
        reason = (
            f"{most} of its {len(events)} events are within a tenth of its time, too close together to show to scale"
        )
        look.refuse_rows(reason, "leave the earliest or latest to the text")


def scale(events: Sequence[Event], fits: Callable[[Scale], bool]) -> Scale:
    """Return the finest scale of the events whose names fit."""
    starts, ends = (event.start * YEAR for event in events), (event.end * YEAR for event in events)
    first, last = min(starts), max(ends)
    scales = [
        Scale(math.floor(first / step + ROUNDING) * step, math.ceil(last / step - ROUNDING) * step, step)
        for step in STEPS
        if step >= YEAR or last - first <= LONGEST_IN_MONTHS
    ]
    return next((each for each in scales if fits(each)), scales[-1])


def _name(month: int, step: int, look: Pen, *, first: bool) -> tuple[str, str]:
    year, of_year = divmod(month, YEAR)
    if step >= YEAR:
        return str(year), ""
    return look.months()[of_year], str(year) if first or of_year == 0 else ""


def lanes(anchors_mm: Sequence[float], ends_mm: Sequence[float]) -> list[int]:
    """Return the lane in which each leader runs sideways, from its anchor to its end, so that none crosses another.

    Both run in the direction of time. Lane 0 is the nearest to the anchors.
    """
    count = len(anchors_mm)
    found = [0] * count
    for place in range(1, count):
        if ends_mm[place] < anchors_mm[place] - MOVED_MM and ends_mm[place] < anchors_mm[place - 1] + MOVED_MM:
            found[place] = found[place - 1] + 1
    for place in reversed(range(count - 1)):
        if ends_mm[place] > anchors_mm[place] + MOVED_MM and ends_mm[place] > anchors_mm[place + 1] - MOVED_MM:
            found[place] = found[place + 1] + 1
    return found

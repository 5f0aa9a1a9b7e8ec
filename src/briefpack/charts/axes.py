"""Place values and moments along the axes of a chart, and choose the round numbers that an axis shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = (1.0, 2.0, 5.0)
STEPS = (1.0, 2.0, 2.5, 5.0)
"""The leading digits of a round step: 2.5 only in 25, 250 and so on."""
LEAST_SPREAD = 0.25
"""The least spread of values, as a share of the largest, that an axis from zero still shows well."""
ROUNDING = 1e-9


@dataclass(frozen=True)
class Axis:
    """A range of values, and where it starts and ends on the chart in millimetres."""

    low: float
    high: float
    start_mm: float
    end_mm: float

    def at_mm(self, value: float) -> float:
        """Return the place of a value; the middle if all values are the same."""
        if self.high == self.low:
            return (self.start_mm + self.end_mm) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start_mm + share * (self.end_mm - self.start_mm)


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return round numbers in equal steps, at most so many steps, from below the low to above the high."""
    step = _step(low, high, max(1, most))
    first, last = math.floor(low / step + ROUNDING), math.ceil(high / step - ROUNDING)
    return tuple(round(number * step, 10) for number in range(first, max(last, first + 1) + 1))


def starts_at_zero(values: Sequence[float], *, rate: bool) -> bool:
    """Return whether an axis includes zero: always for a rate, else unless the values would all lie at its end."""
    largest, smallest = max(values), min(values)
    return rate or smallest <= 0 or largest - smallest >= LEAST_SPREAD * largest


def _step(low: float, high: float, most: int) -> float:
    size = max(abs(low), abs(high), high - low) or 1.0
    if low == high:
        return float(10 ** math.floor(math.log10(size)))
    power = math.floor(math.log10(size / most)) - 1
    steps = (digit * 10.0**place for place in range(power, power + 4) for digit in STEPS if place > 0 or digit in WHOLE)
    for step in steps:
        if math.ceil(high / step - ROUNDING) - math.floor(low / step + ROUNDING) <= most:
            return step
    return size

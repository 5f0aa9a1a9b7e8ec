"""Find the place of a number among those of all electorates, sure of it in spite of the range of each estimate."""

import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from briefpack.electorates.electorate import Standing


@dataclass(frozen=True)
class Ranked:
    """A number to rank: its range, which is the number itself if it is exact; `printed` unless it is too uncertain.

    `rounded` is the number as it prints, if that is less exact: two that print alike may have different ranks.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    printed: bool = True
    rounded: Decimal | None = None

    @property
    def shown(self) -> Decimal:
        """Return the number as it prints."""
        return self.value if self.rounded is None else self.rounded


def of(numbers: Mapping[str, Ranked]) -> dict[str, Standing]:
    """Return the standing of each number that prints, by the same key."""
    printed = sorted(each.value for each in numbers.values() if each.printed)
    lows, highs = (sorted(getattr(each, end) for each in numbers.values()) for end in ("low", "high"))
    if not printed:
        return {}
    shown = sorted(each.shown for each in numbers.values() if each.printed)
    finest = min(int(each.as_tuple().exponent) for each in shown)
    median = statistics.median(shown).quantize(Decimal(1).scaleb(min(0, finest)), ROUND_HALF_UP)
    found = {}
    for key, each in numbers.items():
        if each.printed:
            found[key] = Standing(
                total=len(printed),
                above=len(printed) - bisect_right(printed, each.value),
                below=bisect_left(printed, each.value),
                perhaps_above=len(highs) - bisect_left(highs, each.low) - 1,
                perhaps_below=bisect_right(lows, each.high) - 1,
                median=median,
                lowest=shown[0],
                highest=shown[-1],
            )
    return found

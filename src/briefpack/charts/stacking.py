"""Read the rows of a chart as bars of parts, and refuse rows that can't be stacked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefpack.charts import amounts, series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefpack.charts.pen import Pen
    from briefpack.plan import ChartRow

MOST_PARTS = 4
MOST_BARS = 8
HUNDRED = 100.0
ONCE = "delete one of the two"
CHECK = "check its figures against their source"
ROUNDING = 1.05
"""How far shares may be from adding to 100, and a total from its parts in per cent."""


@dataclass(frozen=True)
class Bar:
    """The parts of one label, their total as it prints, and whether the finding is about this bar."""

    label: str
    parts: tuple[ChartRow, ...]
    total: str
    strong: bool
    stated: bool = False

    @property
    def sum(self) -> float:
        """Return the sum of the parts."""
        return math.fsum(part.value or 0.0 for part in self.parts)

    @property
    def is_whole(self) -> bool:
        """Return whether the parts add to 100 exactly."""
        return math.isclose(self.sum, HUNDRED)


def bars(rows: Sequence[ChartRow], look: Pen) -> list[Bar]:
    """Read rows as bars, in the order of their labels, and refuse rows that can't be stacked."""
    if not rows:
        look.refuse_rows("it has no rows", "add a row for each part of each bar")
    for row in rows:
        _check_row(row, rows[0], look)
    names = list(dict.fromkeys(row.series for row in rows if row.series))
    labels = list(dict.fromkeys(row.label for row in rows))
    _check_count(rows, names, labels, look)
    decimals = max(len(f"{row.value:.10g}".partition(".")[2]) for row in rows)
    found = [_bar([row for row in rows if row.label == label], names, decimals, look) for label in labels]
    _check_strong(found, look)
    _check_shares(found, look)
    return found


def bare(found: Sequence[Bar], look: Pen) -> tuple[list[Bar], str]:
    """Return bars with bare numbers and the unit that all share, or the same bars and no unit if they share none."""
    parts = [part for bar in found for part in bar.parts]
    totals = [replace(bar.parts[0], value=bar.sum, written=bar.total) for bar in found]
    rows, unit = amounts.bare([*parts, *totals], look)
    if not unit or any(bar.stated for bar in found):
        return list(found), ""
    count, sums = len(found[0].parts), rows[len(parts) :]
    return [
        replace(bar, parts=rows[place * count : (place + 1) * count], total=sums[place].written)
        for place, bar in enumerate(found)
    ], unit


def _check_row(row: ChartRow, first: ChartRow, look: Pen) -> None:
    if row.value is None:
        look.refuse(row, "names no figure", "add figure: with its id")
    if row.value < 0:
        look.refuse(
            row, f"is below zero ({row.written or row.value}), and no part can be", "show changes in bars of their own"
        )
    series.check_unit(row, first, look)
    if look.options.shares and row.unit != "%":
        look.refuse(row, f"is in “{row.unit}”, but shares are in %", "delete shares: yes, or name figures in %")


def _check_count(rows: Sequence[ChartRow], names: Sequence[str], labels: Sequence[str], look: Pen) -> None:
    if len(names) == 1:
        look.refuse_rows(f"all its rows are of the series “{names[0]}”", "use bars, or give each bar two to four parts")
    if len(names) > MOST_PARTS:
        first = next(row for row in rows if row.series == names[MOST_PARTS])
        look.refuse(
            first,
            f"is of a fifth part, “{first.series}”, and a stacked bar has at most four",
            "add up its smallest parts",
        )
    if len(labels) > MOST_BARS:
        first = next(row for row in rows if row.label == labels[MOST_BARS])
        look.refuse(first, "is the ninth bar, and a stacked chart has at most eight", "use two charts, or a table")


def _bar(rows: Sequence[ChartRow], names: Sequence[str], decimals: int, look: Pen) -> Bar:
    parts: dict[str, ChartRow] = {}
    for row in rows:
        if row.series in parts:
            look.refuse(
                row, f"has the part “{row.series}” twice" if row.series else "has two rows without a series", ONCE
            )
        parts[row.series] = row
    stated = parts.pop("", None)
    if stated and (look.options.shares or not parts):
        fix = "add series: with the name of the part; the parts of one whole are kind: part-of-whole"
        look.refuse(stated, "has no series", fix)
    missing = [name for name in names if name not in parts]
    if missing:
        look.refuse(rows[0], f"has no part “{missing[0]}”", "add a row with its figure, if only of 0")
    ordered = tuple(parts[name] for name in names)
    return Bar(
        rows[0].label,
        ordered,
        _total(ordered, stated, decimals, look),
        any(part.strong for part in ordered),
        bool(stated),
    )


def _total(parts: Sequence[ChartRow], stated: ChartRow | None, decimals: int, look: Pen) -> str:
    added = math.fsum(part.value or 0.0 for part in parts)
    if stated is None:
        hedges = [look.label(name) for name in look.locale.labels if name.startswith("hedge-")]
        estimated = any(part.written.startswith(hedge) for part in parts for hedge in hedges)
        about = f"{look.label('hedge-about')} " if estimated else ""
        return about + look.written(added, parts[0].unit, decimals)
    if abs((stated.value or 0.0) - added) > ROUNDING / HUNDRED * added:
        look.refuse(stated, f"is {stated.written}, but its parts add to {look.written(added, stated.unit)}", CHECK)
    return stated.written


def _check_strong(found: Sequence[Bar], look: Pen) -> None:
    """Refuse two strong parts, a strong part between others, and “other” as the largest part of a bar."""
    strong = [(place, part) for bar in found for place, part in enumerate(bar.parts) if part.strong]
    for place, part in strong:
        if place != strong[0][0]:
            look.refuse(part, f"marks a second part, “{part.series}”, as strong", "mark one part only")
        if place not in (0, len(found[0].parts) - 1):
            look.refuse(
                part,
                f"marks “{part.series}” as strong, which lies between others",
                "put that part first or last, so that it begins at an edge",
            )
    for bar in found:
        largest = max(bar.parts, key=lambda part: part.value or 0.0)
        if largest.series.casefold() in look.locale.slips.rest:
            look.refuse(largest, f"has “{largest.series}” as its largest part", "name what is in it, or divide it")


def _check_shares(found: Sequence[Bar], look: Pen) -> None:
    near = [abs(bar.sum - HUNDRED) <= ROUNDING for bar in found]
    if look.options.shares:
        for bar, whole in zip(found, near, strict=True):
            if not whole:
                look.refuse(bar.parts[0], f"has parts that add to {look.written(bar.sum, '%')}, not 100%", CHECK)
    elif found[0].parts[0].unit == "%" and all(near):
        look.refuse_rows("its parts are shares of 100%", "add shares: yes to the chart")

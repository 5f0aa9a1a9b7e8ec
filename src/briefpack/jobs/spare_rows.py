"""Tell whether fewer or shorter rows would fit into a chart that is too low for its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum

from briefpack import charts
from briefpack.plan import ChartRow, Drawing

STEPS = (1, 2, 3, 4, 6, 8)
"""How many of the first rows are tried; a chart of a kind may need several."""


class TooLow(Enum):
    """What a chart is too low for: the words of its rows, its rows however short their words, or any rows of its kind."""

    WORDS = 1
    ROWS = 2
    ANY_ROWS = 3


def judge(drawing: Drawing, draw: Callable[[Drawing], object]) -> TooLow:
    """Return what a chart that is too low for its rows is too low for."""
    if any(_is_too_low(each, draw) for each in _first(drawing, draw)):
        return TooLow.ANY_ROWS
    return TooLow.ROWS if _is_too_low(_short(drawing), draw) else TooLow.WORDS


def _first(drawing: Drawing, draw: Callable[[Drawing], object]) -> Iterator[Drawing]:
    """Yield the chart with the fewest of its rows that its kind can draw, and no events; nothing if it can draw none."""
    series = drawing.rows[0].series if drawing.rows else ""
    rows = [row for row in drawing.rows if row.series == series]
    for count in (each for each in STEPS if each <= len(rows)):
        fewer = replace(drawing, rows=tuple(rows[:count]), options=replace(drawing.options, events=()))
        if _answer(fewer, draw) is not None:
            yield fewer
            return


def _short(drawing: Drawing) -> Drawing:
    """Return the chart with one letter for each label, and without notes."""
    letters = {
        label: chr(ord("a") + number % 26) for number, label in enumerate({row.label: 0 for row in drawing.rows})
    }
    return replace(drawing, rows=tuple(_shortened(row, letters[row.label]) for row in drawing.rows))


def _shortened(row: ChartRow, label: str) -> ChartRow:
    return replace(row, label=label, note="")


def _is_too_low(drawing: Drawing, draw: Callable[[Drawing], object]) -> bool:
    return _answer(drawing, draw) is False


def _answer(drawing: Drawing, draw: Callable[[Drawing], object]) -> bool | None:
    """Return whether a chart has room for its rows; None if it can't be drawn for another reason."""
    try:
        draw(drawing)
    except charts.Undrawable as error:
        return False if error.too_low else None
    return True

"""Small charts share one scale, each is in true proportion, and they refuse what they can't show honestly."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from briefpack import charts
from briefpack.charts import Undrawable
from briefpack.plan import ChartEvent, ChartOptions, ChartRow, Drawing
from drawn import COLOURS, PROJECT, SVG, house_look, read
from projects import english

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

YEARS = ("2020–21", "2021–22", "2022–23", "2023–24", "2024–25")
SCAMS = {
    "New South Wales": (3.8, 3.3, 2.6, 3.1, 2.7),
    "Victoria": (3.9, 2.4, 2.5, 3.5, 2.5),
    "Queensland": (2.9, 1.8, 2.3, 2.8, 3.1),
    "South Australia": (3.2, 2.9, 2.2, 2.0, 2.6),
    "Western Australia": (3.6, 2.9, 2.1, 2.9, 2.9),
    "Tasmania": (3.7, 3.0, 2.0, 4.0, 2.6),
    "Northern Territory": (2.2, 2.4, 2.8, 2.8, 2.6),
    "ACT": (2.7, 2.7, 2.6, 3.4, 2.4),
    "Australia": (3.6, 2.7, 2.5, 3.1, 2.7),
}
SIZES_MM = ((119.0, 74.0), (82.0, 72.0), (174.0, 60.0), (46.0, 190.0))


def rows_of(places: dict[str, tuple[float, ...]], moments: tuple[str, ...] = YEARS) -> tuple[ChartRow, ...]:
    """Return a row for each place and moment; Queensland is emphasised."""
    return tuple(
        ChartRow(moment, value, f"{value}%", "%", series=name, strong=name == "Queensland")
        for name, values in places.items()
        for moment, value in zip(moments, values, strict=False)
    )


RATES = rows_of(SCAMS)


def drawn(
    rows: tuple[ChartRow, ...] = RATES,
    size_mm: tuple[float, float] = SIZES_MM[0],
    every_cell: str = "Australia",
    events: tuple[ChartEvent, ...] = (),
) -> bytes:
    """Draw small charts."""
    options = ChartOptions(events=events, every_cell=every_cell)
    return charts.draw(Drawing("small-multiples", rows, *size_mm, options=options), house_look(), english(), PROJECT)


def refusal(
    rows: tuple[ChartRow, ...], size_mm: tuple[float, float] = SIZES_MM[0], every_cell: str = "Australia"
) -> tuple[str, str, object]:
    """Return why small charts are refused, what to do about it and the row that is named."""
    with pytest.raises(Undrawable) as refused:
        drawn(rows, size_mm, every_cell)
    return str(refused.value), refused.value.fix, refused.value.row


def strokes(svg: ET.Element, colour: str, width_pt: float) -> list[list[tuple[float, float]]]:
    """Read the points of the lines of a colour and thickness, in the order drawn."""
    found = []
    for path in svg.iter(f"{SVG}path"):
        style = path.get("style", "")
        if "fill: none" in style and f"stroke: {COLOURS[colour].lower()}; stroke-width: {width_pt:g};" in f"{style};":
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
            found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


@pytest.mark.parametrize("size_mm", SIZES_MM[::3])
class TestEverySize:
    """The same data at each width that a layout has."""

    def test_draws_every_cell_to_the_same_scale(self, size_mm: tuple[float, float]) -> None:
        """Heights above the zero line of its cell are as the values, in each cell alike."""
        svg = read(drawn(size_mm=size_mm))
        zeros = [line[0][1] for line in strokes(svg, "ink", 0.8)]
        lines = {line[0]: line for line in (*strokes(svg, "support", 1.4), *strokes(svg, "signal", 2.2))}
        places = [values for name, values in SCAMS.items() if name != "Australia"]
        ordered = sorted(lines.values(), key=lambda line: (min(z for z in zeros if z > line[0][1]), line[0][0]))
        scales = []
        for line, values in zip(ordered, places, strict=True):
            zero = min(z for z in zeros if z > max(y for _, y in line))
            scales += [(zero - y) / value for (_, y), value in zip(line, values, strict=True)]
        assert scales == pytest.approx([scales[0]] * 40, abs=0.02)


class TestRefusals:
    """Each refusal names the row or the chart that its author can change."""

    @pytest.mark.parametrize(
        ("rows", "words", "fix", "at"),
        [
            (RATES[:20], "it has 4 places, but small charts need at least 5", "kind: line", None),
            (rows_of({f"place {n}": (1, 2, 3, 4, 5) for n in range(13)}), "begins a cell too many", "leave out", 60),
            (rows_of(SCAMS, YEARS[:2]), "it has fewer than 3 moments", "kind: dots", None),
            ((RATES[0], replace(RATES[1], unit="people"), *RATES[2:]), "is in “people”", "one unit", 1),
            ((RATES[0], replace(RATES[1], series=""), *RATES[2:]), "names no series", "series:", 1),
            ((RATES[0], replace(RATES[1], strong=True), *RATES[2:]), "is too", "only one", 10),
            ((RATES[0], replace(RATES[1], series="Somewhere" * 15), *RATES[2:]), "needs a cell of", "shorten", 1),
            ((RATES[1], RATES[0], *RATES[2:]), "comes after “2021–22”", "in order of time", 1),
        ],
    )
    def test_of_rows(self, rows: tuple[ChartRow, ...], words: str, fix: str, at: int | None) -> None:
        reason, advice, row = refusal(rows, every_cell="")
        assert words in reason
        assert fix in advice
        assert row is (None if at is None else rows[at])

    def test_of_an_unknown_series_in_every_cell(self) -> None:
        reason, fix, row = refusal(RATES, every_cell="Australa")
        assert (reason, row) == ("no series is called “Australa”", None)
        assert "every_cell: the name of one" in fix

    def test_of_an_event(self) -> None:
        event = ChartEvent("2022", "Something")
        with pytest.raises(Undrawable, match="can't be marked in small charts") as refused:
            drawn(events=(event,))
        assert refused.value.row is event

"""A line chart is in true proportion, its words touch nothing, and it refuses what it can't show honestly."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from briefpack import charts
from briefpack.charts import Undrawable
from briefpack.plan import ChartEvent, ChartOptions, ChartRow, Drawing
from drawn import COLOURS, PROJECT, SVG, house_look, outside, overlapping, read, texts
from projects import english

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

YEARS = ("2020–21", "2021–22", "2022–23", "2023–24", "2024–25")
SCAMS = {
    "New South Wales": (3.8, 3.3, 2.6, 3.1, 2.7),
    "Victoria": (3.9, 2.4, 2.5, 3.5, 2.5),
    "Queensland": (2.9, 1.8, 2.3, 2.8, 3.1),
    "Australia": (3.6, 2.7, 2.5, 3.1, 2.7),
}
OPENS = ChartEvent("July 2023", "Anti-Scam Centre opens")
SIZES_MM = ((119.0, 60.0), (82.0, 58.0), (174.0, 60.0), (46.0, 62.0))
TINT = "#F6DDD7"
POINTS_A_MM = 72 / 25.4


def rows_of(
    places: dict[str, tuple[float, ...]], moments: tuple[str, ...] = YEARS, strong: str = "Queensland", error: float = 0
) -> tuple[ChartRow, ...]:
    """Return a row for each place and moment."""
    rows = []
    for name, values in places.items():
        for moment, value in zip(moments, values, strict=False):
            row = ChartRow(moment, value, f"{value}%", "%", series=name, strong=name == strong)
            rows.append(replace(row, low=value - error, high=value + error) if error and row.strong else row)
    return tuple(rows)


RATES = rows_of(SCAMS, error=0.3)


def drawn(
    rows: tuple[ChartRow, ...] = RATES,
    size_mm: tuple[float, float] = SIZES_MM[0],
    events: tuple[ChartEvent, ...] = (OPENS,),
    patterns: dict[str, str] | None = None,
) -> bytes:
    """Draw a line chart."""
    look = house_look()
    look = replace(look, colours={**look.colours, "signal-tint": TINT}, patterns=patterns or {})
    drawing = Drawing("line", rows, *size_mm, options=ChartOptions(events=events))
    return charts.draw(drawing, look, english(), PROJECT)


def refusal(
    rows: tuple[ChartRow, ...], size_mm: tuple[float, float] = SIZES_MM[0], events: tuple[ChartEvent, ...] = ()
) -> tuple[str, object]:
    """Return why a chart is refused, and the row or event that is named."""
    with pytest.raises(Undrawable) as refused:
        drawn(rows, size_mm, events)
    return f"{refused.value} {refused.value.fix}", refused.value.row


def strokes(svg: ET.Element, colour: str, width_pt: float) -> list[list[tuple[float, float]]]:
    """Read the points of the lines of a colour and thickness, in the order drawn."""
    found = []
    for path in svg.iter(f"{SVG}path"):
        style = path.get("style", "")
        if "fill: none" in style and f"stroke: {colour.lower()}" in style and f"stroke-width: {width_pt:g}" in style:
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
            found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


def text_box(svg: ET.Element, words: str) -> tuple[float, float, float, float]:
    """Return the box of a text."""
    [box] = [text.box for text in texts(svg) if text.words == words]
    return box


@pytest.mark.parametrize("size_mm", SIZES_MM[::3])
class TestEverySize:
    """The same data at each width that a layout has."""

    def test_keeps_the_name_of_the_band_off_every_line(self, size_mm: tuple[float, float]) -> None:
        """Where there is no place for it, a note says what the band is."""
        svg = read(drawn(size_mm=size_mm))
        named = [text.box for text in texts(svg) if text.words == "Margin of error"]
        if not named:
            assert "The band is the margin of error." in [text.words for text in texts(svg)]
        left, top, right, bottom = named[0] if named else (0, 0, 0, 0)
        for colour, width in (("signal", 2.4), ("signal", 0.6), ("ink", 1.8), ("grey", 1.4)):
            for line in strokes(svg, COLOURS[colour], width):
                for (x1, y1), (x2, y2) in pairwise(line):
                    spots = [(x1 + (x2 - x1) * step / 200, y1 + (y2 - y1) * step / 200) for step in range(201)]
                    assert not any(left < x < right and top < y < bottom for x, y in spots)


def test_draws_values_and_moments_in_proportion() -> None:
    """Heights above the zero line are as the values, and steps along it as the years."""
    svg = read(drawn())
    [line] = strokes(svg, COLOURS["signal"], 2.4)
    [zero] = strokes(svg, COLOURS["ink"], 0.8)
    heights = [zero[0][1] - y for _, y in line]
    assert heights == pytest.approx([heights[0] * value / 2.9 for value in SCAMS["Queensland"]], abs=0.02)
    steps = [later[0] - earlier[0] for earlier, later in pairwise(line)]
    assert steps == pytest.approx([steps[0]] * 4, abs=0.02)


def test_marks_an_event_at_its_moment() -> None:
    """The middle of July 2023 is a little after the middle between 2022–23 and 2023–24."""
    svg = read(drawn())
    [line] = strokes(svg, COLOURS["signal"], 2.4)
    [rule] = [each for each in strokes(svg, COLOURS["ink"], 0.6) if each[0][0] == each[1][0]]
    year = line[1][0] - line[0][0]
    assert rule[0][0] == pytest.approx(line[2][0] + year * (6.5 / 12), abs=0.02)
    assert text_box(svg, "July 2023")[2] < rule[0][0] < text_box(svg, OPENS.label)[0]


@pytest.mark.parametrize("size_mm", SIZES_MM[1:3])
@pytest.mark.parametrize(
    "whens",
    [("July 2021", "September 2021"), ("2024", "2021")],
)
def test_keeps_the_words_of_two_events_off_both_rules(whens: tuple[str, str], size_mm: tuple[float, float]) -> None:
    events = tuple(ChartEvent(when, f"Something happens that matters {when}") for when in whens)
    svg = read(drawn(size_mm=size_mm, events=events))
    assert overlapping(texts(svg)) == []
    assert outside(svg) == []
    rules = [each for each in strokes(svg, COLOURS["ink"], 0.6) if each[0][0] == each[1][0]]
    assert len(rules) == 2
    words = [text.box for text in texts(svg) if "%" not in text.words and text.box[3] < 20 * POINTS_A_MM]
    for (x, low), (_, high) in rules:
        assert not any(box[0] < x < box[2] and min(low, high) < box[1] and box[3] < max(low, high) for box in words)


def test_leaves_a_line_open_where_values_are_missing() -> None:
    """And keeps the gap to scale."""
    moments = ("2014", "2015", "2016", "2019", "2020")
    rows = rows_of({"Queensland": (1, 2, 3, 4, 5), "Australia": (1, 1, 2, 2, 3)}, moments)
    first, second = strokes(read(drawn(rows, events=())), COLOURS["signal"], 2.4)
    assert (len(first), len(second)) == (3, 2)
    assert second[0][0] - first[-1][0] == pytest.approx(3 * (first[1][0] - first[0][0]), abs=0.02)


def test_says_where_an_axis_starts_if_it_isnt_zero() -> None:
    rows = tuple(
        ChartRow(f"June {year}", (year - 1991) * 1e6, f"{year - 1991} million", "people") for year in range(2014, 2020)
    )
    words = [text.words.replace("\N{NO-BREAK SPACE}", " ") for text in texts(read(drawn(rows, events=())))]
    assert "The scale starts at 23 million people." in words
    assert "28 million people" in words
    assert "24" in words


class TestRefusals:
    """Each refusal names the row, the event or the chart that its author can change."""

    def test_of_more_than_five_series(self) -> None:
        rows = rows_of({f"place {number}": (1, 2, 3, 4, 5) for number in range(6)})
        reason, row = refusal(rows)
        assert "use kind: small-multiples" in reason
        assert row is rows[25]

    def test_of_fewer_than_four_moments(self) -> None:
        reason, row = refusal(rows_of({"Queensland": (1, 2, 3)}))
        assert reason == "it has 3 moments, but a line needs at least 4 use kind: columns"
        assert row is None

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"value": None}, "names no figure"),
            ({"unit": "people"}, "is in “people”, but the first row is in “%”"),
            ({"unit": "one in"}, "give the rate in %"),
            ({"series": ""}, "names no series, but others do"),
            (
                {"label": "Later"},
                "names no moment write 2014, 2014–15, June 2015 or 2015-06-30; for rows that aren't dates, use kind: bars",
            ),
            ({"label": "2020–21"}, "is the same moment as “2020–21” of its series"),
            ({"label": "2001"}, "comes after “2020–21”, which is later"),
            (
                {"low": 3.4, "high": 4.0, "strong": True, "series": "Queensland", "label": "2025–26"},
                "outside its own range",
            ),
            ({"low": 1.0, "strong": True, "series": "Queensland", "label": "2025–26"}, "has no high"),
            ({"strong": True}, "emphasise only one series"),
        ],
    )
    def test_of_a_row(self, change: dict[str, object], words: str) -> None:
        changed = replace(RATES[1], **change)
        moved = change.get("series") == "Queensland"
        rows = (*RATES, changed) if moved else (RATES[0], changed, *RATES[2:])
        reason, row = refusal(rows)
        assert words in reason
        assert row is (rows[10] if words.startswith("emphasise") else changed)

    @pytest.mark.parametrize(
        ("event", "words"),
        [
            (ChartEvent("soon", "Something"), "is at “soon”, which is no moment"),
            (ChartEvent("2003", "Something"), "before or after all values"),
            (ChartEvent("2022", "Many words " * 40), "too many words for the width"),
        ],
    )
    def test_of_an_event(self, event: ChartEvent, words: str) -> None:
        reason, named = refusal(RATES, events=(OPENS, event))
        assert words in reason
        assert named is event

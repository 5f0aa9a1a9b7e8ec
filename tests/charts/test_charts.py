"""Charts are in proportion, legible, inside their drawing area and the same every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import projects
from briefpack import charts
from briefpack.layout import added_fonts
from briefpack.plan import ChartOptions, ChartRow, Drawing
from briefpack.project import Project
from drawn import (
    COLOURS,
    PROJECT,
    SVG,
    filled,
    font,
    house_look,
    outside,
    read,
    texts,
)
from projects import TESTS, english, language

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from briefpack.layout.look import Look

SIZES_MM = ((119.0, 45.0), (80.0, 50.0), (174.0, 70.0))

PEOPLE = (
    ChartRow("people are held in modern slavery worldwide", 50e6, "50 million", "people"),
    ChartRow("of them in forced labour", 28e6, "28 million", "people"),
    ChartRow("of those in Asia and the Pacific", 17e6, "17 million", "people", "3.5 per thousand", strong=True),
)
ONE_IN = (
    ChartRow("men have taken part", 55, "1 in 55", "one in"),
    ChartRow("children are trafficked", 100, "1 in 100", "one in"),
)
YEARS = (
    ChartRow("Allocated each year, 2021–22 to 2023–24", 15.4e6, "AU$15.4 million", "AU$", "three years"),
    ChartRow("Asked for each year", 30.8e6, "AU$30.8 million", "AU$", strong=True),
)
LOSSES = (
    ChartRow("2023", 480e6, "AU$480 million", "AU$", group="Losses"),
    ChartRow("2024", 320e6, "AU$320 million", "AU$", group="Losses", strong=True),
    ChartRow("2023", 300e6, "AU$300 million", "AU$", group="Of which returned"),
    ChartRow("2024", 250e6, "AU$250 million", "AU$", group="Of which returned", strong=True),
)
PROFITS = (
    ChartRow("in illegal profits each year, worldwide", 378e9, "AU$378 billion", "AU$"),
    ChartRow("made in Asia and the Pacific", 99e9, "AU$99 billion", "AU$", strong=True),
    ChartRow("made in Europe", 60e9, "AU$60 billion", "AU$"),
)
COSTS = (
    ChartRow(
        "Introduce a digital duty of care",
        None,
        "A new duty under the Online Safety Act 2021, at no direct cost",
    ),
    ChartRow("Technical capacity building", 1e6, "AU$1 million", "AU$"),
    ChartRow("Double the centre that finds offenders", 30.8e6, "AU$30.8 million", "AU$", strong=True),
    ChartRow("Train officers", 0.2e6, "AU$200,000", "AU$"),
)
EVENTS = (
    ChartRow("He loses his job & looks for another", when="2021"),
    ChartRow("He is recruited for a marketing job that pays AU$1,100, then AU$900", when="May 2022"),
    ChartRow("Authorities rescue him and eight others from the compound", when="July 2022", strong=True),
    ChartRow("Three recruiters are charged", when="2023"),
)
GOOD = {
    "people": ("unit-chart", PEOPLE, 1e6),
    "one in": ("unit-chart", ONE_IN, None),
    "years": ("bars", YEARS, None),
    "losses": ("bars", LOSSES, None),
    "profits": ("part-of-whole", PROFITS, None),
    "events": ("timeline", EVENTS, None),
    "costs": ("cost-of-asks", COSTS, None),
}


def drawn(name: str, size_mm: tuple[float, float] = SIZES_MM[0]) -> bytes:
    """Draw one of the valid charts."""
    kind, rows, mark = GOOD[name]
    return charts.draw(Drawing(kind, rows, *size_mm, options=ChartOptions(mark)), house_look(), english(), PROJECT)


def drawn_rows(
    kind: str,
    rows: tuple[ChartRow, ...],
    mark: float | None = None,
    size_mm: tuple[float, float] = SIZES_MM[0],
) -> ET.Element:
    """Draw rows and read the SVG back."""
    return read(
        charts.draw(Drawing(kind, rows, *size_mm, options=ChartOptions(mark)), house_look(), english(), PROJECT)
    )


class TestProportion:
    """Axes start at zero, and lengths and counts are proportional to values."""

    def test_draws_bars_in_proportion_to_their_values(self) -> None:
        """Bars of one unit start at the same edge, have lengths in proportion to their values, and none for zero."""
        rows = tuple(
            ChartRow(f"row {value}", value, str(value), "people", strong=value == 45) for value in (90, 45, 9, 0)
        )
        bars = filled(drawn_rows("bars", rows), "signal", "slate")
        assert {bar[0] for bar in bars} == {bars[0][0]}
        lengths = [bar[2] - bar[0] for bar in bars]
        assert lengths == pytest.approx([lengths[0] * row.value / 90 for row in rows if row.value], abs=0.02)

    def test_draws_groups_of_one_unit_to_the_same_scale(self) -> None:
        """Two groups in dollars can be compared by eye."""
        rows = tuple(ChartRow("row", value, str(value), "AU$", group=f"group {value}") for value in (90, 30))
        lengths = [bar[2] - bar[0] for bar in filled(drawn_rows("bars", rows), "support")]
        assert lengths[0] == pytest.approx(3 * lengths[1], abs=0.05)

    @pytest.mark.parametrize("size_mm", SIZES_MM)
    def test_draws_parts_in_proportion_to_the_whole(self, size_mm: tuple[float, float]) -> None:
        """A part's share of the strip's area is right, whether the strip is horizontal or vertical."""
        svg = drawn_rows("part-of-whole", PROFITS, None, size_mm)
        areas = [(right - left) * (bottom - top) for left, top, right, bottom in filled(svg, "mist", "signal", "bar")]
        assert areas[1] / areas[0] == pytest.approx(99 / 378, abs=0.01)
        assert areas[2] / areas[0] == pytest.approx(60 / 378, abs=0.01)

    def test_draws_one_mark_for_each_unit(self) -> None:
        """Fifty people have 17 in the signal colour, 11 grey and 22 hollow; a person is two outlines."""
        svg = drawn_rows("unit-chart", PEOPLE, 1e6)
        outlines = dict.fromkeys(("mist", "slate", "signal"), 0)
        for path in svg.iter(f"{SVG}path"):
            for name in outlines:
                if f"fill: {COLOURS[name].lower()}" in path.get("style", ""):
                    outlines[name] += path.get("d", "").count("M")
        assert outlines == {"mist": 2 * 22, "slate": 2 * 11, "signal": 2 * 17}
        assert "One mark = 1\N{NO-BREAK SPACE}million people" in [text.words for text in texts(svg)]


class TestBars:
    """Bars are thin, however high their chart is, and no mark is left unexplained."""

    @pytest.mark.parametrize("name", ["years", "losses"])
    def test_prints_the_words_of_strong_rows_in_a_heavier_weight(self, name: str) -> None:
        """A label and its value have the same weight, and group names are as heavy."""
        rows = GOOD[name][1]
        heavy = {text.words for text in texts(read(drawn(name))) if "font-weight: 600" in text.style}
        strong = {words for row in rows if row.strong for words in (row.label, row.written)}
        assert heavy == strong | {row.group for row in rows if row.group}


def people(svg: ET.Element, *names: str) -> list[tuple[float, float, float, float]]:
    """Read the boxes of the bodies of people filled with colours; each is a head and then a body."""
    wanted, boxes = {f"fill: {COLOURS[name].lower()}" for name in names}, []
    for path in svg.iter(f"{SVG}path"):
        if wanted & set(path.get("style", "").split("; ")):
            for body in path.get("d", "").split("z")[1::2]:
                numbers = [float(number) for number in re.findall(r"-?[\d.]+", body)]
                boxes.append((min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])))
    return boxes


class TestFieldsOfMarks:
    """Marks fill the available width and are large enough to read."""

    @pytest.mark.parametrize(("value", "marks"), [(0.2, 1), (2.4, 2), (2.5, 3)])
    def test_draws_the_nearest_number_of_marks(self, value: float, marks: int) -> None:
        rows = (ChartRow("live here", 9, "9", "people"), ChartRow("are held", value, f"{value}", "people", strong=True))
        assert len(people(drawn_rows("unit-chart", rows, 1), "signal")) == marks


LABEL = "the row at fault"
BAD = {
    "bars without a figure": ("bars", (ChartRow(LABEL),), None),
    "bars below zero": ("bars", (ChartRow(LABEL, -1, "-1"),), None),
    "bars in two units": ("bars", (ChartRow("a", 1, "1", "x"), ChartRow(LABEL, 1, "1", "y", group="b")), None),
    "a unit chart without the value of a mark": ("unit-chart", (ChartRow(LABEL, 5, "5", "people"),), None),
    "marks below zero": ("unit-chart", (ChartRow(LABEL, -5, "-5"),), 1),
    "too many marks": ("unit-chart", (ChartRow(LABEL, 5e6, "5"),), 1),
    "marks not nested": ("unit-chart", (ChartRow("a", 5, "5"), ChartRow(LABEL, 6, "6")), 1),
    "parts that exceed the whole": ("part-of-whole", (ChartRow("a", 5, "5"), ChartRow(LABEL, 6, "6")), None),
    "parts that exceed 100%": (
        "part-of-whole",
        (ChartRow("a", 60, "60%", "%"), ChartRow(LABEL, 41, "41%", "%")),
        None,
    ),
    "a part without a figure": ("part-of-whole", (ChartRow("a", 5, "5"), ChartRow(LABEL)), None),
    "a whole without parts": ("part-of-whole", (ChartRow(LABEL, 5, "5"),), None),
    "an event without a date": ("timeline", (ChartRow("a", when="May 2022"), ChartRow(LABEL)), None),
    "a cost without text": ("cost-of-asks", (ChartRow(LABEL),), None),
}


@pytest.mark.parametrize("kind", ["bars", "part-of-whole", "cost-of-asks"])
def test_draws_no_mark_thinner_than_a_hairline(kind):
    """A press loses one; zero has no mark at all."""
    rows = tuple(
        ChartRow(label, value, f"{value:.0f}", "people")
        for label, value in (("All", 50_000_000.0), ("Few", 7.0), ("None", 0.0), ("Half", 20_000_000.0))
    )
    for size in SIZES_MM:
        boxes = filled(drawn_rows(kind, rows, None, size), "signal", "support", "slate", "bar", "ink")
        sides = [side for left, top, right, bottom in boxes for side in (right - left, bottom - top)]
        assert sides
        assert min(sides) >= 0.25


@pytest.mark.parametrize("name", BAD)
def test_refuses_an_invalid_row_and_names_its_label(name: str) -> None:
    """The message is one lower-case sentence that names the row."""
    kind, rows, mark = BAD[name]
    with pytest.raises(ValueError, match=LABEL) as problem:
        drawn_rows(kind, rows, mark)
    assert str(problem.value)[0].islower()
    assert "\n" not in str(problem.value)


def test_wraps_text_by_the_metrics_of_its_font() -> None:
    """Lines fit their width, are of even length, and never break at a no-break space."""
    pen = charts.Pen(house_look(), PROJECT / "fonts", english(), ChartOptions())
    text = "Double funding for the Centre to Counter Child Exploitation by AU$15.4\N{NO-BREAK SPACE}million"
    lines = pen.wrap(text, 50, 8.5)
    assert " ".join(lines) == text
    assert all(pen.width_mm(line, 8.5) <= 50 for line in lines)
    assert "AU$15.4\N{NO-BREAK SPACE}million" in " ".join(lines[-1:])
    assert pen.width_mm("wide", 17) == pytest.approx(2 * pen.width_mm("wide", 8.5))
    for weight in ("400", "600", "700"):
        assert pen.width_mm("AU$30.8", 10, int(weight)) == pytest.approx(
            font(weight).getlength("AU$30.8") / 1000 * 10 * 25.4 / 72,
            rel=0.02,
        )


@pytest.mark.skipif(not added_fonts.every(PROJECT), reason="run .ci/set-up --dev for the font of Chinese")
def test_wraps_chinese_between_letters_and_never_before_a_comma() -> None:
    chinese = added_fonts.look_with(house_look(), added_fonts.every(PROJECT), "Noto Sans SC")
    pen = charts.Pen(chinese, PROJECT / "fonts", language("zh-Hans"), ChartOptions())
    text = "上学时段\uff0c汽车以每小时48公里的速度驶过学校门口\uff0c而孩子们正要过街。"
    lines = pen.wrap(text, 20, 8.5)
    assert len(lines) > 1
    assert "".join(lines) == text
    assert [line for line in lines if line[0] in "\uff0c。"] == []
    assert any("48" in line for line in lines)
    assert all(pen.width_mm(line, 8.5) <= 20 for line in lines)


def test_cuts_a_word_that_is_wider_than_its_column() -> None:
    """It would run over what is beside the chart."""
    word = "intergovernmental-coordination-and-accountability"
    rows = tuple(ChartRow(f"A {word} begins", None, "", "", when=f"May {year}") for year in (2001, 2003))
    svg = drawn_rows("timeline", rows, None, (46, 100))
    assert outside(svg) == []
    assert word in "".join(text.words for text in texts(svg))


def own_kind(folder: Path, *lines: str) -> Path:
    """Write a chart file with these lines to a project with the house fonts and style."""
    if not (folder / "fonts").exists():
        (folder / "charts").mkdir()
        (folder / "fonts").symlink_to(PROJECT / "fonts")
        style = PROJECT / "charts" / "house.mplstyle"
        (folder / "charts" / "house.mplstyle").write_bytes(style.read_bytes())
    file = folder / "charts" / "own_kind.py"
    file.write_text("\n    ".join(("def draw(ax, rows, look):", *lines)) + "\n", encoding="utf-8")
    return file


def draw_own(folder: Path) -> bytes:
    """Draw with the project's own chart file."""
    return charts.draw(Drawing("own-kind", (), *SIZES_MM[0]), house_look(), english(), folder)


def test_redraws_after_a_change_of_the_chart_file(tmp_path: Path) -> None:
    """A designer's edit shows at once, and the folder stays free of compiled files."""
    for words in ("before", "after & <later>"):
        file = own_kind(tmp_path, f"look.write(ax, {words!r}, 0, 5, 'label')")
        assert [text.words for text in texts(read(draw_own(tmp_path)))] == [words]
    assert Project(tmp_path).chart_kinds == ("own-kind",)
    assert sorted(path.name for path in file.parent.iterdir()) == ["house.mplstyle", "own_kind.py"]


def test_a_chart_has_nothing_of_the_one_drawn_before(tmp_path: Path) -> None:
    """A list at the top of a chart file is empty again for each drawing."""
    file = own_kind(tmp_path, "SEEN.append('again')", "look.write(ax, ' '.join(SEEN), 0, 5, 'label')")
    file.write_text(f"SEEN = []\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    for _ in range(2):
        assert [text.words for text in texts(read(draw_own(tmp_path)))] == ["again"]


@pytest.mark.parametrize(
    "settings", [{"MPLBACKEND": "nonsense"}, {"MATPLOTLIBRC": "path.sketch: 1, 100, 2"}, {"MATPLOTLIBRC": "text.usetex: True"}]
)  # fmt: skip
@pytest.mark.part(name="charts", beyond=1)
def test_a_users_own_settings_of_matplotlib_change_nothing(tmp_path: Path, settings: dict[str, str]) -> None:
    """Only the house style counts."""
    if text := settings.get("MATPLOTLIBRC"):
        (tmp_path / "matplotlibrc").write_text(f"{text}\n", encoding="utf-8")
        settings = {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc")}
    code = f"""
import sys
sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(TESTS)!r}, {str(TESTS / "support")!r}]
from briefpack import charts
import test_charts
sys.stdout.buffer.write(test_charts.drawn("people"))
"""
    environment = {**os.environ, **settings}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment)  # noqa: S603 -- this Python
    assert done.stdout == drawn("people")


def hatched_look() -> Look:
    """Make the look of an edition in which quiet marks are hatched."""
    return replace(house_look(), patterns={"slate": "diagonal", "bar": "diagonal"})


@pytest.mark.parametrize("name", ["years", "profits"])
def test_draws_a_hatched_colour_as_lines(name: str) -> None:
    """The colour itself then fills no mark, and outlines the hatched ones."""
    kind, rows, mark = GOOD[name]
    svg = charts.draw(Drawing(kind, rows, *SIZES_MM[0], options=ChartOptions(mark)), hatched_look(), english(), PROJECT)
    assert b"fill: url(#" in svg
    assert b"<pattern" in svg
    # A pattern's own lines are filled and stroked with its colour.
    outside_patterns = re.sub(rb"<pattern.*?</pattern>", b"", svg, flags=re.DOTALL)
    for name_of in ("slate", "bar"):
        assert f"fill: {COLOURS[name_of].lower()}".encode() not in outside_patterns
    assert b"url(#" not in drawn(name)


def test_writes_no_value_on_hatching() -> None:
    """If any bar is hatched, every value is written in ink beyond the end of its bar."""
    kind, rows, mark = GOOD["years"]
    svg = read(
        charts.draw(Drawing(kind, rows, *SIZES_MM[0], options=ChartOptions(mark)), hatched_look(), english(), PROJECT)
    )
    strong = filled(svg, "signal")[0]
    ends = strong[0] + (strong[2] - strong[0]) * 15.4 / 30.8, strong[2]
    values = [text for text in texts(svg) if text.words.startswith("AU$")]
    assert len(values) == 2
    for value, end in zip(values, ends, strict=True):
        assert value.box[0] > end
        assert COLOURS["ink"].lower() in value.style


def luminance(colour):
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("edition", ["screen", "home"])
@pytest.mark.parametrize("name", ["ijm", "plain"])
def test_gives_map_text_and_land_enough_contrast(name, edition):
    colours = projects.look(name, edition).colours
    for text in ("map-text", "map-quiet-text"):
        assert contrast(colours[text], colours["map-ground"]) >= 4.5, text
    assert contrast(colours["paper"], colours["map-mark"]) >= 4.5
    if edition == "screen":
        assert contrast(colours["map-ground"], colours["sand"]) >= 1.25


@pytest.mark.parametrize(
    ("size_mm", "needed"),
    [((30.0, 60.0), r"need \d+ mm of width"), ((119.0, 4.0), r"need \d+ mm of height")],
    ids=["narrow", "low"],
)
def test_refuses_nested_marks_that_have_no_room_at_all(size_mm, needed):
    with pytest.raises(charts.Undrawable, match=needed):
        drawn_rows("unit-chart", PEOPLE, 1e6, size_mm)

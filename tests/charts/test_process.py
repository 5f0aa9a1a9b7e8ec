"""Steps are in order, numbered and apart, and a process refuses what isn't three to six short steps."""

import re

import pytest

from briefpack import charts, layout
from briefpack.plan import ChartRow, Drawing
from briefpack.project import Project
from drawn import COLOURS, PROJECT, SVG, house_look, outside, overlapping, read, texts
from projects import english

STEPS = (
    ChartRow("A platform reports", note="A technology company finds suspected abuse and reports it to the CyberTipline."),
    ChartRow("Manila investigates", note="The Philippine Internet Crimes Against Children Centre opens a case.", strong=True),
    ChartRow("Police share leads", note="AFP officers in Manila match the case with offenders arrested in Australia.", strong=True),
    ChartRow("Officers act", note="Philippine police and social workers carry out search warrants together."),
    ChartRow("Children are safe", note="Children are removed from harm and placed in the care of child welfare services."),
    ChartRow("Courts sentence", note="Offenders are tried."),
)  # fmt: skip
SIZES_MM = ((46, 120), (82, 90), (119, 84), (174, 44))
LOOKS = [
    pytest.param(layout.load(Project(PROJECT), name, edition).look, id=f"{name}-{edition}")
    for name in ("ijm", "plain")
    for edition in ("screen", "home", "press")
]
NOTE = "The steps are in order, not on a scale of time."


def drawn(rows, size_mm=(174, 44), look=None):
    return charts.draw(Drawing("process", tuple(rows), *size_mm), look or house_look(), english(), PROJECT)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size_mm", SIZES_MM)
@pytest.mark.parametrize("count", [3, 5, 6])
def test_prints_all_its_words_apart_and_inside_the_drawing(count, size_mm, look):
    svg = drawn(STEPS[:count], size_mm, look)
    found = texts(read(svg))
    words = " ".join(text.words for text in found).split()
    for row in STEPS[:count]:
        assert {*row.label.split(), *row.note.split()} <= set(words)
    assert {*NOTE.split()} <= set(words)
    assert [word for word in words if word.isdecimal()] == [str(step) for step in range(1, count + 1)]
    assert overlapping(found) == []
    assert outside(read(svg)) == []
    assert svg == drawn(STEPS[:count], size_mm, look)


def numerals(svg, axis):
    return [text.box[axis] for text in texts(svg) if text.words.isdecimal()]


def test_puts_steps_in_columns_if_they_are_wide_enough():
    across = numerals(read(drawn(STEPS[:5])), 0)
    assert across == sorted(set(across))
    down = read(drawn(STEPS[:5], (119, 70)))
    assert max(numerals(down, 0)) < 10
    assert numerals(down, 1) == sorted(numerals(down, 1))


@pytest.mark.parametrize("size_mm", SIZES_MM)
def test_marks_strong_steps_by_colour_and_a_rule(size_mm):
    svg = read(drawn(STEPS[:4], size_mm))
    rules = [path for path in svg.iter(f"{SVG}path") if f"stroke: {COLOURS['signal'].lower()}" in path.get("style", "")]
    assert len(rules) == 2
    coloured = [text.words for text in texts(svg) if COLOURS["signal"].lower() in text.style]
    assert coloured == ["2", "3"]


def test_draws_an_arrow_between_steps_and_none_after_the_last():
    svg = read(drawn(STEPS[:5]))
    heads = [path for path in svg.iter(f"{SVG}path") if f"fill: {COLOURS['ink'].lower()}" in path.get("style", "")]
    assert len(heads) == 4


REFUSED = {
    "no rows": ((), "no rows"),
    "two": (STEPS[:2], "has 2 of the three to six steps"),
    "seven": ((*STEPS, ChartRow("at fault")), "“at fault” is the seventh step"),
    "a long heading": ((*STEPS[:3], ChartRow("x" * 25)), "has a heading of 25 characters"),
    "a long note": ((*STEPS[:3], ChartRow("at fault", note="word " * 21)), "“at fault” has a note of 21 words"),
    "a date": ((*STEPS[:3], ChartRow("at fault", when="2024")), "“at fault” has a date"),
    "a figure": ((*STEPS[:3], ChartRow("at fault", 5, "5")), "“at fault” names a figure"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_rows_by_their_names(name):
    rows, message = REFUSED[name]
    with pytest.raises(charts.Undrawable, match=message) as problem:
        drawn(rows)
    assert problem.value.fix
    assert str(problem.value)[0].islower()


def test_names_the_height_that_its_steps_need():
    with pytest.raises(charts.Undrawable, match=r"need (\d+) mm of height") as problem:
        drawn(STEPS[:5], (174, 20))
    needed = float(re.search(r"need (\d+)", str(problem.value))[1])
    assert outside(read(drawn(STEPS[:5], (174, needed)))) == []

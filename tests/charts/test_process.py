"""Steps are in order, numbered and apart, and a process refuses what isn't three to six short steps."""

import re
from itertools import pairwise

import pytest

import projects
from briefpack import charts
from briefpack.plan import ChartRow, Drawing
from drawn import COLOURS, PROJECT, SVG, house_look, outside, overlapping, read, size_of, start_of, texts
from projects import english

STEPS = (
    ChartRow("A platform reports", note="A technology company finds suspected abuse and reports it to the CyberTipline."),
    ChartRow("Manila investigates", note="The Philippine Internet Crimes Against Children Centre opens a case.", strong=True),
    ChartRow("Police share leads", note="AFP officers in Manila match the case with offenders arrested in Australia.", strong=True),
    ChartRow("Officers act", note="Philippine police and social workers carry out search warrants together."),
    ChartRow("Children are safe", note="Children are removed from harm and placed in the care of child welfare services."),
    ChartRow("Courts sentence", note="Offenders are tried."),
)  # fmt: skip
SHORT = ("Rescued in June", "Arrives, May 2022", "Made to scam", "Ransom", "Brought to court", "Convicted")
SIZES_MM = ((46, 120), (82, 90), (119, 84), (174, 44))
LOOKS = [
    pytest.param(projects.look(name, edition), id=f"{name}-{edition}")
    for name in ("ijm", "plain")
    for edition in ("screen", "home", "press")
]


def drawn(rows, size_mm=(174, 44), look=None):
    return charts.draw(Drawing("process", tuple(rows), *size_mm), look or house_look(), english(), PROJECT)


@pytest.mark.part(name="charts", beyond=18)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size_mm", SIZES_MM)
@pytest.mark.parametrize("count", [3, 5, 6])
def test_prints_all_its_words_apart_and_inside_the_drawing(count, size_mm, look):
    svg = drawn(STEPS[:count], size_mm, look)
    found = texts(read(svg))
    words = " ".join(text.words for text in found).split()
    for row in STEPS[:count]:
        assert {*row.label.split(), *row.note.split()} <= set(words)
    assert "scale." not in words
    assert "".join(text.words for text in found if text.words in MARKS) == "ABCDEF"[:count]
    assert overlapping(found) == []
    assert outside(read(svg)) == []
    assert svg == drawn(STEPS[:count], size_mm, look)


def bars(svg):
    return [path for path in svg.iter(f"{SVG}path") if f"fill: {COLOURS['signal'].lower()}" in path.get("style", "")]


MARKS = {*"ABCDEF"}


def numerals(svg, axis):
    return [text.box[axis] for text in texts(svg) if text.words in MARKS]


def test_spreads_steps_over_the_height_of_a_tall_column():
    tops = numerals(read(drawn(STEPS[:4], (85, 92))), 1)
    assert max(tops) - min(tops) > 0.65 * 92 * 72 / 25.4


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size_mm", [*SIZES_MM, (174, 70)])
def test_sets_headings_and_words_at_one_size_whatever_the_room(size_mm, look):
    found = [text for text in texts(read(drawn(STEPS[:4], size_mm, look))) if text.words not in MARKS]
    headings = {size_of(text.style) for text in found if "font-weight: 600" in text.style}
    words = {size_of(text.style) for text in found if "font-weight: 600" not in text.style}
    assert headings == {look.sizes_pt["chart-value"]}
    assert words == {look.sizes_pt["chart-label"]}


def test_leads_words_as_the_small_type_of_a_page():
    svg = read(drawn(STEPS[:3], (174, 44)))
    lines = {start_of(text)[1] for text in svg.iter(f"{SVG}text") if size_of(text.get("style")) == 8.5}
    steps = [after - before for before, after in pairwise(sorted(lines))]
    assert steps == pytest.approx([11.0] * len(steps), abs=0.05)


def test_puts_steps_in_columns_if_they_are_wide_enough():
    across = numerals(read(drawn(STEPS[:5])), 0)
    assert across == sorted(set(across))
    down = read(drawn(STEPS[:5], (119, 70)))
    assert max(numerals(down, 0)) < 10
    assert numerals(down, 1) == sorted(numerals(down, 1))


@pytest.mark.parametrize("size_mm", SIZES_MM)
def test_marks_strong_steps_by_their_numerals_and_a_bar(size_mm):
    svg = read(drawn(STEPS[:4], size_mm))
    assert len(bars(svg)) == 2
    marked = [text.words for text in texts(svg) if COLOURS["signal"].lower() in text.style]
    assert marked in (["2", "3"], ["B", "C"])


@pytest.mark.parametrize("size_mm", [(174, 44), (85, 92)])
def test_has_letters(size_mm):
    """Asks, and the reasons of a leave-behind, have numbers; the steps are heard with the same letters."""
    assert [text.words for text in texts(read(drawn(STEPS[:3], size_mm))) if text.words in MARKS] == [*"ABC"]


def test_draws_the_bar_just_below_its_numeral():
    svg = read(drawn(STEPS[:4], (174, 44)))
    numeral = next(start_of(text)[1] for text in svg.iter(f"{SVG}text") if text.text == "B")
    tops = [min(float(y) for _, y in re.findall(r"[ML]\s*([\d.]+)[\s,]+([\d.]+)", path.get("d"))) for path in bars(svg)]
    assert tops == pytest.approx([numeral + 1.5 * 72 / 25.4] * 2, abs=0.1)


def test_leaves_no_room_for_bars_without_a_strong_step():
    rows = [ChartRow(step.label, note=step.note) for step in STEPS[:3]]
    marked = [*rows[:2], ChartRow(rows[2].label, note=rows[2].note, strong=True)]
    tops = [
        min(text.box[1] for text in texts(read(drawn(each))) if text.words == STEPS[0].label) for each in (rows, marked)
    ]
    assert tops[0] < tops[1]


@pytest.mark.parametrize("size_mm", [(119, 84), (174, 44)])
def test_sets_numerals_larger_than_headings(size_mm):
    svg = read(drawn(STEPS[:5], size_mm))
    sizes = {text.words: float(re.search(r"font-size: ([\d.]+)px", text.style)[1]) for text in texts(svg)}
    first, fourth = (mark for mark in sizes if mark in {*"AD"})
    assert sizes[first] == sizes[fourth] > 1.5 * sizes[STEPS[0].label]


def test_sets_steps_at_one_pitch_with_equal_arrows():
    svg = read(drawn(STEPS[:4], (119, 84)))
    tops = numerals(svg, 1)
    pitches = [after - before for before, after in pairwise(tops)]
    assert pitches == pytest.approx([pitches[0]] * 3, abs=1)


def test_begins_all_headings_at_one_height():
    found = [text for text in texts(read(drawn(STEPS, (174, 56)))) if text.words not in MARKS]
    tops = {row.label: min(text.box[1] for text in found if row.label.startswith(text.words)) for row in STEPS}
    assert max(tops.values()) - min(tops.values()) < 1


def test_begins_words_below_their_own_heading():
    rows = [ChartRow("Heard"), ChartRow("Heard", note="two"), ChartRow("Heard in the high courts", note="one")]
    found = {text.words: text.box[1] for text in texts(read(drawn(rows * 2)))}
    assert found["one"] - found["two"] > 8


def test_sets_headings_on_one_line_if_a_size_lets_them():
    rows = [ChartRow(label, note=step.note) for label, step in zip(SHORT, STEPS, strict=True)]
    found = {text.words for text in texts(read(drawn(rows, (174, 60), LOOKS[0].values[0])))}
    assert set(SHORT) <= found


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

"""Steps are in order, numbered and apart, and a process refuses what isn't three to six short steps."""

import pytest

from briefpack import charts
from briefpack.plan import ChartRow, Drawing
from drawn import PROJECT, house_look, read, size_of, texts
from projects import english

STEPS = (
    ChartRow("A platform reports", note="A technology company finds suspected abuse and reports it to the CyberTipline."),
    ChartRow("Manila investigates", note="The Philippine Internet Crimes Against Children Centre opens a case.", strong=True),
    ChartRow("Police share leads", note="AFP officers in Manila match the case with offenders arrested in Australia.", strong=True),
    ChartRow("Officers act", note="Philippine police and social workers carry out search warrants together."),
    ChartRow("Children are safe", note="Children are removed from harm and placed in the care of child welfare services."),
    ChartRow("Courts sentence", note="Offenders are tried."),
)  # fmt: skip


def drawn(rows, size_mm=(174, 44), look=None):
    return charts.draw(Drawing("process", tuple(rows), *size_mm), look or house_look(), english(), PROJECT)


MARKS = {*"ABCDEF"}


def numerals(svg, axis):
    return [text.box[axis] for text in texts(svg) if text.words in MARKS]


@pytest.mark.parametrize("size_mm", [(46, 120), (174, 70)])
def test_sets_headings_and_words_at_one_size_whatever_the_room(size_mm):
    look = house_look()
    found = [text for text in texts(read(drawn(STEPS[:4], size_mm, look))) if text.words not in MARKS]
    headings = {size_of(text.style) for text in found if "font-weight: 600" in text.style}
    words = {size_of(text.style) for text in found if "font-weight: 600" not in text.style}
    assert headings == {look.sizes_pt["chart-value"]}
    assert words == {look.sizes_pt["chart-label"]}


def test_puts_steps_in_columns_if_they_are_wide_enough():
    across = numerals(read(drawn(STEPS[:5])), 0)
    assert across == sorted(set(across))
    down = read(drawn(STEPS[:5], (119, 70)))
    assert max(numerals(down, 0)) < 10
    assert numerals(down, 1) == sorted(numerals(down, 1))


REFUSED = {
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

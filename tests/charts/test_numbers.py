"""A strip of figures is large, apart and unbroken, and refuses what is no strip of two to four figures."""

import pytest

from briefpack import charts
from briefpack.plan import ChartRow, Drawing
from drawn import PROJECT, house_look, outside, overlapping, read, size_of, texts
from projects import english

POLICE = (
    ChartRow("operations", 287, "287", "operations"),
    ChartRow("people removed from harm", 766, "766", "people", strong=True),
    ChartRow("suspects arrested", 167, "167", "people"),
)
LONG = (
    ChartRow("a year for investigators", 320e6, "AU$320\u00a0million", "AU$"),
    ChartRow("children in care", 39380, "about 39,380", "children", "at the end of 2024"),
    ChartRow("of reports led to an arrest", 12, "12%", "%"),
    ChartRow("police stations", 4, "4", "stations"),
)


def drawn(rows, size_mm=(119, 20), look=None):
    return charts.draw(Drawing("numbers", tuple(rows), *size_mm), look or house_look(), english(), PROJECT)


def figures(svg, rows):
    return [text for text in texts(svg) if text.words in {row.written for row in rows}]


@pytest.mark.parametrize(("size_mm", "down"), [((85, 21), False), ((85, 66), True), ((46, 66), True)])
def test_sets_figures_one_below_another_only_in_a_narrow_or_tall_place(size_mm, down):
    found = figures(read(drawn(POLICE, size_mm)), POLICE)
    lefts, tops = ([text.box[axis] for text in found] for axis in (0, 1))
    assert (len({round(left) for left in lefts}) == 1) == down
    assert (max(tops) - min(tops) > 0.55 * size_mm[1] * 72 / 25.4) == down


REFUSED = {

    "one": (POLICE[:1], "“operations” is one figure alone"),
    "five": ((*LONG, POLICE[0]), "“operations” is the fifth figure"),
    "no figure": ((*POLICE, ChartRow("at fault")), "“at fault” names no figure"),
    "a long label": ((*POLICE, ChartRow("x" * 31, 1, "1")), "has a label of 31 characters"),
    "two strong": ((POLICE[1], ChartRow("at fault", 1, "1", strong=True)), "“at fault” is strong as well"),
    "a long figure": ((*POLICE, ChartRow("at fault", 1, "about 39,380,123.25 million people")), "“at fault” has a figure too long"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_rows_by_their_names(name):
    rows, message = REFUSED[name]
    with pytest.raises(charts.Undrawable, match=message) as problem:
        drawn(rows, (82, 60))
    assert problem.value.fix
    assert str(problem.value)[0].islower()


MONEY = (
    ChartRow("to train assessors", 16.5e6, "AU$16.5\u00a0million", "AU$"),
    ChartRow("for the insulation fund", 320e6, "AU$320\u00a0million", "AU$", strong=True),
    ChartRow("a year for the duty of care", 450_000, "AU$450,000", "AU$"),
)


@pytest.mark.parametrize("size_mm", [(119, 17), (82, 21)])
def test_lists_figures_that_are_too_long_each_with_its_label_beside_it(size_mm):
    svg = read(drawn(MONEY, size_mm))
    found = {text.words: text for text in texts(svg)}
    for row in MONEY:
        figure, label = found[row.written], found[row.label]
        assert label.box[0] > figure.box[2]
        assert figure.box[1] < label.box[3] < figure.box[3] + 2
        assert size_of(figure.style) >= 13.9
    assert overlapping([*found.values()]) == []
    assert outside(svg) == []

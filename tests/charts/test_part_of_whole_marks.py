"""The parts of a whole as marks: each counted, in its own place, and named by a bracket."""

from itertools import pairwise

import pytest

from briefpack import charts
from briefpack.plan import ChartOptions, ChartRow, Drawing
from drawn import PROJECT, filled, house_look, outside, overlapping, read, texts
from projects import english

NESTED = (
    ChartRow("in modern slavery", 50e6, "50 million", "people"),
    ChartRow("in forced labour", 28e6, "28 million", "people"),
    ChartRow("in Asia and the Pacific", 17e6, "over 17 million", "people", strong=True),
)
SIZES_MM = ((119.0, 42.0), (119.0, 67.0), (82.0, 45.0), (82.0, 72.0))


def drawn(rows=NESTED, size_mm=SIZES_MM[0], mark=1e6):
    """Draw rows as marks and read the SVG back."""
    drawing = Drawing("part-of-whole", tuple(rows), *size_mm, options=ChartOptions(mark))
    return read(charts.draw(drawing, house_look(), english(), PROJECT))


@pytest.mark.parametrize("size_mm", SIZES_MM[::3])
def test_draws_a_square_for_each_mark_at_any_height(size_mm):
    svg = drawn(size_mm=size_mm)
    assert len(filled(svg, "signal")) == 17
    assert len(filled(svg, "mist")) == 28 - 17
    assert len(filled(svg, "paper")) == 50 - 28
    assert overlapping(texts(svg)) == []
    assert outside(svg) == []


def in_columns(svg):
    """Count the squares of each column; an outline moves its square by a hair."""
    lefts = sorted(box[0] for box in filled(svg, "support", "mist"))
    starts = [0, *(at for at, (one, other) in enumerate(pairwise(lefts), start=1) if other - one > 1), len(lefts)]
    return [after - before for before, after in pairwise(starts)]


@pytest.mark.parametrize("count", [21, 31])
@pytest.mark.parametrize("size_mm", [(82.0, 72.0), (174.0, 36.0)])
def test_leaves_no_square_alone_in_a_column(size_mm, count):
    rows = (ChartRow("in all", count * 1e6, "all", "people"), ChartRow("of them", 7e6, "7 million", "people"))
    columns = in_columns(drawn(rows, size_mm))
    assert sum(columns) == count
    assert min(columns) > 1


@pytest.mark.parametrize(
    ("rows", "mark", "reason"),
    [
        (NESTED[::-1], 1e6, "is not a part of “in Asia and the Pacific”"),
        (NESTED, 1e5, "needs 500 marks, but 20 to 100"),
        ((NESTED[0], ChartRow("some", 1.5e6, "1.5 million", "people")), 1e6, "would need a part of a mark"),
        ((NESTED[0], NESTED[2], ChartRow("a part", 5e6, "5 million", "people")), 1e6, "is strong, but the part inside"),
        ((NESTED[0], ChartRow("homes", 5e6, "5 million", "homes")), 1e6, "is in “homes”"),
        ((NESTED[0],), 1e6, "needs a value above zero and a part after it"),
    ],
)
def test_refuses_what_marks_cannot_show(rows, mark, reason):
    with pytest.raises(charts.Undrawable, match=reason):
        drawn(rows, mark=mark)

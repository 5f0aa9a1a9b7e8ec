"""Tests of warnings that a problem of the same place makes needless."""

from briefpack import jobs
from briefpack.problem import Problem

ROW = Problem("briefs/tiny/data/counts.csv", 4, "the row is refused", "delete it")
SAME = Problem("briefs/tiny/data/counts.csv", 4, "the row is there twice", "delete one", warning=True)
OTHER = Problem("briefs/tiny/data/counts.csv", 5, "the value is large", "check it", warning=True)
IMAGE = Problem("briefs/tiny/images/a.jpg", None, "the file is broken", "export it again")
ODD = Problem("briefs/tiny/images/a.jpg", None, "the image is small", "use a larger one", warning=True)


def test_leaves_out_a_warning_of_a_row_that_a_chart_refuses():
    assert jobs.without_repeats([SAME, OTHER, ODD], [ROW, IMAGE]) == (OTHER, ODD)
    assert jobs.without_repeats([SAME, OTHER], []) == (SAME, OTHER)

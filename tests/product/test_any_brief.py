"""Each brief of any shape is built with all its words, or refused at its line. See shapes/run.py."""

from dataclasses import replace

import pytest

from shapes.briefs import Size
from shapes.mistakes import MISTAKES, made
from shapes.run import Shapes, project
from shapes.search import search

SHORT = (1, 15)
LONG = [
    pytest.param(2, 15, marks=pytest.mark.long),
    *(pytest.param(seed, 63, marks=pytest.mark.long) for seed in range(3, 11)),
]
SMALL = Size(
    seed=7, layout="plain", edition="screen", places=(), sections=1, themes=1, asks=1, studies=1, appendices=1, contacts=1,
    glossary=1, most_words=40, images=False, charts=True, other_blocks=True, leave_behinds=True, letter=False,
    glance=False, logo=False, only=False, labels=False, optional=True,
)  # fmt: skip


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("seed", "pdfs"), [SHORT, *LONG])
def test_builds_any_brief_with_all_its_words_or_refuses_it_at_its_line(tmp_path, seed, pdfs):
    shapes = Shapes(project(tmp_path / "project"))
    search(seed, pdfs, lambda size: shapes.judge(made(size)), lambda: shapes.counts["pdfs"])
    assert shapes.counts["pdfs"] >= pdfs, shapes.counts
    assert shapes.counts["built"] >= shapes.counts["generated"] / 2, (shapes.counts, shapes.reasons)


@pytest.mark.usefixtures("in_process")
def test_reports_each_mistake_at_its_line(tmp_path):
    shapes = Shapes(project(tmp_path / "project"))
    assert {name: faults for name in MISTAKES if (faults := shapes.judge(made(replace(SMALL, mistake=name))))} == {}

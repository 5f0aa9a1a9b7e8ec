"""Each brief of any shape is built with all its words, or refused at its line. See shapes/run.py."""

from dataclasses import replace

import pytest

from shapes.briefs import Size
from shapes.mistakes import MISTAKES, made
from shapes.run import Shapes, project
from shapes.search import search

shapes = pytest.mark.part(name="shapes")
more_shapes = pytest.mark.part(name="more-shapes")

SEEDS = [
    *(pytest.param(seed, 15, marks=shapes) for seed in (1, 2)),
    *(pytest.param(seed, 59, marks=shapes) for seed in (7, 3, 4)),
    *(pytest.param(seed, 59, marks=more_shapes) for seed in (5, 6)),
]
SMALL = Size(
    seed=7, layout="plain", edition="screen", places=(), sections=1, themes=1, asks=1, studies=1, appendices=1, contacts=1,
    glossary=1, most_words=40, images=False, charts=True, other_blocks=True, leave_behinds=True, letter=False,
    glance=False, logo=False, only=False, labels=False, optional=True,
)  # fmt: skip

WIDE_IN_ASK = Size(
    seed=4, layout="ijm", edition="screen", places=(), sections=0, themes=0, asks=30, studies=0, appendices=0, contacts=0,
    glossary=0, most_words=40, images=False, charts=True, other_blocks=False, leave_behinds=False, letter=False,
    glance=False, logo=False, only=False, labels=False, optional=True,
)  # fmt: skip
"""One of its asks has a timeline, as wide as the page, in a text that ends above the facts beside it."""


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("seed", "pdfs"), SEEDS)
def test_builds_any_brief_with_all_its_words_or_refuses_it_at_its_line(tmp_path, seed, pdfs):
    tried = Shapes(project(tmp_path / "project"))
    search(seed, pdfs, lambda size: tried.judge(made(size)), lambda: tried.counts["pdfs"])
    assert tried.counts["pdfs"] >= pdfs, tried.counts
    assert tried.counts["built"] >= tried.counts["generated"] / 2, (tried.counts, tried.reasons)


@shapes
@pytest.mark.usefixtures("in_process")
def test_keeps_a_wide_chart_off_the_facts_beside_the_text(tmp_path):
    assert Shapes(project(tmp_path / "project")).judge(made(WIDE_IN_ASK)) == []


MANY_ASKS = replace(WIDE_IN_ASK, seed=114, themes=1, charts=False)
"""Its theme has thirteen asks, whose list is too high for the narrow column."""


@shapes
@pytest.mark.usefixtures("in_process")
def test_sets_a_list_of_many_asks_below_the_text_of_their_theme(tmp_path):
    assert Shapes(project(tmp_path / "project")).judge(made(MANY_ASKS)) == []


PARTNERS = replace(
    WIDE_IN_ASK, seed=0, edition="press", places=("ostby",), asks=0, charts=False, logo=True, optional=False,
)  # fmt: skip
"""It has three partners, whose logos would take two rows on the cover, down to the date."""


@shapes
@pytest.mark.usefixtures("in_process")
def test_keeps_the_logos_of_three_partners_off_the_date(tmp_path):
    assert Shapes(project(tmp_path / "project")).judge(made(PARTNERS)) == []


@shapes
@pytest.mark.usefixtures("in_process")
def test_reports_each_mistake_at_its_line(tmp_path):
    tried = Shapes(project(tmp_path / "project"))
    assert {name: faults for name in MISTAKES if (faults := tried.judge(made(replace(SMALL, mistake=name))))} == {}

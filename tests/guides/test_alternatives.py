"""The alternative text of each kind of chart has the values that its rows have and that its drawing shows."""

import re
from functools import partial
from pathlib import Path

import pytest

from briefpack import charts, layout, plan
from briefpack.brief import markdown
from briefpack.plan import Drawing
from guides import example
from projects import REPOSITORY

MOST = 12
SCALED = ("dots", "line", "small-multiples", "map-of-nation")
"""The kinds with numbers of a scale or of classes, which are no values."""
NUMBER = re.compile(r"[^\s;,.]*\d(?:[^\s;]*\w|%)?")

pytestmark = pytest.mark.part(name="guides")


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> list[tuple[Drawing, str, str]]:
    """Return each chart of the guide, with its alternative text and the texts that it draws."""
    project = example.write(tmp_path_factory.mktemp("alternatives") / "project", tour=True)
    loaded = plan.read_brief(project, example.BRIEF)
    laid = layout.load(project, "ijm", "screen")
    documents = plan.make(loaded, laid, plan.Wanted()).documents
    [drawings] = [document.charts for document in documents if not document.ask]
    draw = partial(_draw, look=laid.look, locale=loaded.locale, root=project.root, ground=charts.ground(loaded.group))
    alts = {name: markdown.plain(chart.alt, loaded.ledger) for name, chart in loaded.brief.charts.items()}
    return [(each, plan.with_values(alts[name], each, loaded.locale), draw(each)) for name, each in drawings.items()]


def _draw(drawing: Drawing, look, locale, root, ground) -> str:
    return " ".join(charts.labels(charts.draw(drawing, look, locale, root, ground)))


def test_covers_every_kind(told):
    kinds = {path.stem.replace("_", "-") for path in Path(REPOSITORY / "charts").glob("[a-z]*.py")}
    assert {drawing.kind for drawing, *_ in told} == kinds


def test_says_each_value_of_a_chart_with_up_to_twelve(told):
    few = [(drawing, alt) for drawing, alt, _ in told if len(drawing.rows) <= MOST]
    assert len(few) > MOST
    for drawing, alt in few:
        assert [row.written for row in drawing.rows if row.written not in alt] == [], alt


def test_says_each_value_that_is_drawn(told):
    for drawing, alt, drawn in told:
        rows = [row for row in drawing.rows if not row.key and row.written in drawn]
        assert [row.written for row in rows if row.written not in alt] == [], alt


def test_says_each_number_that_is_drawn_but_those_of_scales(told):
    for drawing, alt, drawn in told:
        numbers = NUMBER.findall(drawn) if drawing.kind not in SCALED else ()
        assert [number for number in numbers if number not in alt and number != "1"] == [], alt

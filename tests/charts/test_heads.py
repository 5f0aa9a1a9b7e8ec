"""The words around a chart: its finding, the line below it, and its sources, which never end in a year alone."""

import re

import pytest
import yaml

import every_kind
from briefpack import charts, layout, pages, plan
from briefpack.store import Store
from projects import english

CHART = re.compile(r'<figure class="chart (?P<kind>[a-z-]+).*?</figure>', re.DOTALL)
SOURCES = {
    "short": {"publisher": "Walk Free", "title": "Global Slavery Index", "date": "24 May 2023"},
    "long": {
        "publisher": "Example Statistics Agency", "date": "2021",
        "title": "A census of everyone who lived in a house, a flat or a boat on one night",
    },
}  # fmt: skip

pytestmark = pytest.mark.part(name="charts")


@pytest.fixture(scope="module", params=["footnotes"])
def shown(request, tmp_path_factory):
    """Return the HTML of each chart, by its kind, in a layout that cites sources in one way."""
    project = every_kind.write(tmp_path_factory.mktemp("heads") / "project")
    brief = project.root / "briefs/en-AU/brief.yaml"
    told = yaml.load(brief.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 -- this loader makes nothing but texts, lists and dicts
    told["sources"] |= SOURCES
    told["charts"]["bars"] |= {"sources": ["long"], "note": "Rounded."}
    told["charts"]["columns"] |= {"sources": ["short"]}
    told["charts"]["line"] |= {"sources": ["short", "long"]}
    design = project.root / "layouts/ijm/layout.yaml"
    design.write_text(design.read_text("utf-8").replace("citations: numbered", f"citations: {request.param}"), "utf-8")
    brief.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), "utf-8")
    return {found["kind"]: found[0] for found in CHART.finditer(_html(project))}


def _html(project):
    loaded = plan.read_brief(project, "en-AU")
    found = layout.load(project, "ijm", "screen")
    planned = plan.make(loaded, found, plan.Wanted())
    common = charts.made_from(found.look, english(), project.root, charts.ground(loaded.group))
    drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
    writer = pages.composer(planned, project.root, drawn, Store(project.store))
    [pack] = [each for each in planned.documents if not each.ask and not each.electorate]
    return "".join(piece.html for piece in pages.compose(writer, pack).pieces)


def _caption(html):
    return re.search(r"<figcaption>(.*?)</figcaption>", html, re.DOTALL)[1]


def test_says_what_is_counted_below_the_finding(shown):
    parts = re.findall(r'<p class="(finding|subtitle)" data-balance(?: data-tag="H\d")?>A chart\.</p>', shown["bars"])
    assert parts == ["finding", "subtitle"]


def test_ends_no_credit_in_a_year_alone(shown):
    caption = _caption(shown["bars"]).removesuffix(" Rounded.")
    assert caption.endswith("Statistics Agency,\u00a02021.")
    assert len(caption.split(" ")[-1]) >= len("Agency, 2021.")


def test_names_the_title_of_a_source_unless_it_is_long(shown):
    assert "Global Slavery Index," in _caption(shown["columns"])
    assert "census" not in _caption(shown["bars"])


def test_writes_the_note_after_the_source(shown):
    assert _caption(shown["bars"]).startswith("Source: ")
    assert _caption(shown["bars"]).endswith(". Rounded.")


def test_counts_the_sources(shown):
    assert _caption(shown["line"]).startswith("Sources: ")
    assert _caption(shown["columns"]).startswith("Source: ")


@pytest.mark.parametrize("shown", ["numbered"], indirect=True)
def test_gives_the_number_of_a_source_where_sources_are_numbered(shown):
    mark = r'\(<a href="piece:source-(\d+)" aria-label="source \1">\1</a>\)'
    assert re.fullmatch(rf"Source: Example Statistics[ \u00a0]Agency\u00a0{mark}\. Rounded\.", _caption(shown["bars"]))
    assert re.fullmatch(rf"Source: Walk[ \u00a0]Free\u00a0{mark}\.", _caption(shown["columns"]))

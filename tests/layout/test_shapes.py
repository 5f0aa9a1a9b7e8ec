"""Briefs of every shape in the layouts that ship: what is missing leaves no empty part, heading or link."""

import re

import pytest
import yaml

from briefpack import charts, pages, plan
from briefpack.pages import Composed, Composer
from briefpack.project import Project
from briefpack.store import Store
from projects import copy_frozen, english

TEXT = [{"text": "Every school should have a safe crossing near its gate."}]
NAME = "Walk Safely Australia"
ORGANISATION = {"name": NAME}
REASON = {"point": "It works.", "text": "Drivers slow down."}
BEHIND = {"headline": "Build the crossings", "reasons": [REASON]}
FIGURES = {"figures": {"cost": {"value": 12000000, "unit": "AU$", "means": "the cost", "source": "own"}}}


def ask(ask_id: str, **more: object) -> dict:
    return {"id": ask_id, "title": f"The {ask_id} fund", **more}


def part(part_id: str, **more: object) -> dict:
    return {"id": part_id, "heading": f"Why {part_id} matters", "blocks": TEXT, **more}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copy_frozen(tmp_path_factory.mktemp("shapes") / "project")


def compose(
    project: Project, laid: str, brief: dict, edition: str = "screen", places: tuple[str, ...] = ()
) -> dict[str, Composed]:
    """Return the documents of a brief in a layout."""
    writer, planned = _writer(project, laid, brief, edition, places)
    return {document.path: pages.compose(writer, document) for document in planned.documents}


def _writer(
    project: Project, laid: str, brief: dict, edition: str = "screen", places: tuple[str, ...] = ()
) -> tuple[Composer, plan.Plan]:
    folder = project.root / "briefs/shape"
    folder.mkdir(exist_ok=True)
    text = yaml.dump({"title": "Safe crossings", "organisation": ORGANISATION, **brief}, Dumper=_Plain, sort_keys=False)
    (folder / "brief.yaml").write_text(text, encoding="utf-8")
    loaded, found = plan.read(project, "shape", laid, edition)
    wanted = plan.Wanted(electorates=tuple(loaded.group.by_slug[place] for place in places) if loaded.group else ())
    planned = plan.make(loaded, found, wanted)
    common = charts.made_from(planned.layout.look, english(), project.root, None)
    drawn = {drawing: charts.key(drawing, common, project.root) for drawing in planned.drawings}
    return pages.composer(planned, project.root, drawn, Store(project.store)), planned


class _Plain(yaml.SafeDumper):
    """A dumper without aliases, which a brief may not have."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


every_layout = pytest.mark.parametrize("laid", ["ijm", pytest.param("plain", marks=pytest.mark.part(name="shapes"))])


@every_layout
def test_sums_up_every_ask_once_and_draws_yearly_costs_on_one_scale(shipped, laid):
    costs = {"small": 200000, "large": 2000000}
    figures = {name: {"value": cost, "unit": "AU$", "means": "a cost", "source": "own"} for name, cost in costs.items()}
    asks = [
        ask("last", theme="fair", amount="large", annual="large", why=TEXT),
        ask("law", theme="safe", legislation="Roads Act 2001", summary="Safer streets"),
        ask("free", theme="safe"), ask("first", theme="safe", annual="small"),
    ]  # fmt: skip
    themes = [{"id": "safe", "heading": "Safer"}, {"id": "fair", "heading": "Fairer", "standfirst": "For all."}]
    composed = compose(shipped, laid, {"asks": asks, "themes": themes, "figures": figures})[
        "national/national-pack.pdf"
    ]
    (html,) = (piece.html for piece in composed.pieces if piece.name.endswith(": glance"))
    rows = re.findall(r'<tr class="(?:theme|ask-row).*?</tr>', html, re.DOTALL)
    read = [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in rows]
    assert read == [
        "Safer", "2 The law fund Safer streets No funding sought –", "3 The free fund Not costed –",
        "4 The first fund AU$200,000", "Fairer", "1 The last fund AU$2 million AU$2 million",
    ]  # fmt: skip
    assert re.findall(r'class="bar" style="width: ([\d.]+)mm"', html) == ["2.2", "22.0"]


@every_layout
def test_says_where_a_case_began_to_readers_of_that_state_alone(shipped, laid):
    study = {"id": "case", "heading": "A case", "blocks": TEXT, "began_in": "TAS"}
    local = {"heading": "{electorate}", "facts": [{"fact": "children", "caption": "children"}]}
    brief = {"case_studies": [study], "electorates": "au-federal-2025", "local": local}
    packs = compose(shipped, laid, brief, places=("bass", "clark", "durack", "perth"))
    pieces = {
        path.partition("/")[0]: piece
        for path, composed in packs.items()
        for piece in composed.pieces
        if "case-study case" in piece.name
    }
    assert {place for place, piece in pieces.items() if "case-slot" in piece.slots} == {"bass", "clark"}
    assert pieces["bass"].key == pieces["clark"].key != pieces["durack"].key == pieces["perth"].key


@every_layout
def test_prints_the_amount_and_the_law_of_an_ask_on_its_leave_behind(shipped, laid):
    both = ask("both", amount="cost", legislation="Roads Act", leave_behind=BEHIND)
    made = compose(shipped, laid, {"asks": [both], **FIGURES})
    [leave_behind] = [each for path, composed in made.items() if "leave-behind" in path for each in composed.pieces]
    assert len(re.findall("<dt>", leave_behind.html)) == 2
    assert "Roads Act" in leave_behind.html


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path fill="#225577" d="M0 0h40v10H0z"/></svg>'


@every_layout
def test_places_the_logos_on_the_cover_on_the_leave_behind_and_at_the_end(shipped, laid):
    images = shipped.root / "briefs/shape/images"
    images.mkdir(parents=True, exist_ok=True)
    (images / "logo.svg").write_text(LOGO, encoding="utf-8")
    files = {"file": "logo.svg", "on_dark": "logo.svg"}
    brief = {"organisation": {**ORGANISATION, "logo": files}, "partners": [{"name": "Quillbrook", "logo": files}]}
    made = compose(shipped, laid, {**brief, "asks": [ask("crossings", leave_behind=BEHIND)]})
    alts = {
        piece.name.rpartition(" ")[2]: re.findall(r'class="logo" src="[^"]+" alt="([^"]*)"', piece.html)
        for composed in made.values()
        for piece in composed.pieces
    }
    both = [ORGANISATION["name"], "Quillbrook"]
    assert alts == {"cover": both, "crossings": [], "sources": both, "page": both}

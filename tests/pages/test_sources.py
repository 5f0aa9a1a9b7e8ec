"""The list of all sources: one number for each, in every document."""

import re
import shutil

import pypdfium2
import pytest

import projects
from briefpack import build, electorates, output, pages, plan
from briefpack.pages import sources
from briefpack.store import Store
from isles import copy_isles, replace


def numbered(tmp_path):
    """Return the sample for the Isles, whose pack prints numbers of the list of all sources."""
    project = copy_isles(tmp_path / "project")
    layout = project.root / "layouts/tiny"
    replace(layout / "layout.yaml", "citations: footnotes", "citations: numbered")
    (layout / "note.html").write_text("<sup>{{ source.number }}{% if first and foot %}*{% endif %}</sup>", "utf-8")
    listed = "{% for shown in all_sources() %}<li>{{ shown.number }} {{ shown.publisher }}</li>{% endfor %}"
    text = (layout / "sources.html").read_text("utf-8")
    (layout / "sources.html").write_text(re.sub(r"<ol>.*</ol>", f"<ol>{listed}</ol>", text), "utf-8")
    return project


def composed(project, *places):
    """Return the pack of the nation, whose place is an empty text, and of some electorates."""
    planned = build.prepare(output.Request(project, "tiny", "tiny", project.root / "out", electorates=places))
    writer = pages.composer(planned, project.root, dict.fromkeys(planned.drawings, "0"), Store(project.store))
    return {each.electorate or "": pages.compose(writer, each) for each in planned.documents if each.kind == "pack"}


def test_gives_a_source_the_same_number_in_every_document(tmp_path):
    project = numbered(tmp_path)
    brief = project.root / "briefs/tiny/brief.yaml"
    # Only the electorates' packs print this citation, before all others.
    replace(brief, "  standfirst: Counted beside {state} and {country}.", "  standfirst: Counted there.[^school-count]")
    replace(project.root / "layouts/tiny/cover.html", "{% if electorate %}", "{% if electorate %}{{ line(brief.local.standfirst) }}")  # fmt: skip
    packs = composed(project, "wick")
    body = {place: _piece(pack, "body") for place, pack in packs.items()}
    assert "<sup>3*</sup>" in _piece(packs["wick"], "cover").html
    assert re.findall(r"<sup>(\d)\*</sup>", body["wick"].html) == ["3", "1", "2"]
    assert body["wick"].key == body[""].key
    assert _piece(packs["wick"], "sources").key == _piece(packs[""], "sources").key


def test_lists_the_sources_of_the_brief_and_then_those_of_its_facts(tmp_path):
    (pack,) = composed(numbered(tmp_path)).values()
    listed = re.findall(r"<li>(\d+) ([^<]*)</li>", _piece(pack, "sources").html)
    assert listed == [
        ("1", "Example Road Institute"), ("2", "Example Health Review"), ("3", "Example Council"), ("4", "Isles Register"),
    ]  # fmt: skip


def test_lists_a_source_of_both_the_brief_and_the_set_once(tmp_path):
    project = copy_isles(tmp_path / "project")
    brief = plan.read_brief(project, "tiny").brief
    group = electorates.load(project, "isles")
    (fact,) = {group.definitions[each.fact].source for each in brief.local.facts}
    shared = brief.model_copy(update={"sources": {"theirs": group.sources[fact], **brief.sources}})
    listed = sources.listed(shared, group)
    assert len(listed.sources) == len(sources.listed(brief, group).sources)
    assert listed.number(group.sources[fact]) == 1


def _piece(pack, name):
    (piece,) = (each for each in pack.pieces if each.name.endswith(f": {name}"))
    return piece


def test_says_among_the_notices_which_currency_a_sign_means(tmp_path):
    project = projects.copy_frozen(tmp_path / "project")
    brief = project.root / "briefs/ijm-federal-2025/brief.yaml"
    replace(brief, "\nfigures:\n", "\ncurrency: {unit: AU$, sign: $, note: Dollar amounts are Australian.}\n\nfigures:\n")  # fmt: skip
    planned = build.prepare(output.Request(project, brief.parent.name, "ijm", tmp_path / "out", kinds=("pack",)))
    writer = pages.composer(planned, project.root, dict.fromkeys(planned.drawings, "0"), Store(project.store))
    *_, last = pages.compose(writer, planned.documents[0]).pieces
    assert '<p class="notice">Dollar amounts are Australian.</p>' in last.html


OF_THE_SET = """title: Sheep
organisation: {name: Friends of Sheep, short_name: Friends, website: https://sheep.example}
electoral_matter: no
layout: plain
electorates: isles
sections: [{id: wool, heading: About wool, blocks: [text: "Sheep have wool.[^wool]"]}]
asks: [{id: shear, title: Shear them, why: [text: They are warm.]}]
local: {heading: Sheep here, facts: [{fact: sheep, caption: sheep}]}
sources: {wool: {publisher: Wool Board}}
"""


@pytest.mark.usefixtures("in_process")
def test_a_pack_lists_only_those_sources_of_the_set_that_its_pages_cite(tmp_path):
    project = projects.copy_frozen(tmp_path / "project")
    shutil.copytree(projects.TESTS / "sets/isles", project.root / "briefs/electorates/isles")
    spec = project.root / "briefs/electorates/isles/set.yaml"
    text = spec.read_text("utf-8").replace("\nsources:\n", "\nsources:\n  count: {publisher: Sheep Count}\n")
    spec.write_text(re.sub(r"(\n  sheep:(?:\n    .*)*\n    source:) register", r"\1 count", text), "utf-8")
    (project.root / "briefs/sheep").mkdir()
    (project.root / "briefs/sheep/brief.yaml").write_text(OF_THE_SET, "utf-8")
    wanted = {"national": True, "electorates": ("wick",), "kinds": ("pack",)}
    report = build.run(output.Request(project, "sheep", "plain", project.root / "out", **wanted))
    assert [each.text for each in report.problems if not each.warning] == []
    listed = {}
    for path in report.folder.rglob("*-pack.pdf"):
        with pypdfium2.PdfDocument(path) as pdf:
            listed[path.parent.name] = pdf[len(pdf) - 1].get_textpage().get_text_bounded()
    assert {place: ("Wool Board" in text, "Sheep Count" in text) for place, text in listed.items()} == {
        "national": (True, False), "wick": (True, True),
    }  # fmt: skip

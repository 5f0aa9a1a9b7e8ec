"""The list of all sources: one number for each, in every document."""

import re

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

"""Lists about electorates, and facts that are texts: in the documents of their own electorate, and in no other."""

from dataclasses import replace

import pytest

from briefpack import build, output, plan, pool
from briefpack.problem import Problems
from isles import copy_isles
from isles import replace as edit_file
from projects import InProcess

LISTS = """
data:
  clubs: {file: clubs.csv}
local_data:
  club: {data: {from: clubs, electorate: seat, column: name, where: {place: [Tern Quay, ""]}}}
local_lists:
  clubs:
    data: {from: clubs, electorate: seat}
    heading: Clubs in {electorate}
    item: ["**{name}**, {place}", "**{name}**"]
    link: site
    at_most: 2
"""
ROWS = """seat,name,place,site
Harbour,Rope & *Sail* Club,Tern Quay,https://example.org/rope-and-sail
north-harbour,Gull Watchers,,
harbour,Night Lanterns,Pier Head,lanterns@isles.example
HARBOUR,Third Tide,Spit,
"""
TEXTS = """  quay: {kind: text, covers: some, file: quays, column: quay, label: its quay, source: register, as_at: "2025"}
"""
BLOCK = """{% elif item.local_list %}{% set shown = local.listed(item.local_list) if local else none %}{% if shown %}
<p>{{ line(shown.heading) }}</p>
<ul>{% for row in shown.rows %}<li>{% if row.link %}<a href="{{ row.link }}">{{ row.html | safe }}</a>{% else %}{{ row.html | safe }}{% endif %}</li>{% endfor %}</ul>
{% if shown.more %}<p>{{ label("more-listed", count=shown.more) }}</p>{% endif %}{% endif %}
"""


@pytest.fixture
def isles(tmp_path, monkeypatch):
    """Return a project for the Isles with a list of clubs, and with a text about one seat; builds start no process."""
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InProcess)
    project = copy_isles(tmp_path / "project")
    brief, folder = project.root / "briefs/tiny/brief.yaml", project.root / "briefs/electorates/isles"
    brief.write_text(brief.read_text(encoding="utf-8") + LISTS, encoding="utf-8")
    edit_file(
        brief,
        "    who_decides: The Parliament\n    why:\n",
        "    who_decides: The Parliament\n    why:\n      - local_list: clubs\n",
    )
    edit_file(
        brief,
        "    - {fact: old-share, caption: of people are over 65}\n",
        '    - {fact: old-share, caption: of people are over 65}\n  sentences: ["{electorate} has {quay}.", "It has no quay."]\n',
    )
    (brief.parent / "data").mkdir(exist_ok=True)
    (brief.parent / "data/clubs.csv").write_text(ROWS, encoding="utf-8")
    (folder / "quays.csv").write_text("slug,quay\nwick,The *Long* Quay\n", encoding="utf-8")
    edit_file(folder / "set.yaml", "files:\n", "files:\n  quays: quays.csv\n")
    edit_file(folder / "set.yaml", "facts:\n", f"facts:\n{TEXTS}")
    edit_file(
        project.root / "layouts/tiny/blocks.html", "{% endif %}\n{% endfor %}", f"{BLOCK}{{% endif %}}\n{{% endfor %}}"
    )
    return project


def loaded(project):
    return plan.read_brief(project, "tiny")


def make(project, **changes):
    report = build.run(replace(output.Request(project, "tiny", "tiny", project.root / "out", every=True), **changes))
    assert report.problems == ()
    return report


def test_takes_the_rows_of_each_electorate_by_its_name_or_its_slug(isles):
    found = loaded(isles).group.by_slug
    assert [row.words for row in found["harbour"].lists["clubs"]] == [
        "Rope & *Sail* Club, Tern Quay", "Night Lanterns, Pier Head", "Third Tide, Spit",
    ]  # fmt: skip
    assert [row.words for row in found["north-harbour"].lists["clubs"]] == ["Gull Watchers"]
    assert found["wick"].lists == {}
    first, second, _ = found["harbour"].lists["clubs"]
    assert first.html.replace("\u00a0", " ") == "<strong>Rope &amp; *Sail* Club</strong>, Tern Quay"
    assert (first.link, second.link) == ("https://example.org/rope-and-sail", "mailto:lanterns@isles.example")


@pytest.mark.part(name="sharing")
def test_prints_a_list_in_its_electorates_documents_alone(isles):
    folder = make(isles, kinds=("pack",)).folder
    packs = {path.stem.removesuffix("-pack"): text_of(path) for path in sorted(folder.glob("*/*-pack.pdf"))}
    assert [name for name, text in packs.items() if "Clubs in" in text] == ["harbour", "north-harbour"]
    assert "Clubs in Harbour" in packs["harbour"]
    assert "Night Lanterns" in packs["harbour"]
    assert "Third Tide" not in packs["harbour"]
    assert "and 1 more" in packs["harbour"]
    assert "more" not in packs["north-harbour"].partition("Gull Watchers")[2][:20]


def text_of(path):
    import pypdfium2  # noqa: PLC0415 -- only two tests read a page

    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


@pytest.mark.part(name="rebuilds")
def test_builds_only_the_documents_of_the_electorate_whose_row_has_changed(isles):
    make(isles, kinds=("pack",))
    edit_file(isles.root / "briefs/tiny/data/clubs.csv", "Night Lanterns", "Night Lamps")
    assert set(make(isles, kinds=("pack",)).made) == {"harbour/harbour-pack.pdf"}
    edit_file(isles.root / "briefs/tiny/data/clubs.csv", "seat,name", "\nseat,name")
    assert make(isles, kinds=("pack",)).made == ()


def test_prints_a_text_as_it_is_and_otherwise_the_next_sentence(isles):
    brief = loaded(isles)
    assert brief.group.by_slug["wick"].texts == {"quay": "The *Long* Quay"}
    assert brief.group.by_slug["page"].texts == {}
    assert brief.group.by_slug["north-harbour"].texts == {"club": "Gull Watchers"}
    assert brief.group.texts == ("quay", "club")
    assert {*brief.group.definitions} == {"people", "sheep", "old-share"}


def test_names_the_row_with_a_character_that_no_font_has(isles):
    edit_file(isles.root / "briefs/tiny/data/clubs.csv", "Spit,", "Spit \U00012000,")
    with pytest.raises(Problems) as caught:
        loaded(isles)
    [problem] = caught.value.problems
    assert (problem.path, problem.line) == ("briefs/tiny/data/clubs.csv", 5)
    assert "no font has the character" in problem.message


def test_refuses_a_text_about_no_electorate(isles):
    edit_file(isles.root / "briefs/electorates/isles/quays.csv", "wick,", "wik,")
    with pytest.raises(Problems, match=r'quays\.csv:2: there is no electorate called "wik"'):
        loaded(isles)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  club: {data", "  quay: {data", 'local_data.quay: every electorate already has "quay"'),
        (', where: {place: [Tern Quay, ""]}', "", 'there is already a row for "harbour"'),
        ("column: name", "column: nam", 'local_data.club.data.column: there is no column called "nam" in clubs.csv'),
    ],
)
def test_refuses_a_briefs_own_text_that_cannot_be_told_from_another(isles, old, new, message):
    edit_file(isles.root / "briefs/tiny/brief.yaml", old, new)
    with pytest.raises(Problems) as caught:
        loaded(isles)
    assert caught.value.problems[0].message == message

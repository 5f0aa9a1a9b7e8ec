"""Document kinds: whom each is made for, and how its files are named."""

import re

import pytest

from briefpack import layout, plan
from briefpack.problem import Problems
from isles import copy_isles
from projects import copy_sample

FILE = "layouts/tiny/layout.yaml"
PACK_FOR = "    title: Pack\n    for: [nation, electorate]\n"


@pytest.fixture
def isles(tmp_path):
    return copy_isles(tmp_path / "project")


def paths(project, **wanted):
    brief, found = plan.read(project, "tiny", "tiny", "screen")
    return [document.path for document in plan.make(brief, found, plan.select(brief, **wanted)).documents]


def edited(project, old, new):
    path = project.root / FILE
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return project


def test_makes_no_national_document_of_a_kind_for_electorates_only(isles):
    edited(isles, PACK_FOR, "    title: Pack\n    for: [electorate]\n")
    made = paths(isles, electorates=("harbour",))
    assert "national/national-pack.pdf" not in made
    assert "harbour/harbour-pack.pdf" in made


def test_names_files_after_the_pattern_of_their_kind(isles):
    edited(isles, PACK_FOR, PACK_FOR + '    file: "brief-for-{place}"\n')
    assert paths(isles)[0] == "national/brief-for-national.pdf"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (PACK_FOR, "    title: Pack\n    for: [nation, electorates]\n",
         'documents.pack.for[1]: documents can\'t be made for "electorates"'),
        (PACK_FOR, "    title: Pack\n    for: [ask]\n",
         'documents.pack.for[0]: "ask" must include one of nation, electorate, meeting, day, and nothing twice'),
        (PACK_FOR, "    title: Pack\n    for: [nation × electorate]\n",
         'documents.pack.for[0]: "nation × electorate" must include one of nation, electorate, meeting, day, and nothing twice'),
        (PACK_FOR, PACK_FOR + '    file: "pack"\n', 'documents.pack.file: several files would be called "pack"'),
        (PACK_FOR, PACK_FOR + '    file: "{place}-{ask}"\n', 'documents.pack.file: {ask} has no value in a document for "nation"'),
        (PACK_FOR, PACK_FOR + '    file: "../{place}"\n', 'documents.pack.file: "../{place}" is not a file name'),
        (PACK_FOR, "    title: Pack\n", "documents.pack: for is missing"),
        ("    title: Leave-behind\n", '    title: Leave-behind\n    file: "{place}-leaflet"\n',
         'documents.leave-behind.file: several files would be called "{place}-leaflet"'),
    ],
)  # fmt: skip
def test_refuses_a_kind_made_for_an_impossible_combination(isles, old, new, message):
    edited(isles, old, new)
    with pytest.raises(Problems) as caught:
        paths(isles)
    assert message in [problem.message for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["{place}-pack", "{place}-print-set"])
def test_refuses_two_kinds_that_write_the_same_file(isles, name):
    edited(isles, PACK_FOR, PACK_FOR + f'    file: "{name}"\n')
    edited(
        isles,
        "    title: Leave-behind\n    for: [nation × ask, electorate × ask]\n",
        f'    title: L\n    for: [nation]\n    file: "{name}"\n',
    )
    with pytest.raises(Problems):
        paths(isles)


def test_refuses_two_kinds_whose_file_names_coincide_in_this_brief(isles):
    edited(isles, "    title: Leave-behind\n", '    title: Leave-behind\n    file: "{place}-{ask}"\n')
    edited(isles, PACK_FOR, PACK_FOR + '    file: "{place}-slow-streets"\n')
    with pytest.raises(Problems) as caught:
        paths(isles)
    [problem] = caught.value.problems
    assert problem.message == ('documents.leave-behind.file: "pack" already writes national/national-slow-streets.pdf')


def test_refuses_a_running_slot_beyond_the_paper_of_its_kind(project, edit):
    edit(FILE, PACK_FOR, PACK_FOR + "    paper: {width_mm: 148, height_mm: 210}\n")
    with pytest.raises(Problems) as caught:
        layout.load(project, "tiny", "screen")
    assert "running.folio.left_mm: the slot runs from 160 to 190 mm, but the paper is 148 mm" in [
        problem.message for problem in caught.value.problems
    ]


LAYOUT = "layouts/tiny/layout.yaml"
BRIEF = "briefs/tiny/brief.yaml"
BODY = "      - {id: body, page: tiny/body.html, pages: {at_most: 12}}\n"
REST = ["body", "ask crossing-fund", "ask slow-streets", "sources"]
PACK = "national/national-pack.pdf"


@pytest.fixture
def project(tmp_path):
    return copy_sample(tmp_path / "project")


def edit(project, file, old, new):
    path = project.root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def named(project):
    """Return the names of the pieces of each document, by its path."""
    loaded = plan.read_brief(project, "tiny")
    planned = plan.make(loaded, layout.load(project, "tiny", "screen"), plan.Wanted())
    return {document.path: [piece.name for piece in document.pieces] for document in planned.documents}


@pytest.mark.parametrize(
    ("axis", "items"),
    [
        ("ask", ["crossing-fund", "slow-streets"]),
        ("section", ["about"]),
        ("theme", ["safety", "health"]),
        ("case-study", ["kim"]),
    ],
)
def test_makes_one_piece_for_each_item_in_order(project, axis, items):
    edit(project, LAYOUT, BODY, f"      - {{id: part, page: tiny/body.html, each: {axis}}}\n{BODY}")
    assert named(project)[PACK] == ["cover", *(f"part {item}" for item in items), *REST]


GROUP = """\
      - id: theme
        page: tiny/body.html
        each: theme
        pieces:
          - {id: own, page: tiny/ask.html, each: ask}
          - {id: study, page: tiny/body.html, each: case-study}
          - {id: end, page: tiny/body.html}
      - {id: other, page: tiny/ask.html, each: ask, without: theme}
"""


def test_follows_each_theme_with_the_pieces_of_what_belongs_to_it(project):
    edit(project, LAYOUT, BODY, GROUP + BODY)
    edit(project, BRIEF, "  - id: slow-streets\n    theme: health\n", "  - id: slow-streets\n")
    safety = ["theme safety", "own crossing-fund", "study kim", "end safety"]
    assert named(project)[PACK] == ["cover", *safety, "theme health", "end health", "other slow-streets", *REST]


def test_gives_a_document_for_one_ask_a_piece_for_that_ask_alone(project):
    page = "      - {id: page, page: tiny/leave-behind.html, pages: {exactly: 1}}\n"
    edit(project, LAYOUT, page, f"{page}      - {{id: more, page: tiny/leave-behind.html, each: ask}}\n")
    assert named(project)["national/national-leave-behind-slow-streets.pdf"] == ["page", "more slow-streets"]


@pytest.mark.parametrize(("key", "rest"), [("glance", REST), ("asks", ["body", "sources"])])
def test_leaves_out_a_piece_if_the_brief_lacks_what_it_needs(project, key, rest):
    edit(project, LAYOUT, BODY, f"      - {{id: part, page: tiny/body.html, needs: {key}}}\n{BODY}")
    assert named(project)[PACK] == ["cover", "part", *REST]
    path = project.root / BRIEF
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"(?ms)^{key}:.*?(?=^\S|\Z)", "", text), encoding="utf-8")
    assert named(project)[PACK] == ["cover", *rest]

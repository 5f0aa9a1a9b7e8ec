"""Pieces for each ask, section, theme or case study of a brief."""

import re

import pytest

from briefpack import charts, layout, plan
from projects import copy_sample

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
    loaded = plan.read_brief(project, "tiny", charts.kinds(project.root / "charts"))
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


def test_numbers_the_items_of_a_piece_from_one(project):
    loaded = plan.read_brief(project, "tiny", charts.kinds(project.root / "charts"))
    planned = plan.make(loaded, layout.load(project, "tiny", "screen"), plan.Wanted())
    pieces = next(document.pieces for document in planned.documents if document.path == PACK)
    assert [piece.item.position for piece in pieces if piece.item] == [1, 2]
    assert [piece.loc for piece in pieces] == [("pieces", index) for index in (0, 1, 2, 2, 3)]


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


def test_numbers_an_ask_within_a_theme_among_all_asks(project):
    edit(project, LAYOUT, BODY, GROUP + BODY)
    loaded = plan.read_brief(project, "tiny", charts.kinds(project.root / "charts"))
    planned = plan.make(loaded, layout.load(project, "tiny", "screen"), plan.Wanted())
    pieces = next(document.pieces for document in planned.documents if document.path == PACK)
    assert [piece.item.position for piece in pieces if piece.spec.id == "own"] == [1, 2]
    assert next(piece.loc for piece in pieces if piece.spec.id == "own") == ("pieces", 1, "pieces", 0)


def test_makes_no_piece_for_each_case_study_of_a_brief_without_any(project):
    edit(project, LAYOUT, BODY, f"      - {{id: study, page: tiny/body.html, each: case-study}}\n{BODY}")
    path = project.root / BRIEF
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?ms)^case_studies:.*?(?=^\S|\Z)", "", text), encoding="utf-8")
    assert named(project)[PACK] == ["cover", *REST]


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

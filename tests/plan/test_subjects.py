"""Kinds of document: what each is for, and how its files are named."""

import pytest

from briefpack import charts, layout, plan
from briefpack.problem import Problems
from isles import copy_isles

FILE = "layouts/tiny/layout.yaml"
PACK_FOR = "    title: Pack\n    for: [nation, electorate]\n"


@pytest.fixture
def isles(tmp_path):
    return copy_isles(tmp_path / "project")


def paths(project, **wanted):
    kinds = charts.kinds(project.root / "charts")
    brief, found = plan.read(project, "tiny", kinds, "tiny", "screen")
    return [document.path for document in plan.make(brief, found, plan.select(brief, **wanted)).documents]


def edited(project, old, new):
    path = project.root / FILE
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return project


def test_makes_each_kind_for_everything_that_it_is_for_place_by_place(isles):
    assert paths(isles, electorates=("harbour", "wick")) == [
        "national/national-pack.pdf",
        "national/national-leave-behind-crossing-fund.pdf",
        "national/national-leave-behind-slow-streets.pdf",
        "harbour/harbour-pack.pdf",
        "harbour/harbour-leave-behind-crossing-fund.pdf",
        "harbour/harbour-leave-behind-slow-streets.pdf",
        "wick/wick-pack.pdf",
        "wick/wick-leave-behind-crossing-fund.pdf",
        "wick/wick-leave-behind-slow-streets.pdf",
    ]


def test_a_kind_for_electorates_alone_has_no_national_document(isles):
    edited(isles, PACK_FOR, "    title: Pack\n    for: [electorate]\n")
    made = paths(isles, electorates=("harbour",))
    assert "national/national-pack.pdf" not in made
    assert "harbour/harbour-pack.pdf" in made


def test_the_letter_x_multiplies_as_well(isles):
    before = paths(isles)
    edited(isles, "[nation × ask, electorate × ask]", "[nation x ask, electorate x ask]")
    assert paths(isles) == before


def test_a_kind_names_its_files(isles):
    edited(isles, PACK_FOR, PACK_FOR + '    file: "brief-for-{place}"\n')
    assert paths(isles)[0] == "national/brief-for-national.pdf"


def test_an_ask_selects_the_documents_that_are_for_it(isles):
    assert paths(isles, asks=("slow-streets",)) == ["national/national-leave-behind-slow-streets.pdf"]


def test_the_plan_knows_every_path_that_the_brief_has_in_the_layout(isles):
    brief, found = plan.read(isles, "tiny", charts.kinds(isles.root / "charts"), "tiny", "screen")
    planned = plan.make(brief, found, plan.select(brief, asks=("slow-streets",)))
    assert planned.paths == {*paths(isles, every=True)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (PACK_FOR, "    title: Pack\n    for: [nation, electorates]\n",
         'documents.pack.for[1]: documents can\'t be made for "electorates"'),
        (PACK_FOR, "    title: Pack\n    for: [ask]\n",
         'documents.pack.for[0]: "ask" must include either nation or electorate, and nothing twice'),
        (PACK_FOR, "    title: Pack\n    for: [nation × electorate]\n",
         'documents.pack.for[0]: "nation × electorate" must include either nation or electorate, and nothing twice'),
        (PACK_FOR, PACK_FOR + '    file: "pack"\n', 'documents.pack.file: several files would be called "pack"'),
        (PACK_FOR, PACK_FOR + '    file: "{place}-{ask}"\n', 'documents.pack.file: {ask} means nothing in a document for "nation"'),
        (PACK_FOR, PACK_FOR + '    file: "{place}-{"\n', 'documents.pack.file: "{place}-{" has an unpaired brace'),
        (PACK_FOR, PACK_FOR + '    file: "../{place}"\n', 'documents.pack.file: "../{place}" is not a file name'),
        (PACK_FOR, "    title: Pack\n", "documents.pack: for is missing"),
        ("    title: Leave-behind\n", '    title: Leave-behind\n    file: "{place}-leaflet"\n',
         'documents.leave-behind.file: several files would be called "{place}-leaflet"'),
    ],
)  # fmt: skip
def test_refuses_a_kind_whose_documents_cannot_be_told_apart(isles, old, new, said):
    edited(isles, old, new)
    with pytest.raises(Problems) as caught:
        paths(isles)
    assert said in [problem.message for problem in caught.value.problems]


def test_refuses_a_kind_that_is_for_the_same_thing_twice(isles):
    edited(isles, PACK_FOR, "    title: Pack\n    for: [nation, nation]\n")
    with pytest.raises(Problems) as caught:
        paths(isles)
    assert caught.value.problems[0].message == 'documents.pack.file: "pack" already writes national/national-pack.pdf'


@pytest.mark.parametrize("name", ["{place}-pack", "{place}-print-set"])
def test_refuses_two_documents_with_one_file(isles, name):
    edited(isles, PACK_FOR, PACK_FOR + f'    file: "{name}"\n')
    edited(
        isles,
        "    title: Leave-behind\n    for: [nation × ask, electorate × ask]\n",
        f'    title: L\n    for: [nation]\n    file: "{name}"\n',
    )
    with pytest.raises(Problems):
        paths(isles)


def test_refuses_two_files_that_only_this_brief_makes_the_same(isles):
    edited(isles, "    title: Leave-behind\n", '    title: Leave-behind\n    file: "{place}-{ask}"\n')
    edited(isles, PACK_FOR, PACK_FOR + '    file: "{place}-slow-streets"\n')
    with pytest.raises(Problems) as caught:
        paths(isles)
    [problem] = caught.value.problems
    assert problem.message == ('documents.leave-behind.file: "pack" already writes national/national-slow-streets.pdf')


def test_a_kind_may_have_paper_of_its_own_and_keeps_its_running_slots_on_it(project, edit):
    edit(FILE, PACK_FOR, PACK_FOR + "    paper: {width_mm: 148, height_mm: 210}\n")
    with pytest.raises(Problems) as caught:
        layout.load(project, "tiny", "screen")
    assert "running.folio.width_mm: the slot runs from 160 to 190 mm, but the paper is 148 mm" in [
        problem.message for problem in caught.value.problems
    ]

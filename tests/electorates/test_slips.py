"""Slips of whoever keeps a set: cells exchanged, emptied or in a wrong encoding, in the frozen set of the tests."""

import shutil

import pytest

from briefpack import electorates
from briefpack.problem import Problems
from briefpack.project import Project
from projects import FROZEN

SET = "briefs/electorates/au-federal-2025"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Return a copy of the set whose boundaries have been checked."""
    root = tmp_path_factory.mktemp("slips")
    shutil.copytree(FROZEN / "briefs/electorates", root / "briefs/electorates")
    assert electorates.load(Project(root), "au-federal-2025").noticed == ()
    return root


@pytest.fixture
def change(sound):
    """Return a function that changes a word of a file, once; the file is put back after the test."""
    saved = {}

    def change(file, old, new):
        path = sound / SET / file
        text = path.read_text(encoding="utf-8")
        saved.setdefault(path, text)
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return Project(sound)

    yield change
    for path, text in saved.items():
        path.write_text(text, encoding="utf-8")


SLIPS = [
    ("electorates.csv", "Mary Doyle,Australian Labor Party,ALP", "Mary Doyle,,ALP",
     "aston: current_party is empty, and it prints beside Mary Doyle"),
    ("electorates.csv", ",Nailsworth,", ",NailswÃ¶rth,",
     'office_suburb: "NailswÃ¶rth" was read in a wrong encoding, and saved so'),
    ("census.csv", "adelaide,197621,29199,", "adelaide,197621,,",
     "adelaide: children_under_15 is empty, and filled in 149 other rows"),
    ("census.csv", "adelaide,197621,29199,", "adelaide,197621,-29199,",
     "adelaide: children_under_15: -29199 is below zero, and no other is"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), SLIPS)
def test_names_a_slip_in_a_cell(change, file, old, new, message):
    noticed = electorates.load(change(file, old, new), "au-federal-2025").noticed
    assert [each.message for each in noticed if each.path.endswith(file)] == [message]


def test_names_two_versions_that_nobody_has_merged(change):
    project = change("census.csv", "durack,", "<<<<<<< HEAD\ndurack,")
    with pytest.raises(Problems) as found:
        electorates.load(project, "au-federal-2025")
    assert [(each.line, each.message) for each in found.value.problems] == [
        (47, "git left two versions of some lines here, which nobody has merged")
    ]


def test_takes_accents_and_apostrophes_that_are_right(change):
    assert (
        electorates.load(change("electorates.csv", ",Nailsworth,", ",Nâilswörth’s Â,"), "au-federal-2025").noticed == ()
    )


def row(lines, slug):
    return next(place for place, line in enumerate(lines) if line.startswith(f"{slug},"))


def edit(root, file, *changes):
    """Change the rows of some electorates: one word for another, or the whole row for that of another electorate."""
    path = root / SET / file
    lines = path.read_text(encoding="utf-8").split("\n")
    for slug, old, new in changes:
        place = row(lines, slug)
        if old is None:
            lines[place] = slug + lines[row(lines, new)].removeprefix(new)
        else:
            assert old in lines[place]
            lines[place] = lines[place].replace(old, new)
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("copied")
    shutil.copytree(FROZEN / "briefs/electorates", root / "briefs/electorates")
    return root


def warnings(root):
    found = electorates.load(Project(root), "au-federal-2025")
    return [f"{each.path.removeprefix(f'{SET}/')}:{each.line}: {each.message}; {each.hint}" for each in found.noticed]


def test_the_frozen_set_has_none(root):
    assert not warnings(root)


def test_names_each_copy_and_each_office_that_contradicts_itself(root):
    edit(root, "census.csv", ("curtin", None, "canberra"))
    edit(
        root,
        "electorates.csv",
        ("curtin", "(08) 9388 0288", "893880288"),
        ("canberra", ",ACT,2601,", ",VIC,2601,"),
        ("adelaide", ",SA,5083,", ",VIC,3014,"),
        ("aston", "(03) 9887 3890", "3.98E+08"),
    )
    path = root / SET / "set.yaml"
    text = path.read_text(encoding="utf-8")
    assert "column: median_rent_weekly" in text
    text = text.replace("label: children under 15\n", "label: people\n")
    path.write_text(text.replace("column: median_rent_weekly", "column: median_mortgage_monthly"), encoding="utf-8")
    line = text[: text.index("column: median_rent_weekly")].count("\n") + 1
    labelled = text[: text.index("column: children_under_15\n")].count("\n") + 3
    assert sorted(warnings(root)) == sorted(
        [
            (
                f'set.yaml:{labelled}: facts.children.label: "people" is also the label of population, which has another '
                "column; say what children_under_15 counts"
            ),
            (
                f"set.yaml:{line}: facts.rent.column: mortgage has the column median_mortgage_monthly too; "
                "name another column, or delete one of the two"
            ),
            "census.csv:41: curtin has the same numbers as canberra, line 27; check which of the two rows was copied",
            (
                'electorates.csv:41: curtin: office_phone: "893880288" has 9 digits, the others 10: a spreadsheet may have '
                "dropped the leading zero; 0893880288, in a column that is formatted as text"
            ),
            (
                'electorates.csv:3: aston: office_phone: "3.98E+08" is a spreadsheet\'s short form of a number; '
                "type the number again, in a column that is formatted as text"
            ),
            (
                "electorates.csv:27: canberra: office: it is in VIC, but the electorate is in ACT; "
                "check the columns office_suburb, office_state and office_postcode"
            ),
            (
                "electorates.csv:2: adelaide: office: it is in VIC, but the electorate is in SA; "
                "check the columns office_suburb, office_state and office_postcode"
            ),
        ]
    )


def test_names_a_member_and_a_phone_number_of_another_electorate(root):
    edit(root, "electorates.csv", ("banks", "Zhi Soon,", "Tony Pasin,"), ("banks", "(02) 9353 0588", "(08) 8724 7730"))
    said = [each for each in warnings(root) if "banks" in each or "barker" in each]
    assert len(said) == 2
    assert all("is also that of ba" in each for each in said)


def test_names_an_address_of_another_electorate(root):
    edit(root, "electorates.csv", ("bass", "Jess.Teesdale.MP@aph.gov.au", "Alice.Jordan-Baird.MP@aph.gov.au"))
    assert any("email" in each and "is also that of" in each for each in warnings(root))

"""Numbers and offices that were copied from a neighbour or spoilt by a spreadsheet, in the set that the tests are frozen with."""

import shutil

import pytest

from briefpack import electorates
from briefpack.project import Project
from projects import FROZEN

SET = "briefs/electorates/au-federal-2025"


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
            f"set.yaml:{line}: facts.rent.column: mortgage has the column median_mortgage_monthly too; median_rent_weekly",
            "census.csv:41: curtin has the same numbers as canberra, line 27; check which of the two rows was copied",
            (
                'electorates.csv:41: curtin: office_phone: "893880288" has 9 digits, the others 10: a spreadsheet may have '
                "dropped the leading zero; 0893880288, in a column that is formatted as text"
            ),
            (
                'electorates.csv:3: aston: office_phone: "3.98E+08" is a spreadsheet\'s short form of a number; '
                "type the number again, in a column that is formatted as text"
            ),
            "electorates.csv:27: canberra: office: postcode 2601 is in ACT, not in VIC; correct office_state or office_postcode",
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

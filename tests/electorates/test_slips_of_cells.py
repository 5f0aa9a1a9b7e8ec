"""Slips of whoever keeps a set: cells exchanged, emptied or in a wrong encoding, in the set that the tests are frozen with."""

import shutil

import pytest

from briefpack import electorates
from briefpack.electorates import former
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
    ("electorates.csv", "161 Main North Road,Nailsworth", "Nailsworth,161 Main North Road",
     'adelaide: office_suburb: "161 Main North Road" has a number, and office_address, "Nailsworth", has none'),
    ("electorates.csv", "Mary Doyle,Australian Labor Party,ALP", "Mary Doyle,,ALP",
     "aston: current_party is empty, and it prints beside Mary Doyle"),
    ("electorates.csv", ",Nailsworth,", ",NailswÃ¶rth,",
     'office_suburb: "NailswÃ¶rth" was read in a wrong encoding, and saved so'),
    ("census.csv", "adelaide,197621,29199,", "adelaide,197621,,",
     "adelaide: children_under_15 is empty, and filled in 149 other rows"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), SLIPS)
def test_names_a_slip_in_a_cell(change, file, old, new, message):
    noticed = electorates.load(change(file, old, new), "au-federal-2025").noticed
    assert [each.message for each in noticed if each.path.endswith(file)] == [message]


UNLIKELY = [
    ("census.csv", "durack,190634,39380,20.7", "durack,190634,39380,-20.7",
     "durack: children_under_15_pct: -20.7 is below zero, and no other is"),
    ("census.csv", "1873,225,1695,25.4,26.1,41.0", "8117,225,1695,25.4,26.1,41.0",
     "durack: median_household_income_weekly: 8117 is outside all others, "),
    ("census.csv", "1873,225,1695,25.4,26.1,41.0", "1873,225,1695,25.4,26.1,61.0",
     "durack: owned_outright_pct, owned_with_mortgage_pct, rented_pct add up to 112.5% of households, "),
    ("electorates.csv", "Geraldton,WA,6530", "Broome,WA,6530", "durack: office: Broome has the postcode 6725"),
    ("electorates.csv", "Geraldton,WA,6530", "Geraldton,WA,6350",
     "durack: office: Geraldton has the postcode 6530, not 6350"),
    ("electorates.csv", "Geraldton,WA,6530", "Gerladton,WA,6530",
     'durack: office_suburb: "Gerladton" is nearly "Geraldton", which has this postcode'),
    ("electorates.csv", "Melissa.Price.MP@aph.gov.au", "Melissa.Price.MP@aph.gov.uk",
     "durack: email: Melissa.Price.MP@aph.gov.uk is at another domain than all others, aph.gov.au"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), UNLIKELY)
def test_names_what_no_other_row_makes_likely(change, file, old, new, message):
    said = [each.message for each in electorates.load(change(file, old, new), "au-federal-2025").noticed]
    assert [each for each in said if each.startswith(message)], said


DEFINITIONS = [
    ("name: Western Australia", "name: South Australia", 'states.WA.name: "South Australia" is also the name of SA'),
    ("short: Vic", "short: Tas", 'states.VIC.short: "Tas" is the code of Tasmania'),
    ("people: Victorians", "people: Tasmanians", 'states.VIC.people: "Tasmanians" are the people of Tasmania'),
    ("label: median rent a week", "label: median rent a month",
     'facts.rent.label: "median rent a month" is for a month, and the column median_rent_weekly for a week'),
    ("    weight: population_2021\n", "    weight: population_2021\n    count: people_65_plus\n",
     "facts.children-share.count: people_65_plus isn't"),
    ("label: people born in Thailand\n", "label: people born in Vietnam\n",
     'facts.born-thailand.label: "people born in Vietnam" names born_vietnam'),
    ("    column: scam_rate_pct\n", "    column: scam_rate_pct\n    over: financial_year\n    break_at: 2022-32\n",
     'facts.scam-rate.break_at: no row has financial_year "2022-32"'),
    ("  currency: AU$", "  currency: NZ$", 'facts.household-income.unit: "AU$", and the country\'s currency is NZ$'),
    ("      basis: wide-estimate\n", "      basis: wide-estimate\n    low: high\n    high: low\n",
     "facts.born-philippines.low: low: names the column high"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), DEFINITIONS)
@pytest.mark.part(name="live", beyond=4)
def test_names_a_definition_that_another_contradicts(change, old, new, message):
    said = [each.message for each in electorates.load(change("set.yaml", old, new), "au-federal-2025").noticed]
    assert [each for each in said if each.startswith(message)], said


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ("1600,1630,1620", "low, 1630, is more than high, 1620"),
        ("160,1620,1630", "persons: 160 is outside its range, …"),
    ],
)
def test_names_a_range_that_cannot_be(change, numbers, message):
    change("set.yaml", "      basis: wide-estimate\n", "      basis: wide-estimate\n    low: low\n    high: high\n")
    changed = change("census_birthplace.csv", "born_philippines,1600,1620,1630", f"born_philippines,{numbers}")
    said = [each.message for each in electorates.load(changed, "au-federal-2025").noticed]
    assert [each for each in said if each.startswith(f"aston: {message.removesuffix('…')}")], said


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


def test_names_two_facts_with_each_others_columns(change):
    change("set.yaml", "column: owned_outright_pct", "column: moved_pct")
    change("set.yaml", "column: rented_pct", "column: owned_outright_pct")
    [problem] = electorates.load(
        change("set.yaml", "column: moved_pct", "column: rented_pct"), "au-federal-2025"
    ).noticed
    assert problem.message == (
        "facts.owned-outright-share.column: rented_pct is what rented-share says, "
        "and owned_outright_pct what owned-outright-share says"
    )


def test_names_the_one_fact_of_a_source_with_another_date(change):
    [problem] = electorates.load(
        change("set.yaml", "as_at: 10 August 2021", "as_at: 10 August 2012"), "au-federal-2025"
    ).noticed
    assert '"10 August 2012", but the other' in problem.message


def test_refuses_shares_of_an_abolished_electorate_over_the_whole(change):
    project = change("former.csv", "chisholm,33.4", "chisholm,63.4")
    with pytest.raises(Problems) as found:
        former.load(project, electorates.load(project, "au-federal-2025"))
    [problem] = found.value.problems
    assert problem.message == 'share_of_population_pct: the shares of "higgins" add up to more than 100'

"""Searching for an electorate by what people type, in Australia and in other countries."""

import shutil
from pathlib import Path

import pytest

from briefpack import electorates
from briefpack.electorates import search
from briefpack.project import Project

TESTS = Path(__file__).parent.parent
FEDERAL = "au-federal-2025"
SHOWN = "briefs/electorates/norland"


@pytest.fixture(scope="module")
def federal(home):
    """Return everything that can be searched in the federal set."""
    return search.load_directory(home, electorates.load(home, FEDERAL))


def found(known, typed):
    """Return the electorates of each certainty in order, written as in `SEARCHES`."""
    hits = search.run(known, typed).hits
    parts = {each: [hit.electorate.slug for hit in hits if hit.certainty == each] for each in search.CERTAINTIES}
    return ", ".join(f"{certainty} {' '.join(slugs)}" for certainty, slugs in parts.items() if slugs)


# Each answer was checked by hand: electorates and members against the Electoral Commission's results of
# 2025, places against where they are. An electorate's own name is only likely where a suburb elsewhere has it too.
SEARCHES = {
    # An electorate
    "KINGSFORD SMITH": "certain kingsford-smith",
    "eden-monaro": "certain eden-monaro",
    "Member for Wentworth": "possible wentworth farrer gippsland",
    "Bullwinkel electorate": "possible bullwinkel",
    "Melbourne": "certain melbourne",
    "Wentworth": "likely wentworth, possible farrer gippsland",  # towns on the Murray, and in East Gippsland
    "O’Connor WA": "likely oconnor, possible fremantle",  # a suburb of Fremantle
    "Richmond": "likely richmond, possible macquarie melbourne dawson kennedy adelaide lyons",
    # A present or former member
    "Monique Ryan": "certain kooyong",
    "Dr Monique Ryan MP": "certain kooyong",
    "David Farley": "certain farrer",
    "Spender": "likely wentworth",
    "barnaby": "likely new-england",
    "Smith": "likely kingsford-smith bean leichhardt",
    "Sussan Ley": "likely farrer",
    "Ley": "possible farrer",
    "Nth Sydney": "likely bennelong bradfield warringah",
    # A postcode
    "3056": "certain wills",
    "3056 ": "certain wills",
    "3056, Victoria, Australia": "certain wills",
    "800": "likely solomon",
    "2450": "likely cowper page",
    "3141": "likely melbourne, possible kooyong macnamara",
    "2620": "likely eden-monaro canberra bean riverina",
    "1001": "likely sydney",
    "GPO Box 9848 Melbourne VIC 3001": "likely melbourne",
    # A place
    "St Kilda": "likely macnamara flynn spence",  # in Victoria, Queensland and South Australia
    "Sth Yarra": "likely melbourne",
    "Pt Lincoln": "certain grey",
    "Mt. Gambier": "certain barker",
    "Richmond VIC": "certain melbourne",
    "3121 Richmond": "certain melbourne",
    "Queanbeyan": "likely eden-monaro",
    "Cocos Islands": "likely lingiari",  # Home Island and West Island, Cocos (Keeling) Islands
    "280 Pacific Highway Coffs Harbour NSW 2450": "certain cowper",
    "Unit 4/10 Campbell Parade, Bondi Beach NSW 2026": "certain wentworth",
    "800 Bourke St Docklands VIC 3008": "likely melbourne",
    "PO Box 12, Mt Isa QLD 4825": "certain kennedy",
    "12 Smith St, Richmond": "likely macquarie melbourne dawson kennedy adelaide lyons",
    "Bourke Street Docklands": "possible melbourne parkes",  # in Docklands, if it isn't in Bourke
    "Richmond NSW 3121": "likely melbourne",  # by its postcode, which isn't in New South Wales
    # A typing error or two
    "Grayndlr": "likely grayndler",
    "Toowomba": "likely groom",
    "monique rian": "likely kooyong",
    "Balaratt": "possible ballarat whitlam",  # Ballarat or Balarang
    # Nothing
    "…": "",
    "99999": "",
    "0813": "",
    "NSW": "",
}


def test_finds_the_electorates_that_people_mean(federal):
    assert {typed: found(federal, typed) for typed in SEARCHES} == SEARCHES


def texts(known, typed):
    return [reason.text for hit in search.run(known, typed).hits for reason in hit.reasons]


def test_names_the_present_member_in_answer_to_a_former_one(federal):
    assert texts(federal, "Sussan Ley") == ["Sussan Ley was elected here; David Farley is its member now"]


def test_notes_that_an_electorate_was_abolished(federal):
    answer = search.run(federal, "Higgins")
    assert answer.notes == (
        (
            "Higgins (VIC) was abolished in 2024. Its residents are now in Chisholm, Kooyong, Hotham, Melbourne and "
            "Macnamara, in order of their share."
        ),
    )
    assert texts(federal, "Higgins")[0] == "it took the largest part of Higgins, which was abolished in 2024"
    assert texts(federal, "Higgins")[-1] == "Higgins ACT 2615 is in Fenner"
    assert "Warringah" in search.run(federal, "North Sydney").notes[0]
    assert "North Sydney NSW 2060 is in Warringah; North Sydney NSW 2055 is probably in Warringah" in texts(
        federal, "North Sydney"
    )


def test_labels_a_po_box_postcode(federal):
    answer = search.run(federal, "1001")
    assert answer.notes == (
        (
            "1001 is a postcode for PO boxes and large mail users (Sydney); nobody lives there. "
            "The nearest delivery postcode is 2000."
        ),
    )
    assert texts(federal, "1001") == [
        "1001 is a PO box postcode; the nearest delivery postcode is 2000: 2000 is in Sydney"
    ]
    assert search.run(federal, "0813").notes == (
        (
            "0813 is a postcode for PO boxes and large mail users (Karama and Sanderson); nobody lives there. "
            "No delivery postcode is near it."
        ),
    )


def test_notes_that_an_answer_is_a_guess(federal):
    assert search.run(federal, " Wenworth ").notes == ('Nothing is called "Wenworth". The closest match:',)
    assert search.run(federal, "Wentworth").notes == ()


def test_names_the_electorates_that_share_a_postcode(federal):
    hits = search.run(federal, "2620").hits
    assert hits[0].reasons[0].text == "part of 2620 is in Eden-Monaro; part of 2620 is in Canberra, Bean and Riverina"
    names = [{place.name for place in hit.reasons[0].localities} for hit in hits]
    assert "Queanbeyan" in names[0]
    assert "Tharwa" in names[2]
    assert not names[0] & names[2]


def test_finds_every_electorate_first_by_its_name_and_member(federal):
    for each in federal.group.electorates:
        assert search.run(federal, each.name).hits[0].electorate == each
        assert search.run(federal, each.member.name).hits[0].electorate == each


def test_is_never_certain_of_a_misspelt_or_partial_name(federal):
    names = [each.name for each in federal.group.electorates[::12]]
    typed = [name[:-1] + "qq" for name in names] + [name[: len(name) // 2 + 1] for name in names]
    guesses = [search.run(federal, words) for words in typed if words not in names]
    certain = [hit for answer in guesses for hit in answer.hits if hit.certainty == "certain"]
    named = {reason.kind for hit in certain for reason in hit.reasons}
    assert named <= {"locality", "electorate"}
    assert all(reason.name in typed for hit in certain for reason in hit.reasons if reason.kind == "locality")


@pytest.mark.parametrize(("typed", "suggestion"), [("Ballaaaratt", "Ballarat"), ("qqqqqqqq", "")])
def test_suggests_near_names_for_words_that_find_nothing(federal, typed, suggestion):
    answer = search.run(federal, typed)
    assert answer.hits == ()
    assert answer.suggestions.startswith(suggestion)


def test_asks_for_a_suburb_or_postcode_if_given_only_a_state(federal):
    suggestions = "a suburb or postcode (Northern Territory), or briefpack list electorates"
    assert search.run(federal, "nt").suggestions == search.run(federal, "Northern Territory").suggestions == suggestions


# Other countries


@pytest.fixture
def project(tmp_path):
    """Return a project that has only the second set; a test may change it."""
    shutil.copytree(TESTS / "sets" / "norland", tmp_path / SHOWN)
    return Project(tmp_path)


@pytest.fixture
def change(project):
    """Return a function that replaces text in a file of the second set."""

    def replace(file, old, new):
        path = project.root / SHOWN / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} lacks {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


def norland(project):
    return search.load_directory(project, electorates.load(project, "norland"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("V-10", "certain ostby"),
        ("V 20", "likely marsh-flats marsh-head, possible ostby"),
        ("Lower Ford", "likely marsh-flats outer-isles"),
        ("Lower Ford, Southern Isles", "certain outer-isles"),
        ("Kjær", "likely ostby"),
        ("osbty", "likely ostby"),
        ("member for Østby", "possible ostby"),  # it has another word for a member
    ],
)
def test_searches_another_country_by_its_own_rules(project, typed, expected):
    assert found(norland(project), typed) == expected


UNITED_KINGDOM = [
    ("SW1A 0AA", "certain ostby"),
    ("sw1a0aa", "certain ostby"),
    ("1 Quay Street, Østby SW1A 0AA", "certain ostby"),
    ("EC1A 1BB", "certain outer-isles"),
    ("M1 1AE", ""),
]


@pytest.mark.parametrize(("typed", "expected"), UNITED_KINGDOM)
def test_finds_uk_postcodes(project, change, typed, expected):
    for old, new in (("V-10", "SW1A 0AA"), ("V-20", "SW1A 2AB"), ("I-1", "EC1A 1BB")):
        for file in ("codes.csv", "villages.csv"):
            change(file, old, new)
    assert found(norland(project), typed) == expected

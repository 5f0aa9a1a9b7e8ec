"""Loading the federal electorates, an invented country that shares nothing with them, and sets with mistakes."""

import datetime
import re
import shutil
from collections import Counter
from decimal import Decimal

import pytest

from briefpack import electorates
from briefpack.electorates import gazetteer, local, search, tables
from briefpack.plan import locales
from briefpack.problem import Problems
from briefpack.project import Project
from projects import TESTS, frozen, language

REPOSITORY = TESTS.parent
FEDERAL = "au-federal-2025"
SHOWN = "briefs/electorates/norland"


@pytest.fixture(scope="module")
def federal():
    return electorates.load(frozen(), FEDERAL)


@pytest.fixture
def project(tmp_path):
    """Return a project that has only the second set; a test may change it."""
    shutil.copytree(TESTS / "sets" / "norland", tmp_path / SHOWN)
    return Project(tmp_path)


@pytest.fixture
def norland(project):
    return electorates.load(project, "norland")


@pytest.fixture
def change(project):
    """Return a function that replaces text that occurs once in a file of the second set."""

    def replace(file, old, new):
        path = project.root / SHOWN / file
        text = path.read_bytes().decode("utf-8")
        assert text.count(old) == 1, f"{file} holds {old!r} {text.count(old)} times"
        path.write_bytes(text.replace(old, new).encode("utf-8"))

    return replace


def load_gazetteer(project, group):
    return gazetteer.load(tables.open_set(project, "norland"), group)


def problems_in(project):
    """Return the two lines of each problem in the second set."""
    try:
        load_gazetteer(project, electorates.load(project, "norland"))
    except Problems as error:
        return [str(problem).removeprefix(f"{SHOWN}/") for problem in error.problems]
    return []


# The federal electorates


def test_loads_all_150_federal_electorates(federal):
    assert len(federal.electorates) == 150
    assert Counter(found.state.code for found in federal.electorates) == {
        "NSW": 46, "VIC": 38, "QLD": 30, "WA": 16, "SA": 10, "TAS": 5, "ACT": 3, "NT": 2,
    }  # fmt: skip
    slugs = [found.slug for found in federal.electorates]
    assert slugs == sorted(slugs)
    assert federal.by_slug["durack"].state.name == "Western Australia"


def test_knows_which_members_changed_since_the_election(federal):
    changed = {found.slug for found in federal.electorates if found.member.changed}
    assert changed == {"farrer", "new-england"}
    farrer = federal.by_slug["farrer"].member
    assert (farrer.name, farrer.party) == ("David Farley", "Pauline Hanson’s One Nation")
    assert (farrer.elected_name, farrer.elected_party) == ("Sussan Ley", "Liberal Party of Australia")
    assert farrer.styled == "David Farley\u00a0MP"
    assert [change.event for change in federal.by_slug["farrer"].changes] == ["resignation", "by-election"]
    assert federal.by_slug["new-england"].member.elected_party == "The Nationals"
    assert "Community Strong Australia" in federal.by_slug["wentworth"].member.note


def test_marks_estimates_and_leaves_out_uncertain_ones(federal):
    adelaide, aston = federal.by_slug["adelaide"].facts, federal.by_slug["aston"].facts
    assert (adelaide["born-philippines"].value, adelaide["born-philippines"].estimate) == (2353, False)
    assert (aston["born-philippines"].value, aston["born-philippines"].estimate) == (1600, True)
    shown = {fact: sum(fact in found.facts for found in federal.electorates) for fact in federal.definitions}
    assert [shown[fact] for fact in ("born-philippines", "born-vietnam", "filipino-ancestry")] == [145, 138, 147]
    assert (
        sum(1050 // 7 - count for fact, count in shown.items() if re.fullmatch(r"born-[a-z]+|filipino-ancestry", fact))
        == 37
    )
    assert all(
        fact.nation_value is None for found in federal.electorates for fact in found.facts.values() if fact.estimate
    )


def test_source_code_names_no_country(federal):
    # model.py and query.py give examples in descriptions.
    paths = {*(REPOSITORY / "src/briefpack/electorates").glob("*.py")}
    text = "".join(path.read_text(encoding="utf-8") for path in paths if path.stem not in {"model", "query"})
    words = {"Australia", "MP", "AEC", "federal", *federal.states, *(state.name for state in federal.states.values())}
    assert not [word for word in words if re.search(rf"\b{word}", text)]


# Matching


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Durack", "durack"),
        ("kingsford", "kingsford-smith"),
        ("Kingsford Smith", "kingsford-smith"),
        ("o'connor", "oconnor"),
        ("MCEWEN", "mcewen"),
        ("  new   eng ", "new-england"),
    ],
)
def test_matches_an_electorate_by_name_slug_or_prefix(federal, words, slug):
    assert electorates.match(federal, words).slug == slug


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("hu", '3 electorates begin with "hu"', "Hughes, Hume or Hunter"),
        (
            "Grayndlr",
            'there is no electorate called "Grayndlr"',
            "Grayndler or Brand, or briefpack find Grayndlr, which knows towns and postcodes",
        ),
        (
            "north sydney",
            'there is no electorate called "north sydney"',
            "Sydney, or briefpack find 'north sydney', which knows towns and postcodes",
        ),
        ("", 'there is no electorate called ""', "briefpack list electorates"),
        ("national", 'there is no electorate called "national"', "leave it out, for the national documents"),
    ],
)
def test_refuses_an_ambiguous_or_unknown_electorate(federal, words, message, hint):
    with pytest.raises(Problems) as error:
        electorates.match(federal, words)
    assert str(error.value) == f"briefs/electorates/{FEDERAL}: {message}\n  try: {hint}"


# A second country


def test_loads_a_set_of_another_country(norland):
    assert [found.slug for found in norland.electorates] == ["marsh-flats", "marsh-head", "ostby", "outer-isles"]
    ostby = norland.by_slug["ostby"]
    assert ostby.member.styled == "Ása Kjær", "this parliament has no letters after a name"
    assert ostby.office.address == "1; Quay Street"
    assert norland.as_at == datetime.date(2026, 1, 10)
    assert [(town.name, town.longitude, town.latitude, town.rank) for town in norland.towns] == [
        ("Østby", 10.5, 60.25, 1), ("Far Point", -9.0, -1.5, 2),
    ]  # fmt: skip
    assert norland.notice("map", "X") == "X holds maps of the Norland Survey; X is not its work."


def test_distinguishes_a_vacant_seat_from_an_unknown_member(norland):
    flats, isles = norland.by_slug["marsh-flats"], norland.by_slug["outer-isles"]
    assert (flats.member, flats.no_member) == (None, "vacant")
    assert (isles.member, isles.no_member) == (None, "unknown")
    assert norland.by_slug["ostby"].no_member == ""


def test_compares_only_with_totals_of_reliable_figures(norland):
    people, old = (norland.by_slug["ostby"].facts[fact] for fact in ("people", "old-share"))
    assert (people.value, people.state_value, people.nation_value) == (1000, 6000, 6500)
    assert (old.state_value, old.nation_value) == (None, None), "one riding's share is not known"
    isles = norland.by_slug["outer-isles"].facts
    assert isles["old-share"].state_value == Decimal("30.5")
    assert "sheep" not in isles
    assert "old-share" not in norland.by_slug["marsh-head"].facts
    assert norland.by_slug["marsh-flats"].facts["sheep"].estimate
    assert norland.by_slug["ostby"].facts["sheep"].state_value is None, "a sum of guesses is a guess"
    assert norland.by_slug["ostby"].facts["sheep"].nation_value is None, "and what is not printed is in no sum"
    assert (isles["boats"].value, isles["boats"].estimate, isles["boats"].nation_value) == (90, True, 101)


def test_knows_the_side_of_each_member(federal, norland):
    sides = [federal.by_slug[slug].member.side for slug in ("durack", "grayndler", "kennedy", "page", "wentworth")]
    assert sides == ["opposition", "government", "cross-bench", "opposition", "cross-bench"]
    assert norland.by_slug["ostby"].member.side == ""


def test_refuses_a_party_on_a_side_that_no_member_belongs_to(project, change):
    change("set.yaml", "  as_at: seen\n", "  as_at: seen\n  sides: {government: [Reed, Reeed]}\n")
    message = 'set.yaml:29: members.sides.government[1]: no deputy belongs to "Reeed"\n  try: Reed'
    assert problems_in(project) == [message]


def test_refuses_the_reserved_slug_national(project, change):
    change("ridings.csv", "outer-isles;", "national;")
    assert 'ridings.csv:5: slug: "national" is not a valid slug' in "\n".join(problems_in(project))


BRITISH = ("A9 9AA", "A99 9AA", "A9A 9AA", "AA9 9AA", "AA99 9AA", "AA9A 9AA")
CODES = {"V-10": "SW1A 0AA", "V-20": "M1 1AE", "I-1": "DN55 1PT"}


@pytest.fixture
def british(project):
    """Return the second set with postcodes and postcode formats of the United Kingdom."""
    for file in ("codes.csv", "villages.csv", "ridings.csv", "set.yaml"):
        path = project.root / SHOWN / file
        text = path.read_text(encoding="utf-8")
        for old, new in CODES.items():
            text = text.replace(old, new)
        forms = "".join(f"    - {form}\n" for form in BRITISH)
        path.write_text(text.replace("  key: ALL\n", f"  key: ALL\n  postcodes:\n{forms}"), encoding="utf-8")
    return project


def test_finds_an_electorate_by_a_full_uk_postcode(british):
    group = electorates.load(british, "norland")
    known = search.load_directory(british, group)
    assert set(known.gazetteer.postcodes) == set(CODES.values())
    assert group.by_slug["ostby"].office.postcode == "SW1A 0AA"
    for words in ("SW1A 0AA", "sw1a 0aa", "SW1A0AA", "1 Quay Street, Østby SW1A 0AA"):
        assert [hit.electorate.slug for hit in search.run(known, words).hits] == ["ostby"], words


def test_refuses_a_postcode_outside_the_formats_of_its_set(british, change):
    change("codes.csv", "SW1A 0AA", "SW1A OAA")
    change("villages.csv", "DN55 1PT", "5")
    forms = "A9 9AA, A99 9AA, A9A 9AA, AA9 9AA, AA99 9AA or AA9A 9AA"
    hint = "9 is any digit and A any capital letter; a spreadsheet may have dropped a zero at its start"
    assert problems_in(british) == [
        f'codes.csv:2: postcode: "SW1A OAA" doesn\'t match the format {forms}\n  try: {hint}',
        f'villages.csv:5: postcode: "5" doesn\'t match the format {forms}\n  try: {hint}',
    ]


def test_refuses_an_invalid_postcode_format(project, change):
    change("set.yaml", "  key: ALL\n", "  key: ALL\n  postcodes:\n    - NNNN\n")
    assert [line.partition("\n")[0] for line in problems_in(project)] == [
        'set.yaml:11: country.postcodes[0]: "NNNN" is not a postcode format'
    ]


# Age


def test_warns_of_an_old_list_and_of_changed_members(norland):
    warnings = [
        str(problem).removeprefix(f"{SHOWN}/") for problem in electorates.stale(norland, datetime.date(2026, 4, 11))
    ]
    assert warnings == [
        (
            "ridings.csv:2: warning: the list of ridings is over 90 days old (2026-01-10);"
            " try: check who the members are and which roles they have now, and update the dates"
        ),
        "ridings.csv:3: warning: Marsh Flats has no deputy; try: check who the member is now; until then, its documents name no member",
        (
            "ridings.csv:4: warning: Marsh Head elected Liv Dahl (Stone); its deputy is now Liv Dahl (Reed);"
            " try: check that this is still correct"
        ),
        (
            "ridings.csv:4: warning: Marsh Head: Liv Dahl left the Reed party, after the row's date;"
            " try: check who the member is now, and update the row"
        ),
        (
            "ridings.csv:5: warning: Outer Isles has no known deputy;"
            " try: check who the member is now; until then, its documents name no member"
        ),
    ]
    assert all(problem.warning for problem in electorates.stale(norland, datetime.date(2026, 4, 11)))


def test_accepts_a_list_of_ninety_days(norland, federal):
    assert "days old" not in str(electorates.stale(norland, datetime.date(2026, 4, 10)))
    warned = " ".join(problem.message for problem in electorates.stale(federal, datetime.date(2026, 11, 24)))
    assert all(name in warned for name in ("Farrer", "New England", "Warringah", "Wentworth"))
    assert "days old" not in warned
    assert "days old" in electorates.stale(federal, datetime.date(2026, 12, 25))[0].message


# Files saved by spreadsheets


def rewritten(text, separator):
    return text.replace("1; Quay", "1 Quay").replace(";", separator)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_reads_every_separator_and_line_ending(project, norland, separator, ending, mark):
    path = project.root / SHOWN / "ridings.csv"
    text = mark + rewritten(path.read_text(encoding="utf-8"), separator).replace("\n", ending)
    path.write_bytes(text.encode("utf-8"))
    read = electorates.load(project, "norland")
    assert [found.member for found in read.electorates] == [found.member for found in norland.electorates]
    assert [found.slug for found in read.electorates] == [found.slug for found in norland.electorates]


# Mistakes

OSTBY, HEAD = (
    next(
        line + "\n"
        for line in (TESTS / "sets/norland/shapes.geojson").read_text("utf-8").split("\n")
        if f'"{slug}"' in line
    )
    for slug in ("ostby", "marsh-head")
)
CASES = {
    "missing column": (
        [("ridings.csv", "change_note", "chnge_note")],
        [
            'ridings.csv:1: there is no column called "change_note"\n  try: rename chnge_note, or add it; its cells may be empty',
        ],
    ),
    "malformed slug": (
        [("ridings.csv", "ostby;Østby", "Ostby!;Østby"), ("people.csv", "ostby,1000,10.0,20,counted,yes\n", ""),
         ("shapes.geojson", OSTBY, "")],
        [
            'ridings.csv:2: slug: "Ostby!" is not a valid slug\n  try: use lower-case words joined by hyphens, such as west-bay; national is for the whole country',
        ],
    ),
    "unknown state": (
        [("ridings.csv", "Outer Isles;I", "Outer Isles;X"), ("towns.csv", "Far Point\tI", "Far Point\tIsles")],
        [
            'ridings.csv:5: there is no state called "X"\n  try: I or V',
            'towns.csv:3: there is no state called "Isles"\n  try: I or V',
        ],
    ),
    "not a number": (
        [("people.csv", "ostby,1000", 'ostby,"1,000"'), ("boats.csv", "I,2025,90", "I,2025,about 90"),
         ("towns.csv", "10.5", "10°30'")],
        [
            'boats.csv:4: boats: "about 90" is not a number\n  try: use digits only, without commas, signs or words: 121536',
            'people.csv:2: people: "1,000" is not a number\n  try: use digits only, without commas, signs or words: 121536',
            'towns.csv:2: longitude: "10°30\'" is not a longitude\n  try: write degrees, from -180 to 180',
        ],
    ),
    "electorate without a boundary and boundary without an electorate": (
        [("shapes.geojson", '"marsh-head"', '"marsh-heath"')],
        [
            'ridings.csv:4: "marsh-head" has no shape in shapes.geojson\n  try: add a shape whose slug is marsh-head',
            'shapes.geojson:4: ridings.csv has no electorate for the shape "marsh-heath"\n  try: marsh-head or marsh-flats',
        ],
    ),
    "JSON without features": (
        [("shapes.geojson", '"features": [', '"feature": [')],
        [
            "shapes.geojson:1: the file isn't a GeoJSON feature collection in UTF-8 with properties\n  try: export it again",
        ],
    ),
    "shapes without the properties that a map needs": (
        [("shapes.geojson", '"focus_bbox": [10, 60, 11, 61]', '"focus_box": [10, 60, 11, 61]'),
         ("shapes.geojson", "[12, 60, 13, 61]}", "[13, 60, 12, 61]}"), ("shapes.geojson", "[11, 60, 12, 61]}", "[11, 60, 12]}"),
         ("shapes.geojson", "[-9, -2, -8, -1]}", '"-9, -2, -8, -1"}'), ("shapes.geojson", '"name": "Outer Isles"', '"name": null')],
        [
            "shapes.geojson:2: the property focus_bbox is missing or wrong in ostby, marsh-flats, marsh-head and 1 more\n  try: [west, south, east, north] in degrees: the box to draw, without distant islands",
            "shapes.geojson:5: the property name is missing or wrong in outer-isles\n  try: the name of its electorate",
        ],
    ),
    "shape with the wrong name and state": (
        [("shapes.geojson", '"name": "Marsh Head", "state": "V"', '"name": "Bog Head", "state": "I"')],
        [
            'shapes.geojson:4: the name of the shape "marsh-head" is "Bog Head", but ridings.csv has "Marsh Head"\n  try: write "Marsh Head", or correct line 4 of ridings.csv',
            'shapes.geojson:4: the state of the shape "marsh-head" is "I", but ridings.csv has "V"\n  try: write "V", or correct line 4 of ridings.csv',
        ],
    ),
    "shapes that are not areas and two for one electorate": (
        [("shapes.geojson", OSTBY, OSTBY + OSTBY),
         ("shapes.geojson", '{"type": "Polygon", "coordinates": [[[12, 60], [13, 60], [13, 61], [12, 60]]]}', "null"),
         ("shapes.geojson", '{"type": "Polygon", "coordinates": [[[11, 60]', '{"type": "Line", "coordinates": [[[11, 60]')],
        [
            "shapes.geojson:3: there is more than one shape for ostby\n  try: put all parts of an electorate in one MultiPolygon",
            "shapes.geojson:4: the geometry of marsh-flats isn't a polygon\n  try: export it as a Polygon or MultiPolygon (RFC 7946, section 3.1)",
            "shapes.geojson:5: the geometry of marsh-head isn't a polygon\n  try: export it as a Polygon or MultiPolygon (RFC 7946, section 3.1)",
        ],
    ),
    "postcode without an electorate": (
        [("codes.csv", "marsh-flats; marsh-head,ostby", "marsh-flat; marsh-head,ostbi"), ("codes.csv", "I-1,outer-isles", "I-1,")],
        [
            'codes.csv:3: there is no electorate called "marsh-flat"\n  try: marsh-flats or marsh-head',
            'codes.csv:3: there is no electorate called "ostbi"\n  try: ostby',
        ],
    ),
    "locality in an unknown electorate": (
        [("villages.csv", "V,marsh-head", "V,zz"), ("villages.csv", "Lower Ford,I", "Lower Ford,J")],
        [
            'villages.csv:4: there is no electorate called "zz"\n  try: use a slug from the file of electorates',
            'villages.csv:5: there is no state called "J"\n  try: I or V',
        ],
    ),
    "fact without its columns": (
        [("set.yaml", "column: old_pct", "column: old_pc"), ("set.yaml", "weight: people", "weight: peple"),
         ("set.yaml", "      year:", "      yaer:"),
         ("set.yaml", "      how: wild guess", "      hwo: wild guess")],
        [
            'set.yaml:49: facts.old-share.column: there is no column called "old_pc" in people.csv\n  try: old_pct, coast, how, people, sheep or slug',
            'set.yaml:55: facts.old-share.weight: there is no column called "peple" in people.csv\n  try: people, coast, how, old_pct, sheep or slug',
            'set.yaml:61: facts.boats.where: there is no column called "yaer" in boats.csv\n  try: year, boats, how or state',
            'set.yaml:79: facts.sheep.omit_when: there is no column called "hwo" in people.csv\n  try: how, coast, old_pct, people, sheep or slug',
        ],
    ),
    "fact without a row": (
        [("set.yaml", 'year: "2025"', 'year: "2026"'), ("people.csv", "marsh-head,2000,,10,counted,no\n", "")],
        [
            "people.csv:1: there is no row for marsh-head\n  try: add it, and leave unknown cells empty, or write covers: some",
            'set.yaml:61: facts.boats.where: no row of boats.csv has year "2026"\n  try: add the rows',
        ],
    ),
    "missing file and one outside the set": (
        [("set.yaml", "towns: towns.csv", "towns: town.csv"), ("set.yaml", "people: people.csv", "people: ../people.csv")],
        ['set.yaml:22: files.towns: there is no file "town.csv" in briefs/electorates/norland/\n  try: put it there (did you mean towns.csv?)',
         ('set.yaml:25: files.people: "../people.csv" is outside briefs/electorates/norland/\n'
         "  try: copy the file into that folder")],
    ),
    "unused file": (
        [("set.yaml", "  towns: towns.csv", "  town: towns.csv")],
        [
            'set.yaml:22: files.town: "town" isn\'t used\n  try: towns, or add facts: that use it',
        ],
    ),
    "no boundaries file": (
        [("set.yaml", "  boundaries: shapes.geojson\n", "")],
        [
            "set.yaml:18: files: boundaries is missing\n  try: add boundaries: and the name of a file",
        ],
    ),
    "mean without a weight": (
        [("set.yaml", "    weight: people\n", "")],
        [
            "set.yaml:47: facts.old-share: a mean needs a weight, and nothing else can have one\n  try: add compare: mean and weight:, or delete both",
        ],
    ),
    "misspelt key": (
        [("set.yaml", "    people: Islanders", "    peeple: Islanders")],
        [
            'set.yaml:17: states.I.peeple: there is no key called "peeple" here\n  try: people or the',
        ],
    ),
    "row with too many cells": (
        [("people.csv", "ostby,1000,10.0,20,counted,yes", "ostby,1,000,10.0,20,counted,yes"),
         ("boats.csv", "ALL,2025,101,counted", "ALL,2025,101,counted,all of them")],
        [
            "boats.csv:5: the row has 5 cells, but the table has 4 columns\n  try: put quotation marks round the text that has a comma",
            "people.csv:2: the row has 7 cells, but the table has 6 columns\n  try: put quotation marks round the text that has a comma",
        ],
    ),
    "unbalanced quotation marks": (
        [("people.csv", "marsh-flats,", '"marsh-flats,')],
        [
            'people.csv:3: a quotation mark in this row isn\'t closed\n  try: close every quotation, and double each " inside one',
        ],
    ),
    "unnamed and repeated columns": (
        [("people.csv", "slug,people,old_pct,sheep", "slug,people,old_pct,,sheep"), ("boats.csv", "state,year", "year,year")],
        [
            'boats.csv:1: two columns are called "year"\n  try: delete one, or rename it',
            "people.csv:1: column 4 has no name\n  try: name it, or delete the column",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), CASES.values(), ids=CASES)
def test_reports_a_mistake_at_its_line(project, change, changes, expected):
    for file, old, new in changes:
        change(file, old, new)
    assert problems_in(project) == expected


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("slug,people\n".encode("utf-16"), "the file is UTF-16, or isn't text"),
        (b"PK\x03\x04\0\0", "the file is UTF-16, or isn't text"),
    ],
)
def test_refuses_a_file_that_is_not_text(project, data, line):
    (project.root / SHOWN / "people.csv").write_bytes(data)
    assert problems_in(project) == [f'people.csv: {line}\n  try: save it as UTF-8 (in Excel: "CSV UTF-8")']


def test_names_the_line_of_text_in_another_encoding(project):
    (project.root / SHOWN / "people.csv").write_bytes("slug,people\n\nostby,Café\n".encode("cp1252"))
    assert problems_in(project) == [
        'people.csv:3: the file isn\'t UTF-8 text\n  try: save it as UTF-8 (in Excel: "CSV UTF-8")'
    ]


def test_refuses_a_file_without_columns_or_rows(project):
    (project.root / SHOWN / "people.csv").write_text(" \n,,\n", encoding="utf-8")
    path = project.root / SHOWN / "ridings.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    assert problems_in(project) == [
        "people.csv:1: the file is empty\n  try: add a first line with the names of the columns",
        "ridings.csv:1: there is no riding in the file\n  try: add a row for each",
    ]


def test_suggests_the_nearest_set_to_a_mistyped_one(project):
    with pytest.raises(Problems, match='there is no set of electorates called "norlnd"\n  try: norland'):
        electorates.load(project, "norlnd")
    assert electorates.names(project) == ("norland",)


ROWS = (
    "ostby,Ása Kjær,Minister for Boats,2026-01-10",
    "ostby,Ása Kjær,Minister for the Sea's Fish,2026-01-08",
    "marsh-head,Liv Dahl,Speaker,2026-01-12",
)


@pytest.fixture
def with_roles(tmp_path):
    """Return a function that loads a set with these rows of roles."""
    shutil.copytree(TESTS / "sets/norland", tmp_path / SHOWN)
    spec = tmp_path / SHOWN / "set.yaml"
    text = spec.read_text(encoding="utf-8")
    spec.write_text(text.replace("  changes: changes.csv\n", "  changes: changes.csv\n  roles: roles.csv\n"), "utf-8")

    def read(*rows):
        file = tmp_path / SHOWN / "roles.csv"
        file.write_text("\n".join(("slug,member,role,as_at", *rows)) + "\n", "utf-8")
        return electorates.load(Project(tmp_path), "norland")

    return read


def role_problem(with_roles, *rows):
    with pytest.raises(Problems) as found:
        with_roles(*rows)
    (each,) = found.value.problems
    assert each.path == f"{SHOWN}/roles.csv"
    return each.line, each.message, each.hint


def titles(electorate):
    return [role.title for role in electorate.member.roles]


def test_reads_the_roles_of_each_member_in_order(with_roles):
    found = with_roles(*ROWS).by_slug
    assert titles(found["ostby"]) == ["Minister for Boats", "Minister for the Sea’s Fish"]
    assert titles(found["marsh-head"]) == ["Speaker"]
    assert found["outer-isles"].member is None


def test_refuses_a_role_of_another_person_than_the_member(with_roles):
    line, message, hint = role_problem(with_roles, ROWS[0], "marsh-head,Bo Holm,Speaker,2026-01-12")
    assert (line, message) == (3, 'member: "Bo Holm" is not the deputy for marsh-head, who is Liv Dahl')
    assert hint == "correct the name, or delete the row"
    line, message, _ = role_problem(with_roles, "marsh-flats,Bo Holm,Speaker,2026-01-12")
    assert (line, message) == (2, 'member: "Bo Holm" is not the deputy for marsh-flats, who is vacant')


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ostbi,Ása Kjær,Speaker,2026-01-10", 'there is no electorate called "ostbi"'),
        (
            "ostby,Ása Kjær,Minister for Boats,2026-01-10",
            'there is already a row for "ostby, Minister for Boats" on line 2',
        ),
        ("ostby,Ása Kjær,Speaker,10/1/2026", 'as_at: "10/1/2026" is not a date'),
    ],
)
def test_refuses_a_row_with_a_mistake(with_roles, row, message):
    assert role_problem(with_roles, ROWS[0], row)[:2] == (3, message)


def test_warns_of_old_roles_at_the_line_of_the_member(with_roles):
    group = with_roles(ROWS[0], ROWS[1])
    warned = electorates.stale(group, datetime.date(2026, 4, 9))[0]
    assert (warned.path, warned.line) == (f"{SHOWN}/ridings.csv", 2)
    assert warned.message == "the list of ridings is over 90 days old (2026-01-08)"
    assert electorates.fresh_until(group, datetime.date(2026, 4, 8)) == datetime.date(2026, 4, 8)


IN_FRENCH = "ostby,Ása Kjær,fr,Députée,Madame la Députée"


@pytest.fixture
def addressed(tmp_path, with_roles):
    """Return a function that loads a set with a role in two languages, and these rows of forms of address."""

    def read(*rows):
        with_roles()
        folder = tmp_path / SHOWN
        spec = folder / "set.yaml"
        text = spec.read_text(encoding="utf-8")
        added = "  changes: changes.csv\n  forms-of-address: forms.csv\n"
        spec.write_text(text.replace("  changes: changes.csv\n", added, 1), "utf-8")
        columns = "slug,member,language,title,salutation"
        (folder / "forms.csv").write_text("\n".join((columns, *rows)) + "\n", "utf-8")
        roles = ("ostby,Ása Kjær,Minister for Boats,2026-01-10,", "ostby,Ása Kjær,Ministre des Bateaux,2026-01-10,fr")
        (folder / "roles.csv").write_text("\n".join(("slug,member,role,as_at,language", *roles)) + "\n", "utf-8")
        return electorates.load(Project(tmp_path), "norland")

    return read


def address(group, language):
    member = electorates.translated(group, language).by_slug["ostby"].member
    return [role.title for role in member.roles], member.title, member.salutation, member.post_nominal


def test_addresses_a_member_in_the_language_of_the_brief_or_by_name_alone(addressed):
    group = addressed(IN_FRENCH, "ostby,Ása Kjær,,,Minister")
    nominal = group.words.post_nominal
    assert address(group, "en-GB") == (["Minister for Boats"], "", "Minister", nominal)
    assert address(group, "fr-CA") == (["Ministre des Bateaux"], "Députée", "Madame la Députée", None)
    assert address(group, "vi") == ([], "", "", None)
    greetings = {
        name: local.salutation(electorates.translated(group, name).by_slug[slug], language(name))
        for name, slug in (("fr", "ostby"), ("vi", "ostby"), ("en-AU", "marsh-flats"))
    }
    assert greetings == {"fr": "Madame la Députée", "vi": "Ása Kjær", "en-AU": "Member for Marsh Flats"}
    assert local.salutation(electorates.translated(group, "fr").by_slug["marsh-head"], language("fr")) == (
        "Madame, Monsieur"
    )


def test_warns_of_roles_and_titles_that_the_language_of_the_brief_lacks(addressed):
    group = addressed("ostby,Ása Kjær,vi,Nghị sĩ,")
    found = [each.message for each in locales.warn(electorates.translated(group, "fr"), "fr", language("fr"))]
    assert found == ["2 members have no title in fr, so pages name the electorate alone"]
    found = [each.message for each in locales.warn(electorates.translated(group, "vi"), "vi", language("vi"))]
    assert found == ["the roles of 1 member aren't in vi, so no page in it prints them"]
    assert [*locales.warn(group, "en-GB", language("en-GB"))] == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["ostby,Bo Holm,fr,Député,"], 'member: "Bo Holm" is not the deputy for ostby, who is Ása Kjær'),
        ([IN_FRENCH, "ostby,Ása Kjær,fr,Député,"], 'there is already a row for "ostby, fr" on line 2'),
    ],
)
def test_refuses_a_form_of_address_of_another_person_or_given_twice(addressed, rows, message):
    with pytest.raises(Problems) as found:
        addressed(*rows)
    assert [(each.line, each.message) for each in found.value.problems] == [(len(rows) + 1, message)]

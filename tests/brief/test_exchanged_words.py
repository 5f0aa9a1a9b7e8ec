"""Tests of words that contradict what is beside them: each mistake, and a sound case beside it."""

import pytest

from reviewed import in_a_text, warned

FINDING = "finding: A crossing slowed cars by {speed-saved} km an hour"
BEFORE = "      - {label: Before, figure: speed-before}\n"
ROWS = "      - {label: After, figure: speed-after, strong: yes}\n"


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ("The fall is the highest", ['"the highest": "The fall" is 17, and "Before" is 48']),
        ("Before a crossing, speeds were the highest", []),
        ("Cars are the fastest", []),
        ("After a crossing, speeds were the lowest", ['"the lowest": "After" is 31, and "The fall" is 17']),
        ("Before and after, speeds were the highest", []),
    ],
)
def test_names_a_row_that_is_not_the_highest_as_its_finding_says(finding, expected):
    third = "      - {label: The fall, figure: speed-saved}\n"
    found = warned((FINDING, f"finding: {finding}"), (ROWS, ROWS + third))
    assert [each for each in found if each.startswith('"the ')] == expected


SOURCE = "    publisher: Example Road Institute\n    title: Speeds near schools\n"


@pytest.mark.parametrize(
    ("publisher", "title", "wrong"),
    [
        ("Speeds near schools", "Example Road Institute", True),
        ("Example Road Institute", "Speeds near schools", False),
        ("Example Council", "Example Road Institute", False),
        ("Alex Example", "The Institute and its roads", False),
    ],
)
def test_names_a_publisher_and_a_title_that_are_exchanged(publisher, title, wrong):
    found = warned((SOURCE, f"    publisher: {publisher}\n    title: {title}\n"))
    assert ("publisher: and title: seem to be exchanged" in " ".join(found)) is wrong


@pytest.mark.parametrize(
    ("alt", "credit", "wrong"),
    [
        ("Drawn by Jo, CC0", "Two gloved hands lay a batt of yellow wool between the joists of a roof.", True),
        ("A red door", "Photograph by Jane Roe for the Institute of Doors, used with its permission", False),
    ],
)
def test_names_a_credit_and_an_alternative_text_that_are_exchanged(alt, credit, wrong):
    image = f'images:\n  door: {{file: door.jpg, alt: "{alt}", credit: "{credit}", people: none}}\n\nsources:\n'
    found = warned(("sources:\n", image))
    assert ("credit: and alt: seem to be exchanged" in " ".join(found)) is wrong


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://walk.sharepoint.com/:b:/s/team/EXy", "this is in somebody's own store of files"),
        ("https://www.google.com/search?q=walking", "this is a search, whose results change"),
        ("https://www.google.com/maps", ""),
        ("https://library.example/search?q=walking", ""),
    ],
)
def test_names_an_address_that_readers_cannot_use(address, message):
    found = in_a_text(f"See [it]({address}).")
    assert any(message in each for each in found) if message else not any("search" in each for each in found)


KEY = ("electoral_matter: no\n", "electoral_matter: no\nlanguage: en-AU\n")
FOREIGN = "Trẻ đi bộ đến trường mỗi ngày trên đường hẹp. "
OWN = "The children walk to the school in the town, and they come to it on the road. "


@pytest.mark.parametrize(("words", "wrong"), [(FOREIGN * 100, True), (FOREIGN, False), (OWN * 30, False)])
def test_names_a_language_that_the_texts_are_not_in(words, wrong):
    text = "Their drivers *can* slow down."
    found = warned(KEY, (text, f"{text} {words}"))
    assert any("the texts don't seem to be in en-AU" in each for each in found) is wrong


@pytest.mark.parametrize(
    ("subtitle", "expected"),
    [
        ("Speed, 2019 to 2024", ['"2019 to 2024", but the rows are from 2020 to 2024']),
        ("Speed, 2020–2023", ['"2020–2023", but the rows are from 2020 to 2024']),
        ("Speed, 2020 to 2024", []),
        ("Speed since the count of 2019", []),
    ],
)
def test_names_a_subtitle_with_other_years_than_the_rows(subtitle, expected):
    rows = "".join(f"      - {{label: In {year}, figure: speed-saved}}\n" for year in (2020, 2022, 2024))
    found = warned((FINDING, f"{FINDING}\n    subtitle: {subtitle}"), (BEFORE + ROWS, rows))
    assert [each for each in found if "but the rows are" in each] == expected

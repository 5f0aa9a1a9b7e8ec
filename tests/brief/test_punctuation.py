"""Tests of doubled words and marks, brackets and quotation marks without a partner, sentences and periods."""

import pytest

from reviewed import REPLACED, in_a_text, warned


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("They walk to the the school.", '"the the" has one word twice'),
        ("They walk to the\nthe school.", '"the the" has one word twice'),
        ("They walk in the park in the park.", ""),
        ("They walk of the of the school.", '"of the of the" has the same words twice'),
        ("They said that that was enough, and had had enough.", ""),
        ("They live in Wagga Wagga, and walk on and on and on.", ""),
        ("They walk,, and run.", '"walk,," has one mark after another'),
        ("They walk.. They run.", '"walk.." has one mark after another'),
        ("They walk.[^road-report]. They run.", '"walk.[^road-report]." has one mark after another'),
        ("They walk ... and run… They ask: why?", ""),
        ("They walk , and run.", '"walk ," has a space before the mark'),
        ("They walk,and run.", '"walk,and" has no space after the mark'),
        ("They walk.They run.", '"walk.They" has no space after the mark'),
        ("They walk.[^road-report]They run.", '"walk.[^road-report]They" has no space after the mark'),
        ("They walk(in all weathers) and run.", '"walk(in" has no space before the bracket'),
        ("Child(ren) and person(s) at walk.example/a,b or kim@walk.example walk.", ""),
        ("They walk: [walk.example.org/heat](https://walk.example.org/heat).", ""),
        ("They (all of them walk.", '"(all" opens a bracket that isn\'t closed'),
        ("They all of them) walk.", '"them)" closes a bracket that isn\'t open'),
        ("They walk for a) health and b) joy [both].", ""),
        ("They walk (see part b). They walk for a) health.", ""),
        ("They walk (for a) health and b) joy).", ""),
        ("They walk (see part b, and run.", '"(see" opens a bracket that isn\'t closed'),
        ('They "walk to school.', '"\\"walk" has a quotation mark without a partner'),
        ("They “walk to school.", '"“walk" has a quotation mark without a partner'),
        ("They walk” to school.", '"walk”" has a quotation mark without a partner'),
        ('They "walk" and “run”.', ""),
        ("“They walk.\n\n“They run.”", ""),
    ],
)
def test_names_marks_and_words_that_a_proofreader_would(words, message):
    assert in_a_text(words) == ([message.replace("\\", "")] if message else [])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("It rose from 2021-22 to 2023-24.", ""),
        ("It rose from 2023-24 to 2021-22.", '"from 2023-24 to 2021-22" runs backwards'),
        ("It rose from May 2024 to March 2024.", '"from May 2024 to March 2024" runs backwards'),
        ("It rose between 2024 and 2019.", '"between 2024 and 2019" runs backwards'),
        ("It rose in 2023-42.", '"2023-42" isn\'t a financial year: is 2023-24 meant?'),
        ("It rose in 2023–21.", '"2023–21" runs backwards'),
        ("It rose in 2024–2023.", '"2024–2023" runs backwards'),
        ("It rose in 1999-00, 2015–30, 2019–2023 and 2025/26.", ""),
        ("It rose in 2024-03.", ""),
        ("It rose in July 2202.", '"July 2202" is 176 years after the brief'),
    ],
)
def test_names_a_period_that_cannot_be_right(words, message):
    assert [each for each in in_a_text(words) if "number" not in each] == ([message] if message else [])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (REPLACED, "Their drivers slow down. they do.", '"down. they" begins a sentence in lower case'),
        (REPLACED, "Their drivers slow down, approx. ten do.", ""),
        (
            "standfirst: A small fund would build every crossing that is missing.",
            "standfirst: a small fund would build every crossing that is missing.",
            "",
        ),
        ("text: Drivers keep to them.", "text: Drivers keep to them", '"Drivers keep to them" has no full stop, unlike the others'),
        ("point: They cost little.", "point: they cost little.", '"they" begins in lower case, unlike the others'),
    ],
)  # fmt: skip
def test_names_a_sentence_unlike_all_others(old, new, message):
    assert warned((old, new)) == ([message] if message else [])


def test_names_the_one_item_of_a_list_without_a_full_stop():
    old = "      - Crossings for {crossings:number} schools.\n"
    items = "      - New lights.\n      - New signs.\n      - New paint\n"
    assert warned((old, items)) == ['"New paint" has no full stop, unlike the others']
    assert warned((old, items.replace(".", ""))) == []


@pytest.mark.parametrize(("heading", "found"), [("**What drivers do**", 0), ("What **drivers** do", 1)])
def test_a_heading_in_bold_type_needs_no_full_stop(heading, found):
    old = "      - text: Walking is healthy.[^health-review]\n"
    texts = [heading, "They slow down.", "They stop.", "They wait.", "They wave.", "They drive on."]
    new = old + "".join(f'      - text: "{text}"\n' for text in texts)
    assert len([each for each in warned((old, new)) if "full stop" in each]) == found

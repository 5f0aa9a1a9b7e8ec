"""Tests of values that name their neighbour instead of what they belong to: each mistake, and a sound case beside it."""

import pytest

from briefpack.problem import Problems
from reviewed import warned

OWN = "email: alex@walk.example"
OTHER = "\n  - {name: Sam Sound, role: Adviser, email: EMAIL}"


@pytest.mark.parametrize(
    ("own", "other", "found"),
    [
        ("sam@walk.example", "policy@walk.example", 1),
        ("sam.sound@walk.example", "alex@walk.example", 2),
        ("alex@walk.example", "sam@walk.example", 0),
        ("office@walk.example", "policy@walk.example", 0),
        ("alex.sam@walk.example", "policy@walk.example", 0),
    ],
)
def test_names_an_address_with_the_name_of_another_contact(own, other, found):
    messages = warned((OWN, f"email: {own}{OTHER.replace('EMAIL', other)}"))
    assert len([each for each in messages if "has the name of another contact" in each]) == found


TEXT = "      - text: We are a small charity.[^school-count]"
TABLE = """
      - table:
          caption: The speed of cars
          columns: [Street, FIRST, SECOND]
          rows:
            - [High Street, "{speed-after}", "{speed-before}"]"""


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [("Before", "After", True), ("After", "Before", False), ("Monday", "Tuesday", False), ("Before", "Later", False)],
)
def test_names_cells_that_are_under_each_others_headings(first, second, wrong):
    table = TABLE.replace("FIRST", first).replace("SECOND", second)
    found = [each for each in warned((TEXT, TEXT + table)) if "is under" in each]
    assert found == ([f'{{speed-after}} is under "{first}", and {{speed-before}} under "{second}"'] if wrong else [])


FIGURE = "  crossings: {value: 800,"
YEARS = "  crossings-2020: {value: 640, unit: crossings, means: schools without one, source: school-count}\n"


@pytest.mark.parametrize(
    ("label", "wrong"), [("In 2026", True), ("In 2020", False), ("From 2020 to 2026", False), ("Before", False)]
)
def test_names_a_row_whose_figure_is_of_another_year(label, wrong):
    row = f"      - {{label: {label}, figure: crossings-2020}}\n      - {{label: After,"
    found = warned((FIGURE, YEARS + FIGURE), ("      - {label: After,", row))
    assert ('"In 2026" shows crossings-2020' in found) is wrong


@pytest.mark.parametrize(
    ("caption", "wrong"), [("schools without one at all", True), ("crossings that are missing today", False)]
)
def test_names_a_caption_that_goes_with_another_figure_elsewhere(caption, wrong):
    usual = (
        "{figure: crossings, caption: schools have none}",
        "{figure: crossings, caption: schools without one at all}",
    )
    again = (
        "{figure: crossings, caption: schools without one}",
        "{figure: crossings, caption: schools without one at all}",
    )
    here = (
        "{figure: speed-saved, caption: km an hour slower at a crossing}",
        f"{{figure: speed-saved, caption: {caption}}}",
    )
    found = [each for each in warned(usual, again, here) if "has this caption" in each]
    assert bool(found) is wrong
    assert all(each.endswith("crossings has this caption, and here speed-saved has it") for each in found)


def test_blames_the_briefs_date_if_several_sources_are_later():
    date, late = ("date: 2026-07-01", "date: 2026-01-07"), ('date: "2025"', "date: March 2026")
    message = "2 sources are dated after the brief (lines 29, 37)"
    assert message in warned(date, late)
    assert not any("sources are dated after" in each for each in warned(late))


@pytest.mark.parametrize(("value", "wrong"), [("0.36", True), ("36", False), ("0.9", False)])
def test_names_a_fraction_among_percentages(value, wrong):
    edits = [
        (f"{name}: {{value: {old}, unit: km an hour,", f'{name}: {{value: {new}, unit: "%",')
        for name, old, new in (("speed-before", 48, value), ("speed-after", 31, 31 if value != "0.9" else 3))
    ]
    assert any(each == "0.36 % is shown beside 31 %" for each in warned(*edits)) is wrong


def test_names_a_standfirst_that_was_copied_from_another_leave_behind():
    first = "standfirst: A small fund would build every crossing that is missing."
    copied = warned(("standfirst: One rule would let children walk.", first))
    assert any("is the standfirst of another leave-behind too" in each for each in copied)
    assert not any("standfirst" in each for each in warned())


def test_explains_a_colon_that_makes_a_key_of_an_items_words():
    item = ("- One rule for all streets near schools.", "- Two things: a rule, and a fund.")
    with pytest.raises(Problems) as caught:
        warned(item)
    [problem] = caught.value.problems
    assert problem.message == "asks[1].buys[0]: the colon makes a key of the words before it"
    assert problem.hint == 'put it in quotation marks: "Two things: a rule, and a fund."'

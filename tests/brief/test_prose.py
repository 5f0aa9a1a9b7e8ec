"""Tests of sentences that another part of the brief contradicts: each mistake, and sound words beside it."""

import pytest

from reviewed import in_a_text, warned

NUMBERS = """\
  growth: {value: 40, unit: '%', means: growth in walks, as_at: 2020 to 2023, source: own}
  spent: {value: 900, unit: walks, means: walks paid for each year, as_at: 2021-22 to 2023-24, source: own}
  walks-2024: {value: 700, unit: walks, means: walks counted in 2024, as_at: '2024', source: own}
  speed-before:"""
GROWTH = ("  speed-before:", NUMBERS)
TEXT = "- text: We are a small charity.[^school-count]"
STORY = "- text: Kim was hit in June 2024. A crossing was built within a year.[^school-count]"


def beside_figures(words):
    return warned(GROWTH, (TEXT, f"- text: {words}"))


def story(words):
    return warned((STORY, f"- text: {words}"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "Walks grew by {growth} from 2020 to 2024.",
            '"from 2020 to 2024", but growth is for 2020 to 2023, on line 40',
        ),
        ("Walks grew by {growth}, 2019–2023.", '"2019–2023", but growth is for 2020 to 2023, on line 40'),
        ("Since 2021 walks have grown by {growth}.", '"Since 2021", but growth is for 2020 to 2023, on line 40'),
        ("People took {walks-2024} walks in 2023.", '"in 2023", but walks-2024 is for 2024, on line 42'),
        ("Walks grew by {growth} from 2020 to 2023.", ""),
        ("Since 2020 walks have grown by {growth}.", ""),
        ("From 2015 to 2022 walks were few. Then they grew by {growth}.", ""),
        ("The council paid for {spent} walks a year from 2021 to 2024.", ""),
        ("People took {walks-2024} walks in 2024.", ""),
        ("In 2025 the council said that people had taken {walks-2024} walks.", ""),
    ],
)
def test_names_years_that_are_not_those_of_the_figure_beside_them(words, message):
    assert beside_figures(words) == ([message] if message else [])


def test_names_years_in_a_caption_that_are_not_the_figure_s():
    caption = "{figure: children-hurt, caption: children hurt on the way to school}\n    - {figure: crossings"
    other = caption.replace(
        "children-hurt, caption: children hurt on the way to school", "growth, caption: 'growth, %s'"
    )
    assert warned(GROWTH, (caption, other % "2020 to 2024")) == [
        '"2020 to 2024", but growth is for 2020 to 2023, on line 40'
    ]
    assert warned(GROWTH, (caption, other % "2020 to 2023")) == []


@pytest.mark.parametrize(
    ("here", "there", "message"),
    [
        ("In 2024 the Example Council closed the northern library.",
         "In 2023 the Example Council closed the northern library.",
         '"2023", but line 89 dates the same event to 2024'),
        ("In 2024 the Example Council closed the northern library.",
         "In 2024 the Example Council closed the northern library for good.", ""),
        ("In 2024 the Example Council closed the northern library.",
         "In 2023 the Example Council closed the southern library.", ""),
    ],
)  # fmt: skip
def test_names_one_event_with_two_dates(here, there, message):
    found = warned((TEXT, f"- text: {here}"), (STORY, f"- text: {there}"))
    assert found == ([message] if message else [])


def test_names_an_event_that_a_chart_dates_otherwise():
    row = ("label: Kim is hit by a car}", "label: 'Kim is hit by a car outside the primary school gate'}")
    told = "In %s a car had hit Kim outside the primary school gate."
    messages = warned(row, (STORY, f"- text: {told % 'July 2024'}"))
    assert messages == ['"July 2024", but line 70 dates the same event to June 2024']
    assert warned(row, (STORY, f"- text: {told % 'June 2024'}")) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Rahim left. We met Rahim. Then Rahim came. Raheem had a plan.",
         '"Raheem" is Rahim elsewhere, first on line 169'),
        ("Rahim left. We met Rahim. Then Rahim came, with Rahima.", ""),
        ("Maria left. We met Maria. Then Maria came, with Marie Curie.", ""),
        ("Labour won. We met Labour. Then Labour and Labor spoke.", ""),
        ("Manila is large. In Manila we met. To Manila we came. Manual work is hard.", ""),
    ],
)  # fmt: skip
def test_names_a_name_that_is_nearly_another(words, message):
    assert story(words) == ([message] if message else [])


def test_names_a_month_in_another_language():
    message = '"mars" is a month in another language'
    assert warned(("date: May 2026", "date: mars 2026")) == [message]
    assert in_a_text("They met in mars 2025.") == [message]
    assert in_a_text("They met in [mars 2025]{lang=fr}.") == in_a_text("They met in March 2025.") == []


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("2026-13-01", 'there is no such date as "2026-13-01"'),
        ("45/03/2026", 'there is no such date as "45/03/2026"'),
        ("3 May", '"3 May" has no year'),
        ("31/03/2026", ""),
        ("2026-03-31", ""),
        ("no date given", ""),
    ],
)
def test_names_a_source_s_date_that_nobody_can_read(date, message):
    assert warned(("date: May 2026", f'date: "{date}"')) == ([message] if message else [])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("Set up a fund by March 2026.", '"by March 2026" is before the brief, which is dated 1 July 2026'),
        ("Set up a fund, starting in May 2026.", '"starting in May 2026" is before the brief, which is dated 1 July 2026'),
        ("Set up a fund by March 2027.", ""),
        ("Restore the fund that ran from March 2026.", ""),
    ],
)  # fmt: skip
def test_names_a_date_by_which_an_ask_can_no_longer_be_done(asked, message):
    old = "asked: Change the law so that cars slow down near schools."
    assert warned((old, f"asked: {asked}")) == ([message] if message else [])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("We work in four towns: Perth, Hobart and Darwin.", '"four towns:", but the list has three'),
        ("We ask for two things:\n\n- more crossings\n- slow cars\n- time", '"two things:", but the list has three'),
        ("Three women, aged 43 and 23, came.", '"Three women, aged 43 and 23", but the list has two'),
        ("We work in three towns: Perth, Hobart and Darwin.", ""),
        ("We have three aims: health and safety, work, and pay.", ""),
        ("We have two aims: to slow cars, which hurt children, and to build.", ""),
        ("What changed in three years: rents, and wages.", ""),
        ("Of three towns one stands out: Perth.", ""),
        ("Two women, aged 43 and 23, came.", ""),
    ],
)
def test_compares_a_number_with_the_list_after_it(words, message):
    assert in_a_text(words) == ([message] if message else [])


def test_names_a_body_that_is_written_otherwise_elsewhere():
    told = (TEXT, "- text: The National Office for Child Safety met the National Office for Child Safety.")
    message = '"National Office of Child Safety" is "National Office for Child Safety" elsewhere, first on line 89'
    assert warned(told, (STORY, "- text: It asked the National Office of Child Safety.")) == [message]
    assert warned(told, (STORY, "- text: It asked the State Office of Child Safety.")) == []


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ("over five years", '"over five years", but on line 127 the period of the ask for fund-total is 4'),
        ("in it over {span} years", '"over {span} years", but on line 127 the period of the ask for fund-total is 4'),
        ("over four years", ""),
    ],
)
def test_compares_the_years_of_a_cost_with_the_period_of_its_ask(over, message):
    figures = "  yearly: {value: 10000000, unit: AU$, means: cost of the fund a year, source: own}\n"
    span = "  span: {value: 6, unit: years, means: years of a plan, source: own}\n"
    period = ("    annual: fund-total\n    period: Over one year", "    annual: yearly\n    period: Over four years")
    asked = ("asked: Set up a fund of {fund-total}.", f"asked: Set up a fund of {{fund-total}} {over}.")
    found = warned(("  speed-before:", f"{figures}{span}  speed-before:"), period, asked)
    assert found == ([message] if message else [])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("We know that a third of all schools have no crossing.", '"a third", but line 89 says a quarter'),
        ("We know that a quarter of all schools have no crossing.", ""),
        ("We know that a third of all schools have a crossing.", ""),
    ],
)
def test_names_a_share_in_words_that_another_text_gives_otherwise(words, message):
    told = (TEXT, "- text: A quarter of all schools have no crossing.")
    assert warned(told, (STORY, f"- text: {words}")) == ([message] if message else [])

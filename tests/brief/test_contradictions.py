"""Tests of the parts of a brief that contradict each other: each mistake, and a sound case beside it."""

import pytest

from briefpack.brief import review
from reviewed import LOCALE, in_a_text, read, warned

ASKED = "asked: Set up a fund of {fund-total}."
COSTS = "  fund-total: {value: 40000000, unit: AU$, means: cost of the fund, source: own}"
YEARLY = f"{COSTS}\n  fund-annual: {{value: 10000000, unit: AU$, means: cost of the fund a year, source: own}}"
SPANS = f"{COSTS}\n  fund-years: {{value: 4, unit: years, means: years of the fund, source: own}}"
ANNUAL = "    annual: fund-total\n    period: Over one year"
FOUR = "    annual: fund-annual\n    period: Over four years"
LAW = "asked: Change the law so that cars slow down near schools."


def dated(*edits):
    return [each.message for each in review.warn(*read(*edits), LOCALE) if each.message.endswith("date of no row")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("We agree (see ask 9).", '"ask 9": the brief has two asks'),
        ("As Figure 2 shows, they do.", '"Figure 2": charts and tables have no numbers in print'),
        ("As figure 2 in the report shows, they do.", 'the number "2" does not come from figures:'),
        ("They wait {crossings:number} years.", '"{crossings:number} years": crossings counts crossings'),
        ("They are for {crossings:number} schools.", ""),
        ("They met {crossings:number} year pupils.", ""),
    ],
)
def test_names_a_number_that_points_nowhere_and_a_figure_before_another_unit(words, message):
    assert in_a_text(words) == ([message] if message else [])


@pytest.mark.parametrize(
    ("alt", "message"),
    [
        ("Two bars.", "Three bars."),
        ("", ""),
    ],
)
def test_counts_the_bars_of_a_chart(alt, message):
    found = warned((alt, message)) if alt else warned()
    assert found == (['"Three bars": the chart has another number'] if alt else [])


def test_dates_a_timeline_as_its_rows_do():
    assert dated(("when: May 2025", "when: June 2025")) == ['charts.kim-timeline.alt: "May 2025" is the date of no row']
    assert dated(("when: May 2025", "when: 3 May 2025")) == dated(("when: May 2025", "when: 2025")) == []


def test_compares_the_mark_of_a_chart_with_its_alternative_text():
    alt = ("One of twenty marks is filled.", "Dots, one for {crossings:number} children. One is filled.")
    kind = ("    kind: unit-chart\n", "    kind: unit-chart\n    mark: 500\n")
    right = ("    kind: unit-chart\n", "    kind: unit-chart\n    mark: 800\n")
    assert any("one mark is for {crossings:number}, 800; mark: says 500" in each for each in warned(alt, kind))
    assert not any("one mark" in each for each in warned(alt, right))


def test_names_one_currency_with_two_signs():
    cost = "{value: 50000, unit: AU$, means: cost of one crossing, source: school-count}"
    assert '"A$" is written "AU$" in other figures' in warned((cost, cost.replace("AU$", "A$")), (COSTS, YEARLY))
    assert not any("is written" in each for each in warned((cost, cost.replace("AU$", "US$"))))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{fund-total} a year", "{fund-total} a year: fund-total is the whole cost"),
        ("{fund-annual} over four years", "{fund-annual} over four years: fund-annual is the yearly cost"),
        ("{fund-annual} a year over four years, or {fund-total}", ""),
    ],
)
def test_names_a_cost_beside_words_for_the_other(text, message):
    found = warned((COSTS, YEARLY), (ANNUAL, FOUR), (ASKED, f"asked: Set up a fund of {text}."))
    assert [each.replace('"', "") for each in found if "cost" in each] == ([message] if message else [])


def test_names_a_law_with_another_year_in_one_ask():
    [message] = warned((LAW, "asked: Change the Example Road Act 2021."))
    assert message.startswith('"Example Road Act 20')
    assert warned((LAW, "asked: Change the Example Road Act 2020 and the Example Rail Act 2021.")) == []


def test_names_a_period_that_began_long_before_the_brief():
    message = '"from January 2025" is long before the brief, which is dated 1 July 2026'
    assert warned(("period: Ongoing", "period: Ongoing, from January 2025")) == [message]
    assert warned(("period: Ongoing", "period: Ongoing, from January 2027")) == []


def test_names_a_name_spelt_in_two_ways():
    assert in_a_text("We at Walk Safety Australia agree.") == [
        '"Walk Safety Australia" is nearly "Walk Safely Australia", on line 9'
    ]
    assert in_a_text("We at Walk Safely Australia, and Walk Safely Victoria, agree.") == []


def test_names_a_signature_that_is_nearly_a_contact_s():
    letter = "foreword:\n  blocks:\n    - text: We walk to school.\n  name: {name}\n\nsections:\n"
    assert any(
        'is "Alex Example" on line' in each
        for each in warned(("sections:\n", letter.replace("{name}", "Alex Exampel")))
    )
    assert not any(
        'Example" on line' in each for each in warned(("sections:\n", letter.replace("{name}", "Kim Example")))
    )


def test_names_two_case_studies_with_one_timeline():
    text = "    timeline: kim-timeline\n"
    again = f"{text}  - id: lee\n    heading: Lee walks\n    blocks:\n      - text: Lee walks.\n{text}"
    assert any("is also the timeline of the case study" in each for each in warned((text, again)))
    assert not any("is also the timeline" in each for each in warned())

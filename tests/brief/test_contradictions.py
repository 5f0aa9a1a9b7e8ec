"""Tests of the parts of a brief that contradict each other: each mistake, and a sound case beside it."""

import pytest

from briefpack.brief import review
from briefpack.brief.review import stories
from projects import language
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


def test_blames_the_case_study_that_a_timeline_is_not_about():
    story = "  - id: lee\n    label: Lee's story\n    heading: Lee walks\n    blocks:\n      - text: Lee walks.\n"
    place, shared = "case_studies:\n", "    timeline: kim-timeline\n"
    messages = warned((place, f"{place}{story}{shared}"))
    assert any(each.startswith("kim-timeline is also the timeline of the case study on line") for each in messages)
    other = (place, f"{place}{story.replace('lee', 'pat')}    timeline: walk\n")
    walk = "  walk:\n    kind: timeline\n    finding: A walk\n    alt: A walk.\n    rows:\n      - {when: June 2024, label: We walk}\n"
    unsure = warned(other, (shared, "    timeline: walk\n"), ("  kim-timeline:\n", f"{walk}  kim-timeline:\n"))
    assert any(each.startswith("walk is the timeline of two case studies, here and on line") for each in unsure)


@pytest.mark.parametrize(("month", "is_to_come"), [("juin", False), ("juillet", True), ("août", True)])
def test_tells_june_from_july_in_a_french_story(month, is_to_come):
    words = "Kim was hit in June 2024."
    brief, tree = read(("date: 2026-07-01", "date: 2026-06-01"), (words, f"Kim est tombée le 3 {month} 2026."))
    messages = [each.message for each in stories.warn(brief, tree, language("fr"))]
    assert any(f'"{month} 2026" is after the brief' in each for each in messages) == is_to_come


@pytest.mark.parametrize(
    ("places", "words", "message"),
    [
        (
            "[bean, fenner]",
            "{fund-total}",
            "bean has the ask that this text is about: on line 125, except: doesn't name it",
        ),
        ("[canberra, fenner]", "{fund-total}", ""),
        ("[canberra]", "{fund-total}", ""),
        ("[bean]", "{fund-total}", ""),
        ("[bean, fenner]", "{crossing-cost}", ""),
    ],
)
def test_names_a_place_that_has_the_ask_which_a_text_says_is_left_out(places, words, message):
    ask = ("    amount: fund-total\n", "    except: {electorates: [canberra, fenner]}\n    amount: fund-total\n")
    text = "- text: We are a small charity.[^school-count]"
    only = f"\n      - text: The total here is lower by {words}.\n        only: {{electorates: {places}}}"
    assert warned(ask, (text, text + only)) == ([message] if message else [])


STREETS = """
      - table:
          caption: Our streets
          columns: [Street, Slow cars before]
          rows:
            - [Tern Street, "{tern}"]
            - [Gull Road, "{gull}"]
            - [Plover Lane, "{plover}"]"""


@pytest.mark.parametrize(
    ("tern", "total", "message"),
    [
        (52, 60, "52 makes the column 87, but all-slow is 60"),
        (25, 60, ""),
        (52, 61, ""),
        (52, 87, ""),
    ],
)
def test_names_a_cell_with_exchanged_digits_by_the_total_of_its_column(tern, total, message):
    values = {"tern": tern, "gull": 17, "plover": 18, "all-slow": total}
    means = "slow cars before the work"
    figures = "".join(
        f"  {name}: {{value: {value}, unit: cars, means: {means} ({name}), source: own}}\n"
        for name, value in values.items()
    )
    text = "- text: We are a small charity.[^school-count]"
    found = warned(("  fund-total: {", f"{figures}  fund-total: {{"), (text, f"{text} We saw {{all-slow}}.{STREETS}"))
    assert [each for each in found if "makes the column" in each] == ([message] if message else [])


YEARS = range(2015, 2022)


def lines(capital, regions):
    """Return the edits that put a chart with two lines of yearly values into the brief."""
    values = {"Capital": capital, "Regions": regions}
    figures, rows = [], []
    for name, numbers in values.items():
        for year, number in zip(YEARS, numbers, strict=True):
            id_ = f"{name.lower()}-{year}"
            figures.append(f"  {id_}: {{value: {number}, unit: homes, means: {name} homes of {year}, source: own}}\n")
            rows.append(f'      - {{label: "{year}", series: {name}, figure: {id_}}}\n')
    chart = "  homes:\n    kind: line\n    finding: More homes\n    alt: Lines.\n    rows:\n" + "".join(rows)
    return ("  fund-total: {", f"{''.join(figures)}  fund-total: {{"), ("  kim-timeline:", f"{chart}  kim-timeline:")


CAPITAL, REGIONS = [415, 420, 430, 440, 445, 440, 455], [280, 285, 292, 300, 308, 320, 350]


@pytest.mark.parametrize(
    ("capital", "regions", "place"),
    [
        (CAPITAL, REGIONS, None),
        ([*CAPITAL[:4], 308, 440, 455], [*REGIONS[:4], 445, 320, 350], 4),
        ([*CAPITAL[:4], 308, 440, 455], REGIONS, None),
        ([*CAPITAL[:3], 308, 305, 300, 290], [*REGIONS[:3], 445, 450, 455, 460], None),
        ([280, 440, 285, 430, 290, 445, 300], [430, 285, 440, 290, 445, 300, 455], None),
    ],
)
def test_names_two_values_of_a_year_that_are_exchanged(capital, regions, place):
    found = [each for each in warned(*lines(capital, regions)) if "exchanged" in each]
    told = (
        place and f"Capital is {capital[place]} and Regions {regions[place]}; exchanged, both would be like the values"
    )
    assert found == ([f"in {YEARS[place]}, {told} beside them"] if place else [])

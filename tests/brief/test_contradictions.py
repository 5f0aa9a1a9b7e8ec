"""Tests of the parts of a brief that contradict each other: each mistake, and a sound case beside it."""

import pytest

from briefpack.brief import review
from briefpack.brief.review import charts
from briefpack.brief.review.reading import Reading
from projects import language
from reviewed import LOCALE, REPLACED, block, in_a_text, read, warned

ASKED = "asked: Set up a fund of {fund-total}."
COSTS = "  fund-total: {value: 40000000, unit: AU$, means: cost of the fund, source: own}"
YEARLY = f"{COSTS}\n  fund-annual: {{value: 10000000, unit: AU$, means: cost of the fund a year, source: own}}"
SPANS = f"{COSTS}\n  fund-years: {{value: 4, unit: years, means: years of the fund, source: own}}"
ANNUAL = "    annual: fund-total\n    period: Over one year"
FOUR = "    annual: fund-annual\n    period: Over four years"


def dated(*edits):
    return [each.message for each in review.warn(*read(*edits), LOCALE) if each.message.endswith("date of no row")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("They wait {crossings:number} years.", '"{crossings:number} years": crossings counts crossings'),
        ("They are for {crossings:number} schools.", ""),
        ("They met {crossings:number} year pupils.", ""),
    ],
)
def test_names_a_figure_before_another_unit(words, message):
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


LINES = "kind: bars\n    finding: A crossing slowed"


@pytest.mark.parametrize(("kind", "hint"), [("line", "one, and name each"), ("dots", "two, and name each")])
def test_counts_a_line_for_each_series_and_each_row_of_dots(kind, hint):
    edits = (LINES, LINES.replace("bars", kind)), ("alt: Two bars.", "alt: Three lines.")
    [found] = [each for each in review.warn(*read(*edits), LOCALE) if "Three lines" in each.message]
    assert found.hint.startswith(hint)


FINDING = "finding: A crossing slowed cars by {speed-saved} km an hour"


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        ("Before a crossing was built, cars were fast", 'begins with "Before", but "After" is marked strong'),
        ("Before, cars were fast, but after it they weren't", ""),
        ("Cars were slower than before", ""),
        ("After a crossing was built, cars were slow", ""),
    ],
)
def test_marks_the_row_that_a_finding_begins_with(finding, message):
    assert [each for each in warned((FINDING, f"finding: {finding}")) if "strong" in each] == (
        [message] if message else []
    )


def test_dates_a_timeline_as_its_rows_do():
    assert dated(("when: May 2025", "when: June 2025")) == ['charts.kim-timeline.alt: "May 2025" is the date of no row']
    assert dated(("when: May 2025", "when: 3 May 2025")) == dated(("when: May 2025", "when: 2025")) == []


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


def test_names_a_period_that_began_long_before_the_brief():
    message = '"from January 2025" is long before the brief, which is dated 1 July 2026'
    assert warned(("period: Ongoing", "period: Ongoing, from January 2025")) == [message]
    assert warned(("period: Ongoing", "period: Ongoing, from January 2027")) == []


def test_names_a_name_spelt_in_two_ways():
    assert in_a_text("We at Walk Safety Australia agree.") == [
        '"Walk Safety Australia" is nearly "Walk Safely Australia", on line 9'
    ]
    assert in_a_text("We at Walk Safely Australia, and Walk Safely Victoria, agree.") == []
    assert in_a_text("With the Example Road Institite we agree.") == [
        '"Example Road Institite" is nearly "Example Road Institute", on line 27'
    ]
    assert in_a_text("The Example Road Institutes and the Example Road Institute agree.") == []


def test_names_a_signature_that_is_nearly_a_contact_s():
    letter = "foreword:\n  blocks:\n    - text: We walk to school.\n  name: {name}\n\nsections:\n"
    assert any(
        'is "Alex Example" on line' in each
        for each in warned(("sections:\n", letter.replace("{name}", "Alex Exampel")))
    )
    assert not any(
        'Example" on line' in each for each in warned(("sections:\n", letter.replace("{name}", "Kim Example")))
    )


@pytest.mark.parametrize(("month", "is_late"), [("juin", False), ("juillet", True), ("août", True)])
def test_tells_june_from_july_in_a_french_timeline(month, is_late):
    brief, tree = read(("when: June 2024", f"when: {month} 2026"), ("when: May 2025", "when: juin 2026"))
    found = [each.message for each in charts.timelines(Reading(brief, tree, language("fr")))]
    assert any(f'"juin 2026" comes after "{month} 2026"' in each for each in found) == is_late


WALKS = "  walks-2020: {value: 30, unit: people, means: w, source: own}\n  walks-2025: {value: 90, unit: people, means: x, source: own}"


def directions(*edits):
    found = review.warn(*read((COSTS, f"{COSTS}\n{WALKS}"), *edits), LOCALE)
    return [each.message.split(": ", 1)[-1] for each in found if each.check == "direction"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Walks fell from {walks-2020} in 2020 to {walks-2025}.", '"fell", but 30 to 90 is a rise'),
        ("It raised the number of those who walk from {walks-2025:bare} to\njust {walks-2020}.", '"raised", but 90 to 30 is a fall'),
        ("Cut waits from {walks-2020}[^road-report] to {walks-2025}.", '"Cut", but 30 to 90 is a rise'),
        ("A rise from {walks-2020} to {walks-2020} would do.", '"rise", but 30 to 30 is no change'),
        ("As cars fell, walks rose in the city from {walks-2025} to {walks-2020}.", '"rose", but 90 to 30 is a fall'),
        ("Walks rose from {walks-2020} in 2020 to {walks-2025}.", ""),
        ("A fall in fares took walks from {walks-2020} to {walks-2025}.", ""),
        ("As fares fell, walks went from {walks-2020} to {walks-2025}.", ""),
        ("Fares fell and walks went from {walks-2020} to {walks-2025}.", ""),
        ("Fares fell. Walks went from {walks-2020} to {walks-2025}.", ""),
        ("Walks fell everywhere, from {walks-2020} in Perth to {walks-2025} in Hobart.", ""),
        ("Walks fell from {walks-2020} to {crossings}.", ""),
        ("Walks fell from a third, and {walks-2020} of them to {walks-2025}.", ""),
    ],
)  # fmt: skip
def test_compares_a_verb_with_the_two_figures_after_it(words, message):
    assert directions(
        (f"- text: Cars drove {{speed-before}} km an hour near schools.[^road-report] {REPLACED}", block(words))
    ) == ([message] if message else [])


@pytest.mark.parametrize(
    ("finding", "subtitle", "last", "message"),
    [
        ("Fewer people walk: walks fell", "People", 90, ""),
        ("Walks fell by a third", "People", 90, '"fell", but each value is higher than the one before'),
        ("Walks fell", "People", 90, '"fell", but each value is higher than the one before'),
        ("Walks rose in every town", "People", 90, ""),
        ("Walks fell", "People", 20, ""),
        ("Walks never fell", "People", 90, ""),
        ("Walks haven’t dropped", "People", 90, ""),
        ("As fares fell, people walked", "People", 90, ""),
        ("Walkers fell ill", "People", 90, ""),
        ("Walkers fell instead", "People", 90, ""),
        ("Walks fell", "Change in walks", 90, ""),
    ],
)
def test_compares_the_verb_of_a_finding_with_a_line_of_one_way(finding, subtitle, last, message):
    more = f"\n  walks-2030: {{value: {last}, unit: people, means: y, source: own}}"
    rows = "".join(f"\n      - {{label: {year}, figure: walks-{year}}}" for year in (2020, 2025, 2030))
    line = f"kind: line\n    finding: '{finding}'\n    subtitle: {subtitle}\n    alt: A line.\n    rows:{rows}"
    found = review.warn(
        *read(
            (COSTS, f"{COSTS}\n{WALKS.replace('value: 90', 'value: 60')}{more}"),
            ("charts:\n", f"charts:\n  walks:\n    {line}\n"),
        ),
        LOCALE,
    )
    assert [each.message.split(": ", 1)[-1] for each in found if each.check == "direction"] == (
        [message] if message else []
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("On 14 June 2023 a car hit Kim.", '"14 June 2023", but line 70 dates the same event to 14 June 2024'),
        ("On 14 June 2024 a car hit Kim.", ""),
        ("On 14 June 2025, a year after the crash in June 2024, we met.", ""),
        ("On 15 June 2023 Kim moved.", ""),
        ("On 14 May 2023 Kim moved.", ""),
        ("On 14 June 2025 a crossing opened.", ""),
    ],
)
def test_names_a_day_that_the_timeline_of_a_case_study_has_in_another_year(words, message):
    found = warned(
        ("- {when: June 2024,", "- {when: 14 June 2024,"),
        ("- {when: May 2025,", "- {when: 14 June 2025,"),
        ("Kim was hit in June 2024. A crossing was built within a year.", words),
    )
    assert found == ([message] if message else [])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Most children, {few}, walk.", '"Most children, {few},": few is 40%'),
        ("Most of them (**{few}**) walk.", '"Most of them (**{few}**)": few is 40%'),
        (
            "In Perth, more than half of all children (**{few}**[^road-report]) do.",
            '"more than half of all children (**{few}**[^road-report])": few is 40%',
        ),
        ("Fewer than half of children, {many}, walk.", '"Fewer than half of children, {many},": many is 60%'),
        ("Most children, {many}, walk. Fewer than half, {few}, do not.", ""),
        ("Most remote towns, {few}, lack one.", ""),
        ("Perth has the most children ({few}), and more than most towns ({few}).", ""),
        ("More than half a million children ({few}) walk.", ""),
        ("Most children walk, and {few}, or fewer, ride.", ""),
        ("Most children, {crossings:number}, walk.", ""),
    ],
)
def test_names_a_majority_beside_a_share_of_under_a_half(words, message):
    shares = "".join(
        f'\n  {name}: {{value: {value}, unit: "%", means: share of {name}, source: road-report}}'
        for name, value in (("few", 40), ("many", 60))
    )
    text = "Kim was hit in June 2024. A crossing was built within a year.[^school-count]"
    found = warned((COSTS, COSTS + shares), (text, f"'{words}'"))
    assert [each for each in found if each.endswith("0%")] == ([message] if message else [])

"""Tests of sentences that another part of the brief contradicts: each mistake, and sound words beside it."""

import pytest

import projects
from briefpack.brief.review import compared_rows
from reviewed import in_a_text, read, warned

NUMBERS = """\
  growth: {value: 40, unit: '%', means: growth in walks, as_at: 2020 to 2023, source: own}
  spent: {value: 900, unit: walks, means: walks paid for each year, as_at: 2021-22 to 2023-24, source: own}
  walks-2024: {value: 700, unit: walks, means: walks counted in 2024, as_at: '2024', source: own}
  speed-before:"""
GROWTH = ("  speed-before:", NUMBERS)
TEXT = "- text: We are a small charity.[^school-count]"
STORY = "- text: Kim was hit in June 2024. A crossing was built within a year.[^school-count]"
MEETINGS = ("  speed-before:", "  meetings: {value: 3, unit: meetings, means: meetings, source: own}\n  speed-before:")


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


POINT = '{point: Cars are fast., text: "They drove {speed-before} km an hour.[^road-report]"}'


@pytest.mark.parametrize(
    ("point", "growth", "message"),
    [
        ("Walks have halved.", 140, '"halved", but "grew in number by {growth}" is 140%'),
        ("Walks have nearly doubled.", 140, '"nearly doubled", but "grew in number by {growth}" is 140%'),
        ("Walks have more than doubled.", 40, '"more than doubled", but "grew in number by {growth}" is 40%'),
        ("Walks have more than doubled.", 140, ""),
        ("Walks have nearly doubled.", 96, ""),
        ("Walks have doubled.", 96, ""),
        ("Cars have halved.", 140, ""),
    ],
)
def test_compares_a_change_in_words_with_the_growth_below_it(point, growth, message):
    figure = (GROWTH[0], GROWTH[1].replace("value: 40", f"value: {growth}"))
    below = f'{{point: {point}, text: "Walks to school grew in number by {{growth}}.[^road-report]"}}'
    assert warned(figure, (POINT, below)) == ([message] if message else [])


@pytest.mark.parametrize(
    ("words", "is_wrong"),
    [
        ("Walks fell by {growth}, so they have doubled.", True),
        ("The walks grew by {growth}; they have more than doubled.", True),
        ("Walks grew by {growth}. Walks to work have halved. Both matter.", False),
    ],
)
def test_compares_a_change_in_words_with_the_growth_in_its_sentence(words, is_wrong):
    assert any("doubled" in each or "halved" in each for each in beside_figures(words)) == is_wrong


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Kim was at {meetings} of them. It was the fourth meeting in a year.",
         '"fourth meeting", but meetings, on line 170, is 3'),
        ("Kim was at {meetings} of them. It was the third meeting in a year.", ""),
        ("Kim was at {meetings} of them. It was the fourth day of a cold week.", ""),
        ("It was the fourth meeting in a year.", ""),
    ],
)  # fmt: skip
def test_names_an_ordinal_above_the_number_in_its_case_study(words, message):
    assert warned(MEETINGS, (STORY, f"- text: {words}")) == ([message] if message else [])


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("We build half of the school paths that we need", '"half": built is 300, and needed is 900'),
        ("We build a third of the school paths that we need", ""),
        ("Two thirds of the school paths that we need aren't built", ""),
        ("Half of all schools have a path", ""),
    ],
)
def test_compares_a_share_in_a_heading_with_the_figures_below_it(heading, message):
    figures = (
        "  fund-total: {",
        (
            "  built: {value: 300, unit: paths, means: school paths built in a year, source: own}\n"
            "  needed: {value: 900, unit: paths, means: school paths needed each year, source: own}\n  fund-total: {"
        ),
    )
    head = ("heading: We walk to school", f"heading: {heading}")
    text = (TEXT, "- text: Last year {built} were built. To keep pace takes {needed}.")
    assert warned(figures, head, text) == ([message] if message else [])


@pytest.mark.parametrize(
    ("there", "message"),
    [
        ("The three changes of law cost the Budget nothing.",
         '"three … cost the Budget nothing", but line 89 says two'),
        ("The two changes of law cost the Budget nothing.", ""),
        ("The three changes of law cost the Budget little.", ""),
        ("Of these, by our count, three cost the Budget nothing.", ""),
    ],
)  # fmt: skip
def test_names_two_numbers_before_the_same_words(there, message):
    found = warned((TEXT, "- text: Two of them cost the Budget nothing."), (STORY, f"- text: {there}"))
    assert found == ([message] if message else [])


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
        ("In May 2026 the Council promised schools crossings.[^school-count]",
         "In April 2026 the Council promised schools money.[^school-count]",
         '"April 2026", but line 89 dates the same event to May 2026; school-count is dated May 2026'),
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
        (
            "In July a van collided with Kim, outside the school.",
            '"July", but line 70 dates the same event to June 2024',
        ),
        ("In June a van collided with Kim, outside the school.", ""),
        ("In July a car drove by.", ""),
        ("In July a van passed; in June one had collided with Kim outside school.", ""),
        ("In July 2023 a van collided with Kim outside school.", ""),
        ("A van may collide with Kim outside school by July.", ""),
    ],
)
def test_names_a_month_without_its_year_that_a_chart_contradicts(words, message):
    row = ("label: Kim is hit by a car}", "label: 'A van collides with Kim outside school'}")
    found = warned(row, (STORY, f"- text: {words}"))
    assert [each for each in found if "same event" in each and "2023" not in each] == ([message] if message else [])


def test_names_a_number_in_words_where_a_figure_is_before_the_same_words():
    text = (TEXT, "- text: We meet {meetings:words} times a year.\n      - text: They meet %s times a year.")
    here = (text[0], text[1] % "four")
    assert warned(MEETINGS, here) == ['"four times a year", but line 90 has {meetings:words}, which is 3']
    assert warned(MEETINGS, (text[0], text[1] % "three")) == []
    elsewhere = (STORY, "- text: She walks four times a year.")
    assert warned(MEETINGS, (text[0], text[1] % "three"), elsewhere) == []


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


def test_names_an_abbreviation_with_its_letters_exchanged():
    right = "Through DFAT we ask. The Department of Foreign Affairs and Trade (%s) can act."
    assert story(right % "DFTA") == ['"DFTA" has the same letters as DFAT, on line 169']
    assert story(right % "DFAT") == []
    assert story("The International Organization for Standardization (ISO) can act.") == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("the Office of Road Command (ORS)", ""),
        ("The National Road Safety Agency (NRSO)",
         '"National Road Safety Agency (NRSO)" is "National Road Safety Office" elsewhere, first on line 169'),
        ("The National Road Science Office (NRSO)",
         '"National Road Science Office (NRSO)" is "National Road Safety Office" elsewhere, first on line 169'),
        ("The National Road Safety Offices (NRSO)", ""),
        ("The Road Safety Office (NRSO)", ""),
    ],
)  # fmt: skip
def test_names_an_abbreviation_with_another_expansion(words, message):
    assert story(f"The National Road Safety Office (NRSO) can act. {words} can act.") == ([message] if message else [])


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
    ("alt", "message"),
    [
        ("Two bars, of which the first is marked.", '"first is marked", but strong: marks the row "After", on line 58'),
        ("Two bars. The last two are marked.", '"last two are marked", but strong: marks the row "After", on line 58'),
        ("Two bars, of which the second is marked.", ""),
        ("Two bars. The last is marked.", ""),
        ("Two bars. The first rises above the second.", ""),
    ],
)
def test_compares_the_marked_rows_of_a_chart_with_its_alternative_text(alt, message):
    old = "Two bars. Cars drove {speed-before} km an hour before and {speed-after} km an hour after."
    assert warned((old, alt)) == ([message] if message else [])


ALT = "Two bars. Cars drove {speed-before} km an hour before and {speed-after} km an hour after."


@pytest.mark.parametrize(
    ("alt", "message"),
    [
        ("Two bars. The second is longer.", '"second is longer": "After" is 31, and "Before" is 48'),
        ("Two bars. The first bar is lower than the last.", '"first bar is lower": "Before" is 48, and "After" is 31'),
        ("Two bars. The second is shorter.", ""),
        ("Two bars. The last is much lower than the first.", ""),
        ("Two bars. The third is longer.", ""),
    ],
)
def test_compares_the_rows_of_a_chart_as_its_alternative_text_does(alt, message):
    assert warned((ALT, alt)) == ([message] if message else [])


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("fr", "La première est plus courte", "La deuxième est plus courte que la première"),
        ("vi", "Cột thứ hai cao hơn", "Cột thứ hai thấp hơn"),
        ("zh-Hans", "第二条较长", "第二条较短"),
    ],
)
def test_compares_rows_in_other_languages(language, wrong, right):
    spoken = projects.language(language)
    found = [[*compared_rows.warn(*read((ALT, alt)), spoken)] for alt in (wrong, right)]
    assert [len(each) for each in found] == [1, 0]


ONE_IN = "finding: Too many children are hurt"


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        ("One child in fifteen is hurt", '"One child in fifteen": children-hurt is 1 in 20'),
        ("One in eighteen children is hurt", '"One in eighteen": children-hurt is 1 in 20'),
        ("One child in twenty is hurt", ""),
        ("More than one in thirty children are hurt", ""),
    ],
)
def test_compares_one_in_some_number_exactly(finding, message):
    assert warned((ONE_IN, f"finding: {finding}")) == ([message] if message else [])


SHARED = (
    "  crossing-cost:",
    (
        "  walk: {value: 46, unit: '%', means: children who walk, source: own}\n"
        "  ride: {value: 31, unit: '%', means: children who ride, source: own}\n"
        "  driven: {value: 23, unit: '%', means: children who are driven, source: own}\n  crossing-cost:"
    ),
)
ROWS = """\
{label: They %s, figure: walk, strong: yes}
      - {label: Ride, figure: ride}
      - {label: Are driven, figure: driven}"""


@pytest.mark.parametrize(
    ("finding", "alt", "label", "message"),
    [
        ("More than half say that they walk", "Three bars.", "walk", '"More than half": walk is 46%'),
        ("More than half ride or are driven", "Three bars.", "walk", ""),
        ("More than half say that they walk", "Three bars.", "do not walk", ""),
        ("They walk", "Three bars. A tenth ride.", "walk", '"A tenth": walk is 46%, ride is 31%, driven is 23%'),
        ("They walk", "Three bars. A third ride, and nearly half walk.", "walk", ""),
    ],
)
def test_takes_a_finding_for_the_row_that_it_names(finding, alt, label, message):
    chart = (ALT, alt)
    rows = (
        "{label: Before, figure: speed-before}\n      - {label: After, figure: speed-after, strong: yes}",
        ROWS % label,
    )
    found = warned(
        SHARED, chart, rows, ("finding: A crossing slowed cars by {speed-saved} km an hour", f"finding: {finding}")
    )
    found = [each for each in found if "half" in each or "third" in each or "tenth" in each]
    assert found == ([message] if message else [])


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        ("Eight months after the crash, a crossing", '"Eight months after", but no two events are that far apart; "June 2024" and "May 2025" are 11 months apart'),
        ("Three years after the crash, a crossing", '"Three years after", but no two events are that far apart; "June 2024" and "May 2025" are 11 months apart'),
        ("Eleven months after the crash, a crossing", ""),
        ("One year after the crash, a crossing", ""),
    ],
)  # fmt: skip
def test_compares_the_time_between_two_events_with_their_dates(finding, message):
    assert warned(("finding: One year from a crash to a crossing", f"finding: {finding}")) == (
        [message] if message else []
    )


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


def test_suggests_the_figure_with_the_digits_of_a_typed_number():
    [message] = in_a_text("We counted 080 schools and 8,000 more.")[:1]
    assert "with the same digits" not in message
    assert not any("with the same digits" in each for each in in_a_text("We are 13 people."))
    costs = ("value: 40000000, unit: AU$", "value: 14000000, unit: AU$")
    relation = (
        "  - holds: fund-total = crossing-cost × crossings",
        "  - holds: speed-saved = speed-before - speed-after",
    )
    text = (TEXT, "- text: It would cost AU$41 million.")
    assert any("fund-total, with the same digits, is AU$14 million" in each for each in warned(costs, relation, text))


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


def test_names_a_rank_that_another_text_gives_otherwise():
    told = (TEXT, "- text: Perth was the third-highest spender.")
    assert warned(told, (STORY, "- text: In May Perth was the second-highest spender of all.")) == [
        '"second-highest", but line 89 says third-highest'
    ]
    assert warned(told, (STORY, "- text: Hobart was the second-highest spender of all.")) == []


def test_names_a_body_that_is_written_otherwise_elsewhere():
    told = (TEXT, "- text: The National Office for Child Safety met the National Office for Child Safety.")
    message = '"National Office of Child Safety" is "National Office for Child Safety" elsewhere, first on line 89'
    assert warned(told, (STORY, "- text: It asked the National Office of Child Safety.")) == [message]
    assert warned(told, (STORY, "- text: It asked the State Office of Child Safety.")) == []
    words = "A Working Group on Cybercrime meets. Cybercrime grows. The Working Group on Cyber Crime meets."
    assert story(words) == ['"Cyber Crime" is "Cybercrime" elsewhere, first on line 169']


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
        ("They drove {speed-after} km an hour, more than {speed-before} before.",
         '"{speed-after} km an hour, more than {speed-before}": 31 is less than 48'),
        ("They drove {speed-before} km an hour, more than {speed-after} after.", ""),
        ("At {speed-after} km an hour they are down from {speed-before}.", ""),
    ],
)  # fmt: skip
def test_compares_two_figures_as_the_words_between_them_do(words, message):
    assert in_a_text(words) == ([message] if message else [])


def test_names_a_number_in_words_between_the_words_around_a_figure():
    told = (TEXT, "- text: One change in law and {meetings:words} investments.")
    assert warned(MEETINGS, told, (STORY, "- text: We seek one change in law and four investments.")) == [
        '"four investments", but line 90 has {meetings:words}, which is 3'
    ]
    assert warned(MEETINGS, told, (STORY, "- text: We seek one change in law and three investments.")) == []


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


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("In July 2024 a lorry hits Kim outside her school, and in May 2025 the council spoke.",
         '"July 2024", but line 70 dates the same event to June 2024'),
        ("In June 2024 a lorry hits Kim outside her school, and in May 2025 the council spoke.", ""),
    ],
)  # fmt: skip
def test_compares_each_clause_of_a_story_with_its_timeline(words, message):
    row = ("label: Kim is hit by a car}", "label: 'A lorry hits Kim outside school'}")
    assert warned(row, (STORY, f"- text: {words}")) == ([message] if message else [])

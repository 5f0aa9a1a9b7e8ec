"""Tests of what a brief has twice, of contacts whom nobody can reach, and of texts about another chart."""

import pytest

from briefpack.brief import review
from reviewed import LOCALE, REPLACED, in_a_text, read, warned

CONTACT = "    email: alex@walk.example\n"
SECOND = CONTACT + "  - name: Kim Example\n"


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        (
            "    email: alex@walk.example\n",
            ['"alex@walk.example" is another contact\'s e-mail address too, on line 16'],
        ),
        ("    email: kim@walk.example\n", []),
        ("    email: kim@office.walk.example\n", []),
        ("    email: kim@roads.example\n", []),
        ("    email: kim@wlak.example\n", ['"wlak.example" is nearly "walk.example"']),
        ("    phone: 02 5550 011\n", ['"02 5550 011" has 9 digits; a number that begins with 0 has 10']),
        ("    phone: '5550'\n", ['"5550" has too few digits for a phone number']),
        ("    phone: 02 5550 0110\n", []),
        ("    phone: +61 2 5550 0110\n", []),
        ("    phone: 13 55 50\n", []),
        ("    phone: 1300 WALK US\n", []),
        ("    phone: 02 5550 0110 ext 5\n", ['"02 5550 0110 ext 5" has 11 digits; a number that begins with 0 has 10']),
    ],
)
def test_names_a_contact_whom_nobody_can_reach(lines, messages):
    assert warned((CONTACT, SECOND + lines)) == messages


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("keywords: [crossings, schools]", "keywords: [crossings, Crossings]", '"Crossings" is a keyword twice, on line 7'),
        ("relations:\n", "relations:\n  - holds: fund-total = crossing-cost × crossings\n",
         '"fund-total = crossing-cost × crossings" is a relation twice, on line 54'),
        ("means: speed after a crossing", "means: speed before a crossing",
         "this means the same as speed-before, on line 45, with the value 48 there and 31 here"),
        ("    url: https://health.example\n", "    url: https://www.roads.example/speeds\n",
         "this is also the address of road-report, on line 33"),
        ("    publisher: Example Council\n    title: Count of schools\n    date: May 2026\n",
         '    publisher: Example Road Institute\n    title: Speeds near schools\n    date: "2025"\n',
         "this is the same source as road-report, on line 29"),
        ("title: A slow streets law", "title: A crossing fund", '"A crossing fund" is another ask\'s title too, on line 117'),
        ("heading: Walking keeps children well", "heading: Cars are too fast",
         '"Cars are too fast" is the heading of another part too, on line 92'),
        ("point: Crossings work.", "point: Cars are fast.", '"Cars are fast." is the point of another reason too, on line 130'),
        ("{label: After, figure: speed-after,", "{label: After, figure: speed-before,",
         "speed-before is here twice, first on line 62"),
        ("{figure: crossings, caption: schools without one}", "{figure: children-hurt, caption: schools without one}",
         "children-hurt is here twice, first on line 97"),
    ],
)  # fmt: skip
def test_names_what_should_be_there_once(old, new, message):
    found = [each for each in warned((old, new)) if "never" not in each]
    assert [each.partition(", on line")[0].partition(" on line")[0] for each in found] == (
        [message.partition(", on line")[0].partition(" on line")[0]] if message else []
    )


TABLE = """      - table:
          caption: Schools
          columns: [Place, Schools]
          rows:
            - [Here, One]
            - [There, One]
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[There, One]", "[Place, Schools]", "this row repeats the headings of the columns"),
        ("[There, One]", "[here, one]", "this row is in the table twice"),
        ("[Place, Schools]", "[Place, Place]", '"Place" is the heading of the column before it too'),
        ("[There, One]", "[There, Two]", ""),
    ],
)
def test_names_a_repeated_row_or_column(old, new, message):
    after = "      - text: We are a small charity.[^school-count]\n"
    assert warned((after, after + TABLE.replace(old, new))) == ([message] if message else [])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Write to htps://walk.example today.", '"htps://walk.example" is not how an address begins'),
        ("Write to https//walk.example today.", '"https//walk.example" is not how an address begins'),
        ("Write to http:/walk.example today.", '"http:/walk.example" is not how an address begins'),
        ("Write to https://https://walk.example today.", "this address begins twice: https://https://walk.example"),
        ("Write to https://ww.walk.example today.", '"ww." is not how a host begins: https://ww.walk.example'),
        ("Write to https://walk.con today.", 'no address ends in ".con": https://walk.con'),
        ("Write to https://walk.example today, or mailto:kim@walk.example.", ""),
    ],
)
def test_names_an_address_that_is_mistyped(words, message):
    assert in_a_text(words) == ([message] if message else [])


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ('"2026"', ""),
        ("July 2026", ""),
        ("2026-27", ""),
        ("August 2026", '"August 2026" is after the brief\'s own date, on line 7'),
        ('"2027"', '"2027" is after the brief\'s own date, on line 7'),
        ("planned for 2027", ""),
        ('"1024"', '"1024" is before there were such figures'),
        ("May 2026", '"May 2026" is after its source, road-report, which is dated 2025'),
    ],
)
def test_names_a_figure_as_at_a_date_that_cannot_be_right(date, message):
    found = warned(("value: 31,", f"value: 31, as_at: {date},"))
    if "2026" in date and not message:
        found = [each for each in found if "after its source" not in each]
    assert found == ([message] if message else [])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("The pack has three themes.", '"three themes" counts the themes, and the brief has two'),
        ("The pack has two themes, and tells 2 case studies.", '"2 case studies" counts the case studies, and the brief has one'),
        ("The first two themes are ours, and so are the other three themes.", ""),
    ],
)  # fmt: skip
def test_names_a_number_of_themes_that_the_brief_does_not_have(words, message):
    assert [each for each in in_a_text(words) if "number" not in each] == ([message] if message else [])


def lines(*edits):
    return [(each.line, each.message) for each in review.warn(*read(*edits), LOCALE)]


def test_names_what_is_never_used():
    assert lines((REPLACED, "Yes.")) == []
    assert lines(("relations:", "  spare: {value: 9, unit: cars, means: cars, source: own}\nrelations:")) == [
        (48, "figures.spare: this figure is never printed")
    ]
    assert lines(("    timeline: kim-timeline\n", "")) == [(65, "charts.kim-timeline: this chart is never placed")]
    assert (
        lines(("asks:\n", "  - id: spare\n    heading: A spare theme\n\nasks:\n"))[0][1]
        == "themes[2]: no ask has this theme"
    )
    assert [message for _, message in lines(("    theme: health\n    title", "    title"))] == [
        "themes[1]: no ask has this theme", "asks[1]: this is the only ask without a theme",
    ]  # fmt: skip
    assert [message for _, message in lines(("    period: Ongoing\n", "    period:\n"))] == [
        "asks[1].period: there is nothing after period:"
    ]

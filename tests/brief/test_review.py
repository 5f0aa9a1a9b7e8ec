"""Tests of the mistakes in a brief that only an editor would see."""

import pytest

from briefpack.brief import review
from briefpack.brief.review import records
from briefpack.brief.review.reading import Reading
from projects import language
from reviewed import LOCALE, REPLACED, in_a_text, read, warned


def test_has_nothing_against_the_sample():
    assert in_a_text(REPLACED) == warned() == []


@pytest.mark.parametrize(
    "words",
    [
        "Article XX of the treaty applies.",
        "The TBA-2 sensor is new.",
    ],
)
def test_has_nothing_against_words_that_look_like_a_placeholder(words):
    assert in_a_text(words) == []


@pytest.mark.parametrize("value", ["XXX", "to be confirmed", "?????"])
def test_names_a_placeholder_in_place_of_a_whole_text(value):
    assert warned(("date: May 2026", f"date: {value}")) == [f'"{value}" is a placeholder']


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("Cars are fast.¹,² They are loud.", "¹,²"),
        ("Cars are fast.[5] They are loud.", "[5]"),
        ("The school,” she said.12 It is.", "12"),
    ],
)
def test_names_a_note_mark_that_was_pasted(words, mark):
    assert f'"{mark}" is a note mark typed or pasted as text' in in_a_text(words)


@pytest.mark.parametrize(
    "words",
    [
        "A park of some m² or km², and m³ of earth.",
        "The isotope ¹⁴C is rare.",
        "See fig.2 The map.",
    ],
)
def test_has_nothing_against_powers_and_brackets(words):
    assert [message for message in in_a_text(words) if "note mark" in message] == []


def share(value: str, means: str, words: str, caption: str = "schools have none") -> list[str]:
    """Return the warnings about a figure in %, with its meaning and the words after it."""
    return warned(
        (
            "{value: 800, unit: crossings, hedge: about, means: schools without a crossing",
            f'{{value: {value}, unit: "%", means: {means}',
        ),
        ("caption: schools have none", f"caption: {caption}"),
        (REPLACED, f"Then {{crossings}} {words}."),
    )


@pytest.mark.parametrize(
    ("value", "means", "words"),
    [
        ("140", "growth of urgent reports", "of reports are urgent"),
        ("100", "share of homes that are cold", "of homes"),
        ("140", "rise in reports of abuse", "is much. The share fell"),
        ("-3", "net support for the law", "is little"),
    ],
)
def test_has_nothing_against_a_change_or_a_comparison(value, means, words):
    assert share(value, means, words) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (REPLACED, "There are seven ways to cross a road."),
        ("title: Safe crossings\nlabel", "title: Seven crossings\nlabel"),
    ],
)
def test_has_nothing_against_other_numbers_of_things(old, new):
    assert [each for each in warned((old, new)) if "counts" in each] == []


LONG = "Every child who walks to school should be able to cross the road."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("standfirst: Kim was hit by a car on the way to school.", f"standfirst: {LONG}"),
        ("Crossings for {crossings:number} schools.", LONG.replace(" to school", "\n        to  school")),
    ],
)
def test_names_a_sentence_that_a_document_has_twice(old, new):
    assert len([each for each in warned((REPLACED, LONG), (old, new)) if "is also on" in each]) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("standfirst: One rule would let children walk.", f"standfirst: {LONG}"),
        ("caption: km an hour slower where a crossing was built", f"caption: {LONG}"),
        (
            "standfirst: Kim was hit by a car on the way to school.",
            LONG.replace("child", "pupil").join(["standfirst: ", ""]),
        ),
    ],
)
def test_has_nothing_against_a_sentence_that_two_documents_have_or_a_heading(old, new):
    assert [each for each in warned((REPLACED, LONG), (old, new)) if "is also on" in each] == []


def test_has_nothing_against_a_sentence_for_one_place_and_for_another():
    blocks = "\n".join(f"      - {{text: {LONG}, only: {{states: [{state}]}}}}" for state in ("NSW", "VIC"))
    assert warned(("      - text: We are a small charity.", f"{blocks}\n      - text: We are a small charity.")) == []


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("A fund of $40m.", "is in figures: as fund-total", "write {fund-total}"),
        ("There are 800 clinics.", "does not come from figures:", "add it to figures: and write {its-id} here"),
    ],
)
def test_names_the_figure_that_a_typed_number_may_be(words, message, hint):
    brief, tree = read((REPLACED, words))
    [problem] = review.warn(brief, tree, LOCALE)
    assert problem.message.endswith(message)
    assert problem.hint == hint


MORE = (
    "  fund-total: {value",
    """  share: {value: 37, unit: "%", means: schools with a crossing, source: own}
  near: {value: 300000, unit: children, hedge: nearly, means: children who walk, source: own}
  trained: {value: 900, unit: people, plus: yes, means: people trained, source: own}
  fund-total: {value""",
)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Hurt is one in {children-hurt}.", '"one in {children-hurt}" would print as "one in 1 in 20"'),
        ("There are about {near} schools.", '"about {near}" would print as "about nearly 300,000"'),
        ("There are over\n{trained} people.", '"over {trained}" would print as "over 900+"'),
    ],
)
def test_names_a_word_that_the_figure_beside_it_prints_itself(words, shown):
    assert [each for each in warned(MORE, (REPLACED, words.replace("\n", "\n          "))) if "twice" not in each] == [
        shown
    ]


@pytest.mark.parametrize(
    "words",
    [
        "It costs {fund-total:count} dollars, or AU${fund-total:number}, or {share:number} per cent.",
        "Kim spoke about {near} children, no more than {crossings} of them here.",
        "About {near:bare} children, and just {crossings}, spread over {near} schools.",
    ],
)
def test_has_nothing_against_words_that_a_figure_does_not_print(words):
    assert [each for each in warned(MORE, (REPLACED, words)) if "would print" in each] == []


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("Cars are fast. {crossings} schools have no crossing.", 1),
        ("Cars are fast. {crossings:capital} schools have none.", 0),
        ("Cars are fast, e.g. {crossings} of them.", 0),
        ("Cars are fast. {crossing-cost} is the cost.", 0),
    ],
)
def test_names_a_sentence_that_begins_in_lower_case(words, times):
    found = [each for each in warned((REPLACED, words)) if "lower case" in each]
    assert found == ['a sentence would begin in lower case: "about 800"'] * times


ALT = "alt: One of twenty marks is filled."


@pytest.mark.parametrize("alt", ["IMG_2034.jpg", "DSC00412", "image1"])
def test_names_alternative_text_that_is_a_file(alt):
    assert warned((ALT, f"alt: {alt}")) == [f'"{alt}" is the name of a file, not alternative text']


@pytest.mark.parametrize("alt", ["image", "A photo."])
def test_names_alternative_text_that_says_nothing(alt):
    assert warned((ALT, f"alt: {alt}")) == [f'"{alt.rstrip(".")}" doesn\'t say what there is to see']


@pytest.mark.parametrize(
    ("first", "second", "times"),
    [
        ("July 2025", "May 2025", 1),
        ("2026", "May 2025", 1),
        ("June 2024", "2024", 0),
        ("Ongoing", "2024", 0),
    ],
)
def test_names_an_event_before_an_earlier_one(first, second, times):
    found = warned(("when: June 2024", f"when: {first}"), ("when: May 2025", f"when: {second}"))
    assert found == [f'"{second}" comes after "{first}"'] * times


@pytest.mark.parametrize(("last", "times"), [("2023", 0), ("May 2027", 1)])
def test_has_nothing_against_a_timeline_that_goes_backwards(last, times):
    earlier = ("{when: June 2024,", "{when: 2026, label: Now}\n      - {when: June 2025,")
    assert warned(earlier, ("when: May 2025", f"when: {last}")) == ['"June 2025" comes after "2026"'] * times


@pytest.mark.parametrize("address", ["http://localhost:8000/a", "http://127.0.0.1/a", "file:///C:/Users/kim/a.docx"])
def test_names_an_address_that_only_one_computer_can_open(address):
    assert f"nobody else can open this address: {address}" in in_a_text(f"See {address}.")


@pytest.mark.parametrize(("month", "is_late"), [("juin", False), ("juillet", True), ("août", True)])
def test_tells_june_from_july_in_a_french_timeline(month, is_late):
    brief, tree = read(("when: June 2024", f"when: {month} 2026"), ("when: May 2025", "when: juin 2026"))
    found = [each.message for each in records.timelines(Reading(brief, tree, language("fr")))]
    assert any(f'"juin 2026" comes after "{month} 2026"' in each for each in found) == is_late


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Write to htps://walk.example today.", '"htps://walk.example" is not how an address begins'),
        ("Write to https//walk.example today.", '"https//walk.example" is not how an address begins'),
        ("Write to http:/walk.example today.", '"http:/walk.example" is not how an address begins'),
        (
            "Write to https://https://walk.example today.",
            "nobody else can open this address: https://https://walk.example",
        ),
        ("Write to https://walk.example today, or mailto:kim@walk.example.", ""),
    ],
)
def test_names_an_address_that_is_mistyped(words, message):
    assert in_a_text(words) == ([message] if message else [])


def test_names_the_cost_of_the_ask_in_whose_text_an_amount_is_typed():
    asked = ("asked: Set up a fund of {fund-total}", "asked: Set up a fund of AU$45 million")
    [problem] = [each for each in review.warn(*read(asked), LOCALE) if "AU$45" in each.message]
    assert problem.hint.startswith("{fund-total}, if it is the cost of this ask; if not, add it to figures:")


@pytest.mark.parametrize(
    ("alt", "times"), [("A woman in a cold room, with a coat on.", 1), ("A street with no people.", 0)]
)
def test_names_somebody_in_an_image_that_is_declared_without_people(alt, times):
    image = f"images:\n  it: {{file: it.jpg, alt: '{alt}', credit: Ann Example, people: none}}\nfigures:"
    found = [each for each in warned(("\nfigures:", f"\n{image}")) if "people" in each]
    assert found == ['people is none, but the alternative text has "woman"'] * times

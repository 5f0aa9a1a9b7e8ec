"""Abbreviations are heard with the words by which the brief explains them."""

import pytest

from briefpack.pages import abbreviations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We ask the Australian Federal Police (AFP) to act.", {"AFP": "Australian Federal Police"}),
        ("Department of Foreign\nAffairs and Trade (DFAT)", {"DFAT": "Department of Foreign Affairs and Trade"}),
        ("against online sexual exploitation of children (OSEC)", {"OSEC": "online sexual exploitation of children"}),
        ("The centre (ACCCE) and its head (USA)", {}),
    ],
)
def test_finds_the_words_whose_initials_spell_an_abbreviation(text, found):
    assert abbreviations.explained([text]) == found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("through the AFP", 'through the <abbr title="Police &amp; Co">AFP</abbr>'),
        ('<a href="/AFP">AFPs</a>', '<a href="/AFP">AFPs</a>'),
    ],
)
def test_expands_known_abbreviations_in_text_alone(html, expected):
    assert abbreviations.expanded(html, {"AFP": "Police & Co"}) == expected


POLICE = {"AFP": "Australian Federal Police", "DFAT": "Foreign Affairs"}
SPELT = '<abbr title="Australian Federal Police">AFP</abbr>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>the AFP, and the AFP</p>", f"<p>the {SPELT}, and the AFP</p>"),
        ("<p>an AFP-led group of the AFP</p>", f"<p>an AFP-led group of the {SPELT}</p>"),
        ("<p>the centre (AFP)</p>", f"<p>the centre ({SPELT})</p>"),
        ('<a href="x">the <b>AFP</b><br>post</a><p>AFP</p>', f'<a href="x">the <b>AFP</b><br>post</a><p>{SPELT}</p>'),
    ],
)
def test_spells_an_abbreviation_where_a_page_first_says_it(html, expected):
    assert abbreviations.heard(html, POLICE) == (expected or html)

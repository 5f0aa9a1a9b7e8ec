"""Tests of words that contradict what is beside them: each mistake, and a sound case beside it."""

import pytest

from reviewed import in_a_text, warned

FINDING = "finding: A crossing slowed cars by {speed-saved} km an hour"
BEFORE = "      - {label: Before, figure: speed-before}\n"
ROWS = "      - {label: After, figure: speed-after, strong: yes}\n"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://walk.sharepoint.com/:b:/s/team/EXy", "this is in somebody's own store of files"),
        ("https://www.google.com/search?q=walking", "this is a search, whose results change"),
        ("https://www.google.com/maps", ""),
        ("https://library.example/search?q=walking", ""),
    ],
)
def test_names_an_address_that_readers_cannot_use(address, message):
    found = in_a_text(f"See [it]({address}).")
    assert any(message in each for each in found) if message else not any("search" in each for each in found)


KEY = ("electoral_matter: no\n", "electoral_matter: no\nlanguage: en-AU\n")
FOREIGN = "Trẻ đi bộ đến trường mỗi ngày trên đường hẹp. "
OWN = "The children walk to the school in the town, and they come to it on the road. "


@pytest.mark.parametrize(("words", "wrong"), [(FOREIGN * 100, True), (FOREIGN, False), (OWN * 30, False)])
def test_names_a_language_that_the_texts_are_not_in(words, wrong):
    text = "Their drivers *can* slow down."
    found = warned(KEY, (text, f"{text} {words}"))
    assert any("the texts don't seem to be in en-AU" in each for each in found) is wrong

"""Tests of headlines whose words are true of fewer places than their rule selects: each mistake, and a sound case."""

import pytest

from reviewed import warned

LOCAL = """electoral_matter: no
electorates: norland
local:
  heading: "{electorate} in numbers"
  headlines:
    - {id: rule, fact: children, when: WHEN, heading: "HEADING", standfirst: "STANDFIRST"}
"""


@pytest.mark.parametrize(
    ("when", "heading", "standfirst", "expected"),
    [
        ("highest, among: 20", "Many children live here", "One of the ten highest numbers.",
         ['20, but the words say "ten highest"']),
        ("highest, among: 20", "Many children live here", "One of the twenty highest numbers.", []),
        ("lowest, among: 10", "Few children live here", "One of the 20 lowest numbers.",
         ['10, but the words say "20 lowest"']),
        ("highest, among: 10", "It has more children than any other", "Ten schools.",
         ['10, but "more children than any other" is true of one place']),
        ("highest", "It has more children than any other", "Ten schools.", []),
        ("above-median, among: 50", "It has many children", "The ten largest schools are here.", []),
    ],
)  # fmt: skip
def test_names_words_that_are_true_of_other_places(when, heading, standfirst, expected):
    local = LOCAL.replace("WHEN", when).replace("HEADING", heading).replace("STANDFIRST", standfirst)
    found = [each for each in warned(("electoral_matter: no\n", local)) if " but " in each]
    assert found == expected

"""Any text comes back from the YAML as it was, and the YAML reads well."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.importing.yaml_text import Cells, Key, wrapped, write
from briefpack.text import yaml_lines

MARKS = [
    "- ",
    "# ",
    ": ",
    " #",
    "{a-b}",
    "[^a-b]",
    "“",
    "”",
    "'",
    '"',
    "*",
    "**",
    "|",
    ">",
    "> ",
    "1. ",
    "yes",
    "~",
    "\\",
    "%",
    "@",
    "&",
    "é",
    "中",
    ",",
]
WORDS = st.lists(
    st.one_of(st.sampled_from(MARKS), st.from_regex(r"[A-Za-z0-9,.;]{1,9} ?", fullmatch=True)), min_size=1, max_size=40
)
LINES = WORDS.map(lambda parts: " ".join("".join(parts).split())).filter(bool)


def read(brief):
    tree = yaml_lines.parse(write(brief), "brief.yaml")
    assert tree.problems == ()
    return tree.data


@pytest.mark.part(name="drafts")
@settings(max_examples=300, deadline=None)
@given(line=LINES, cell=LINES)
def test_a_line_comes_back_as_it_was(line, cell):
    brief = {Key("a", line): line, "b": {"rows": [Cells([cell, line])], "c": [line]}}
    assert read(brief) == {"a": line, "b": {"rows": [[cell, line]], "c": [line]}}


def test_no_line_of_a_wrapped_text_begins_with_a_mark():
    lines = wrapped("word " * 3 + "- + 3. # > = word", 20)
    assert lines == ["word word word - + 3. # > =", "word"]


def test_short_values_are_on_the_line_of_their_key_and_long_ones_below_it():
    brief = {"title": "A title, plain", "why": ("word " * 40).strip(), "plus": True}
    first, second, *_ = write(brief).splitlines()
    assert (first, second) == ("title: A title, plain", "why: >-")
    assert max(map(len, write(brief).splitlines())) <= 110
    assert write(brief).endswith("plus: yes\n")


def test_comments_are_above_their_key_and_those_of_an_item_above_the_item():
    brief = {"asks": [{Key("id", "guessed"): "ferry", Key("amount", "the only one"): "yes"}]}
    assert write(brief) == "asks:\n  # guessed\n  - id: ferry\n    # the only one\n    amount: 'yes'\n"

"""Any text comes back from the YAML as it was, and the YAML reads well."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.importing.yaml_text import Entry, Group, Line, Listing, Text, Word, wrapped, write
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


def read(group):
    tree = yaml_lines.parse(write(group), "brief.yaml")
    assert tree.problems == ()
    return tree.data


@pytest.mark.part(name="drafts")
@settings(max_examples=300, deadline=None)
@given(line=LINES, cell=LINES)
def test_a_line_comes_back_as_it_was(line, cell):
    rows = Listing((Listing((Line(cell), Line(line))),))
    group = Group(
        (Entry("a", Line(line), (line,)), Entry("b", Group((Entry("rows", rows), Entry("c", Listing((Line(line),)))))))
    )
    assert read(group) == {"a": line, "b": {"rows": [[cell, line]], "c": [line]}}


@pytest.mark.part(name="drafts")
@settings(max_examples=200, deadline=None)
@given(lines=st.lists(LINES, min_size=2, max_size=4))
def test_a_text_keeps_its_paragraphs_and_their_words(lines):
    text = "\n\n".join(lines)
    found = read(Group((Entry("a", Listing((Group((Entry("text", Text(text)),)),))),)))["a"][0]["text"]
    assert [" ".join(each.split()) for each in re.split(r"\n\s*\n", found.strip())] == lines


def test_no_line_of_a_wrapped_text_begins_with_a_mark():
    lines = wrapped("word " * 3 + "- + 3. # > = word", 20)
    assert lines == ["word word word - + 3. # > =", "word"]


def test_short_values_are_on_the_line_of_their_key_and_long_ones_below_it():
    long = "word " * 40
    group = Group(
        (Entry("title", Line("A title, plain")), Entry("why", Line(long.strip())), Entry("plus", Word("yes")))
    )
    first, second, *_ = write(group).splitlines()
    assert (first, second) == ("title: A title, plain", "why: >-")
    assert max(map(len, write(group).splitlines())) <= 110
    assert write(group).endswith("plus: yes\n")

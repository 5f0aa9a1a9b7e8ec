"""Reading YAML: every scalar is text, every value has a line number, and no file can do harm."""

import time

import pytest

from briefpack.problem import Owner, Problems
from briefpack.text import yaml_lines

TEXT = """\
# a note
title: Yes
phone: 0412 345 678
year: 2025
share: 1.50
day: 2025-05-03
nothing:
tilde: ~
quoted: "~"
folded: >-
  one
  two {id}
list:
  - a
  - {key: b}
"""


def parsed(text):
    return yaml_lines.parse(text, "briefs/x/brief.yaml")


def problems(text):
    with pytest.raises(Problems) as caught:
        parsed(text)
    return [(problem.line, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "Yes"),
        ("phone", "0412 345 678"),
        ("share", "1.50"),
        ("nothing", None),
        ("quoted", "~"),
        ("folded", "one two {id}"),
        ("list", ["a", {"key": "b"}]),
    ],
)
def test_reads_every_scalar_as_text(key, value):
    assert parsed(TEXT).data[key] == value


@pytest.mark.parametrize(
    ("loc", "words", "line"),
    [
        (("folded",), "", 10),
        (("folded",), "{id}", 12),
        (("folded",), "not there", 10),
        (("list", 1, "key"), "", 15),
        (("missing", "deeper"), "", 1),
    ],
)
def test_gives_each_value_its_line_number(loc, words, line):
    assert parsed(TEXT).line(loc, words) == line


@pytest.mark.parametrize(
    ("words", "index", "place"),
    [
        (["one", "way", "or", "two", "ways"], 1, (2, 16)),
        # The word is there twice: its neighbours tell which is meant.
        (["ways", "one", "way"], 2, (3, 14)),
        (["two", "ways"], 1, (3, 3)),
        (["elsewhere"], 0, None),
    ],
)
def test_finds_the_place_of_a_printed_word(words, index, place):
    tree = parsed('text: >-\n  **One** (one way) or two\n  ways; "one way"\n')
    assert tree.place_of_word(("text",), words, index) == place


@pytest.mark.parametrize("text", ["a: 1\r\nb: 2\r\n", "\ufeffa: 1\nb: 2\n", "a: 1\nb: 2"])
def test_ignores_line_endings_and_a_byte_order_mark(text, tmp_path):
    path = tmp_path / "brief.yaml"
    path.write_bytes(text.encode())
    tree = yaml_lines.read(path, "brief.yaml")
    assert tree.data == {"a": "1", "b": "2"}
    assert tree.line(("b",)) == 2


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "a: 1\nb: 2\na: 3\nb: 4",
            [(3, "a is written twice (first on line 1)"), (4, "b is written twice (first on line 2)")],
        ),
        ("a:\n  - {b: 1, b: 2}", [(2, "a[0].b is written twice (first on line 2)")]),
        ("a: &x 1\nb: *x", [(1, "YAML anchors are not supported (&x)"), (2, "YAML aliases (*) are not supported")]),
        ("{[a]: b}", [(1, "a key must be a plain word")]),
        ("? {a: b}\n: c", [(1, "a key must be a plain word")]),
    ],
)
def test_refuses_repeated_keys_and_unsupported_yaml(text, messages):
    assert problems(text) == messages


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "a:\n  - b: 1\n    c: 2\n    b: 3\n    c: 4",
            "to begin another, write - b: with its hyphen below that of line 2",
        ),
        ("a:\n  - b: 1\n    c: 2\n    c: 3", "delete one of the two"),
        ("a: 1\nb:\n  c: 2\na: 3", "indent it more if it belongs to b:, or delete one of the two"),
        ("a:\n  b: {c: 1}\n  b: {c: 2}", "give one of them another id, or delete one of the two"),
        ("a:\n  b: 1\nc: 2\na:\n  d: 3", "put the entries of both under one a:, and delete the other"),
    ],
)
def test_says_what_a_repeated_key_was_meant_to_be(text, hint):
    with pytest.raises(Problems) as caught:
        yaml_lines.parse(text, "brief.yaml")
    assert [problem.hint for problem in caught.value.problems] == [hint]


@pytest.mark.parametrize("text", ["a: !!python/object/apply:os.system [x]", "a: !!int 3", "a: !mine b", "!!set {a}"])
def test_refuses_a_tag_without_constructing_its_object(text):
    [(line, message), *_] = problems(text)
    assert line == 1
    assert message.startswith("there is a tag (")


@pytest.mark.parametrize("text", ["a: [", "a: 'b", "%", "a: @b", "- a\nb: c"])
def test_reports_broken_yaml_as_a_problem(text):
    assert problems(text)


OPEN = "a quotation mark is missing, or in the wrong place"
APOSTROPHE = "a quotation mark is missing, or in the wrong place"
NO_KEY = "the line has no key: a key ends with a colon and a space"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: {id} of b\nc: d", 1, 'a text begins with "{"'),
        ("a: **of** b\nc: d", 1, 'a text begins with "*"'),
        ("a: b\nc:d\ne: f", 2, NO_KEY),
        ("a: b\nc:\u00a0d\ne: f", 2, NO_KEY),
        ('a: "b\nc: d\ne: "f"', 1, OPEN),
        ("a: 'b's c'\nd: e", 1, APOSTROPHE),
        ("a:\n  - b: c\n  -d: e", 3, "there is no space after the hyphen"),
        ("a:\n  b: c\n \u00a0d: e", 3, "the line is indented with no-break spaces, as web pages have them"),
        ("a: {b: 12,000, c: d}", 1, "a.b: the comma ends this number"),
        ("a: > b\nc: d", 1, "there is text on the same line as | or >"),
        ("a: [b\nc: d", 1, "a list that begins with [ is not closed"),
        ('a: "b”\nc: d', 1, "a quotation mark is missing, or in the wrong place"),
        ("a: b #1 c\n  d e\nf: g", 1, 'a: "#1 c" is lost: a # after a space begins a comment'),
        ("a: {b: c #1 d}\ne: f", 1, 'a.b: "#1 d}" is lost: a # after a space begins a comment'),
    ],
)
def test_explains_which_character_breaks_a_line(text, line, message):
    assert problems(text) == [(line, message)]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a:\n  - b: c\n   - d: e\n", 3, "1 space too far right to line up with line 2\n  try: delete 1 space"),
        ("a:\n  - b: |\n      c\n - d: e\n", 4, "1 space too far left to line up with line 2\n  try: add 1 space"),
        ("a: b\nc: d\n  e: f\n", 3, "2 spaces too far right to line up with line 2\n  try: delete 2 spaces"),
        (
            "a:\n  - b: c\n    d: e\n  b: g\n",
            4,
            "indented like a list item, but isn't one\n  try: start it with a hyphen",
        ),
        (
            "a:\n  - One.\n  Two.\nb: c\n",
            3,
            "the line has no hyphen, unlike the item above it\n  try: begin it with a hyphen",
        ),
    ],
)
def test_says_how_far_a_line_is_out_of_line(text, line, said):
    with pytest.raises(Problems) as caught:
        yaml_lines.parse(text, "brief.yaml")
    assert caught.value.problems[0].line == line
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["a: {b: c, d: , e: f}", "a: {b}", "a: 'b' # 'c'"])
def test_accepts_empty_values_and_doubled_apostrophes(text):
    assert parsed(text).problems == ()


CUT, WRAPPED = "is lost: a # after a space begins a comment", "would print"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: Our #1 priority", f'a: "#1 priority" {CUT}'),
        ("- #EndIt\n- x", f'[0]: "#EndIt" {CUT}'),
        ("a: “Safe homes”", f"a: the curly quotation marks round this text (“…”) {WRAPPED}"),
        ('a: 2026-07-01"', "a: a quotation mark is missing, or in the wrong place"),
    ],
)
def test_reports_marks_that_spoil_a_text(text, words):
    assert [message for _, message in problems(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "a: b  # 1 comment",
        "a: b #------",
        "a: yes #the main one\nb: 12 #million\nc: 2026-07-01 #polling day",
        "a: |\n  Our #1 priority\nb: >\n  Our #1",
        "a: “A”, they said",
        'a: the workers\'\nb: a 12" ruler\nc: the "x"',
    ],
)
def test_leaves_comments_and_quotations_alone(text):
    assert parsed(text).data


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "a:\n"])
def test_refuses_deep_nesting_quickly(opening):
    text = "".join("  " * level + "a:\n" for level in range(60)) if opening == "a:\n" else opening * 500
    assert "nested more than 40 levels" in problems(text)[-1][1]
    start = time.process_time()
    assert problems(text * 100)
    assert time.process_time() - start < 1


def test_refuses_aliases_without_expanding_them():
    """Expanded, thirty levels of ten aliases would exceed any memory."""
    lines = ["a0: &a0 x", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30))]
    start = time.process_time()
    assert len(problems("\n".join(lines))) == 30 + 29
    assert time.process_time() - start < 1


@pytest.mark.parametrize("code", [0x00, 0x0C, 0xFFFE])
def test_names_the_line_of_a_control_character(code):
    assert problems(f"a: b\nc: d{chr(code)}e\n") == [(2, "there is a control character in the text")]


def test_reads_an_empty_file_as_no_data():
    assert parsed("").data is None
    assert parsed("# only a note\n").data is None
    assert parsed("").line(()) == 1


def test_reports_a_missing_file(tmp_path):
    with pytest.raises(Problems, match="there is no such file"):
        yaml_lines.read(tmp_path / "none.yaml", "none.yaml")


def test_refuses_a_file_over_4_mb(tmp_path):
    path = tmp_path / "brief.yaml"
    path.write_text("a: " + "x" * yaml_lines.MOST_BYTES)
    with pytest.raises(Problems, match="over 4 MB"):
        yaml_lines.read(path, "brief.yaml")


def test_names_the_line_of_text_that_is_not_utf_8(tmp_path):
    path = tmp_path / "brief.yaml"
    path.write_bytes(b"a: b\nc: caf\xe9\n")
    with pytest.raises(Problems) as caught:
        yaml_lines.read(path, "brief.yaml", Owner.LAYOUT)
    [problem] = caught.value.problems
    assert (problem.line, problem.owner) == (2, Owner.LAYOUT)


@pytest.mark.parametrize("text", ["a: {b: one, c:\n", "a: {b: one,\n"])
def test_names_a_group_that_the_end_of_a_file_cuts_off(text):
    with pytest.raises(Problems):
        parsed(text)

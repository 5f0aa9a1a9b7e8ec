"""Problems print on two lines, sorted and without repeats; the exit code shows who must act first."""

import json
import pickle
from dataclasses import asdict, replace

import pytest

from briefpack.geometry import Rectangle
from briefpack.problem import Owner, Problem, Problems, distinct, gather, joined, nearest

BRIEF = Problem("briefs/x/brief.yaml", 3, "a: it is empty", "write it")
LAYOUT = Problem("layouts/x/layout.yaml", 1, "b: it is empty", "write it", Owner.LAYOUT)
DOCUMENT = Problem("out/x.pdf", None, "tags: it is not tagged", "build again", Owner.DOCUMENT)
FINISHED = Problem(
    "layouts/x/a.html", 2, "body: too faint", "darken it", check="contrast", page=3, document="pack", finished=True
)
WARNING = Problem("briefs/x/brief.yaml", 1, "c: odd", "look", warning=True)


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        (BRIEF, "briefs/x/brief.yaml:3: a: it is empty\n  try: write it"),
        (DOCUMENT, "out/x.pdf: tags: it is not tagged\n  try: build again"),
        (WARNING, "briefs/x/brief.yaml:1: warning: c: odd; try: look"),
        (FINISHED, "layouts/x/a.html:2: contrast: page 3: pack: body: too faint\n  try: darken it"),
    ],
)
def test_a_problem_prints_on_two_lines(problem, lines):
    assert str(problem) == lines


def test_problems_are_sorted_by_file_and_line_without_repeats():
    first, last = Problem("a", 2, "x", "y"), Problem("a", 10, "x", "y")
    whole = Problem("a", None, "x", "y")
    assert Problems([DOCUMENT, last, first, last, whole]).problems == (whole, first, last, DOCUMENT)


@pytest.mark.parametrize(
    ("problems", "code"),
    [([BRIEF], 3), ([LAYOUT], 4), ([DOCUMENT], 5), ([DOCUMENT, LAYOUT], 4), ([DOCUMENT, LAYOUT, BRIEF], 3)],
)
def test_the_exit_code_tells_who_must_act_first(problems, code):
    assert Problems(problems).exit_code == code


def test_problems_survive_the_trip_from_another_process():
    came = pickle.loads(pickle.dumps(Problems([BRIEF, LAYOUT])))  # noqa: S301 -- our own
    assert came.problems == (BRIEF, LAYOUT)


def test_gather_raises_the_problems_of_all_steps_together():
    def fail(problem):
        raise Problems([problem])

    assert gather(lambda: 1, lambda: "two") == [1, "two"]
    with pytest.raises(Problems) as caught:
        gather(lambda: fail(LAYOUT), lambda: 1, lambda: fail(BRIEF))
    assert caught.value.problems == (BRIEF, LAYOUT)


@pytest.mark.parametrize(
    ("name", "names", "nearest_names"),
    [
        ("bar", ["bars", "timeline"], "bars or timeline"),
        ("tme", ["bars", "map", "timeline"], "bars, map or timeline"),
        ("x", ["only"], "only"),
        ("key-19x", [f"key-{n}" for n in range(20)], "key-19, key-9 or key-1"),
        ("key\u20119", ["key-9", "key-1"], "key-9, with hyphens typed on the keyboard"),
    ],
)
def test_nearest_lists_the_closest_names_first(name, names, nearest_names):
    assert nearest(name, names) == nearest_names


@pytest.mark.parametrize(
    ("names", "most", "phrase"),
    [("", None, ""), ("ab", None, "a and b"), ("abc", 3, "a, b and c")],
)
def test_joins_names_and_counts_the_rest(names, most, phrase):
    assert joined(names, "and", most) == phrase


def test_escapes_line_breaks_and_control_characters_in_a_problem():
    problem = Problem("a\nb.yaml", 3, "key \x1b[31m\x00 and \u2028 and \u202e", "\ttry \udcff")
    assert str(problem) == "a\\nb.yaml:3: key \\x1b[31m\\x00 and \\u2028 and \\u202e\n  try: \\ttry \\udcff"
    str(problem).encode()


def test_a_problem_with_its_boxes_survives_the_trip_through_json():
    """The manifest and the store keep problems as JSON."""
    box = Rectangle(10, 20, 30, 40.5)
    placed = replace(DOCUMENT, page=3, column=7, boxes=(box,), continued=((4, box),), words=("TBC", "by TBC."))
    assert Problem.read(json.loads(json.dumps(asdict(placed)))) == placed


def test_a_problem_of_a_file_is_reported_once_wherever_it_shows():
    box = Rectangle(10, 20, 30, 40.5)
    in_file = Problem("briefs/ijm/brief.yaml", 7, "too long", "cut 9 words")
    shown = [replace(in_file, page=page, boxes=(box,), continued=((page + 1, box),)) for page in (3, 4)]
    found = [replace(in_file, check="type-size", page=page, boxes=(box,)) for page in (3, 4)]
    assert distinct([*shown, *found, *found]) == (shown[0], *found)


@pytest.mark.parametrize("boxes", ["all", [["a", 2, 3, 4]]])
def test_malformed_boxes_are_refused(boxes):
    with pytest.raises((TypeError, ValueError)):
        Problem.read({**asdict(DOCUMENT), "boxes": boxes})

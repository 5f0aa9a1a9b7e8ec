"""The rules of composition that a layout sets for its pages, just inside and just outside each limit."""

import pytest

from briefpack.layout.model import Composition
from briefpack.plan import Part
from handwritten import HIGH, LONG_LINE, found, tagged, text

SHEET = '<section data-fit="part"></section>'


def judged(check: str, data: bytes, html: str = SHEET, *, over: bool = False, **rules) -> list[str]:
    own = {name: rules.pop(name) for name in ("empty_mm_found", "stretched_mm") if name in rules}
    part = Part(
        html, 0.0, over=over, composition=Composition.model_validate(rules),
        empty_mm=own.get("empty_mm_found", {}), stretched_mm=own.get("stretched_mm", 0.0),
    )  # fmt: skip
    return found(check, data, part=part)


def page(*blocks: tuple[str, list[str]]) -> bytes:
    return tagged([*blocks])


def prose(lines: int, letters: int, size: float = 10) -> tuple[str, list[str]]:
    return "P", [text(60, 600 - 14 * n, "m" * letters, size) for n in range(lines)]


@pytest.mark.parametrize(("off_pt", "wrong"), [(0.5, False), (0.8, True), (-0.8, True)])
def test_finds_a_headline_off_its_baseline(off_pt, wrong):
    data = page(("P", [text(60, HIGH - 80, "Kicker")]), ("H2", [text(60, HIGH - 112 - off_pt, size=27)]))
    assert bool(judged("headline-baseline", data, headline_pt=112)) is wrong


def test_measures_the_first_line_of_a_headline():
    data = page(("H2", [text(60, HIGH - 112, size=27), text(60, HIGH - 140, size=27)]))
    assert judged("headline-baseline", data, headline_pt=112) == []


def test_a_heading_further_down_is_no_headline():
    data = page(prose(2, 60), prose(2, 60), ("H2", [text(60, 300, size=27)]))
    assert judged("headline-baseline", data, headline_pt=112) == []


def test_a_heading_in_the_type_of_prose_is_no_headline():
    data = page(("H3", [text(60, HIGH - 81, size=10.6)]), prose(2, 60))
    assert judged("headline-baseline", data, headline_pt=112) == []


@pytest.mark.parametrize(("letters", "wrong"), [(59, True), (60, False), (75, False), (76, True)])
def test_finds_lines_of_prose_that_are_too_long_or_too_short(letters, wrong):
    assert bool(judged("line-length", page(prose(5, letters)), line_letters="60 to 75")) is wrong


@pytest.mark.parametrize(("lines", "wrong"), [(3, False), (4, True)])
def test_prose_has_four_lines(lines, wrong):
    assert bool(judged("line-length", page(prose(lines, 90, 10)), line_letters="60 to 75")) is wrong


def test_prose_is_wider_than_half_the_text_area():
    narrow = page(prose(6, 20))
    assert judged("line-length", narrow, line_letters="60 to 75") == []


@pytest.mark.parametrize(("size", "wrong"), [(8.9, False), (9, True), (12.5, True), (13, False)])
def test_notes_in_small_type_and_standfirsts_are_no_prose(size, wrong):
    assert bool(judged("line-length", page(prose(5, 90, size)), line_letters="60 to 75")) is wrong


def test_the_last_line_and_note_marks_count_for_nothing():
    kind, lines = prose(5, 70)
    data = page((kind, [*lines[:4], text(480, 604, "1", 6), text(60, 544, "mm")]))
    assert judged("line-length", data, line_letters="70 to 70") == []


@pytest.mark.parametrize(("empty_mm", "wrong"), [(40.1, False), (40.3, True)])
def test_finds_an_empty_foot(empty_mm, wrong):
    data = page(("P", [text(60, 700, LONG_LINE)]))
    assert bool(judged("empty-foot", data, empty_mm=40, empty_mm_found={0: empty_mm})) is wrong


@pytest.mark.parametrize(("stretched_mm", "wrong"), [(5.1, False), (5.3, True)])
def test_finds_stretched_gaps(stretched_mm, wrong):
    data = page(("P", [text(60, 700, LONG_LINE)]))
    assert bool(judged("stretched-gaps", data, stretch_mm=5, stretched_mm=stretched_mm)) is wrong


CHECKS = ("headline-baseline", "line-length", "empty-foot", "stretched-gaps")
FAULTY = {"empty_mm_found": {0: 99.0}, "stretched_mm": 9.0}
RULES = {"headline_pt": 112, "line_letters": "60 to 75", "empty_mm": 40, "stretch_mm": 5}


@pytest.mark.parametrize("check", CHECKS)
def test_a_layout_without_rules_is_not_judged(check):
    data = page(("H2", [text(60, 700, size=27)]), prose(5, 90, 10))
    assert judged(check, data, **FAULTY) == []
    assert judged(check, data, **FAULTY, **RULES) != []


@pytest.mark.parametrize("check", CHECKS)
def test_neither_a_slot_nor_a_cover_is_judged(check):
    data = page(("H2", [text(60, 700, size=27)]), prose(5, 90, 10))
    assert judged(check, data, over=True, **FAULTY, **RULES) == []
    assert judged(check, data, html="<section></section>", **FAULTY, **RULES) == []

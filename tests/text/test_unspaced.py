"""Chinese has no spaces between words, and the engine doesn't expect any."""
# ruff: noqa: RUF001 -- Chinese has full-width marks

import pytest

from briefpack.brief import markdown
from briefpack.text import typography, unspaced, words
from projects import language

CHINESE = language("zh-Hans")


@pytest.mark.parametrize(
    ("text", "count"), [("two words", 2), ("人行横道", 4), ("设立6000万澳元。", 6), ("在 Durack 选区", 4), ("", 0)]
)
def test_counts_each_letter_as_a_word(text, count):
    assert unspaced.count(text) == count


def test_breaks_a_line_between_letters_but_not_before_a_closing_mark():
    assert [*unspaced.pieces("他说“你好”，走了6000米。")] == ["他", "说", "“你", "好”，", "走", "了", "6000", "米。"]
    assert [*unspaced.pieces("peer-to-peer")] == ["peer-to-peer"]


def test_finds_a_name_between_letters_without_spaces():
    assert words.split("在Durack选区") == ("在", "Durack", "选", "区")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('他说"你好"。', "他说“你好”。"),
        ("在'斑马线'前", "在‘斑马线’前"),
        ('"你好"', "“你好”"),
        ("第一行 第二行", "第一行第二行"),
        ("有 12 所", "有 12 所"),
        ("peace and 和平", "peace and 和平"),
    ],
)
def test_sets_chinese(typed, printed):
    once = typography.tidy(typed, CHINESE)
    assert once == printed
    assert typography.tidy(once, CHINESE) == once


def test_closes_up_the_lines_of_a_file():
    assert markdown._blocks("上学时段，\n汽车很多。\nAFP 说", CHINESE) == "<p>上学时段，汽车很多。AFP 说</p>\n"
    assert markdown._blocks("one\ntwo", CHINESE) == "<p>one\ntwo</p>\n"
    assert markdown._blocks('会在"斑马线"前', CHINESE) == "<p>会在“斑马线”前</p>\n"

"""The words at whose ends a balanced heading may break."""
# ruff: noqa: RUF001 -- Chinese has full-width marks

import pytest

from briefpack.typeset.weasyprint import balance


@pytest.mark.parametrize(
    ("text", "space", "words"),
    [
        ("Open the library", " ", ["Open", "the", "library"]),
        ("Library", "", ["Library"]),
        ("人行横道，好吗？", "", ["人", "行", "横", "道，", "好", "吗？"]),
        ("拨款6000万澳元", "", ["拨", "款", "6000", "万", "澳", "元"]),
    ],
)
def test_finds_the_words_of_a_heading(text, space, words):
    assert balance.words_of(text) == (space, words)


def test_balances_words_without_spaces_between_them():
    """Thirteen letters that need two lines take seven and six, not twelve and one."""
    assert balance.even_px([20.0] * 13, 0.0, 250.0) == 140.0


def test_narrows_running_text_for_a_last_line_that_is_not_short():
    """Eight words of 48 px and one of 20: four, four and one; or three of three."""
    assert balance.filled_px([*[(48.0, 4.0)] * 8, (20.0, 0.0)], 205.0) == pytest.approx(205 * 0.99)


def test_keeps_the_room_where_no_width_would_do():
    assert balance.filled_px([(410.0, 5.0), (10.0, 0.0)], 420.0) == 420.0

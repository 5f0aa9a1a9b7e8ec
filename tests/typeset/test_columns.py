"""The height of balanced columns."""

import io

import pypdfium2
import pytest

from briefpack.typeset.weasyprint import columns
from printed import printed

LINES = [1, 3, 2, 1, 1, 4, 1, 2, 2, 1, 3, 1, 1, 2, 1]
LIST = """<style>ul {{ columns: {}; column-gap: 9mm; padding: 0 }} li {{ break-inside: {}; padding-bottom: 6pt }}</style>
<div style="height: {}pt">Before</div><ul>{}</ul><p>After</p>"""


def list_of(count: int, inside: str = "avoid", before_pt: int = 20) -> str:
    items = (f"<li>Item {number}{'<br>more' * lines}</li>" for number, lines in enumerate(LINES))
    return LIST.format(count, inside, before_pt, "".join(items))


def lines_of(pdf: bytes) -> list[tuple[int, str, float, float]]:
    """Return each line of text, with its page and its left and lower edges."""
    lines = []
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as file:
        for number, page in enumerate(file):
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                words = text.get_text_bounded(left, bottom, right, top).strip()
                lines.append((number, words, round(left, 1), round(bottom, 1)))
    return lines


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize(("inside", "before_pt"), [("avoid", 20), ("avoid", 560), ("auto", 20)])
def test_columns_are_balanced_as_weasyprint_balances_them(count, inside, before_pt):
    body = list_of(count, inside, before_pt)
    assert lines_of(printed(body)) == lines_of(printed(body, patches=False))


def test_finds_the_least_height_at_which_blocks_take_no_more_columns():
    tops, ends = [0.0, 10.0, 40.0, 50.0], [9.0, 39.0, 49.0, 70.0]
    assert columns.least_height_px(tops, ends, 1) == 70.0
    assert columns.least_height_px(tops, ends, 2) == 39.0
    assert columns.least_height_px(tops, ends, 9) == 29.0
    assert columns.least_height_px([], [], 2) == 0.0

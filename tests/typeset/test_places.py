"""Overset text has a box on each page of a refused piece that it is on, around its words."""

import re

import pypdfium2
import pytest

import sheets
from briefpack.geometry import Rectangle
from briefpack.layout.model import Pages
from sheets import sheet, words

STYLE = """html { font: 10pt/1.4 "Source Sans 3" }
body, p { margin: 0 }
.sheet { display: flow-root; break-before: page; position: relative }
.sheet:first-of-type { break-before: auto }
"""
FLOW = "<p>Flow.</p>"


@pytest.fixture
def lay_out(project):
    """Return a function that typesets sheets of one page."""
    return lambda body, **more: sheets.lay_out(project, STYLE, body, **more)


def printed(pdf, first="w"):
    """Return, by page, the box around each word that starts with a letter."""
    found = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            whole = text.get_text_range()
            for word in re.finditer(rf"\b{first}\d+", whole):
                corners = [text.get_charbox(index) for index in range(*word.span())]
                box = Rectangle.around(point for each in corners for point in Rectangle(*each).corners)
                found.setdefault(number, []).append(box)
    return found


FIELDS = {
    "two pages": sheet(f'{FLOW}<p data-field="text">{words(1400)}</p>'),
    "beside the flow": sheet(f'{FLOW}<p style="position:absolute;top:0;left:9mm;width:40mm" data-field="text">{words(500)}</p>'),
    "below the page": sheet(f'{FLOW}<p style="position:absolute;top:300mm" data-field="text">{words(60)}</p>'),
    "hidden by a box": sheet(f'{FLOW}<div style="height:9mm;width:50mm;overflow:hidden"><p data-field="text">{words(90)}</p></div>'),
    "on a later sheet": sheet(FLOW, "first") + sheet(f'{FLOW}<p data-field="text">{words(1400)}</p>'),
}  # fmt: skip


@pytest.mark.parametrize("kind", FIELDS)
def test_the_box_of_a_field_is_around_its_words_on_each_page(lay_out, kind):
    limit = Pages(exactly=2 if "later" in kind else 1)
    made = lay_out(FIELDS[kind], limit=limit)
    (spill,) = made.spills
    found = printed(made.pdf)
    assert [page for page, _ in spill.places] == sorted(found)
    for page, box in spill.places:
        around = Rectangle.around(corner for word in found[page] for corner in word.corners)
        assert around.within(box, 0.5)
        assert box.within(around, 8), "no larger than its words"


def test_without_a_field_the_box_is_around_what_is_past_the_last_page(lay_out):
    (spill,) = lay_out(sheet(f"<p>{words(1400)}</p>")).spills
    assert (spill.field, [page for page, _ in spill.places]) == ("", [2])
    made = lay_out(sheet(f"<p>{words(1400)}</p>") + sheet(f"<p>{words(40, 'x')}</p>", "two"), limit=Pages(exactly=2))
    (spill,) = made.spills
    found = printed(made.pdf)
    [(page, box)] = spill.places
    assert page == 2
    assert Rectangle.around(corner for word in found[2] for corner in word.corners).within(box, 0.5)


def test_without_a_field_the_box_is_below_the_foot_of_a_page(lay_out):
    made = lay_out(sheet(f'<p>{words(9, "x")}</p><p style="position:relative;top:255mm">{words(9)}</p>'))
    (spill,) = made.spills
    found = printed(made.pdf)
    [(page, box)] = spill.places
    around = Rectangle.around(corner for word in found[page] for corner in word.corners)
    assert page == 1
    assert around.within(box, 0.5)
    assert box.within(around, 8), "not around the text that fits"

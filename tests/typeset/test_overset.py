"""A piece that is refused has all of its text on its pages, for its proof."""

import io
import re

import pikepdf
import pypdfium2
import pytest

import sheets
from sheets import sheet, words

STYLE = """html { font: 10pt/1.4 "Source Sans 3" }
body, p, h1 { margin: 0 }
.sheet { display: flow-root; break-before: page; position: relative }
.sheet:first-of-type { break-before: auto }
.note { float: footnote; font-size: 8pt }
"""


@pytest.fixture
def lay_out(project):
    """Return a function that typesets sheets with their own style."""
    return lambda body, style="", **more: sheets.lay_out(project, STYLE + style, body, **more)


def seen(pdf):
    """The words that are on the pages, inside their edges and not cut off."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            width, height = page.get_size()
            found += re.findall(r"\w+", page.get_textpage().get_text_bounded(0, 0, width, height))
    return found


def clips(pdf):
    """The paths that cut off what a page draws."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
        return [each for page in file.pages for each in pikepdf.parse_content_stream(page) if str(each.operator) == "W"]


TOO_LONG = {
    "text": sheet(f'<p data-field="text">{words(1600)}</p>'),
    "aside": sheet(f'<p>Flow.</p><p style="position:absolute;top:0;left:0;width:40mm" data-field="text">{words(900)}</p>'),
    "aside below the page": sheet(f'<p>Flow.</p><p style="position:absolute;top:300mm" data-field="text">{words(60)}</p>'),
    "moved off the page": sheet(f'<p style="position:relative;top:300mm" data-field="text">{words(60)}</p>'),
    "float": sheet(f'<p style="float:left;width:40mm" data-field="text">{words(900)}</p><p>Flow.</p>'),
    "fixed height": sheet(f'<div style="height:20mm" data-field="text">{words(1600)}</div><p>Below.</p>'),
    "hidden": sheet(f'<p>{words(1600, "x")}</p><div style="height:20mm;overflow:hidden" data-field="text">{words(400)}</div>'),
    "a limited number of lines": sheet(f'<p>{words(1600, "x")}</p><p style="max-lines:2;continue:discard" data-field="text">{words(300)}</p>'),
    "footnote": sheet(f'<p>Flow.<span class="note" data-field="text">{words(2600)}</span></p>'),
    "before another": sheet(f'<p>Flow.</p><p style="position:absolute;top:0;left:0;width:40mm" data-field="text">{words(900)}</p>')
    + sheet(f"<p>{words(600, 'y')}</p>", "two"),
    "columns": sheet(f'<div style="columns:2" data-field="text">{words(1900)}</div>'),
    "flexible": sheet(f'<div style="display:flex"><p style="width:50mm" data-field="text">{words(500)}</p><p>{words(400, "z")}</p></div>'),
    "grid": sheet(f'<div style="display:grid;grid-template-columns:50mm auto" data-field="text"><p>{words(900)}</p><p>{words(700, "z")}</p></div>'),
    "unbreakable": sheet(f'<p>Flow.</p><div style="break-inside:avoid" data-field="text">{words(1900)}</div>'),
    "table": sheet(f'<table><tr><td style="width:40mm" data-field="text">{words(900)}</td><td>{words(700, "z")}</td></tr></table>'),
    "flexible beside the flow": sheet(f'<p>Flow.</p><div style="position:absolute;top:0;left:0;width:40mm;display:flex"><p data-field="text">{words(900)}</p></div>'),
}  # fmt: skip


@pytest.mark.part(name="builds", beyond=4)
@pytest.mark.parametrize("kind", TOO_LONG)
def test_every_word_is_on_a_page(lay_out, kind):
    made = lay_out(TOO_LONG[kind])
    assert made.spills
    wanted = re.findall(r"\w+", re.sub(r"<[^>]*>", " ", TOO_LONG[kind]))
    assert set(wanted) - set(seen(made.pdf)) == set()
    assert not clips(made.pdf) or kind != "hidden"


def test_every_word_of_a_panel_is_on_a_page(lay_out):
    """A panel fills a slot of another page, and what runs over its one page goes on others."""
    made = lay_out(f'<p data-field="text">{words(90)}</p>', css="@page{size:80mm 20mm;margin:0}", fits={}, tagged=False)
    assert made.spills
    assert made.pages > 1
    assert set(words(90).split()) <= set(seen(made.pdf))


def test_hides_nothing_more_than_before_in_a_piece_that_is_sound(lay_out):
    made = lay_out(sheet('<p style="height:1mm;overflow:hidden">Hidden.</p><p>Flow.</p>'))
    assert not made.spills
    assert made.pages == 1
    assert clips(made.pdf)

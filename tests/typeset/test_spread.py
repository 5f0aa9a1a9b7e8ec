"""Filling a page by moving its boxes: what moves, by how much, and what keeps its place."""

import io

import pikepdf
import pypdfium2
import pytest

from briefpack import typeset
from briefpack.layout.model import Fit, Pages
from briefpack.pages import Piece
from briefpack.store import Store

MM = 72 / 25.4
GIVE_MM = 8
FITS = {"page": Fit(fit="1.00 to 1.00", pages=Pages(exactly=1), give_mm=GIVE_MM)}
STYLE = """html { font: 10pt/1.4 "Source Sans 3" }
body, p, table { margin: 0 }
p { height: 20mm }
table { border-collapse: collapse }
.sheet, .root { display: flow-root }
.left { float: left; width: 50mm }
.table { display: table }
.cell { display: table-cell }
.low { position: absolute; right: 0; bottom: 0 }
.high { position: absolute; right: 9mm; top: 0 }
.clear { clear: both }
"""


@pytest.fixture
def lay_out(project):
    """Return a function that lays out the body of a sheet, with its spaces filled if it has a fit."""

    def lay(body: str, fits: dict[str, Fit], after: str = "") -> bytes:
        (project.root / "layouts/tiny/own.css").write_text(STYLE, encoding="utf-8")
        sheet = f'<section class="sheet" id="one" data-fit="page">{body}</section>'
        html = f'<!DOCTYPE html><html lang="en-AU"><head><title>T</title></head><body>{sheet}{after}</body></html>'
        piece = Piece(
            name="a piece", page="tiny/body.html", html=html, css="@page{size:210mm 297mm;margin:20mm}",
            styles=("tiny/own.css",), files=frozenset({"/layouts/tiny/own.css"}), limit=Pages(at_most=9), fits=fits,
            slots={}, room={}, smallest_type_pt=5, tagged=False, key="k",
        )  # fmt: skip
        made = typeset.piece(piece, project.root, Store(project.store))
        assert (made.pages, made.problems, made.spills) == (1, (), ())
        return made.pdf

    return lay


def tops_mm(pdf: bytes) -> dict[str, float]:
    """Return how far down its page each text begins."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        places = [text.get_rect(number) for number in range(text.count_rects())]
        return {text.get_text_bounded(*place).strip(): (page.get_height() - place[3]) / MM for place in places}


@pytest.mark.parametrize(
    ("body", "lower"),
    [
        ('<p>A</p><p data-give>B</p><p data-give="1/4">C</p>', {"A": 0, "B": 8, "C": 10}),
        ('<p>A</p><p data-give="1/2 1/4">B</p><p>C</p>', {"A": 0, "B": 6, "C": 6}),
        # Columns side by side, and what clears them: the longer one counts.
        (
            '<div class="left"><p>A</p><p data-give>B</p></div><div class="left"><p data-give="1/2">C</p><p>D</p></div><p class="clear">E</p>',
            {"A": 0, "B": 8, "C": 4, "D": 4, "E": 8},
        ),
        (
            '<div class="left"><p>A</p><p>B</p></div><p data-give>C</p><p class="clear">D</p>',
            {"A": 0, "B": 0, "C": 8, "D": 0},
        ),
        (
            '<div class="root"><div class="left"><p>A</p><p data-give>B</p></div><p style="height: 44mm">C</p></div><p>D</p>',
            {"A": 0, "B": 8, "C": 0, "D": 4},
        ),
        # A float that is above where margins collapsed holds nothing down.
        (
            '<p>A</p><div style="margin-top: 9mm"><div><b class="left">B</b><div class="clear"></div></div><p>C</p></div><p data-give>D</p>',
            {"A": 0, "B": 0, "C": 0, "D": 8},
        ),
        ('<div class="table"><div class="cell"><p data-give>A</p></div><div class="cell"><p>B</p></div></div><p>C</p>', {"A": 8, "B": 0, "C": 8}),
        ("<table><tr><td>A</td></tr><tr data-give><td>B</td></tr><tbody data-give><tr><td>C</td></tr></table>", {"A": 0, "B": 8, "C": 16}),
        # Boxes of a height, or of a least height, don't grow.
        ('<div style="height: 20mm"><p data-give>A</p></div><p>B</p>', {"A": 8, "B": 0}),
        ('<div style="min-height: 25mm"><p data-give>A</p></div><p>B</p>', {"A": 8, "B": 3}),
        # Boxes beside the flow move with the side that they hang from.
        (
            '<div style="position: relative"><p>A</p><b class="low">B</b><b class="high">C</b><p data-give>D</p></div>',
            {"A": 0, "B": 8, "C": 0, "D": 8},
        ),
        (
            '<div style="position: relative"><p>A</p><p data-give>B</p><b class="low">C</b></div><p data-give>D</p>',
            {"A": 0, "B": 8, "C": 8, "D": 16},
        ),
    ],
)  # fmt: skip
def test_adds_space_above_what_is_marked_and_moves_what_follows(lay_out, body, lower):
    before, after = tops_mm(lay_out(body, {})), tops_mm(lay_out(body, FITS))
    assert {text: after[text] - top for text, top in before.items()} == pytest.approx(lower, abs=0.1)


def test_fills_the_page_to_its_foot(lay_out):
    """Three spaces would take 24 mm, and 12 are free; then a foot takes what they leave of 100."""
    texts = "<p data-give>A</p><p data-give>B</p><p data-give>C</p>"
    before, after = (tops_mm(lay_out(f'<p style="height: 185mm">0</p>{texts}', fits)) for fits in ({}, FITS))
    assert after["C"] - before["C"] == pytest.approx(12, abs=1.2)
    body = f'<p style="height: 97mm">0</p>{texts}<p>D</p><p data-foot>E</p>'
    before, after = tops_mm(lay_out(body, {})), tops_mm(lay_out(body, FITS))
    assert after["D"] - before["D"] == pytest.approx(24, abs=0.1)
    assert after["E"] - before["E"] == pytest.approx(60, abs=1.2)


def test_leaves_room_for_what_follows_the_sheet(lay_out):
    texts, end = (
        '<p style="height: 165mm">0</p><p data-give>A</p><p data-give>B</p>',
        '<p style="padding-top: 43mm; height: auto">C</p>',
    )
    before, after = tops_mm(lay_out(texts, {}, end)), tops_mm(lay_out(texts, FITS, end))
    assert after["C"] - before["C"] == pytest.approx(3, abs=0.4)


def test_moves_links_and_grounds_with_their_boxes(lay_out):
    body = '<p>A</p><p data-give style="background: #f00"><a href="https://example.org/">B</a></p>'
    pdf = lay_out(body, FITS)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        [link] = document.pages[0].Annots
        bottom, top = sorted(float(link.Rect[side]) / MM for side in (1, 3))
    assert bottom < 297 - tops_mm(pdf)["B"] < top
    with pypdfium2.PdfDocument(pdf) as document:
        pixels = document[0].render(scale=1 / MM).to_pil().convert("RGB")
    red = [mm for mm in range(297) if pixels.getpixel((100, mm)) == (255, 0, 0)]
    assert (red[0], red[-1]) == (pytest.approx(48, abs=1), pytest.approx(67, abs=1))

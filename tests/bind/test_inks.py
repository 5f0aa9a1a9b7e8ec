"""Inks: each colour becomes the inks of its token, wherever it is drawn, and any other colour is reported."""

import base64
import io

import pikepdf
import pytest
import weasyprint

from briefpack.bind import inks

TEAL, PINK = "#2C6E7F", "#FFC0CB"
INKS = {TEAL: (65, 0, 10, 55), PINK: (0, 30, 10, 0)}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"


def laid_out(body: str) -> bytes:
    html = f'<html lang="en"><title>T</title><body style="margin: 0; color: {TEAL}">{body}</body></html>'
    return weasyprint.HTML(string=html).write_pdf()


def svg(inside: str) -> str:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">{inside}</svg>'
    return f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(text.encode()).decode()}">'


def colours(pdf: bytes) -> set[tuple]:
    """Every colour that the streams of a PDF set, as an operator and its values."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
        streams = [page.obj for page in file.pages]
        streams += [item for item in file.objects if isinstance(item, pikepdf.Stream) and "/BBox" in item]
        return {
            (str(operator), *map(float, operands))
            for stream in streams
            for operands, operator in pikepdf.parse_content_stream(stream)
            if str(operator) in ("g", "G", "rg", "RG", "k", "K")
        }


def turned(body: str) -> set[tuple]:
    pdf, astray = inks.convert(laid_out(body), INKS)
    assert astray == ()
    return colours(pdf)


def test_text_and_backgrounds_have_exactly_the_inks_of_their_tokens():
    found = turned(f'<p>Words</p><div style="background: {PINK}; height: 9mm"></div>')
    assert found == {("k", 0.65, 0, 0.1, 0.55), ("k", 0, 0.3, 0.1, 0), ("k", 0, 0, 0, 1), ("K", 0, 0, 0, 1)}


def test_a_page_without_a_colour_prints_in_black_ink():
    pdf, _ = inks.convert(laid_out(""), INKS)
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
        assert file.pages[0].Contents.read_bytes().startswith(b"0 0 0 1 k\n/over gs\n0 0 0 1 K\n")


def test_black_becomes_black_ink_and_white_no_ink():
    found = turned('<p style="color: #000; background: #fff">Words</p>')
    assert {("k", 0, 0, 0, 1), ("k", 0, 0, 0, 0)} <= found


def test_converts_drawings_and_everything_inside_them():
    found = turned(svg(f'<g stroke="{PINK}"><rect width="9" height="9" fill="{TEAL}"/></g>'))
    assert {("K", 0, 0.3, 0.1, 0), ("k", 0.65, 0, 0.1, 0.55)} <= found


def test_converts_patterns():
    pattern = f'<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="2" height="2" fill="{PINK}"/></pattern>'
    pdf, _ = inks.convert(laid_out(svg(f'{pattern}<rect width="80" height="80" fill="url(#p)"/>')), INKS)
    assert ("k", 0, 0.3, 0.1, 0) in colours(pdf)
    assert {each[0] for each in colours(pdf)} == {"k", "K"}


def test_drops_opaque_groups_and_blends_transparent_ones_in_cmyk():
    def groups(body: str) -> list:
        pdf, _ = inks.convert(laid_out(body), INKS)
        with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
            held = [item for item in file.objects if isinstance(item, pikepdf.Stream) and "/Group" in item]
            return [str(item.Group.CS) for item in held]

    assert groups(svg(f'<rect width="9" height="9" fill="{TEAL}"/>')) == []
    assert set(groups(svg(f'<rect width="9" height="9" fill="{TEAL}" opacity="0.5"/>'))) == {"/DeviceCMYK"}


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<p style="color: #C0FFEE">A</p>', "the colour #C0FFEE"),
        (f'<p style="background: linear-gradient({TEAL}, {PINK})">A</p>', "a gradient"),
        (f'<img alt="" src="data:image/png;base64,{PIXEL}">', "a picture in screen colours"),
        ('<p style="color: lab(50% 20 20)">A</p>', "a colour in lab-d50"),
    ],
)
def test_lists_colours_without_ink_with_their_page(body, what):
    _, astray = inks.convert(laid_out(f'<p>A</p><div style="break-before: page">{body}</div>'), INKS)
    assert (2, what) in astray
    assert {page for page, _ in astray} == {2}


def test_only_black_overprints():
    pdf, _ = inks.convert(laid_out(f'<p style="background: {PINK}; color: #000">A</p><p>B</p>'), INKS)
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
        states = file.pages[0].Resources.ExtGState
        fill, over = (), None
        for operands, operator in pikepdf.parse_content_stream(file.pages[0]):
            if str(operator) == "k":
                fill = tuple(map(float, operands))
            elif str(operator) == "gs":
                over = states[operands[0]].get("/op", over)
            elif str(operator) in ("f", "Tj", "TJ"):
                assert over == (fill == (0, 0, 0, 1)), (str(operator), fill)
        assert states.over.OPM == 1

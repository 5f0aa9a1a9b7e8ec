"""What WeasyPrint does otherwise for us: hyphens, and the text and the straight lines of drawings."""

import base64
import io
import re

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from briefpack import typeset
from briefpack.layout.model import Pages
from briefpack.pages import Piece
from briefpack.store import Store
from briefpack.typeset import amends

SIZE = 'xmlns="http://www.w3.org/2000/svg" width="300" height="100" viewBox="0 0 300 100"'
TEXT = """<text x="10" y="50" style="font: 20px 'Source Sans 3'"{}>{}</text>"""


@pytest.fixture
def printed(project):
    """The PDF of a body."""

    def lay(body: str, css: str = "", said: int = 0) -> bytes:
        html = f'<!DOCTYPE html><html lang="en-AU"><head><meta charset="utf-8"><title>T</title></head><body>{body}</body></html>'
        made = typeset.piece(
            Piece(
                "a piece", "tiny/body.html", html, "@page{size:210mm 297mm}html{font:10.6pt 'Source Sans 3'}" + css, (),
                frozenset(), Pages(exactly=1), {}, {}, {}, 5, tagged=True, key="k",
            ),
            project.root,
            Store(project.store),
        )  # fmt: skip
        assert len(made.problems) == said
        return made.pdf

    return lay


def drawing(inside: str) -> str:
    data = base64.b64encode(f"<svg {SIZE}>{inside}</svg>".encode()).decode()
    return f'<img alt="A drawing." src="data:image/svg+xml;base64,{data}">'


def runs(pdf: bytes) -> list[tuple[str, float]]:
    """Each run of type of the first page with its width in points."""
    page = pypdfium2.PdfDocument(pdf)[0]
    letters = page.get_textpage()
    return [
        (item.extract(), round(item.get_bounds()[2] - item.get_bounds()[0], 1))
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], textpage=letters)
    ]


def text_bounds(pdf: bytes) -> list[tuple[float, ...]]:
    page = pypdfium2.PdfDocument(pdf)[0]
    items = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM], max_depth=1)
    return [item.get_bounds() for item in items]


def lines(pdf: bytes) -> list[str]:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().splitlines()


HYPHENS = "p { width: 46mm; hyphens: auto; hyphenate-limit-chars: 9 4 4; hyphenate-limit-zone: 10%; hyphenate-character: '-' }"


def test_long_words_are_hyphenated_as_in_british_english_and_names_are_not(printed):
    """Australian English has no patterns of its own; American ones would divide as re-presen-tation."""
    common = printed("<p>The organisation of representation</p>", HYPHENS)
    assert re.split(r"[\ufffe\x02-]", " ".join(lines(common))) == ["The organisation of repres", "entation"]
    named = printed("<p>The Organisation of Representation</p>", HYPHENS)
    assert lines(named) == ["The Organisation of", "Representation"]


def test_text_of_a_drawing_is_one_run_set_as_on_the_page(printed):
    """Kerned as the same words are on the page: letters set alone would be wider."""
    [(said, width)] = runs(printed(drawing(TEXT.format("", "AVATAR To Wye"))))
    [(_, on_page)] = runs(printed('<p style="font-size: 20px">AVATAR To Wye</p>'))
    assert said == "AVATAR To Wye"
    assert width == pytest.approx(on_page, abs=0.2)


@pytest.mark.parametrize("own", [' letter-spacing="4"', ' rotate="0 20 0"', ' textLength="200"', ' dx="0 5 5"'])
def test_letters_of_a_drawing_with_places_of_their_own_keep_them(own, printed):
    assert len(runs(printed(drawing(TEXT.format(own, "AVATAR"))))) == 6


def test_text_of_a_drawing_ends_where_it_is_anchored(printed):
    [begins], [ends] = (
        text_bounds(printed(drawing(TEXT.format(own, "AVATAR").replace("10", "200"))))
        for own in ("", ' text-anchor="end"')
    )
    assert ends[2] == pytest.approx(begins[0], abs=1)


STRAIGHT = "M10.5 20L-30 40.25L50 6zM1 2L3 4"


def drawn(pdf: bytes) -> list[tuple[bytes, ...]]:
    """The straight lines of the first page, as its own operators."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
        return re.findall(rb"(-?[\d.]+) (-?[\d.]+) ([ml])\n|\n(h)\n", file.pages[0].Contents.read_bytes())


@pytest.mark.parametrize("number", ["50", "-0", "0", "0.05", "-7.123456"])
def test_a_path_of_straight_lines_is_drawn_as_any_other(printed, number):
    """The same path written so that WeasyPrint's own parser takes it."""
    path, straight = '<path d="{}" fill="none" stroke="black"/>', STRAIGHT.replace("50", number)
    ours, theirs = (
        drawn(printed(drawing(path.format(steps)))) for steps in (straight, straight.replace("L3 4", "l2 2"))
    )
    assert (b"10.5", b"20", b"m", b"") in ours
    assert theirs == [(b"0", b"0", b"m", b""), *ours]


@pytest.mark.parametrize("number", ["5.0", "05", ".5", "5e1", "7.1234567", "5.", "+5"])
def test_a_number_that_is_not_written_as_in_a_pdf_is_left_to_weasyprint(printed, number):
    """It begins a path of its own at the corner, and so is told apart."""
    steps = STRAIGHT.replace("50", number)
    assert drawn(printed(drawing(f'<path d="{steps}" fill="none" stroke="black"/>')))[0][:2] == (b"0", b"0")


STYLED = """html { --gap: 0.5em; line-height: 1.5 } ul { margin: var(--gap); padding-left: 1em } li::before { content: "x"; color: blue }
table { border-collapse: collapse; padding: 4px; margin: 0 auto } td { border: 1px solid; padding: calc(1em + 2px); margin: inherit }
h1 { float: right; font-size: 2em; border-bottom: 0.1em solid } h1 em { display: inherit; text-decoration: underline }"""
MUCH = """<h1>A <em>word</em></h1><ul><li>One</li><li>Two <b>and</b></li></ul>
<table><tr><td>Three</td><td id="four">Four</td></tr></table>"""


def test_a_piece_comes_out_the_same_after_another_of_the_same_styles(printed):
    """Values that were computed of the same style are kept; kept or not, a piece is the same to the byte."""
    amends._KEPT.clear()
    first = printed(MUCH, STYLED)
    assert amends._KEPT
    printed(MUCH.replace("One", "One, and more"), STYLED)
    assert printed(MUCH, STYLED) == first


def sizes(pdf: bytes) -> list[float]:
    """The size of each run of type, in points."""
    items = pypdfium2.PdfDocument(pdf)[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
    return [round(item.get_font_size() * item.get_matrix().a, 1) for item in items]


@pytest.mark.parametrize(
    "css",
    [
        "{} {{ font-size: 20pt }}",
        ".other, {} {{ font-size: 20pt }}",
        "html {{ --size: 20pt }} {} {{ font-size: var(--size) }}",
    ],
)
@pytest.mark.parametrize("tag", ["html", "body", "div", "p"])
def test_a_style_that_is_changed_shows_in_the_next_piece(printed, tag, css):
    """A paragraph of 1.5 em is of another size after any style above it is changed, though its own is the same."""
    body, rules = "<div><p>A word</p></div>", "p { font-size: 1.5em }"
    (before,) = sizes(printed(body, rules))
    (after,) = sizes(printed(body, rules + css.format(tag)))
    assert (before, after) == (15.9, 20 if tag == "p" else 30)


def test_a_part_of_the_page_is_of_each_piece_s_own_page(printed):
    """The style is the same, and what it comes to is not."""
    starts = [
        text_bounds(printed("<p>A word</p>", f"@page{{size:{width}mm 297mm;margin:0}}body{{margin:0 0 0 50vw}}"))[0][0]
        for width in (200, 100, 200)
    ]
    assert starts[0] == starts[2]
    assert starts[0] - starts[1] == pytest.approx(50 * 72 / 25.4, abs=1)


def test_a_warning_that_is_given_when_a_style_is_computed_is_said_of_each_piece(printed):
    for text in ("one", "another"):
        printed(f"<p>{text} <b>word</b></p>", "p { font-size: calc(1em * 1em) }", said=1)


@pytest.mark.parametrize("value", ["calc(1em * sqrt(-1))", "calc(1px * log(0))", "pow(0, -1)"])
def test_a_sum_without_a_value_is_no_value(printed, value):
    printed("<p>a</p>", "p { margin-top: calc(1em + var(--none)) }", said=1)
    printed("<p>a</p>", f"p {{ margin-top: {value} }}", said=1)
    printed("<p>a</p>", f"p {{ --some: {value}; margin-left: calc(1em + var(--some)) }}", said=2)

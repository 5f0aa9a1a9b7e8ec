"""WeasyPrint patches for headings, drawings, calculations and styles, and the hyphenation of names.

Each patch has a test that fails once WeasyPrint does the same without it.
"""

import base64
import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from briefpack import typeset
from briefpack.layout.model import Pages
from briefpack.pages import Piece
from briefpack.store import Store
from briefpack.typeset.weasyprint import hidden, patched, styles

SIZE = 'xmlns="http://www.w3.org/2000/svg" width="300" height="100" viewBox="0 0 300 100"'
TEXT = """<text x="10" y="50" style="font: 20px 'Source Sans 3'"{}>{}</text>"""


@pytest.fixture
def printed(project):
    """Return a function that typesets a body as a PDF."""

    def lay(body: str, css: str = "", problems: int = 0) -> bytes:
        html = f'<!DOCTYPE html><html lang="en-AU"><head><meta charset="utf-8"><title>T</title></head><body>{body}</body></html>'
        made = typeset.piece(
            Piece(
                "a piece", "tiny/body.html", html, "@page{size:210mm 297mm}html{font:10.6pt 'Source Sans 3'}" + css, (),
                frozenset(), Pages(exactly=1), {}, {}, {}, 5, tagged=True, key="k",
            ),
            project.root,
            Store(project.store),
        )  # fmt: skip
        assert len(made.problems) == problems
        return made.pdf

    return lay


FONTS = Path(__file__).parents[2] / "fonts/fonts.css"


def unpatched(body: str, css: str = "") -> bytes:
    """Return the PDF of a body as WeasyPrint makes it without the patches."""
    style = f"@page{{size:210mm 297mm}}html{{font:10.6pt 'Source Sans 3'}}{css}"
    html = f'<html lang="en-AU"><title>T</title><link rel="stylesheet" href="{FONTS.as_uri()}"><style>{style}</style>{body}'
    return weasyprint.HTML(string=html).write_pdf()


def drawing(inside: str) -> str:
    data = base64.b64encode(f"<svg {SIZE}>{inside}</svg>".encode()).decode()
    return f'<img alt="A drawing." src="data:image/svg+xml;base64,{data}">'


def runs(pdf: bytes) -> list[tuple[str, float]]:
    """Return each run of type on the first page with its width in points."""
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
    found = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().splitlines()
    return [line.rstrip(" ") for line in found]


HYPHENS = "p { width: 46mm; hyphens: auto; hyphenate-limit-chars: 9 4 4; hyphenate-limit-zone: 10%; hyphenate-character: '-' }"
NAMED = "<p>The Organisation of Representation</p>"


def test_hyphenates_long_words_as_in_british_english(printed):
    """Australian English has no patterns of its own; American ones would divide it as represen-tation."""
    common = printed("<p>The organisation of representation</p>", HYPHENS)
    assert re.split(r"[\ufffe\x02-]", " ".join(lines(common))) == ["The organisation of repres", "entation"]


def test_never_hyphenates_a_name(printed):
    assert lines(printed(NAMED, HYPHENS)) == ["The Organisation of", "Representation"]
    assert lines(unpatched(NAMED, HYPHENS)) != ["The Organisation of", "Representation"]


def test_keeps_a_name_whole_even_across_a_page_break(printed):
    css = HYPHENS + "@page { size: 60mm 12mm; margin: 3mm } p { margin: 0; orphans: 1; widows: 1 }"
    with pypdfium2.PdfDocument(printed(NAMED, css)) as pdf:
        assert [page.get_textpage().get_text_bounded().strip() for page in pdf] == [
            "The Organisation of",
            "Representation",
        ]


def test_hyphenates_the_other_paragraphs(printed):
    found = lines(printed(f"{NAMED}<p>The organisation of representation</p>", HYPHENS))
    assert found[:2] == ["The Organisation of", "Representation"]
    assert re.split(r"[\ufffe\x02-]", " ".join(found[2:])) == ["The organisation of repres", "entation"]


def test_divides_a_name_at_its_own_hyphen(printed):
    found = lines(printed("<p>The people of Southern-Queensland</p>", HYPHENS))
    assert re.split(r"[\ufffe\x02-]", " ".join(found)) == ["The people of Southern", "Queensland"]


NOTED = f'<div class="aside"><p>A<span class="note">Its note.</span></p></div>{"<p>Line</p>" * 16}'
FULL = (
    "@page { size: 100mm; margin: 10mm } body { margin: 0 } p { margin: 0 0 0 20mm; line-height: 5mm; orphans: 1; widows: 1 }"
    ".aside { position: absolute } .note { float: footnote }"
)


def test_leaves_room_for_the_note_of_a_positioned_box(printed):
    assert "\n".join(lines(unpatched(NOTED, FULL))).count("Line") == 16
    assert "\n".join(lines(printed(NOTED, FULL))).count("Line") < 16
    assert "Its note." in lines(printed(NOTED, FULL))[-1]


def test_sets_text_in_a_drawing_as_one_kerned_run(printed):
    [(text, width)] = runs(printed(drawing(TEXT.format("", "AVATAR To Wye"))))
    [(_, on_page)] = runs(printed('<p style="font-size: 20px">AVATAR To Wye</p>'))
    assert text == "AVATAR To Wye"
    assert width == pytest.approx(on_page, abs=0.2)


@pytest.mark.parametrize("own", [' letter-spacing="4"', ' rotate="0 20 0"', ' textLength="200"', ' dx="0 5 5"'])
def test_draws_letters_with_individual_positions_one_by_one(own, printed):
    assert len(runs(printed(drawing(TEXT.format(own, "AVATAR"))))) == 6


def test_anchors_text_in_a_drawing_at_its_end(printed):
    [begins], [ends] = (
        text_bounds(printed(drawing(TEXT.format(own, "AVATAR").replace("10", "200"))))
        for own in ("", ' text-anchor="end"')
    )
    assert ends[2] == pytest.approx(begins[0], abs=1)


STRAIGHT = "M10.5 20L-30 40.25L50 6ZM1 2L3 4"
PATH = '<path d="{}" fill="none" stroke="black"/>'


def steps_of(pdf: bytes) -> list[tuple[bytes, ...]]:
    """Return the operators of the straight lines on the first page."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
        return re.findall(rb"(-?[\d.]+) (-?[\d.]+) ([ml])\n|\n(h)\n", file.pages[0].Contents.read_bytes())


@pytest.mark.parametrize("number", ["50", "0", "-7.123456", "30.00"])
def test_draws_a_path_of_straight_lines_as_weasyprint_does(printed, number):
    """The last step is written in two ways, the second of which WeasyPrint's own parser reads."""
    straight = STRAIGHT.replace("50", number)
    ours, theirs = (
        steps_of(printed(drawing(PATH.format(steps)))) for steps in (straight, straight.replace("L3 4", "l2 2"))
    )
    assert (b"10.5", b"20", b"m", b"") in ours
    assert theirs == [(b"0", b"0", b"m", b""), *ours]


@pytest.mark.parametrize("number", ["05", "5e1", "5."])
def test_leaves_a_number_that_a_pdf_writes_differently_to_weasyprint(printed, number):
    """WeasyPrint begins each path with a step to the corner."""
    steps = STRAIGHT.replace("50", number)
    assert steps_of(printed(drawing(PATH.format(steps))))[0][:2] == (b"0", b"0")


STYLED = """html { --gap: 0.5em; line-height: 1.5 } ul { margin: var(--gap) 0; padding-left: 1em } li::before { content: "x"; color: blue }
table { border-collapse: collapse; padding: 4px; margin: 0 auto } td { border: 1px solid; padding: calc(1em + 2px); margin: inherit }
h1 { float: right; font-size: 2em; border-bottom: 0.1em solid } h1 em { display: inherit; text-decoration: underline }"""
MUCH = """<h1>A <em>word</em></h1><ul><li>One</li><li>Two <b>and</b></li></ul>
<table><tr><td>Three</td><td id="four">Four</td></tr></table>"""


def test_makes_the_same_bytes_with_and_without_kept_styles(printed):
    styles._KEPT.clear()
    first = printed(MUCH, STYLED)
    assert styles._KEPT
    printed(MUCH.replace("One", "One, and more"), STYLED)
    assert printed(MUCH, STYLED) == first


def sizes(pdf: bytes) -> list[float]:
    """Return the size of each run of type in points."""
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
@pytest.mark.parametrize("tag", ["html", "div"])
def test_applies_a_changed_style_to_the_next_piece(printed, tag, css):
    """A paragraph of 1.5 em changes size with any style above it, though its own stays the same."""
    body, rules = "<div><p>A word</p></div>", "p { font-size: 1.5em }"
    (before,) = sizes(printed(body, rules))
    (after,) = sizes(printed(body, rules + css.format(tag)))
    assert (before, after) == (15.9, 20 if tag == "p" else 30)


def test_computes_viewport_units_from_the_page_of_each_piece(printed):
    """The style sheets are equal, but the pages differ in width."""
    starts = [
        text_bounds(printed("<p>A word</p>", f"@page{{size:{width}mm 297mm;margin:0}}body{{margin:0 0 0 50vw}}"))[0][0]
        for width in (200, 100, 200)
    ]
    assert starts[0] == starts[2]
    assert starts[0] - starts[1] == pytest.approx(50 * 72 / 25.4, abs=1)


def test_reports_a_warning_about_a_computed_style_for_each_piece(printed):
    for text in ("one", "another"):
        printed(f"<p>{text} <b>word</b></p>", "p { font-size: calc(1em * 1em) }", problems=1)


IMPOSSIBLE = ["calc(1em * sqrt(-1))", "calc(1px * log(0))", "pow(0, -1)"]


@pytest.mark.parametrize("value", IMPOSSIBLE)
def test_reports_an_invalid_calculation(printed, value):
    printed("<p>a</p>", "p { margin-top: calc(1em + var(--none)) }", problems=1)
    printed("<p>a</p>", f"p {{ margin-top: {value} }}", problems=1)
    printed("<p>a</p>", f"p {{ --some: {value}; margin-left: calc(1em + var(--some)) }}", problems=2)


HEADING = "<h1>A street with a crossing is a street that a child can cross safely</h1>"


def test_removes_the_patches_after_each_piece(printed):
    from weasyprint import css, svg  # noqa: PLC0415 -- as WeasyPrint has them now
    from weasyprint.layout import block  # noqa: PLC0415 -- as above

    def now() -> list[int]:
        parts = (block.block_level_width, svg.text, svg.TAGS, css.resolve_math, css.INITIAL_VALUES, css.ComputedStyle)
        return [*map(id, (*parts, css.StyleFor.set_computed_styles))]

    before = now()
    with patched():
        assert not set(before) & set(now())
    printed(HEADING)
    assert now() == before


def languages(pdf: bytes) -> list[tuple[str, str]]:
    """Return the type and language of each element of a PDF that has a language."""
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as file:
        elements = [
            each for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/Lang" in each
        ]
        return [(str(each.S), str(each.Lang)) for each in elements]


PASSAGE = '<p>Say <span lang="tl">kumusta po</span> to <span>everyone</span>.</p>'


def test_tags_the_language_of_a_passage(printed):
    assert languages(printed(PASSAGE)) == [("/Span", "tl")]


def test_hyphenates_a_passage_by_its_own_language(printed):
    word = "representation"
    divided = printed(f"<p>The organisation of {word}</p>", HYPHENS)
    whole = printed(f'<p>The organisation of <span lang="tl">{word}</span></p>', HYPHENS)
    assert word not in " ".join(lines(divided))
    assert word in " ".join(lines(whole))


def test_text_after_a_hidden_element_is_not_hidden_with_it():
    html = weasyprint.HTML(string="<p>Walk <b style='display: none'>out of sight</b> to school</p>")
    assert hidden.find(html, html.render(), [], FontConfiguration()).texts == ("out of sight",)


TWO_LAYOUTS = ['<div style="display: flex"><p>Hello</p></div>', '<div style="column-count: 2"><p>Hello you</p></div>']
DROP_CAP = "p::first-letter { float: left; font-size: 3em }"


@pytest.mark.parametrize("html", TWO_LAYOUTS)
def test_floats_a_first_letter_where_content_is_laid_out_twice(printed, html):
    assert "".join(lines(printed(html, DROP_CAP))[0]).startswith("H")

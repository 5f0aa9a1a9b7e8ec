"""The areas of links that can be clicked, and the names that screen readers say."""

import io

import pypdfium2
import pytest

from printed import opened, printed

DOT = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
BODY = '<p style="line-height: {}">See <a href="https://walk.example/">the site</a>.</p>'


def height_pt(line_height: str) -> float:
    with opened(printed(BODY.format(line_height))) as pdf:
        _, bottom, _, top = (float(end) for end in pdf.pages[0].Annots[0].Rect)
    return abs(top - bottom)


@pytest.mark.parametrize(("line_height", "wanted_pt"), [("0", 11), ("0.5", 11), ("20pt", 20)])
def test_a_link_is_at_least_as_high_as_its_type(line_height, wanted_pt):
    assert height_pt(line_height) == pytest.approx(wanted_pt, abs=0.1)


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("the <b>site</b>", "the site"),
        (f'<img alt="Our site" title="Other" src="{DOT}">', "Our site"),
        (f'See <img alt="our site" src="{DOT}">', "See our site"),
    ],
)
def test_a_link_is_named_by_its_text_and_the_alternative_text_of_its_images(inside, name):
    with opened(printed(f'<p><a href="https://walk.example/">{inside}</a></p>')) as pdf:
        assert str(pdf.pages[0].Annots[0].Contents) == name


BESIDE = """<style>h2 {{ break-after: avoid }} .beside {{ float: left; break-inside: avoid }}</style>
<div style="height: 540pt">Before</div><section><h2>Heading</h2><div class="beside">{}</div>{}</section>"""
FLOATS = ['<p style="height: 200pt; break-inside: avoid">Beside</p>', "<p>Beside</p>" * 12]


def pages_of(float_, *words):
    """Return the pages with each word, if a float under a heading has no room on the first."""
    with pypdfium2.PdfDocument(io.BytesIO(printed(BESIDE.format(float_, "<p>Text</p>" * 12)))) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    return [[number for number, text in enumerate(texts, start=1) if word in text] for word in words]


@pytest.mark.parametrize("float_", FLOATS)
def test_a_heading_goes_to_the_next_page_with_the_float_below_it(float_):
    assert pages_of(float_, "Before", "Heading", "Beside", "Text") == [[1], [2], [2], [2]]


def test_the_rest_of_a_broken_float_goes_with_the_block_that_is_moved():
    unbroken = '<p style="break-before: avoid; height: 200pt">Text</p>'
    html = BESIDE.format(FLOATS[1], unbroken).replace("; break-inside: avoid }", " }")
    counts = []
    for patches in (False, True):
        with pypdfium2.PdfDocument(io.BytesIO(printed(html, patches=patches))) as pdf:
            counts.append("".join(page.get_textpage().get_text_bounded() for page in pdf).count("Beside"))
    assert counts[0] > counts[1] == FLOATS[1].count("Beside")

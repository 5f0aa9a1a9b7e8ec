"""The marks of charts and maps are compared with what they are drawn over, on the page."""

from urllib.parse import quote

import pytest

from briefpack.checks import marks
from briefpack.geometry import Rectangle
from printed import judged, piece

PALE, DARK, GROUND = "#DDE5E8", "#2C6E7F", "#16243A"


def figure(*shapes: str, css: str = "") -> str:
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='60' height='40'>{''.join(shapes)}</svg>"
    return f'<p style="{css}"><img alt="A chart" src="data:image/svg+xml,{quote(svg)}"></p>'


def told(*shapes: str) -> str:
    """Return a drawing that only shows what its page says, under a pale rule."""
    hidden = figure(*shapes).replace("<img", "<img aria-hidden='true' aria-details='said'")
    return f"<p id='said' style='border-top: 1pt solid {PALE}'>As said.</p>{hidden}"


def bar(colour: str, more: str = "", left: int = 4) -> str:
    return f"<rect x='{left}' y='4' width='20' height='30' fill='{colour}' {more}/>"


def comb(colour: str) -> str:
    """Return strokes as thin as those of small letters, with few pixels that they fill."""
    teeth = "".join(f"M{4 + 1.9 * nth:.1f} 4h.7v6h-.7z" for nth in range(8))
    return f"<path d='{teeth}M4 7h14v.7h-14z' fill='{colour}'/>"


def line(colour: str, width: float) -> str:
    return f"<path fill='none' d='M2 2L50 30' stroke='{colour}' stroke-width='{width}'/>"


def coast(colour: str) -> str:
    return f"<path aria-hidden='true' fill='none' d='M2 2L50 30' stroke='{colour}' stroke-width='0.6'/>"


def sliver(colour: str, left: float, width: float) -> str:
    """Return a short bar, much of which is below the line of zero."""
    line = f"<path d='M{left + 0.4} 2v30' stroke='{GROUND}' aria-hidden='true'/>"
    return f"<rect x='{left}' y='4' width='{width}' height='20' fill='{colour}'/>{line}"


@pytest.mark.parametrize(
    "body",
    [
        figure(bar(DARK)),
        told(bar(DARK)),
        figure(sliver("#C8452D", 4.3, 1.35)),
        figure(comb("#5B6470")),
        figure(bar(PALE, f"stroke='{DARK}'")),
        figure(f"<g aria-hidden='true'>{bar(PALE)}</g>", bar(DARK, left=30)),
        figure(bar(GROUND), "<rect x='8' y='8' width='9' height='9' fill='#FFFFFF'/>"),
        figure(bar("#FFFFFF"), css=f"background: {GROUND}"),
        figure(line(DARK, 0.4)),
        figure(bar(DARK, "opacity='0.9'")),
        figure(bar("#FFFFFF")),
        figure(coast("#9DA5AA"), bar("#FFFFFF")),
    ],
)
def test_takes_marks_that_stand_out(body):
    assert judged("mark-contrast", piece(body)) == []


@pytest.mark.parametrize(
    ("body", "ratio", "more"),
    [
        (figure(bar(PALE)), "1.28", ""),
        (figure(comb(PALE)), "1.28", ""),
        (figure(bar(PALE), bar(PALE, left=30)), "1.28", ", and 1 more mark"),
        (figure(bar(DARK), css=f"background: {GROUND}"), "2.70", ""),
        (figure(bar(DARK, "opacity='0.4'")), "1.82", ""),
        (figure(bar(DARK), "<rect x='8' y='8' width='9' height='9' fill='#4A8A9A'/>"), "1.48", ""),
        (figure(line(PALE, 1)), "1.28", ""),
    ],
)
def test_finds_a_mark_that_hardly_shows(body, ratio, more):
    message = f'a mark of "A chart" has a contrast of {ratio}:1 with what is behind it; it needs 3:1{more}'
    assert judged("mark-contrast", piece(body)) == [message]


def test_judges_a_drawing_that_is_told_in_words():
    assert judged("mark-contrast", piece(told(bar(PALE)))) == [
        'a mark of "a drawing told in words" has a contrast of 1.28:1 with what is behind it; it needs 3:1'
    ]


def test_judges_no_shape_that_is_not_in_a_figure():
    ornament = figure(bar(PALE)).replace("<img", '<img aria-hidden="true"')
    assert judged("mark-contrast", piece(ornament)) == []


@pytest.mark.parametrize(("width_pt", "px_per_pt"), [(10, 16), (500, 8**0.5), (5000, 2)])
def test_looks_closer_at_a_large_mark_with_fewer_pixels(width_pt, px_per_pt):
    assert marks._closer_px_per_pt(Rectangle(0, 0, width_pt, width_pt)) == pytest.approx(px_per_pt)

"""Charts and images that may grow take the free height of their page, or of their row."""

import pypdfium2
import pytest

from briefpack import typeset
from briefpack.geometry import MM_PER_PT
from briefpack.layout.model import Fit, Pages
from briefpack.pages import MADE, Piece
from briefpack.plan import Drawing
from briefpack.store import Store

PAGE_MM = 257
STYLE = """html { font: 10pt/1.4 "Source Sans 3" }
body, p { margin: 0 }
img { display: block; width: 60mm }
.sheet { display: flow-root; break-before: page }
.row { display: table }
.row > div { display: table-cell; vertical-align: top; width: 70mm }
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60mm" height="30mm"/>'
RED = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" preserveAspectRatio="none">'
    b'<rect width="10" height="10" fill="red"/></svg>'
)
SENTENCE = "A street near a school should be slow, and have a crossing. "


@pytest.fixture
def laid(project, growth):
    """Return a function that lays out a body whose charts may grow."""

    def taller(name: str, more_mm: float) -> str:
        growth[name] = more_mm
        Store(project.store).put(f"taller-{name}", RED)
        return f"taller-{name}"

    def lay(body: str, *images: str, fit: Fit | None = None) -> typeset.Typeset:
        (project.root / "layouts/tiny/own.css").write_text(STYLE, encoding="utf-8")
        kept = Store(project.store)
        kept.ready()
        for name in ("one", "two", "photograph"):
            kept.put(name, SVG)
        files = dict.fromkeys(
            [*(f"{MADE}{name}.svg" for name in ("one", "two", "photograph")), "/layouts/tiny/own.css"], ""
        )
        charts = tuple((name, Drawing("bars", (), 60, 30)) for name in ("one", "two") if name not in images)
        html = f'<!DOCTYPE html><html lang="en-AU"><head><title>T</title></head><body>{body}</body></html>'
        piece = Piece(
            name="a piece", page="tiny/body.html", html=html, css="@page{size:210mm 297mm;margin:20mm}",
            styles=("tiny/own.css",), files=files, limit=Pages(at_most=9),
            fits={"page": fit or Fit(fit="1.00 to 1.00", pages=Pages(at_most=9))}, slots={}, room={},
            smallest_type_pt=5, tagged=True, charts=charts, key="k",
        )  # fmt: skip
        growth.clear()
        return typeset.piece(piece, project.root, kept, taller)

    return lay


@pytest.fixture
def growth():
    """Return the growth of each chart of the body that was laid out last, by name."""
    return {}


@pytest.fixture
def grown(laid, growth):
    """Return a function that lays out a body and returns the growth of each of its charts, by name."""

    def lay(body: str, *images: str, fit: Fit | None = None) -> dict[str, float]:
        assert laid(body, *images, fit=fit).pdf
        return {**growth}

    return lay


def drawing(name: str, most_mm: float = 300) -> str:
    return f'<img src="{MADE}{name}.svg" alt="{name}" data-grow="{most_mm}" style="height: 30mm">'


def sheet(body: str) -> str:
    return f'<section class="sheet" id="part" data-fit="page">{body}</section>'


def test_a_chart_fills_its_page(grown):
    assert grown(sheet(drawing("one"))) == {"one": pytest.approx(PAGE_MM - 30, abs=2)}


def test_a_chart_grows_no_more_than_it_may(grown):
    assert grown(sheet(drawing("one", 25))) == {"one": 25}


def test_two_charts_share_the_height_and_one_leaves_the_other_what_it_cannot_take(grown):
    free = PAGE_MM - 60
    assert grown(sheet(drawing("one") + drawing("two"))) == {
        "one": pytest.approx(free / 2, abs=2),
        "two": pytest.approx(free / 2, abs=2),
    }
    assert grown(sheet(drawing("one", 20) + drawing("two"))) == {"one": 20, "two": pytest.approx(free - 20, abs=2)}


def test_an_image_takes_only_what_charts_leave(grown):
    both = sheet(drawing("one", 20) + drawing("photograph", 30))
    assert grown(both) == {"one": 20, "photograph": 30}
    assert grown(sheet(drawing("one") + drawing("photograph"))) == {"one": pytest.approx(PAGE_MM - 60, abs=2)}


def test_a_chart_in_a_row_grows_to_the_foot_of_the_tallest_cell(grown):
    text = f"<p>{SENTENCE * 20}</p>"
    row = sheet(f'<div class="row" data-fill><div>{drawing("one")}<p>Source.</p></div><div>{text}</div></div>')
    [(name, found)] = grown(row).items()
    assert name == "one"
    assert 40 < found < 120
    assert grown(row.replace(SENTENCE * 20, SENTENCE)) == {}


def test_words_for_screen_readers_alone_take_no_height_of_a_chart(grown):
    heard = f'<div style="position: absolute; clip: rect(0, 0, 0, 0)">{SENTENCE * 20}</div>'
    row = f'<div class="row" data-fill><div>{drawing("one")}%s</div><div><p>{SENTENCE * 20}</p></div></div>'
    assert grown(sheet(row % heard)) == grown(sheet(row % ""))
    assert grown(sheet(row % f"<p>{SENTENCE * 20}</p>")) == {}


def test_the_last_of_several_pages_is_not_filled(grown):
    long = f"<p>{SENTENCE * 200}</p>"
    assert grown(sheet(long + drawing("one"))) == {}
    moved = sheet(f"{drawing('one')}<p>{SENTENCE * 60}</p>{drawing('two').replace('30mm', '230mm')}")
    assert list(grown(moved)) == ["one"]


def test_overset_text_comes_before_growth(grown):
    full = Fit(fit="1.00 to 1.00", pages=Pages(exactly=1))
    assert grown(sheet(drawing("one") + f"<p>{SENTENCE * 400}</p>"), fit=full) == {}


def test_what_is_below_a_grown_chart_moves_down_and_its_new_drawing_is_as_tall(laid, growth):
    made = laid(sheet(f"{drawing('one', 25)}<p>Below the chart.</p>"))
    with pypdfium2.PdfDocument(made.pdf) as pdf:
        [chart] = pdf[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH])
        _, foot, _, head = chart.get_bounds()
        below = pdf[0].get_textpage().get_charbox(0)[3]
    assert growth == {"one": 25}
    assert (head - foot) * MM_PER_PT == pytest.approx(55, abs=0.1)
    assert 0 <= (foot - below) * MM_PER_PT < 3

"""Parts that follow each other share pages, in one piece."""

import io

import pypdfium2
import pytest

from briefpack.brief.blocks import KeyFigure
from briefpack.layout.model import Fit, Pages, PieceSpec
from briefpack.pages.runs import Part, Run
from briefpack.plan import Item, PlannedPiece, Seen
from sections import Bench

NAMES = ("tides", "winds", "rivers")


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Bench:
    return Bench("plain", tmp_path_factory.mktemp("store"))


def section(bench, name, count, **more):
    """Return a section with a heading and a label of its own, and some words."""
    words = {"heading": f"About {name}", "label": f"{name} in short", **more}
    return bench.section(count, name).model_copy(update=words)


def texts(pdf):
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def laid_out(bench, part_id, *sections, **parts):
    """Return the piece that has a part, laid out, and the text of each of its pages."""
    planned, pieces = bench.pieces(*sections, **parts)
    [piece] = [each for each in pieces if f'id="{part_id}"' in each.html]
    made, pdf = bench.lay_out(planned, piece)
    assert [problem.text for problem in made.problems if not problem.warning] == []
    return piece, made, texts(pdf)


@pytest.mark.parametrize(("count", "heads"), [(430, ("section winds",)), (450, ())])
def test_says_which_parts_begin_a_page_in_any_case(bench, count, heads):
    _, made, _ = laid_out(bench, "section-tides", *(section(bench, name, count) for name in NAMES[:2]))
    assert (made.heads, made.anchors["section-winds"]) == (heads, 1)


def test_where_a_brief_says_so_a_section_starts_a_page(bench):
    parts = [section(bench, "tides", 60), section(bench, "winds", 60, start="page"), section(bench, "rivers", 60)]
    piece, _, [page] = laid_out(bench, "section-winds", *parts)
    assert piece.name == "national-pack: section winds to section rivers"
    assert "About tides" not in page


def test_where_a_layout_says_so_a_piece_shares_its_pages_with_no_other(bench):
    _, pieces = bench.pieces(section(bench, "tides", 60))
    own = {"section tides"} | {f"theme {theme.id}" for theme in bench.brief.brief.themes}
    assert own <= {each.name.partition(": ")[2] for each in pieces}


@pytest.mark.parametrize("count", [330, 390])
def test_a_heading_that_begins_at_the_foot_of_a_page_has_three_lines_of_its_text_there(bench, count):
    parts = [section(bench, "tides", count), section(bench, "winds", 300)]
    _, made, pages = laid_out(bench, "section-tides", *parts)
    assert {each.check for each in made.problems} <= {"underfull-page"}
    [page] = [text for text in pages if "About winds" in text]
    assert len(page.partition("About winds")[2].split()) > 3 * 9


def test_what_is_beside_a_part_is_on_the_page_of_its_heading(bench):
    figure = next(iter(bench.brief.brief.figures))
    own = bench.section(120).blocks
    key = own[0].model_copy(update={"text": None, "figure": KeyFigure(figure=figure, caption="A caption of its own")})
    parts = [section(bench, "tides", 360), section(bench, "winds", 120, blocks=(key, *own))]
    _, _, pages = laid_out(bench, "section-tides", *parts)
    [page] = [text for text in pages if "A caption of its own" in text]
    assert "About winds" in page


def test_a_running_head_names_the_part_that_its_page_begins_in(bench):
    parts = [section(bench, "tides", 420), section(bench, "winds", 60)]
    _, _, pages = laid_out(bench, "appendix-tides", appendices=tuple(parts))
    assert len(pages) == 2
    # Running heads come last.
    assert "About winds" in pages[1]
    assert all(text.endswith("Appendix 1") for text in pages)


FITS = {"free": Fit(fit="0.95 to 1.00"), "whole": Fit(fit="0.95 to 1.00", pages=Pages(exactly=1))}
SEEN = Seen(halves=frozenset({"short a"}), longs=frozenset({"long a"}), heads=frozenset({"b head"}))


def part(name="a", *, body="body", fit="free", inside="", starts_page=False, **spec):
    """Return a part with one sheet, as planned."""
    planned = PlannedPiece(
        PieceSpec(**{"id": name, "page": "a.html", **spec}), (), Item("section", name, 1, starts_page)
    )
    sheet = f'<section id="{name}" data-fit="{fit}">{inside}</section>'
    return Part(planned, f'<html><body class="{body}">\n{sheet}\n</body></html>')


@pytest.mark.parametrize(
    ("first", "second", "shares"),
    [
        ({}, {}, True), ({}, {"starts_page": True}, False),
        ({}, {"name": "head", "id": "b"}, False), ({}, {"starts": "page"}, False),
        ({}, {"starts": "half"}, False), ({"id": "short", "starts": "half"}, {}, True),
    ],
)  # fmt: skip
def test_parts_share_pages_if_nothing_keeps_them_apart(first, second, shares):
    assert (
        Run((part(**{"name": "a", **first}),)).takes(part(**{"name": "b", **second}), SEEN, FITS, ["panel"]) is shares
    )


def test_parts_that_share_pages_are_one_sheet_in_the_page_of_the_first():
    run = Run((part("a"), part("b", inside='<p>data-fit="free"</p>')))
    assert run.html == (
        '<html><body class="body">\n<div data-run id="from-a" data-fit="free">\n<section id="a" data-part="a a"></section>\n\n'
        '<section id="b" data-part="b b"><p>data-fit="free"</p></section>\n</div>\n</body></html>'
    )
    assert run.planned.name == "a a to b b"

"""A piece that fails, or takes too long, stops no other."""

import dataclasses

import pypdfium2
import pytest

from briefpack import charts, layout, pages, plan, store
from briefpack.build.jobs import laying_out
from briefpack.build.jobs.draw import Draw
from briefpack.layout.model import Fit, Pages
from briefpack.pages import Piece
from briefpack.plan.expected import Press
from briefpack.store import Store
from projects import english
from sheets import printing


@pytest.fixture
def pieces(project):
    """The pieces of the sample's documents, with the store and root that a worker needs."""
    brief = plan.read_brief(project, "tiny")
    found = layout.load(project, "tiny", "screen")
    planned = plan.make(brief, found, plan.Wanted())
    kept = Store(project.store)
    common = charts.made_from(found.look, english(), project.root, None)
    drawn = {each: charts.key(each, common, project.root) for each in planned.drawings}
    for wanted in drawn.items():
        assert Draw(found.look, english(), project.root, kept, None, common)(wanted) is None
    writer = pages.composer(planned, project.root, drawn, kept)
    return kept, [piece for document in planned.documents for piece in pages.compose(writer, document).pieces]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_stops_a_piece_that_takes_too_long(project, pieces):
    kept, found = pieces
    # Fonts and style sheets are read first, so that the time runs out over the text alone, and no file is left open.
    assert laying_out.LayOut(project.root, kept, plan.Expected())(found[0]).sound
    endless = found[0].html.replace("</body>", "<p>Words without end.</p>" * 20_000 + "</body>")
    long = dataclasses.replace(found[0], html=endless, key=store.key("long"))
    laid_out = laying_out.LayOut(project.root, kept, plan.Expected(), seconds=0.2)(long)
    assert [problem.message for problem in laid_out.problems] == [f"{found[0].name} takes longer than 0.2 seconds"]
    assert kept.get(long.key) is None
    assert laying_out.LayOut(project.root, kept, plan.Expected())(found[0]).sound


def test_a_piece_that_fails_stops_no_other(project, pieces):
    kept, found = pieces
    broken = dataclasses.replace(found[0], styles=("tiny/not-there.css",))
    laid_out = laying_out.LayOut(project.root, kept, plan.Expected())(broken)
    assert found[0].name in laid_out.problems[0].message
    assert not laid_out.sound
    assert laying_out.LayOut(project.root, kept, plan.Expected())(found[1]).sound


def test_keeps_a_refused_piece_apart_from_those_that_can_be_bound(project, pieces):
    kept, found = pieces
    broken = dataclasses.replace(found[0], html=found[0].html.replace("</body>", '<img src="not-there.png"></body>'))
    for _ in range(2):
        laid_out = laying_out.LayOut(project.root, kept, plan.Expected())(broken)
        assert not laid_out.sound
        assert laying_out.stored(kept, broken.key) is None
    assert laying_out.stored(kept, laying_out.refused_key(broken.key)) == laid_out
    assert laying_out.pdf(kept, laying_out.refused_key(broken.key)).startswith(b"%PDF-")


def test_keeps_a_piece_with_a_colour_that_has_no_ink(project, pieces):
    kept, found = pieces
    press = Press(3.0, 300, "FOGRA39", project.root, {}, ())
    laid_out = laying_out.LayOut(project.root, kept, plan.Expected(press=press))(found[0])
    assert "has no ink" in laid_out.problems[0].message
    assert laying_out.pdf(kept, laying_out.refused_key(found[0].key)).startswith(b"%PDF-")


STYLE = """html { font: 10pt/1.4 "Source Sans 3"; hyphens: none }
body, p, ul { margin: 0; padding: 0 }
ul { list-style: none }
.sheet { display: flow-root }
"""
ROOM_MM = 100
LINE_MM = 10 * 1.4 * 25.4 / 72


def listed(rows: int, more: int = 0, name: str = "row") -> str:
    """Return a list of rows, of which all but the first may go, and the line about those that aren't in it."""
    items = "".join(
        f"<li{_spare(rows + more - index) if index else ''}><b>{name}</b> {index}, Suburb</li>" for index in range(rows)
    )
    rest = f'<p class="more">and {more} more</p>' if more else ""
    return f'<div data-field="list"><ul class="items">{items}</ul>\n{rest}</div>'


def _spare(rest: int) -> str:
    return f' data-spare="and {rest} more"'


def made_of(body: str, digest: str = "") -> Piece:
    """Return a piece with one sheet, which has to fit on a page with room for 20 lines."""
    html = f'<!DOCTYPE html><html lang="en-AU"><head><title>T</title></head><body>{body}</body></html>'
    return Piece(
        name="a piece", page="tiny/body.html", **printing(html), css=f"@page{{size:210mm {ROOM_MM}mm;margin:0}}",
        styles=("tiny/own.css",), files={"/layouts/tiny/own.css": digest}, limit=Pages(exactly=1),
        fits={"page": Fit(fit="1.00 to 1.00", pages=Pages(exactly=1))}, slots={}, room={}, smallest_type_pt=5,
        tagged=True, key="k",
    )  # fmt: skip


@pytest.fixture
def printed(project):
    """Return a function that lays out lines and lists, and returns the rows that print and the overset fields."""
    style = project.root / "layouts/tiny/own.css"
    style.write_text(STYLE, encoding="utf-8")
    kept = Store(project.store)
    kept.ready()

    def lay(lines: int, *lists: str) -> tuple[list[str], list[str]]:
        text = "".join(f"<p>Line {number}.</p>" for number in range(lines))
        body = f'<section class="sheet" id="part" data-fit="page">{text}{"".join(lists)}</section>'
        laid_out = laying_out.LayOut(project.root, kept, plan.Expected())(made_of(body, store.file_key(style)))
        pdf = laying_out.pdf(kept, "k") or laying_out.pdf(kept, laying_out.refused_key("k"))
        with pypdfium2.PdfDocument(pdf) as document:
            words = [line.strip() for page in document for line in page.get_textpage().get_text_range().split("\n")]
        return [each for each in words if not each.startswith("Line")], [spill.field for spill in laid_out.spills]

    return lay


ROOM = int(ROOM_MM / LINE_MM)


def test_a_list_that_fits_keeps_its_rows(printed):
    rows, spills = printed(ROOM - 4, listed(4))
    assert rows == [f"row {number}, Suburb" for number in range(4)]
    assert not spills


def test_leaves_out_as_many_rows_as_its_page_has_no_room_for(printed):
    assert printed(ROOM - 3, listed(5)) == (["row 0, Suburb", "row 1, Suburb", "and 3 more"], [])


def test_counts_rows_that_were_left_out_before(printed):
    assert printed(ROOM - 4, listed(4, more=7)) == (
        ["row 0, Suburb", "row 1, Suburb", "row 2, Suburb", "and 8 more"],
        [],
    )


def test_takes_rows_from_the_list_that_has_most(printed):
    rows, spills = printed(ROOM - 6, listed(2), listed(5, name="other"))
    assert rows == [
        "row 0, Suburb",
        "row 1, Suburb",
        "other 0, Suburb",
        "other 1, Suburb",
        "other 2, Suburb",
        "and 2 more",
    ]
    assert not spills


def test_a_page_that_has_no_room_for_one_row_is_refused(printed):
    rows, spills = printed(ROOM - 1, listed(3, more=2))
    assert rows == ["row 0, Suburb", "and 4 more"]
    assert spills == ["list"]


MM = 72 / 25.4
SIZE = "other: {width_mm: 119, height_mm: 20, row_mm: 12}"
HEAD = '    """Draw rows as bars, in groups if they have any."""\n'
PATH = "out/tiny/tiny/screen/national/national-pack.pdf"


@pytest.fixture
def built(project, command, edit):
    """Return a function that builds the sample and returns how high the lines of each page are, in mm."""
    edit("layouts/tiny/blocks.html", 'style="width', 'data-grow="{{ shown.grow_mm }}" style="width')

    def build() -> list[list[float]]:
        assert command("build", "--jobs", "1", "--quiet").exit_code == 0
        with pypdfium2.PdfDocument(project.root / PATH) as pdf:
            return [_lines(page.get_textpage()) for page in pdf]

    return build


def _lines(text) -> list[float]:
    return sorted(round(text.get_rect(index)[1] / MM) for index in range(text.count_rects()))


@pytest.mark.part(name="lengths")
def test_charts_grow_into_the_free_height_of_their_pages(built, edit):
    before = built()
    edit("layouts/tiny/layout.yaml", SIZE, SIZE.replace("12}", "12, grow_mm: 40}"), count=2)
    after = built()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed
    # Captions and the text below them go down; nothing goes up, or off the page.
    assert all(sum(new) < sum(old) and min(new) == min(old) for old, new in changed)


@pytest.mark.part(name="builds")
def test_a_chart_that_cannot_be_drawn_taller_keeps_its_height(built, edit):
    before = built()
    edit("layouts/tiny/layout.yaml", SIZE, SIZE.replace("12}", "12, grow_mm: 40}"), count=2)
    edit("charts/bars.py", HEAD, f"{HEAD}    if ax.get_ylim()[1] > 60:\n        look.refuse_rows('it is too tall')\n")
    assert built() == before

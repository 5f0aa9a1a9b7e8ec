"""A list leaves out rows, and says how many, rather than let its page be refused."""

import pypdfium2
import pytest

from briefpack import plan, store
from briefpack.jobs import fewer_rows, laying_out
from briefpack.layout.model import Fit, Pages
from briefpack.pages import Piece
from briefpack.store import Store

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
        name="a piece", page="tiny/body.html", html=html, css=f"@page{{size:210mm {ROOM_MM}mm;margin:0}}",
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


def test_a_piece_without_a_list_has_no_rows_to_spare():
    assert fewer_rows.of(made_of("<ul><li>Only</li></ul>")) is None


def test_marks_of_the_language_stay_as_they_were_written():
    spare = made_of(
        '<ul><li>One</li><li class="x" data-spare="noch 2 &amp; mehr">Two</li><li>Three</li></ul><p>End</p>'
    )
    fewer = fewer_rows.of(spare)
    assert fewer is not None
    assert '<ul><li>One</li></ul><p class="more">noch 2 &amp; mehr</p><p>End</p>' in fewer.html

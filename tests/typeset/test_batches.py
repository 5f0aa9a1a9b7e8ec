"""Pieces that one process lays out after each other: none leaves anything behind that shows in another."""

import pypdfium2
import pytest

from briefpack import typeset
from briefpack.layout.model import Box, Pages
from briefpack.pages import Piece
from briefpack.project import Project
from briefpack.store import Store
from briefpack.typeset import style_sheets
from briefpack.typeset.weasyprint import styles

STYLE = """html { font: 10pt/1.4 "Source Sans 3" }
body { counter-reset: step }
h1 { string-set: title content(); font-size: 3vw }
li { counter-increment: step }
li::before { content: counter(step) ". " }
.note { float: footnote }
a::after { content: " (page " target-counter(attr(href url), page) ")" }
.late { break-before: page }
@page { @top-left { content: string(title) } @bottom-left { content: counter(page) " of " counter(pages) } }
"""
BODIES = {
    "plain": "<p>A hotel without a safe crossing for anybody to use.</p>",
    "counted": "<h1>Steps</h1><ol><li>Look.<li>Wait.<li>Cross.</ol>",
    "counted again": "<h1>More steps</h1><ol><li>Stop.<li>Go.</ol>",
    "linked": '<h1>Streets</h1><p><a href="#here">See</a></p><p class="late" id="here">Here.</p>',
    "same id": '<h1>Roads</h1><p id="here">Here.</p><p><a href="#here">Back</a></p>',
    "noted": '<p>Speed<span class="note">A first note.</span> kills<span class="note">A second note.</span></p>',
    "noted again": '<p>Slow<span class="note">The only note.</span></p>',
    "French": '<p>A <span lang="fr">rue</span> in <em>Durack</em></p>',
    "table": "<table><thead><tr><th>Year<th>Deaths<tbody><tr><th>2024<td>12</table>",
}
SIZES = (Box(width_mm=174, height_mm=58), Box(width_mm=82, height_mm=40))


@pytest.fixture
def pieces(project: Project) -> dict[str, Piece]:
    (project.root / "layouts/tiny/own.css").write_text(STYLE, encoding="utf-8")
    return {name: piece(name, body, SIZES[order % 2]) for order, (name, body) in enumerate(BODIES.items())}


def piece(name: str, body: str, size: Box) -> Piece:
    html = f'<!DOCTYPE html><html lang="en-AU"><head><meta charset="utf-8"><title>T</title></head><body>{body}</body></html>'
    return Piece(
        name=name, page="tiny/body.html", html=html, styles=("tiny/own.css",), key=name, tagged=True, room={}, slots={},
        css=f"@page{{size:{size.width_mm:g}mm {size.height_mm:g}mm;margin:8mm}}", files={"/layouts/tiny/own.css"},
        limit=Pages(at_most=9), fits={}, smallest_type_pt=5,
    )  # fmt: skip


def forget() -> None:
    """Forget all that the process keeps of the pieces that it has laid out."""
    styles._KEPT.clear()
    style_sheets.forget()
    style_sheets.FONTS.values.clear()


def laid_out(project: Project, found: Piece) -> tuple[bytes, str]:
    """Return the bytes and the text of a piece."""
    made = typeset.piece(found, project.root, Store(project.store))
    assert not made.problems
    data = made.pdf
    with pypdfium2.PdfDocument(data) as pdf:
        return data, "\f".join(page.get_textpage().get_text_bounded() for page in pdf)


@pytest.fixture
def alone(project: Project, pieces: dict[str, Piece]) -> dict[str, tuple[bytes, str]]:
    """Return each piece as it is laid out by a process that has laid out no other."""
    made = {}
    for name, found in pieces.items():
        forget()
        made[name] = laid_out(project, found)
    return made


NAMES = [*BODIES]
ORDERS = {
    "in order, twice": NAMES * 2,
    "backwards": NAMES[::-1],
    "by name": sorted(NAMES),
    "every third, then the rest": [*NAMES[::3], *NAMES[1::3], *NAMES[2::3]],
    "each twice": [name for name in NAMES for _ in range(2)],
}


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_piece_is_the_same_alone_and_after_any_others(project, pieces, alone, order):
    forget()
    for name in order:
        data, text = laid_out(project, pieces[name])
        assert text == alone[name][1], name
        assert data == alone[name][0], name


def test_counters_running_titles_notes_and_ids_are_those_of_the_piece(alone):
    assert "More steps" in alone["counted again"][1]
    assert "1. Stop." in alone["counted again"][1]
    assert "(page 2)" in alone["linked"][1]
    assert "2 of 2" in alone["linked"][1]
    assert "(page 1)" in alone["same id"][1]
    assert [name for name, (_, text) in alone.items() if "only note" in text] == ["noted again"]

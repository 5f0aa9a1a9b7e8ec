"""A chart that may grow is drawn again at its new height, and the page shows that drawing."""

import pypdfium2
import pytest

from briefpack.jobs import growing
from briefpack.pages import MADE, Piece

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


def test_a_taller_chart_takes_the_place_of_the_other():
    tag = f'<img src="{MADE}old.svg" alt="" style="width: 60mm; height: 30.5mm">'
    files = {f"{MADE}old.svg": "old", f"{MADE}other.svg": "other"}
    piece = Piece("p", "a.html", tag, "", (), files, None, {}, {}, {}, 5, True)
    found = growing._exchanged(piece, "old", "new", 12.25)
    assert found.html == f'<img src="{MADE}new.svg" alt="" style="width: 60mm; height: 42.75mm">'
    assert set(found.files) == {f"{MADE}new.svg", f"{MADE}other.svg"}

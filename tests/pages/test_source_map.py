"""From an element of a page back to its template, its line, its tag and the author's field."""

import pytest

from briefpack.geometry import Rectangle
from briefpack.layout.model import Pages
from briefpack.pages import Piece, source_map
from briefpack.pages.source_map import Shown, Source

TEMPLATE = """<div class="a">
<p class="b" id="x">one<br>two</p>
<img src="a.png">
</div>"""


def piece(html: str) -> Piece:
    plain, sources = source_map.separated(html)
    return Piece(
        name="a: b", page="a/b.html", html=source_map.numbered(plain), css="", styles=(), files={}, limit=Pages(at_most=1),
        fits={}, slots={}, room={}, smallest_type_pt=5, tagged=True, sources=sources,
    )  # fmt: skip


def source(made: Piece, number: int) -> Source | None:
    return source_map.source(made.html, made.sources, number)


def test_a_page_without_its_marks_is_as_it_was_written():
    marked = source_map.OF_END.sub(r"\1", source_map.marked(TEMPLATE, "a/b.html"))
    assert source_map.separated(marked)[0] == TEMPLATE


def test_leads_from_a_tag_to_the_line_of_its_template():
    made = piece(source_map.marked(TEMPLATE, "a/b.html"))
    assert source(made, 0) == Source("layouts/a/b.html", 1, '<div class="a">', "")
    assert source(made, 1) == Source("layouts/a/b.html", 2, '<p class="b">', "")
    # A tag without a mark has that of the element around it.
    assert source(made, 2) == Source("layouts/a/b.html", 2, "<br>", "")
    assert source(made, 3) == Source("layouts/a/b.html", 3, "<img>", "", "a.png")
    assert source(made, 9) is None


@pytest.mark.parametrize(
    ("html", "fields"),
    [
        ("<p>{asks.0.title}</p><p>b</p>", ["asks.0.title", ""]),
        ("<p><b>label</b> {asks.0.title}<i>c</i></p>", ["asks.0.title", "", "asks.0.title"]),
        ("<ul><li>{points.0}<li>b</ul><p>{points.1}</p>", ["", "points.0", "points.0", "points.1"]),
        ('<img alt="{asks.0.title}"><p>b</p>', ["", ""]),
    ],
)
def test_a_field_is_that_of_the_element_in_which_its_text_begins(html, fields):
    for name in ("asks.0.title", "points.0", "points.1"):
        html = html.replace(f"{{{name}}}", source_map.named("x", "x", {id("x"): name}))
    made = piece(source_map.marked(html, "a.html"))
    assert "<!--" not in made.html
    found = [source(made, number) for number in range(len(fields))]
    assert [each and each.field for each in found] == fields


def test_finds_the_text_that_is_most_nearly_at_a_place():
    made = piece(source_map.marked(TEMPLATE, "a/b.html"))
    picture, line, elsewhere = (
        (3, Rectangle(0, 0, 200, 200)),
        (1, Rectangle(10, 10, 90, 20)),
        (0, Rectangle(0, 0, 1, 1)),
    )
    places = source_map.packed([(1, *picture), (1, *line), (2, *elsewhere)])

    def tag(box: Rectangle, page: int = 1) -> str:
        found = source_map.at([Shown(made, places, page, box)])
        return found.tag if found else ""

    assert tag(Rectangle(12, 11, 80, 20)) == '<p class="b">'
    assert tag(Rectangle(5, 0, 190, 180)) == "<img>"
    assert not tag(Rectangle(300, 300, 310, 310))
    assert not tag(Rectangle(12, 11, 80, 20), page=2)


def test_finds_the_part_that_ends_above_a_place_by_its_heading_or_its_last_text():
    boats, fish = (source_map.named("x", "Words", {id("x"): f"asks.{index}.title"}) for index in (0, 1))
    html = f'<h2>{boats}</h2><p>Label</p><a href="#fish">{fish}</a><img><p>Below</p>'
    made = piece(source_map.marked(html, "a/b.html"))
    boxes = [Rectangle(0, foot, 90, foot + 9) for foot in (90, 70, 60, 50, 20)]
    places = source_map.packed((1, number, box) for number, box in enumerate(boxes))
    gap = Rectangle(0, 30, 90, 50)
    found = source_map.above([Shown(made, places, 1, gap)])
    assert (found and found.field) == "asks.0.title"
    listed = piece(source_map.marked(f"<h2>{boats}</h2><p>Label</p><p>{fish}</p><img><p>Below</p>", "a/b.html"))
    found = source_map.above([Shown(listed, places, 1, gap)])
    assert (found and found.field) == "asks.0.title"
    run_over = piece(source_map.marked(f"<p>{boats}</p><p>Label</p><p>{fish}</p><img><p>Below</p>", "a/b.html"))
    found = source_map.above([Shown(run_over, places, 1, gap)])
    assert (found and found.field) == "asks.1.title"
    without = piece(source_map.marked("<h2>Boats</h2><p>Label</p><p>Fish</p><img><p>Below</p>", "a/b.html"))
    found = source_map.above([Shown(without, places, 1, gap)])
    assert (found and found.tag) == "<img>"

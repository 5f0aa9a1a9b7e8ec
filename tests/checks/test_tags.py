"""Tags: each structure element of a page, with its texts, its scope and its marked content, in reading order."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from briefpack.checks.read import tags
from briefpack.checks.read.tags import Element


def element(kind: str, *kids, **keys):
    """A structure element; each kid is another element or a marked-content id."""

    def make(pdf: pikepdf.Pdf, parent: pikepdf.Object, page: pikepdf.Object, parents: dict) -> pikepdf.Object:
        made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, Pg=page, **keys))
        held = []
        for kid in kids:
            if isinstance(kid, int):
                parents[kid] = made
                held.append(kid)
            else:
                held.append(kid(pdf, made, page, parents))
        made.K = Array(held)
        return made

    return make


def tree(*pages) -> list[Element | None]:
    """The tags of each page, as they are read; a page is an element, or None for none."""
    pdf = pikepdf.Pdf.new()
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    kids, numbers = [], []
    for number, make in enumerate(pages):
        pdf.add_blank_page(page_size=(100, 100))
        page, parents = pdf.pages[number].obj, {}
        page.Contents = pdf.make_stream(b"".join(b"/P <</MCID %d>> BDC EMC " % mcid for mcid in range(9)))
        if make is None:
            continue
        page.StructParents = number
        kids.append(make(pdf, root, page, parents))
        numbers += [number, Array([parents.get(mcid, root) for mcid in range(max(parents) + 1)])]
    if kids:
        root.K, root.ParentTree = Array(kids), pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    data = io.BytesIO()
    pdf.save(data)
    with pypdfium2.PdfDocument(data.getvalue()) as opened:
        return [tags.read(page) for page in opened]


def only(make) -> Element:
    """The outermost element of a page."""
    (root,) = tree(make)
    (kid,) = root.kids
    return kid


def test_a_page_without_tags_has_none():
    assert tree(None) == [None]


def test_a_page_of_a_tagged_file_may_have_none():
    first, second = tree(element("P", 0), None)
    assert first is not None
    assert second is None


def test_each_page_has_its_own_elements():
    first, second = tree(element("H1", 0), element("P", 0))
    assert [[kid.kind for kid in page.kids] for page in (first, second)] == [["H1"], ["P"]]


def test_elements_are_walked_in_reading_order():
    found = only(element("Sect", element("H2", 0), element("L", element("LI", 1), element("LI", 2)), element("P", 3)))
    assert [each.kind for each in found.walk()] == ["Sect", "H2", "L", "LI", "LI", "P"]


def test_an_element_has_the_marked_content_of_those_in_it_and_knows_its_own():
    found = only(element("P", 0, element("Span", 2), 1))
    assert found.mcids == [0, 1]
    assert sorted(found.content) == [0, 1, 2]


def test_the_first_marked_content_counts():
    assert only(element("P", 0)).mcids == [0]


@pytest.mark.parametrize("kind", ["Figure", "Formula"])
def test_a_figure_has_its_alternative_text(kind):
    assert only(element(kind, 0, Alt="A map of Wick")).alt == "A map of Wick"
    assert only(element(kind, 0)).alt == ""


def test_alternative_text_of_other_elements_is_only_spoken():
    found = only(element("Span", 0, Alt="Doctor"))
    assert (found.alt, found.spoken) == ("", ("Doctor",))


def test_every_text_of_an_element_is_spoken():
    found = only(element("Figure", 0, Alt="alt", ActualText="actual", T="title", E="expansion"))
    assert found.spoken == ("alt", "actual", "title", "expansion")
    assert only(element("P", 0)).spoken == ()


@pytest.mark.parametrize("scope", ["Row", "Column", "Both"])
def test_a_header_cell_has_its_scope(scope):
    assert only(element("TH", 0, A=Dictionary(O=Name.Table, Scope=Name(f"/{scope}")))).scope == scope


def test_the_scope_may_be_in_any_of_several_attributes():
    several = Array([Dictionary(O=Name.Layout, Width=3), Dictionary(O=Name.Table, Scope=Name.Row)])
    assert only(element("TH", 0, A=several)).scope == "Row"


def test_a_scope_that_is_no_name_or_not_given_is_none():
    assert only(element("TH", 0, A=Dictionary(O=Name.Table, Scope=3))).scope == ""
    assert only(element("TH", 0)).scope == ""


def test_only_header_cells_have_a_scope():
    assert only(element("TD", 0, A=Dictionary(O=Name.Table, Scope=Name.Row))).scope == ""


@pytest.mark.parametrize("letters", [0, 1, 4094, 4095, 4096, 5000])
def test_a_text_of_any_length_is_read_whole(letters):
    text = ("Größe ✓ " * 700)[:letters]
    assert only(element("Figure", 0, Alt=text)).alt == text


def test_a_short_text_after_a_long_one_has_none_of_it():
    found = only(element("Sect", element("Figure", 0, Alt="x" * 4000), element("Figure", 1, Alt="map")))
    assert [each.alt for each in found.kids] == ["x" * 4000, "map"]


def test_there_are_six_levels_of_headings():
    assert [tags.HEADINGS.get(f"H{level}") for level in ("", 0, 1, 2, 6, 7)] == [None, None, 1, 2, 6, None]

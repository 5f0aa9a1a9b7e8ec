"""Tags: each structure element of a page in reading order, with its texts, scope and marked content."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from briefpack.checks.read import tags
from briefpack.checks.read.tags import Element


def element(kind: str, *kids, **keys):
    """Return a function that makes a structure element; each kid is another element or a marked-content id."""

    def make(pdf: pikepdf.Pdf, parent: pikepdf.Object, page: pikepdf.Object, parents: dict) -> pikepdf.Object:
        made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, Pg=page, **keys))
        content = []
        for kid in kids:
            if isinstance(kid, int):
                parents[kid] = made
                content.append(kid)
            else:
                content.append(kid(pdf, made, page, parents))
        made.K = Array(content)
        return made

    return make


def tree(*pages) -> list[Element | None]:
    """Return the tags read from each page, given as an element or None."""
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
    """Return the outermost element of a page."""
    (root,) = tree(make)
    (kid,) = root.kids
    return kid


def test_reads_no_tags_from_an_untagged_page():
    assert tree(None) == [None]


def test_distinguishes_an_elements_own_marked_content_from_that_of_its_kids():
    found = only(element("P", 0, element("Span", 2), 1))
    assert [part for part in found.parts if isinstance(part, int)] == [0, 1]
    assert found.content == [0, 2, 1]


@pytest.mark.parametrize("kind", ["Figure", "Formula"])
def test_reads_the_alternative_text_of_a_figure(kind):
    assert only(element(kind, 0, Alt="A map of Wick")).alt == "A map of Wick"
    assert only(element(kind, 0)).alt == ""


def test_reads_every_spoken_text_of_an_element():
    found = only(element("Figure", 0, Alt="alt", ActualText="actual", T="title", E="expansion"))
    assert found.spoken == ("alt", "actual", "title", "expansion")
    assert only(element("P", 0)).spoken == ()


@pytest.mark.parametrize("scope", ["Row", "Column", "Both"])
def test_reads_the_scope_of_a_header_cell(scope):
    assert only(element("TH", 0, A=Dictionary(O=Name.Table, Scope=Name(f"/{scope}")))).scope == scope


@pytest.mark.parametrize("summary", ["All costs", "Größe – in Mio. €", "Μία ✓", "One of any length, " * 500])
def test_reads_the_summary_of_a_table(summary):
    assert only(element("Table", 0, A=Dictionary(O=Name.Table, Summary=String(summary)))).summary == summary


@pytest.mark.parametrize("letters", [0, 1, 4094, 4095, 4096, 5000])
def test_reads_a_text_of_any_length(letters):
    text = ("Größe ✓ " * 700)[:letters]
    assert only(element("Figure", 0, Alt=text)).alt == text

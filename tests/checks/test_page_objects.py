"""Page objects: each run of type, image and shape on a page, with its position and size."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from briefpack.checks.read import page_objects
from briefpack.checks.read.page_objects import PageObjects, Run

TEXT = "BT /F 10 Tf 20 100 Td (Words) Tj ET "


def font(name: str = "Helvetica") -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"))


def read(content: str, **resources) -> PageObjects:
    """Return the objects on a page; resources are the drawings and images that its content names."""
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(600, 800))
    items = Dictionary({f"/{name}": make(pdf) for name, make in resources.items()})
    pdf.pages[0].Contents = pdf.make_stream(content.encode())
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font()), XObject=items)
    data = io.BytesIO()
    pdf.save(data)
    with pypdfium2.PdfDocument(data.getvalue()) as opened:
        page = opened[0]
        return page_objects.read(page, page.get_textpage(), {})


def drawing(content: str, matrix: tuple = (1, 0, 0, 1, 0, 0), **inner):
    def make(pdf: pikepdf.Pdf) -> pikepdf.Object:
        stream = pdf.make_stream(content.encode())
        stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([-900, -900, 900, 900])
        stream.Matrix = Array(list(matrix))
        items = Dictionary({f"/{name}": each(pdf) for name, each in inner.items()})
        stream.Resources = Dictionary(Font=Dictionary(F=font()), XObject=items)
        return stream

    return make


def only(content: str, **resources) -> Run:
    (run,) = read(content, **resources).runs
    return run


def test_reads_the_text_size_colour_and_font_of_a_run():
    run = only("0.2 0.4 0.6 rg " + TEXT)
    assert (run.text, run.colour) == ("Words", (51, 102, 153, 255))
    assert run.size_pt == pytest.approx(10)
    assert (run.font.family, run.font.embedded) == ("Helvetica", False)
    assert (run.upright, run.printed, run.clipped, run.mcid) == (True, True, False, -1)


def test_ignores_marked_content_ids_inside_a_drawing():
    run = only("/D Do", D=drawing(f"/P <</MCID 7>> BDC {TEXT} EMC"))
    assert (run.mcid, run.clipped) == (-1, True)


@pytest.mark.parametrize(
    ("matrix", "size_pt"), [((2, 0, 0, 2, 0, 0), 20), ((0.5, 0, 0, 2, 0, 0), 10), ((0, 3, -3, 0, 300, 0), 30), ((1, 0, 0, -1, 0, 800), 10)]
)  # fmt: skip
def test_scales_the_type_in_a_drawing(matrix, size_pt):
    assert only("/D Do", D=drawing(TEXT, matrix)).size_pt == pytest.approx(size_pt)


@pytest.mark.parametrize(
    ("turn", "upright"),
    [
        ("1 0 0 1", True), ("1 0 0 -1", True), ("0 1 -1 0", True), ("0.7 0.7 -0.7 0.7", False)],
)  # fmt: skip
def test_counts_only_type_at_quarter_turns_as_upright(turn, upright):
    assert only(f"BT /F 10 Tf {turn} 300 300 Tm (Words) Tj ET").upright is upright


@pytest.mark.parametrize(("mode", "printed"), [(0, True), (1, True), (2, True), (3, False)])
def test_recognises_invisible_type(mode, printed):
    assert only(f"BT /F 10 Tf {mode} Tr 20 100 Td (Words) Tj ET").printed is printed


def test_recognises_type_cut_by_a_clipping_path():
    assert only("25 0 300 300 re W n " + TEXT).clipped


def nested(depth: int):
    return drawing(TEXT) if depth == 1 else drawing("/D Do", D=nested(depth - 1))


@pytest.mark.parametrize(("depth", "runs"), [(8, 1), (9, 0)])
def test_reads_drawings_nested_up_to_eight_levels(depth, runs):
    assert len(read("/D Do", D=nested(depth)).runs) == runs

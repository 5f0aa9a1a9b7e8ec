"""Press marks: boxes and crop marks for any bleed, clipping to the bleed, and PDF/X-4 identification."""

import datetime
import io
from pathlib import Path

import pikepdf
import pytest

from briefpack import bind
from briefpack.bind import catalog
from briefpack.plan import Facts, Press

ROOT = Path(__file__).parents[2]
FACTS = Facts("Bread & <roses>", "A", "S", ("k",), "en-AU", datetime.date(2026, 7, 1), "briefpack test")
MM = 72 / 25.4
CONTENT = b"1 0 0 -1 0 200 cm 0 0 0 1 k 0 0 100 200 re f"


def press(bleed_mm: float = 3) -> Press:
    profile = ROOT / "layouts/shared/profiles/fogra39-coated.icc"
    return Press(bleed_mm, 300, "FOGRA39", profile, {}, ())


def piece() -> bytes:
    """A page with a link, and a tag."""
    with pikepdf.Pdf.new() as made:
        made.add_blank_page(page_size=(100, 200))
        page, data = made.pages[0], io.BytesIO()
        page.Contents = made.make_stream(CONTENT)
        page.obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link)])
        page.obj.StructParents = 0
        made.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
        made.save(data)
    return data.getvalue()


def made(bleed_mm: float = 3) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(bind.document((piece(),), (), FACTS, press(bleed_mm))))


@pytest.mark.parametrize("bleed_mm", [0, 3])
def test_each_box_is_within_the_next(bleed_mm):
    with made(bleed_mm) as pdf:
        page = pdf.pages[0].obj
        boxes = [[float(side) for side in page[box]] for box in ("/TrimBox", "/BleedBox", "/MediaBox")]
    cut, bleed, media = boxes
    around, slug = bleed_mm * MM, (bleed_mm + 7) * MM
    assert cut == [0, 0, 100, 200]
    assert bleed == pytest.approx([-around, -around, 100 + around, 200 + around], abs=0.001)
    assert media == pytest.approx([-slug, -slug, 100 + slug, 200 + slug], abs=0.001)


def lines(pdf: pikepdf.Pdf) -> list[tuple]:
    """The start and end of each line on a page."""
    found, at = [], ()
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        if str(operator) == "m":
            at = tuple(map(float, operands))
        elif str(operator) == "l":
            found.append((*at, *map(float, operands)))
    return found


@pytest.mark.parametrize("bleed_mm", [0, 3])
def test_two_marks_at_each_corner_are_a_millimetre_clear_of_the_bleed(bleed_mm):
    marks = lines(made(bleed_mm))
    assert len(marks) == 8
    near, far = (bleed_mm + 1) * MM, (bleed_mm + 6) * MM
    for x1, y1, x2, y2 in marks:
        assert x1 == x2 or y1 == y2
        across = y1 == y2
        start, end, size, fixed, edges = (x1, x2, 100, y1, {0, 200}) if across else (y1, y2, 200, x1, {0, 100})
        assert fixed in edges
        assert sorted(max(-each, each - size) for each in (start, end)) == pytest.approx([near, far], abs=0.001)
    assert len({(x2, y2) for _, _, x2, y2 in marks}) == 8


def test_the_page_is_clipped_to_its_bleed():
    with made() as pdf:
        start, held, _ = (stream.read_bytes() for stream in pdf.pages[0].Contents)
    assert start.startswith(b"q -8.5039 -8.5039 117.0079 217.0079 re W n q")
    assert held == CONTENT


def test_has_no_tags_or_links():
    pdf = made()
    assert not {"/StructTreeRoot", "/MarkInfo"} & set(pdf.Root.keys())
    assert not {"/Annots", "/StructParents"} & set(pdf.pages[0].obj.keys())


def test_has_the_title_and_an_id_of_the_document():
    with made() as opened, opened.open_metadata() as meta:
        assert meta["dc:title"] == str(opened.docinfo.Title) == FACTS.title
        assert meta["xmp:CreateDate"] == "2026-07-01T00:00:00Z"
        assert str(opened.docinfo.CreationDate) == "D:20260701000000Z"
    assert (
        "<xmpMM:DocumentID>uuid:00010203-0405-0607-0809-0a0b0c0d0e0f<"
        in catalog.press_standard(bytes(range(32))).elements
    )

"""Copies of several documents in one PDF."""

import io

import pypdfium2
from pikepdf import Pdf

from briefpack.paper import copies
from numbered import made, page

PACK = "national/national-pack.pdf"


def test_each_copy_begins_on_the_front_of_a_sheet():
    data = copies.join([(made(1, text="First sheet"), 1), (made(3), 2), (made(1, text="Leaflet"), 3)], "T", "en-AU")
    with pypdfium2.PdfDocument(data) as pdf:
        texts = [each.get_textpage().get_text_bounded().strip() for each in pdf]
        sizes = {tuple(round(side) for side in pdf.get_page_size(number)) for number in range(len(pdf))}
    copy = [page(1), page(2), page(3), ""]
    assert texts == ["First sheet", "", *copy, *copy, *(["Leaflet", ""] * 3)]
    assert sizes == {(595, 842)}


def test_joined_copies_have_a_title_and_print_on_both_sides(sample_build):
    whole = (sample_build[2] / PACK).read_bytes()
    data = copies.join([(whole, 2)], "Everything & more", "en-AU")
    with Pdf.open(io.BytesIO(data)) as pdf:
        wishes = pdf.Root.ViewerPreferences
        assert (str(wishes.Duplex), str(wishes.PrintScaling)) == ("/DuplexFlipLongEdge", "/None")
        assert (pdf.docinfo.Title, pdf.Root.Lang) == ("Everything & more", "en-AU")
        assert not any("/Annots" in each.obj for each in pdf.pages)
        assert pdf.check_pdf_syntax() == []
    assert len(data) < 1.2 * len(whole)
    assert copies.join([(whole, 2)], "Everything & more", "en-AU") == data


def test_copies_are_for_paper_and_claim_nothing(sample_build):
    data = copies.join([((sample_build[2] / PACK).read_bytes(), 2)], "T", "en-AU")
    with Pdf.open(io.BytesIO(data)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert "/OutputIntents" not in pdf.Root
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()

"""Copies of several documents in one PDF."""

import io
import zlib

import page as validator
import pypdfium2
import pytest
from pikepdf import Dictionary, Pdf

from briefpack.paper import copies, printable
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


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_copies_of_tagged_documents_are_accessible_and_can_be_archived(sample_build, profile):
    data = copies.join([((sample_build[2] / PACK).read_bytes(), 2)], "T", "en-AU")
    report = validator.validate_pdf_bytes(data, profile=profile)
    assert report.is_compliant, report


def test_copies_of_a_document_without_tags_claim_nothing():
    with Pdf.open(io.BytesIO(copies.join([(made(1), 2)], "T", "en-AU"))) as pdf:
        assert "/OutputIntents" not in pdf.Root
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()


def ending_with_a_return() -> bytes:
    """Return a text that ends with a carriage return once qpdf has compressed it: its checksum comes last."""
    texts = (b"% " + bytes([65 + number % 26] * (1 + number // 26)) + b"\n" for number in range(50_000))
    return next(text for text in texts if zlib.adler32(text) % 256 == ord("\r"))


def test_no_stream_ends_with_a_carriage_return():
    with Pdf.open(io.BytesIO(made(1))) as pdf:
        pdf.pages[0].contents_add(ending_with_a_return())
        # So many objects that one of the streams that hold them is likely to end with one too.
        pdf.Root.Kept = pdf.make_indirect(
            [pdf.make_indirect(Dictionary(Number=number, Squared=number**2)) for number in range(40_000)]
        )
        data = printable.save(pdf, "T", "en-AU", "two-up")
    assert b"\r\nendstream" not in data
    with Pdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert ending_with_a_return() in b"".join(each.read_bytes() for each in pdf.pages[0].Contents)

"""Output intents: the declarations that a print shop reads first."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from briefpack.checks.read import opening
from briefpack.checks.read.opening import Declared


def file(*intents, version: str = "", annotated: int | None = None) -> pikepdf.Pdf:
    """Return a PDF of three pages with output intents, each a kind and its profile's channels or None."""
    pdf = pikepdf.Pdf.new()
    for _ in range(3):
        pdf.add_blank_page(page_size=(100, 100))
    made = []
    for kind, channels in intents:
        profile = {} if channels is None else {"/DestOutputProfile": pdf.make_stream(b"icc", {"/N": channels})}
        made.append(Dictionary({"/Type": Name.OutputIntent, "/S": Name(f"/{kind}"), **profile}))
    if made:
        pdf.Root.OutputIntents = Array(made)
    if version:
        pdf.Root.Metadata = pdf.make_stream(f"<pdfxid:GTS_PDFXVersion>{version}</pdfxid:GTS_PDFXVersion>".encode())
    if annotated:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 1, 1]))
        pdf.pages[annotated - 1].obj.Annots = Array([link])
    data = io.BytesIO()
    pdf.save(data, fix_metadata_version=False)
    return pikepdf.Pdf.open(data)


def test_reads_no_declaration_from_a_plain_file():
    assert opening.declared(file()) == Declared("", 0, None)


def test_reads_version_channels_and_the_first_page_with_annotations():
    data = file(("GTS_PDFX", 4), version="PDF/X-4", annotated=2)
    assert opening.declared(data) == Declared("PDF/X-4", 4, 2)


@pytest.mark.parametrize(("intent", "channels"), [(("GTS_PDFX", None), 0), (("GTS_PDFA1", 4), 0), (("GTS_PDFX", 3), 3)])
def test_counts_only_the_profile_of_a_pdfx_intent(intent, channels):
    assert opening.declared(file(intent)).channels == channels

"""Prepare a document for a press: page boxes, crop marks, output intent and PDF/X-4 identification."""

import uuid

from pikepdf import Name

from briefpack.bind.xmp import Intent, Standard
from briefpack.geometry import PT_PER_MM, Rectangle
from briefpack.plan import Press
from briefpack.plan.expected import MARKS_MM

# Crop marks stay clear of the bleed, so that none shows on the page if the cut is slightly off.
CLEAR_MM = 1.0
LENGTH_MM = 5.0
MARK_PT = 0.25
VERSION = "1.6"
"""The PDF version of PDF/X-4 (ISO 15930-7)."""


def boxes(trim: Rectangle, bleed_mm: float) -> dict[str, Rectangle]:
    """Return a page's trim, bleed and media boxes (ISO 32000-1, 14.11.2), with room for crop marks."""
    return {
        "TrimBox": trim,
        "BleedBox": trim.grown(bleed_mm * PT_PER_MM),
        "MediaBox": trim.grown((bleed_mm + MARKS_MM) * PT_PER_MM),
    }


def clip(trim: Rectangle, bleed_mm: float) -> bytes:
    """Return the operators that begin a page's content and clip it to the bleed."""
    left, bottom, right, top = trim.grown(bleed_mm * PT_PER_MM)
    return f"q {left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n q\n".encode()


def marks(trim: Rectangle, bleed_mm: float) -> bytes:
    """Return the operators that end a page's content: black crop marks at each corner, in line with the trim."""
    left, bottom, right, top = trim
    near, far = ((bleed_mm + more) * PT_PER_MM for more in (CLEAR_MM, CLEAR_MM + LENGTH_MM))
    across = [(x - away * near, x - away * far, y, y) for x, away in ((left, 1), (right, -1)) for y in (bottom, top)]
    down = [(x, x, y - away * near, y - away * far) for y, away in ((bottom, 1), (top, -1)) for x in (left, right)]
    lines = (f"{x1:.4f} {y1:.4f} m {x2:.4f} {y2:.4f} l S\n" for x1, x2, y1, y2 in (*across, *down))
    return f"Q Q\nq 0 0 0 1 K {MARK_PT:g} w\n{''.join(lines)}Q\n".encode()


def intent(press: Press) -> Intent:
    """Return the output intent of a file for a press."""
    return Intent("GTS_PDFX", press.condition, 4, press.profile.read_bytes(), REGISTRY)


def standard(identity: bytes) -> Standard:
    """Return the declarations of a PDF/X-4 file: the standard, and a document id (ISO 15930-7)."""
    elements = ELEMENTS.format(id=f"uuid:{uuid.UUID(bytes=identity[:16])}")
    return Standard(SPACES, elements, info={"Trapped": Name("/False"), "GTS_PDFXVersion": "PDF/X-4"})


SPACES = """ xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/\""""
ELEMENTS = """<pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>{id}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"""
REGISTRY = "http://www.color.org"

"""What a press needs of a document: boxes, crop marks, a printing condition, and PDF/X-4 marks of identity."""

import uuid

from pikepdf import Name

from briefpack.galley import Sides
from briefpack.metadata import Intent, Standard
from briefpack.plan import Press

PT_PER_MM = 72 / 25.4
# A mark stands clear of the bleed, so that a knife a little off cuts no mark into the sheet.
CLEAR_MM = 1.0
LENGTH_MM = 5.0
EDGE_MM = 1.0
MARK_PT = 0.25
VERSION = "1.6"
"""The version of PDF that PDF/X-4 is made of (ISO 15930-7)."""


def boxes(trim: Sides, bleed_mm: float) -> dict[str, Sides]:
    """A page's boxes (ISO 32000-1, 14.11.2): cut, bleed, and the sheet with its marks."""
    return {
        "TrimBox": trim,
        "BleedBox": _grown(trim, bleed_mm),
        "MediaBox": _grown(trim, bleed_mm + CLEAR_MM + LENGTH_MM + EDGE_MM),
    }


def clip(trim: Sides, bleed_mm: float) -> bytes:
    """What begins a page's content, so that nothing of it is seen beyond its bleed."""
    left, bottom, right, top = _grown(trim, bleed_mm)
    return f"q {left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n q\n".encode()


def marks(trim: Sides, bleed_mm: float) -> bytes:
    """What ends it: two lines at each corner, in line with the sheet's edges, in black ink alone."""
    left, bottom, right, top = trim
    near, far = ((bleed_mm + more) * PT_PER_MM for more in (CLEAR_MM, CLEAR_MM + LENGTH_MM))
    across = [(x - away * near, x - away * far, y, y) for x, away in ((left, 1), (right, -1)) for y in (bottom, top)]
    down = [(x, x, y - away * near, y - away * far) for y, away in ((bottom, 1), (top, -1)) for x in (left, right)]
    lines = (f"{x1:.4f} {y1:.4f} m {x2:.4f} {y2:.4f} l S\n" for x1, x2, y1, y2 in (*across, *down))
    return f"Q Q\nq 0 0 0 1 K {MARK_PT:g} w\n{''.join(lines)}Q\n".encode()


def intent(press: Press) -> Intent:
    """The printing condition that a press's file is made for."""
    return Intent("GTS_PDFX", press.condition, 4, press.profile.read_bytes(), REGISTRY)


def _grown(box: Sides, by_mm: float) -> Sides:
    left, bottom, right, top = box
    by = by_mm * PT_PER_MM
    return left - by, bottom - by, right + by, top + by


def standard(identity: bytes) -> Standard:
    """What a file says that keeps to PDF/X-4: the standard, and an id of its own (ISO 15930-7)."""
    elements = ELEMENTS.format(id=f"uuid:{uuid.UUID(bytes=identity[:16])}")
    return Standard(SPACES, elements, info={"Trapped": Name("/False"), "GTS_PDFXVersion": "PDF/X-4"})


SPACES = """ xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/\""""
ELEMENTS = """<pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>{id}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"""
REGISTRY = "http://www.color.org"

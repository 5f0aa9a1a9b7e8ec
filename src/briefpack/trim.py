"""Makes a bound PDF ready for a press: its boxes, crop marks, printing condition and PDF/X-4 marks of identity."""

import uuid

from pikepdf import Array, Dictionary, Name, Page, Pdf

from briefpack import metadata
from briefpack.metadata import Intent, Standard
from briefpack.plan import Facts, Press

PT_PER_MM = 72 / 25.4
# A mark stands clear of the bleed, so that a knife a little off cuts no mark into the sheet.
CLEAR_MM = 1.0
LENGTH_MM = 5.0
EDGE_MM = 1.0
MARK_PT = 0.25
VERSION = "1.6"
"""The version of PDF that PDF/X-4 is made of (ISO 15930-7)."""

Sides = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


def finish(out: Pdf, facts: Facts, press: Press, identity: bytes) -> None:
    """Finish a document of equal `identity` with equal marks; what a press has no use for goes: links, tags."""
    for page in out.pages:
        _strip(page)
        _mark(page, press.bleed_mm)
    for key in ("/StructTreeRoot", "/MarkInfo", "/Names", "/ViewerPreferences"):
        if key in out.Root:
            del out.Root[key]
    intent = Intent("GTS_PDFX", press.condition, 4, press.profile.read_bytes(), REGISTRY)
    metadata.intend(out, intent)
    metadata.write(out, facts, _identified(identity))


def _strip(page: Page) -> None:
    """Take from a page what only a screen follows (ISO 15930-7: no annotation stands on the sheet)."""
    for key in ("/Annots", "/StructParents", "/Tabs"):
        if key in page.obj:
            del page.obj[key]
    for item in page.obj.Resources.get("/XObject", Dictionary()).values():
        if "/StructParents" in item:
            del item["/StructParents"]


def _mark(page: Page, bleed_mm: float) -> None:
    """Give a page its boxes (ISO 32000-1, 14.11.2), crop marks, and nothing else beyond its bleed."""
    trim = tuple(float(side) for side in page.trimbox)
    bleed = _grown(trim, bleed_mm)
    for name, box in (
        ("/TrimBox", trim),
        ("/BleedBox", bleed),
        ("/MediaBox", _grown(trim, bleed_mm + CLEAR_MM + LENGTH_MM + EDGE_MM)),
    ):
        page.obj[name] = Array([round(side, 4) for side in box])
    left, bottom, right, top = bleed
    clip = f"q {left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n q\n"
    page.contents_add(clip.encode(), prepend=True)
    page.contents_add(b"Q Q\n" + _crop_marks(trim, bleed_mm).encode())


def _grown(box: tuple[float, ...], by_mm: float) -> Sides:
    left, bottom, right, top = box
    by = by_mm * PT_PER_MM
    return left - by, bottom - by, right + by, top + by


def _crop_marks(trim: tuple[float, ...], bleed_mm: float) -> str:
    """Two lines at each corner, in line with the sheet's edges, in black ink alone."""
    left, bottom, right, top = trim
    near, far = ((bleed_mm + more) * PT_PER_MM for more in (CLEAR_MM, CLEAR_MM + LENGTH_MM))
    across = [(x - away * near, x - away * far, y, y) for x, away in ((left, 1), (right, -1)) for y in (bottom, top)]
    down = [(x, x, y - away * near, y - away * far) for y, away in ((bottom, 1), (top, -1)) for x in (left, right)]
    lines = (f"{x1:.4f} {y1:.4f} m {x2:.4f} {y2:.4f} l S\n" for x1, x2, y1, y2 in (*across, *down))
    return f"q 0 0 0 1 K {MARK_PT:g} w\n{''.join(lines)}Q\n"


def _identified(identity: bytes) -> Standard:
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

"""Pieces as WeasyPrint makes them, and the contents of their PDFs, and what a check finds in one."""

import base64
import io
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pikepdf
import pypdfium2
import weasyprint

from briefpack import checks
from briefpack.geometry import Frame
from briefpack.plan import Expected, Part
from briefpack.typeset.weasyprint import patched, resources, spaces

FONTS = Path(__file__).parents[2] / "fonts"
NOTHING = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>').decode()
SLOT = f'<img id="panel" alt="slot: panel" src="data:image/svg+xml;base64,{NOTHING}" style="width:300pt;height:90pt;position:absolute;left:0;top:128pt">'

FIRST = f"""<h1 id="top">First heading</h1><p>Before the panel.</p>{SLOT}<p>After the panel.</p>
<p><a href="piece:far">To the other piece</a> and <a href="#top">to the top</a>.</p>"""
SECOND = """<h2>Second heading</h2><p>Text<span class="note">A note of page two.</span> with a note.</p>
<table><thead><tr><th>Ask</th><th>Cost</th></tr></thead><tbody><tr><th>Fund</th><td>5</td></tr></tbody></table>
<h3 style="break-before: page" id="far">Third heading</h3><p>More<span class="note">A note of page three.</span> and
<a href="https://walk.example/">a site</a>.</p><ul><li>One thing</li><li>Another</li></ul>"""
PANEL = """<p>Words of the panel, <a href="https://panel.example/">its site</a>, and <a href="https://two.example/">two</a>.</p>
<ul><li>Panel item</li></ul>"""


def printed(
    body: str,
    css: str = "",
    *,
    size: str = "595pt 842pt",
    margin: str = "72pt",
    tagged: bool = True,
    patches: bool = True,
) -> bytes:
    """Return a PDF as the typesetter makes it, or as WeasyPrint alone does."""
    style = f"""@page {{ size: {size}; margin: {margin}; {css} }} body {{ font: 11pt/1.4 "Source Sans 3"; margin: 0 }}
        p, ul, h1, h2, h3 {{ margin: 0 }} .note {{ float: footnote }}"""
    html = f'<html lang="en-AU"><head><title>T</title><link rel="stylesheet" href="fonts.css"><style>{style}</style></head><body>{body}</body></html>'
    with patched() if patches else nullcontext():
        document = weasyprint.HTML(string=html, base_url=f"{FONTS.as_uri()}/").render(pdf_variant="pdf/ua-1")
        spaces.keep(document.pages)
        options = {"pdf_variant": "pdf/ua-1", "pdf_tags": True} if tagged else {}
        return document.write_pdf(finisher=resources.share_out if patches else None, **options)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(data))


def kids(element) -> list:
    content = element.get("/K", [])
    return list(content) if isinstance(content, pikepdf.Array) else [content]


def children(element) -> list:
    """Return the elements directly under another."""
    return [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def elements(element) -> Iterator:
    """Yield an element and its descendants in reading order."""
    yield element
    for kid in children(element):
        yield from elements(kid)


def tree(pdf):
    return pdf.Root.StructTreeRoot.K[0]


def marks(stream) -> list[int]:
    """Return the marked-content ids in the content of a page or form."""
    tags = [operands[1] for operands, _ in pikepdf.parse_content_stream(stream, "BDC")]
    return [int(tag.MCID) for tag in tags if "/MCID" in tag]


def text_of(pdf_bytes: bytes, number: int, place: Frame | None = None) -> str:
    with pypdfium2.PdfDocument(pdf_bytes) as opened:
        sheet = opened[number]
        if place is None:
            return sheet.get_textpage().get_text_bounded()
        top = sheet.get_height() - place.top_pt
        right, bottom = place.left_pt + place.width_pt, top - place.height_pt
        return sheet.get_textpage().get_text_bounded(left=place.left_pt, bottom=bottom, right=right, top=top)


def piece(body: str, css: str = "") -> bytes:
    """Return a piece as the typesetter makes it."""
    return printed(f"<h1>A heading</h1>{body}", css)


def judged(check: str, data: bytes, html: str = "") -> list[str]:
    """Return what one check finds in a piece."""
    problems, _ = checks.piece(data, Expected(part=Part(html, 0.0)), "layouts/p.html")
    return [problem.text.removeprefix(f"{check}: page 1: ") for problem in problems if problem.check == check]

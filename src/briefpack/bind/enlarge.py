"""Enlarge the pages of a piece, for marks that would hide its text."""

import io

from pikepdf import Array, Pdf


def pages(data: bytes, head_pt: float, least_width_pt: float) -> bytes:
    """Return a PDF with room above the content of each page, and with no page narrower than a width."""
    changed = io.BytesIO()
    with Pdf.open(io.BytesIO(data)) as file:
        for page in file.pages:
            left, bottom, right, top = map(float, page.trimbox)
            page.mediabox = page.trimbox = Array([left, bottom, max(right, left + least_width_pt), top + head_pt])
        file.save(changed, deterministic_id=True)
    return changed.getvalue()

"""Save a PDF that asks to be printed at actual size."""

import io
from typing import Literal

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from briefpack import __version__

Duplex = Literal["Simplex", "DuplexFlipShortEdge", "DuplexFlipLongEdge"]
"""How a printer turns the sheets, as PDF names it."""


def save(out: Pdf, title: str, language: str, duplex: Duplex) -> bytes:
    """Return the bytes of a PDF with its title and print settings; equal arguments give equal bytes."""
    out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=Name(f"/{duplex}"))
    if language:
        out.Root.Lang = String(language)
    made_by = f"briefpack {__version__}"
    out.docinfo = out.make_indirect(Dictionary(Title=title, Creator=made_by, Producer=made_by))
    with out.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["pdf:Producer"] = metadata["xmp:CreatorTool"] = made_by
        if language:
            metadata["dc:language"] = [language]
    data = io.BytesIO()
    packed = pikepdf.ObjectStreamMode.generate
    # The Duplex preference needs PDF 1.7 (ISO 32000-1, table 150).
    out.save(data, min_version="1.7", deterministic_id=True, object_stream_mode=packed, compress_streams=True)
    return data.getvalue()

"""Save a PDF that asks to be printed at actual size."""

import io
from collections.abc import Mapping
from typing import Literal

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from briefpack import __version__

Kind = Literal["booklet", "two-up", "print-set"]
DUPLEX: Mapping[Kind, str] = {"booklet": "DuplexFlipShortEdge", "two-up": "Simplex", "print-set": "DuplexFlipLongEdge"}
"""How a printer turns the sheets of each kind of file, as PDF names it."""


def save(out: Pdf, title: str, language: str, kind: Kind) -> bytes:
    """Return the bytes of a PDF with its title, kind and print settings; equal arguments give equal bytes."""
    duplex = Name(f"/{DUPLEX[kind]}")
    out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=duplex)
    if language:
        out.Root.Lang = String(language)
    made_by = f"briefpack {__version__}"
    creator = f"{made_by} {kind}"
    out.docinfo = out.make_indirect(Dictionary(Title=title, Creator=creator, Producer=made_by))
    with out.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["pdf:Producer"], metadata["xmp:CreatorTool"] = made_by, creator
        if language:
            metadata["dc:language"] = [language]
    data = io.BytesIO()
    packed = pikepdf.ObjectStreamMode.generate
    # The Duplex preference needs PDF 1.7 (ISO 32000-1, table 150).
    out.save(data, min_version="1.7", deterministic_id=True, object_stream_mode=packed, compress_streams=True)
    return data.getvalue()

"""Tidy the PDF of a laid-out piece."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Pdf


def tidy(pdf: bytes) -> bytes:
    """Return a piece's PDF without the elements that are in no tree, and the resources that its pages don't use.

    WeasyPrint gives all pages the same resources.
    """
    with Pdf.open(io.BytesIO(pdf)) as file:
        file.remove_unreferenced_resources()
        data = io.BytesIO()
        file.save(
            data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True
        )
        return data.getvalue()


def children(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the structure elements directly under another."""
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, Array) else (kids,):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid

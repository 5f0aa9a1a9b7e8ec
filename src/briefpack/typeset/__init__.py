"""Lay out a piece as PDF pages, with each of its sheets fitted to its pages.

A sheet is an element that begins a page and has a fit (`data-fit`) from layout.yaml. Importing this room is cheap:
WeasyPrint is loaded when the first piece is laid out.
"""

from pathlib import Path

from briefpack.pages import Piece
from briefpack.store import Store
from briefpack.typeset.model import Area, Grow, Placed, Spill, Typeset

__all__ = ["Area", "Grow", "Placed", "Spill", "Typeset", "piece"]


def piece(wanted: Piece, root: Path, store: Store, taller: Grow | None = None) -> Typeset:
    """Lay out a piece whose files are in the project `root` and the `store`.

    Faults in its pages and style sheets are returned as problems, overset text as spills. With `taller`, its charts and
    images are made taller where that fills its pages.
    """
    from briefpack.typeset.lay_out import lay_out  # noqa: PLC0415 -- WeasyPrint takes a second to import

    return lay_out(wanted, root, store, taller)

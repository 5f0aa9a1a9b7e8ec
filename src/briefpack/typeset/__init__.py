"""Lay out a piece as PDF pages, with each of its sheets fitted to its pages.

A sheet is an element that begins a page and has a fit (`data-fit`) from layout.yaml. Importing this room is cheap:
WeasyPrint is loaded when the first piece is laid out.
"""

from briefpack.typeset.model import Again, Crowded, Fault, Oversized, Placed, Spill, Typeset
from briefpack.typeset.piece import again, piece

__all__ = ["Again", "Crowded", "Fault", "Oversized", "Placed", "Spill", "Typeset", "again", "piece"]

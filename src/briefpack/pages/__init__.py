"""Write each document's pieces as HTML, from the layout's pages and the brief."""

from briefpack.layout.addresses import MADE
from briefpack.pages.calls import Composer
from briefpack.pages.compose import added, compose, composer, first_sheet, number, run
from briefpack.pages.model import ELSEWHERE, Composed, ImageOnPage, PageOf, Piece, Stamp
from briefpack.pages.pieces import changed

__all__ = [
    "ELSEWHERE", "MADE", "Composed", "Composer", "ImageOnPage", "PageOf", "Piece", "Stamp", "added", "changed", "compose", "composer", "first_sheet",
    "number", "run",
]  # fmt: skip

"""Write each document's pieces as HTML, from the layout's pages and the brief."""

from briefpack.layout.addresses import MADE
from briefpack.pages.calls import Composer
from briefpack.pages.composing import added, compose, composer, first_sheet, number, run
from briefpack.pages.model import BACK, ELSEWHERE, GROW, Composed, ImageOnPage, LinkedFrom, PageOf, Piece, Stamp
from briefpack.pages.pieces import changed
from briefpack.pages.runs import PART

__all__ = [
    "BACK", "ELSEWHERE", "GROW", "MADE", "PART", "Composed", "Composer", "ImageOnPage", "LinkedFrom", "PageOf", "Piece", "Stamp", "added", "changed", "compose", "composer",
    "first_sheet", "number", "run",
]  # fmt: skip

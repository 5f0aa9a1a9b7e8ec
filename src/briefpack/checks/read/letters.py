"""Read the letters on each page of a PDF with their positions."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.geometry import Rectangle


@dataclass(frozen=True)
class PageLetters:
    """The text of a page with a box for each of its characters, the boxes of its lines, and the page's trim box."""

    text: str
    boxes: tuple[Rectangle, ...]
    lines: tuple[Rectangle, ...]
    trim: Rectangle


def read(data: bytes) -> tuple[PageLetters, ...]:
    """Return the letters on each page of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        return tuple(map(_of_page, pdf))


def _of_page(page: pypdfium2.PdfPage) -> PageLetters:
    letters = page.get_textpage()
    count = letters.count_chars()
    text = "".join(_letter(letters, index) for index in range(count))
    lines = (Rectangle(*letters.get_rect(index)) for index in range(letters.count_rects()))
    return PageLetters(text, tuple(_boxes(letters, count)), tuple(lines), Rectangle(*page.get_trimbox()))


def _letter(letters: pypdfium2.PdfTextPage, index: int) -> str:
    """Return a character, or a space for one that Python has no character for."""
    number = pdfium.FPDFText_GetUnicode(letters.raw, index)
    return chr(number) if 0 < number <= LARGEST and not SURROGATES[0] <= number <= SURROGATES[1] else " "


LARGEST, SURROGATES = 0x10FFFF, (0xD800, 0xDFFF)


def _boxes(letters: pypdfium2.PdfTextPage, count: int) -> Iterator[Rectangle]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(count):
        pdfium.FPDFText_GetCharBox(letters.raw, index, left, right, bottom, top)
        yield Rectangle(left.value, bottom.value, right.value, top.value)

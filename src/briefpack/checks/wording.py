"""Read the words of a finished document, page by page, and where each of them is."""

import re
from collections.abc import Iterable, Iterator, Sequence

import pypdfium2

from briefpack.geometry import Rectangle

# A hyphen at the end of a line is U+FFFE, and the word goes on after it.
WORD = re.compile(r"(?:\ufffe\s*|\S)+")
BROKEN = re.compile(r"\ufffe\s*")


def pages(data: bytes, without: Sequence[str] = ()) -> tuple[tuple[str, ...], ...]:
    """Return the words of each page of a PDF; `without` are patterns of words that are left out where they follow."""
    with pypdfium2.PdfDocument(data) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return tuple(tuple(word for word, _, _ in _kept(text, without)) for text in texts)


def placed(data: bytes, number: int, wanted: Iterable[int], without: Sequence[str] = ()) -> Iterator[Rectangle]:
    """Yield the boxes of some words of a page, which are counted from 0 as `pages` does."""
    with pypdfium2.PdfDocument(data) as pdf:
        letters = pdf[number - 1].get_textpage()
        kept = [*_kept(letters.get_text_range(), without)]
        for index in wanted:
            _, start, length = kept[index]
            for each in range(letters.count_rects(start, length)):
                yield Rectangle(*letters.get_rect(each))


def _kept(text: str, without: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each word, with the place of its first letter and its length in the text."""
    found = [*WORD.finditer(text)]
    words = [BROKEN.sub("", each[0]) for each in found]
    skip = 0
    for index, each in enumerate(found):
        beside = words[index : index + len(without)]
        if without and len(beside) == len(without) and all(map(re.fullmatch, without, beside)):
            skip = len(without)
        if skip:
            skip -= 1
            continue
        yield words[index], each.start(), each.end() - each.start()

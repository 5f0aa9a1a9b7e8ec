"""Find what a brief gives to print in its finished documents."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2

from briefpack.checks.read.finished import Finished, normalised
from briefpack.layout.editions import Edition
from briefpack.plan import Expected, Given, Read

LETTERS = 16
"""The letters sought together: a page may break a text, or set a note's number in it, but not after every word."""
LEAST = 0.5
"""The share of a text that shows that it is there; `words-lost` tells whether all of it is."""


Document = tuple[Read, ...] | Path
"""A finished document: the data read from its pages when they were laid out, or else its file."""


def find(given: Sequence[Given], documents: Iterable[Document], edition: Edition) -> tuple[Given, ...]:
    """Return what no document prints; documents are read until everything is found.

    Without tags, the words that stand for a picture can't be read from a file.
    """
    left = [(each, _chunks(each)) for each in given if edition.tagged or not each.is_picture]
    for document in documents:
        if not any(ways for _, ways in left):
            # What is left can't be written at all.
            break
        type_, heard = _letters(document, edition)
        left = [(each, ways) for each, ways in left if not _has(heard if each.is_picture else type_, ways)]
    return tuple(each for each, _ in left)


def _chunks(given: Given) -> list[list[str]]:
    """Return each way of writing something as short rows of letters."""
    return [[each for run in way for each in _rows(normalised(run))] for way in given.ways]


def _rows(letters: str) -> list[str]:
    """Return letters in rows of one length; the last one takes in letters before it, so that it says as much."""
    starts = range(0, max(1, len(letters) - LETTERS + 1), LETTERS)
    last = [letters[-LETTERS:]] if len(letters) % LETTERS and len(letters) > LETTERS else []
    return [letters[start : start + LETTERS] for start in starts if letters] + last


def _has(text: str, ways: list[list[str]]) -> bool:
    return any(not rows or sum(row in text for row in rows) > LEAST * len(rows) for rows in ways)


def _letters(document: Document, edition: Edition) -> tuple[str, str]:
    """Return the letters that a document prints, and those of the words that stand for its pictures."""
    if isinstance(document, tuple):
        printed = (text for read in document for text in (read.text, read.drawn))
        return _joined(printed), _joined(text for read in document for text in (*read.alts, *read.described))
    with pypdfium2.PdfDocument(document) as pdf:
        opened = Finished(pdf, Expected(edition))
        return _joined((*opened.texts, *opened.drawn)), _joined(opened.described if edition.tagged else ())


def _joined(texts: Iterable[str]) -> str:
    return "\0".join(map(normalised, texts))

"""Define a number found in a draft's text, with the text that it was found in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefpack.importing.draft import Passage, Place
from briefpack.text.locale import Locale


@dataclass(frozen=True)
class Spoken:
    """A passage with the number and the title of its part, and the headings of the cell that it is in."""

    passage: Passage
    part: int
    title: str
    about: str


@dataclass(frozen=True)
class Found:
    """A number in a passage: where it is, its value, and the words around it."""

    passage: int
    span: tuple[int, int]
    typed: str
    value: Decimal
    unit: str
    hedge: str
    plus: bool
    means: str
    part: int
    note: int | None
    place: Place


def hedges(locale: Locale) -> Mapping[str, str]:
    """Return the hedges that a figure may print, by the words for them."""
    labels = {word: name for name, word in locale.labels.items() if name.startswith("hedge-")}
    return {word: name.removeprefix("hedge-").replace("-", " ") for word, name in labels.items()}


def notes_of(passage: Passage) -> tuple[tuple[int, int], ...]:
    """Return the place of each note in a passage, and the note."""
    place, found = 0, []
    for run in passage.runs:
        if run.note is not None:
            found.append((place, run.note))
        place += len(run.words)
    return tuple(found)


def note_after(text: str, end: int, notes: Iterable[tuple[int, int]]) -> int | None:
    """Return the next note after a number in the same sentence."""
    for place, note in notes:
        if place >= end:
            return None if re.search(r"[.!?]\s", text[end:place]) else note
    return None

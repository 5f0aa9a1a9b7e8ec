"""Find where the figures of open queries print on finished pages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefpack.brief import markdown
from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.model import Brief
from briefpack.build.proofs.marks import Spot
from briefpack.geometry import Rectangle
from briefpack.text.yaml_lines import Data, texts

if TYPE_CHECKING:
    # Only workers need PDFium.
    from briefpack.checks.read.page_objects import PageLetters

WORD = re.compile(r"[\w$€£¥%]+")
CITATIONS = re.compile(r"\[\^[^\]]*\]")
LEAST_LETTERS = 4
"""The letters and digits of a figure that prints alone, such as in a chart; a shorter one might be any number."""
SAME_LINE_PT = 3.0


@dataclass(frozen=True)
class _Form:
    """One way in which a figure prints: its words, and the words before and after it in the brief's text, if any."""

    words: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def figures(brief: Brief) -> dict[str, str]:
    """Return the open query about each figure that has one: its own, or the query about a relation that names it."""
    found: dict[str, str] = {}
    for relation in brief.relations:
        if relation.query:
            named = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", relation.holds)
            found |= {name: relation.query for name in named if name in brief.figures}
    return found | {name: figure.query for name, figure in brief.figures.items() if figure.query}


def find(ledger: Ledger, data: Data, pages: Sequence["PageLetters"]) -> dict[str, tuple[Spot, ...]]:
    """Return the places of the figures that each open query is about; `data` is the brief as read from its file.

    A figure is found by the words around it in the brief or, if it prints alone, by itself.
    """
    wanted = figures(ledger.brief)
    forms = {*_in_texts(ledger, data, wanted), *_alone(ledger, wanted)}
    found: dict[str, dict[Spot, None]] = {}
    for number, page in enumerate(pages, start=1):
        words = [*_words(page.text)]
        for query, form in sorted(forms, key=repr):
            for start, end in _matches(form, words):
                spot = Spot(0, number, tuple(_boxes(page, start, end)))
                found.setdefault(query, {})[spot] = None
    return {query: tuple(_outermost([*spots])) for query, spots in found.items()}


def _outermost(spots: Sequence[Spot]) -> Iterator[Spot]:
    """Yield the spots that aren't part of another, as a number is of the number with its hedge."""
    for spot in spots:
        others = (other for other in spots if other.page == spot.page and other is not spot)
        if not any(_covers(other, spot) and not _covers(spot, other) for other in others):
            yield spot


def _covers(outer: Spot, inner: Spot) -> bool:
    return all(any(box.within(around, 0.5) for around in outer.boxes) for box in inner.boxes)


def _in_texts(ledger: Ledger, data: Data, wanted: Mapping[str, str]) -> Iterator[tuple[str, _Form]]:
    """Yield each figure in a text of the brief, with the words on either side."""
    for loc, text in texts(data):
        if loc[0] in NOT_PRINTED:
            continue
        for reference in REFERENCE.finditer(text):
            figure_id, variant = split(reference[1])
            if figure_id in wanted:
                words = _split(ledger.written(figure_id, variant))
                before, after = (
                    _split(_plain(part, ledger)) for part in (text[: reference.start()], text[reference.end() :])
                )
                yield wanted[figure_id], _Form(words, before[-2:], after[:2])


NOT_PRINTED = ("accept", "queries", "relations", "figures", "sources")


def _plain(text: str, ledger: Ledger) -> str:
    try:
        return markdown.plain(CITATIONS.sub(" ", text), ledger)
    except (KeyError, ValueError):
        return ""


def _alone(ledger: Ledger, wanted: Mapping[str, str]) -> Iterator[tuple[str, _Form]]:
    """Yield each figure as it prints in a table, in a chart or set large, unless another figure prints the same."""
    others = {words for name in ledger.brief.figures if name not in wanted for words in _written(ledger, name)}
    for figure_id, query in wanted.items():
        for words in _written(ledger, figure_id):
            if sum(map(len, words)) >= LEAST_LETTERS and words not in others:
                yield query, _Form(words)


def _written(ledger: Ledger, figure_id: str) -> set[tuple[str, ...]]:
    """Return the words of a figure with its unit, with its hedge, and as its number alone."""
    hedge, number = ledger.large(figure_id)
    return {_split(text) for text in (ledger.written(figure_id), f"{hedge} {number}", number)}


def _split(text: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in _words(text))


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word with its place, with capitals and marks that typesetting may change left out."""
    clean = "".join(" " if letter.isspace() else letter for letter in text)
    for found in WORD.finditer(clean):
        yield found[0].casefold(), found.start(), found.end()


def _matches(form: _Form, words: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the place of each figure among the words of a page: the first letter, and the one after the last."""
    size = len(form.words)
    for index in range(len(words) - size + 1):
        if tuple(word for word, _, _ in words[index : index + size]) == form.words:
            before = tuple(word for word, _, _ in words[max(0, index - len(form.before)) : index])
            after = tuple(word for word, _, _ in words[index + size : index + size + len(form.after)])
            if _fits(form, before, after):
                yield words[index][1], words[index + size - 1][2]


def _fits(form: _Form, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Return whether the words on one side of a figure match the brief's; a form that prints alone always matches."""
    if not form.before and not form.after:
        return True
    return (bool(form.before) and before == form.before) or (bool(form.after) and after == form.after)


def _boxes(page: "PageLetters", start: int, end: int) -> Iterator[Rectangle]:
    """Yield a box for each line that a run of letters is on."""
    line: Rectangle | None = None
    for box, letter in zip(page.boxes[start:end], page.text[start:end], strict=True):
        if letter.isspace() or box.width <= 0:
            continue
        if line and abs(line.bottom - box.bottom) > max(SAME_LINE_PT, line.height):
            yield line
            line = None
        line = Rectangle.around([*line.corners, *box.corners]) if line else box
    if line:
        yield line

"""Propose a figure for each number in a draft's text, and link the number to it wherever it occurs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from briefpack.importing import names, spaced, unspaced
from briefpack.importing.found import Found, Spoken, hedges
from briefpack.importing.spaced import WORD
from briefpack.text import numbers
from briefpack.text.locale import Locale

FEW = 20
"""Whole numbers up to this one are the same figure only if they are in one part."""


@dataclass(frozen=True)
class Figure:
    """A proposed figure, with the numbers of the draft that it stands for."""

    name: str
    value: Decimal
    unit: str
    hedge: str
    plus: bool
    means: str
    note: int | None
    found: tuple[Found, ...]

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return the different ways in which the draft writes the number."""
        return tuple(dict.fromkeys(" ".join(each.typed.split()) for each in self.found))


@dataclass(frozen=True)
class Link:
    """A span of a passage that a reference to a figure replaces."""

    start: int
    end: int
    reference: str


@dataclass(frozen=True)
class Proposed:
    """The proposed figures, and their links by the number of the passage."""

    figures: tuple[Figure, ...]
    links: Mapping[int, tuple[Link, ...]] = field(default_factory=dict)


def propose(spoken: Iterable[Spoken], locale: Locale) -> Proposed:
    """Return a figure for each number in the passages of a draft."""
    read = spaced.find if locale.spaced_words else unspaced.find
    found = [number for each in spoken for number in read(each, locale)]
    groups: list[list[Found]] = []
    for each in found:
        same = next((group for group in groups if _same(group, each)), None)
        if same is None:
            groups.append([each])
        else:
            same.append(each)
    figures = tuple(_named(groups, locale))
    links: dict[int, list[Link]] = {}
    for figure in figures:
        for each in figure.found:
            links.setdefault(each.passage, []).append(_link(figure, each))
    ordered = {number: tuple(sorted(those, key=lambda link: link.start)) for number, those in links.items()}
    return Proposed(figures, ordered)


def _same(group: list[Found], other: Found) -> bool:
    """Return whether a number is one that a group already has: equal, of one unit, and about one thing."""
    first = group[0]
    if (first.value, first.unit) != (other.value, other.unit) or first.plus != other.plus:
        return False
    if any(each.part == other.part for each in group):
        return True
    shared = any(_subject(each) & _subject(other) for each in group)
    few = other.value <= FEW and other.value == int(other.value)
    return shared and not few


def _subject(found: Found) -> set[str]:
    """Return the longer words of what a number is about; for a count, its unit as well."""
    words = {word.casefold() for word in WORD.findall(found.means) if len(word) > 3}
    return words if numbers.is_currency(found.unit) or found.unit == "%" else words | {found.unit}


def _named(groups: list[list[Found]], locale: Locale) -> Iterator[Figure]:
    taken: set[str] = {"asks", "own"}
    for group in groups:
        first = group[0]
        name = names.new(_words_for_id(first, locale), taken, "figure")
        taken.add(name)
        wordings = {each.hedge.lower() for each in group}
        hedge = hedges(locale).get(first.hedge.lower(), "") if len(wordings) == 1 and not first.plus else ""
        note = next((each.note for each in group if each.note is not None), None)
        yield Figure(name, first.value, first.unit, hedge, first.plus, first.means, note, tuple(group))


def _words_for_id(found: Found, locale: Locale) -> str:
    """Return the first longer words of what a number is about, with the unit of a span of time after them."""
    small = {*locale.drafts.small_words, *locale.typed.spans, *hedges(locale)}
    words = [word for word in WORD.findall(found.means) if word.casefold() not in small and len(word) > 2]
    if found.unit in locale.typed.spans:
        return " ".join([*words[:3], found.unit])
    counted = spaced.is_noun(found.unit, locale) and found.unit not in words[:3]
    return " ".join([found.unit, *words[:2]] if counted else words[:3]) or found.unit


def _link(figure: Figure, found: Found) -> Link:
    """Return the link of a number, with its hedge if the figure prints it."""
    start, end = found.span
    if not figure.hedge:
        return Link(start, end, f"{{{figure.name}}}")
    typed = found.hedge
    variant = ":capital" if typed[:1].isupper() else ""
    return Link(start - len(typed) - 1, end, f"{{{figure.name}{variant}}}")

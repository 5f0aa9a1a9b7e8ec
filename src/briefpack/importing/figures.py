"""Propose a figure for each amount and percentage in a draft's text; mark it wherever it occurs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from briefpack.importing import amounts, names
from briefpack.importing.amounts import WORD, Context
from briefpack.importing.draft import Number, Passage, Run
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale


@dataclass(frozen=True)
class Figure:
    """A proposed figure, with the numbers of the draft that it stands for; the first has its subject."""

    name: str
    hedge: str
    numbers: tuple[Number, ...]

    @property
    def first(self) -> Number:
        """Return the first number."""
        return self.numbers[0]

    @property
    def note(self) -> int | None:
        """Return the first note after one of the numbers."""
        return next((each.note for each in self.numbers if each.note is not None), None)

    @property
    def is_sure(self) -> bool:
        """Return whether the draft writes one number in one way, about one thing."""
        return len(self.wordings) == 1 and all(_same([self.first], each) for each in self.numbers)

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return the different ways in which the draft writes the number."""
        return tuple(dict.fromkeys(" ".join(each.typed.split()) for each in self.numbers))


Figures = Mapping[Number, Figure]
"""The figure that stands for each number."""


class Marker:
    """A marker of amounts and percentages; it collects them, and the other numbers."""

    def __init__(self, locale: Locale, asks: frozenset[int] = frozenset()) -> None:
        """Begin without any numbers; the locale says how they are written, and `asks` which parts are asks."""
        self.locale, self.asks = locale, asks
        self.numbers: list[Number] = []
        self.unclear: list[str] = []

    def mark(self, passage: Passage, context: Context) -> Passage:
        """Return a passage in which each amount or percentage is a run of its own."""
        found = [*amounts.find(passage, context, self.locale)]
        runs: list[Run] = []
        for run in passage.runs:
            runs += self._split(run, sum(len(each.words) for each in runs), found)
        for start, end in typography.loose_places(passage.words, self.locale):
            if not any(first < end and start < last for (first, last), _ in found):
                self.unclear.append(f"“{passage.words[start:end]}” (paragraph {passage.place.paragraph})")
        return replace(passage, runs=tuple(runs))

    def _split(self, run: Run, place: int, found: list[tuple[amounts.Span, Number]]) -> Iterator[Run]:
        """Yield the parts of a run that begins at a place of its passage."""
        done, end = place, place + len(run.words)
        for (start, stop), number in found:
            if start < done < stop - len(number.typed) + 1:
                # The hedge is in another style.
                start, number = stop - len(number.typed), replace(number, hedge="")  # noqa: PLW2901 -- as above
            if done <= start and stop <= end:
                self.numbers.append(number)
                yield from (replace(run, words=run.words[done - place : start - place]),) if start > done else ()
                yield replace(run, words=run.words[start - place : stop - place], number=number)
                done = stop
        if done < end or run.note is not None:
            yield replace(run, words=run.words[done - place :])

    def figures(self) -> Figures:
        """Return the figure for each number; equal numbers about one thing have one figure."""
        groups: list[list[Number]] = []
        for each in self.numbers:
            alike = [group for group in groups if _is_equal(group[0], each)]
            same = next((group for group in alike if _same(group, each)), None) or self._only(alike, each)
            if same is None:
                groups.append([each])
            else:
                same.append(each)
        taken = {"asks", "own"}
        return {number: figure for figure in _named(groups, taken, self.locale) for number in figure.numbers}

    def _only(self, alike: list[list[Number]], other: Number) -> list[Number] | None:
        """Return the only group of an equal amount of money, unless both are in asks: each has its own amount."""
        in_asks = {each.part for group in alike for each in (*group, other)} & self.asks
        return alike[0] if len(alike) == 1 and numbers.is_currency(other.unit) and len(in_asks) < 2 else None


def _is_equal(number: Number, other: Number) -> bool:
    return (number.value, number.unit, number.plus) == (other.value, other.unit, other.plus)


def _same(group: list[Number], other: Number) -> bool:
    """Return whether a number is about the same thing as those of a group, which are equal to it."""
    return any(number.part == other.part or _subject(number) & _subject(other) for number in group)


def _subject(number: Number) -> set[str]:
    """Return the longer words of a number's subject."""
    return {word.casefold() for word in WORD.findall(number.means) if len(word) > 3}


def _named(groups: Iterable[list[Number]], taken: set[str], locale: Locale) -> Iterator[Figure]:
    small = {*locale.drafts.small_words, *amounts.hedges(locale)}
    for group in groups:
        subject = dict.fromkeys(map(str.casefold, WORD.findall(group[0].means)))
        longer = [word for word in subject if len(word) > 2 and word not in small]
        name = names.new(" ".join(longer[:3]), taken, "figure")
        taken.add(name)
        wordings = {number.hedge.lower() for number in group}
        same = len(wordings) == 1 and not group[0].plus
        yield Figure(name, amounts.hedges(locale).get(wordings.pop(), "") if same else "", tuple(group))

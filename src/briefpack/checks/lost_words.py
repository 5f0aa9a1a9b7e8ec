"""Find the words of an HTML page that its PDF doesn't print.

Type is drawn in runs: a line of a paragraph, or the part of a line in one font. A run never spans two texts of the
HTML, so each text is the whole of one run or of several. They are drawn one after the other, except where something
else is drawn between them: at the end of a page or column, or after an initial. Text that the layout adds (running
heads, note numbers, a table's head on its next page) makes runs of its own.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, pairwise

from briefpack.checks.read.finished import normalised
from briefpack.checks.read.page_objects import Run

CLEAR = 8
"""The fewest letters that show, on their own, that a run belongs to a text."""
CLEAR_IN_WORD = 4
"""The fewest letters before or after a break within a word that isn't between two consecutive runs."""
MOST_TRIED = 1000
"""How many ways of dividing a text are tried before it is matched in parts."""


def among(texts: Iterable[str], runs: Iterable[Run]) -> list[str]:
    """Return the words of some texts that the runs print less often than they should, the longest first.

    Texts printed whole, in the order of the HTML, take their runs first. Of the others, the longest choose first,
    because hardly any runs but their own match them. Words are sought one by one only in runs that belong to no text.
    If words seem lost, the runs are shared out in other ways: where a page has the same words in one text and in
    several, the one may have taken the runs of the others. Words that any way finds are printed.
    """
    texts, runs, found = list(texts), list(runs), list[list[str]]()
    for prefers in _Preference:
        found.append(_among(texts, runs, prefers))
        if not found[-1]:
            break
    return min(found, key=len)


def _among(texts: Iterable[str], runs: Iterable[Run], prefers: "_Preference") -> list[str]:
    printed = _Printed(runs, prefers)
    others = printed.take_in_order(map(_Text, texts))
    lost = [word for text in sorted(others, key=lambda text: -len(text.letters)) for word in printed.take(text)]
    spare = _Spare(printed)
    return [word for word, letters in sorted(lost, key=lambda each: -len(each[0])) if not spare.has(letters)]


class _Text:
    """A text of the HTML, with the place of each of its words among its letters.

    `place` is the run at which it should begin, after the runs of the texts before it.
    """

    def __init__(self, text: str) -> None:
        self.place = 0
        each = [(word, letters) for word in text.split() if (letters := normalised(word))]
        self.words = [word for word, _ in each]
        self.letters = "".join(letters for _, letters in each)
        self.starts = [0, *accumulate(len(letters) for _, letters in each[:-1])]

    def splits_word(self, place: int) -> bool:
        """Return whether a place is within a word."""
        found = bisect_right(self.starts, place)
        return self.starts[found - 1] != place

    def between(self, start: int, end: int) -> list[tuple[str, str]]:
        """Return the words that have letters between two places, each with the letters that are between them."""
        first, last = bisect_right(self.starts, start) - 1, bisect_left(self.starts, end)
        bounds = [start, *self.starts[first + 1 : last], end]
        parts = (self.letters[one:two] for one, two in pairwise(bounds))
        return list(zip(self.words[first:last], parts, strict=True)) if start < end else []


@dataclass(frozen=True)
class _Group:
    """Consecutive runs, from `first` up to `last`, that print the letters of a text from `start` to `end`."""

    first: int
    last: int
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def runs(self) -> int:
        return self.last - self.first


class _Preference(Enum):
    """The group that a text takes if several print it: the group in its place, or in the fewest or the most runs."""

    PLACE = 0
    FEWEST = 1
    MOST = -1

    def rank(self, group: _Group, place: int, letters: int) -> tuple[int, ...]:
        """Return the sort key of a group for a text of so many letters; the group with the lowest key is preferred."""
        near = (group.first != place, -group.length, group.runs)
        return near if self is _Preference.PLACE else (group.length < letters, self.value * group.runs, *near)


class _Printed:
    """The runs of all pages in the order in which they are drawn, and which of them belong to a text."""

    def __init__(self, runs: Iterable[Run], prefers: "_Preference") -> None:
        self.prefers = prefers
        self.runs: list[Run] = []
        self.letters: list[str] = []
        self.starting: dict[str, list[int]] = {}
        for run in runs:
            if run.printed and (letters := normalised(run.text)):
                self.starting.setdefault(letters[0], []).append(len(self.runs))
                self.runs.append(run)
                self.letters.append(letters)
        self.taken = [False] * len(self.runs)

    def take_in_order(self, texts: Iterable[_Text]) -> list[_Text]:
        """Take the runs of each text that is printed whole after the one before it, and return the other texts."""
        others, place = list[_Text](), 0
        for text in texts:
            if group := self._whole(text, place):
                self._take(group)
                place = group.last
            elif text.letters:
                others.append(text)
                text.place = place
                place = self._end_of_start(text, place)
        self.starting = {letter: [run for run in runs if not self.taken[run]] for letter, runs in self.starting.items()}
        return others

    def _whole(self, text: _Text, place: int) -> _Group | None:
        """Return the next group that prints a whole text; a short one may recur, so it must be the very next."""
        runs = self.starting.get(text.letters[:1], [])
        for run in runs[bisect_left(runs, place) :]:
            if run > place and len(text.letters) < CLEAR:
                return None
            if text.letters.startswith(self.letters[run]):
                group = self._group(text, 0, run)
                if group.end == len(text.letters):
                    in_order = self.prefers is _Preference.PLACE or group.runs == 1
                    return group if in_order else None
        return None

    def _end_of_start(self, text: _Text, place: int) -> int:
        """Return the run after the runs at a place that print the start of a text; the place itself if none does."""
        if place < len(self.runs) and text.letters.startswith(self.letters[place]):
            return self._group(text, 0, place).last
        return place

    def _take(self, group: _Group) -> None:
        self.taken[group.first : group.last] = [True] * (group.last - group.first)

    def take(self, text: _Text) -> list[tuple[str, str]]:
        """Take the runs of a text, and return the words that they don't print in full, each with its lost letters."""
        groups = self._all(text, None, set())
        if groups is None:
            groups = self._some(text)
        for group in groups:
            self._take(group)
        starts, ends = [*(group.start for group in groups), len(text.letters)], [0, *(group.end for group in groups)]
        return [word for gap in zip(ends, starts, strict=True) for word in text.between(*gap)]

    def _all(self, text: _Text, before: _Group | None, failed: set[tuple[int, int]]) -> list[_Group] | None:
        """Return groups that print all of a text, or the rest of it after a group; None if there are none."""
        start = before.end if before else 0
        if start == len(text.letters):
            return []
        state = (start, before.last if before else 0)
        if state in failed or len(failed) > MOST_TRIED:
            return None
        for group in self._groups(text, start, before):
            rest = self._all(text, group, failed)
            if rest is not None:
                return [group, *rest]
        failed.add(state)
        return None

    def _some(self, text: _Text) -> list[_Group]:
        """Return groups that clearly print parts of a text, in order, with the most letters together."""
        clear = [
            group
            for start in range(len(text.letters))
            for group in self._groups(text, start, None)
            if _is_clear(text, group) and not self._goes_back(text, group)
        ]
        chains: list[_Chain] = []
        for group in sorted(sorted(clear, key=lambda group: -group.length)[:MOST_TRIED], key=lambda group: group.start):
            before = (each for each in chains if each.group.end <= group.start and each.group.last <= group.first)
            longest = max(before, key=lambda each: each.length, default=None)
            chains.append(_Chain(group, longest, group.length + (longest.length if longest else 0)))
        return max(chains, key=lambda each: each.length).groups() if chains else []

    def _goes_back(self, text: _Text, group: _Group) -> bool:
        """Return whether the run before a group prints the letters before it, and so belongs to the group."""
        run = group.first - 1
        start = group.start - len(self.letters[run])
        return run >= 0 and start >= 0 and not self.taken[run] and text.letters.startswith(self.letters[run], start)

    def _groups(self, text: _Text, start: int, before: _Group | None) -> list[_Group]:
        """Return the groups that print a text from some letter on, drawn after another group of it.

        The preferred group comes first. In order, that is the group in its place, then the longest group, and of
        equally long groups the group in the fewest runs.
        """
        first = before.last if before else 0
        runs = self.starting.get(text.letters[start], [])
        groups = [
            group
            for run in runs[bisect_left(runs, first) :]
            if not self.taken[run] and text.letters.startswith(self.letters[run], start)
            for group in self._with_and_without_last(text, self._group(text, start, run))
        ]
        if before and text.splits_word(start):
            least = 1 if before.length >= CLEAR_IN_WORD else CLEAR_IN_WORD
            groups = [group for group in groups if group.length >= least or group.first == first]
        place = first if before else text.place
        return sorted(groups, key=lambda group: self.prefers.rank(group, place, len(text.letters)))

    def _with_and_without_last(self, text: _Text, group: _Group) -> Iterator[_Group]:
        """Yield a group, and again without its last run if that may be another text's initial, a letter or two long."""
        yield group
        last = len(self.letters[group.last - 1])
        if last < min(CLEAR_IN_WORD, group.length) and group.end < len(text.letters) and text.splits_word(group.end):
            yield _Group(group.first, group.last - 1, group.start, group.end - last)

    def _group(self, text: _Text, start: int, run: int) -> _Group:
        """Return the group that begins with a run and continues as long as the next run prints the next letters."""
        last, end = run + 1, start + len(self.letters[run])
        while (
            end < len(text.letters)
            and last < len(self.runs)
            and not self.taken[last]
            and text.letters.startswith(self.letters[last], end)
        ):
            end += len(self.letters[last])
            last += 1
        return _Group(run, last, start, end)


def _is_clear(text: _Text, group: _Group) -> bool:
    """Return whether a group of letters clearly belongs to a text with lost words: it is long, or ends the text."""
    ends_text = group.end == len(text.letters)
    return group.length >= CLEAR or (
        ends_text and group.length >= (CLEAR_IN_WORD if text.splits_word(group.start) else 1)
    )


@dataclass(frozen=True)
class _Chain:
    """Groups of one text in order: the last group, and the groups before it."""

    group: _Group
    before: "_Chain | None"
    length: int

    def groups(self) -> list[_Group]:
        """Return the groups, the first one first."""
        found, chain = [self.group], self.before
        while chain:
            found.append(chain.group)
            chain = chain.before
        return found[::-1]


class _Spare:
    """The words of runs that belong to no text, and words divided between two such runs; each counts once."""

    def __init__(self, printed: _Printed) -> None:
        words = [[letters for word in run.text.split() if (letters := normalised(word))] for run in printed.runs]
        lines = [[] if taken else line for line, taken in zip(words, printed.taken, strict=True)]
        self.words = Counter(letters for line in lines for letters in line)
        self.divided = {one[-1] + two[0]: (one[-1], two[0]) for one, two in pairwise(lines) if one and two}
        # PDFium reads spaced letters as words.
        self.spaced = "\0".join("".join(line) for line in lines if len(line) > 1 and max(map(len, line)) == 1)

    def has(self, letters: str) -> bool:
        """Return whether a word is there, and count it."""
        parts = (letters,) if self.words[letters] else self.divided.get(letters, (letters,))
        if all(self.words[part] for part in parts):
            self.words.subtract(parts)
            return True
        found = letters in self.spaced
        self.spaced = self.spaced.replace(letters, "\0", 1)
        return found

"""Read YAML into plain data in which every scalar is text and every value knows its line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from briefpack.problem import Owner, Problem, Problems, one_problem
from briefpack.text import legible, yaml_reader
from briefpack.text.yaml_reader import Data, Loc, name

__all__ = [
    "MOST_BYTES",
    "Data",
    "Loc",
    "Place",
    "Tree",
    "name",
    "occurrence",
    "of_layout",
    "parse",
    "parse_parts",
    "read",
    "read_parts",
    "text",
    "texts",
]

MOST_BYTES = 4_000_000


@dataclass(frozen=True)
class Place:
    """The place of a value that comes from another file; `name` is the cell's, for messages."""

    path: str
    line: int | None
    name: str


@dataclass(frozen=True)
class Tree:
    """A YAML file as data, with the first and last line of each value.

    `problems` are the mistakes found in reading it; there is no data if the parser had to stop. `origins` are the
    places of values that aren't in the file as they are in the data: in another file, or elsewhere in this one.
    """

    path: str
    data: Data
    lines: Mapping[Loc, tuple[int, int]]
    text: tuple[str, ...]
    owner: Owner
    problems: tuple[Problem, ...] = ()
    origins: Mapping[Loc, Loc | Place] = field(default_factory=dict)

    def has(self, loc: Loc) -> bool:
        """Return whether a value has a line, here or in another file, of its own."""
        return loc in self.lines or loc in self.origins

    def is_filled(self, loc: Loc) -> bool:
        """Return whether a value comes from another file."""
        return self._origin(loc)[0] is not None

    def line(self, loc: Loc, words: str = "") -> int:
        """Return the line of the value at `loc`, or of its nearest parent; with `words`, their line in that value."""
        return self.place(loc, words)[0]

    def place(self, loc: Loc, words: str = "", nth: int = 0) -> tuple[int, int | None]:
        """Return the line of a value, and with `words` the line and column of their `nth` occurrence in it, from 0."""
        first, within, start = self._written(loc)
        # A long text is folded: its words may have a line break and an indent between them.
        folded = re.compile(r"\s+".join(map(re.escape, words.split())))
        places = [found.start() for found in folded.finditer(within, start)] if words else []
        if not places:
            return first, None
        return _counted(first, within, places[min(nth, len(places) - 1)])

    def place_of_word(self, loc: Loc, words: Sequence[str], index: int) -> tuple[int, int] | None:
        """Return the line and column of one of the words that a value prints; None if the value hasn't got it.

        `words` are those that print around it. The longest run of them that the value has tells which of several it is.
        """
        first, within, start = self._written(loc)
        for run, before in runs(words, index):
            escaped = [re.escape(each) for each in run]
            escaped[before] = f"({escaped[before]})"
            # Markdown, quotation marks or a line break may stand between two words.
            pattern = re.compile(rf"\b{NOT_WORDS.join(escaped)}\b")
            if found := pattern.search(within, start):
                return _counted(first, within, found.start(1))
        return None

    def _written(self, loc: Loc) -> tuple[int, str, int]:
        """Return the first line of a value or of its nearest parent, its lines, and where in them it begins."""
        loc = self._origin(loc)[1]
        while loc not in self.lines:
            loc = loc[:-1]
        first, last = self.lines[loc]
        # The parser ends a file's last value on the line after it.
        within = "\n".join(self.text[first - 1 : min(last, len(self.text))])
        key = re.compile(rf"(?<![\w-]){re.escape(str(loc[-1]))}[\"']?:\s").search(within) if loc else None
        return first, within, key.end() if key and isinstance(loc[-1], str) else 0

    def problem(
        self,
        loc: Loc,
        message: str,
        hint: str,
        *,
        words: str = "",
        nth: int = 0,
        warning: bool = False,
        check: str = "",
    ) -> Problem:
        """Return a problem with a value, which the message names; `check` is the id of the check that found it."""
        origin, loc = self._origin(loc)
        quoted = tuple(filter(None, (" ".join(words.split()),)))
        if origin:
            where = f"{origin.name}: " if origin.name else ""
            return Problem(origin.path, origin.line, where + message, hint, self.owner, warning, check, words=quoted)
        field = name(loc) if loc else ""
        line, column = self.place(loc, words, nth)
        message = f"{field}: {message}" if field else message
        place = self.path, line, message, hint, self.owner, warning, check
        return Problem(*place, column=column, words=quoted, field=field)

    def shown(self, loc: Loc) -> str:
        """Return the place of a value as a message names it: line 14, or line 14 of rents.csv."""
        origin, loc = self._origin(loc)
        if origin is None:
            return f"line {self.line(loc)}"
        file = origin.path.rpartition("/")[2]
        return f"{origin.name if origin.line is None else f'line {origin.line}'} of {file}"

    def _origin(self, loc: Loc) -> tuple[Place | None, Loc]:
        """Return the place of a value in another file if it has one, and its location here."""
        for length in range(len(loc), 0, -1) if self.origins else ():
            origin = self.origins.get(loc[:length])
            if isinstance(origin, Place):
                return origin, loc
            if origin is not None:
                return None, (*origin, *loc[length:])
        return None, loc


def _counted(first: int, within: str, place: int) -> tuple[int, int]:
    """Return the line and the column of a place in lines, the first of which has this number."""
    return first + within.count("\n", 0, place), place - within.rfind("\n", 0, place)


LONGEST_RUN = 7
NOT_WORDS = r"\W+"


def runs(words: Sequence[str], index: int) -> Iterator[tuple[Sequence[str], int]]:
    """Yield the runs of words with the word at an index, and its index in each: the longest runs first."""
    for size in range(min(LONGEST_RUN, len(words)), 0, -1):
        for start in range(max(0, index - size + 1), min(index, len(words) - size) + 1):
            yield words[start : start + size], index - start


def occurrence(text: str, words: str, place: int) -> int:
    """Return how many times a text has some words before a place: the `nth` of a problem with them."""
    return len(re.findall(r"\s+".join(map(re.escape, words.split())), text[:place]))


def texts(data: Data, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Yield every text in the data, with its location."""
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from texts(value, (*loc, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from texts(value, (*loc, index))


def read(path: Path, shown: str, owner: Owner = Owner.BRIEF) -> Tree:
    """Read a YAML file. Raises Problems if it can't be read, with all its mistakes of syntax at once."""
    return parse(text(path, shown, owner), shown, owner)


def read_parts(path: Path, shown: str, owner: Owner = Owner.BRIEF) -> Tree:
    """Read a YAML file with the mistakes in it. Raises Problems if the file is missing, too large or not UTF-8."""
    return parse_parts(text(path, shown, owner), shown, owner)


def of_layout(path: Path, shown: str) -> Tree:
    """Read a layout's YAML file with the mistakes in it, once a process; nothing may change the tree."""
    return _of_layout(text(path, shown, Owner.LAYOUT), shown)


@lru_cache(maxsize=16)
def _of_layout(text: str, shown: str) -> Tree:
    return parse_parts(text, shown, Owner.LAYOUT)


def text(path: Path, shown: str, owner: Owner) -> str:
    """Return the text of a file. Raises Problems if it is missing, too large or not UTF-8."""
    if not path.is_file():
        raise one_problem(shown, None, "there is no such file", "make it, or name another", owner)
    if path.stat().st_size > MOST_BYTES:
        raise one_problem(shown, 1, "the file is over 4 MB", "a brief is text; keep data in its data folder", owner)
    try:
        found = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise one_problem(shown, line, "the file is not UTF-8 text", "save it as UTF-8", owner) from None
    legible.check(found, shown, owner)
    return found


def parse(text: str, shown: str, owner: Owner = Owner.BRIEF) -> Tree:
    """Parse YAML text; `shown` is its path in problems. Raises Problems if any of it can't be read."""
    tree = parse_parts(text, shown, owner)
    if tree.problems:
        raise Problems(tree.problems)
    return tree


def parse_parts(text: str, shown: str, owner: Owner = Owner.BRIEF) -> Tree:
    """Parse a YAML text; the tree's `problems` are the mistakes in it."""
    root, lines, problems = yaml_reader.parse(text, shown, owner)
    return Tree(shown, root, lines, tuple(text.splitlines()) or ("",), owner, Problems(problems).problems)

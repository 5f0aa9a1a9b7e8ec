"""Read YAML into plain data in which every scalar is text and every value knows its line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from briefpack.problem import Owner, Problem, Problems
from briefpack.text import legible, yaml_reader, yaml_syntax
from briefpack.text.yaml_reader import DEEPEST, Data, Loc, Parsed, name

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

    `problems` are the mistakes found in reading it, and `whole` is False if a part of the file is missing from the
    data because of them. `origins` are the places of values that aren't in the file as they are in the data: in another
    file, or elsewhere in this one.
    """

    path: str
    data: Data
    lines: Mapping[Loc, tuple[int, int]]
    text: tuple[str, ...]
    owner: Owner
    problems: tuple[Problem, ...] = ()
    whole: bool = True
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
        loc = self._origin(loc)[1]
        while loc not in self.lines:
            loc = loc[:-1]
        first, last = self.lines[loc]
        # The parser ends a file's last value on the line after it.
        within = "\n".join(self.text[first - 1 : min(last, len(self.text))])
        key = re.compile(rf"(?<![\w-]){re.escape(str(loc[-1]))}[\"']?:\s").search(within) if loc else None
        start = key.end() if key and isinstance(loc[-1], str) else 0
        # A long text is folded: its words may have a line break and an indent between them.
        folded = re.compile(r"\s+".join(map(re.escape, words.split())))
        places = [found.start() for found in folded.finditer(within, start)] if words else []
        if not places:
            return first, None
        place = places[min(nth, len(places) - 1)]
        return first + within.count("\n", 0, place), place - within.rfind("\n", 0, place)

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
    """Read as much of a YAML file as can be read; the tree's `problems` say why the rest can't.

    Raises Problems if the file is missing, too large or not UTF-8.
    """
    return parse_parts(text(path, shown, owner), shown, owner)


def of_layout(path: Path, shown: str) -> Tree:
    """Read as much of a layout's YAML file as can be read, once a process; nothing may change the tree."""
    return _of_layout(text(path, shown, Owner.LAYOUT), shown)


@lru_cache(maxsize=16)
def _of_layout(text: str, shown: str) -> Tree:
    return parse_parts(text, shown, Owner.LAYOUT)


def text(path: Path, shown: str, owner: Owner) -> str:
    """Return the text of a file. Raises Problems if it is missing, too large or not UTF-8."""
    if not path.is_file():
        raise Problems([Problem(shown, None, "there is no such file", "make it, or name another", owner)])
    if path.stat().st_size > MOST_BYTES:
        raise Problems(
            [Problem(shown, 1, "the file is over 4 MB", "a brief is text; keep data in its data folder", owner)]
        )
    try:
        found = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Problems([Problem(shown, line, "the file is not UTF-8 text", "save it as UTF-8", owner)]) from None
    legible.check(found, shown, owner)
    return found


def parse(text: str, shown: str, owner: Owner = Owner.BRIEF) -> Tree:
    """Parse YAML text; `shown` is its path in problems. Raises Problems if any of it can't be read."""
    tree = parse_parts(text, shown, owner)
    if tree.problems:
        raise Problems(tree.problems)
    return tree


def parse_parts(text: str, shown: str, owner: Owner = Owner.BRIEF) -> Tree:
    """Parse as much of a YAML text as can be read; the tree's `problems` say why the rest can't."""
    found = yaml_reader.parse(text, shown, owner)
    if found.broken:
        found = _recover(found, text, shown, owner)
    lines = tuple(text.splitlines()) or ("",)
    problems = Problems([*found.problems, *found.broken]).problems
    return Tree(shown, found.root, found.lines, lines, owner, problems, whole=not found.broken)


MOST_PARTS = 500
"""The most parts on one level of a text; with more, it is no brief, and reading them singly would take too long."""
KEY = re.compile(r"""(?:[\w-]+|"[^"]*"|'[^']*'):(?!/)""")
ITEM = re.compile(r"-(?=\s|$)")
BARE = re.compile(r"""(?:[\w-]+|"[^"]*"|'[^']*'):\s*(?:#.*)?$""")


@dataclass(frozen=True)
class _Text:
    """The lines of a file, with its path and its owner, from which its parts are read alone."""

    lines: Sequence[str]
    shown: str
    owner: Owner

    def parsed(self, part: range) -> Parsed:
        """Return a part read alone; problems that stop the reader leave it broken."""
        text = "\n".join(self.lines[part.start : part.stop]) + "\n"
        try:
            return yaml_reader.parse(text, self.shown, self.owner, part.start)
        except Problems as error:
            return Parsed(None, {}, (), error.problems)


@dataclass(frozen=True)
class _Broken:
    """The smallest part of a file that can't be read."""

    part: range
    problems: tuple[Problem, ...]


def _recover(whole: Parsed, text: str, shown: str, owner: Owner) -> Parsed:
    """Return the readable parts of a text that broke the parser, with the mistakes of all its parts."""
    file = _Text(text.splitlines(), shown, owner)
    parts = _children(file.lines, range(len(file.lines)))
    if not 0 < len(parts) <= MOST_PARTS:
        return replace(whole, root=None)
    read = [(part, file.parsed(part)) for part in parts]
    sound = [parsed for _, parsed in read if not parsed.broken and isinstance(parsed.root, dict)]
    unread = [(part, parsed) for part, parsed in read if parsed.broken or _is_keyless(parsed)]
    faults = [found for part, parsed in unread for found in _faults(file, part, parsed)]
    problems = [*whole.problems, *(problem for _, parsed in read for problem in parsed.problems)]
    root, lines, repeated = _merged(sound, shown, owner)
    broken = _placed(faults, whole.broken)
    return Parsed(root, lines, (*dict.fromkeys([*problems, *repeated]),), broken)


def _children(lines: Sequence[str], part: range) -> list[range]:
    """Return the keys, or the list items, that a part consists of, each with the lines below it."""
    written = [number for number in part if lines[number].strip() and not lines[number].lstrip().startswith("#")]
    if not written:
        return []
    indents = [len(lines[number]) - len(lines[number].lstrip(" ")) for number in written]
    indent = min(indents)
    if part.start and indents[0] != indent:
        # A line that is indented less than the first belongs elsewhere, and no indent tells the rest apart.
        return []
    first = lines[written[indents.index(indent)]]
    kind = ITEM if ITEM.match(first, indent) else KEY
    begins = [number for number in written if _begins(lines[number], indent, kind)]
    starts = [part.start, *(number for number in begins if number > written[0])]
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], part.stop], strict=True)]


def _begins(line: str, indent: int, kind: re.Pattern[str]) -> bool:
    return len(line) - len(line.lstrip(" ")) == indent and kind.match(line, indent) is not None


def _faults(file: _Text, part: range, parsed: Parsed, depth: int = 0) -> list[_Broken]:
    """Return the smallest broken parts inside a broken part: itself, if each of its children can be read."""
    within = _below(file, part) if depth < DEEPEST else None
    found: list[_Broken] = []
    if within:
        inner, parts = within
        read = [(child, inner.parsed(child)) for child in parts]
        keyed = not ITEM.match(inner.lines[parts[-1].start].lstrip(" ")) and len(parts) > 1
        broken = [(child, alone) for child, alone in read if alone.broken or (keyed and _is_keyless(alone))]
        found = [each for child, alone in broken for each in _faults(inner, child, alone, depth + 1)]
    return found or [_Broken(part, parsed.broken or _without_key(file, part))]


def _is_keyless(parsed: Parsed) -> bool:
    """Return whether a part that should be a key and its value has no key."""
    return isinstance(parsed.root, (str, list))


def _below(file: _Text, part: range) -> tuple[_Text, list[range]] | None:
    """Return the children of a key or of a list item; None if they can't be told apart."""
    written = next((n for n in part if file.lines[n].strip() and not file.lines[n].lstrip().startswith("#")), None)
    if written is None:
        return None
    line = file.lines[written]
    if ITEM.match(line.lstrip(" ")):
        lines = list(file.lines)
        lines[written] = line.replace("-", " ", 1)
        inner, part = replace(file, lines=lines), range(written, part.stop)
    elif BARE.match(line.lstrip(" ")):
        inner, part = file, range(written + 1, part.stop)
    else:
        return None
    parts = _children(inner.lines, part)
    return (inner, parts) if 0 < len(parts) <= MOST_PARTS else None


def _without_key(file: _Text, part: range) -> tuple[Problem, ...]:
    """Return the problem of a part that YAML reads as a text without a key."""
    number = next((n for n in part if file.lines[n].strip()), part.start)
    found = yaml_syntax.without_key(number, file.lines)
    return (Problem(file.shown, number + 1, found.message, found.hint, file.owner, column=1),)


def _placed(faults: Sequence[_Broken], first: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems of all broken parts; in one part, the parser's problem with the whole file replaces its own.

    The whole file says more about a mistake than its part alone: where an open quotation mark is closed, for instance.
    """
    above = [fault for fault in faults if first and fault.part.start < (first[0].line or 0)]
    own = above[-1] if above else None
    others = (problem for fault in faults if fault is not own for problem in fault.problems)
    return (*first, *others)


def _merged(
    parts: Sequence[Parsed], shown: str, owner: Owner
) -> tuple[Data, dict[Loc, tuple[int, int]], list[Problem]]:
    """Return the parts as one group of keys, with a problem for each key that is in two of them."""
    root: dict[str, Data] = {}
    lines: dict[Loc, tuple[int, int]] = {(): (1, 1)}
    problems = []
    for parsed in parts:
        for key in parsed.root:
            if key in root:
                message = f"{name((key,))} is written twice (first on line {lines[(key,)][0]})"
                hint = yaml_reader.hint_for_twice(key, root[key])
                problems.append(Problem(shown, parsed.lines[(key,)][0], message, hint, owner))
        root.update(parsed.root)
        lines.update({loc: found for loc, found in parsed.lines.items() if loc})
    return root, lines, problems

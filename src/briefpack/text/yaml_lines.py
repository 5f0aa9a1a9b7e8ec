"""Read YAML into plain data in which every scalar is text and every value knows its line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from briefpack.problem import Owner, Problem, Problems

Loc = tuple[str | int, ...]
Data = Any

MOST_BYTES = 4_000_000
DEEPEST = 40
# The C parser is ten times faster than the one in Python, and reads the same language.
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
YAML_TAGS = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Tree:
    """A YAML file as data, with the first and last line of each value."""

    path: str
    data: Data
    lines: Mapping[Loc, tuple[int, int]]
    text: tuple[str, ...]
    owner: Owner

    def line(self, loc: Loc, words: str = "") -> int:
        """Return the line of the value at `loc`, or of its nearest parent; with `words`, their line in that value."""
        return self.place(loc, words)[0]

    def place(self, loc: Loc, words: str = "", nth: int = 0) -> tuple[int, int | None]:
        """Return the line of a value, and with `words` the line and column of their `nth` occurrence in it, from 0."""
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
        where = f"{name(loc)}: " if loc else ""
        line, column = self.place(loc, words, nth)
        return Problem(self.path, line, where + message, hint, self.owner, warning, check, column=column)


def name(loc: Loc) -> str:
    """Return a value's name in a message: `asks[2].leave_behind.headline`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in loc).lstrip(".")


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
    """Read a YAML file. Raises Problems if it can't be read, with all its repeated keys at once."""
    return parse(text(path, shown, owner), shown, owner)


def text(path: Path, shown: str, owner: Owner) -> str:
    """Return the text of a file. Raises Problems if it is missing, too large or not UTF-8."""
    if not path.is_file():
        raise Problems([Problem(shown, None, "there is no such file", "make it, or name another", owner)])
    if path.stat().st_size > MOST_BYTES:
        raise Problems(
            [Problem(shown, 1, "the file is over 4 MB", "a brief is text; keep data in its data folder", owner)]
        )
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Problems([Problem(shown, line, "the file is not UTF-8 text", "save it as UTF-8", owner)]) from None


def parse(text: str, shown: str, owner: Owner = Owner.BRIEF) -> Tree:
    """Parse YAML text; `shown` is its path in problems."""
    reader = _Reader(shown, owner)
    try:
        for event in yaml.parse(text, Loader=PARSER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        raise Problems([*reader.problems, _syntax(error, reader.last, text, shown, owner)]) from None
    except yaml.YAMLError:
        raise Problems(
            [
                Problem(
                    shown,
                    _control(text),
                    "there is a control character in the text",
                    "delete it, or type it again",
                    owner,
                )
            ]
        ) from None
    if reader.problems:
        raise Problems(reader.problems)
    return Tree(shown, reader.root, reader.lines, tuple(text.splitlines()) or ("",), owner)


def _control(text: str) -> int:
    found = CONTROL.search(text)
    return text[: found.start()].count("\n") + 1 if found else 1


def _syntax(error: yaml.MarkedYAMLError, last: yaml.Event | None, text: str, shown: str, owner: Owner) -> Problem:
    reason = error.problem or "it cannot be read"
    mark = (error.context_mark if reason in FROM_ITS_START else None) or error.problem_mark or error.context_mark
    number, column = (mark.line, mark.column) if mark else (0, 0)
    lines = [*text.splitlines(), ""]
    line = lines[min(number, text.count("\n"))]
    margin = line[: len(line) - len(line.lstrip())]
    if reason == NO_VALUE_HERE and number and TIGHT.match(lines[number - 1]):
        reason, number = NO_COLON, number - 1
    if "\t" in margin:
        return Problem(shown, number + 1, "the line is indented with a tab", "use spaces, two per level", owner)
    if reason == "did not find expected key" and column <= len(margin):
        reason = "the indent doesn't match the line above"
        return Problem(shown, number + 1, reason, "use as many spaces as the lines around it", owner)
    if found := _goes_on(last, number):
        return Problem(shown, *found, owner)
    message, hint = BROKEN.get(reason, (f"the YAML isn't valid here: {reason}", HINT))
    return Problem(shown, number + 1, message.format(line[column : column + 1]), hint, owner)


def _goes_on(last: yaml.Event | None, number: int) -> tuple[int, str, str] | None:
    """Return the line, message and hint if the last thing read ends on a line that has more text."""
    start, end = (last.start_mark, last.end_mark) if last else (None, None)
    if not (start and end) or end.line != number:
        return None
    quoted = getattr(last, "style", None) in ("'", '"')
    if quoted and start.line != number:
        return (
            start.line + 1,
            "a quotation mark is not closed",
            f"close it before line {number + 1}, where the next one is",
        )
    if quoted:
        return number + 1, "there is text after the closing quotation mark", "put one pair round the whole text"
    # A block, unlike a group in brackets, ends without a mark.
    mark = BEGUN.get(type(last)) if end.column > start.column else None
    return (number + 1, f'a text begins with "{mark}"', "put quotes round the text") if mark else None


BEGUN = {yaml.MappingEndEvent: "{", yaml.SequenceEndEvent: "[", yaml.AliasEvent: "*"}
"""The first character of a text that the parser took for something else."""

HINT = "put quotes round a text that contains a colon, or check the spaces at the start of the line"
NO_COLON, NO_VALUE_HERE = "could not find expected ':'", "mapping values are not allowed in this context"
NO_NAME = "did not find expected alphabetic or numeric character"
FROM_ITS_START = {"found unexpected end of stream", NO_COLON, NO_NAME}
TIGHT = re.compile(r"[ -]*[\w-]+:(?![ \t]|$)")
BROKEN = {
    NO_COLON: (
        "the line has no key: a key ends with a colon and a space",
        "retype the space after the colon; or indent the further lines of a text",
    ),
    NO_VALUE_HERE: (
        "the YAML isn't valid here: a second colon is not allowed in this context",
        HINT,
    ),
    NO_NAME: ('a text begins with "{}"', "put quotes round the text"),
    "did not find expected comment or line break": (
        "there is text on the same line as | or >",
        "start the text on the next line, indented by two spaces",
    ),
    "found character that cannot start any token": ('a text begins with "{}"', "put quotes round the text"),
    "did not find expected key": (
        "the line is not a key of the group that it is in",
        "write a key, a colon, a space and the text",
    ),
    "did not find expected ',' or ']'": ("a list that begins with [ is not closed before this", "close it with ]"),
    "did not find expected ',' or '}'": ("a group that begins with {{ is not closed before this", "close it with }"),
    "found unexpected end of stream": ("a quotation mark is not closed", "close it at the end of the text"),
    "block sequence entries are not allowed in this context": (
        "a list begins in the middle of a line",
        "put each item on its own line, after a hyphen",
    ),
    "did not find expected '-' indicator": (
        "the line is indented like a list item, but isn't one",
        "start it with a hyphen, or indent it like its parent's other keys",
    ),
    "found unknown escape character": ("a backslash has a special meaning here", "put single quotes round the text"),
}
"""The message and hint for each of the parser's errors; `{}` is the character at which it stopped."""


def _line(mark: Any) -> int:  # noqa: ANN401 -- each parser has its own type of mark
    return int(mark.line) + 1


class _Reader:
    """A reader that builds data from parser events, with an open container for each level of nesting.

    It reads events rather than composed nodes, so that neither nesting nor aliases can exhaust memory.
    """

    def __init__(self, shown: str, owner: Owner) -> None:
        self.shown, self.owner = shown, owner
        self.root: Data = None
        self.lines: dict[Loc, tuple[int, int]] = {(): (1, 1)}
        self.problems: list[Problem] = []
        self.open: list[tuple[list[Data] | dict[str, Data], Loc]] = []
        self.key: list[str | None] = []
        self.last: yaml.Event | None = None

    def take(self, event: yaml.Event) -> None:
        self.last = event
        line = _line(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._refuse(line, "a second YAML document begins here (---)", "delete the line")
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(
                line, "YAML aliases (*) are not supported", "write the text out in full, or put quotes round it"
            )
            self._put("", line, line)
        elif isinstance(event, yaml.ScalarEvent):
            self._check_tag(event, line)
            self._scalar(event, line)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._check_tag(event, line)
            self._start({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end(line)

    def _refuse(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.shown, line, message, hint, self.owner))

    def _check_tag(self, event: yaml.NodeEvent, line: int) -> None:
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            written = tag.replace(YAML_TAGS, "!!")
            self._refuse(line, f"there is a tag ({written})", "delete the word that begins with !")
        if event.anchor:
            self._refuse(line, f"YAML anchors are not supported (&{event.anchor})", f"delete &{event.anchor}")

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if CONTROL.search(event.value):
            self._refuse(line, "there is a control character in the text", "delete it, or type it again")
        end = _line(event.end_mark) - (0 if event.end_mark and event.end_mark.column else 1)
        if self.open and isinstance(self.open[-1][0], dict) and self.key[-1] is None:
            self._name_key(event.value, line)
        else:
            empty = not event.style and event.value in ("", "~", "null")
            self._put(None if empty else event.value, line, max(line, end))

    def _name_key(self, key: str, line: int) -> None:
        container, loc = self.open[-1]
        assert isinstance(container, dict)  # noqa: S101 -- narrowed by the caller
        if key in container:
            first = self.lines[(*loc, key)][0]
            self._refuse(line, f"{name((*loc, key))} is written twice (first on line {first})", "delete one of the two")
        self.key[-1] = key
        self.lines[(*loc, key)] = (line, line)

    def _loc(self) -> Loc:
        if not self.open:
            return ()
        container, loc = self.open[-1]
        return (*loc, len(container)) if isinstance(container, list) else (*loc, self.key[-1] or "")

    def _put(self, value: Data, first: int, last: int) -> None:
        loc = self._loc()
        start = self.lines.get(loc, (first, last))[0]
        self.lines[loc] = (start, last)
        if not self.open:
            self.root = value
        elif isinstance(container := self.open[-1][0], list):
            container.append(value)
        else:
            container[self.key[-1] or ""] = value
            self.key[-1] = None

    def _start(self, container: list[Data] | dict[str, Data], line: int) -> None:
        if self.open and isinstance(self.open[-1][0], dict) and self.key[-1] is None:
            self._refuse(line, "a key must be a plain word", "put quotes round a text that begins with { or [")
            raise Problems(self.problems)
        if len(self.open) >= DEEPEST:
            self._refuse(line, f"the file is nested more than {DEEPEST} levels deep", "check the brackets on this line")
            raise Problems(self.problems)
        loc = self._loc()
        self._put(container, line, line)
        self.open.append((container, loc))
        self.key.append(None)

    def _end(self, line: int) -> None:
        _, loc = self.open.pop()
        self.key.pop()
        self.lines[loc] = (self.lines[loc][0], max(line, self.lines[loc][0]))

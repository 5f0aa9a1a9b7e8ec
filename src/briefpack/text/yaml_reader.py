"""Build plain data from the events of a YAML parser, with the lines of every value."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from briefpack.problem import Owner, Problem, Problems
from briefpack.text import yaml_syntax
from briefpack.text.yaml_syntax import Marks

Loc = tuple[str | int, ...]
Data = Any

DEEPEST = 40
# The C parser is ten times faster than the one in Python, and reads the same language.
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
YAML_TAGS = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Parsed:
    """The data of a YAML text, with the first and last line of each value.

    `problems` leave the data complete; `broken` are the problems that end it, where the parser had to stop.
    """

    root: Data
    lines: Mapping[Loc, tuple[int, int]]
    problems: tuple[Problem, ...]
    broken: tuple[Problem, ...]


def name(loc: Loc) -> str:
    """Return a value's name in a message: `asks[2].leave_behind.headline`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in loc).lstrip(".")


def hint_for_twice(key: str, first: "Data") -> str:
    """Return the fix for a key that is written twice; a group or a list may have other entries each time."""
    if isinstance(first, str) or first is None:
        return "delete one of the two"
    return f"put the entries of both under one {key}:, and delete the other"


def parse(text: str, shown: str, owner: Owner, before: int = 0) -> Parsed:
    """Parse a YAML text, or the part of one that has `before` lines above it.

    Raises Problems if it is nested too deeply, or if a key isn't a word.
    """
    lines = text.splitlines()
    reader = _Reader(shown, owner, lines, before)
    broken: tuple[Problem, ...] = ()
    try:
        for event in yaml.parse(text, Loader=PARSER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        # A text that a comment cuts short may leave the rest of its line or block unreadable.
        if reader.cut is None or reader.cut is not reader.last:
            found = yaml_syntax.explain(error, reader.last, lines)
            line = before + min(found.line, max(len(lines) - 1, 0)) + 1
            broken = (Problem(shown, line, found.message, found.hint, owner, column=found.column + 1),)
        else:
            broken = (reader.problems.pop(),)
    except yaml.YAMLError:
        message, hint = "there is a control character in the text", "delete it, or type it again"
        broken = (Problem(shown, before + _control(text), message, hint, owner),)
    return Parsed(reader.root, reader.lines, tuple(reader.problems), broken)


def _control(text: str) -> int:
    found = CONTROL.search(text)
    return text[: found.start()].count("\n") + 1 if found else 1


class _Reader:
    """A reader that builds data from parser events, with an open container for each level of nesting.

    It reads events rather than composed nodes, so that neither nesting nor aliases can exhaust memory.
    """

    def __init__(self, shown: str, owner: Owner, lines: Sequence[str], before: int) -> None:
        self.shown, self.owner, self.before = shown, owner, before
        self.marks = Marks(lines)
        self.root: Data = None
        self.lines: dict[Loc, tuple[int, int]] = {(): (1, 1)}
        self.problems: list[Problem] = []
        self.open: list[tuple[list[Data] | dict[str, Data], Loc]] = []
        self.key: list[str | None] = []
        self.last: yaml.Event | None = None
        self.cut: yaml.Event | None = None

    def take(self, event: yaml.Event) -> None:
        self.last = event
        line = self._line(event.start_mark)
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

    def _line(self, mark: Any) -> int:  # noqa: ANN401 -- each parser has its own type of mark
        return int(mark.line) + 1 + self.before

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
        end = self._line(event.end_mark) - (0 if event.end_mark and event.end_mark.column else 1)
        if self.open and isinstance(self.open[-1][0], dict) and self.key[-1] is None:
            self._name_key(event.value, line)
        else:
            value = self._value(event)
            if value is None and not event.style:
                self._cut_by_a_comma(event, line)
            self._put(value, line, max(line, end))

    def _value(self, event: yaml.ScalarEvent) -> str | None:
        """Return a scalar's text, and add a problem if a mark of YAML spoils it."""
        if event.style:
            return str(event.value)
        found = self.marks.misread(event)
        if found:
            where = f"{name(self._loc())}: " if self.open else ""
            line, column = found.line + 1 + self.before, found.column + 1
            self.problems.append(
                Problem(self.shown, line, where + found.message, found.hint, self.owner, column=column)
            )
            self.cut = event if found.meant else self.cut
        meant = found.meant if found and found.meant else event.value
        return None if meant in ("", "~", "null") else meant

    def _cut_by_a_comma(self, event: yaml.ScalarEvent, line: int) -> None:
        """Add a problem if the words after a comma in a group in braces were read as a key."""
        container, loc = self.open[-1] if self.open else ([], ())
        mark, key = event.start_mark, self.key[-1] if self.key else None
        if not isinstance(container, dict) or not container or not key or mark is None:
            return
        # Where a file ends within a group, the mark is on the line after its last.
        if mark.line >= len(self.marks.lines):
            return
        last = [*container][-1]
        whole = _cut_text(self.marks.lines[mark.line], mark.column, key, container[last])
        if self.problems and self.problems[-1].line == line:
            return
        if whole and (pasted := re.match(r"([a-z_]+):\S", key)):
            message = f"there is no space after the colon of {pasted[1]}:"
            self._refuse(line, message, "type one there")
        elif whole:
            message = f"{name((*loc, last))}: the comma ends this text, and makes a key of the words after it"
            self._refuse(line, message, f'put quotation marks round the text: "{whole}"')

    def _name_key(self, key: str, line: int) -> None:
        container, loc = self.open[-1]
        assert isinstance(container, dict)  # noqa: S101 -- narrowed by the caller
        if number := _cut_number(container, key):
            message = f"{name((*loc, *[*container][-1:]))}: the comma after {number} ends the number"
            self._refuse(line, message, "leave out the commas, or put quotation marks round the number")
        elif key in container and not _goes_on_a_number(container, key):
            first = self.lines[(*loc, key)][0]
            message = f"{name((*loc, key))} is written twice (first on line {first})"
            self._refuse(line, message, hint_for_twice(key, container[key]))
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


def _cut_number(container: dict[str, Data], key: str) -> str:
    """Return the number before a key that is its next three digits, as in `{value: 12,000}`; empty if there is none."""
    before = next(reversed(container.values()), None) if container else None
    cut = isinstance(before, str) and THREE_DIGITS.fullmatch(key) and NUMBER_END.search(before)
    return str(before) if cut else ""


def _goes_on_a_number(container: dict[str, Data], key: str) -> bool:
    """Return whether a key is more digits of a number that a comma has already cut short."""
    last = next(reversed(container))
    return bool(THREE_DIGITS.fullmatch(key) and THREE_DIGITS.fullmatch(last)) and container[last] is None


def _cut_text(line: str, column: int, key: str, before: Data) -> str:
    """Return a text that a comma cut into a value and a key without a colon; empty if the key has one."""
    if not isinstance(before, str) or not before.strip() or key.isdigit():
        return ""
    # The end of the value, the comma as it is typed, and the key.
    end = rf"{re.escape(before.split()[-1])}[\"']?(,\s*){re.escape(key)}\s*$"
    rest, comma = UP_TO_A_KEY.match(line, column), re.search(end, line[:column])
    return f"{before}{comma[1]}{key}{rest[0]}" if rest and comma else ""


UP_TO_A_KEY = re.compile(r"[^:{}\[\]\"']*?(?=,\s*[\w-]+:\s|\s*\}|\s*$)")
THREE_DIGITS = re.compile(r"\d{3}")
NUMBER_END = re.compile(r"(?<![\w.])[A-Z]{0,3}\W?\d{1,3}$")

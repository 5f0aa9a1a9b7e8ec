"""Build plain data from the events of a YAML parser, with the lines of every value."""

import re
from collections.abc import Sequence
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
COMMA = {
    "number": "leave out the commas, or put quotation marks round the number",
    "text": "put quotation marks round the whole text: between braces, a comma ends it",
}
"""The hint for a value in braces that a comma ends."""
YAML_TAGS = "tag:yaml.org,2002:"


def name(loc: Loc) -> str:
    """Return a value's name in a message: `asks[2].leave_behind.headline`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in loc).lstrip(".")


Lines = dict[Loc, tuple[int, int]]
"""The first and the last line of each value."""


def parse(text: str, shown: str, owner: Owner) -> tuple[Data, Lines, list[Problem]]:
    """Return the data of a YAML text, the lines of each value, and the mistakes; no data if the parser had to stop.

    Raises Problems if it is nested too deeply, or if a key isn't a word.
    """
    lines = text.splitlines()
    reader = _Reader(shown, owner, lines)
    try:
        for event in yaml.parse(text, Loader=PARSER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        # A text that a comment cuts short may leave the rest of its line or block unreadable.
        if reader.cut is None or reader.cut is not reader.last:
            mistake = yaml_syntax.explain(error, reader.last, lines)
            line = min(mistake.line, max(len(lines) - 1, 0)) + 1
            problem = Problem(shown, line, mistake.message, mistake.hint, owner, column=mistake.column + 1)
            # A key that lost its indent may seem to be written twice.
            reader.problems = [*(each for each in reader.problems if each.line != line), problem]
        return None, {(): (1, 1)}, reader.problems
    except yaml.YAMLError:
        message, hint = "there is a control character in the text", "delete it, or type it again"
        control = CONTROL.search(text)
        line = text[: control.start()].count("\n") + 1 if control else 1
        problem = Problem(shown, line, message, hint, owner)
        return None, {(): (1, 1)}, [*reader.problems, problem]
    return reader.root, reader.lines, reader.problems


class _Reader:
    """A reader that builds data from parser events, with an open container for each level of nesting.

    It reads events rather than composed nodes, so that neither nesting nor aliases can exhaust memory.
    """

    def __init__(self, shown: str, owner: Owner, lines: Sequence[str]) -> None:
        self.shown, self.owner = shown, owner
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
        return int(mark.line) + 1

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
            self._name_key(event, line)
        else:
            value = self._value(event)
            self._put(value, line, max(line, end))

    def _value(self, event: yaml.ScalarEvent) -> str | None:
        """Return a scalar's text, and add a problem if a mark of YAML spoils it."""
        if event.style:
            return str(event.value)
        found = self.marks.misread(event)
        if found:
            where = f"{name(self._loc())}: " if self.open else ""
            line, column = found.line + 1, found.column + 1
            self.problems.append(
                Problem(self.shown, line, where + found.message, found.hint, self.owner, column=column)
            )
            self.cut = event if found.meant else self.cut
        meant = found.meant if found and found.meant else event.value
        return None if meant in ("", "~", "null") else meant

    def _name_key(self, event: yaml.ScalarEvent, line: int) -> None:
        container, loc = self.open[-1]
        assert isinstance(container, dict)  # noqa: S101 -- narrowed by the caller
        key, last = str(event.value), next(reversed(container), "")
        if last and self.marks.without_colon(event):
            if container[last] is not None:
                kind = "number" if key.isdigit() else "text"
                message = f"{name((*loc, last))}: the comma ends this {kind}"
                self._refuse(line, message, COMMA[kind])
        elif key in container:
            self._repeat(container, loc, key, line)
        self.key[-1] = key
        self.lines[(*self.open[-1][1], key)] = (line, line)

    def _repeat(self, container: dict[str, Data], loc: Loc, key: str, line: int) -> None:
        """Add the problem of a key that its group has already."""
        first, last = self.lines[(*loc, key)][0], next(reversed(container))
        hint = "delete one of the two"
        if loc and isinstance(loc[-1], int) and key == next(iter(container)) and line > first:
            hint = f"to begin another, write - {key}: with its hyphen below that of line {first}"
            self._end(line - 1)
            self._start({}, line)
        elif len(loc) == 1 and all(isinstance(value, dict) for value in container.values()):
            hint = "give one of them another id, or delete one of the two"
        elif not isinstance(container[key], str | None):
            hint = f"put the entries of both under one {key}:, and delete the other"
        elif last != key and isinstance(container[last], dict | None):
            hint = f"indent it more if it belongs to {last}:, or {hint}"
        self._refuse(line, f"{name((*loc, key))} is written twice (first on line {first})", hint)

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

"""Find the texts that YAML reads otherwise than they were meant: a # that cuts one short, and curly quotation marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

CUT = re.compile(r"[ \t]+#[^\W_]")
"""A # that follows a space and begins a word: `Our #1 priority`. A comment has a space after its #."""
TECHNICAL = re.compile(r"(?i)yes|no|true|false|[-+]?[\d.,]+|\d{4}-\d\d-\d\d")
"""A value that nobody would go on with a word that begins with #."""
PAIRS = {"“": '”“"', "”": '”"', "„": '“”"', "‘": "’'"}
"""The marks that may end a text after the mark that begins it."""


@dataclass(frozen=True)
class Misread:
    """A text that was misread, at a line and a column counted from 0; `meant` is the whole text if it was cut short."""

    line: int
    column: int
    message: str
    hint: str
    meant: str = ""


class Marks:
    """The marks in the lines of a YAML text that may spoil an unquoted value."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Note which lines may have one, so that other values cost nothing."""
        self.lines = lines
        self.hashed = frozenset(number for number, line in enumerate(lines) if "#" in line and CUT.search(line))

    def misread(self, event: yaml.ScalarEvent) -> Misread | None:
        """Return the mistake in an unquoted value; None if it is read as it was meant."""
        start, end, value = event.start_mark, event.end_mark, str(event.value)
        assert start is not None  # noqa: S101 -- only events made by hand have no place
        assert end is not None  # noqa: S101 -- as above
        if end.line in self.hashed and (found := self._cut(value, end.line, end.column)):
            return found
        if value[:1] not in PAIRS or len(value) < SHORTEST:
            return None
        if value[-1] in PAIRS[value[0]] and not _closes_within(value):
            message = f"the curly quotation marks round this text ({value[0]}…{value[-1]}) would print"
            hint = KEEP_SINGLE if value[0] == "‘" else KEEP_DOUBLE
            is_quotation = self.lines[start.line][: start.column].rstrip().endswith(QUOTED)
            return Misread(start.line, start.column, message, ADDED if is_quotation else hint)
        if not set(value[1:]) & set(PAIRS[value[0]]) and self.lines[end.line][end.column :].startswith(","):
            message = "a comma ends this text, in spite of the curly quotation mark before it"
            return Misread(start.line, start.column, message, STRAIGHT)
        return None

    def _cut(self, value: str, line: int, column: int) -> Misread | None:
        """Return the mistake if a # after a value begins words of the text rather than a comment."""
        rest = self.lines[line][column:]
        found = CUT.match(rest)
        lost = rest.strip()
        if not found or (TECHNICAL.fullmatch(value) and not lost[1].isdigit()):
            return None
        message = f'"{lost}" is lost: a # after a space begins a comment'
        hint = "put quotation marks round the whole text; a comment has a space after its #"
        return Misread(line, column + found.end() - 2, message, hint, f"{value} {lost}".strip())


def _closes_within(value: str) -> bool:
    """Return whether a mark within a text closes its first one, so that its last closes another: “A” and “B”."""
    closing = PAIRS[value[0]].rstrip("'\"")
    # An apostrophe inside a word closes nothing.
    return any(value[at] in closing and not value[at + 1].isalnum() for at in range(1, len(value) - 1))


SHORTEST = 3
QUOTED = "words:"
"""The key of a quotation."""
ADDED = "leave them out: the layout adds them"
STRAIGHT = 'type straight quotation marks: "'
KEEP_DOUBLE = "type straight ones; if the curly ones are meant to print, put straight ones round them: '“…”'"
KEEP_SINGLE = 'type straight ones; if the curly ones are meant to print, put straight ones round them: "‘…’"'

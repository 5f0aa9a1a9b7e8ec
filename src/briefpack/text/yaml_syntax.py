"""Explain the errors of the YAML parser as mistakes of an author: what is wrong, on which line, and the fix."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

NO_KEY, NO_ITEM = "did not find expected key", "did not find expected '-' indicator"
NO_COLON, NO_VALUE_HERE = "could not find expected ':'", "mapping values are not allowed in this context"
NO_BRACKET, NO_BRACE = "did not find expected ',' or ']'", "did not find expected ',' or '}'"
NO_NODE, NO_NAME = "did not find expected node content", "did not find expected alphabetic or numeric character"
FROM_ITS_START = {"found unexpected end of stream", NO_COLON, NO_NAME}
"""The errors of which the parser also says where the text began that it couldn't read on."""
HINT = "put quotes round a text that contains a colon, or check the spaces at the start of the line"
QUOTED = "put quotes round the text"
WRONG_INDENT = ("the indent doesn't match the line above", "use as many spaces as the lines around it")
UNCLOSED = ("a list that begins with [ is not closed", "close it with ]")
UNCLOSED_GROUP = ("a group that begins with {{ is not closed", "close it with }")
LOST_MARK = (
    "a quotation mark is missing, or in the wrong place",
    "put one pair of straight quotation marks round the whole text; it may contain the other kind, ' or \"",
)
BROKEN = {
    NO_COLON: (
        "the line has no key: a key ends with a colon and a space",
        "retype the space after the colon; or indent the further lines of a text",
    ),
    NO_VALUE_HERE: ("the YAML isn't valid here: a second colon is not allowed in this context", HINT),
    NO_NAME: ('a text begins with "{}"', QUOTED),
    "found character that cannot start any token": ('a text begins with "{}"', QUOTED),
    "found unknown escape character": ("a backslash has a special meaning here", "put single quotes round the text"),
    "found unexpected end of stream": LOST_MARK,
    "did not find expected comment or line break": (
        "there is text on the same line as | or >",
        "start the text on the next line, indented by two spaces",
    ),
    NO_KEY: ("the line is not a key of the group that it is in", "write a key, a colon, a space and the text"),
    NO_ITEM: (
        "the line is indented like a list item, but isn't one",
        "start it with a hyphen; or indent it further, as part of the item above, or less, like its parent's other keys",
    ),
    NO_BRACKET: UNCLOSED,
    NO_BRACE: UNCLOSED_GROUP,
    NO_NODE: (
        "a bracket or a comma is out of place",
        "put quotes round a text that contains one, or close the list with ]",
    ),
    "block sequence entries are not allowed in this context": (
        "a list begins in the middle of a line",
        "put each item on its own line, after a hyphen",
    ),
    "did not find expected <document start>": WRONG_INDENT,
}
"""The message and hint for each of the parser's errors; `{}` is the character at which it stopped."""
BEGUN = {yaml.MappingEndEvent: "{", yaml.SequenceEndEvent: "[", yaml.AliasEvent: "*"}
"""The first character of a text that the parser took for something else."""
KEY = re.compile(r"( *(?:- +)*)[\w-]+:(?:[ \t]|$)")
BARE_KEY = re.compile(r" *(?:- +)*([\w-]+:)\s*$")
"""A line with a key alone."""
ITEM = re.compile(r"( *)-(?: |$)")
LONG_TEXT = re.compile(r".*(?:: |- )[|>][-+]?\d?[ \t]*$")
"""A line after which a text of several lines begins: `text: |`."""
TIGHT_HYPHEN = re.compile(r" *-[{\[\"'“‘A-Za-z]")
"""The hyphen of a list item without a space after it."""
TIGHT = re.compile(r"[ -]*[\w-]+:(?![ \t]|$)")
"""A key without a space after its colon."""
CURLY = re.compile(r"[^#\"']*?(?:[:-][ \t]+|[\[{,][ \t]*)[“”„‘]")
"""A line up to a text that begins with a curly quotation mark."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a text, at a line and a column counted from 0, and the fix.

    `meant` is the whole text if a comment cut it short.
    """

    line: int
    column: int
    message: str
    hint: str
    meant: str = ""


def explain(error: yaml.MarkedYAMLError, last: yaml.Event | None, lines: Sequence[str]) -> Mistake:
    """Return the mistake behind the parser's error; `last` is the last event before it."""
    reason = error.problem or "it cannot be read"
    mark = (error.context_mark if reason in FROM_ITS_START else None) or error.problem_mark or error.context_mark
    number, column = (mark.line, mark.column) if mark else (0, 0)
    line = lines[number] if number < len(lines) else ""
    above = lines[number - 1] if 0 < number <= len(lines) else ""
    place = _Place(reason, number, column, line, above)
    mistake = _in_margin(place) or _without_space(place) or _without_bar(place, lines) or _without_hyphen(place, lines)
    if mistake := mistake or _out_of_line(place, lines) or _goes_on(last, number):
        return mistake
    if reason in (NO_BRACKET, NO_BRACE) and error.context_mark:
        # The line that the bracket is on, and not the one where the parser gives up.
        number, column = error.context_mark.line, error.context_mark.column
    message, hint = BROKEN.get(reason, (f"the YAML isn't valid here: {reason}", HINT))
    return Mistake(number, column, message.format(line[column : column + 1]), hint)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _key_end(line: str) -> int:
    """Return the end of the key that a line begins with, or of its indent."""
    key = KEY.match(line)
    return key.end() if key else _indent(line)


@dataclass(frozen=True)
class _Place:
    """The place where the parser stopped, and its reason: the line and the one above it."""

    reason: str
    number: int
    column: int
    line: str
    above: str


def _in_margin(place: _Place) -> Mistake | None:
    """Return the mistake if a line, or the one above it, is indented with something else than spaces."""
    if "\t" in place.line[: _indent(place.line)]:
        column = place.line.index("\t")
        return Mistake(place.number, column, "the line is indented with a tab", "use spaces, two per level")
    # Spaces copied from a web page don't break for YAML, so the line after them may be the one that it can't read.
    for at, words in ((place.number, place.line), (place.number - 1, place.above)):
        if words[: _indent(words)].strip(" \t"):
            message = "the line is indented with no-break spaces, as web pages have them"
            return Mistake(at, 0, message, "delete them, and type spaces")
    return None


def _without_space(place: _Place) -> Mistake | None:
    """Return the mistake if a hyphen or a colon has no space after it."""
    if TIGHT_HYPHEN.match(place.line):
        column = place.line.index("-")
        return Mistake(place.number, column, "there is no space after the hyphen", "type one there")
    if place.reason == NO_VALUE_HERE and TIGHT.match(place.above):
        return Mistake(place.number - 1, place.above.index(":"), *BROKEN[NO_COLON])
    return None


def _without_bar(place: _Place, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if a text begins on the line below its key, and goes on with the line where it can't."""
    indent = _indent(place.line)
    if place.reason not in (NO_COLON, NO_KEY, NO_ITEM) or not indent:
        return None
    around = (at for at in range(place.number - 1, -1, -1) if lines[at].strip() and _indent(lines[at]) < indent)
    start = next(around, 0)
    key, first = BARE_KEY.match(lines[start]), "".join(lines[start + 1 : place.number]).lstrip()
    if not key or not first[:1].isalnum() or KEY.match(first):
        return None
    message = "the text below has several lines, and no | before them"
    return Mistake(start, key.start(1), message, f"write | after {key[1]}")


def _without_hyphen(place: _Place, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if a text stands where an item of a list begins, below another item."""
    indent = _indent(place.line)
    if place.reason not in (NO_COLON, NO_ITEM) or place.column > indent or KEY.match(place.line):
        return None
    around = (line for line in reversed(lines[: place.number]) if line.strip() and _indent(line) <= indent)
    above = ITEM.match(next(around, ""))
    if not above or len(above[1]) != indent:
        return None
    hint = "begin it with a hyphen and a space; or indent it further, to go on with that item"
    return Mistake(place.number, indent, "the line has no hyphen, unlike the item above it", hint)


def _out_of_line(place: _Place, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if a line with a key can't follow the line above it, or begins its text with a curly mark."""
    if place.reason == NO_VALUE_HERE and CURLY.match(place.line):
        return Mistake(place.number, place.column, *LOST_MARK)
    if place.reason not in (NO_VALUE_HERE, NO_KEY, NO_ITEM) or place.column > _key_end(place.line):
        return None
    if mistake := _beside(place, lines):
        return mistake
    if place.reason == NO_ITEM:
        return None
    if place.reason == NO_KEY or KEY.match(place.above) or place.above.lstrip().startswith("- "):
        return Mistake(place.number, _indent(place.line), *WRONG_INDENT)
    return Mistake(place.number - 1, _indent(place.above), *BROKEN[NO_COLON])


def _beside(place: _Place, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if a key or an item almost lines up with one above it, in its group or around it."""
    kind = ITEM if ITEM.match(place.line) else KEY
    found = kind.match(place.line)
    if not found:
        return None
    column, number = len(found[1]), place.number
    distances = _distances(number, lines, kind, column)
    if kind is KEY and _has_no_hyphen(found[0].strip(), distances, lines, column):
        return None
    # An item goes with those that begin with its own key.
    start = place.line.split()[:2]
    alike = {above: distance for above, distance in distances.items() if lines[above].split()[:2] == start}
    nearest = alike if kind is ITEM and alike else distances
    other = min(nearest, key=lambda above: abs(nearest[above]), default=number)
    distance = nearest.get(other, 0)
    if not distance:
        return None
    if distance < 0 and _has_left(lines, other, column):
        number, other, distance = other, number, -distance
    spaces, side = f"{abs(distance)} space{'s' * (abs(distance) > 1)}", "left" if distance > 0 else "right"
    message = f"the line is {spaces} too far {side} to line up with line {other + 1}"
    return Mistake(number, column, message, f"{'add' if distance > 0 else 'delete'} {spaces} at its start")


def _distances(number: int, lines: Sequence[str], kind: re.Pattern[str], column: int) -> dict[int, int]:
    """Return how far right of a column each key or item begins that is above a line, in its group or around it."""
    distances: dict[int, int] = {}
    for other in range(number - 1, -1, -1):
        line = lines[other]
        if LONG_TEXT.match(line):
            # What lines up there is part of the text.
            distances.clear()
        if start := kind.match(line):
            distances[other] = len(start[1]) - column
        begins_item = kind is KEY and bool(ITEM.match(line))
        if line.strip() and _indent(line) < column + begins_item:
            break
    return distances


def _has_no_hyphen(key: str, distances: Mapping[int, int], lines: Sequence[str], column: int) -> bool:
    """Return whether a key stands where items begin, and the item above it has that key too, or no other."""
    item = lines[min(distances)] if distances else ""
    if not ITEM.match(item) or _indent(item) != column:
        return False
    keys = [lines[number].strip(" -").split()[0] for number in distances]
    return len(keys) == 1 or key in keys


def _has_left(lines: Sequence[str], number: int, column: int) -> bool:
    """Return whether a key has less than the indent, `column`, of the group between whose lines it is."""
    before = next((line for line in reversed(lines[:number]) if line.strip() and _indent(line) <= column), "")
    # The group has keys above it too, or is still empty.
    is_empty = before.rstrip().endswith(":") and _indent(before) == _indent(lines[number])
    return _indent(before) == column or is_empty


def _goes_on(last: yaml.Event | None, number: int) -> Mistake | None:
    """Return the mistake if the last thing read ends on a line that has more text."""
    start, end = (last.start_mark, last.end_mark) if last else (None, None)
    if not (start and end) or end.line != number:
        return None
    if getattr(last, "style", None) in ("'", '"'):
        return Mistake(start.line, start.column, *LOST_MARK)
    # A block, unlike a group in brackets, ends without a mark.
    mark = BEGUN.get(type(last)) if end.column > start.column else None
    return Mistake(number, start.column, f'a text begins with "{mark}"', QUOTED) if mark else None


HASH = re.compile(r"[ \t]+#[^\W_]")
"""A # that follows a space and begins a word: `Our #1 priority`. A comment has a space after its #."""
TECHNICAL = re.compile(r"(?i)yes|no|true|false|[-+]?[\d.,]+|\d{4}-\d\d-\d\d")
"""A value that wouldn't go on with a word that begins with #."""
PAIRS = {"“": '”“"', "”": '”"', "„": '“”"', "‘": "’'"}
"""The marks that may end a text after the mark that begins it."""
SHORTEST = 3
QUOTATION = "words:"
"""The key of a quotation."""


class Marks:
    """The marks in the lines of a YAML text that may spoil an unquoted value."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Note which lines may have one, so that other values cost nothing."""
        self.lines = lines
        self.hashed = frozenset(number for number, line in enumerate(lines) if "#" in line and HASH.search(line))

    def misread(self, event: yaml.ScalarEvent) -> Mistake | None:
        """Return the mistake in an unquoted value; None if it is read as meant."""
        start, end, value = event.start_mark, event.end_mark, str(event.value)
        assert start is not None  # noqa: S101 -- only events made by hand have no place
        assert end is not None  # noqa: S101 -- as above
        if end.line in self.hashed and (cut := self._cut(value, end.line, end.column)):
            return cut
        if value[:1] not in PAIRS and value[-1:] == '"' and '"' not in value[:-1]:
            return Mistake(end.line, end.column - 1, *LOST_MARK)
        if value[:1] in PAIRS and len(value) >= SHORTEST and value[-1] in PAIRS[value[0]]:
            return self._curly(value, start.line, start.column)
        return None

    def without_colon(self, event: yaml.ScalarEvent) -> bool:
        """Return whether a key has no colon, so that it is a word after a comma between braces."""
        end = event.end_mark
        assert end is not None  # noqa: S101 -- as above
        return not self.lines[end.line][end.column :].lstrip().startswith(":")

    def _curly(self, value: str, line: int, column: int) -> Mistake | None:
        """Return the mistake if curly quotation marks are round a whole text, and not round a part: “A” and “B”."""
        closing = PAIRS[value[0]].rstrip("'\"")
        for place, letter in enumerate(value[1:-1], 1):
            # An apostrophe inside a word closes nothing.
            if letter in closing and not value[place + 1].isalnum():
                return None
        message = f"the curly quotation marks round this text ({value[0]}…{value[-1]}) would print"
        is_quotation = self.lines[line][:column].rstrip().endswith(QUOTATION)
        hint = "leave them out: the layout adds them" if is_quotation else "type straight ones, or none"
        return Mistake(line, column, message, hint)

    def _cut(self, value: str, line: int, column: int) -> Mistake | None:
        """Return the mistake if a # after a value begins words of the text rather than a comment."""
        rest = self.lines[line][column:]
        found = HASH.match(rest)
        lost = rest.strip()
        if not found or (TECHNICAL.fullmatch(value) and not lost[1].isdigit()):
            return None
        message = f'"{lost}" is lost: a # after a space begins a comment'
        hint = "put quotation marks round the whole text; a comment has a space after its #"
        return Mistake(line, column + found.end() - 2, message, hint, f"{value} {lost}".strip())

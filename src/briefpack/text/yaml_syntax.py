"""Explain the errors of the YAML parser as mistakes of an author: what is wrong, on which line, and the fix."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml


@dataclass(frozen=True)
class Mistake:
    """What is wrong with the syntax of a text, at a line and a column counted from 0, and the fix."""

    line: int
    column: int
    message: str
    hint: str


def explain(error: yaml.MarkedYAMLError, last: yaml.Event | None, lines: Sequence[str]) -> Mistake:
    """Return the mistake behind the parser's error; `last` is the last event before it."""
    reason = error.problem or "it cannot be read"
    mark = (error.context_mark if reason in FROM_ITS_START else None) or error.problem_mark or error.context_mark
    number, column = (mark.line, mark.column) if mark else (0, 0)
    line = _line(lines, number)
    if TIGHT_HYPHEN.match(line):
        return Mistake(number, line.index("-"), *TIGHT_ITEM)
    found = _spoilt_by(reason, number, column, lines) or _curly(reason, number, lines)
    if found := found or _commented(error, lines) or _unclosed(error, lines) or _run_together(error, lines):
        return found
    if found := _out_of_line(reason, number, lines):
        return found
    if reason == NO_KEY and column <= _indent(line):
        return Mistake(number, column, WRONG_INDENT, "use as many spaces as the lines around it")
    if found := _apostrophe(last, number, line) or _goes_on(last, number):
        return found
    message, hint = BROKEN.get(reason, (f"the YAML isn't valid here: {reason}", HINT))
    return Mistake(number, column, message.format(line[column : column + 1]), hint)


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def _spoilt_by(reason: str, number: int, column: int, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if it is in the margin of the line, or in the line above it."""
    line, above = _line(lines, number), _line(lines, number - 1) if number else ""
    if reason == NO_VALUE_HERE and TIGHT.match(above):
        return Mistake(number - 1, above.index(":"), *BROKEN[NO_COLON])
    if "\t" in line[: _indent(line)]:
        return Mistake(number, line.index("\t"), "the line is indented with a tab", "use spaces, two per level")
    # Spaces copied from a web page don't break for YAML, so the line after them may be the one that it can't read.
    for each, words in ((number, line), (number - 1, above)):
        if words[: _indent(words)].strip(" \t"):
            return Mistake(each, 0, "the line is indented with no-break spaces, as web pages have them", RETYPED)
    key = KEY.match(line)
    if reason == NO_VALUE_HERE and above.strip() and key and column < key.end():
        return _misplaced(number, lines)
    return None


def _misplaced(number: int, lines: Sequence[str]) -> Mistake:
    """Return the mistake in a line whose key can't follow the line above it."""
    line, above = lines[number], lines[number - 1]
    if KEY.match(above) or above.lstrip().startswith("- "):
        return Mistake(number, _indent(line), WRONG_INDENT, LIKE_OTHERS)
    return without_key(number - 1, lines)


def without_key(number: int, lines: Sequence[str]) -> Mistake:
    """Return the mistake in a line that should have a key, and has none."""
    return _dedented(number, lines) or Mistake(number, _indent(lines[number]), *BROKEN[NO_COLON])


def _out_of_line(reason: str, number: int, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if the indent of a line fits none of the lines above it, for a reason that can be told."""
    found = _dedented(number, lines) if reason in OUT_OF_LINE else None
    return found or (_without_hyphen(number, lines) if reason == NO_KEY else None)


def _dedented(number: int, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if a line, or the one that holds it, goes on from a text that is indented more."""
    for each in (number, _group(number, lines)[0]):
        if each and not ENTRY.match(lines[each]) and _indent(lines[each - 1]) > _indent(lines[each]):
            return Mistake(each, _indent(lines[each]), *GOES_ON)
    return None


def _without_hyphen(number: int, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if the first entry of a list has no hyphen, and the one at a line has."""
    parent, *above = _group(number, lines)
    is_item = [lines[each].lstrip().startswith("- ") for each in (*above, number)]
    if not above or is_item != [False] * len(above) + [True]:
        return None
    first, key = lines[above[0]], lines[parent].strip(" -").partition(":")[0]
    if TIGHT_HYPHEN.match(first):
        return Mistake(above[0], _indent(first), *TIGHT_ITEM)
    hint = f"type one before it, and a space: - {first.strip()}"
    return Mistake(above[0], _indent(first), f"{key}: the first entry of this list has no hyphen", hint)


def _group(number: int, lines: Sequence[str]) -> list[int]:
    """Return the line above that is indented less than a line, and those between; the first line if there is none."""
    above = [each for each in range(number) if lines[each].strip() and not lines[each].lstrip().startswith("#")]
    parent = next((each for each in reversed(above) if _indent(lines[each]) < _indent(lines[number])), 0)
    return [parent, *(each for each in above if each > parent)]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _curly(reason: str, number: int, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if a curly quotation mark was typed where YAML needs a straight one."""
    line = _line(lines, number)
    if reason == NO_VALUE_HERE and (found := CURLY.match(line)):
        return Mistake(number, found.end() - 1, "the text begins with a curly quotation mark", STRAIGHT)
    if reason == "found unexpected end of stream" and CLOSED_BY_CURLY.match(line):
        message = "the text begins with a straight quotation mark and ends with a curly one"
        return Mistake(number, len(line.rstrip()) - 1, message, STRAIGHT)
    return None


def _commented(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if a # turns the rest of a line into a comment, and a closing bracket with it."""
    start, end = error.context_mark, error.problem_mark
    if error.problem not in CUT or not (start and end):
        return None
    for number in range(max(start.line - 1, 0), min(end.line + 1, len(lines))):
        hashes = (found.start() for found in QUOTED_OR_HASH.finditer(lines[number]) if found[0] == "#")
        column = next(hashes, len(lines[number]))
        if bracket := next((each for each in lines[number][column:] if each in CUT[error.problem]), ""):
            colour = COLOUR.match(lines[number], column)
            hint = f'put quotation marks round the colour: "{colour[0]}"' if colour else QUOTE
            return Mistake(number, column, f"from # on, the line is a comment, and its {bracket} is lost", hint)
    return None


def _unclosed(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if a bracket is still open where another key begins."""
    start, end = error.context_mark, error.problem_mark
    if error.problem in UNCLOSED and start and end and start.line < end.line:
        following = _line(lines, end.line)
        if not following.strip() or KEY.match(following):
            return Mistake(start.line, start.column, *UNCLOSED[error.problem])
    return None


def _run_together(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Mistake | None:
    """Return the mistake if a text in brackets contains braces, or a comma is missing between two keys in braces."""
    end = error.problem_mark
    line = _line(lines, end.line)[: end.column] if end else ""
    held = HELD.match(_line(lines, end.line), end.column) if end else None
    if end and held and error.problem in UNCLOSED:
        return Mistake(end.line, end.column, f"the {held[0]} in this text begins a group of keys", QUOTED_WHOLE)
    found = SECOND_KEY.search(line) if error.problem == NO_BRACE else None
    if not (end and found):
        return None
    return Mistake(end.line, found.start(1), f"a comma is missing before {found[1]}:", "put one between the two keys")


HELD = re.compile(r"\{[\w:-]+\}")
QUOTED_WHOLE = "put quotation marks round the whole text"
SECOND_KEY = re.compile(r":\s+[^,{}\[\]:]+\s([a-z][\w-]*)$")


def _goes_on(last: yaml.Event | None, number: int) -> Mistake | None:
    """Return the mistake if the last thing read ends on a line that has more text."""
    start, end = (last.start_mark, last.end_mark) if last else (None, None)
    if not (start and end) or end.line != number:
        return None
    quoted = getattr(last, "style", None) in ("'", '"')
    if quoted and start.line != number:
        hint = "close it on the line where the text ends"
        return Mistake(start.line, start.column, "a quotation mark is not closed", hint)
    if quoted:
        message = "there is text after the closing quotation mark"
        return Mistake(number, end.column, message, "put one pair round the whole text")
    # A block, unlike a group in brackets, ends without a mark.
    mark = BEGUN.get(type(last)) if end.column > start.column else None
    return Mistake(number, start.column, f'a text begins with "{mark}"', "put quotes round the text") if mark else None


def _apostrophe(last: yaml.Event | None, number: int, line: str) -> Mistake | None:
    """Return the mistake if an apostrophe ends a text in single quotation marks, whose own mark comes later."""
    start, end = (last.start_mark, last.end_mark) if last else (None, None)
    if not (start and end) or getattr(last, "style", None) != "'" or not start.line == end.line == number:
        return None
    found = APOSTROPHE.match(line, start.column)
    if not found or end.column not in {each.end() + start.column + 1 for each in re.finditer("'", found["text"])}:
        return None
    text = found["text"]
    hint = f'put double quotation marks round it: "{text}"' if '"' not in text else DOUBLED
    return Mistake(
        number, end.column - 1, "the apostrophe ends this text, which begins with a single quotation mark", hint
    )


APOSTROPHE = re.compile(r"'(?P<text>(?:[^']*\w'[\w\s]?)+[^']*)'(?=[ \t]*(?:$|#|[,}\]]))")
DOUBLED = "type each apostrophe in the text twice: ''"
BEGUN = {yaml.MappingEndEvent: "{", yaml.SequenceEndEvent: "[", yaml.AliasEvent: "*"}
"""The first character of a text that the parser took for something else."""

KEY = re.compile(r" *(?:- +)*[\w-]+:(?:[ \t]|$)")
ENTRY = re.compile(r" *(?:-(?: |$)|[\w-]+:|[\"'{\[#])")
GOES_ON = "the line is indented less than the text that it goes on from", "indent it as far as that text"
NO_KEY, NO_ITEM = "did not find expected key", "did not find expected '-' indicator"
RETYPED = "delete them, and type spaces"
WRONG_INDENT = "the indent doesn't match the line above"
LIKE_OTHERS = "use as many spaces as the lines around it, or put quotes round a text that contains a colon"
HINT = "put quotes round a text that contains a colon, or check the spaces at the start of the line"
NO_COLON, NO_VALUE_HERE = "could not find expected ':'", "mapping values are not allowed in this context"
OUT_OF_LINE = {NO_KEY, NO_ITEM, NO_COLON}
NO_NAME = "did not find expected alphabetic or numeric character"
NO_NODE = "did not find expected node content"
NO_BRACKET, NO_BRACE = "did not find expected ',' or ']'", "did not find expected ',' or '}'"
UNCLOSED = {
    NO_BRACKET: ("a list that begins with [ is not closed", "close it with ]"),
    NO_BRACE: ("a group that begins with { is not closed", "close it with }"),
}
CUT = {NO_BRACKET: "]", NO_BRACE: "}", NO_NODE: "]}"}
"""The brackets that a comment may have cut off, for each of the parser's errors that this leads to."""
QUOTED_OR_HASH = re.compile(r"""'[^']*'|"[^"]*"|(?<=\s)#""")
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}(?!\w)")
QUOTE = "put quotation marks round the text that contains the #, or the comment on a line of its own"
CURLY = re.compile(r"[^#\"']*?(?:[:-][ \t]+|[\[{,][ \t]*)[“”„‘]")
CLOSED_BY_CURLY = re.compile(r"""[^"']*(?:"[^"]*[”“]|'[^']*[’‘])[ \t]*$""")
FROM_ITS_START = {"found unexpected end of stream", NO_COLON, NO_NAME}
TIGHT_ITEM = "there is no space after the hyphen", "type one there"
TIGHT_HYPHEN = re.compile(r" *-[{\[\"'“‘A-Za-z]")
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
    NO_KEY: (
        "the line is not a key of the group that it is in",
        "write a key, a colon, a space and the text",
    ),
    NO_BRACKET: ("a list that begins with [ is not closed before this", "close it with ]"),
    NO_BRACE: ("a group that begins with {{ is not closed before this", "close it with }"),
    "found unexpected end of stream": ("a quotation mark is not closed", "close it at the end of the text"),
    "block sequence entries are not allowed in this context": (
        "a list begins in the middle of a line",
        "put each item on its own line, after a hyphen",
    ),
    NO_ITEM: (
        "the line is indented like a list item, but isn't one",
        "start it with a hyphen, or indent it like its parent's other keys",
    ),
    "did not find expected <document start>": (WRONG_INDENT, "use as many spaces as the lines around it"),
    NO_NODE: (
        "a bracket or a comma is out of place",
        "put quotes round a text that contains one, or close the list with ]",
    ),
    "found unknown escape character": ("a backslash has a special meaning here", "put single quotes round the text"),
}
"""The message and hint for each of the parser's errors; `{}` is the character at which it stopped."""


HASH = re.compile(r"[ \t]+#[^\W_]")
"""A # that follows a space and begins a word: `Our #1 priority`. A comment has a space after its #."""
TECHNICAL = re.compile(r"(?i)yes|no|true|false|[-+]?[\d.,]+|\d{4}-\d\d-\d\d")
"""A value that wouldn't go on with a word that begins with #."""
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
        self.hashed = frozenset(number for number, line in enumerate(lines) if "#" in line and HASH.search(line))

    def misread(self, event: yaml.ScalarEvent) -> Misread | None:
        """Return the mistake in an unquoted value; None if it is read as meant."""
        start, end, value = event.start_mark, event.end_mark, str(event.value)
        assert start is not None  # noqa: S101 -- only events made by hand have no place
        assert end is not None  # noqa: S101 -- as above
        if end.line in self.hashed and (found := self._cut(value, end.line, end.column)):
            return found
        if value[:1] not in PAIRS and _left_over(value):
            message = "there is a quotation mark at the end, and none at the start"
            return Misread(end.line, end.column - 1, message, "delete it, or type one at the start too")
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
        found = HASH.match(rest)
        lost = rest.strip()
        if not found or (TECHNICAL.fullmatch(value) and not lost[1].isdigit()):
            return None
        message = f'"{lost}" is lost: a # after a space begins a comment'
        hint = "put quotation marks round the whole text; a comment has a space after its #"
        return Misread(line, column + found.end() - 2, message, hint, f"{value} {lost}".strip())


def _left_over(value: str) -> bool:
    """Return whether a text ends with a quotation mark that none of its own begins; the workers' has an apostrophe."""
    rest = value[:-1]
    return (value[-1:] == '"' and '"' not in rest) or (value[-1:] == "'" and TECHNICAL.fullmatch(rest) is not None)


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

"""Write a brief as YAML that people can read and edit: one key a line, long text below its key, comments above."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

WIDTH = 110
PLAIN = re.compile(r"[^\W\d_][^\n\"\\`\t\ue000-\uf8ff]*")
FLOW = re.compile(r"[,{}\[\]]")
ANSWERS = {"yes", "no", "true", "false", "null", "on", "off", "y", "n", "~"}
MARK = re.compile(r"(?:[-+*>#=|]|\d{1,9}[.)])(?:\s|$)|#|[-=]+$")
"""A word that would begin a list, a quotation or a heading at the start of a line."""
ITEM = re.compile(r"( *(?:-|\d{1,9}\.) )")


@dataclass(frozen=True)
class Line:
    """A text of one paragraph."""

    words: str


@dataclass(frozen=True)
class Word:
    """A word that YAML may read as it likes, such as yes."""

    words: str


@dataclass(frozen=True)
class Text:
    """Markdown with paragraphs and lists."""

    words: str


@dataclass(frozen=True)
class Entry:
    """A key with its value, below comments."""

    key: str
    value: "Value"
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Keys with their values."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Listing:
    """Values in order."""

    values: tuple["Value", ...]


Value = Line | Word | Text | Group | Listing


def write(group: Group) -> str:
    """Return a whole file, with a blank line around each key that has others below it."""
    found = ""
    for entry in group.entries:
        lines = "\n".join(_entry(entry, 0)) + "\n"
        found += lines if isinstance(entry.value, Line | Word | Text) else f"\n{lines}"
    return found.lstrip("\n")


def texts(value: Value) -> Iterator[str]:
    """Yield the texts of a value in order, without keys and comments."""
    if isinstance(value, Line | Word | Text):
        yield value.words
    elif isinstance(value, Group):
        for entry in value.entries:
            yield from texts(entry.value)
    else:
        for each in value.values:
            yield from texts(each)


def _entry(entry: Entry, indent: int) -> Iterator[str]:
    """Yield the lines of a key and its value."""
    margin = " " * indent
    for comment in entry.comments:
        yield from (f"{margin}# {line}" for line in wrapped(comment, WIDTH - indent - 2))
    if isinstance(entry.value, Line):
        yield from _line(f"{margin}{entry.key}:", entry.value.words, indent + 2)
    elif isinstance(entry.value, Word):
        yield f"{margin}{entry.key}: {entry.value.words}"
    elif isinstance(entry.value, Text):
        yield f"{margin}{entry.key}: |"
        yield from _literal(entry.value.words, indent + 2)
    elif cells := _cells(entry.value):
        yield f"{margin}{entry.key}: {cells}"
    else:
        yield f"{margin}{entry.key}:"
        yield from _inside(entry.value, indent + 2)


def _inside(value: Group | Listing, indent: int) -> Iterator[str]:
    if isinstance(value, Group):
        for entry in value.entries:
            yield from _entry(entry, indent)
    else:
        for each in value.values:
            yield from _item(each, indent)


def _item(value: Value, indent: int) -> Iterator[str]:
    """Yield the lines of an item of a list: its hyphen is in the margin of its first line."""
    margin = " " * indent
    if isinstance(value, Line | Word):
        yield from _line(f"{margin}-", value.words, indent + 2)
    elif cells := _cells(value):
        yield f"{margin}- {cells}"
    elif isinstance(value, Text):
        yield f"{margin}- |"
        yield from _literal(value.words, indent + 2)
    else:
        lines = [*_inside(value, indent + 2)]
        comments = [line[2:] for line in lines[: next(n for n, line in enumerate(lines) if line.lstrip()[:1] != "#")]]
        first, *rest = lines[len(comments) :]
        yield from comments
        yield f"{margin}- {first.lstrip()}"
        yield from rest


def _cells(value: Value) -> str:
    """Return a list of lines in brackets, as the cells of a table are written; an empty text for another value."""
    if not isinstance(value, Listing) or not all(isinstance(each, Line) for each in value.values):
        return ""
    return f"[{', '.join(_scalar(each, flow=True) for each in texts(value))}]"


def _line(start: str, words: str, indent: int) -> Iterator[str]:
    """Yield the lines of a text after its key: on the key's line if it fits, or else folded below it."""
    scalar = _scalar(words)
    escaped = scalar.startswith('"') and "\\" in scalar
    if (len(start) + 1 + len(scalar) <= WIDTH and not escaped) or not _folds(words):
        yield f"{start} {scalar}"
        return
    yield f"{start} >-"
    yield from (" " * indent + line for line in wrapped(words, WIDTH - indent))


def _folds(words: str) -> bool:
    """Return whether a text comes back the same if it is folded: single spaces between words alone."""
    return " ".join(words.split(" ")) == words == " ".join(words.split()) and bool(words)


def _scalar(words: str, *, flow: bool = False) -> str:
    """Return a text as a scalar, in quotation marks if YAML would read it otherwise."""
    plain = PLAIN.fullmatch(words) and not words.endswith((" ", ":")) and ": " not in words and " #" not in words
    if plain and words.lower() not in ANSWERS and not (flow and FLOW.search(words)):
        return words
    if re.fullmatch(r"https?://[^\s#,\[\]{}\"']+", words) or re.fullmatch(r"\d{4}-\d\d-\d\d|[1-9]\d*(?:\.\d+)?", words):
        return words
    return json.dumps(words, ensure_ascii=False)


def _literal(words: str, indent: int) -> Iterator[str]:
    """Yield the lines of Markdown, wrapped; a list item's further lines are below its first word."""
    for line in words.split("\n"):
        marked = ITEM.match(line)
        inside = marked.end() if marked else len(line) - len(line.lstrip(" "))
        first, *rest = wrapped(line[inside:], WIDTH - indent - inside) or [""]
        yield (" " * indent + line[:inside] + first).rstrip()
        yield from (" " * (indent + inside) + each for each in rest)


def wrapped(words: str, width: int) -> list[str]:
    """Return the lines of a text; none begins with a word that Markdown or YAML would take for a mark."""
    lines: list[str] = []
    for word in words.split():
        if lines and (len(lines[-1]) + 1 + len(word) <= width or MARK.match(word)):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines

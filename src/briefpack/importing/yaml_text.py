"""Write a brief as YAML that people can read and edit: one key a line, long text below its key, comments above."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Self

WIDTH = 100
LONG = 88
"""In letters: a longer text is below its key."""
# A word that would begin a list, a quotation or a heading at the start of a line.
MARK = re.compile(r"(?:[-+*>#=|]|\d{1,9}[.)])(?:\s|$)|#|[-=]+$")
ITEM = re.compile(r" *(?:(?:-|\d{1,9}\.) )?")
# A text that needs no quotation marks: no answer, no mark of YAML in it, and no quotation mark at its ends.
PLAIN = re.compile(r"(?!(?i:yes|no|true|false|null|on|off|y|n)$)[^\W_](?:[^:#]|:(?! |$)|(?<! )#)*(?<![\s\"'])")
PLAIN_CELL = re.compile(rf"(?=[^,\[\]{{}}]*$){PLAIN.pattern}")


class Key(str):
    """A key with comments above it."""

    __slots__ = ("comments",)
    comments: tuple[str, ...]

    def __new__(cls, words: str, *comments: str) -> Self:
        """Take the words of the key and the comments."""
        key = super().__new__(cls, words)
        key.comments = comments
        return key


class Cells(list[str]):
    """The cells of a row of a table, which are written on one line."""


def write(brief: Mapping[str, Any]) -> str:
    """Return a whole file, with a blank line above each key that has others below it."""
    text = ""
    for key, value in brief.items():
        lines = "\n".join(_mapping({key: value}, ""))
        text += f"{lines}\n" if isinstance(value, str) else f"\n{lines}\n"
    return text.lstrip("\n")


def _mapping(entry: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in entry.items():
        for comment in getattr(key, "comments", ()):
            yield from (f"{indent}# {line}" for line in wrapped(comment))
        yield from _value(f"{indent}{key}:", value, f"{indent}  ")


def _value(start: str, value: object, indent: str) -> Iterator[str]:
    """Yield the lines of a value, the first after its key or the mark of its item."""
    if isinstance(value, Mapping):
        yield start
        yield from _mapping(value, indent)
    elif isinstance(value, Cells):
        yield f"{start} [{', '.join(_quoted(cell, PLAIN_CELL) for cell in value)}]"
    elif isinstance(value, list):
        yield start
        for item in value:
            yield from _item(item, indent)
    elif isinstance(value, str):
        yield from _text(start, value, indent)
    else:
        yield f"{start} {'yes' if value else 'no'}"


def _item(item: object, indent: str) -> Iterator[str]:
    """Yield the lines of an item of a list; the comments of its first key are above it."""
    if not isinstance(item, Mapping):
        yield from _value(f"{indent}-", item, f"{indent}  ")
        return
    mark = "- "
    for line in _mapping(item, f"{indent}  "):
        is_above = mark == "- " and line.lstrip().startswith("#")
        yield (indent + ("" if is_above else mark) + line[len(indent) + 2 :]).rstrip()
        mark = mark if is_above else "  "


def _text(start: str, text: str, indent: str) -> Iterator[str]:
    """Yield a text on the line of its key, or below it: a long one folded, and paragraphs as they are."""
    if "\n" in text:
        yield f"{start} |"
        yield from ((indent + line).rstrip() for line in _literal(text))
    elif len(text) > LONG:
        yield f"{start} >-"
        yield from (indent + line for line in wrapped(text))
    else:
        yield f"{start} {_quoted(text, PLAIN)}"


def _quoted(text: str, plain: re.Pattern[str]) -> str:
    return text if plain.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def _literal(text: str) -> Iterator[str]:
    """Yield Markdown with its lines wrapped; a list item's further lines are below its first word."""
    for line in text.split("\n"):
        marked = ITEM.match(line)
        inside = marked.end() if marked else 0
        first, *rest = wrapped(line[inside:], WIDTH - inside) or [""]
        yield line[:inside] + first
        yield from (" " * inside + more for more in rest)


def wrapped(words: str, width: int = WIDTH) -> list[str]:
    """Return the lines of a text; none begins with a word that Markdown or YAML would take for a mark."""
    lines: list[str] = []
    for word in words.split():
        if lines and (len(lines[-1]) + 1 + len(word) <= width or MARK.match(word)):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines

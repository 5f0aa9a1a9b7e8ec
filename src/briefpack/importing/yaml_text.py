"""Write a brief as YAML that people can read and edit: one key a line, long text below its key, comments above."""

import re
from collections.abc import Mapping
from typing import Any, Self

import yaml

from briefpack.text.yaml_syntax import PAIRS

WIDTH = 100
LONG = 88
"""In letters: a longer text is below its key."""
MARK = re.compile(r"(?:[-+*>#=|]|\d{1,9}[.)])(?:\s|$)|#|[-=]+$")
"""A word that would begin a list, a quotation or a heading at the start of a line."""
ITEM = re.compile(r" *(?:(?:-|\d{1,9}\.) )?")
ANSWER = re.compile(r"(?:yes|no|true|false|null|on|off|y|n|~|)$", re.IGNORECASE)
TEXT = "tag:yaml.org,2002:str"
ANSWERS = "tag:yaml.org,2002:bool"
OPTIONS: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": WIDTH}


class Key(str):
    """A key with comments above it."""

    __slots__ = ("comments",)

    def __new__(cls, words: str, *comments: str) -> Self:
        """Take the words of the key and the comments."""
        key = super().__new__(cls, words)
        key.comments = [*comments]
        return key

    comments: list[str]


class Cells(list[str]):
    """The cells of a row of a table, which are written on one line."""


def write(brief: Mapping[str, Any]) -> str:
    """Return a whole file, with a blank line around each key that has others below it."""
    found = ""
    for key, value in brief.items():
        lines = yaml.dump({key: value}, Dumper=_Dumper, **OPTIONS)
        found += lines if isinstance(value, str) else f"\n{lines}"
    return found.lstrip("\n")


class _Dumper(yaml.SafeDumper):
    """A writer of YAML that indents lists, and writes the comments of keys."""

    # Every scalar is read as text; only the words for yes and no would look like something else.
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- as the class above has it

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- as the class above has it
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 -- as above
        super().increase_indent(flow, False)

    def expect_block_sequence_item(self, first: bool = False) -> None:
        if isinstance(self.event, yaml.MappingStartEvent):
            self._comment(self.events[0])
        super().expect_block_sequence_item(first)

    def expect_block_mapping_key(self, first: bool = False) -> None:
        self._comment(self.event)
        super().expect_block_mapping_key(first)

    def write_folded(self, text: str) -> None:
        self.write_indicator(">-", True)
        for line in wrapped(text):
            self.write_indent()
            self.write_indicator(line, False)

    def _comment(self, event: object) -> None:
        """Write the comments of a key above it, or above the item of a list that it begins."""
        comments = getattr(getattr(event, "value", None), "comments", [])
        while comments:
            for line in wrapped(comments.pop(0)):
                self.write_indent()
                self.write_indicator(f"# {line}", False)


def _text(dumper: yaml.SafeDumper, words: str) -> yaml.ScalarNode:
    """Return a text in the style that suits it: wrapped as it is, folded, or on the line of its key."""
    if "\n" in words:
        return dumper.represent_scalar(TEXT, _literal(words), "|")
    folds = len(words) > LONG and words == " ".join(words.split())
    # A quotation mark at the end is one that the reader of a brief may find left over.
    marked = words[:1] in PAIRS or words.endswith(('"', "'"))
    return dumper.represent_scalar(TEXT, words, ">" if folds else "'" if marked else None)


_Dumper.add_implicit_resolver(ANSWERS, ANSWER, None)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(Key, lambda dumper, key: dumper.represent_scalar(TEXT, key))
_Dumper.add_representer(bool, lambda dumper, answer: dumper.represent_scalar(ANSWERS, "yes" if answer else "no"))
_Dumper.add_representer(Cells, lambda dumper, cells: dumper.represent_sequence("tag:yaml.org,2002:seq", cells, True))


def _literal(words: str) -> str:
    """Return Markdown with its lines wrapped; a list item's further lines are below its first word."""
    found = []
    for line in words.split("\n"):
        marked = ITEM.match(line)
        inside = marked.end() if marked else 0
        first, *rest = wrapped(line[inside:], WIDTH - inside) or [""]
        found += [(line[:inside] + first).rstrip(), *(" " * inside + each for each in rest)]
    return "\n".join(found) + "\n"


def wrapped(words: str, width: int = WIDTH) -> list[str]:
    """Return the lines of a text; none begins with a word that Markdown or YAML would take for a mark."""
    lines: list[str] = []
    for word in words.split():
        if lines and (len(lines[-1]) + 1 + len(word) <= width or MARK.match(word)):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines

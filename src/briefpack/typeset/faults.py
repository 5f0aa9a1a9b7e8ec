"""Report WeasyPrint's warnings as problems, at the line of the style sheet or page that causes them."""

import re
from collections.abc import Iterator
from pathlib import Path

from briefpack.layout import addresses, fonts
from briefpack.pages import Piece, source_map
from briefpack.problem import Owner, Problem
from briefpack.typeset.weasyprint import messages
from briefpack.typeset.weasyprint.messages import Message


def of_style(path: str, text: str, logged: str) -> Problem:
    """Return a warning about a style sheet as a problem."""
    message = messages.read(logged)
    if message.place:
        return Problem(path, message.place[0], message.text, message.hint, Owner.LAYOUT)
    # A selector may run over several lines.
    found = re.search(message.about, text)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    return Problem(path, line, message.text, message.hint, Owner.LAYOUT)


def of_piece(piece: Piece, root: Path, logged: str) -> Iterator[Problem]:
    """Yield a warning about a piece as problems, each at the line of the page or style sheet that it is about."""
    message = messages.read(logged)
    if logged.startswith("Font-face"):
        yield of_style(fonts.SHEET, (root / fonts.SHEET).read_text(encoding="utf-8-sig"), logged)
        return
    sources = [*source_map.of_pattern(piece, message.about)] if message.about else []
    if message.place and not sources and (problem := _as_typed(piece, root, message)):
        yield problem
        return
    for path, line in dict.fromkeys((each.path, each.line) for each in sources) or [(f"layouts/{piece.page}", 1)]:
        yield Problem(path, line, message.text, message.hint, Owner.LAYOUT)


def _as_typed(piece: Piece, root: Path, message: Message) -> Problem | None:
    """Return the problem of a declaration that isn't allowed once its `var()` is replaced, as its style sheet has it.

    WeasyPrint quotes the value without `var()`, and a shorthand once for each property that it sets.
    """
    line, column = message.place or (0, 0)
    for style in piece.styles:
        lines = addresses.place(root, f"layouts/{style}").read_text(encoding="utf-8-sig").split("\n")
        text = lines[line - 1] if line <= len(lines) else ""
        name, value = NAME.search(text[: column - 1]), text[column - 1 :].partition(";")[0].strip()
        if name and "var(" in value and message.text.startswith(f'"{name[1]}'):
            return of_style(f"layouts/{style}", "", f"Ignored `{name[1]}: {value}` at {line}:{column}, invalid value.")
    return None


# The name of a property before its value.
NAME = re.compile(r"([\w-]+)\s*:\s*$")

"""Report WeasyPrint's warnings as problems, at the line of the style sheet or page that causes them."""

import re
from collections.abc import Mapping
from pathlib import Path

from briefpack.layout import addresses, fonts
from briefpack.pages import Piece
from briefpack.problem import Owner, Problem
from briefpack.typeset.weasyprint import messages
from briefpack.typeset.weasyprint.messages import Message


def of_style(root: Path, style: str, logged: str) -> Problem:
    """Return a warning about a style sheet as a problem."""
    path, message = f"layouts/{style}", messages.read(logged)
    # A selector may run over several lines.
    before, found, _ = addresses.place(root, path).read_text(encoding="utf-8").partition(message.about or "\0")
    line = message.line or (before.count("\n") + 1 if found else None)
    return Problem(path, line, message.text, message.hint, Owner.LAYOUT)


def of_piece(piece: Piece, root: Path, logged: str) -> Problem:
    """Return a warning about a piece as a problem, at the line of the style sheet or page that it refers to."""
    message = messages.read(logged)
    path, line = _styled(piece, root, message) if message.line else _named(piece, root, message)
    return Problem(path, line, message.text, message.hint, Owner.LAYOUT)


def _named(piece: Piece, root: Path, message: Message) -> tuple[str, int | None]:
    """Return the line with the words that identify the fault: in fonts.css, or in a page that the piece takes in."""
    if message.is_about_font:
        texts = {fonts.SHEET: (root / fonts.SHEET).read_text(encoding="utf-8", errors="replace")}
    else:
        texts = addresses.taken_in(root, piece.page)
    unnamed = _without_alt(texts) if message.is_about_image else None
    return addresses.find(texts, message.about) or unnamed or (next(iter(texts)), None)


def _without_alt(texts: Mapping[str, str]) -> tuple[str, int] | None:
    """Return the first image without alternative text, for a warning about an address that a template put together."""
    for shown, text in texts.items():
        for found in re.finditer(r"<img\b[^>]*>", text):
            if not re.search(r"\balt\s*=", found[0]):
                return shown, text.count("\n", 0, found.start()) + 1
    return None


def _styled(piece: Piece, root: Path, message: Message) -> tuple[str, int | None]:
    """Return the line that a warning quotes: in the page, or in the style sheet whose variable it uses there."""
    name, value = message.declaration or ("", "")
    for shown, page in addresses.taken_in(root, piece.page).items() if name else ():
        for number, text in enumerate(page.splitlines(), start=1):
            if name in text and value in text:
                return shown, number
    line = message.line or 0
    for style in piece.styles if name else ():
        lines = (root / "layouts" / style).read_text(encoding="utf-8").splitlines()
        if line <= len(lines) and name in lines[line - 1] and "var(" in lines[line - 1]:
            return f"layouts/{style}", line
    return f"layouts/{piece.page}", None

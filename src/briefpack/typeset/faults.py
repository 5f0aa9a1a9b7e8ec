"""Report WeasyPrint's warnings as problems, at the line of the style sheet or page that causes them."""

import re
from collections.abc import Iterator
from pathlib import Path

from briefpack.layout import addresses, fonts
from briefpack.layout.addresses import MADE
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


def of_piece(piece: Piece, root: Path, logged: str) -> tuple[Problem, ...]:
    """Return a warning about a piece as problems, each at the line of the style sheet or page that it refers to."""
    message = messages.read(logged)
    if message.is_about_image and message.about.startswith(MADE) and (found := tuple(_without_alt(piece, root))):
        return found
    path, line = _styled(piece, root, message) if message.line else _named(piece, root, message)
    return (Problem(path, line, message.text, message.hint, Owner.LAYOUT),)


def _named(piece: Piece, root: Path, message: Message) -> tuple[str, int | None]:
    """Return the line with the words that identify the fault: in fonts.css, or in a page that the piece takes in."""
    if message.is_about_font:
        texts = {fonts.SHEET: (root / fonts.SHEET).read_text(encoding="utf-8", errors="replace")}
    else:
        texts = addresses.taken_in(root, piece.page)
    return addresses.find(texts, message.about) or (next(iter(texts)), None)


def _without_alt(piece: Piece, root: Path) -> Iterator[Problem]:
    """Yield a problem for each tag that shows an image without alternative text at an address that the build makes.

    The address means nothing to a designer, so the message names the tag's expression instead.
    """
    for shown, text in addresses.taken_in(root, piece.page).items():
        for tag in IMAGE.finditer(text):
            if not ALT.search(tag[0]):
                yield _image_without_alt(shown, text.count("\n", 0, tag.start()) + 1, tag[0])


def _image_without_alt(shown: str, line: int, tag: str) -> Problem:
    source = SOURCE.search(tag)
    name = f"the image {{{{ {source[1]} }}}}" if source else "an image"
    described = source and re.fullmatch(r"(\w+)\.src", source[1])
    words = f"{{{{ {described[1]}.alt }}}}" if described else "what it shows"
    hint = f'add alt="{words}"; make a decoration a background in the style sheet'
    return Problem(shown, line, f"{name} has no alt text", hint, Owner.LAYOUT)


IMAGE = re.compile(r"<img\b(?:\{\{.*?\}\}|[^>])*>", re.DOTALL)
ALT = re.compile(r"""\balt\s*=\s*(?!""|'')""")
SOURCE = re.compile(r"""\bsrc\s*=\s*["']?\{\{-?\s*(.*?)\s*-?\}\}""", re.DOTALL)


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

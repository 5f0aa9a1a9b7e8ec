"""Report WeasyPrint's warnings as problems, at the line of the style sheet or page that causes them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefpack.layout import addresses, css, fonts
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
    return Problem(path, line, message.text, _hint(root, message), Owner.LAYOUT, words=message.words)


def _hint(root: Path, message: Message) -> str:
    """Return the hint of a message: a value that names a token without `var()` is written with it."""
    name, value = message.declaration or ("", "")
    if message.hint != messages.VALUE:
        return message.hint
    tokens = (root / TOKENS).read_text(encoding="utf-8", errors="replace")
    for word in WORD.findall(value):
        if found := re.search(rf"^\s+{re.escape(word)}\s*:\s*(.)", tokens, re.MULTILINE):
            token = f"--size-{word}" if found[1].isdigit() and name.startswith("font") else f"--{word}"
            return f"{name}: {value.replace(word, f'var({token})')}"
    return message.hint


TOKENS = f"{addresses.FOLDER}/tokens.yaml"
WORD = re.compile(r"(?<![\w(#.-])[a-z][\w-]*(?![\w(])")


def of_piece(piece: Piece, root: Path, logged: str) -> tuple[Problem, ...]:
    """Return a warning about a piece as problems, each at the line of the style sheet or page that it refers to."""
    message = messages.read(logged)
    if message.is_about_image and message.about.startswith(MADE) and (found := tuple(_without_alt(piece, root))):
        return found
    if message.is_about_twins:
        return tuple(_twice(piece, root, message, *message.words))
    if written := _written(piece, root, message):
        return (written,)
    path, line = _in_page(piece, root, message) if message.line else _named(piece, root, message)
    if message.line and line is None and (typed := _as_typed(piece, root, message)):
        return (typed,)
    return (Problem(path, line, message.text, message.hint, Owner.LAYOUT, words=message.words),)


def _written(piece: Piece, root: Path, message: Message) -> Problem | None:
    """Return the problem of a length or a link that a page puts together, at the line that does; None if none does."""
    taken = addresses.taken_in(root, *piece.pages)
    if message.is_about_link:
        # The page of a note is none of the piece's.
        return _lost_target({**taken, **addresses.pages(root)}, message)
    return _bare_length(taken, *message.declaration) if message.declaration else None


def _lost_target(texts: Mapping[str, str], message: Message) -> Problem | None:
    """Return the problem of a link to an id that nothing has, at the line that writes it."""
    [target] = message.words
    for path, text in texts.items():
        for found in re.finditer(r"\bhref=[\"']#([\w-]*)(\{\{)?", text):
            if found[1] == target or (found[2] and found[1] and target.startswith(found[1])):
                line = text.count("\n", 0, found.start()) + 1
                return Problem(path, line, message.text, message.hint, Owner.LAYOUT)
    return None


def _bare_length(texts: Mapping[str, str], name: str, value: str) -> Problem | None:
    """Return the problem of a length that is refused as a bare number, at the line that writes it."""
    if not re.fullmatch(r"-?[\d.]+", value):
        return None
    bare = re.compile(rf"(?<![\w-]){re.escape(name)}\s*:\s*\{{\{{(?:(?!\}}\}}).)*\}}\}}\s*(?=[;\"'])", re.DOTALL)
    for path, text in texts.items():
        if found := bare.search(text):
            line = text.count("\n", 0, found.start()) + 1
            return Problem(path, line, f'the length "{name}" has no unit', "write mm or % after the }}", Owner.LAYOUT)
    return None


TWICE = "twice"
"""The cause of an element, or a slot, that is on a page twice."""


def _twice(piece: Piece, root: Path, message: Message, name: str) -> Iterator[Problem]:
    """Yield a problem at each line of the piece's pages that gives an element an id, or prints a slot of that name."""
    giving = re.compile(
        rf"""\sid\s*=\s*["']?{re.escape(name)}(?![\w-])|\bslot\(\s*["']{re.escape(name)}["']|\bsheet\([^)]*["']{re.escape(name)}["']\s*\)"""
    )
    found: list[tuple[str, int | None]] = [
        (path, number)
        for path, text in addresses.taken_in(root, *piece.pages).items()
        for number, line in enumerate(text.splitlines(), start=1)
        if giving.search(line)
    ]
    hint = "print the slot once on a page" if name in piece.slots else message.hint
    for path, line in found or [(f"layouts/{piece.page}", None)]:
        yield Problem(path, line, message.text, hint, Owner.LAYOUT, cause=TWICE)


def _named(piece: Piece, root: Path, message: Message) -> tuple[str, int | None]:
    """Return the line with the words that identify the fault: in fonts.css, or in a page that the piece takes in."""
    if message.is_about_font:
        texts = {fonts.SHEET: (root / fonts.SHEET).read_text(encoding="utf-8", errors="replace")}
    else:
        texts = addresses.taken_in(root, *piece.pages)
    return addresses.find(texts, message.about) or (next(iter(texts)), None)


def _without_alt(piece: Piece, root: Path) -> Iterator[Problem]:
    """Yield a problem for each tag that shows an image without alternative text at an address that the build makes.

    The address means nothing to a designer, so the message names the tag's expression instead.
    """
    for shown, text in addresses.taken_in(root, *piece.pages).items():
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


IMAGE = re.compile(r"<img\b(?:\{\{.*?\}\}|[^>])*+>", re.DOTALL)
ALT = re.compile(r"""\balt\s*=\s*(?!""|'')""")
SOURCE = re.compile(r"""\bsrc\s*=\s*["']?\{\{-?\s*(.*?)\s*-?\}\}""", re.DOTALL)


def _as_typed(piece: Piece, root: Path, message: Message) -> Problem | None:
    """Return the problem of a declaration that isn't allowed once its `var()` is replaced, as its style sheet has it.

    WeasyPrint quotes the value without `var()`, and a shorthand once for each property that it sets.
    """
    about, _ = message.declaration or ("", "")
    if not about or message.line is None or message.column is None:
        return None
    sheets = {
        style: addresses.place(root, f"layouts/{style}").read_text(encoding="utf-8-sig") for style in piece.styles
    }
    found = [
        (style, *declared)
        for style, text in sheets.items()
        if (declared := css.declared_at(text, message.line, message.column)) and "var(" in declared[1]
    ]
    found.sort(key=lambda each: not about.startswith(each[1]))
    for style, name, value in found[:1]:
        return Problem(f"layouts/{style}", message.line, *messages.refused(name, value), Owner.LAYOUT)
    return None


def _in_page(piece: Piece, root: Path, message: Message) -> tuple[str, int | None]:
    """Return the line of the page that a warning quotes."""
    name, value = message.declaration or ("", "")
    for shown, page in addresses.taken_in(root, *piece.pages).items() if name else ():
        for number, text in enumerate(page.splitlines(), start=1):
            if name in text and value in text:
                return shown, number
    return f"layouts/{piece.page}", None

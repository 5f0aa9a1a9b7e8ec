"""Warn of what came with a text from Word or Excel: their errors, their numbers for days, and garbled letters."""

import datetime
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from briefpack.brief.load import UNPRINTED
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Tree, texts

ERRORS = re.compile(
    r"Error! (?:Reference source not found|Bookmark not defined|No text of specified style in document|"
    r"Not a valid [a-z -]+|Unknown [a-z ]+)\.?|#(?:REF!|VALUE!|DIV/0!|NUM!|NULL!|N/A\b|NAME\?)"
)
SERIAL = re.compile(r"[3-5]\d{4}")
DAY_ZERO = datetime.date(1899, 12, 30)
"""The day that Excel counts days from."""
DATES = {"when", "as_at", "date"}
LAST_CODE = 0x100


def _of_windows(code: int) -> str:
    """Return the letter that a byte becomes when it is read as Windows-1252; the five without one are controls."""
    return bytes([code]).decode("cp1252", "replace").replace("\ufffd", chr(code))


WINDOWS = {_of_windows(code): code for code in range(0x80, LAST_CODE)}
AFTER = "".join(re.escape(_of_windows(code)) for code in range(0x80, 0xC0))
# The bytes of a letter in UTF-8, each read as a letter of its own.
GARBLED = re.compile(
    f"[\u00c2-\u00c5][{AFTER}]|[\u00e2\u00ef][{AFTER}]{{2}}|\u00f0[{AFTER}]{{3}}|\u00e2\u20ac(?=[\\s.,]|$)"
)
# The letters of Latin script, punctuation, currencies, arrows and the like, and emoji.
MEANT = re.compile(
    "[\u00a0-\u017f\u2010-\u203a\u20a0-\u20bf\u2122\u2190-\u22ff\u25a0-\u27bf\ufb01\ufb02\ufeff\ufffd\U0001f300-\U0001faff]"
)


def warn(printed: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each text that a program garbled or left an error in."""
    own = (Text(loc, words) for loc, words in texts(tree.data) if loc[0] == "figures")
    for text in chain(printed, own):
        if "#" in text.words or "!" in text.words:
            yield from _errors(text, tree)
        if text.key in DATES and SERIAL.fullmatch(text.words):
            day = DAY_ZERO + datetime.timedelta(days=int(text.words))
            message = f'"{text.words}" is how Excel stores a date, {day.day} {day:%B} {day.year}'
            yield warning(tree, text, (0, len(text.words)), message, "write the date as it is to print")
    for loc, words in texts(tree.data):
        if not words.isascii() and loc[0] not in UNPRINTED:
            yield from _garbled(Text(loc, words), tree)


def _errors(text: Text, tree: Tree) -> Iterator[Problem]:
    for found in ERRORS.finditer(text.words):
        program = "Word" if found[0].startswith("Error") else "Excel"
        message = f'"{found[0]}" is an error of {program}\'s'
        yield warning(tree, text, found.span(), message, f"write what {program} should have shown")


def _garbled(text: Text, tree: Tree) -> Iterator[Problem]:
    lost = text.words.find("\ufffd")
    if lost >= 0:
        message = "a letter was lost when this text was copied: \ufffd is in its place"
        yield warning(tree, text, (lost, lost + 1), message, "type the letter again")
    for found in GARBLED.finditer(text.words):
        meant = _meant(found[0])
        if meant:
            message = f'"{found[0]}" is garbled: the text was saved in one encoding and read in another'
            hint = "type the letter again" if meant == "\ufffd" else f"{meant} (U+{ord(meant):04X})"
            yield warning(tree, text, found.span(), message, hint)


def _meant(letters: str) -> str:
    """Return the letter that some letters are the bytes of; none if it isn't a letter that an author would type."""
    if letters == "\u00e2\u20ac":
        # A closing quotation mark, whose third byte is no letter in Windows-1252.
        return "\u201d"
    try:
        meant = bytes(WINDOWS[letter] for letter in letters).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return meant if MEANT.fullmatch(meant) else ""

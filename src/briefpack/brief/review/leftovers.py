"""Find leftovers in a text: placeholders, note marks, garbled letters, and words that the layout adds by itself."""

import datetime
import re
from collections.abc import Iterator
from itertools import chain

from briefpack.brief.figures import CITATION
from briefpack.brief.load import UNPRINTED
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.problem import Problem
from briefpack.text import placeholders, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, texts


def unwritten(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each placeholder in the texts that print."""
    for text in reading.texts:
        for start, end in placeholders.find(text.words, reading.locale):
            words, hint = " ".join(text.words[start:end].split()), "write what it stands for, or delete it"
            yield warning(reading.tree, text, (start, end), f'"{words}" is a placeholder', hint)


RAISED = "¹²³⁰⁴-⁹"
# m², km³, x² and 10⁶ aren't notes.
SUPERSCRIPT = re.compile(
    rf"(?<![^\W\d_])(?:[A-Za-z]|[cdkm]m|ft|yd)[²³](?![{RAISED}\w])|[{RAISED}]+(?=[A-Za-z])|\d[²³⁰⁴-⁹]+|[⁺⁻][{RAISED}]+"
    rf"|(?P<note>[{RAISED}]+(?:[,–-][{RAISED}]+)*|(?<=\w)[†‡]|(?<=\w\W)[†‡])"
)
# Copied from a web page or as plain text, a mark becomes a bracket or a bare number: "abuse.[5]", "abuse.5 In".
BRACKETED = re.compile(r"(?<=[\w.,;:!?”’\"'])\[(?:\d{1,3}|[ivx]{1,4}|[a-z])\](?!\()")
BARE = re.compile(r"(?<=[^\W\d_])[.,;][”’\"']?(?P<note>\d{1,2})(?=\s+[A-Z]|\s*$)")
SHORTEST = 4
"""In letters: the shortest word before a bare number that isn't an abbreviation such as fig."""


def note_marks(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each mark of a note that isn't a citation."""
    for text in reading.texts:
        for start, end in _notes(text.words, reading.locale):
            mark = text.words[start:end]
            hint = "cite the source as [^source-id], or delete it"
            yield warning(reading.tree, text, (start, end), f'"{mark}" is a note mark typed or pasted as text', hint)


def _notes(words: str, locale: Locale) -> Iterator[tuple[int, int]]:
    notes = (*_raised(words), *_lowered(words, locale))
    # Addresses are found only for the few texts that need it: they are slow to find.
    addresses = [found.span() for found in re.finditer(typography.ADDRESS, words)] if notes else []
    for start, end in notes:
        if not any(first <= start < last for first, last in addresses):
            yield start, end


def _raised(words: str) -> Iterator[tuple[int, int]]:
    for found in SUPERSCRIPT.finditer(words) if not words.isascii() else ():
        if found["note"]:
            yield found.span("note")


def _lowered(words: str, locale: Locale) -> Iterator[tuple[int, int]]:
    if "]" in words:
        # A citation in brackets is the author's own.
        for found in BRACKETED.finditer(CITATION.sub(lambda cited: " " * len(cited[0]), words)):
            yield found.span()
    before_numbers = {word.rstrip(".").lower() for word in (*locale.typed.before_numbers, *locale.typed.parts)}
    for found in BARE.finditer(words):
        word = re.split(r"[\W\d_]", words[: found.start()])[-1].lower()
        if len(word) >= SHORTEST and word not in before_numbers:
            yield found.span("note")


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


def pasted(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each text that a program garbled or left an error in."""
    tree = reading.tree
    own = (Text(loc, words) for loc, words in texts(tree.data) if loc[0] == "figures")
    for text in chain(reading.texts, own):
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
    """Return the letter whose bytes were read as these letters; empty if no author would type it."""
    if letters == "\u00e2\u20ac":
        # A closing quotation mark, whose third byte is no letter in Windows-1252.
        return "\u201d"
    try:
        meant = bytes(WINDOWS[letter] for letter in letters).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return meant if MEANT.fullmatch(meant) else ""


CARETS = "\u02c6\uff3e\u2303\u2038\ua788\u02c4\u2227\u1d5b\u0302"
LIKE_CITATION = re.compile(rf"\[\s*[{CARETS}]\s*([\w-]+)\s*\]")
# (^id) and ^[id] are how other programs write notes.
OTHER_CITATION = re.compile(r"[(\uff3b]\s*\^\s*([\w-]+)\s*[)\uff3d]|\^\[([\w-]+)\]|\[([\w-]+)\^\]")


def citations(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each citation that would print because its ^ is another character."""
    tree = reading.tree
    for loc, words in _texts(tree):
        if "[" in words and not words.isascii():
            for found in LIKE_CITATION.finditer(words):
                message = f'"{found[0]}" is not a citation: its ^ is U+{_code(found[0])}'
                yield tree.problem(loc, message, f"[^{found[1]}]", words=found[0])
        for found in OTHER_CITATION.finditer(words) if "^" in words else ():
            source = found[1] or found[2] or found[3]
            if source in reading.brief.sources and found[2] is None:
                yield tree.problem(loc, f'"{found[0]}" is not a citation', f"[^{source}]", words=found[0])


def _texts(tree: Tree) -> Iterator[tuple[Loc, str]]:
    return ((loc, words) for loc, words in texts(tree.data) if loc[0] not in UNPRINTED)


def _code(words: str) -> str:
    return next(f"{ord(each):04X}" for each in words if each in CARETS)

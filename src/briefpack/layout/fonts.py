"""Read `fonts/fonts.css`: the faces that layouts and charts may use, each from one file of the project.

Nothing else is allowed in that file: WeasyPrint would follow an `@import`, or an address in a rule nobody checked.
"""

import io
import posixpath
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import tinycss2

from briefpack import store
from briefpack.layout import css
from briefpack.layout.look import NORMAL, Face
from briefpack.problem import Owner, Problem, nearest
from briefpack.project import leads_out, within
from briefpack.store import Store

FOLDER = "fonts"
SHEET = "fonts/fonts.css"
WEIGHTS = {"normal": NORMAL, "bold": 700}
DESCRIPTORS = (
    "font-family", "src", "font-weight", "font-style", "font-stretch", "font-variant", "font-feature-settings", "unicode-range",
)  # fmt: skip
"""The descriptors that WeasyPrint supports in an @font-face rule."""
NEEDED = {"cmap", "head", "hhea", "hmtx", "maxp"}
OUTLINES = ({"glyf", "loca"}, {"CFF "}, {"CFF2"})
"""The tables that can hold a font's outlines, by format."""
LONG_ADDRESS = 120


@dataclass(frozen=True)
class FontSheet:
    """The text of fonts.css, its faces with their lines, and its problems."""

    text: str
    faces: tuple[tuple[int, Face], ...]
    problems: tuple[Problem, ...]


@lru_cache(maxsize=4)
def parse(text: str) -> FontSheet:
    """Return the faces of a style sheet, and a problem for every rule that isn't a valid @font-face rule."""
    if half := css.unclosed(text):
        return FontSheet(text, (), (Problem(SHEET, *half, Owner.LAYOUT),))
    if line := css.swallowed_comment(text):
        return FontSheet(text, (), (_problem(line, *css.SWALLOWED),))
    found = [_rule(rule) for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)]
    faces = tuple(each for each in found if isinstance(each, tuple))
    problems = (problem for each in found if isinstance(each, list) for problem in each)
    return FontSheet(text, faces, tuple(problems))


def check_files(root: Path, sheet: FontSheet, kept: Store) -> Iterator[Problem]:
    """Find the faces whose file isn't an intact font in fonts/; a face that passed is remembered in the store."""
    for line, face in sheet.faces:
        path = within(root / FOLDER, face.path)
        shown = face.path if len(face.path) <= LONG_ADDRESS else f"{face.path[:LONG_ADDRESS]}…"
        if ":" in face.path or leads_out(root / FOLDER, face.path):
            yield _problem(line, f'"{shown}" is outside fonts/', "copy the font into fonts/")
        elif path is None:
            yield _problem(line, f'there is no font file "{shown}"', "copy it into fonts/, or correct its path")
        elif found := _unlike_its_file(line, face, path, kept):
            yield found


def _unlike_its_file(line: int, face: Face, path: Path, kept: Store) -> Problem | None:
    """Return the problem of a face whose file is damaged, or has another weight or slant than its rule gives."""
    passed = store.key("face", store.engine(), repr(face), store.file_key(path))
    if kept.has_passed(passed):
        return None
    own = _inspected(path)
    if not own.sound:
        hint = "copy the font again from its source: OpenType, TrueType or WOFF, one face per file"
        return _problem(line, f'the font file "{face.path}" is damaged, or is not a font', hint)
    if own.weight and abs(own.weight - face.weight) >= ANOTHER_WEIGHT:
        message = f'font-weight is {face.weight}, but the weight of "{face.path}" is {own.weight}'
        return _problem(line, message, f"font-weight: {own.weight}, or name the file of the weight {face.weight}")
    if own.italic and not face.italic:
        message = f'"{face.path}" is italic, but the rule doesn\'t say so'
        return _problem(line, message, "add font-style: italic, or name the upright file")
    kept.remember_pass(passed)
    return None


ANOTHER_WEIGHT = 100
"""The least difference between two weights; a file may give its own less exactly, such as 250 or 350."""


def _problem(line: int, message: str, hint: str) -> Problem:
    return Problem(SHEET, line, message, hint, Owner.LAYOUT)


def _rule(rule: Any) -> tuple[int, Face] | list[Problem] | None:  # noqa: ANN401 -- tinycss2 is untyped
    """Return a rule's line and face, or its problems; None for @charset, which CSS allows at the start."""
    if rule.type == "error":
        return [_problem(rule.source_line, f"the style sheet has a syntax error: {rule.message}", "check the brackets")]
    keyword = getattr(rule, "lower_at_keyword", None)
    if keyword == "charset":
        return None
    if keyword != "font-face" or rule.content is None or any(part.type != "whitespace" for part in rule.prelude):
        name = f"@{rule.at_keyword}" if keyword else "a rule for elements of a page"
        hint = "keep only @font-face rules here; move it to layouts/"
        return [_problem(rule.source_line, f"{name} doesn't belong in this file", hint)]
    return _face(rule)


def _face(rule: Any) -> tuple[int, Face] | list[Problem]:  # noqa: ANN401 -- as above
    """Return the line and face of an @font-face rule, or all its problems."""
    face, problems, given = Face("", NORMAL, italic=False, path=""), list[Problem](), set[str]()
    for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if part.type != "declaration":
            reason = getattr(part, "message", "") or "not a descriptor"
            message = f"a part of the rule cannot be read: {reason}"
            problems.append(_problem(part.source_line, message, "write name: value;"))
            continue
        given.add(part.lower_name)
        try:
            face = _with(face, part.lower_name, [each for each in part.value if each.type not in css.BLANK])
        except _Wrong as error:
            problems.append(_problem(part.source_line, *error.args))
    for name in ("font-family", "src"):
        if name not in given:
            problems.append(_problem(rule.source_line, f"the face has no {name}", EXAMPLE))
    return problems or (rule.source_line, face)


class _Wrong(Exception):  # noqa: N818 -- it becomes a Problem
    """A fault in a descriptor, and how to fix it."""


EXAMPLE = (
    '@font-face { font-family: "Source Sans 3"; font-weight: 400; src: url(source-sans-3/SourceSans3-Regular.ttf); }'
)


def _with(face: Face, name: str, value: list[Any]) -> Face:
    """Return a face with one more descriptor read. Raises _Wrong if the value isn't valid."""
    if name == "font-family":
        return replace(face, family=_family(value))
    if name == "src":
        return replace(face, path=_path(value))
    if name == "font-weight":
        return replace(face, weight=_weight(value))
    if name == "font-style":
        return replace(face, italic=_is_italic(value))
    if name not in DESCRIPTORS:
        raise _Wrong(f'@font-face has no descriptor "{name}"', nearest(name, DESCRIPTORS, most=0) or "delete it")
    return face


def _family(value: list[Any]) -> str:
    if len(value) == 1 and value[0].type == "string" and value[0].value.strip():
        return str(value[0].value)
    if value and all(each.type == "ident" for each in value):
        return " ".join(each.value for each in value)
    raise _Wrong("font-family is not a single name", 'give one family in quotes, such as "Source Sans 3"')


def _path(value: list[Any]) -> str:
    """Return the path of a face's only file."""
    first, *rest = value or [None]
    address = getattr(first, "value", None) if getattr(first, "type", "") == "url" else _quoted(first)
    if address is None:
        raise _Wrong("src doesn't give the address of a file", "write src: url(…) with the path of a file in fonts/")
    if any(each.type != "function" or each.lower_name not in ("format", "tech") for each in rest):
        raise _Wrong("src gives more than one file", "give one file per face, for charts as well as pages")
    return posixpath.normpath(address) if address else ""


def _quoted(token: Any) -> str | None:  # noqa: ANN401 -- as above
    """Return the address in url("…"); None for anything else."""
    if getattr(token, "type", "") != "function" or token.lower_name != "url":
        return None
    strings = [each for each in token.arguments if each.type != "whitespace"]
    return str(strings[0].value) if len(strings) == 1 and strings[0].type == "string" else None


def _weight(value: list[Any]) -> int:
    if len(value) == 1 and value[0].type == "ident" and value[0].lower_value in WEIGHTS:
        return WEIGHTS[value[0].lower_value]
    number = value[0].value if len(value) == 1 and value[0].type == "number" else 0
    if number in range(100, 1000, 100):
        return int(number)
    raise _Wrong(
        "font-weight is not a single weight", "use 100, 200 … 900; a variable font needs a file for each weight"
    )


def _is_italic(value: list[Any]) -> bool:
    word = value[0].lower_value if len(value) == 1 and value[0].type == "ident" else ""
    if word not in ("normal", "italic"):
        raise _Wrong("font-style is neither normal nor italic", "use normal or italic")
    return bool(word == "italic")


@dataclass(frozen=True)
class _Inspected:
    """Whether a font file is intact, and the weight and slant that it gives itself, if it gives any."""

    sound: bool
    weight: int = 0
    italic: bool = False


def _inspected(path: Path) -> _Inspected:
    """Inspect a font file: it is sound if it has the tables that it needs, each with the right checksum."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- a build with nothing to make doesn't need it

    try:
        with TTFont(io.BytesIO(path.read_bytes()), lazy=True, checkChecksums=2) as font:
            tags = {str(tag) for tag in font.reader.keys() if font.reader[tag] is not None}  # noqa: SIM118 -- not a dict
            sound = tags >= NEEDED and any(tags >= tables for tables in OUTLINES)
            style = font["OS/2"] if sound and "OS/2" in tags and "fvar" not in tags else None
            return _Inspected(sound, *((style.usWeightClass, bool(style.fsSelection & ITALIC)) if style else ()))
    except ImportError:
        # fontTools needs another library to read WOFF 2.
        return _Inspected(sound=True)
    except Exception:  # noqa: BLE001 -- a damaged file may fail in any way
        return _Inspected(sound=False)


ITALIC = 1
"""The bit of `fsSelection` that is set in an italic font (OpenType, OS/2)."""


def lacking(text: Iterable[str], fonts: Iterable[Path]) -> set[str]:
    """Return the visible characters beyond ASCII that none of the font files has."""
    wanted = {each for each in text if not (each.isascii() or _unseen(each))}
    for font in fonts:
        if wanted and font.is_file():
            held = _characters(font, font.stat().st_mtime_ns)
            wanted = {each for each in wanted if held is not None and ord(each) not in held}
    return wanted


def _unseen(character: str) -> bool:
    """Return whether a character is a space, or a control that only affects how others are set."""
    return unicodedata.category(character) in UNSEEN or character in VARIANTS


UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf"}
VARIANTS = {"\N{NON-BREAKING HYPHEN}", *(chr(code) for code in range(0xFE00, 0xFE10))}


@lru_cache(maxsize=64)
def _characters(font: Path, _changed_ns: int) -> frozenset[int] | None:
    """Return the characters that a font file has glyphs for; None if that can't be read, as with a damaged file."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 -- only text beyond ASCII needs it

    try:
        with TTFont(font, lazy=True) as read:
            return frozenset(read.getBestCmap() or ()) or None
    except (TTLibError, ImportError, struct.error, KeyError):
        # fontTools needs another library to read WOFF 2.
        return None

"""Resolves tokens into a look: the colours, sizes and faces that one layout has in one edition."""

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from briefpack.model import Colour, Pattern, TokensFile

FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
PROPERTY = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
NORMAL = 400


@dataclass(frozen=True)
class Face:
    """One font file, as `fonts/fonts.css` names it; `path` is relative to `fonts/`."""

    family: str
    weight: int
    italic: bool
    path: str


Ink = tuple[int, int, int, int]
"""How much cyan, magenta, yellow and black a colour prints with, in per cent."""


@dataclass(frozen=True)
class Look:
    """What a layout looks like: every value that a chart or a page may ask for by name.

    For a press, each colour is a stand-in that no other has, and `inks` says what each prints with. `patterns` names
    the colours whose marks are hatched in this edition.
    """

    colours: Mapping[str, str]
    sizes_pt: Mapping[str, float]
    lengths: Mapping[str, str]
    family: str
    faces: tuple[Face, ...]
    inks: Mapping[str, Ink] = field(default_factory=dict)
    patterns: Mapping[str, Pattern] = field(default_factory=dict)


def faces(css: str) -> tuple[Face, ...]:
    """The faces of a style sheet's `@font-face` rules, in its order."""
    found = []
    for body in FACE.findall(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        said = {key: value.strip() for key, value in PROPERTY.findall(body)}
        address = ADDRESS.search(said.get("src", ""))
        family = said.get("font-family", "").strip("\"'")
        weight = said.get("font-weight", "400")
        if address and family:
            italic = said.get("font-style") == "italic"
            found.append(Face(family, int(weight) if weight.isdigit() else NORMAL, italic, address[1]))
    return tuple(found)


def families(css: str) -> Iterator[tuple[int, str]]:
    """Each font family that a style sheet names, with its line; not those of every machine, such as serif."""
    bare = _bare(css)
    for found in NAMED.finditer(bare):
        listed = found[2] if found[1] else (SHORTHAND.match(found[2]) or found)[1] or ""
        for family in QUOTED_OR_BARE.findall(listed):
            name = " ".join(family.split()).strip("\"'")
            if name and name.lower() not in ANYWHERE and "(" not in name:
                yield bare[: found.start()].count("\n") + 1, name


def _bare(css: str) -> str:
    """A style sheet without its comments, each line where it was."""
    return re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), css, flags=re.DOTALL)


NAMED = re.compile(r"(?<![\w-])font(-family)?\s*:\s*([^;{}]*)", re.IGNORECASE)
SHORTHAND = re.compile(r"(?:.*\s)?[\d.]+(?:[a-z]+|%)(?:\s*/\s*\S+)?\s+(.*)", re.IGNORECASE | re.DOTALL)
QUOTED_OR_BARE = re.compile(r"\"[^\"]*\"|'[^']*'|[^,\"'()]+(?:\([^)]*\))?")
ANYWHERE = {
    "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif", "math", "emoji",
    "inherit", "initial", "unset", "revert", "revert-layer", "!important",
}  # fmt: skip
"""What may stand in the place of a family's name."""


def variables(css: str) -> Iterator[tuple[int, str]]:
    """Each custom property that a style sheet takes the value of, with its line; not where it says what else to take."""
    bare = _bare(css)
    for found in TAKEN.finditer(bare):
        yield bare[: found.start()].count("\n") + 1, found[1]


def given(css: str) -> set[str]:
    """The custom properties that a style sheet, or a page, gives a value."""
    return set(GIVEN.findall(_bare(css)))


def selected(css: str) -> Iterator[tuple[int, str]]:
    """Each class, id and attribute that a style sheet has a rule for, with its line."""
    rules = re.sub(r"\{[^{}]*\}", lambda found: "\n" * found[0].count("\n"), _bare(css))
    for found in SELECTED.finditer(rules):
        yield rules[: found.start()].count("\n") + 1, found[1]


SELECTED = re.compile(r"[.#\[](-?[A-Za-z_][\w-]*)")
TAKEN = re.compile(r"\bvar\(\s*(--[\w-]+)\s*\)", re.IGNORECASE)
GIVEN = re.compile(r"(--[\w-]+)\s*:")


def unclosed(css: str) -> tuple[int, str, str] | None:
    """The first mark of a style sheet without its other half: its line, what is so, and what to do.

    CSS takes all that follows for a part of it, without a word.
    """
    opened: list[re.Match[str]] = []
    for found in MARK.finditer(css):
        if found[0] in HALVES:
            return _halved(css, found)
        if found[0] in BRACKETS:
            opened.append(found)
        elif found[0] in BRACKETS.values():
            if not opened or BRACKETS[opened[-1][0]] != found[0]:
                return _halved(css, opened[-1] if opened else found)
            opened.pop()
    return _halved(css, opened[-1]) if opened else None


def _halved(css: str, found: re.Match[str]) -> tuple[int, str, str]:
    """The line, what is so and what to do, of a mark without its other half."""
    line, end = css[: found.start()].count("\n") + 1, {**BRACKETS, **HALVES}.get(found[0])
    if end is None:
        return line, f"{found[0]} closes nothing", "delete it, or open what it closes"
    return line, f"what begins with {found[0]} is not closed", f"close it with {end}"


BRACKETS = {"{": "}", "(": ")", "[": "]"}
HALVES = {"/*": "*/", '"': '"', "'": "'"}
# What is whole stands before its own beginning; an address without quotation marks may hold any of the others.
MARK = re.compile(
    r"""/\*.*?\*/|/\*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\\.|\burl\(\s*[^"'\s)][^)]*\)|["'(){}\[\]]""",
    re.DOTALL,
)


def lacking(text: Iterable[str], fonts: Iterable[Path]) -> set[str]:
    """The characters that a reader would see and that none of the font files has."""
    wanted = {each for each in text if not (each.isascii() or _unseen(each))}
    for font in fonts:
        if wanted and font.is_file():
            held = _characters(font, font.stat().st_mtime_ns)
            wanted = {each for each in wanted if held is not None and ord(each) not in held}
    return wanted


def _unseen(character: str) -> bool:
    """Whether a character is a space, or says only how others are set."""
    return unicodedata.category(character) in UNSEEN or character in VARIANTS


UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf"}
VARIANTS = {"\N{NON-BREAKING HYPHEN}", *(chr(code) for code in range(0xFE00, 0xFE10))}


@lru_cache(maxsize=64)
def _characters(font: Path, _changed_ns: int) -> frozenset[int] | None:
    """The characters that a font file has glyphs for; None if it cannot be told, as of a damaged one."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 -- only text beyond ASCII needs it

    try:
        with TTFont(font, lazy=True) as read:
            return frozenset(read.getBestCmap() or ()) or None
    except (TTLibError, ImportError, struct.error, KeyError):
        # A WOFF 2 needs a library of its own.
        return None


def make(file: TokensFile, layout: str, edition: str, known: tuple[Face, ...]) -> Look:
    """The look of a layout in an edition: its own tokens laid over the shared ones."""
    shared, own = file.shared, file.layouts.get(layout)
    colours = {**shared.colours, **(own.colours if own else {})}
    shown = {name: getattr(colour, COLOUR_OF[edition]) for name, colour in colours.items()}
    drawn = _stand_ins(shown) if edition == "press" else shown
    return Look(
        colours=drawn,
        sizes_pt={**shared.sizes_pt, **(own.sizes_pt if own else {})},
        lengths={**shared.lengths, **(own.lengths if own else {})},
        family=(own and own.family) or shared.family or "",
        faces=known,
        inks={drawn[name]: _ink(colour) for name, colour in colours.items()} if edition == "press" else {},
        patterns={name: colour.pattern for name, colour in colours.items() if colour.pattern != "none"}
        if COLOUR_OF[edition] == "grey"
        else {},
    )


def _stand_ins(colours: Mapping[str, str]) -> dict[str, str]:
    """Each colour moved as little as makes it unlike every other, and unlike plain black and plain white.

    Page layout knows no CMYK in drawings: it works in these, by which the inks are found again.
    """
    taken, found = {0, WHITE}, {}
    for name, colour in colours.items():
        wanted = int(colour[1:], 16)
        number = next(wanted ^ nudge for nudge in range(WHITE) if wanted ^ nudge not in taken)
        taken.add(number)
        found[name] = f"#{number:06X}"
    return found


WHITE = 0xFFFFFF


def _ink(colour: Colour) -> Ink:
    cyan, magenta, yellow, black = (int(part) for part in colour.cmyk.split())
    return cyan, magenta, yellow, black


COLOUR_OF = {"screen": "screen", "home": "grey", "press": "screen"}
"""Which value of a colour each edition is drawn with."""


def css(look: Look) -> str:
    """The look as custom properties: `--ink`, `--size-body`, `--gutter`."""
    return ":root{" + "".join(f"{name}:{value};" for name, value in properties(look).items()) + "}"


def properties(look: Look) -> dict[str, str]:
    """What each custom property of the look is."""
    sizes = {f"size-{name}": f"{size:g}pt" for name, size in look.sizes_pt.items()}
    return {f"--{name}": value for name, value in {**look.colours, **sizes, **look.lengths}.items()}

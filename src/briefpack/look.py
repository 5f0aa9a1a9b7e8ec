"""Resolves tokens into a look: the colours, sizes and faces that one layout has in one edition."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from briefpack.model import Colour, Pattern, TokensFile

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

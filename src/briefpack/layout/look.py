"""Resolve tokens into a look: the colours, sizes and faces of one layout in one edition."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from briefpack.layout.editions import Edition
from briefpack.layout.model import Colour, Pattern, TokensFile

NORMAL = 400


@dataclass(frozen=True)
class Face:
    """One font file, as listed in `fonts/fonts.css`; `path` is relative to `fonts/`."""

    family: str
    weight: int
    italic: bool
    path: str


Ink = tuple[int, int, int, int]
"""The cyan, magenta, yellow and black that a colour prints with, in per cent."""


@dataclass(frozen=True)
class Look:
    """The look of a layout: every value that a chart or a page may ask for by name.

    On a press, each colour is a unique stand-in, and `inks` says which inks it prints with. `patterns` names the
    colours whose marks are hatched in this edition.
    """

    colours: Mapping[str, str]
    sizes_pt: Mapping[str, float]
    lengths: Mapping[str, str]
    family: str
    faces: tuple[Face, ...]
    inks: Mapping[str, Ink] = field(default_factory=dict)
    patterns: Mapping[str, Pattern] = field(default_factory=dict)


def families(css: str) -> Iterator[tuple[int, str]]:
    """Yield each font family that a style sheet names, with its line; not generic ones such as serif."""
    bare = _bare(css)
    for found in NAMED.finditer(bare):
        listed = found[2] if found[1] else (SHORTHAND.match(found[2]) or found)[1] or ""
        for family in QUOTED_OR_BARE.findall(listed):
            name = " ".join(family.split()).strip("\"'")
            if name and name.lower() not in ANYWHERE and "(" not in name:
                yield bare[: found.start()].count("\n") + 1, name


def _bare(css: str) -> str:
    """Return a style sheet without its comments, every line keeping its number."""
    return re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), css, flags=re.DOTALL)


NAMED = re.compile(r"(?<![\w-])font(-family)?\s*:\s*([^;{}]*)", re.IGNORECASE)
SHORTHAND = re.compile(r"(?:.*\s)?[\d.]+(?:[a-z]+|%)(?:\s*/\s*\S+)?\s+(.*)", re.IGNORECASE | re.DOTALL)
QUOTED_OR_BARE = re.compile(r"\"[^\"]*\"|'[^']*'|[^,\"'()]+(?:\([^)]*\))?")
ANYWHERE = {
    "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif", "math", "emoji",
    "inherit", "initial", "unset", "revert", "revert-layer", "!important",
}  # fmt: skip
"""The words that may appear in place of a family's name."""


def variables(css: str) -> Iterator[tuple[int, str]]:
    """Yield each custom property that a style sheet uses without a fallback, with its line."""
    bare = _bare(css)
    for found in TAKEN.finditer(bare):
        yield bare[: found.start()].count("\n") + 1, found[1]


def given(css: str) -> set[str]:
    """Return the custom properties that a style sheet or a page defines."""
    return set(GIVEN.findall(_bare(css)))


def selected(css: str) -> Iterator[tuple[int, str]]:
    """Yield each class, id and attribute that a style sheet has a rule for, with its line."""
    rules = re.sub(r"\{[^{}]*\}", lambda found: "\n" * found[0].count("\n"), _bare(css))
    for found in SELECTED.finditer(rules):
        yield rules[: found.start()].count("\n") + 1, found[1]


SELECTED = re.compile(r"[.#\[](-?[A-Za-z_][\w-]*)")
TAKEN = re.compile(r"\bvar\(\s*(--[\w-]+)\s*\)", re.IGNORECASE)
GIVEN = re.compile(r"(--[\w-]+)\s*:")


def unclosed(css: str) -> tuple[int, str, str] | None:
    """Return the first unpaired bracket, quotation mark or comment mark: its line, the problem and the fix.

    CSS gives no warning: it reads everything after the mark as part of the same block, text or comment.
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
    """Return the line, the problem and the fix for an unpaired mark."""
    line, end = css[: found.start()].count("\n") + 1, {**BRACKETS, **HALVES}.get(found[0])
    if end is None:
        return line, f"{found[0]} closes nothing", "delete it, or open what it closes"
    return line, f"what begins with {found[0]} is not closed", f"close it with {end}"


BRACKETS = {"{": "}", "(": ")", "[": "]"}
HALVES = {"/*": "*/", '"': '"', "'": "'"}
# Complete comments and strings come before their opening marks; an unquoted address may contain any of the marks.
MARK = re.compile(
    r"""/\*.*?\*/|/\*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\\.|\burl\(\s*[^"'\s)][^)]*\)|["'(){}\[\]]""",
    re.DOTALL,
)


def make(file: TokensFile, layout: str, edition: Edition, known: tuple[Face, ...]) -> Look:
    """Return the look of a layout in an edition: its own tokens override the shared ones."""
    shared, own = file.shared, file.layouts.get(layout)
    colours = {**shared.colours, **(own.colours if own else {})}
    shown = {name: getattr(colour, DRAWN_WITH[edition.colours]) for name, colour in colours.items()}
    drawn = _stand_ins(shown) if edition.process_inks else shown
    return Look(
        colours=drawn,
        sizes_pt={**shared.sizes_pt, **(own.sizes_pt if own else {})},
        lengths={**shared.lengths, **(own.lengths if own else {})},
        family=(own and own.family) or shared.family or "",
        faces=known,
        inks={drawn[name]: _ink(colour) for name, colour in colours.items()} if edition.process_inks else {},
        patterns={name: colour.pattern for name, colour in colours.items() if colour.pattern != "none"}
        if edition.colours == "grey"
        else {},
    )


def _stand_ins(colours: Mapping[str, str]) -> dict[str, str]:
    """Change each colour just enough to be unlike every other, and unlike plain black and plain white.

    Page layout has no CMYK in drawings, so it works in these stand-ins; the inks are looked up by them later.
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


DRAWN_WITH = {"rgb": "screen", "grey": "grey", "cmyk": "screen"}
"""The value of a colour that pages are drawn with in each colour space."""


def css(look: Look) -> str:
    """Return the look as custom properties: `--ink`, `--size-body`, `--gutter`."""
    return ":root{" + "".join(f"{name}:{value};" for name, value in properties(look).items()) + "}"


def properties(look: Look) -> dict[str, str]:
    """Return the value of each custom property of the look."""
    sizes = {f"size-{name}": f"{size:g}pt" for name, size in look.sizes_pt.items()}
    return {f"--{name}": value for name, value in {**look.colours, **sizes, **look.lengths}.items()}

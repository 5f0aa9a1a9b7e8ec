"""Resolve tokens into a look: the colours, sizes and faces of one layout in one edition."""

from collections.abc import Mapping
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
    colours whose marks are hatched in this edition. In grey, `greys` has the grey of each colour of a screen.
    """

    colours: Mapping[str, str]
    sizes_pt: Mapping[str, float]
    lengths: Mapping[str, str]
    family: str
    faces: tuple[Face, ...]
    inks: Mapping[str, Ink] = field(default_factory=dict)
    patterns: Mapping[str, Pattern] = field(default_factory=dict)
    greys: Mapping[str, str] = field(default_factory=dict)


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
        greys=_greys(shared.colours, colours) if edition.colours == "grey" else {},
    )


def _greys(shared: Mapping[str, Colour], colours: Mapping[str, Colour]) -> Mapping[str, str]:
    """Return the grey of each shared screen colour, which drawings are made in, unless its names have several greys.

    A hatched colour is left out: its grey is for its lines, and a drawing fills its shapes.
    """
    found: dict[str, set[str]] = {}
    for name, colour in shared.items():
        if colours[name].pattern == "none":
            found.setdefault(colour.screen, set()).add(colours[name].grey)
    return {screen: min(greys) for screen, greys in found.items() if len(greys) == 1}


def _stand_ins(colours: Mapping[str, str]) -> dict[str, str]:
    """Change each colour just enough to differ from every other, and from plain black and plain white.

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

"""Resolves tokens into a look: the colours, sizes and faces that one layout has in one edition."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from briefpack.model import TokensFile

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


@dataclass(frozen=True)
class Look:
    """What a layout looks like: every value that a chart or a page may ask for by name."""

    colours: Mapping[str, str]
    sizes_pt: Mapping[str, float]
    lengths: Mapping[str, str]
    family: str
    faces: tuple[Face, ...]


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


def make(file: TokensFile, layout: str, edition: str, known: tuple[Face, ...]) -> Look:
    """The look of a layout in an edition: its own tokens laid over the shared ones."""
    shared, own = file.shared, file.layouts.get(layout)
    colours = {**shared.colours, **(own.colours if own else {})}
    return Look(
        colours={name: getattr(colour, COLOUR_OF[edition]) for name, colour in colours.items()},
        sizes_pt={**shared.sizes_pt, **(own.sizes_pt if own else {})},
        lengths={**shared.lengths, **(own.lengths if own else {})},
        family=(own and own.family) or shared.family or "",
        faces=known,
    )


COLOUR_OF = {"screen": "screen"}
"""Which value of a colour each edition prints."""


def css(look: Look) -> str:
    """The look as custom properties: `--ink`, `--size-body`, `--gutter`."""
    values = {
        **look.colours,
        **{f"size-{name}": f"{size:g}pt" for name, size in look.sizes_pt.items()},
        **look.lengths,
    }
    return ":root{" + "".join(f"--{name}:{value};" for name, value in values.items()) + "}"

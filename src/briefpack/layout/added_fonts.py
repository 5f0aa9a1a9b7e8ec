"""Read `fonts/packages.yaml`: the large fonts that a project may have, each from an npm package.

An installed font is in `fonts/added/`, which is part of neither the repository nor the package of briefpack.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from briefpack import schema
from briefpack.layout.look import Face, Look
from briefpack.problem import Owner, one_problem
from briefpack.text import yaml_lines

SHOWN = "fonts/packages.yaml"
ADDED = "added"
"""The folder of installed fonts in fonts/."""


@dataclass(frozen=True)
class Package:
    """A font of an npm package, with the hash that the package must have, and the file of each weight."""

    family: str
    licence: str
    covers: tuple[str, ...]
    package: str
    version: str
    integrity: str
    weights: Mapping[int, str]
    licence_file: str
    __pydantic_config__: ClassVar = {"extra": "forbid"}

    def has(self, character: str) -> bool:
        """Return whether the font is meant to have a character."""
        ranges = (each.partition("-") for each in self.covers)
        return any(int(first, 16) <= ord(character) <= int(last, 16) for first, _, last in ranges)


@dataclass(frozen=True)
class AddedFont:
    """A font that is installed, and its faces."""

    family: str
    faces: tuple[Face, ...]


def read(root: Path) -> Mapping[str, Package]:
    """Return the recorded fonts by name. Raises Problems if the record can't be read."""
    path = root / SHOWN
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=4)
def _read(path: Path, _changed_ns: int) -> Mapping[str, Package]:
    tree = yaml_lines.read(path, SHOWN, Owner.LAYOUT)
    if not isinstance(tree.data, dict):
        raise one_problem(SHOWN, 1, "the file doesn't begin with a key", "a font's name:", Owner.LAYOUT)
    return {name: schema.read_tree(Package, replace(tree, data=data)) for name, data in tree.data.items()}


def installed(root: Path, name: str, package: Package) -> AddedFont | None:
    """Return a font if all its files are installed."""
    faces = tuple(
        Face(package.family, int(weight), italic=False, path=f"{ADDED}/{name}/{Path(file).name}")
        for weight, file in package.weights.items()
    )
    there = all((root / "fonts" / face.path).is_file() for face in faces)
    return AddedFont(package.family, faces) if there else None


def every(root: Path) -> tuple[AddedFont, ...]:
    """Return every font that is installed."""
    return tuple(filter(None, (installed(root, name, package) for name, package in read(root).items())))


def offered(root: Path, characters: Iterable[str]) -> str | None:
    """Return the name of a recorded font that isn't installed, and is meant to have all of some characters."""
    for name, package in read(root).items():
        if installed(root, name, package) is None and all(map(package.has, characters)):
            return name
    return None


def style(root: Path, rules: str) -> str:
    """Return an @font-face rule for each face of the installed fonts whose family the rules of a page name."""
    # Every piece asks this, so look for the files of those fonts only that its rules name.
    named = (each for each in read(root).items() if f'"{each[1].family}"' in rules)
    faces = (face for each in named for found in [installed(root, *each)] if found for face in found.faces)
    return "".join(
        f'\n@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url({face.path}); }}'
        for face in faces
    )


def look_with(look: Look, added: Iterable[AddedFont], family: str | None) -> Look:
    """Return a look that also has some installed fonts; text is set in `family` first, and in the others last."""
    for each in added:
        first = each.family == family
        known = {face.family for face in look.faces}
        lengths = {name: _listed(value, each.family, known, first=first) for name, value in look.lengths.items()}
        chosen = each.family if first else look.family
        look = replace(look, lengths=lengths, family=chosen, faces=(*look.faces, *each.faces))
    return look


def _listed(value: str, family: str, known: set[str], *, first: bool) -> str:
    """Add a font family to a list of families; return any other value as it is."""
    if not any(f'"{each}"' in value or value == each for each in known):
        return value
    return f'"{family}", {value}' if first else f'{value}, "{family}"'

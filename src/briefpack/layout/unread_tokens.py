"""Warn of tokens that nothing reads: the rule that used one was deleted, or it never did anything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefpack.layout.model import TokensFile
from briefpack.problem import Problem
from briefpack.project import Project, walk
from briefpack.text.yaml_lines import Loc, Tree

OF_THE_ENGINE = ("ink", "slate", "paper")
"""The colours that the engine itself draws with: QR codes, strips and the ground of a chart."""
PREFIXES = {"colours": "--", "sizes_pt": "--size-", "lengths": "--"}
KINDS = {"colours": "colour", "sizes_pt": "size", "lengths": "length"}


def check(project: Project, tokens: TokensFile, tree: Tree, layout: str) -> Iterator[Problem]:
    """Yield a warning for each token, shared or of a layout, that nothing in layouts/ and charts/ reads.

    A drawing names a shared colour by its value on a screen.
    """
    read = _read(project)
    for loc in _defined(tokens, layout):
        key, name = str(loc[-2]), str(loc[-1])
        if not read.has(key, name) and not _draws(project, tokens, loc):
            message = f"nothing reads the {KINDS[key]} {name}"
            hint = f"use it in a style sheet, as var({PREFIXES[key]}{name}), or delete it"
            yield tree.problem(loc, message, hint, warning=True)


def _defined(tokens: TokensFile, layout: str) -> list[Loc]:
    """Return where each token is defined; if a layout changes a shared one, where it is shared."""
    own = tokens.layouts.get(layout)
    found: dict[tuple[str, str], Loc] = {}
    starts: tuple[Loc, Loc] = (("shared",), ("layouts", layout))
    for start, part in zip(starts, (tokens.shared, own), strict=True):
        for key in PREFIXES if part else ():
            for name in getattr(part, key):
                found.setdefault((key, name), (*start, key, name))
    return [*found.values()]


@dataclass(frozen=True)
class _Read:
    """The names that files may read tokens by: `begun` are completed only when they are read, as in `scale-{n}`.

    Pages and style sheets read them as properties, charts by their bare names, and layout.yaml colours alone.
    """

    properties: frozenset[str]
    in_charts: frozenset[str]
    in_layouts: frozenset[str]
    begun: tuple[str, ...]

    def has(self, key: str, name: str) -> bool:
        bare = {"colours": self.in_charts | self.in_layouts, "sizes_pt": self.in_charts}.get(key, frozenset())
        whole = f"{PREFIXES[key]}{name}"
        of_engine = key == "colours" and name in OF_THE_ENGINE
        return of_engine or whole in self.properties or name in bare or f"--{name}".startswith(self.begun)


def _read(project: Project) -> _Read:
    words: dict[str, set[str]] = {kind: set() for kind in WORDS}
    for folder in ("layouts", "charts"):
        for path in walk(project.root / folder):
            kind = ".css" if path.name == "tokens.yaml" else path.suffix
            if kind in WORDS and path.is_file():
                words[kind].update(WORDS[kind].findall(path.read_text(encoding="utf-8", errors="replace")))
    properties = frozenset(words[".css"] | words[".html"])
    every = (*properties, *(f"--{word}" for word in words[".py"]))
    begun = tuple(word for word in every if word.endswith("-") and word.strip("-"))
    return _Read(properties, frozenset(words[".py"]), frozenset(words[".yaml"]), begun)


WORDS = {
    ".css": re.compile(r"var\(\s*(--[\w-]+)"),
    ".html": re.compile(r"--[\w-]+"),
    ".yaml": re.compile(r"[a-z][\w-]*"),
    ".py": re.compile(r"[\"']([a-z][\w-]*)"),
}
"""What may be the name of a token in each kind of file."""


def _draws(project: Project, tokens: TokensFile, loc: Loc) -> bool:
    """Return whether a drawing of a brief or layout has the value of a shared colour."""
    if loc[:2] != ("shared", "colours"):
        return False
    value = tokens.shared.colours[str(loc[-1])].screen.lower()
    paths = (path for folder in ("briefs", "layouts") for path in walk(project.root / folder))
    drawings = (path for path in paths if path.suffix == ".svg" and path.is_file())
    return any(value in path.read_text(encoding="utf-8", errors="replace").lower() for path in drawings)

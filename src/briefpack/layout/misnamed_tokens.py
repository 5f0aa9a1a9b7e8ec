"""Find a token that is misspelt where it is defined: everything else uses another name, which nothing defines."""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping

from briefpack.layout.model import TokensFile
from briefpack.problem import Problem
from briefpack.project import Project, walk
from briefpack.text.yaml_lines import Loc, Tree

NEAR = 0.8
FEWEST_FILES = 2
"""The fewest files that use a name which tokens.yaml lacks: one alone may be the one that is wrong."""
SIZE = "--size-"


def find(
    project: Project, used: Mapping[str, Collection[str]], defined: Collection[str], tokens: Collection[str]
) -> dict[str, str]:
    """Return the misspelt property for each one that files use and nothing defines.

    `used` are the custom properties that each style sheet and page uses, by its path; `defined` are all that exist, and
    `tokens` those of the tokens.
    """
    missing = set[str]().union(*used.values()) - set(defined)
    if not missing:
        return {}
    every = [*used.values(), *_of_charts(project, {*tokens, *missing})]
    free = [name[2:] for name in tokens if not any(name in names for names in every)]
    found = {name: difflib.get_close_matches(name[2:], free, n=1, cutoff=NEAR) for name in missing}
    return {
        name: near[0] for name, near in found.items() if near and sum(name in names for names in every) >= FEWEST_FILES
    }


def _of_charts(project: Project, names: Collection[str]) -> Iterator[set[str]]:
    """Yield the properties whose tokens each chart file names."""
    for path in walk(project.root / "charts"):
        if path.suffix == ".py":
            text = path.read_text(encoding="utf-8", errors="replace")
            quoted = set(QUOTED.findall(text))
            yield {name for name in names if name.removeprefix(SIZE).removeprefix("--") in quoted}


QUOTED = re.compile(r"[\"']([a-z][\w-]*)[\"']")


def problems(misnamed: Mapping[str, str], tokens: TokensFile, tree: Tree, layout: str) -> Iterator[Problem]:
    """Yield a problem for each misspelt token, at its line."""
    for wanted, name in misnamed.items():
        own = tokens.layouts.get(layout)
        for start, part in ((("shared",), tokens.shared), (("layouts", layout), own)):
            for key in ("colours", "sizes_pt", "lengths"):
                token = name.removeprefix(SIZE if key == "sizes_pt" else "--")
                loc: Loc = (*start, key, token)
                if part and token in getattr(part, key):
                    right = wanted.removeprefix(SIZE if key == "sizes_pt" else "--")
                    message = f'nothing uses "{token}", and there is no "{right}", which pages and charts use'
                    yield tree.problem(loc, message, right)

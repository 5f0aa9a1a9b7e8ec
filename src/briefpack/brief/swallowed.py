"""Find blocks that are part of the text above them, because their lines are indented like it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree, texts

PARTS = {"chart": "charts", "image": "images", "local_list": "local_lists"}
"""The keys of a block that take an id, and the part of a brief that has its ids."""
BLOCK = re.compile(
    r"\s+(?P<words>- (?:(?P<key>chart|image|local_list): +(?P<id>[a-z0-9-]+)"
    r"|(?:figure|table|quote|image):(?: *\{.*)?|(?:text|table|quote):(?: +[|>][+-]?)?))\s*"
)
ITEM = re.compile(r" *(?=- )")


@dataclass(frozen=True)
class Swallowed:
    """A line that begins a block in the middle of a text, and the part of the brief and the id that it names."""

    loc: Loc
    words: str
    part: str
    named: str


def find(tree: Tree) -> Iterator[Swallowed]:
    """Yield each line of a text that would be a block if it were indented less."""
    for loc, _ in texts(tree.data):
        first, last = tree.lines.get(loc, (0, 0))
        for line in tree.text[first:last] if "blocks" in loc or "why" in loc else ():
            found = BLOCK.fullmatch(line)
            part = PARTS.get(found["key"], "") if found else ""
            if found and (not part or found["id"] in (tree.data.get(part) or ())):
                yield Swallowed(loc, found["words"], part, found["id"] or "")


def check(tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each such line."""
    for each in find(tree):
        begun = ITEM.match(tree.text[tree.line(each.loc[:-1]) - 1])
        spaces = f", by {len(begun[0])} spaces" if begun else ""
        message = f'"{each.words}" is part of the text above it, and would print as words'
        yield tree.problem(each.loc, message, f"indent it as the items of the list{spaces}", words=each.words)

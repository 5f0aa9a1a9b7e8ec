"""Find blocks in a loop that read the loop's values without `scoped`: in Jinja, such a block doesn't have them."""

from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import nodes


class Unscoped(NamedTuple):
    """A block, its line, and the value of the loop around it that it reads."""

    block: str
    line: int
    name: str

    @property
    def message(self) -> str:
        """Return the message."""
        return f'the block "{self.block}" reads "{self.name}" of the loop around it, which a block doesn\'t have'

    @property
    def hint(self) -> str:
        """Return the hint."""
        return f"{{% block {self.block} scoped %}}"


def find(tree: nodes.Template) -> Iterator[Unscoped]:
    """Yield each block that reads a value of a loop around it without being scoped."""
    for loop in tree.find_all(nodes.For):
        given = {"loop", *_names(loop.target, "store")}
        for part in loop.body:
            for block in _blocks(part):
                read = next((name for name in _names(block, "load") if name in given - {*_names(block, "store")}), None)
                if read and not block.scoped:
                    yield Unscoped(block.name, block.lineno, read)


def _blocks(part: nodes.Node) -> Iterator[nodes.Block]:
    if isinstance(part, nodes.Block):
        yield part
    yield from part.find_all(nodes.Block)


def _names(part: nodes.Node, what: str) -> list[str]:
    """Return the names that a part reads or sets, in the order of its text."""
    names = [part] if isinstance(part, nodes.Name) else []
    return [each.name for each in (*names, *part.find_all(nodes.Name)) if each.ctx == what]

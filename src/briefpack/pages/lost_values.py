"""Find the values that a page sets in a loop and reads after it: in Jinja, they are lost at the loop's end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jinja2 import nodes

ROOTS = (nodes.Template, nodes.Macro, nodes.CallBlock, nodes.Block)
"""The parts of a page with names of their own, from which no value leads to the text around them."""
SCOPES = (*ROOTS, nodes.For, nodes.With, nodes.FilterBlock)
READ, SET, ALL = "read", "set", "all"
"""What happens to a name: it is read or set; a page that is taken in may read all of them."""


@dataclass(frozen=True)
class Lost:
    """A name that is set in a loop, the line that sets it, and the line after the loop that reads it."""

    name: str
    line: int
    read: int


@dataclass(frozen=True)
class _Event:
    """Something that happens to a name, in the innermost of the parts of a page that it is in."""

    what: str
    name: str
    line: int
    scope: nodes.Node


@dataclass
class _Reader:
    """The events of a part of a page, in the order of its text, and where the body of each of its loops begins and ends."""

    scopes: list[nodes.Node]
    events: list[_Event] = field(default_factory=list)
    loops: dict[nodes.For, tuple[int, int]] = field(default_factory=dict)

    def read(self, parts: Sequence[nodes.Node]) -> None:
        for part in parts:
            self._node(part)

    def _node(self, node: nodes.Node) -> None:
        match node:
            case nodes.Name():
                self._note(READ if node.ctx == "load" else SET, node.name, node)
            case nodes.Assign() | nodes.AssignBlock():
                # The value is read before the name is set.
                self.read([each for each in node.iter_child_nodes() if each is not node.target])
                self._node(node.target)
            case nodes.For():
                self._loop(node)
            case nodes.Include() | nodes.Import() | nodes.FromImport() if node.with_context:
                self._note(ALL, "", node)
            case _:
                self._inside(node)

    def _inside(self, node: nodes.Node) -> None:
        scopes = [node] if isinstance(node, SCOPES) else []
        self.scopes += scopes
        self.read([*node.iter_child_nodes()])
        del self.scopes[len(self.scopes) - len(scopes) :]

    def _loop(self, node: nodes.For) -> None:
        self.read([node.iter])
        self.scopes.append(node)
        self.read([node.target, *([node.test] if node.test else [])])
        begun = len(self.events)
        self.read(node.body)
        self.scopes.pop()
        self.loops[node] = begun, len(self.events)
        self.read(node.else_)

    def _note(self, what: str, name: str, node: nodes.Node) -> None:
        self.events.append(_Event(what, name, node.lineno, self.scopes[-1]))


def find(tree: nodes.Template) -> Iterator[Lost]:
    """Yield each name whose value is lost: nothing in the loop reads it, and the first to meet it after the loop does."""
    for root in (tree, *tree.find_all(ROOTS[1:])):
        reader = _Reader([root])
        reader.read([*root.iter_child_nodes()])
        inner = {each for part in root.find_all(ROOTS[1:]) for each in part.find_all(nodes.For)}
        for loop, (begun, ended) in reader.loops.items():
            if loop not in inner:
                yield from _lost(reader.events[begun:ended], reader.events[ended:], loop)


def _lost(within: Sequence[_Event], after: Sequence[_Event], loop: nodes.For) -> Iterator[Lost]:
    for place, event in enumerate(within):
        if event.what == SET and event.scope is loop:
            read_in_loop = any(_may_read(each, event.name) for each in within[place + 1 :])
            next_one = next((each for each in after if each.name == event.name), None)
            if not read_in_loop and next_one and next_one.what == READ:
                yield Lost(event.name, event.line, next_one.line)


def _may_read(event: _Event, name: str) -> bool:
    return event.what == ALL or (event.what == READ and event.name == name)

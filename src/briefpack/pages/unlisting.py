"""Find the pieces whose page asks for the pages of ids, by itself or in a macro, and that don't list pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jinja2 import nodes

from briefpack.layout.model import Layout, PieceSpec, every_piece
from briefpack.text.yaml_lines import Loc

LISTED = ("page_of", "linked_from")
"""The names that only a piece which lists pages has."""
HINT = "add lists_pages: true to it, or use another page"


class Asked(NamedTuple):
    """A name that a page asks for, with the page and the line."""

    name: str
    page: str
    line: int


def find(found: Layout, trees: Mapping[str, nodes.Template]) -> Iterator[tuple[Loc, Asked]]:
    """Yield each piece that lacks `lists_pages`, by its place in layout.yaml, with what its page asks for."""
    for kind, spec in found.documents.items():
        for loc, piece in every_piece(spec.pieces):
            asked = None if piece.lists_pages else first(piece.page, trees)
            if asked:
                yield ("documents", kind, *loc), asked


def of_page(specs: tuple[PieceSpec, ...], page: str) -> Loc | None:
    """Return the place in its document of the first piece made of a page that doesn't list pages; None without one."""
    return next((loc for loc, piece in every_piece(specs) if piece.page == page and not piece.lists_pages), None)


def first(page: str, trees: Mapping[str, nodes.Template]) -> Asked | None:
    """Return the first request for the pages of ids that a page, or a macro that it calls, makes without a test."""
    return next(iter(_Reader(trees).read(page, "")), None)


@dataclass
class _Reader:
    """The macros that are read already, each by its page and its name; a page itself has no name."""

    trees: Mapping[str, nodes.Template]
    read_before: set[tuple[str, str]] = field(default_factory=set)

    def read(self, page: str, macro: str) -> Iterator[Asked]:
        """Yield each request of a page, or of a macro in it."""
        tree = self.trees.get(page)
        if tree is None or (page, macro) in self.read_before:
            return
        self.read_before.add((page, macro))
        body: Sequence[nodes.Node] = (
            [each for each in tree.find_all(nodes.Macro) if each.name == macro] if macro else tree.body
        )
        for node in (each for part in body for each in _within(part, whole=bool(macro))):
            if isinstance(node, nodes.Name) and node.name in LISTED and node.name not in _tested(body):
                yield Asked(node.name, page, node.lineno)
            elif target := _taken_in(node, page, tree):
                yield from self.read(*target)


def _within(part: nodes.Node, *, whole: bool) -> Iterator[nodes.Node]:
    """Yield the nodes of a part, in order; those in macros are left out, unless the part is the `whole` of one."""
    if isinstance(part, nodes.Macro) and not whole:
        return
    yield part
    for child in part.iter_child_nodes():
        yield from _within(child, whole=False)


def _taken_in(node: nodes.Node, page: str, tree: nodes.Template) -> tuple[str, str] | None:
    """Return the page and the macro that a part of a page takes in; the name is empty for a whole page."""
    match node:
        case nodes.Extends(template=nodes.Const(value=other)) | nodes.Include(template=nodes.Const(value=other)):
            return str(other), ""
        case nodes.Call(node=nodes.Name(name=name)):
            return _named(tree).get(name, (page, name))
        case nodes.Call(node=nodes.Getattr(node=nodes.Name(name=alias), attr=name)):
            other = next((each.template for each in tree.find_all(nodes.Import) if each.target == alias), None)
            return (str(other.value), name) if isinstance(other, nodes.Const) else None
        case _:
            return None


def _named(tree: nodes.Template) -> dict[str, tuple[str, str]]:
    """Return the page and the name of each macro that a page imports by its name."""
    found = dict[str, tuple[str, str]]()
    for taken in tree.find_all(nodes.FromImport):
        for name in taken.names:
            own, given = (name, name) if isinstance(name, str) else name
            if isinstance(taken.template, nodes.Const):
                found[given] = (str(taken.template.value), own)
    return found


def _tested(body: Sequence[nodes.Node]) -> set[str]:
    """Return the names that a part asks about with `is defined`."""
    tests = (each for part in body for each in part.find_all(nodes.Test) if each.name in ("defined", "undefined"))
    return {each.node.name for each in tests if isinstance(each.node, nodes.Name)}

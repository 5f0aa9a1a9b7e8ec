"""Plan the pieces of a document: one for each piece of its kind, or one for each item that such a piece is made for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefpack.brief.model import Ask, Brief, CaseStudy, Section, Theme
from briefpack.layout.model import DocumentSpec, Layout, PieceSpec, every_piece
from briefpack.plan.subjects import Subject
from briefpack.problem import Problem, nearest
from briefpack.text.yaml_lines import Loc, Tree

EACH: Mapping[str, Callable[[Brief], Sequence[Ask | CaseStudy | Section | Theme]]] = {
    "appendix": lambda brief: brief.appendices,
    "ask": lambda brief: brief.asks,
    "case-study": lambda brief: brief.case_studies,
    "section": lambda brief: brief.sections,
    "theme": lambda brief: brief.themes,
}
"""The items of a brief that a piece can be made for, by the value of `each:`."""


@dataclass(frozen=True)
class Item:
    """An ask, a section or the like that a piece is made for; `position` is its number among them, from 1."""

    axis: str
    id: str
    position: int


@dataclass(frozen=True)
class PlannedPiece:
    """A piece that a document will have: the piece of the layout, its place in the document's, and the item it is for."""

    spec: PieceSpec
    loc: Loc = ()
    item: Item | None = None

    @property
    def name(self) -> str:
        """Return the name used in problems, such as "cover" or "ask crossing-fund"."""
        return f"{self.spec.id} {self.item.id}" if self.item else self.spec.id


def of(spec: DocumentSpec, brief: Brief, subject: Subject) -> tuple[PlannedPiece, ...]:
    """Return the pieces of a document in order; a document for one ask has no piece for any other."""
    return tuple(_Planner(brief, subject).pieces(spec.pieces, (), None))


@dataclass(frozen=True)
class _Planner:
    brief: Brief
    subject: Subject

    def pieces(self, specs: tuple[PieceSpec, ...], loc: Loc, owner: Item | None) -> Iterator[PlannedPiece]:
        """Yield some pieces of the layout, and those within them; with an owner, for what belongs to that item."""
        for index, spec in enumerate(specs):
            if not self._wanted(spec):
                continue
            own = (*loc, "pieces", index)
            if spec.each is None:
                yield PlannedPiece(spec, own, owner)
            for item in self._items(spec, owner) if spec.each else ():
                yield PlannedPiece(spec, own, item)
                yield from self.pieces(spec.pieces, own, item)

    def _wanted(self, spec: PieceSpec) -> bool:
        local = self.subject.electorate is not None and self.brief.local is not None
        return (local or not spec.local) and (spec.needs is None or bool(getattr(self.brief, spec.needs)))

    def _items(self, spec: PieceSpec, owner: Item | None) -> Iterator[Item]:
        axis = spec.each or ""
        own = self.subject.ask.id if axis == "ask" and self.subject.ask else None
        for position, item in enumerate(EACH[axis](self.brief), start=1):
            belongs = owner is None or getattr(item, owner.axis) == owner.id
            if own in (None, item.id) and belongs and not (spec.without and getattr(item, spec.without)):
                yield Item(axis, item.id, position)


OWNERS: Mapping[str, tuple[str, ...]] = {"ask": ("theme",), "case-study": ("theme",)}
"""What an item can belong to, by the value of `each:`."""


def check(found: Layout, tree: Tree) -> Iterator[Problem]:
    """Check the `each:`, the `without:`, the `needs:` and the `pieces:` of every piece."""
    for kind, spec in found.documents.items():
        for own, piece in every_piece(spec.pieces):
            loc = ("documents", kind, *own)
            if piece.each is not None and piece.each not in EACH:
                message = f'a piece can\'t be made for each "{piece.each}"'
                yield tree.problem((*loc, "each"), message, nearest(piece.each, EACH))
            if piece.needs is not None and piece.needs not in Brief.model_fields:
                hint = nearest(piece.needs, Brief.model_fields) or "a key of brief.yaml, such as asks"
                yield tree.problem((*loc, "needs"), f'a brief has no "{piece.needs}"', hint)
            yield from _check_owners(tree, loc, piece)


def _check_owners(tree: Tree, loc: Loc, piece: PieceSpec) -> Iterator[Problem]:
    """Check that what a piece leaves out, and the pieces within it, can belong to the items it names."""
    owners = OWNERS.get(piece.each or "", ())
    if piece.without is not None and piece.without not in owners:
        message, hint = (
            f'nothing belongs to "{piece.without}" here',
            "without: theme, with each: ask or each: case-study",
        )
        yield tree.problem((*loc, "without"), message, hint)
    for index, inner in enumerate(piece.pieces):
        if inner.each is not None and piece.each not in OWNERS.get(inner.each, ()):
            message = f'"{inner.each}" can\'t be within "{piece.each or piece.id}"'
            hint = "each: ask or each: case-study, within a piece with each: theme"
            yield tree.problem((*loc, "pieces", index, "each"), message, hint)

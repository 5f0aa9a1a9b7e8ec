"""Plan the pieces of a document: one for each piece of its kind, or one for each item that such a piece is made for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefpack.brief.model import Ask, Brief, CaseStudy, Section, Theme
from briefpack.layout.model import DocumentSpec, Layout, PieceSpec
from briefpack.plan.subjects import Subject
from briefpack.problem import Problem, nearest
from briefpack.text.yaml_lines import Tree

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
    """A piece that a document will have: the piece of the layout, at `index` in its list, and the item it is made for."""

    spec: PieceSpec
    index: int = 0
    item: Item | None = None

    @property
    def name(self) -> str:
        """Return the name used in problems, such as "cover" or "ask crossing-fund"."""
        return f"{self.spec.id} {self.item.id}" if self.item else self.spec.id


def of(spec: DocumentSpec, brief: Brief, subject: Subject) -> tuple[PlannedPiece, ...]:
    """Return the pieces of a document in order; a document for one ask has no piece for any other."""
    return tuple(_of(spec, brief, subject))


def _of(spec: DocumentSpec, brief: Brief, subject: Subject) -> Iterator[PlannedPiece]:
    local = subject.electorate is not None and brief.local is not None
    for index, piece in enumerate(spec.pieces):
        if (piece.local and not local) or (piece.needs and not getattr(brief, piece.needs)):
            continue
        if piece.each is None:
            yield PlannedPiece(piece, index)
        else:
            yield from (PlannedPiece(piece, index, item) for item in _items(piece.each, brief, subject))


def _items(axis: str, brief: Brief, subject: Subject) -> Iterator[Item]:
    own = subject.ask.id if axis == "ask" and subject.ask else None
    for position, item in enumerate(EACH[axis](brief), start=1):
        if own in (None, item.id):
            yield Item(axis, item.id, position)


def check(found: Layout, tree: Tree) -> Iterator[Problem]:
    """Check the `each:` and the `needs:` of every piece."""
    for kind, spec in found.documents.items():
        for index, piece in enumerate(spec.pieces):
            if piece.each is not None and piece.each not in EACH:
                loc = ("documents", kind, "pieces", index, "each")
                yield tree.problem(loc, f'a piece can\'t be made for each "{piece.each}"', nearest(piece.each, EACH))
            if piece.needs is not None and piece.needs not in Brief.model_fields:
                loc = ("documents", kind, "pieces", index, "needs")
                hint = nearest(piece.needs, Brief.model_fields) or "a key of brief.yaml, such as asks"
                yield tree.problem(loc, f'a brief has no "{piece.needs}"', hint)

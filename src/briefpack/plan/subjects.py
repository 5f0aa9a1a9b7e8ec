"""Multiply out `for:` and `each:` in layout.yaml: a subject for each document of a kind, and a piece for each item."""

import datetime
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from briefpack.brief.model import Ask, Brief, CaseStudy, Section, Theme
from briefpack.electorates import Electorate
from briefpack.layout.model import DocumentSpec, Layout, PieceSpec, every_piece
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.meetings import Meeting
from briefpack.problem import Problem, nearest
from briefpack.project import NATIONAL
from briefpack.text.yaml_lines import Loc, Tree


@dataclass(frozen=True)
class Wanted:
    """The part of a brief to make: for the nation or not, for which electorates, meetings, asks and kinds of document.

    No asks means all of them, and so for kinds. A day with a wanted meeting has a sheet of `every_meeting` on it.
    """

    national: bool = True
    electorates: tuple[Electorate, ...] = ()
    asks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    every_meeting: tuple[Meeting, ...] = ()


@dataclass(frozen=True)
class Subject:
    """The place and the ask that one document is for; without an electorate, the place is the nation.

    It may be for a meeting, or for all those of a `day`.
    """

    electorate: Electorate | None = None
    ask: Ask | None = None
    meetings: tuple[Meeting, ...] = ()
    day: datetime.date | None = None

    @property
    def place(self) -> str:
        """Return the name of the folder of its documents."""
        if self.day:
            return str(self.day)
        if self.meetings:
            return self.meetings[0].folder
        return self.electorate.slug if self.electorate else NATIONAL

    @property
    def asks(self) -> tuple[str, ...]:
        """Return the asks chosen for its meeting; none are chosen elsewhere."""
        return self.meetings[0].asks if self.meetings and not self.day else ()

    @property
    def names(self) -> Mapping[str, str]:
        """Return the value of each name that a kind's `file:` may have."""
        return {"place": self.place} | ({"ask": self.ask.id} if self.ask else {})

    def title(self, brief: Brief) -> str:
        """Return the title of its documents, as the brief has it."""
        return self.ask.leave_behind.headline if self.ask and self.ask.leave_behind else brief.title


Axis = Callable[[Subject, LoadedBrief, Wanted], Iterator[Subject]]
"""A function that yields a copy of a subject for each place, or for each ask, that is wanted."""


def _nation(subject: Subject, _loaded: LoadedBrief, wanted: Wanted) -> Iterator[Subject]:
    if wanted.national:
        yield subject


def _electorate(subject: Subject, _loaded: LoadedBrief, wanted: Wanted) -> Iterator[Subject]:
    return (replace(subject, electorate=each) for each in wanted.electorates)


def _meeting(subject: Subject, loaded: LoadedBrief, wanted: Wanted) -> Iterator[Subject]:
    for each in wanted.meetings:
        electorate = loaded.group.by_slug[each.electorate] if loaded.group and each.electorate else None
        yield replace(subject, electorate=electorate, meetings=(each,))


def _day(subject: Subject, _loaded: LoadedBrief, wanted: Wanted) -> Iterator[Subject]:
    wanted_days = {meeting.date for meeting in wanted.meetings}
    for day, meetings in groupby(wanted.every_meeting, key=lambda meeting: meeting.date):
        if day in wanted_days:
            yield replace(subject, meetings=tuple(meetings), day=day)


def _ask(subject: Subject, loaded: LoadedBrief, wanted: Wanted) -> Iterator[Subject]:
    """Yield a copy of a subject for each ask that its place has and that has a leave-behind."""
    asks = (ask for ask in loaded.variant(subject.electorate, subject.asks).asks if ask.leave_behind)
    return (replace(subject, ask=ask) for ask in asks if not wanted.asks or ask.id in wanted.asks)


PLACES: Mapping[str, Axis] = {"nation": _nation, "electorate": _electorate, "meeting": _meeting, "day": _day}
"""The axes that are places; each term of `for:` has exactly one."""
AXES: Mapping[str, Axis] = {**PLACES, "ask": _ask}


def of(spec: DocumentSpec, loaded: LoadedBrief, wanted: Wanted) -> Iterator[Subject]:
    """Yield the wanted subjects of a kind of document; if asks are named, only subjects that have one."""
    for term in spec.made_for:
        subjects = [Subject()]
        # Places first, as a place may not have every ask.
        for axis in sorted(_axes(term), key=lambda axis: axis not in PLACES):
            subjects = [each for subject in subjects for each in AXES[axis](subject, loaded, wanted)]
        yield from (subject for subject in subjects if subject.ask or not wanted.asks)


def of_meetings(loaded: LoadedBrief, wanted: Wanted) -> Iterator[Subject]:
    """Yield the wanted meetings as subjects."""
    return _meeting(Subject(), loaded, wanted)


def path(kind: str, spec: DocumentSpec, subject: Subject) -> str:
    """Return the path of the document of that kind for a subject."""
    name = NAME.sub(lambda found: subject.names[found[1]], _pattern(kind, spec))
    return f"{_folder(spec, subject)}{subject.place}/{name}.pdf"


OURS, MEETINGS = "internal/", "meetings/"
"""The folders of what is ours alone, and of what a meeting's recipients are given."""


def _folder(spec: DocumentSpec, subject: Subject) -> str:
    if spec.internal:
        return OURS
    return MEETINGS if subject.meetings else ""


def _axes(term: str) -> tuple[str, ...]:
    return tuple(TIMES.split(term.strip()))


def _pattern(kind: str, spec: DocumentSpec) -> str:
    """Return the `file:` of a kind or, by default, a pattern of the place, the kind and every other name."""
    return spec.file or "-".join(["{place}", kind, *(f"{{{name}}}" for name in _others(spec.made_for[0]))])


def _others(term: str) -> tuple[str, ...]:
    return tuple(axis for axis in _axes(term) if axis not in PLACES)


TIMES = re.compile(r"\s*×\s*|\s+x\s+")
NAME = re.compile(r"\{([a-z-]*)\}")


def check(found: Layout, tree: Tree) -> Iterator[Problem]:
    """Check the `for:` and the `file:` of each kind of document, and its pieces."""
    for kind, spec in found.documents.items():
        loc: Loc = ("documents", kind)
        faults = [
            each for index, term in enumerate(spec.made_for) for each in _check_term(term, tree, (*loc, "for", index))
        ]
        yield from faults or _check_file(kind, spec, tree, (*loc, "file"))
        for own, piece in every_piece(spec.pieces):
            yield from _check_piece(piece, tree, (*loc, *own))


def _check_term(term: str, tree: Tree, loc: Loc) -> Iterator[Problem]:
    axes = _axes(term)
    unknown = [axis for axis in axes if axis not in AXES]
    for axis in unknown:
        yield tree.problem(loc, f'documents can\'t be made for "{axis}"', nearest(axis, AXES))
    if not unknown and (sum(axis in PLACES for axis in axes) != 1 or len({*axes}) < len(axes)):
        others = dict.fromkeys(axis for axis in axes if axis not in PLACES)
        message = f'"{term}" must include one of {", ".join(PLACES)}, and nothing twice'
        yield tree.problem(loc, message, " or ".join(" × ".join([place, *others]) for place in PLACES))


def _check_file(kind: str, spec: DocumentSpec, tree: Tree, loc: Loc) -> Iterator[Problem]:
    """Check that a kind's `file:` has a name for each thing that the kind is for, and no other name."""
    pattern, found = _pattern(kind, spec), NAME.findall(_pattern(kind, spec))
    for term in spec.made_for:
        needed = {"place", *_others(term)}
        for name in sorted({*found} - needed):
            hint = " or ".join(f"{{{each}}}" for each in sorted(needed))
            yield tree.problem(loc, f'{{{name}}} has no value in a document for "{term}"', hint)
        for name in sorted(needed - {*found}):
            yield tree.problem(loc, f'several files would be called "{pattern}"', f"add {{{name}}}")


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
    """An ask, a section or the like that a piece is made for; `position` is its number among them, from 1.

    If it `starts_page`, the brief wants it to.
    """

    axis: str
    id: str
    position: int
    starts_page: bool = False


@dataclass(frozen=True)
class Seen:
    """The names of pieces seen to take about half of a page, or over a page, or to begin one in any case."""

    halves: frozenset[str] = frozenset()
    longs: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()


UNSEEN = Seen()


@dataclass(frozen=True)
class PlannedPiece:
    """A piece that a document will have: the piece of the layout, its place in the document's, and the item it is for.

    `others` are those that follow it on its pages: all together are laid out as one. If it `ends_early`, its last page
    may be as empty as it is, because the next one always starts a page.
    """

    spec: PieceSpec
    loc: Loc = ()
    item: Item | None = None
    others: tuple["PlannedPiece", ...] = ()
    ends_early: bool = False

    @property
    def name(self) -> str:
        """Return the name used in problems, such as "cover", "ask crossing-fund" or "section need to glossary"."""
        own = f"{self.spec.id} {self.item.id}" if self.item else self.spec.id
        return f"{own} to {self.others[-1].name}" if self.others else own

    @property
    def lists_pages(self) -> bool:
        """Return whether it prints page numbers."""
        return self.spec.lists_pages or any(other.spec.lists_pages for other in self.others)

    @property
    def is_whole(self) -> bool:
        """Return whether it shares its pages with no other: the layout says so, or how many it has."""
        return self.spec.starts == "page" or self.spec.pages.most < math.inf

    def follows(self, before: "PlannedPiece", seen: "Seen") -> bool:
        """Return whether it may begin on the last page of the piece before it, as far as has been seen."""
        parts = [replace(each, others=()) for each in (*before.others, before)]
        own = replace(self, others=())
        starts = bool(self.item and self.item.starts_page) or own.name in seen.heads
        full = own.needs_own_page(seen.halves) or any(each.needs_own_page(seen.halves | seen.longs) for each in parts)
        return not (starts or full or any(each.is_whole for each in (*parts, own)))

    def needs_own_page(self, exempt: frozenset[str]) -> bool:
        """Return whether the layout gives it a page of its own unless it is short; not if it is `exempt`."""
        return self.spec.starts == "half" and self.name not in exempt


def pieces(spec: DocumentSpec, brief: Brief, subject: Subject) -> tuple[PlannedPiece, ...]:
    """Return the pieces of a document in order; a document for one ask has no piece for any other."""
    return tuple(_Planner(brief, subject).pieces(spec.pieces, (), None))


@dataclass(frozen=True)
class _Planner:
    brief: Brief
    subject: Subject

    def pieces(self, specs: tuple[PieceSpec, ...], loc: Loc, owner: Item | None) -> Iterator[PlannedPiece]:
        """Yield some pieces of the layout, and the pieces inside them; with an owner, only for the owner's items."""
        for index, spec in enumerate(specs):
            if not self._wanted(spec):
                continue
            own = (*loc, "pieces", index)
            if spec.each is None:
                yield PlannedPiece(spec, own, owner)
                continue
            for item in self._items(spec, owner):
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
                yield Item(axis, item.id, position, getattr(item, "start", None) == "page")


OWNERS: Mapping[str, tuple[str, ...]] = {"ask": ("theme",), "case-study": ("theme",)}
"""What an item can belong to, by the value of `each:`."""


def _check_piece(piece: PieceSpec, tree: Tree, loc: Loc) -> Iterator[Problem]:
    """Check the `each:`, the `without:`, the `needs:` and the `pieces:` of a piece."""
    if piece.each is not None and piece.each not in EACH:
        message = f'a piece can\'t be made for each "{piece.each}"'
        yield tree.problem((*loc, "each"), message, nearest(piece.each, EACH))
    if piece.needs is not None and piece.needs not in Brief.model_fields:
        hint = nearest(piece.needs, Brief.model_fields) or "a key of brief.yaml, such as asks"
        yield tree.problem((*loc, "needs"), f'a brief has no "{piece.needs}"', hint)
    yield from _check_owners(tree, loc, piece)


def _check_owners(tree: Tree, loc: Loc, piece: PieceSpec) -> Iterator[Problem]:
    """Check that the items a piece leaves out, and the pieces inside it, can belong to the items it is made for."""
    owners = OWNERS.get(piece.each or "", ())
    if piece.without is not None and piece.without not in owners:
        hint = "without: theme, with each: ask or each: case-study"
        yield tree.problem((*loc, "without"), f'nothing belongs to "{piece.without}" here', hint)
    for index, inner in enumerate(piece.pieces):
        if inner.each is not None and piece.each not in OWNERS.get(inner.each, ()):
            message = f'"{inner.each}" can\'t be within "{piece.each or piece.id}"'
            hint = "each: ask or each: case-study, within a piece with each: theme"
            yield tree.problem((*loc, "pieces", index, "each"), message, hint)

"""Multiply out `for:` in layout.yaml, such as `electorate × ask`: one subject for each document of a kind."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from briefpack.brief.model import Ask, Brief
from briefpack.electorates import Electorate
from briefpack.layout.model import DocumentSpec, Layout
from briefpack.plan.loaded import LoadedBrief
from briefpack.problem import Problem, nearest
from briefpack.project import NATIONAL
from briefpack.text.yaml_lines import Loc, Tree


@dataclass(frozen=True)
class Wanted:
    """The part of a brief to make: for the nation or not, for which electorates, asks and kinds of document.

    No asks means all of them, and so for kinds.
    """

    national: bool = True
    electorates: tuple[Electorate, ...] = ()
    asks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """The place and the ask that one document is for; without an electorate, the place is the nation."""

    electorate: Electorate | None = None
    ask: Ask | None = None

    @property
    def place(self) -> str:
        """Return the folder of its documents."""
        return self.electorate.slug if self.electorate else NATIONAL

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


def _ask(subject: Subject, loaded: LoadedBrief, wanted: Wanted) -> Iterator[Subject]:
    """Yield a copy of a subject for each ask that its place has and that has a leave-behind."""
    asks = (ask for ask in loaded.variant(subject.electorate).asks if ask.leave_behind)
    return (replace(subject, ask=ask) for ask in asks if not wanted.asks or ask.id in wanted.asks)


PLACES: Mapping[str, Axis] = {"nation": _nation, "electorate": _electorate}
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


def path(kind: str, spec: DocumentSpec, subject: Subject) -> str:
    """Return the path of the document of that kind for a subject."""
    name = NAME.sub(lambda found: subject.names[found[1]], _pattern(kind, spec))
    return f"{subject.place}/{name}.pdf"


def _axes(term: str) -> tuple[str, ...]:
    return tuple(TIMES.split(term.strip()))


def _pattern(kind: str, spec: DocumentSpec) -> str:
    """Return the `file:` of a kind, or the one that it has by default: the place, the kind and every other name."""
    return spec.file or "-".join(["{place}", kind, *(f"{{{name}}}" for name in _others(spec.made_for[0]))])


def _others(term: str) -> tuple[str, ...]:
    return tuple(axis for axis in _axes(term) if axis not in PLACES)


TIMES = re.compile(r"\s*×\s*|\s+x\s+")
NAME = re.compile(r"\{([a-z-]*)\}")


def check(found: Layout, tree: Tree) -> Iterator[Problem]:
    """Check the `for:` and the `file:` of each kind of document."""
    patterns: dict[str, str] = {}
    for kind, spec in found.documents.items():
        loc: Loc = ("documents", kind)
        faults = [
            each for index, term in enumerate(spec.made_for) for each in _check_term(term, tree, (*loc, "for", index))
        ]
        yield from faults or _check_file(kind, spec, tree, (*loc, "file"))
        first = patterns.setdefault(_pattern(kind, spec), kind)
        if first != kind:
            message = f'"{first}" and "{kind}" would have the same file names'
            yield tree.problem((*loc, "file"), message, "give one of them another file:")


def _check_term(term: str, tree: Tree, loc: Loc) -> Iterator[Problem]:
    axes = _axes(term)
    unknown = [axis for axis in axes if axis not in AXES]
    for axis in unknown:
        yield tree.problem(loc, f'documents can\'t be made for "{axis}"', nearest(axis, AXES))
    if not unknown and (sum(axis in PLACES for axis in axes) != 1 or len({*axes}) < len(axes)):
        others = dict.fromkeys(axis for axis in axes if axis not in PLACES)
        message = f'"{term}" must include either nation or electorate, and nothing twice'
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
    if re.search("[{}]", NAME.sub("", pattern)):
        yield tree.problem(loc, f'"{pattern}" has an unpaired brace', "write names in pairs of braces, such as {place}")

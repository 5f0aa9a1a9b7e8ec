"""Find the files that have changed since a document was last made, to name the cause of a failure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack import charts
from briefpack.jobs.line import Line
from briefpack.layout import addresses
from briefpack.output import design
from briefpack.pages import Piece
from briefpack.plan import Document, locales
from briefpack.problem import Owner, Problem

MOST_NAMED = 3
"""The most changed files that a message names."""


SINCE = "changed since the document was last made"


@dataclass(frozen=True)
class Changes:
    """The designers' files of a piece that have changed since its document was last made.

    `content` tells whether the brief or its data have changed too, and `made` whether there is an earlier document.
    """

    page: str
    files: tuple[str, ...] = ()
    content: bool = False
    made: bool = False

    @property
    def blamed(self) -> bool:
        """Return whether only the files can be the cause."""
        return self.made and bool(self.files) and not self.content

    def explain(self, problem: Problem, statement: str) -> Problem:
        """Return the problem of a text that doesn't fit, at the changed file if that is the only cause."""
        if not self.blamed:
            return problem
        others = self.files[1:]
        verb, changes = ("have", "changes") if others else ("has", "change")
        message = f"{statement}: {_listed(('this file', *others))} {verb} {SINCE}"
        hint = f"undo the {changes} or make room; the brief hasn't changed"
        return replace(problem, path=self.files[0], line=None, message=message, hint=hint, owner=Owner.LAYOUT)

    @property
    def or_room(self) -> str:
        """Return the end of a hint: where to make room instead, unless only the brief has changed."""
        if self.made and self.content and not self.files:
            return ""
        return f", or make room in {self.files[0] if self.files else self.page}"


def names_one(problem: Problem) -> bool:
    """Return whether a problem names a changed file, of which no line is known to be the cause."""
    return problem.message.endswith(SINCE)


def _listed(files: Sequence[str]) -> str:
    """Return the changed files in a sentence."""
    named = [*files[:MOST_NAMED]]
    rest = len(files) - len(named)
    if rest:
        named.append(f"{rest} more")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def since(document: Document, piece: Piece, line: Line) -> Changes:
    """Return the changes to a piece of a document since the document was last made."""
    before, page = line.before.inputs(document.path), f"layouts/{piece.page}"
    if not before.get("content"):
        return Changes(page)
    changed = set(design.changed(before.get("design", ""), line.inputs, line.store))
    files = tuple(path for path in _used(document, piece, line) if path in changed) if changed else ()
    return Changes(
        page, tuple(dict.fromkeys(files)), before["content"] != line.contents[document.electorate], made=True
    )


def hinted(problem: Problem, document: Document, pieces: Iterable[Piece], line: Line) -> Problem:
    """Return a problem of a page; if a check failed for no other cause, with the changed files in its hint.

    `pieces` are those that print on the page.
    """
    if problem.warning or not problem.check or names_one(problem):
        return problem
    found = [since(document, piece, line) for piece in pieces]
    files = tuple(dict.fromkeys(file for each in found for file in each.files if each.blamed))
    if not files:
        return problem
    return replace(problem, hint=f"{problem.hint}; {_listed(files)} {'have' if files[1:] else 'has'} {SINCE}")


def _used(document: Document, piece: Piece, line: Line) -> Iterator[str]:
    """Yield the files that decide how much room a piece has, those most likely to be the cause first."""
    yield from (f"layouts/{style}" for style in piece.styles)
    yield from addresses.taken_in(line.root, piece.page)
    yield from (path.lstrip("/") for path in piece.files)
    yield from (f"layouts/{line.planned.layout.name}/layout.yaml", "layouts/tokens.yaml")
    yield f"{locales.FOLDER}/{line.planned.brief.brief.language}.yaml"
    yield from (f"charts/{charts.file(line.root / 'charts', each.kind).name}" for each in document.drawings.values())
    yield from sorted(path for path in line.inputs.design if SHARED.fullmatch(path))


SHARED = re.compile(r"charts/(_.*\.py|house\.mplstyle)|fonts/.*(?<!\.md)(?<!\.txt)")
"""The designers' files that any page or chart may use."""

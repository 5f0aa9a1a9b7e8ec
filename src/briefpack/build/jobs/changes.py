"""Find the files that have changed since a document was last made, to name the cause of a failure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack import charts
from briefpack.build.jobs.line import Line
from briefpack.layout import addresses
from briefpack.output import design
from briefpack.output.design import recall
from briefpack.pages import Piece
from briefpack.plan import Document, Drawing, locales
from briefpack.problem import Owner, Problem, joined

MOST_NAMED = 3
"""The most changed files that a message names."""
SINCE = "changed since the document was last made"
SINCE_SOUND = "changed since the last check or build without problems"
CHANGED = "changed"
"""The cause of a problem at a file that has changed."""


@dataclass(frozen=True)
class Changes:
    """The designers' files of a piece that have changed since its document was last made, or all was sound.

    `content` tells whether the brief or its data have changed too, and `made` whether there is an earlier state.
    `lines` are the lines that have changed in the first file, if they are known.
    """

    page: str
    files: tuple[str, ...] = ()
    content: bool = False
    made: bool = False
    since: str = SINCE
    lines: tuple[range, ...] = ()

    @property
    def blamed(self) -> bool:
        """Return whether only the files can be the cause."""
        return self.made and bool(self.files) and not self.content

    @property
    def line(self) -> int | None:
        """Return the line that has changed in the first file, or the first of several; None if they aren't together."""
        return self.lines[0].start if len(self.lines) == 1 else None

    def explain(self, problem: Problem, statement: str) -> Problem:
        """Return the problem of a text that doesn't fit, at the changed file if that is the only cause."""
        if not self.blamed:
            return problem
        others = self.files[1:]
        verb, changes = ("have", "changes") if others else ("has", "change")
        message = f"{statement}: {joined(('this file', *others), 'and', MOST_NAMED)} {verb} {self.since}"
        undone = f"changes in {_lines(self.lines)}" if self.lines[1:] and not others else changes
        hint = f"undo the {undone} or make room; the brief hasn't changed"
        problem = replace(problem, message=message, hint=hint, cause=CHANGED)
        return replace(problem, path=self.files[0], line=self.line, owner=Owner.LAYOUT)

    @property
    def shown(self) -> str:
        """Return the changed files as a phrase; if there is only one, with its line."""
        line = f":{self.line}" if self.line and not self.files[1:] else ""
        return joined(self.files, "and", MOST_NAMED) + line

    @property
    def or_room(self) -> str:
        """Return the end of a hint: where to make room instead, unless only the brief has changed."""
        if self.made and self.content and not self.files:
            return ""
        return f", or make room in {self.files[0] if self.files else self.page}"


def _lines(lines: Sequence[range]) -> str:
    """Return lines in short form: lines 3–5, 9 and 12."""
    named = [f"{each.start}–{each.stop - 1}" if len(each) > 1 else str(each.start) for each in lines]
    return f"lines {joined(named, 'and', MOST_NAMED)}"


def since(document: Document, piece: Piece, line: Line) -> Changes:
    """Return the changes to a piece of a document since the document was last made, or all was sound."""
    return _found(document, f"layouts/{piece.page}", [*dict.fromkeys(_used(document, piece, line))], line)


def to_chart(document: Document, drawing: Drawing, line: Line) -> Changes:
    """Return the changes to the files that decide a chart's room since its document was last made, or all was sound."""
    sizes = f"layouts/{line.planned.layout.name}/layout.yaml"
    used = (sizes, "layouts/tokens.yaml", f"charts/{charts.file(line.root / 'charts', drawing.kind).name}")
    return _found(document, sizes, (*used, *_of_any(line)), line)


def _found(document: Document, page: str, used: Sequence[str], line: Line) -> Changes:
    """Return the changes to some files since the latest of the earlier states in which the document was sound."""
    made, sound = line.before.inputs(document.path), recall(line.inputs.request, document.kind, line.store)
    states = (
        (made.get("content", ""), made.get("design", ""), SINCE),
        (sound.content(document.electorate), sound.design, SINCE_SOUND),
    )
    found = [_changes(document, page, used, line, *state) for state in states if state[0]]
    # After the latest state, the fewest files have changed.
    blamed = sorted((each for each in found if each.blamed), key=lambda each: len(each.files))
    return next(iter((*blamed, *found)), Changes(page))


def _changes(
    document: Document, page: str, used: Sequence[str], line: Line, content: str, before: str, since: str
) -> Changes:
    changed = set(design.changed(before, line.inputs, line.store))
    files = tuple(path for path in used if path in changed)
    lines = design.changed_lines(files[0], before, line.inputs, line.store) if files else ()
    return Changes(page, files, content != line.contents[document.electorate], made=True, since=since, lines=lines)


def hinted(problem: Problem, document: Document, pieces: Iterable[Piece], line: Line) -> Problem:
    """Return a problem of a page; if a check failed for no other cause, with the changed files in its hint.

    `pieces` are the pieces that print on the page.
    """
    if problem.warning or not problem.check or problem.cause == CHANGED:
        return problem
    found = [each for piece in pieces if (each := since(document, piece, line)).blamed]
    if not found:
        return problem
    files = tuple(dict.fromkeys(file for each in found for file in each.files))
    shown = replace(found[0], files=files).shown
    return replace(problem, hint=f"{problem.hint}; {shown} {'have' if files[1:] else 'has'} {found[0].since}")


def _used(document: Document, piece: Piece, line: Line) -> Iterator[str]:
    """Yield the files that decide how much room a piece has, the most likely causes first."""
    yield from (f"layouts/{style}" for style in piece.styles)
    yield from addresses.taken_in(line.root, *piece.pages)
    yield from (path.lstrip("/") for path in piece.files)
    yield from (f"layouts/{line.planned.layout.name}/layout.yaml", "layouts/tokens.yaml")
    yield f"{locales.FOLDER}/{line.planned.brief.brief.language}.yaml"
    yield from (f"charts/{charts.file(line.root / 'charts', each.kind).name}" for each in document.drawings.values())
    yield from _of_any(line)


def _of_any(line: Line) -> list[str]:
    return sorted(path for path in line.inputs.design if SHARED.fullmatch(path))


SHARED = re.compile(r"charts/(_.*\.py|house\.mplstyle)|fonts/.*(?<!\.md)(?<!\.txt)")
"""The designers' files that any page or chart may use."""

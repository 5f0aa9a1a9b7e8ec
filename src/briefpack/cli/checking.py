"""Check a brief, and return what it finds as data."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefpack.cli import progress
from briefpack.output import Request
from briefpack.problem import Problem, Problems, distinct

if TYPE_CHECKING:
    from briefpack.plan import LoadedBrief


@dataclass(frozen=True)
class Query:
    """An open query of the author's, with its line in the brief."""

    path: str
    line: int
    id: str
    about: str
    question: str


@dataclass(frozen=True)
class Checked:
    """The result of a check: problems and warnings in the order in which they print, and the open queries.

    `places` are how many electorates' documents were laid out, and how many have any; `national` tells whether the
    national ones were, and `quick` that none was.
    """

    problems: tuple[Problem, ...]
    queries: tuple[Query, ...] = ()
    places: tuple[int, int] = (0, 0)
    national: bool = False
    quick: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return the problems that must be fixed, without the warnings."""
        return tuple(problem for problem in self.problems if not problem.warning)

    @property
    def exit_code(self) -> int:
        """Return the code of the first thing to fix; 0 if there are only warnings."""
        return Problems(self.errors).exit_code if self.errors else 0


def failing_links(request: Request) -> tuple[Problem, ...]:
    """Request every web address that a brief prints, and return a problem for each that fails."""
    from briefpack.brief import links, requests
    from briefpack.text import yaml_lines

    path = f"briefs/{request.brief}/brief.yaml"
    try:
        tree = yaml_lines.read(request.project.root / path, path)
    except Problems:
        # `look` reports a file that can't be read.
        return ()
    return tuple(links.problems(tree, requests.send(links.addresses(tree))))


def look(requests: Sequence[Request], *, quick: bool = False) -> Checked:
    """Read a brief, lay out its documents in each edition, and return its problems, warnings and open queries.

    If `quick`, nothing is laid out.
    """
    found = [_look(request, quick=quick) for request in requests]
    return replace(found[0], problems=distinct(problem for each in found for problem in each.problems))


def _look(request: Request, *, quick: bool) -> Checked:
    from briefpack import build, jobs, plan

    try:
        # Unlike a build, a check shows its progress only to somebody who watches.
        with progress.shown(quiet=not sys.stderr.isatty()) as show:
            checked = build.check(request, show, quick=quick)
    except Problems as error:
        return Checked(error.problems)
    found = jobs.at_rows(checked.problems, checked.planned.brief.warnings)
    warnings = jobs.without_repeats(plan.warnings_on(checked.planned, request.today), found)
    return Checked((*warnings, *found), _queries(checked.planned.brief), checked.places, request.national, quick)


def _queries(loaded: "LoadedBrief") -> tuple[Query, ...]:
    from briefpack.brief import queries

    return tuple(Query(loaded.tree.path, *query) for query in queries.listed(loaded.brief, loaded.tree))

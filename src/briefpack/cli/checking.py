"""Check a brief, and return what it finds as data."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefpack.output import Request
from briefpack.problem import Problem, Problems

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
    """The result of a check: problems and warnings in the order in which they print, and the open queries."""

    problems: tuple[Problem, ...]
    queries: tuple[Query, ...] = ()

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


def look(request: Request) -> Checked:
    """Read a brief, draw its charts, and return its problems, warnings and open queries."""
    from briefpack import build

    try:
        loaded = build.dry_run(request).brief
    except Problems as error:
        return Checked(error.problems)
    return Checked(loaded.warnings_on(request.today), _queries(loaded))


def _queries(loaded: "LoadedBrief") -> tuple[Query, ...]:
    from briefpack.brief import review

    return tuple(Query(loaded.tree.path, *query) for query in review.open_queries(loaded.brief, loaded.tree))

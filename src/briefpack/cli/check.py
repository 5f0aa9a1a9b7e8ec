"""Check a brief and lay out its documents without building: `briefpack check`."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from briefpack.cli import messages, options, progress
from briefpack.cli.command import command
from briefpack.output import Request
from briefpack.problem import Problem, Problems, distinct, joined

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
    national ones were, and `quick` that none was. `editions` are those that weren't laid out.
    `accepted` are the warnings that the brief accepts.
    """

    problems: tuple[Problem, ...]
    queries: tuple[Query, ...] = ()
    places: tuple[int, int] = (0, 0)
    national: bool = False
    quick: bool = False
    accepted: tuple[Problem, ...] = ()
    editions: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return the problems that must be fixed, without the warnings."""
        return tuple(problem for problem in self.problems if not problem.warning)

    @property
    def exit_code(self) -> int:
        """Return the code of the first thing to fix; 0 if there are only warnings."""
        return Problems(self.errors).exit_code if self.errors else 0


@command("check")
@options.BRIEF
@options.ELECTORATE
@options.STATE
@options.ALL
@options.LAYOUT
@options.EDITION
@options.JOBS
@click.option("--quick", is_flag=True, help="Check the files alone, and lay out no page.")
@click.option(
    "--links", is_flag=True, help="Request the addresses of sources, links and QR codes too, and name those that fail."
)
@click.option("--queries", is_flag=True, help="Print each open query in full.")
@options.FORMAT
@options.JSON
def check(*, quick: bool, links: bool, queries: bool, form: str, as_json: bool, **wanted: Any) -> int:
    """Check a brief without making any PDF.

    This reads the brief, draws its charts, lays out its documents, prints problems and warnings, and lists the open
    queries. The documents are the national ones and those of three electorates, with the most text, the least text and
    the largest area, unless you name electorates or states. With --quick, it lays out none.

    Warnings and queries don't change its exit code, which is 0 unless something needs fixing.
    """
    requests = options.requests(**wanted)
    found = look(requests, quick=quick)
    if links:
        found = replace(found, problems=(*found.problems, *failing_links(requests[0])))
    if as_json or form == "json":
        asked = [asdict(query) for query in found.queries]
        accepted = [messages.record(warning) for warning in found.accepted]
        messages.print_records(found.problems, queries=asked, accepted=accepted)
    elif form == "github":
        messages.print_annotations(found.problems, requests[0].project.root)
        click.echo("\n".join(_ending(found)))
    else:
        _print(found, in_full=queries)
    return found.exit_code


def _print(found: Checked, *, in_full: bool) -> None:
    """Print the queries, in full or one a line, a blank line, then the warnings, the problems and the count."""
    for query in found.queries:
        click.echo(f"{query.path}:{query.line}: query {query.id}, about {query.about}")
        if in_full:
            click.echo(f"  {' '.join(query.question.split())}")
    if found.queries:
        click.echo()
    messages.print_problems(found.problems)
    for line in _ending(found):
        click.echo(line, err=bool(found.errors))


def _ending(found: Checked) -> Iterator[str]:
    """Yield the last lines: the warnings to accept, what was laid out, unless all was, and the number of problems."""
    places, every = found.places
    if ids := [] if found.errors else _acceptable(found.problems):
        yield f"To accept a warning, list its id and your reason under `accept:`. Ids: {', '.join(ids)}."
    if found.editions and not (found.quick or found.errors):
        yield f"No page of the {joined(sorted(found.editions), 'or')} edition was laid out; ask for it with `--edition`."
    if found.quick and not found.errors:
        yield "No page was laid out; leave out `--quick` to see whether the text fits."
    elif places < every and not found.quick:
        nation = "the national documents and " if found.national else ""
        yield f"Laid out: {nation}{places} of {messages.counted(every, 'electorate')}; `--all` lays out every one."
    if found.accepted:
        yield f"{messages.counted(len(found.accepted), 'warning')} accepted under accept: in brief.yaml."
    yield _summary(found)


def _acceptable(warnings: Sequence[Problem]) -> list[str]:
    """Return the ids of the warnings that the brief could accept."""
    from briefpack.brief import review

    return sorted({warning.check for warning in warnings} & review.CAN_BE_ACCEPTED)


def _summary(found: Checked) -> str:
    """Return the number of problems or, if there are none, of warnings and open queries."""
    if found.errors:
        return f"{messages.count(found.errors)}. Nothing was made."
    warnings = messages.counted(len(found.problems), "warning")
    return f"No problems, {warnings}, {messages.counted(len(found.queries), 'open query', 'open queries')}."


def failing_links(request: Request) -> tuple[Problem, ...]:
    """Request every web address that a brief prints, and return a problem for each that fails."""
    from briefpack.brief import links
    from briefpack.text import yaml_lines

    path = f"briefs/{request.brief}/brief.yaml"
    try:
        tree = yaml_lines.read(request.project.root / path, path)
    except Problems:
        # `look` reports a file that can't be read.
        return ()
    return tuple(links.problems(tree, links.send(links.addresses(tree))))


def look(requests: Sequence[Request], *, quick: bool = False) -> Checked:
    """Read a brief, lay out its documents in each edition, and return its problems, warnings and open queries.

    If `quick`, nothing is laid out.
    """
    place = progress.Place(builds=len(requests))
    found = [_look(request, place, quick=quick) for request in requests]
    others = tuple(each for each in found[0].editions if each not in {request.edition for request in requests})
    in_all = set(found[0].problems).intersection(*(each.problems for each in found))
    problems = (
        problem if problem in in_all else messages.in_edition(problem, request.edition)
        for request, each in zip(requests, found, strict=True)
        for problem in each.problems
    )
    return replace(found[0], problems=distinct(problems), editions=others)


def _look(request: Request, place: progress.Place, *, quick: bool) -> Checked:
    from briefpack import build, plan
    from briefpack.build import jobs
    from briefpack.layout import editions

    try:
        with progress.shown(place) as show:
            checked = build.check(request, show, quick=quick)
    except Problems as error:
        return Checked(error.problems)
    warnings = jobs.without_repeats(plan.warnings_on(checked.planned, request.today), checked.problems)
    loaded = checked.planned.brief
    return Checked(
        (*warnings, *checked.problems), _queries(loaded), checked.places, request.national, quick,
        loaded.accepted_on(request.today), tuple(editions.of(checked.planned.layout.layout.editions)),
    )  # fmt: skip


def _queries(loaded: "LoadedBrief") -> tuple[Query, ...]:
    from briefpack.brief import queries

    return tuple(Query(loaded.tree.path, *query) for query in queries.listed(loaded.brief, loaded.tree))

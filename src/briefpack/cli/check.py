"""Check a brief and draw its charts without building: `briefpack check`."""

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from briefpack.cli import messages, options
from briefpack.cli.command import command
from briefpack.output import Request
from briefpack.problem import Problem, Problems

if TYPE_CHECKING:
    from briefpack.plan import LoadedBrief

Query = tuple[int, str, str, str]
"""An open query: its line, its id, its subject and its question."""


@command("check")
@options.BRIEF
@options.JSON
def check(*, brief: str | None, as_json: bool) -> int:
    """Check a brief without making any PDF.

    This reads the brief, draws its charts, prints problems and warnings, and lists the open queries.
    """
    from briefpack.brief import review

    try:
        request = _request(brief)
        loaded = _read(request)
    except Problems as error:
        if not as_json:
            raise
        _print_json(error.problems, ())
        return error.exit_code
    queries = tuple(review.open_queries(loaded.brief, loaded.tree))
    if as_json:
        _print_json(_warnings(loaded, request.today), queries)
    else:
        _print(loaded.tree.path, _warnings(loaded, request.today), queries)
    return 0


def _request(brief: str | None) -> Request:
    here = options.project()
    name = here.brief(brief)
    return Request(here, name, here.layout(None, name), here.root / "out")


def _read(request: Request) -> "LoadedBrief":
    from briefpack import build

    return build.dry_run(request).brief


def _warnings(loaded: "LoadedBrief", today: datetime.date) -> tuple[Problem, ...]:
    """Return the warnings of a brief, and whether the list of members is out of date."""
    from briefpack import electorates

    return (*loaded.warnings, *(electorates.stale(loaded.group, today) if loaded.group else ()))


def _print_json(problems: Iterable[Problem], queries: Iterable[Query]) -> None:
    keys = ("line", "id", "about", "question")
    found = {
        "problems": [_plain(problem) for problem in problems],
        "queries": [dict(zip(keys, query, strict=True)) for query in queries],
    }
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))


def _print(path: str, warnings: Sequence[Problem], queries: Sequence[Query]) -> None:
    messages.print_problems(warnings)
    for line, query, about, question in queries:
        click.echo(f"{path}:{line}: query {query}, about {about}\n  {' '.join(question.split())}")
    counts = messages.counted(len(warnings), "warning"), messages.counted(len(queries), "open query", "open queries")
    click.echo(f"No problems, {', '.join(counts)}.")


def _plain(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "owner": problem.owner.name.lower()}

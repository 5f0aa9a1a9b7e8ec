"""Check a brief and draw its charts without building: `briefpack check`."""

import datetime
import json
from dataclasses import asdict
from typing import Any

import click

from briefpack.cli import messages, options
from briefpack.cli.command import command
from briefpack.output import Request
from briefpack.problem import Problem, Problems


@command("check")
@options.BRIEF
@options.JSON
def check(*, brief: str | None, as_json: bool) -> int:
    """Check a brief without making any PDF.

    This reads the brief, draws its charts, prints problems and warnings, and lists the open queries.
    """
    from briefpack import build, electorates
    from briefpack.brief import figures

    here = options.project()
    try:
        name = here.brief(brief)
        loaded = build.dry_run(Request(here, name, here.layout(None, name), here.root / "out")).brief
    except Problems as error:
        if not as_json:
            raise
        click.echo(json.dumps({"problems": [_plain(problem) for problem in error.problems], "queries": []}, indent=2))
        return error.exit_code
    queries = tuple(figures.open_queries(loaded.brief, loaded.tree))
    today = datetime.datetime.now().astimezone().date()
    warnings = (*loaded.warnings, *(electorates.stale(loaded.group, today) if loaded.group else ()))
    if as_json:
        keys = ("line", "id", "about", "question")
        found = {
            "problems": [_plain(problem) for problem in warnings],
            "queries": [dict(zip(keys, query, strict=True)) for query in queries],
        }
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return 0
    messages.print_problems(warnings)
    for line, query, about, question in queries:
        click.echo(f"{loaded.tree.path}:{line}: query {query}, about {about}\n  {' '.join(question.split())}")
    counts = (
        f"{messages.counted(len(warnings), 'warning')}, {messages.counted(len(queries), 'open query', 'open queries')}"
    )
    click.echo(f"No problems, {counts}.")
    return 0


def _plain(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "owner": problem.owner.name.lower()}

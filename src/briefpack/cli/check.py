"""Check a brief and draw its charts without building: `briefpack check`."""

from dataclasses import asdict, replace

import click

from briefpack.cli import annotations, checking, messages, options, records
from briefpack.cli.checking import Checked
from briefpack.cli.command import command
from briefpack.output import Request


@command("check")
@options.BRIEF
@click.option(
    "--links", is_flag=True, help="Request the addresses of sources, links and QR codes too, and name those that fail."
)
@options.FORMAT
@options.JSON
def check(*, brief: str | None, links: bool, form: str, as_json: bool) -> int:
    """Check a brief without making any PDF.

    This reads the brief, draws its charts, prints problems and warnings, and lists the open queries. Warnings
    and queries don't change its exit code, which is 0 unless something needs fixing.
    """
    request = _request(brief)
    found = checking.look(request)
    if links:
        found = replace(found, problems=(*found.problems, *checking.failing_links(request)))
    if as_json or form == "json":
        records.print_problems(found.problems, queries=[asdict(query) for query in found.queries])
    elif form == "github":
        annotations.print_problems(found.problems, request.project.root)
        click.echo(_summary(found))
    else:
        _print(found)
    return found.exit_code


def _request(brief: str | None) -> Request:
    here = options.project()
    name = here.brief(brief)
    return Request(here, name, here.layout(None, name), here.root / "out")


def _print(found: Checked) -> None:
    messages.print_problems(found.problems)
    for query in found.queries:
        asked = " ".join(query.question.split())
        click.echo(f"{query.path}:{query.line}: query {query.id}, about {query.about}\n  {asked}")
    click.echo(_summary(found), err=bool(found.errors))


def _summary(found: Checked) -> str:
    """Return the number of problems or, if there are none, of warnings and open queries."""
    if found.errors:
        return f"{messages.counted(len(found.errors), 'problem')}. Nothing was made."
    warnings = messages.counted(len(found.problems), "warning")
    return f"No problems, {warnings}, {messages.counted(len(found.queries), 'open query', 'open queries')}."

"""Check a brief and lay out its documents without building: `briefpack check`."""

from collections.abc import Iterator
from dataclasses import asdict, replace

import click

from briefpack.cli import annotations, checking, messages, options, records
from briefpack.cli.checking import Checked
from briefpack.cli.command import command
from briefpack.output import Request


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
@options.FORMAT
@options.JSON
def check(
    *,
    brief: str | None,
    electorates: tuple[str, ...],
    states: tuple[str, ...],
    every: bool,
    layout: str | None,
    editions: tuple[str, ...],
    jobs: int,
    quick: bool,
    links: bool,
    form: str,
    as_json: bool,
) -> int:
    """Check a brief without making any PDF.

    This reads the brief, draws its charts, lays out its documents, prints problems and warnings, and lists the open
    queries. The documents are the national ones and those of a few electorates, with the longest and shortest names and
    the largest and smallest areas, unless you name electorates or states. With --quick, it lays out none.

    Warnings and queries don't change its exit code, which is 0 unless something needs fixing.
    """
    here = options.project()
    name = here.brief(brief)
    request = Request(
        project=here, brief=name, layout=here.layout(layout, name), out=here.root / "out", jobs=jobs,
        national=every or not (electorates or states), electorates=electorates, states=states, every=every,
    )  # fmt: skip
    requests = [replace(request, edition=edition) for edition in dict.fromkeys(editions)]
    found = checking.look(requests, quick=quick)
    if links:
        found = replace(found, problems=(*found.problems, *checking.failing_links(request)))
    if as_json or form == "json":
        records.print_problems(found.problems, queries=[asdict(query) for query in found.queries])
    elif form == "github":
        annotations.print_problems(found.problems, here.root)
        click.echo("\n".join(_ending(found)))
    else:
        _print(found)
    return found.exit_code


def _print(found: Checked) -> None:
    messages.print_problems(found.problems)
    for query in found.queries:
        asked = " ".join(query.question.split())
        click.echo(f"{query.path}:{query.line}: query {query.id}, about {query.about}\n  {asked}")
    for line in _ending(found):
        click.echo(line, err=bool(found.errors))


def _ending(found: Checked) -> Iterator[str]:
    """Yield the last lines: which documents were laid out, unless all were, and how many problems there are."""
    places, every = found.places
    if found.quick and not found.errors:
        yield "No page was laid out; leave out `--quick` to see whether the text fits."
    elif places < every and not found.quick:
        nation = "the national documents and " if found.national else ""
        yield f"Laid out: {nation}{places} of {messages.counted(every, 'electorate')}; `--all` lays out every one."
    yield _summary(found)


def _summary(found: Checked) -> str:
    """Return the number of problems or, if there are none, of warnings and open queries."""
    if found.errors:
        return f"{messages.count(found.errors)}. Nothing was made."
    warnings = messages.counted(len(found.problems), "warning")
    return f"No problems, {warnings}, {messages.counted(len(found.queries), 'open query', 'open queries')}."

"""Build the documents of a brief: `briefpack build`."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpack import output, pool
from briefpack.cli import messages, options, progress
from briefpack.cli.command import command
from briefpack.output import Report, Request, earlier
from briefpack.project import EDITIONS, Edition
from briefpack.store import Store

if TYPE_CHECKING:
    from briefpack.build import Begun


@command("build")
@options.BRIEF
@click.option("--ask", "asks", multiple=True, metavar="ID", help="Only this ask's leave-behind (repeatable).")
@click.option(
    "-e",
    "--electorate",
    "electorates_",
    multiple=True,
    metavar="NAME",
    help="This electorate (repeatable): its name, slug or a unique beginning.",
)
@click.option("--state", "states", multiple=True, metavar="CODE", help="Every electorate of this state (repeatable).")
@click.option("--all", "every", is_flag=True, help="The national edition and every electorate.")
@options.LAYOUT
@click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(EDITIONS),
    default=("screen",),
    show_default=True,
    help="What it is for (repeatable): a screen, a printer at home, a print shop's press.",
)
@options.OUT
@options.JOBS
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Hand the work to a Dask cluster (tcp://HOST:8786). Start it with `dask scheduler`, and on each machine `dask worker ADDRESS`.",
)
@click.option(
    "--wait",
    "wait_seconds",
    type=click.IntRange(0, 86_400),
    metavar="SECONDS",
    default=10,
    show_default=True,
    help="How long to wait for the cluster's scheduler and a first worker.",
)
@options.QUIET
def build(
    *,
    brief: str | None,
    asks: tuple[str, ...],
    electorates_: tuple[str, ...],
    states: tuple[str, ...],
    every: bool,
    layout: str | None,
    editions: tuple[Edition, ...],
    out: Path | None,
    jobs: int,
    scheduler: str | None,
    wait_seconds: int,
    quiet: bool,
) -> int:
    """Make the pack and the leave-behinds of a brief: the national edition, or those of electorates."""
    here = options.project()
    request = Request(
        project=here, brief=here.brief(brief), layout=options.layout(here, layout), out=out or here.root / "out", asks=asks,
        jobs=jobs, national=every or not (electorates_ or states),
        electorates=electorates_, states=states, every=every, scheduler=scheduler,
        wait_seconds=wait_seconds,
    )  # fmt: skip
    reports, last = [], time.monotonic()
    for report in _reports([replace(request, edition=edition) for edition in dict.fromkeys(editions)], quiet=quiet):
        messages.print_problems(report.problems)
        _print_report(report, time.monotonic() - last, quiet=quiet)
        reports.append(report)
        last = time.monotonic()
    Store(here.store).prune(time.time())
    return output.exit_code(*reports)


def _reports(requests: list[Request], *, quiet: bool) -> Iterator[Report]:
    """Yield each request's report. Up-to-date builds are skipped, and no build starts until all of them can."""
    found = {request: earlier.find(request, earlier.key(request)) for request in requests}
    begun = _begun([request for request, report in found.items() if report is None])
    for request, report in found.items():
        yield report or _finished(begun[request], quiet=quiet)


def _begun(requests: list[Request]) -> "dict[Request, Begun]":
    """Plan the builds that have to be made."""
    if not requests:
        return {}
    # The server of the worker processes imports their modules while this process imports its own.
    pool.ready(requests[0].scheduler)
    from briefpack import build as builds

    return dict(zip(requests, builds.begin(requests), strict=True))


def _finished(begun: "Begun", *, quiet: bool) -> Report:
    from briefpack import build as builds

    with progress.shown(quiet=quiet) as say:
        return builds.finish(begun, say)


def _print_report(report: Report, seconds: float, *, quiet: bool) -> None:
    folder = messages.near(report.folder)
    if report.failed:
        rest = (
            "Nothing was made."
            if not report.made and not report.kept
            else f"Not made: {messages.named(report.failed)}."
        )
        old = [path for path in report.failed if (report.folder / path).is_file()]
        left = f" What an earlier build made is still there: {messages.named(old)}." if old else ""
        messages.print_count(report.problems, rest + left)
    if not quiet:
        kept = f"; {len(report.kept)} unchanged" if report.kept else ""
        gone = f"; deleted, as the brief has them no more: {messages.named(report.gone)}" if report.gone else ""
        click.echo(f"{len(report.made)} made in {folder}{kept}{gone} ({seconds:.1f} s)")

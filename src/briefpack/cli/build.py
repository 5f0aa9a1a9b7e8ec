"""Build the documents of a brief: `briefpack build`."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefpack import output, store
from briefpack.cli import messages, options, progress
from briefpack.cli.command import NOTHING_MADE, command, print_stopped
from briefpack.output import Report, Request
from briefpack.problem import Problem, Problems, distinct
from briefpack.project import Project
from briefpack.store import Store

if TYPE_CHECKING:
    from briefpack.build import Begun
    from briefpack.pool import Kept


@command("build")
@options.BRIEF
@click.option(
    "--ask",
    "asks",
    multiple=True,
    callback=options.apart,
    metavar="ID",
    help="Make only this ask's leave-behind. Repeat it, or separate several with commas.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    callback=options.apart,
    metavar="NAME",
    help="Make only this kind of document, by its name in layout.yaml. Repeat it, or separate several with commas.",
)
@options.ELECTORATE
@options.STATE
@options.ALL
@options.LAYOUT
@options.EDITION
@options.OUT
@click.option(
    "--proof",
    "proof",
    is_flag=True,
    help="Also make proofs for colleagues, with each open query marked where its figure prints.",
)
@click.option("--open", "opens", is_flag=True, help="Open the PDF or, if there are several, their folder.")
@click.option("--watch", "watches", is_flag=True, help="Build again whenever a file changes, until you press Ctrl-C.")
@options.JOBS
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Use the Dask cluster at this address, such as tcp://HOST:8786. Start it with `dask scheduler`, then run `dask worker ADDRESS` on each machine.",
)
@click.option(
    "--wait",
    "wait_seconds",
    type=click.IntRange(0, 86_400),
    metavar="SECONDS",
    default=10,
    show_default=True,
    help="How long to wait for the cluster to answer.",
)
@options.QUIET
@options.JSON
def build(*, opens: bool, watches: bool, quiet: bool, as_json: bool, **wanted: Any) -> int:
    """Make the PDFs of a brief.

    These are the national pack and leave-behinds, unless you name electorates or states. BRIEF is a folder in briefs/.
    You needn't name it if you are in that folder, or if there is only one.
    """
    if watches and as_json:
        raise click.UsageError("--watch prints text; leave out --json")
    requests = options.requests(**wanted)
    if watches:
        return _watch(requests, opens=opens, quiet=quiet)
    return make(requests, opens=opens, quiet=quiet, as_json=as_json)


Then = Callable[..., None]
"""A function of a request and its report that makes more once its documents are made."""


def make(requests: list[Request], *, opens: bool, quiet: bool, as_json: bool, then: Then | None = None) -> int:
    """Build what some requests are for, print what came of it, and return the exit code."""
    # Warnings are for whoever writes the brief, whom `build` tells; meetings are for those who go to them.
    reports = [*_reports(requests, quiet=True)] if as_json else _build(requests, quiet=quiet, warns=not then)
    if then:
        for request, report in zip(requests, reports, strict=True):
            then(request, report, quiet=quiet or as_json)
    if as_json:
        _print_json(reports)
    _finish(reports, requests[0].project, opens=opens, err=as_json)
    return output.exit_code(*reports)


def _finish(reports: Sequence[Report], project: Project, *, opens: bool, err: bool = False) -> None:
    """Delete what the stores no longer need, and open what was made if the command asked for that."""
    for kept in filter(None, (Store(project.store), store.of_user())):
        kept.prune(time.time())
    if opens:
        _show([report.folder / path for report in reports for path in (*report.made, *report.kept)], err=err)


LOOK_SECONDS = 0.3
"""How long a watching command waits between two looks at the files."""


def _watch(requests: list[Request], *, opens: bool, quiet: bool) -> int:
    """Build now, and again whenever a file has changed, until somebody presses Ctrl-C; open what is made first."""
    from briefpack import pool

    built = ""
    try:
        with pool.kept() as stay:
            while True:
                # Read before the build: an edit made during it is built next.
                inputs = output.Inputs.read(requests[0])
                if inputs.key != built:
                    if _built(requests, stay, opens=opens, quiet=quiet):
                        opens = False
                    click.echo("Watching the files. Press Ctrl-C to stop.", err=True)
                built = inputs.key
                while inputs.unchanged:
                    time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        return 0


def _built(requests: list[Request], stay: "Kept", *, opens: bool, quiet: bool) -> bool:
    """Build once, print the problems that keep anything from being made, and return whether something was."""
    try:
        reports = _build(requests, stay, quiet=quiet)
    except Problems as error:
        print_stopped(error.problems, NOTHING_MADE)
        return False
    _finish(reports, requests[0].project, opens=opens)
    return any(report.made or report.kept for report in reports)


def _build(requests: list[Request], stay: "Kept | None" = None, *, quiet: bool, warns: bool = True) -> list[Report]:
    """Build each request, print its report as soon as it is ready, and return all reports."""
    reports, last, noticed = [], time.monotonic(), set[Problem]()
    for request, report in zip(requests, _reports(requests, stay, quiet=quiet), strict=True):
        problems = [messages.in_edition(each, request.edition) if requests[1:] else each for each in report.problems]
        new = [each for each in report.noticed if each not in noticed]
        messages.print_problems((*new, *problems), quiet=quiet or not warns)
        noticed.update(report.noticed)
        _print_failed(report)
        if not quiet:
            _print_made(report, time.monotonic() - last)
            _print_asked(report)
        reports.append(report)
        last = time.monotonic()
    return reports


def _print_json(reports: list[Report]) -> None:
    """Print the problems of all reports, and the paths of their documents from the folder of each."""
    problems = distinct(problem for report in reports for problem in (*report.noticed, *report.problems))
    builds = [
        {
            "edition": report.folder.name, "folder": messages.near(report.folder), "made": report.made,
            "kept": report.kept, "failed": report.failed, "deleted": report.gone,
            "proofs": report.proofs, "earlier": report.earlier, "left": report.left,
        }
        for report in reports
    ]  # fmt: skip
    messages.print_records(problems, builds=builds)


def _reports(requests: list[Request], stay: "Kept | None" = None, *, quiet: bool) -> Iterator[Report]:
    """Yield each request's report. Up-to-date builds are skipped, and no build starts until all of them can."""
    # Hash before loading: otherwise an edit made in between would count as built.
    inputs = {request: output.Inputs.read(request) for request in requests}
    found = {request: output.find(each) for request, each in inputs.items()}
    begun = _begun([inputs[request] for request, report in found.items() if report is None])
    place = progress.Place(builds=len(begun))
    for request, report in found.items():
        yield report or _finished(begun[request], place, stay, quiet=quiet)


def _begun(inputs: list[output.Inputs]) -> "dict[Request, Begun]":
    """Plan the builds that have to be made."""
    if not inputs:
        return {}
    from briefpack import pool

    # The server of the worker processes imports their modules while this process imports its own.
    pool.ready(inputs[0].request.scheduler)
    from briefpack import build as builds

    return {begun.inputs.request: begun for begun in builds.begin(inputs)}


def _finished(begun: "Begun", place: progress.Place, stay: "Kept | None", *, quiet: bool) -> Report:
    from briefpack import build as builds

    with progress.shown(place, quiet=quiet) as show:
        return builds.finish(begun, show, stay)


def _print_failed(report: Report) -> None:
    """Print which documents couldn't be made, and where their proofs and their last finished files are."""
    if not report.failed:
        return
    none = not report.made and not report.kept
    outcome = "Nothing was made." if none else f"Not made: {messages.named(report.failed)}."
    old = [path for path in report.failed if (report.folder / path).is_file()]
    left = f" Still there from an earlier build: {messages.named(old)}." if old else ""
    messages.print_count(report.problems, outcome + left)
    messages.print_proofs(report)


def _print_asked(report: Report) -> None:
    """Print where the proofs are that the command asked for."""
    if report.asked:
        place = messages.near(report.folder / output.ASKED)
        click.echo(f"Proofs in {place}: {messages.counted(len(report.asked), 'document')}")


def _print_made(report: Report, seconds: float) -> None:
    """Print how many documents were made, were up to date already, and were deleted or kept."""
    folder = messages.near(report.folder)
    if report.gone:
        click.echo(f"Deleted from {folder}, because they are no longer in the brief: {messages.named(report.gone)}")
    if report.left:
        click.echo(f"Kept in {folder}, because they were changed: {', '.join(report.left)}")
    if report.made:
        kept = f"; {len(report.kept)} up to date" if report.kept else ""
        click.echo(f"Made {messages.counted(len(report.made), 'document')} in {folder}{kept} ({seconds:.1f} s)")
    elif report.kept:
        click.echo(f"Up to date: {messages.counted(len(report.kept), 'document')} in {folder} ({seconds:.1f} s)")


def _show(documents: Sequence[Path], *, err: bool = False) -> None:
    """Open the document, or the folder of several documents; if nothing can open it, print its path.

    `err` prints it on standard error.
    """
    if not documents:
        return
    result = documents[0] if len(documents) == 1 else Path(os.path.commonpath(documents))
    if not has_screen() or click.launch(str(result)):
        click.echo(f"No viewer found. Open it yourself: {messages.near(result)}", err=err)


def has_screen() -> bool:
    """Return whether a viewer has a screen; without one, xdg-open may start a browser in the terminal."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

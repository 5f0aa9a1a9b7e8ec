"""Make the documents of meetings: `briefpack meetings`."""

import datetime
from pathlib import Path
from typing import Any

import click

from briefpack.cli import messages, options, progress
from briefpack.cli.build import make
from briefpack.cli.command import command
from briefpack.output import Report, Request


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f'"{value}" is not a day; write it as 2026-12-08') from None


@command("meetings")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--day", callback=_day, metavar="DATE", help="The meetings on this day, such as 2026-12-08.")
@click.option("--brief", metavar="NAME", help="The brief, if there is more than one.")
@options.LAYOUT
@options.EDITION
@options.OUT
@click.option("--open", "opens", is_flag=True, help="Open the folder of what was made.")
@options.JOBS
@options.QUIET
@options.JSON
def meetings(*, ids: tuple[str, ...], out: Path | None, opens: bool, quiet: bool, as_json: bool, **wanted: Any) -> int:
    """Make the documents of the meetings in meetings.csv.

    Each has its pack and its leave-behinds in meetings/, and our own sheet in internal/. Without an ID or a day, these
    are all meetings.
    """
    requests = options.requests(out=out, meetings=ids, electorates=(), states=(), every=False, **wanted)
    return make(requests, opens=opens, quiet=quiet, as_json=as_json, then=_beside)


def _beside(request: Request, report: Report, *, quiet: bool) -> None:
    """Make the files beside the documents, and print what was made."""
    from briefpack import meetings as rooms

    with progress.shown(progress.Place(), quiet=quiet) as show:
        made = rooms.make(request, report, show)
    messages.print_problems(made.warnings, quiet=quiet)
    if quiet:
        return
    if made.print_sets:
        files = messages.counted(len(made.print_sets), "print set")
        sheets = messages.counted(sum(each.sheets for each in made.print_sets), "sheet")
        click.echo(f"To print: {files} in {messages.near(request.folder)}/meetings, {sheets} of A4 on both sides")
    if made.made:
        click.echo(
            f"Letters and calendar: {messages.counted(len(made.made), 'file')} in {messages.near(request.folder)}/internal"
        )
    for path in made.left:
        click.echo(f"Not written again, because it was edited: {messages.near(path)}. Delete it to have it made anew.")

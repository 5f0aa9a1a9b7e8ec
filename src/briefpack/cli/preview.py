"""Show a document in the browser while its files are edited: `briefpack preview`."""

from pathlib import Path
from typing import Any

import click

from briefpack.cli import options
from briefpack.cli.build import has_screen
from briefpack.cli.command import command
from briefpack.problem import Owner, one_problem
from briefpack.project import Project


@command("preview")
@options.BRIEF
@options.ELECTORATE
@options.LAYOUT
@click.option("--edition", metavar="NAME", default="screen", show_default=True, help="The edition to begin with.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), metavar="N", default=0, help="The port; by default, one that is free."
)
@click.option("--at", metavar="PATH:LINE", default="", help="Begin where this line of a file prints.")
@click.option("--no-open", "stays_closed", is_flag=True, help="Print the address, and open no browser.")
@options.JOBS
def preview(
    *,
    brief: str | None,
    electorates: tuple[str, ...],
    edition: str,
    port: int,
    at: str,
    stays_closed: bool,
    **wanted: Any,
) -> int:
    """Show a document in the browser, and keep it up to date while you edit.

    Click a word to see the line that it is written in. The page can be read on this computer alone. The finished files
    are brought up to date behind it, as `briefpack build` does. Press Ctrl-C to stop.
    """
    from briefpack import pool

    if len(electorates) > 1:
        raise click.UsageError("the preview begins with one electorate; choose others on its page")
    [request] = options.requests(
        brief=brief, electorates=electorates, editions=(edition,), states=(), every=False, **wanted
    )
    pool.ready()
    from briefpack.preview import Server, Session

    session = Session(request, _line(at, request.project))
    try:
        server = Server(session, port)
    except OSError:
        raise one_problem(
            "--port", None, f"{port} is in use", "another number, or leave it out", Owner.COMMAND
        ) from None
    session.start()
    click.echo(f"Preview: {server.address}\nPress Ctrl-C to stop.", err=True)
    if not stays_closed and has_screen():
        click.launch(server.address)
    server.run()
    session.close()
    return 0


def _line(at: str, project: Project) -> tuple[str, int] | None:
    """Return the file, as seen from the project, and the line that PATH:LINE names. Raises click.UsageError."""
    if not at:
        return None
    path, _, line = at.rpartition(":")
    file = (Path(path) if Path(path).is_file() else project.root / path).resolve()
    if not line.isdigit() or not file.is_file() or not file.is_relative_to(project.root):
        raise click.UsageError(f"--at {at}: name a file of this project and a line, such as briefs/mine/brief.yaml:12")
    return project.shown(file), int(line)

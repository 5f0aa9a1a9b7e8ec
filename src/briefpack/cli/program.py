"""Put the commands together as one program, `briefpack`.

Each command imports what it runs only when it is called, so that none waits for the modules of another.
"""

import gc
from pathlib import Path

import click

from briefpack import __version__
from briefpack.cli import build, check, explain, find, listing, new, paper, preflight


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefpack")
@click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path),
    help="The project's folder; else the nearest one from here up.",
)
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """Turn a brief into briefing packs and one-page leave-behinds, as PDF.

    Exit codes: 0 made; 1 stopped by you; 2 wrong command line; 3 a brief or data file must be fixed; 4 a layout, chart or
    font must be fixed; 5 made, but a check failed or some documents could not be made.
    """
    context.obj = folder
    # Commands are short-lived and keep most of what they make: the usual garbage collection would cost 0.25 s.
    gc.set_threshold(100_000, 50, 50)


for each in (
    build.build, check.check, preflight.preflight, explain.explain, find.find, listing.list_, paper.print_set,
    paper.booklet, new.new, new.schema,
):  # fmt: skip
    main.add_command(each)

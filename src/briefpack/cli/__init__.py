"""Turn command lines into requests, and reports into lines and exit codes.

Each command is imported only when it is asked for, and imports what it runs only when it is called, so that none waits
for the modules of another.
"""

import contextlib
import gc
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import click

from briefpack import __version__
from briefpack.cli import options
from briefpack.problem import Problems

PLACES = {
    "new": "new.new",
    "check": "check.check",
    "build": "build.build",
    "preview": "preview.preview",
    "meetings": "meetings.meetings",
    "find": "find.find",
    "list": "listing.list_",
    "print-set": "paper.print_set",
    "booklet": "paper.booklet",
    "issue": "issues.issue",
    "changes": "issues.changes",
    "preflight": "preflight.preflight",
    "speak": "preflight.speak",
    "explain": "preflight.explain",
    "review": "review.review",
    "schema": "new.schema",
}
"""The module and the function of each command, in the order of the work."""
EXAMPLES = (
    ("briefpack check {brief}", "find its problems"),
    ("briefpack build {brief} --open", "make the national documents and open them"),
    ("briefpack build {brief} --all", "make the documents of every electorate too"),
)


class Commands(Mapping[str, click.Command]):
    """The commands by name, each imported only when it is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        """Import a command."""
        module, _, function = PLACES[name].partition(".")
        return cast("click.Command", getattr(importlib.import_module(f"briefpack.cli.{module}"), function))

    def __iter__(self) -> Iterator[str]:
        """Return the names in the order of the work."""
        return iter(PLACES)

    def __len__(self) -> int:
        """Return how many commands there are."""
        return len(PLACES)


class Program(click.Group):
    """A group whose help lists the commands in the order of the work, with examples for the project at hand."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return the names of the commands in the order of the work."""
        return list(self.commands)

    def format_epilog(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples with the name of the project's first brief."""
        briefs: tuple[str, ...] = ()
        with contextlib.suppress(Problems):
            briefs = options.project().briefs
        with formatter.section("Examples"):
            name = (*briefs, "NAME")[0]
            formatter.write_dl([(command.format(brief=name), purpose) for command, purpose in EXAMPLES], col_max=50)


@click.group(cls=Program, commands=Commands(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefpack")
@click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path),
    is_eager=True,  # so that the help knows it
    metavar="FOLDER",
    help="The project's folder; by default, the nearest one from here upwards.",
)
def main(folder: Path | None) -> None:  # noqa: ARG001 -- `options.project` takes it from the context
    r"""Turn a policy brief into briefing packs and one-page leave-behinds, as PDFs.

    \b
    Exit codes:
      0  everything was made
      1  you interrupted it
      2  the command line is wrong
      3  the brief or its data needs fixing
      4  a layout, chart or font needs fixing
      5  a check failed, or some documents couldn't be made
    """
    # Commands are short-lived and keep most of what they make: the usual garbage collection would cost 0.25 s.
    gc.set_threshold(100_000, 50, 50)

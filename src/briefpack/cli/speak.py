"""Print what a screen reader says of a PDF: `briefpack speak`."""

from pathlib import Path

import click

from briefpack.cli.command import command
from briefpack.problem import Owner, Problem, Problems


@command("speak")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="Speak one page only.")
def speak(*, file: Path, page: int | None) -> int:
    """Print what a screen reader would say of a PDF.

    Each line is a place where it stops: a heading with its level, a paragraph, a picture with its description, a list with
    its items, a row of a table with its headers. FILE may come from any program.
    """
    from briefpack import speech

    spoken = speech.read(file)
    if page is not None and page > spoken.pages:
        message = f"there is no page {page}: the document has {spoken.pages}"
        raise Problems([Problem(str(file), None, message, "name another page", Owner.COMMAND)])
    for line in speech.lines(spoken, page):
        click.echo(line)
    return 0

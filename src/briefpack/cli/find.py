"""Find an electorate: `briefpack find`."""

import shutil

import click

from briefpack.cli import messages, options
from briefpack.cli.command import command
from briefpack.problem import Owner


@command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--brief", metavar="NAME", help="Search the electorates of this brief, if there are several.")
@options.JSON
def find(*, words: tuple[str, ...], brief: str | None, as_json: bool) -> int:
    """Find an electorate.

    WORDS may be a postcode, an address, a suburb, a member or a name. The answer gives the member, the office and the
    documents, and says whether it is certain, likely or possible.
    """
    from briefpack import electorates
    from briefpack.cli import answers
    from briefpack.cli.answers import Found
    from briefpack.electorates import search

    here, typed, width = options.project(), " ".join(words), shutil.get_terminal_size().columns
    name, briefs = search.set_of(here, brief)
    known = search.load_directory(here, electorates.load(here, name))
    found = Found(here, briefs, known, search.run(known, typed))
    hits = found.answer.hits
    if as_json:
        messages.print_value(answers.plain(found))
    elif hits:
        click.echo("\n".join(answers.lines(found, width)))
    if not hits:
        click.echo("\n".join(answers.nothing(found.answer, typed, width)), err=True)
    return 0 if hits else int(Owner.COMMAND)

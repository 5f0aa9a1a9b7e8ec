"""Find an electorate: `briefpack find`."""

import shutil

import click

from briefpack.cli import messages, options
from briefpack.cli.command import command
from briefpack.problem import Owner


@command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--brief", metavar="NAME", help="Search the electorates of this brief.")
@options.JSON
def find(*, words: tuple[str, ...], brief: str | None, as_json: bool) -> int:
    """Find an electorate.

    WORDS may be a postcode, an address, a suburb, a member or a name. The answer gives the member, the office and the
    documents, and says whether it is certain, likely or possible.
    """
    from briefpack import electorates
    from briefpack.cli import answers
    from briefpack.electorates import search

    here = options.project()
    name, typed, width = here.brief(brief), " ".join(words), shutil.get_terminal_size().columns
    known = search.load_directory(here, electorates.load(here, search.set_of(here, name)))
    answer = search.run(known, typed)
    if as_json:
        messages.print_value(answers.plain(here, name, answer))
    else:
        for line in answers.lines(here, name, known, answer, width):
            click.echo(line)
    for line in answers.nothing(answer, typed, width) if not answer.hits else ():
        click.echo(line, err=True)
    return 0 if answer.hits else int(Owner.COMMAND)

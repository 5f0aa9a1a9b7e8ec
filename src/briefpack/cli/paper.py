"""Make booklets and print sets: `briefpack booklet` and `briefpack print-set`."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpack.cli import messages, options, progress
from briefpack.cli.command import command
from briefpack.output import Request
from briefpack.problem import Owner, Problem, Problems, distinct
from briefpack.project import NATIONAL

if TYPE_CHECKING:
    from briefpack.build.print_set import PrintSets
    from briefpack.paper.booklet import Imposed


@command("booklet")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder for the result; by default, next to each file.",
)
@click.option(
    "--thickness-mm",
    type=click.FloatRange(0, 1),
    metavar="MM",
    default=0.1,
    show_default=True,
    help="The thickness of the paper, to compensate for creep: pages of inner sheets move towards the spine.",
)
@options.JSON
def booklet(*, files: tuple[Path, ...], out: Path | None, thickness_mm: float, as_json: bool) -> int:
    """Rearrange PDFs for a home printer, on A4.

    Several pages become an A5 booklet to fold; a single page becomes two copies to cut apart.
    """
    if math.isnan(thickness_mm):
        raise click.BadParameter("this is not a number", param_hint="--thickness-mm")
    from briefpack.paper import booklet as booklets

    made, problems = booklets.make(files, out, thickness_mm, messages.near)
    if as_json:
        messages.print_records(problems, made=[_plain(path, each) for path, each in made.items()])
    else:
        _print_booklets(made, problems)
    errors = [problem for problem in problems if not problem.warning]
    if not errors:
        return 0
    return int(Owner.DOCUMENT) if made else Problems(errors).exit_code


def _plain(path: Path, each: "Imposed") -> dict[str, object]:
    return {"path": messages.near(path), "kind": each.kind, "pages": each.pages, "sheets": each.sheets}


def _print_booklets(made: "Mapping[Path, Imposed]", problems: Sequence[Problem]) -> None:
    """Print the problems, and how to print each file that was made."""
    messages.print_problems(problems)
    for path, each in made.items():
        counts = f"{messages.counted(each.pages, 'page')} on {messages.counted(each.sheets, 'sheet')} of A4"
        click.echo(f"Made {messages.near(path)}: {counts}. {HOW_TO_PRINT[each.kind]}")
    if not all(problem.warning for problem in problems):
        messages.print_count(problems, "The other files were made." if made else "Nothing was made.")


HOW_TO_PRINT = {
    "booklet": "Print at actual size, on both sides, flipped on the short edge. Then fold.",
    "two-up": "Print at actual size, on one side. Then cut at the marks.",
}


@command("print-set")
@click.argument("words", nargs=-1, metavar="[BRIEF] [ELECTORATES]...")
@options.ELECTORATE
@click.option(
    "--copies",
    multiple=True,
    metavar="NAME=N",
    help="The copies of a document, by the id of its ask or the name of its kind, as in NAME=20. By default one; 0 leaves it out. Repeatable.",
)
@click.option("--brief", metavar="NAME", help="The brief, if it isn't named first.")
@options.LAYOUT
@click.option(
    "--edition",
    metavar="NAME",
    default="home",
    show_default=True,
    help="The edition to print.",
)
@options.OUT
@options.JOBS
@options.QUIET
@options.JSON
def print_set(
    *,
    words: tuple[str, ...],
    electorates: tuple[str, ...],
    copies: tuple[str, ...],
    brief: str | None,
    layout: str | None,
    edition: str,
    out: Path | None,
    jobs: int,
    quiet: bool,
    as_json: bool,
) -> int:
    """Collect the documents of each electorate in one PDF, to print.

    It contains as many copies of each document as you need, behind a sheet that lists them. Documents that are missing
    or out of date are made first. As in a build, these are the national ones unless you name electorates. You may also
    name them without -e, after the brief if you name one; `national` is one more.
    """
    from briefpack.build import print_set as print_sets

    here = options.project()
    if words and not brief and here.named_brief(words[0]):
        brief, words = words[0], words[1:]
    name, places = here.brief(brief), (*words, *electorates)
    named = tuple(place for place in places if place.casefold() != NATIONAL)
    request = Request(
        project=here, brief=name, layout=options.layout_of(here, name, layout), out=out or here.root / "out",
        edition=edition, jobs=jobs, national=len(named) < len(places) or not places, electorates=named,
    )  # fmt: skip
    with progress.shown(progress.Place(), quiet=quiet or as_json) as show:
        made = print_sets.make(request, copies, show)
    if as_json:
        sets = [{"path": messages.near(each.path), "sheets": each.sheets} for each in made.made]
        messages.print_records(distinct((*made.report.problems, *made.warnings)), made=sets)
    else:
        _print_sets(made, quiet=quiet)
    return made.report.exit_code


def _print_sets(made: "PrintSets", *, quiet: bool) -> None:
    """Print the errors, the warnings about printing, and the path and the sheets of each print set.

    How a page is filled is for whoever writes the brief, whom a build tells.
    """
    errors = [problem for problem in made.report.problems if not problem.warning]
    messages.print_problems((*errors, *made.warnings), quiet=quiet)
    if made.report.failed:
        failed = messages.named(made.report.failed)
        messages.print_count(errors, f"No print set was made of these, which failed: {failed}. {FOR_WRITERS}")
        messages.print_proofs(made.report)
    for each in () if quiet else made.made:
        sheets = messages.counted(each.sheets, "sheet")
        click.echo(f"Made {messages.near(each.path)}: {sheets} of A4, printed on both sides.")


FOR_WRITERS = "Send these lines to whoever writes the brief."

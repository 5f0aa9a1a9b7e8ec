"""Define the options that several commands share, and find the project and layout that they name."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefpack import project as projects
from briefpack.problem import Problems, gather
from briefpack.project import Project

if TYPE_CHECKING:
    from briefpack.output import Request


def apart(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names given to an option that is repeated, or given a list with commas."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, problems included.")
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to print the problems: text, json, or github for annotations in GitHub Actions.",
)
BRIEF = click.argument("brief", required=False)
LAYOUT = click.option("--layout", metavar="NAME", help="The layout to use instead of the brief's.")
ELECTORATE = click.option(
    "-e",
    "--electorate",
    "electorates",
    multiple=True,
    callback=apart,
    metavar="NAME",
    help="The documents of this electorate: its name or the first letters, a postcode that only it has, or longest, shortest, largest or smallest. Repeat it, or separate several with commas.",
)
STATE = click.option(
    "--state",
    "states",
    multiple=True,
    callback=apart,
    metavar="CODE",
    help="The documents of each electorate in this state. Repeat it, or separate several with commas.",
)
ALL = click.option("--all", "every", is_flag=True, help="The national documents and those of every electorate.")
EDITION = click.option(
    "--edition",
    "editions",
    multiple=True,
    callback=apart,
    metavar="NAME",
    default=("screen",),
    show_default=True,
    help="The edition: screen, home (for a home printer), press (for a print shop), or one that the layout adds. Repeat it, or separate several with commas.",
)
OUT = click.option(
    "--out", type=click.Path(path_type=Path), metavar="FOLDER", help="The folder for finished files; by default, out/."
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    default=lambda: os.cpu_count() or 1,
    help="The number of processes; by default, one for each core.",
)
QUIET = click.option("--quiet", is_flag=True, help="Print errors only.")


def project() -> Project:
    """Return the project that the command line names, or the one around the working folder."""
    folder = click.get_current_context().find_root().params.get("folder")
    return projects.find(Path(folder or Path.cwd()).resolve(), shown=Path(folder or ".").as_posix())


def requests(
    *, brief: str | None, layout: str | None, editions: Sequence[str], out: Path | None = None, **wanted: Any
) -> "list[Request]":
    """Return what the command line asks for, in each edition; `wanted` are other fields of a request."""
    from briefpack.output import Request

    here = project()
    name, nation = here.brief(brief), wanted["every"] or not (wanted["electorates"] or wanted["states"])
    where = out or here.root / "out"
    request = Request(here, name, layout_of(here, name, layout), where, national=nation, **wanted)
    return [replace(request, edition=edition) for edition in dict.fromkeys(editions)]


def layout_of(here: Project, brief: str, given: str | None) -> str:
    """Return the layout to use. Raises Problems: if the brief names none, together with what else is wrong with it.

    A file that is empty, or that isn't text, isn't asked for a layout.
    """
    try:
        return here.layout(given, brief)
    except Problems:
        if given:
            raise
        from briefpack import plan
        from briefpack.brief import load

        if load.tree(here, brief).data:
            gather(lambda: here.layout(None, brief), lambda: plan.read_brief(here, brief))
        plan.read_brief(here, brief)
        raise

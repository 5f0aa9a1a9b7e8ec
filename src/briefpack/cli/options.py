"""Options that several commands share, and the project and layout that they mean."""

import os
from pathlib import Path

import click

from briefpack import project as projects
from briefpack.project import Project

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
BRIEF = click.argument("brief", required=False)
LAYOUT = click.option("--layout", default=None, metavar="NAME", help="The layout; ijm, or the only one.")
OUT = click.option(
    "--out", type=click.Path(path_type=Path), help="Where to put the finished files; out/ in the project."
)
JOBS = click.option(
    "--jobs", type=click.IntRange(1), default=lambda: os.cpu_count() or 1, help="How many processes; one for each core."
)
QUIET = click.option("--quiet", is_flag=True, help="Print nothing but problems.")


def project() -> Project:
    """Return the project that the command line names, or the one around the working folder."""
    folder = click.get_current_context().find_root().obj
    return projects.find(Path(folder or Path.cwd()).resolve(), shown=Path(folder or ".").as_posix())


def layout(here: Project, name: str | None) -> str:
    """Return the layout to use."""
    if name is None and len(here.layouts) > 1 and DEFAULT in here.layouts:
        return DEFAULT
    return here.layout(name)


DEFAULT = "ijm"

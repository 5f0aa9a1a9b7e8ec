"""Print problems as GitHub's workflow commands, which show them next to their lines in a pull request."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from briefpack.cli import records, repeats
from briefpack.problem import Problem, printable


def print_problems(problems: Iterable[Problem], root: Path | None) -> None:
    """Print each problem as a workflow command, and warnings once for each kind and place.

    `root` is the folder of the project; None if there is none.
    """
    folder = _folder(root) if root else ""
    for each in repeats.once(problems):
        click.echo(annotation(each.problem, folder, each.more))


def annotation(problem: Problem, folder: str = "", more: str = "") -> str:
    """Return the workflow command for a problem.

    `folder` is the path from the repository to the project, if that isn't at its top; `more` counts its repeats.
    """
    place = {
        "file": f"{folder}{problem.path}", "line": problem.line, "col": problem.line and problem.column,
        "title": " ".join(filter(None, ("briefpack", problem.check))),
    }  # fmt: skip
    values = ",".join(f"{key}={_property(printable(str(value)))}" for key, value in place.items() if value)
    page = f"page {problem.page}: " if problem.page else ""
    lines = (f"{page}{records.message(problem)}{more}", f"try: {problem.hint}")
    return f"::{'warning' if problem.warning else 'error'} {values}::{_data(chr(10).join(map(printable, lines)))}"


def _folder(root: Path) -> str:
    """Return the path from the repository's folder to the project's, with a slash at the end; nothing if it's the same.

    GitHub sets the variable in every job; elsewhere, the working folder takes its place.
    """
    top = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    below = root.relative_to(top).as_posix() if root.is_relative_to(top) else "."
    return "" if below == "." else f"{below}/"


def _data(text: str) -> str:
    """Escape a message as the runner expects."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property as the runner expects."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""Make a command of a function: print its problems, and exit with its code."""

import errno
import functools
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from briefpack.cli import messages, options
from briefpack.problem import Owner, Problem, Problems


def command(name: str, kind: type[click.Command] = click.Command) -> Callable[[Callable[..., int]], click.Command]:
    """Make a command of a function that returns its exit code."""

    def made(run: Callable[..., int]) -> click.Command:
        @click.command(name, cls=kind)
        @functools.wraps(run)
        def exits(**arguments: object) -> None:
            sys.exit(_exit_code(run, arguments))

        return exits

    return made


def _exit_code(run: Callable[..., int], arguments: Mapping[str, Any]) -> int:
    """Run a command; print the problems that stop it in the form that it was asked for, and return its exit code."""
    form = "json" if arguments.get("as_json") else arguments.get("form", "text")
    try:
        return run(**arguments)
    except Problems as error:
        print_stopped(error.problems, NOTHING_MADE, form)
        return error.exit_code
    except OSError as error:
        if error.errno not in DISK:
            raise
        print_stopped((_disk_problem(error),), "", form)
        return int(Owner.DOCUMENT)


NOTHING_MADE = "Nothing was made."


def print_stopped(problems: Sequence[Problem], outcome: str, form: str = "text") -> None:
    """Print the problems that stop a command; as text, with their number and the outcome if there is one."""
    if form == "json":
        messages.print_records(problems)
    elif form == "github":
        messages.print_annotations(problems, _root())
    else:
        messages.print_problems(problems)
        if outcome:
            messages.print_count(problems, outcome)


def _root() -> Path | None:
    """Return the folder of the project; None if there is none."""
    try:
        return options.project().root
    except Problems:
        return None


DISK = {
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EEXIST,
    errno.ENAMETOOLONG,
}  # fmt: skip


def _disk_problem(error: OSError) -> Problem:
    """Return the problem with a full disk, or with a file or folder that can't be read or written."""
    hint = "free some space, check the permissions, or choose another folder; finished documents are kept"
    named = Path(os.fsdecode(error.filename2 or error.filename or ""))
    return Problem(_typed(named), None, (error.strerror or "").lower(), hint, Owner.DOCUMENT)


def _typed(path: Path) -> str:
    """Return a path in the form that the user knows: relative to the project, or as typed; otherwise "the disk"."""
    context = click.get_current_context()
    typed = [each for value in context.params.values() for each in (value if isinstance(value, tuple) else (value,))]
    if any(isinstance(each, Path) and path.is_relative_to(each) for each in typed):
        return path.as_posix()
    try:
        shown = options.project().shown(path)
    except Problems:
        shown = path.as_posix()
    return "the disk" if Path(shown).is_absolute() or shown in ("", ".") else shown

"""Make a command of a function: print its problems, and exit with its code."""

import errno
import functools
import os
import sys
from collections.abc import Callable, Mapping
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
    """Run a command; print the problems that stop it, two lines each, and return its exit code."""
    try:
        return run(**arguments)
    except Problems as error:
        messages.print_problems(error.problems)
        messages.print_count(error.problems, "Nothing was made.")
        return error.exit_code
    except OSError as error:
        if error.errno not in DISK:
            raise
        click.echo(str(_disk_problem(error)), err=True)
        return int(Owner.DOCUMENT)


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

"""Print problems, counts and paths in the same way in every command."""

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from briefpack.cli import repeats
from briefpack.problem import Problem


def print_problems(problems: Iterable[Problem]) -> None:
    """Print each problem on two lines, and each warning on one."""
    for text in repeats.collapse(problems):
        click.echo(text, err=True)


def print_count(problems: Iterable[Problem], outcome: str) -> None:
    """Print the number of problems, without warnings, and the outcome."""
    click.echo(f"{count(problems)}. {outcome}", err=True)


def count(problems: Iterable[Problem]) -> str:
    """Return the number of problems, without warnings, as a phrase."""
    return counted(sum(not each.problem.warning for each in repeats.once(problems)), "problem")


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, whose plural ends in s unless given."""
    return f"{count} {noun if count == 1 else plural or f'{noun}s'}"


def near(path: Path) -> str:
    """Return a path from the working folder, or in full if it is elsewhere."""
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()


def named(paths: Sequence[str]) -> str:
    """Return the paths of documents; if there are many, each electorate with its number of documents."""
    if len(paths) <= repeats.MOST_ALIKE:
        return ", ".join(paths)
    folders = itertools.groupby(sorted(paths), key=lambda path: path.partition("/")[0])
    return ", ".join(f"{folder} ({len(list(documents))})" for folder, documents in folders)

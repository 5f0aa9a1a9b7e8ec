"""Print problems in every form that a command is asked for: as text, as data, and as commands of GitHub's workflows."""

import itertools
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from briefpack import cli, output
from briefpack.output import Report
from briefpack.problem import Problem, printable


def print_problems(problems: Iterable[Problem], *, quiet: bool = False) -> None:
    """Print each warning on one line, unless `quiet`, then each error on two lines, nearest to the count."""
    printed = (each for each in problems if not (quiet and each.warning))
    for problem, rest in collapse(sorted(printed, key=lambda each: not each.warning)):
        click.echo(typed(str(problem)), err=True)
        if rest:
            click.echo(f"  {rest}", err=True)


def in_edition(problem: Problem, edition: str) -> Problem:
    """Return a problem whose message names the edition that has it."""
    return replace(problem, message=f"{problem.message} (in the {edition} edition)")


def typed(text: str) -> str:
    """Return a text whose commands work as they are typed, even where the environment of briefpack isn't active."""
    return PROGRAM.sub(lambda found: _path(found[0]), text)


PROGRAM = re.compile(rf"\b(?:briefpack(?= (?:{'|'.join(cli.PLACES)})\b)|pip(?= install\b))")


def _path(program: str) -> str:
    """Return the name of a program, or its path if the name alone isn't found, or is found in another environment."""
    import shlex
    import shutil

    own, usual = Path(sys.executable).with_name(program), shutil.which(program)
    is_usual = usual is not None and Path(usual).resolve() == own.resolve()
    return program if is_usual or not own.exists() else shlex.quote(near(own))


def print_count(problems: Iterable[Problem], outcome: str) -> None:
    """Print the number of problems, without warnings, and the outcome."""
    click.echo(f"{count(problems)}. {outcome}", err=True)


def count(problems: Iterable[Problem]) -> str:
    """Return the number of problems, without warnings, as a phrase."""
    return counted(sum(not problem.warning for problem in problems), "problem")


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, whose plural ends in s unless given."""
    return f"{count} {noun if count == 1 else plural or f'{noun}s'}"


def near(path: Path) -> str:
    """Return a path from the working folder, or in full if it is elsewhere."""
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()


MOST_NAMED = 6


def named(paths: Sequence[str]) -> str:
    """Return the paths of documents; if there are many, each electorate with its number of documents."""
    if len(paths) <= MOST_NAMED:
        return ", ".join(paths)
    folders = itertools.groupby(sorted(paths), key=lambda path: path.partition("/")[0])
    return ", ".join(f"{folder} ({len(list(documents))})" for folder, documents in folders)


def print_proofs(report: Report) -> None:
    """Print where the proofs of a build's failed documents and their last finished files are."""
    _print("Proofs", report.folder / output.PROOFS, report.folder, report.proofs.values())
    _print("Finished earlier, and now", report.folder / output.EARLIER, report.folder, report.earlier.values())


def _print(label: str, place: Path, folder: Path, paths: Iterable[str]) -> None:
    found = [(folder / path).relative_to(place).as_posix() for path in paths]
    if found:
        click.echo(f"{label} in {near(place)}: {named(found)}", err=True)


def record(problem: Problem) -> dict[str, Any]:
    """Return a problem as data. The guide documents its keys."""
    return {
        "id": problem.check or None,
        "severity": "warning" if problem.warning else "error",
        "warning": problem.warning,
        "owner": problem.owner.name.lower(),
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "page": problem.page,
        "box": list(problem.boxes[0]) if problem.boxes else None,
        "boxes": [list(box) for box in problem.boxes],
        "continued": [{"page": page, "box": list(box)} for page, box in problem.continued],
        "message": problem.statement,
        "fix": typed(problem.hint),
    }


def print_records(problems: Iterable[Problem], **more: object) -> None:
    """Print every problem, and any other values under their own keys."""
    print_value({"problems": [record(problem) for problem in problems], **more})


def print_value(value: object) -> None:
    """Print any data as indented JSON, with lone surrogates escaped so that every terminal can encode it."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    click.echo(text.encode(errors="backslashreplace").decode())


def print_annotations(problems: Iterable[Problem], root: Path | None) -> None:
    """Print problems as workflow commands, at most three of a kind.

    `root` is the folder of the project; None if there is none.
    """
    folder = _folder(root) if root else ""
    for problem, rest in collapse(problems):
        click.echo(annotation(problem, folder, rest and f" ({rest})"))


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
    lines = (f"{page}{problem.statement}{more}", f"try: {problem.hint}")
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


MOST_ALIKE = 3
"""The most problems of a kind that are printed."""
VARYING = re.compile(r'"[^"]*"|“[^”]*”|\{[^}]*\}|\d[\d,.]*')
"""What differs from line to line in a message: words in quotation marks, ids of figures in braces, and numbers."""


def collapse(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Yield up to three problems of each kind, the last with the number and the lines of the others."""
    listed = [*problems]
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for problem in listed:
        kinds.setdefault(_alike(problem), []).append(problem)
    printed: dict[tuple[object, ...], int] = {}
    for problem in listed:
        kind = _alike(problem)
        printed[kind] = printed.get(kind, 0) + 1
        if printed[kind] < MOST_ALIKE:
            yield problem, ""
        elif printed[kind] == MOST_ALIKE:
            yield problem, _rest(kinds[kind][MOST_ALIKE:])


def _alike(problem: Problem) -> tuple[object, ...]:
    """Return what problems of a kind share: their file, unless each is in a document of its own, and their words."""
    file = "" if problem.path.endswith(".pdf") else problem.path
    words = VARYING.sub("", problem.message.removeprefix(f"{problem.field}: "))
    return file, problem.warning, problem.check, words, VARYING.sub("", problem.hint)


def _rest(problems: Sequence[Problem]) -> str:
    """Return one line for the problems that aren't printed; nothing if there are none."""
    if not problems:
        return ""
    files = {problem.path for problem in problems}
    if len(files) > 1:
        return f"and {len(problems)} more like these, in {len(files)} files"
    lines = sorted({problem.line for problem in problems if problem.line})
    where = f", on line{'s' if len(lines) > 1 else ''} {_ranges(lines)}" if lines else ""
    return f"and {len(problems)} more like these{where}"


def _ranges(numbers: Sequence[int]) -> str:
    """Return sorted numbers in short form: 3–5, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)

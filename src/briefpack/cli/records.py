"""Print problems as data, for an editor or another program."""

import json
from collections.abc import Iterable
from typing import Any

import click

from briefpack.problem import Problem


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
        "message": message(problem),
        "fix": problem.hint,
    }


def message(problem: Problem) -> str:
    """Return the message of a problem without the id of its check and its page, which have keys of their own."""
    place = "" if problem.page is None else f"page {problem.page}: "
    return problem.message.removeprefix(f"{problem.check}: ").removeprefix(place)


def print_problems(problems: Iterable[Problem], **more: object) -> None:
    """Print every problem, and any other values under their own keys."""
    print_value({"problems": [record(problem) for problem in problems], **more})


def print_value(value: object) -> None:
    """Print any data as indented JSON, with lone surrogates escaped so that every terminal can encode it."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    click.echo(text.encode(errors="backslashreplace").decode())

"""Report a chart with indistinguishable marks at the data row that a warning doubts, if there is one."""

from collections.abc import Iterable
from dataclasses import replace

from briefpack import tables
from briefpack.problem import Owner, Problem

CHECK = "mark-contrast"
"""The check of a chart's marks: a value ten times too large skews the scale, so that marks overlap."""


def at_rows(problems: Iterable[Problem], warnings: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems, with those of a chart's marks moved to the one data row that a warning doubts."""
    rows = [each for each in warnings if each.path.endswith(tables.ENDINGS)]
    if len({(each.path, each.line) for each in rows}) != 1:
        return tuple(problems)
    return tuple(dict.fromkeys(_at(rows[0], each) if each.check == CHECK else each for each in problems))


def _at(row: Problem, problem: Problem) -> Problem:
    message = f"{row.message}; its chart has a mark that can't be seen"
    hint = f"{row.hint}; if it is right, {problem.hint}"
    return replace(
        problem, path=row.path, line=row.line, column=row.column, message=message, hint=hint, owner=Owner.BRIEF
    )

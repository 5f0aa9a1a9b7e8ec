"""Collapse repeated problems, such as one for every row of a table."""

import re
from collections.abc import Iterable, Iterator, Sequence

from briefpack.problem import Problem

MOST_ALIKE = 6
"""The most problems of a kind, or paths, to print one by one."""


def collapse(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield each problem as printed; where many are similar, yield two and the line numbers of the rest."""
    listed = tuple(problems)
    alike = _alike(listed)
    for problem in listed:
        group = alike[problem]
        if len(group) <= MOST_ALIKE or problem in group[:2]:
            yield str(problem)
        if len(group) > MOST_ALIKE and problem is group[1]:
            yield _rest(group, 2)


def _alike(problems: Iterable[Problem]) -> dict[Problem, list[Problem]]:
    """Return, for each problem, its group: those on the same line if many, else those with the same message."""
    places: dict[tuple[object, ...], list[Problem]] = {}
    outlines: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        places.setdefault(_kind(problem, problem.line), []).append(problem)
    for problem in (each for group in places.values() if len(group) <= MOST_ALIKE for each in group):
        outlines.setdefault(_kind(problem, _outline(problem)), []).append(problem)
    many = [group for group in places.values() if len(group) > MOST_ALIKE]
    return {problem: group for group in (*many, *outlines.values()) for problem in group}


def _kind(problem: Problem, more: object) -> tuple[object, ...]:
    """Return the key that problems must share to count as repeats."""
    return (problem.path, problem.hint, problem.owner, problem.warning, problem.check, more)


def _outline(problem: Problem) -> str:
    """Return a message without the names and numbers that differ from line to line."""
    return re.sub(r'"[^"]*"|“[^”]*”|\d[\d,.]*', "", problem.message.rpartition(": ")[2])


def _rest(problems: Sequence[Problem], shown: int) -> str:
    """Return one line for the problems that aren't printed, with their line numbers."""
    lines = sorted({problem.line for problem in problems[shown:] if problem.line})
    where = f"on lines {_ranges(lines)}" if len(lines) > 1 else "in the same place"
    return f"  and {len(problems) - shown} more like these, {where}"


def _ranges(numbers: Sequence[int]) -> str:
    """Return sorted numbers in short form: 3–5, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)

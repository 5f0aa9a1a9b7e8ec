"""Report a mistake that many rows of a table share once, with the number of rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefpack.problem import Problem

MOST_APART = 3
"""The most rows with the same mistake that are reported one by one."""
MOST_RANGES = 6
"""The most ranges of lines that a message lists."""


def collapse(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield each problem, and one with a count where more than three rows have the same: 150 dates, for instance.

    Mistakes are the same if their messages differ only in digits.
    """
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for problem in dict.fromkeys(problems):
        kinds.setdefault(_kind(problem), []).append(problem)
    for group in kinds.values():
        yield from group if len(group) <= MOST_APART else (_counted(group),)


def _kind(problem: Problem) -> tuple[object, ...]:
    outline = re.sub(r"\d+", "9", problem.message)
    return (problem.path, outline, problem.owner, problem.warning, problem.check, problem.line is None)


def _counted(group: Sequence[Problem]) -> Problem:
    """Return the first of several problems with one message, with the number and the lines of the others."""
    first, *others = sorted(group, key=lambda problem: problem.line or 0)
    lines = _ranges([problem.line for problem in others if problem.line])
    where = f", on lines {lines}" if lines else ""
    return replace(first, message=f"{first.message} (and {len(others)} more like it{where})")


def _ranges(lines: Sequence[int]) -> str:
    """Return line numbers in order, with a dash between the ends of each run: 3–9, 12."""
    runs: list[list[int]] = []
    for line in dict.fromkeys(lines):
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    written = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return ", ".join([*written[:MOST_RANGES], *(["…"] if len(written) > MOST_RANGES else [])])

"""Print three problems of a kind, and count the rest: one for each row of a table, or for each of 150 electorates."""

import re
from collections.abc import Iterable, Iterator, Sequence

from briefpack.problem import Problem

MOST_ALIKE = 3
"""The most problems of a kind that are printed."""
VARYING = re.compile(r'"[^"]*"|“[^”]*”|\{[^}]*\}|\d[\d,.]*')
"""What differs from line to line in a message: words in quotation marks, ids of figures in braces, and numbers."""


def collapse(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Yield up to three problems of each kind, the last with the number and the lines of the others."""
    listed = [*problems]
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for problem in listed:
        kinds.setdefault(_kind(problem), []).append(problem)
    printed: dict[tuple[object, ...], int] = {}
    for problem in listed:
        kind = _kind(problem)
        printed[kind] = printed.get(kind, 0) + 1
        if printed[kind] < MOST_ALIKE:
            yield problem, ""
        elif printed[kind] == MOST_ALIKE:
            yield problem, _rest(kinds[kind][MOST_ALIKE:])


def _kind(problem: Problem) -> tuple[object, ...]:
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

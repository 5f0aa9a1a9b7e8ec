"""Collapse repeated problems, such as one for every row of a table or every document of a country.

Warnings of a kind at one place count as one: a kind is a check or, without one, the outline of a message; a place is a
text, a table, a chart, an image, or a page of many documents.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack.problem import Problem

MOST_ALIKE = 6
"""The most problems of a kind, or paths, to print one by one."""
PLACE = re.compile(r"(?:charts|images)\.[\w-]+|.*?\.table(?![\w-])")
"""The part of a field's name, such as `sections[2].body[0].table.rows[3]`, that names a chart, image or table."""


@dataclass(frozen=True)
class Repeated:
    """A problem to print, with its repeats: the other warnings of the same kind at the same place."""

    problem: Problem
    repeats: tuple[Problem, ...] = ()

    @property
    def more(self) -> str:
        """Return how many repeats there are and where, to print after the message; nothing if there are none."""
        if not self.repeats:
            return ""
        if not self.problem.warning:
            return f" ({_pages(self.repeats) or f'and {len(self.repeats)} more like it'})"
        paths = {each.path for each in (self.problem, *self.repeats)}
        if len(paths) > 1:
            others = len(paths) - 1
            return f" (and in {others} other document{'s' if others > 1 else ''})"
        lines = sorted({each.line for each in self.repeats if each.line and each.line != self.problem.line})
        where = f", on line{'s' if len(lines) > 1 else ''} {_ranges(lines)}" if lines else ""
        return f" (and {len(self.repeats)} more like it {_scope(self.problem)}{where})"

    def __str__(self) -> str:
        """Return the lines, as printed."""
        return str(replace(self.problem, message=f"{self.problem.message}{self.more}"))


def once(problems: Iterable[Problem]) -> list[Repeated]:
    """Return each error, and the first warning of each kind at each place with its repeats, in order.

    The errors that one declaration, token or line of a page of the design causes count as one, too.
    """
    found: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        key = _kind_and_place(problem) if problem.warning else _of_declaration(problem) or number
        found.setdefault(key, []).append(problem)
    return [Repeated(first, tuple(rest)) for first, *rest in found.values()]


def collapse(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield each problem as printed; where many are similar, yield two and the line numbers of the rest."""
    listed = once(problems)
    alike = _alike(listed)
    for each in listed:
        group = alike[each]
        if len(group) <= MOST_ALIKE or each in group[:2]:
            yield str(each)
        if len(group) > MOST_ALIKE and each is group[1]:
            yield _rest(group[2:])


def _pages(problems: Iterable[Problem]) -> str:
    """Return the pages of some problems as a phrase, by the document that their messages name."""
    pages = dict[str, set[int]]()
    for each in problems:
        if each.page:
            pages.setdefault(each.document, set()).add(each.page)
    named = [
        f"on page{'s' if len(numbers) > 1 else ''} {_ranges(sorted(numbers))} of {name}"
        for name, numbers in pages.items()
    ]
    rest = len(named) - MOST_DOCUMENTS
    others = [f"in {rest} other document{'s' if rest > 1 else ''}"] if rest > 0 else []
    *first, last = (*named[:MOST_DOCUMENTS], *others) or ("",)
    return f"also {', '.join(first)}{' and ' if first else ''}{last}" if last else ""


MOST_DOCUMENTS = 2
"""The most documents whose pages a message lists."""
ALIKE = {"link-fails", "number-not-from-ledger"}
"""The warnings of a brief that count as one in a table, though each names another figure or address."""


def _kind_and_place(problem: Problem) -> tuple[object, ...]:
    """Return the key that warnings must share to count as one."""
    if problem.path.endswith(".pdf"):
        return problem.check, problem.page, _outline(problem.message)
    field = problem.field
    place = _place(field) if field else "" if problem.path.endswith(".csv") else problem.line
    by_check = problem.check and (problem.page or problem.check in ALIKE)
    kind = problem.check, "" if by_check else _outline(problem.message.removeprefix(f"{field}: "))
    # In one text, each fix is worth reading; in a table they are too many.
    fix = problem.hint if place == field or not by_check else ""
    return problem.path, kind, fix, place, problem.page


def _of_declaration(problem: Problem) -> tuple[object, ...]:
    """Return the key that errors of one declaration, token or line of a page share; none for another error."""
    if not (problem.check and problem.page and problem.path.startswith(("layouts/", "charts/"))):
        return ()
    if problem.path.endswith((".css", "tokens.yaml", ".py")):
        return problem.check, problem.path, problem.line
    # A page may fail in several ways at one line, but a running slot fails alike on every page that it prints on.
    if problem.path.endswith(".html"):
        return problem.check, problem.path, problem.line, _outline(problem.message)
    return ()


def _place(field: str) -> str:
    """Return the name of the chart, the image or the table that a value is in; else the value's own."""
    found = PLACE.match(field)
    return found[0] if found else field


def _scope(problem: Problem) -> str:
    """Return the place of a warning as a phrase: in this table."""
    place = _place(problem.field)
    if problem.page:
        return "on this page"
    if place.endswith(".table") or problem.path.endswith(".csv"):
        return "in this table"
    nouns = {"charts": "in this chart", "images": "in this image"}
    return nouns.get(place.partition(".")[0], "in this text" if place else "in this place")


def _alike(listed: Iterable[Repeated]) -> dict[Repeated, list[Repeated]]:
    """Return the group of each problem: the problems on its line if they are many, else those with its message."""
    places: dict[tuple[object, ...], list[Repeated]] = {}
    outlines: dict[tuple[object, ...], list[Repeated]] = {}
    for each in listed:
        places.setdefault(_kind(each.problem, each.problem.line), []).append(each)
    for each in (each for group in places.values() if len(group) <= MOST_ALIKE for each in group):
        last = each.problem.message.rpartition(": ")[2]
        outlines.setdefault(_kind(each.problem, _outline(last)), []).append(each)
    many = [group for group in places.values() if len(group) > MOST_ALIKE]
    return {each: group for group in (*many, *outlines.values()) for each in group}


def _kind(problem: Problem, more: object) -> tuple[object, ...]:
    """Return the key that problems must share to count as similar."""
    return (problem.path, problem.hint, problem.owner, problem.warning, problem.check, more)


def _outline(message: str) -> str:
    """Return a message without the names and numbers that differ from line to line."""
    return re.sub(r'"[^"]*"|“[^”]*”|\d[\d,.]*', "", message)


def _rest(listed: Sequence[Repeated]) -> str:
    """Return one line for the problems that aren't printed, with their line numbers."""
    problems = [problem for each in listed for problem in (each.problem, *each.repeats)]
    lines = sorted({problem.line for problem in problems if problem.line})
    where = f"on lines {_ranges(lines)}" if len(lines) > 1 else "in the same place"
    return f"  and {len(problems)} more like these, {where}"


def _ranges(numbers: Sequence[int]) -> str:
    """Return sorted numbers in short form: 3–5, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)

"""Warn of rules for classes that no page has: one was renamed in a page or in a style sheet, and not in the other."""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Literal, get_args, get_origin

from briefpack import schema
from briefpack.layout import classes, css
from briefpack.problem import Owner, Problem
from briefpack.project import Project

MOST_NAMED = 8
"""The most classes without a rule that a hint lists."""
FROM_A_BRIEF = re.compile(r'\sclass="[^"]*\{\{[^}"]*\b(?:id|slug)\b')
"""A class that a page takes from an id of a brief, so that a style sheet may have a rule for any id."""


def check(
    project: Project,
    sheets: Mapping[str, str],
    pages: Mapping[str, str],
    had: Collection[str],
    unruled: Collection[str],
) -> Iterator[Problem]:
    """Yield a warning for each class of a style sheet that no page has; `had` are those that a page may have.

    `unruled` are the classes of pages that no style sheet has a rule for.
    """
    if any(map(FROM_A_BRIEF.search, pages.values())):
        return
    known = {*had, *given(project)}
    begun = classes.begun(pages.values())
    for shown, text in sheets.items():
        for line, name in _first(css.classes(text)):
            if name not in known and not name.startswith(begun):
                message = f'no page has the class "{name}", so the rule does nothing'
                yield Problem(shown, line, message, _hint(name, unruled), Owner.LAYOUT, warning=True)


def _hint(name: str, unruled: Collection[str]) -> str:
    """Return the class that a rule may be meant for: one like it that no rule is for, or those that no rule is for."""
    near = difflib.get_close_matches(name, sorted(unruled), n=1, cutoff=NEAR)
    if near:
        return f"{near[0]}, which a page has and no rule is for; or delete the rule"
    listed = ", ".join(sorted(unruled)) if 0 < len(unruled) <= MOST_NAMED else ""
    return f"a class that a page has{f' and no rule is for: {listed}' if listed else ''}; or delete the rule"


NEAR = 0.7


def _first(named: Iterator[css.Name]) -> Iterator[css.Name]:
    """Yield each name once, with the first line that has it."""
    told: set[str] = set()
    for line, name in named:
        if name not in told:
            told.add(name)
            yield line, name


def given(project: Project) -> Iterator[str]:
    """Yield the classes that pages may take from a brief: the kinds of charts, and the options of its keys."""
    yield from (path.stem for path in (project.root / "charts").glob("*.py"))
    yield from _options()


def _options() -> Iterator[str]:
    """Yield the options of every key of a brief, which pages use as classes."""
    for part in schema.parts():
        for field in part.model_fields.values():
            yield from _literals(field.annotation)


def _literals(annotation: object) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    else:
        for each in get_args(annotation):
            yield from _literals(each)

"""Warn of two case studies that tell their stories with one timeline."""

from collections.abc import Iterator

from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each case study with the timeline of an earlier one."""
    names = [study.timeline for study in brief.case_studies]
    left = [name for name, each in brief.charts.items() if each.kind == "timeline" and name not in names]
    for loc in twice(brief):
        name = names[int(loc[1])] or ""
        line = tree.line(("case_studies", names.index(name), "timeline"))
        message, hint = f"{name} is also the timeline of the case study on line {line}", "name its own timeline"
        yield tree.problem(loc, message, left[0] if len(left) == 1 else hint, words=name, warning=True)


def twice(brief: Brief) -> tuple[Loc, ...]:
    """Return the locations of timelines of case studies that an earlier case study has."""
    names = [study.timeline for study in brief.case_studies]
    return tuple(("case_studies", n, "timeline") for n, name in enumerate(names) if name and name in names[:n])

"""Warn of two case studies that tell their stories with one timeline, or with one image."""

import re
from collections.abc import Iterator

from briefpack.brief.charts import Chart
from briefpack.brief.model import Brief, CaseStudy
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree

NAME = re.compile(r"[A-Z][\w-]+")


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each case study with the timeline, or the image, of another."""
    for key, noun in (("timeline", "timeline"), ("image", "image")):
        for copy, original in _twice(brief, key):
            named = getattr(brief.case_studies[copy], key) or ""
            line = tree.line(("case_studies", original, key))
            if _owner(brief, key, named) is None:
                message = f"{named} is the {noun} of two case studies, here and on line {line}"
            else:
                message = f"{named} is also the {noun} of the case study on line {line}"
            loc: Loc = ("case_studies", copy, key)
            yield tree.problem(loc, message, _hint(brief, key, copy), words=named, warning=True)


def copied(brief: Brief) -> tuple[tuple[Loc, bool], ...]:
    """Return the locations of timelines of case studies that another has, and whether that one is known to own it."""
    return tuple(
        (
            ("case_studies", copy, "timeline"),
            _owner(brief, "timeline", brief.case_studies[copy].timeline or "") is not None,
        )
        for copy, _ in _twice(brief, "timeline")
    )


def _twice(brief: Brief, key: str) -> Iterator[tuple[int, int]]:
    """Yield each case study with a timeline or an image of another, and that other."""
    users: dict[str, list[int]] = {}
    for index, study in enumerate(brief.case_studies):
        if named := getattr(study, key):
            users.setdefault(named, []).append(index)
    for named, indices in users.items():
        owner = _owner(brief, key, named)
        original = indices[0] if owner is None else owner
        yield from ((index, original) for index in indices if index != original)


def _owner(brief: Brief, key: str, named: str) -> int | None:
    """Return the one case study, of those with a timeline or an image, that it is about by its id and its words."""
    chart = brief.charts.get(named) if key == "timeline" else None
    found = [
        index
        for index, study in enumerate(brief.case_studies)
        if getattr(study, key) == named and _is_about(study, named, chart)
    ]
    return found[0] if len(found) == 1 else None


def _is_about(study: CaseStudy, named: str, chart: Chart | None) -> bool:
    """Return whether an id has a word of the case study's id, or the words of a chart have its name."""
    if {*study.id.split("-")} & {*named.split("-")}:
        return True
    said = " ".join([chart.finding, chart.alt, *(row.label for row in chart.rows)]) if chart else ""
    return any(
        re.search(rf"\b{re.escape(name)}\b", said)
        for name in NAME.findall(study.label.partition("’")[0].partition("'")[0])
    )


def _hint(brief: Brief, key: str, copy: int) -> str:
    """Return the hint for a copy: the one timeline that no case study has, if it may be its own."""
    used = {getattr(study, key) for study in brief.case_studies}
    charts = {name: each for name, each in brief.charts.items() if each.kind == "timeline" and name not in used}
    left = list(charts) if key == "timeline" else [name for name in brief.images if name not in used]
    own = [name for name in left if _is_about(brief.case_studies[copy], name, charts.get(name))]
    if len(own) == 1 or (key == "timeline" and len(left) == 1):
        return (own or left)[0]
    return f"name its own {key}, or delete {key}: here"

"""Find what is still to be decided about a printed brief: whether it is electoral matter, and its open queries."""

import datetime
from collections.abc import Iterable, Mapping

from briefpack.brief import queries
from briefpack.brief.model import Brief
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.model import Plan
from briefpack.problem import Problem

UNDECIDED = "undecided"


def warn_if_printed(planned: Plan) -> tuple[Problem, ...]:
    """Return the warning that goes with every build of an edition that is printed, if there is anything to decide."""
    return warn(planned.brief) if planned.layout.edition.printed else ()


def warnings_on(planned: Plan, today: datetime.date) -> tuple[Problem, ...]:
    """Return the warnings of the brief of a plan, without the one that `warn_if_printed` puts more exactly."""
    exact = {_place(each) for each in warn_if_printed(planned)}
    return tuple(each for each in planned.brief.warnings_on(today) if _place(each) not in exact)


def _place(problem: Problem) -> tuple[str, int | None, int | None]:
    return problem.path, problem.line, problem.column


def warn(loaded: LoadedBrief) -> tuple[Problem, ...]:
    """Return the warning that goes with printed copies of a brief, if it is undecided whether it is electoral matter."""
    if loaded.brief.electoral_matter != UNDECIDED:
        return ()
    message = "these files are for printing, and it is undecided whether they are electoral matter"
    hint = "before you hand out copies, set it to no; or to yes, and add authorisation:"
    return (loaded.tree.problem(("electoral_matter",), message, hint, warning=True),)


def check_queries(planned: Plan, printed: Mapping[str, Iterable[str]]) -> dict[str, list[Problem]]:
    """Return the problems of documents that print figures which are still in doubt, by the document's path.

    `printed` gives the figures of each document. A query has one problem, which names all the documents. Only an
    edition that refuses open queries has any.
    """
    if not planned.layout.edition.refuses_open_queries:
        return {}
    refused: dict[str, list[Problem]] = {}
    for query_id, (figure_ids, paths) in _printed(planned.brief.brief, printed).items():
        problem = _open(planned, query_id, [*figure_ids], [*paths])
        for path in paths:
            refused.setdefault(path, []).append(problem)
    return refused


def _printed(brief: Brief, printed: Mapping[str, Iterable[str]]) -> dict[str, tuple[dict[str, None], dict[str, None]]]:
    """Return the figures about which each query is open, and the documents that print them, by the query's id."""
    known = queries.by_figure(brief)
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for path, figure_ids in printed.items():
        for figure_id in figure_ids:
            for query_id in known.get(figure_id, ()):
                figures, paths = found.setdefault(query_id, ({}, {}))
                figures[figure_id] = paths[path] = None
    return found


def _open(planned: Plan, query_id: str, figure_ids: list[str], paths: list[str]) -> Problem:
    figures = _listed([f'"{each}"' for each in figure_ids], len(figure_ids))
    edition = planned.layout.edition.name
    message = f"the {edition} edition can't print {figures} until this is answered (in {_listed(paths, MOST_NAMED)})"
    hint = "answer it, and delete it with each query: that names it; or add press: allow and reason:"
    return planned.brief.tree.problem(("queries", query_id), message, hint)


MOST_NAMED = 3
"""The most documents that a message names; it counts the others."""


def _listed(names: list[str], most: int) -> str:
    """Return names as a phrase, with those after the first few as a number."""
    rest = len(names) - most
    shown = [*names[:most], f"{rest:,} more"] if rest > 0 else names
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))

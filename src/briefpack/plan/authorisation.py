"""Check that a brief says whether it is electoral matter, is authorised if so, and has no open queries."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from briefpack.brief import queries
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet
from briefpack.layout import Edition
from briefpack.plan.loaded import LoadedBrief
from briefpack.plan.model import Plan
from briefpack.problem import Problem, joined
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

UNDECIDED = "undecided"


def check(found: Brief, tree: Tree, group: ElectorateSet | None, locale: Locale | None) -> Iterator[Problem]:
    """Check that electoral matter has the particulars that the law of its country requires."""
    law = group.country.authorisation if group else None
    cited = f" ({law.cited})" if law else ""
    if found.electoral_matter == "yes" and found.authorisation is None:
        message = f"electoral matter must name who authorised it{cited}"
        yield tree.problem(("electoral_matter",), message, "add authorisation: with name, entity and address")
    elif found.electoral_matter == "yes" and law:
        for key in law.requires:
            if not getattr(found.authorisation, key):
                message = f"{key} is missing, and electoral matter must print it{cited}"
                yield tree.problem(("authorisation",), message, f"add {key}:")
    if locale and found.authorisation:
        yield from _check_address(found.authorisation.address, tree, f" under {law.cited}" if law else "", locale)


def _check_address(address: str, tree: Tree, cited: str, locale: Locale) -> Iterator[Problem]:
    """Yield a warning if the address of whoever authorised a brief is a box, where nobody can be found."""
    found = re.search(rf"(?<!\w)(?:{typography.any_of(locale.slips.boxes)})(?!\w)", address, re.IGNORECASE)
    if found:
        message = f'"{found[0]}" is not the address of a street or a town'
        hint = f"give the street address, or the town, that the law asks for{cited}"
        yield tree.problem(("authorisation", "address"), message, hint, words=found[0], warning=True)


def check_press(found: LoadedBrief, edition: Edition) -> Iterator[Problem]:
    """Check that a brief that goes to press has decided whether it is electoral matter, and has a date.

    Printed copies can't be recalled. PDF/X-4 requires the date in a file's metadata.
    """
    if edition.refuses_undecided and found.brief.electoral_matter == "undecided":
        message = f"the {edition.name} edition can't be made until you decide whether the brief is electoral matter"
        hint = "set it to no; or to yes, and add authorisation:"
        yield found.tree.problem(("electoral_matter",), message, hint)
    if edition.process_inks and found.brief.date is None:
        message = f"the {edition.name} edition needs the date of the brief"
        yield found.tree.problem(("date",), message, "add date:, such as 2026-07-01")


def warn_if_printed(planned: Plan) -> tuple[Problem, ...]:
    """Return the warning for every build of an edition that is printed, if something is still to be decided."""
    return warn_undecided(planned.brief) if planned.layout.edition.printed else ()


def warnings_on(planned: Plan, today: datetime.date) -> tuple[Problem, ...]:
    """Return the warnings of a plan's brief and of the electorates that it has documents for.

    The exception is a warning that `warn_if_printed` gives more exactly.
    """
    exact = {_place(each) for each in warn_if_printed(planned)}
    slugs = {each.electorate for each in planned.documents}
    group = planned.brief.group
    among = [each for each in group.electorates if each.slug in slugs] if group else []
    told = planned.brief.warnings_on(today, among)
    return tuple(each for each in told if _place(each) not in exact)


def _place(problem: Problem) -> tuple[str, int | None, int | None]:
    return problem.path, problem.line, problem.column


def warn_undecided(loaded: LoadedBrief) -> tuple[Problem, ...]:
    """Return the warning for printed copies of a brief if it is undecided whether it is electoral matter."""
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
    figures = joined([f'"{each}"' for each in figure_ids], "and")
    edition = planned.layout.edition.name
    message = (
        f"the {edition} edition can't print {figures} until this is answered (in {joined(paths, 'and', MOST_NAMED)})"
    )
    hint = "answer it, and delete it with each query: that names it; or add press: allow and reason:"
    return planned.brief.tree.problem(("queries", query_id), message, hint)


MOST_NAMED = 3
"""The most documents that a message names; it counts the others."""

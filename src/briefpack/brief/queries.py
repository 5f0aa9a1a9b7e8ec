"""List the author's open queries, find the figures that they are about, and check which may go to press."""

from collections.abc import Iterator, Mapping

from briefpack.brief import relations
from briefpack.brief.blocks import KeyFigure
from briefpack.brief.evidence import Query
from briefpack.brief.figures import NEW, REFERENCE, cells, split
from briefpack.brief.model import Brief
from briefpack.problem import Problem, or_nearest
from briefpack.schema import walk
from briefpack.text.yaml_lines import Tree


def check(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each query that may go to press without a reason, or is about a figure that doesn't exist."""
    for query_id, query in brief.queries.items():
        if query.press and not query.reason:
            hint = "add reason: with why its figures may be printed before it is answered"
            yield tree.problem(("queries", query_id, "press"), "there is no reason for this", hint)
        if query.reason and not query.press:
            hint = "add press: allow, or delete reason:"
            yield tree.problem(("queries", query_id, "reason"), "this is a reason for nothing", hint)
        for figure_id in _named(query.about):
            if figure_id not in brief.figures:
                loc, message = ("queries", query_id, "about"), f'there is no figure called "{figure_id}"'
                hint = or_nearest(NEW, figure_id, brief.figures.keys() - cells(tree))
                yield tree.problem(loc, message, hint, words=f"{{{figure_id}}}")


def listed(brief: Brief, tree: Tree) -> Iterator[tuple[int, str, str, str]]:
    """Yield the author's open queries: line, id, subject, question."""
    for query_id, query in brief.queries.items():
        yield tree.line(("queries", query_id)), query_id, query.about, query.question


def by_figure(brief: Brief) -> Mapping[str, tuple[str, ...]]:
    """Return the open queries about each figure, leaving out queries that may go to press.

    A query is about the figures and relations that name it, and about the figures in braces in its `about:`. It is
    also about every figure that a relation, or the total of the asks, works out from one of them.
    """
    held = [query_id for query_id, query in brief.queries.items() if not query.press]
    sums = [*_sums(brief)]
    found: dict[str, set[str]] = {}
    for figure_id, query_id in _direct(brief):
        found.setdefault(figure_id, set()).add(query_id)
    for _ in sums:
        for total, parts in sums:
            found.setdefault(total, set()).update(*(found.get(part, ()) for part in parts))
    ordered = {figure_id: tuple(each for each in held if each in open_) for figure_id, open_ in found.items()}
    return {figure_id: open_ for figure_id, open_ in ordered.items() if open_}


def of_asks(brief: Brief) -> tuple[Query, ...]:
    """Return the open queries about the figures that the asks of a brief name, in the order of the queries."""
    named = {name for ask in brief.asks for name in (ask.amount, ask.annual) if name}
    for _, part in (found for ask in brief.asks for found in walk(ask)):
        for value in dict(part).values():
            named |= {split(each)[0] for each in REFERENCE.findall(value)} if isinstance(value, str) else set()
        named |= {part.figure} if isinstance(part, KeyFigure) else set()
    open_ = {query_id for name, ids in by_figure(brief).items() if name in named for query_id in ids}
    return tuple(query for query_id, query in brief.queries.items() if query_id in open_)


def _direct(brief: Brief) -> Iterator[tuple[str, str]]:
    """Yield each figure that a query is itself about, with the query."""
    for figure_id, figure in brief.figures.items():
        if figure.query:
            yield figure_id, figure.query
    for relation in brief.relations:
        if relation.query:
            yield from ((figure_id, relation.query) for figure_id in relations.terms(relation.holds))
    for query_id, query in brief.queries.items():
        yield from ((figure_id, query_id) for figure_id in _named(query.about))


def _named(about: str) -> Iterator[str]:
    return (split(found)[0] for found in REFERENCE.findall(about))


def _sums(brief: Brief) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each figure that is worked out from others, with the others."""
    for relation in brief.relations:
        yield from relations.sums(relation.holds)
    if brief.asks_annual:
        yield brief.asks_annual, tuple(ask.annual for ask in brief.asks if ask.annual)

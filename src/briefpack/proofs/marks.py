"""Number the problems and the open queries of a document, and mark each on its page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefpack.brief.model import Query
from briefpack.problem import Problem
from briefpack.proofs import circles
from briefpack.proofs.model import ListedProblem, ListedQuery, MarkedPage, Marks, PageArea, Spot


def of_problems(problems: Iterable[Problem], areas: Sequence[PageArea], name: str) -> Marks:
    """Return the marks of problems: those without a page come first, then those of each page from its head down.

    The list leaves out the `name` of the document.
    """
    stopping = (each for each in problems if not each.warning)
    numbered = [*enumerate(sorted(dict.fromkeys(stopping), key=lambda each: _order(each, len(areas))), start=1)]
    spots = [spot for number, each in numbered for spot in _spots(number, each)]
    return Marks(_pages(areas, spots), tuple(_listed(number, each, name) for number, each in numbered))


def _spots(number: int, problem: Problem) -> Iterator[Spot]:
    if problem.page:
        yield Spot(number, problem.page, problem.boxes)
    yield from (Spot(number, page, (box,)) for page, box in problem.continued)


def _order(problem: Problem, page_count: int) -> tuple[int, float, float]:
    """Return the order of a problem in the list."""
    if not problem.page or problem.page > page_count:
        return 0, 0.0, 0.0
    if not problem.boxes:
        return problem.page, float("-inf"), 0.0
    return problem.page, -problem.boxes[0].top, problem.boxes[0].left


def _listed(number: int, problem: Problem, name: str) -> ListedProblem:
    place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
    return ListedProblem(number, _message(problem, name), problem.hint, place, problem.page)


def _message(problem: Problem, name: str) -> str:
    """Return the message of a problem without its page, which has a column, and the document, which the list is in."""
    check = f"{problem.check}: " if problem.check else ""
    message = problem.message.removeprefix(check).removeprefix(f"page {problem.page}: ").removeprefix(f"{name}: ")
    return f"{check}{message}"


def of_queries(
    queries: Mapping[str, Query], found: Mapping[str, Sequence[Spot]], areas: Sequence[PageArea], *, others: bool
) -> Marks:
    """Return the marks of open queries, in the brief's order; `found` are the places of their figures, by query.

    With `others`, the queries that no figure on the pages is about are listed without a number.
    """
    marked = [*enumerate((each for each in queries if found.get(each)), start=1)]
    spots = [Spot(number, spot.page, spot.boxes) for number, each in marked for spot in found[each]]
    listed = tuple(_query(number, each, queries[each], found[each]) for number, each in marked)
    rest = tuple(_query(0, each, query, ()) for each, query in queries.items() if others and not found.get(each))
    return Marks(_pages(areas, spots), queries=listed, others=rest)


def _query(number: int, query_id: str, query: Query, spots: Sequence[Spot]) -> ListedQuery:
    pages = tuple(sorted({spot.page for spot in spots}))
    return ListedQuery(number, query_id, query.about, query.question, pages)


def _pages(areas: Sequence[PageArea], spots: Sequence[Spot]) -> tuple[MarkedPage, ...]:
    return tuple(circles.page(number, area, spots) for number, area in enumerate(areas, start=1))

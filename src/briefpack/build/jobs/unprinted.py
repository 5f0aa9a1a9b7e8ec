"""Warn of what a brief gives to print and none of its finished documents prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack import store
from briefpack.brief import accepted
from briefpack.build.jobs import stages
from briefpack.build.jobs.line import Outcome, Setup
from briefpack.build.jobs.task import Task
from briefpack.electorates import Electorate
from briefpack.layout.editions import Edition
from briefpack.plan import Given, Plan, Read, reviewed, to_print
from briefpack.problem import Problem, distinct
from briefpack.project import NATIONAL

CHECK = "unprinted"
FACTS = ("local", "facts")
"""The facts of a place's page, which give way to its strips and asks."""
MOST_PLACES = 20
"""The most electorates whose documents are read; each has parts of the brief that those before it haven't."""


@dataclass(frozen=True)
class Search:
    """What to look for, and the documents to look in."""

    given: tuple[Given, ...]
    documents: tuple[tuple[Read, ...] | Path, ...]


@dataclass(frozen=True)
class Find(Task[Search, tuple[Given, ...], tuple[Given, ...]]):
    """A task that finds what no document prints."""

    edition: Edition
    seconds: float = 180.0

    def make(self, search: Search) -> tuple[Given, ...]:
        """Read documents until everything is found, and return the rest."""
        from briefpack.checks import unprinted  # noqa: PLC0415 -- only workers need PDFium

        return unprinted.find(search.given, search.documents, self.edition)

    def keep(self, _search: Search, done: tuple[Given, ...]) -> tuple[Given, ...]:
        """Return what wasn't found."""
        return done

    def failed(self, _search: Search, error: BaseException | None) -> tuple[Given, ...]:
        """Report nothing of documents that can't be read: a check of each has told why."""
        if isinstance(error, Exception):
            raise error
        return ()


def unprinted(outcomes: Sequence[Outcome], shared: Setup) -> accepted.Sorted:
    """Return a warning for everything that the documents should print and don't, once all of them are made.

    A logo that a page has no version of is known without the other documents.
    """
    planned, brief, tree = shared.planned, shared.planned.brief.brief, shared.planned.brief.tree
    logos = distinct(each.problem for outcome in outcomes for each in outcome.findings if each.problem.check == CHECK)
    paths, national = {each.document.path for each in outcomes}, _national(planned)
    if not national or not national <= paths or any(each.failed for each in outcomes):
        left = tuple(each for each in logos if not accepted.is_accepted(brief, each))
        return accepted.Sorted(left, tuple(each for each in logos if each not in left))
    return accepted.sort(brief, tree, (*logos, *_found(outcomes, shared)), of_files=True)


def _national(planned: Plan) -> set[str]:
    return {path for path in planned.paths if path.startswith(f"{NATIONAL}/")}


def _found(outcomes: Sequence[Outcome], shared: Setup) -> tuple[Problem, ...]:
    """Return the warnings of what the documents of the nation and of some electorates don't print."""
    planned = shared.planned
    places = _places(planned)
    slugs = [place.slug if place else None for place in places]
    chosen = (each for each in outcomes if each.document.electorate in slugs)
    read = sorted(chosen, key=lambda each: slugs.index(each.document.electorate))
    layout = planned.layout
    made_from = (shared.contents[None], layout.name, layout.edition.name, *(each.sha256 for each in read))
    key = store.key(CHECK, store.engine(), *made_from)
    return reviewed.remembered(key, lambda: _warnings(planned, places, read, shared), shared.store)


def _places(planned: Plan) -> list[Electorate | None]:
    """Return the nation and the first electorate that has each version of the brief."""
    group = planned.brief.group
    first = {each.variant: each.electorate for each in reversed(planned.documents) if each.electorate}
    return [None, *(group.by_slug[slug] for slug in [*first.values()][:MOST_PLACES] if group)]


def _warnings(
    planned: Plan, places: Sequence[Electorate | None], read: Sequence[Outcome], shared: Setup
) -> list[Problem]:
    search = Search(to_print.of(planned.brief, places), tuple(_as_read(each, shared) for each in read))
    task = Find(planned.layout.edition)
    [(_, found)] = shared.workers.map("unprinted", task, [search], task.crashed)
    return [_warning(each, planned) for each in found]


def _as_read(outcome: Outcome, shared: Setup) -> tuple[Read, ...] | Path:
    """Return the data read from a document's pages or, if they weren't laid out in this build, its file."""
    if outcome.composed is None:
        return shared.folder / outcome.document.path
    pieces, overlays = stages.parts(outcome)
    keys = (*pieces, *(placed.key for placed in overlays))
    return tuple(read for key in keys for read in outcome.laid_out[key].reads)


def _warning(given: Given, planned: Plan) -> Problem:
    """Return the warning of something that wasn't found; without a way to write it, no place has what it is about."""
    layout, local = planned.layout.name, planned.brief.brief.local
    why, hint = "no electorate has any of these facts", "name a fact that one has, or accept this warning"
    if given.ways:
        why = f"the {layout} layout has no place for it here"
        hint = f"ask for a place for it in layouts/{layout}, or accept this warning"
    if given.loc == FACTS and local and local.strips and local.asks:
        why, hint = f"with strips: and asks:, {why}", "delete facts:, or strips: or asks:, in whose place they print"
    return planned.brief.tree.problem(
        given.loc, f"{given.shown} prints nowhere: {why}", hint, warning=True, check=CHECK
    )

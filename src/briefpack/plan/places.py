"""Check the places that `only:` and `except:` name in a brief."""

from collections.abc import Iterable, Iterator

from briefpack import schema
from briefpack.brief.blocks import ForPlaces, Places
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet
from briefpack.problem import Problem, nearest
from briefpack.text.yaml_lines import Loc, Tree


def check(found: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Yield a problem for each place that the brief's electorate set doesn't have."""
    for loc, part in schema.walk(found):
        for key, named in (("only", part.only), ("except", part.leave_out)) if isinstance(part, ForPlaces) else ():
            if named and found.electorates is None:
                message, hint = "the brief names no electorate set", "add electorates: and the name of a set"
                yield tree.problem((*loc, key), message, hint)
            elif named and group:
                yield from _check_places(named, tree, (*loc, key), group)


def _check_places(named: Places, tree: Tree, loc: Loc, group: ElectorateSet) -> Iterator[Problem]:
    yield from _check_names(named.states, tree, (*loc, "states"), group.states, "state")
    yield from _check_names(named.electorates, tree, (*loc, "electorates"), group.by_slug, "electorate")


def _check_names(names: Iterable[str], tree: Tree, loc: Loc, known: Iterable[str], noun: str) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in known:
            message = f'there is no {noun} called "{name}"'
            yield tree.problem((*loc, index), message, nearest(name, known), words=name)

"""Leave out the parts of a brief that a place doesn't have."""

import operator
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from briefpack.brief.blocks import ALL, Block, ForPlaces, Places
from briefpack.brief.model import Brief
from briefpack.schema import Model, walk
from briefpack.text.yaml_lines import Loc

NOTHING = Block.model_construct()
"""A block left out: it prints nothing, and the blocks after it keep their numbers in messages."""


def is_in(part: ForPlaces, state: str | None, slug: str | None) -> bool:
    """Return whether an electorate's documents have a part of a brief; without a state, whether the nation's do."""
    wanted = part.only is None or _names(part.only, state, slug)
    return wanted and not (part.leave_out and _names(part.leave_out, state, slug))


def _names(places: Places, state: str | None, slug: str | None) -> bool:
    every = slug is not None and ALL in places.electorates
    return every or state in places.states or slug in places.electorates


def ruled(brief: Brief) -> Mapping[Loc, ForPlaces]:
    """Return the parts of a brief that only some places have, by their locations."""
    return {loc: part for loc, part in walk(brief) if isinstance(part, ForPlaces) and (part.only or part.leave_out)}


def around(loc: Loc, parts: Mapping[Loc, ForPlaces]) -> tuple[ForPlaces, ...]:
    """Return the parts that a location is in, or is the location of."""
    return tuple(parts[loc[:length]] for length in range(1, len(loc) + 1) if loc[:length] in parts)


def rules(brief: Brief) -> tuple[ForPlaces, ...]:
    """Return the parts of a brief that only some places have."""
    return tuple(ruled(brief).values())


def of(brief: Brief, state: str | None, slug: str | None) -> Brief:
    """Return a brief without the parts that a place doesn't have, and with the total of the asks that are left."""
    found = brief.model_copy(update=dict(_kept(brief, state, slug)))
    total = brief.figures.get(brief.asks_annual or "")
    if total is None or len(found.asks) == len(brief.asks):
        return found
    costs = sum((brief.figures[ask.annual].value for ask in found.asks if ask.annual), Decimal(0))
    figures = brief.figures | {str(brief.asks_annual): total.model_copy(update={"value": costs})}
    return found.model_copy(update={"figures": figures})


def _kept(part: Model, state: str | None, slug: str | None) -> Iterator[tuple[str, object]]:
    """Yield each field of a part that loses something in a place's documents, with the value that is left."""
    for name, value in part:
        kept = _value(value, state, slug)
        if kept is not value:
            yield name, kept


def _value(value: object, state: str | None, slug: str | None) -> object:
    if isinstance(value, Model):
        changed = dict(_kept(value, state, slug))
        return value.model_copy(update=changed) if changed else value
    if not isinstance(value, tuple):
        return value
    kept = tuple(_value(item, state, slug) for item in _items(value, state, slug))
    return value if len(kept) == len(value) and all(map(operator.is_, kept, value)) else kept


def _items(items: Iterable[object], state: str | None, slug: str | None) -> Iterator[object]:
    for item in items:
        if not isinstance(item, ForPlaces) or is_in(item, state, slug):
            yield item
        elif isinstance(item, Block):
            yield NOTHING

"""Leave out the parts of a brief that a place doesn't have."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from briefpack.brief.blocks import Block, ForPlaces, Places
from briefpack.brief.model import Brief
from briefpack.schema import Model, walk

NOTHING = Block.model_construct()
"""A block left out: it prints nothing, and the blocks after it keep their numbers in messages."""


def is_in(part: ForPlaces, state: str | None, slug: str | None) -> bool:
    """Return whether an electorate's documents have a part of a brief; without a state, whether the nation's do."""
    wanted = part.only is None or _names(part.only, state, slug)
    return wanted and not (part.leave_out and _names(part.leave_out, state, slug))


def _names(places: Places, state: str | None, slug: str | None) -> bool:
    return state in places.states or slug in places.electorates


def rules(brief: Brief) -> tuple[ForPlaces, ...]:
    """Return the parts of a brief that only some places have."""
    parts = (part for _, part in walk(brief) if isinstance(part, ForPlaces))
    return tuple(part for part in parts if part.only or part.leave_out)


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
    return value if len(kept) == len(value) and all(map(_same, kept, value)) else kept


def _same(one: object, two: object) -> bool:
    return one is two


def _items(items: Iterable[object], state: str | None, slug: str | None) -> Iterator[object]:
    for item in items:
        if not isinstance(item, ForPlaces) or is_in(item, state, slug):
            yield item
        elif isinstance(item, Block):
            yield NOTHING

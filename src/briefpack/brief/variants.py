"""Leave out the parts of a brief that a place doesn't have."""

import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefpack.brief.blocks import ALL, Block, ForPlaces, Places
from briefpack.brief.model import Brief
from briefpack.schema import Model, walk
from briefpack.text.yaml_lines import Loc

NOTHING = Block.model_construct()
"""A block left out: it prints nothing, and the blocks after it keep their numbers in messages."""


@dataclass(frozen=True)
class Place:
    """What `only:` and `except:` may say of a place: the nation has nothing of it.

    A place is an electorate, with its state, and the side and the roles of its member.
    """

    state: str = ""
    slug: str = ""
    side: str = ""
    roles: tuple[str, ...] = ()


def is_in(part: ForPlaces, place: Place) -> bool:
    """Return whether the documents of a place have a part of a brief."""
    wanted = part.only is None or _names(part.only, place)
    return wanted and not (part.leave_out and _names(part.leave_out, place))


def _names(places: Places, place: Place) -> bool:
    every = place.slug != "" and ALL in places.electorates
    where = place.state in places.states or place.slug in places.electorates
    return every or where or place.side in places.sides or not {*places.roles}.isdisjoint(place.roles)


def ruled(brief: Brief) -> Mapping[Loc, ForPlaces]:
    """Return the parts of a brief that only some places have, by their locations."""
    return {loc: part for loc, part in walk(brief) if isinstance(part, ForPlaces) and (part.only or part.leave_out)}


def around(loc: Loc, parts: Mapping[Loc, ForPlaces]) -> tuple[ForPlaces, ...]:
    """Return the parts that a location is in, or is the location of."""
    return tuple(parts[loc[:length]] for length in range(1, len(loc) + 1) if loc[:length] in parts)


def rules(brief: Brief) -> tuple[ForPlaces, ...]:
    """Return the parts of a brief that only some places have."""
    return tuple(ruled(brief).values())


def of(brief: Brief, place: Place) -> Brief:
    """Return a brief without the parts that a place doesn't have, and with the total of the asks that are left."""
    return _added_up(brief.model_copy(update=dict(_kept(brief, place))), brief)


def with_asks(brief: Brief, chosen: tuple[str, ...]) -> Brief:
    """Return a brief with only the chosen asks, in order, except that those of a theme stay together.

    A theme that has lost all its asks goes with its case studies, and so does a case study that supports none of the
    chosen. What the page at a glance says of all asks is left out, as it may count them.
    """
    asks = sorted((ask for ask in brief.asks if ask.id in chosen), key=lambda ask: chosen.index(ask.id))
    themes = [*dict.fromkeys(ask.theme for ask in asks)]
    lost = {ask.theme for ask in brief.asks}.difference(themes)
    studies = (
        study
        for study in brief.case_studies
        if (study.theme is None or study.theme not in lost) and (not study.asks or {*study.asks} & {*chosen})
    )
    order = sorted(brief.themes, key=lambda theme: themes.index(theme.id) if theme.id in themes else len(themes))
    kept: dict[str, object] = {
        "asks": tuple(sorted(asks, key=lambda ask: themes.index(ask.theme))),
        "themes": tuple(theme for theme in order if theme.id not in lost),
        "case_studies": tuple(studies),
    }
    if brief.glance and len(asks) < len(brief.asks):
        kept["glance"] = brief.glance.model_copy(
            update={"heading": "", "standfirst": None, "about": None, "points": ()}
        )
    return _added_up(brief.model_copy(update=kept), brief)


def _added_up(found: Brief, brief: Brief) -> Brief:
    """Return a part of a brief with the total of the asks that are left."""
    total = brief.figures.get(brief.asks_annual or "")
    if total is None or len(found.asks) == len(brief.asks):
        return found
    costs = sum((brief.figures[ask.annual].value for ask in found.asks if ask.annual), Decimal(0))
    figures = brief.figures | {str(brief.asks_annual): total.model_copy(update={"value": costs})}
    return found.model_copy(update={"figures": figures})


def _kept(part: Model, place: Place) -> Iterator[tuple[str, object]]:
    """Yield each field of a part that loses something in a place's documents, with the value that is left."""
    for name, value in part:
        kept = _value(value, place)
        if kept is not value:
            yield name, kept


def _value(value: object, place: Place) -> object:
    if isinstance(value, Model):
        changed = dict(_kept(value, place))
        return value.model_copy(update=changed) if changed else value
    if not isinstance(value, tuple):
        return value
    kept = tuple(_value(item, place) for item in _items(value, place))
    return value if len(kept) == len(value) and all(map(operator.is_, kept, value)) else kept


def _items(items: Iterable[object], place: Place) -> Iterator[object]:
    for item in items:
        if not isinstance(item, ForPlaces) or is_in(item, place):
            yield item
        elif isinstance(item, Block):
            yield NOTHING

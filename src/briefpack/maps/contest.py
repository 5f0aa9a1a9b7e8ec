"""Choose which places of a map are named, and where each name goes: they compete for the same room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from briefpack.maps.frames import Box, Point

BEAM = 40
"""How many ways to name the places so far are kept."""
NAME_CLEAR_MM, DOT_CLEAR_MM, NEARER_MM = (1.8, 0.6), (0.6, 0.6), 0.5
"""The least distances of a name from another name and from another dot, across and up, and how much nearer a name is to
its own dot than to another."""
LEVEL_MM, LEVEL_CLEAR_MM = 2.0, 0.6
"""How much nearer a dot counts if it is level with a name, and how far above or below the letters it still is: a dot
beside the end of a name is read as the name's own."""
LED_MM, LED_CLEAR_MM = 3.2, 2.2
"""The distance from its dot beyond which a name isn't read with it unless a line leads there, and how far a name with
such a line keeps from another dot."""
LINE_CLEAR_MM, ALIGNED_MM = (0.8, 1.2), 4.0
"""How far two names keep apart that begin or end nearly at one edge: with less between them they read as one text."""
COST, IMPORTANCE, FALL, HOPE = 0.06, 3.0, 0.5, 0.5
"""The share of a name's cost that is taken from its worth, how much more the first place is worth than a place far down
the list, how fast that falls from place to place, and the share of its worth that a place counts for if it has still to
be named and has room."""
WAY = (0.25, 0.5, 0.75, 0.9)
"""The shares of the way from a spot to its name at which other names must leave it free."""
NONE = -1
"""The index in place of a name, for a place that a way leaves out."""
CROWD = 0.7
"""The worth that a place loses for each place named in the same spot; less for places further away, to their reach."""


@dataclass(frozen=True)
class Entrant:
    """A place that may be named: its spot, its dot's box, its names' boxes and costs, and whether it must be.

    `led` says that a line leads from the dot to a name that is far from it.
    """

    at: Point
    dot: Box
    names: tuple[Box, ...]
    costs: tuple[float, ...]
    must: bool = False
    led: bool = False


@dataclass(frozen=True)
class _Contest:
    """The data by which all ways are judged: each name's place and cost, which names clash, and each place's worth.

    `crowds` is how much each place takes from the worth of each other place, and `most` is how many are named.
    """

    owners: NDArray[np.int_]
    costs: NDArray[np.float64]
    clashes: NDArray[np.bool_]
    worths: NDArray[np.float64]
    crowds: NDArray[np.float64]
    most: int

    def names(self, nth: int) -> slice:
        """Return the slice of the names that belong to the nth place."""
        return slice(*np.searchsorted(self.owners, (nth, nth + 1)).tolist())


@dataclass(frozen=True)
class _Ways:
    """The ways to name the places so far, best first: the names taken, the names ruled out, and the worth of each way.

    `losses` are the worth that each place would lose by crowding with the places that are named.
    """

    names: Sequence[tuple[int, ...]]
    barred: NDArray[np.bool_]
    worths: NDArray[np.float64]
    losses: NDArray[np.float64]


def settle(entrants: Sequence[Entrant], most: int, apart_mm: float, reach_mm: float = 0.0) -> dict[int, int]:
    """Return the name of each place that is named, by their indexes: as many and as important places as find room.

    The places come in the order of their importance. Within `reach_mm` of each other they crowd: fewer are named there.
    """
    owners = np.repeat(np.arange(len(entrants)), [len(each.names) for each in entrants])
    if not len(owners):
        return {}
    costs = np.concatenate([each.costs for each in entrants])
    worths = np.array([1 + IMPORTANCE * FALL**nth for nth in range(len(entrants))])
    away = _apart([each.at for each in entrants])
    crowds = CROWD * np.clip(1 - away / reach_mm, 0, 1) if reach_mm else np.zeros_like(away)
    contest = _Contest(owners, costs, _clashes(entrants, owners, apart_mm), worths, crowds, most)
    ways = _Ways([()], np.zeros((1, len(owners)), bool), np.zeros(1), np.zeros((1, len(entrants))))
    for nth, entrant in enumerate(entrants):
        ways = _with_next(contest, ways, nth, must=entrant.must)
    return {int(owners[name]): int(name - np.searchsorted(owners, owners[name])) for name in ways.names[0]}


def _with_next(contest: _Contest, ways: _Ways, nth: int, *, must: bool) -> _Ways:
    """Return the best ways to name the places up to the nth: with each of its names that is free, and without it."""
    names = contest.names(nth)
    room = np.array([len(each) < contest.most for each in ways.names])
    befores, takes = np.nonzero(room[:, None] & ~ways.barred[:, names])
    stays = np.arange(0 if must and len(befores) else len(ways.names))
    worths = (ways.worths + contest.worths[nth] - ways.losses[:, nth])[befores] - COST * contest.costs[names][takes]
    worths = np.concatenate([ways.worths[stays], worths])
    befores = np.concatenate([stays, befores])
    takes = np.concatenate([np.full(len(stays), NONE), takes])
    hopes = _hopes(contest, ways, nth)[befores, takes] if len(befores) > BEAM else 0.0
    best = np.argsort(-(worths + hopes), kind="stable")[:BEAM]
    return _taken(contest, ways, nth, befores[best], takes[best], worths[best])


def _taken(
    contest: _Contest,
    ways: _Ways,
    nth: int,
    befores: NDArray[np.int_],
    takes: NDArray[np.int_],
    worths: NDArray[np.float64],
) -> _Ways:
    """Return the ways with the name that each takes for the nth place: its index among the place's names, or NONE."""
    names, named = takes + contest.names(nth).start, takes != NONE
    barred, losses = ways.barred[befores], ways.losses[befores]
    barred[named] |= contest.clashes[names[named]]
    losses[named] += contest.crowds[:, nth]
    chosen = [(name,) if is_named else () for name, is_named in zip(names.tolist(), named.tolist(), strict=True)]
    taken = [ways.names[before] + name for before, name in zip(befores.tolist(), chosen, strict=True)]
    return _Ways(taken, barred, worths, losses)


def _hopes(contest: _Contest, ways: _Ways, nth: int) -> NDArray[np.float64]:
    """Return, for each way and each name of the nth place or none, the worth of later places that still have room."""
    names, free = contest.names(nth), ~ways.barred
    # The last row, which has the index of no name, bars nothing.
    stand = np.concatenate([~contest.clashes[names], np.ones((1, free.shape[1]), bool)])
    hopes = np.zeros((len(free), len(stand)))
    for later in range(nth + 1, len(contest.worths)):
        theirs = contest.names(later)
        hopes += (free[:, theirs] @ stand[:, theirs].T) * contest.worths[later]
    return HOPE * hopes


def _clashes(entrants: Sequence[Entrant], owners: NDArray[np.int_], apart_mm: float) -> NDArray[np.bool_]:
    """Return which names exclude each other: they overlap, one is at the other's dot, or their places are too close."""
    names = np.array([name for each in entrants for name in each.names])
    spots, dots = np.array([each.at for each in entrants]), np.array([each.dot for each in entrants])
    far = _away(names, spots)
    seen = far - LEVEL_MM * _level(names, spots)
    led = np.array([each.led for each in entrants])[owners]
    strays = _meet(names, dots, DOT_CLEAR_MM) | _nearer(far, owners, led) | _nearer(seen, owners, led)
    near = _apart(spots) < apart_mm
    astray = strays[:, owners]
    left, right = (abs(names[:, None, side] - names[None, :, side]) < ALIGNED_MM for side in (0, 2))
    crowded = _meet(names, names, NAME_CLEAR_MM) | (_meet(names, names, LINE_CLEAR_MM) & (left | right))
    between = _led_across(names, spots[owners]) & led[:, None]
    return crowded | between | between.T | astray | astray.T | near[np.ix_(owners, owners)]


def _meet(first: NDArray[np.float64], second: NDArray[np.float64], clear_mm: tuple[float, float]) -> NDArray[np.bool_]:
    """Return which boxes of two lists overlap, or are closer than the clearance."""
    met = np.ones((len(first), len(second)), bool)
    for low, high, clear in zip((0, 1), (2, 3), clear_mm, strict=True):
        met &= first[:, None, low] < second[None, :, high] + clear
        met &= second[None, :, low] < first[:, None, high] + clear
    return met


def _led_across(names: NDArray[np.float64], spots: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which names stand between another name and its spot."""
    ends = np.clip(spots, names[:, :2], names[:, 2:])
    ways = [spots + (ends - spots) * share for share in WAY]
    return np.any([_meet(np.column_stack([way, way]), names, (0.0, 0.0)) for way in ways], axis=0)


def _nearer(far: NDArray[np.float64], owners: NDArray[np.int_], led: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which names are nearer to another dot than their own, or hardly further; a line tells which is whose."""
    own = far[np.arange(len(far)), owners]
    return np.asarray(far < np.where(led & (own > LED_MM), LED_CLEAR_MM, own + NEARER_MM)[:, None])


def _level(names: NDArray[np.float64], spots: NDArray[np.float64]) -> NDArray[np.bool_]:
    up = spots[None, :, 1]
    return np.asarray((up > names[:, None, 1] - LEVEL_CLEAR_MM) & (up < names[:, None, 3] + LEVEL_CLEAR_MM))


def _apart(spots: Sequence[Point] | NDArray[np.float64]) -> NDArray[np.float64]:
    points = np.array(spots, dtype=float).reshape(-1, 2)
    return np.asarray(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)))


def _away(boxes: NDArray[np.float64], spots: NDArray[np.float64]) -> NDArray[np.float64]:
    inside = np.clip(spots[None], boxes[:, None, :2], boxes[:, None, 2:])
    return np.hypot(*(inside - spots[None]).transpose(2, 0, 1))

"""Warn of places that are outside their electorate on the map, or that are listed twice."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from briefpack import store
from briefpack.electorates import boundaries
from briefpack.electorates.boundaries import BOUNDARIES
from briefpack.electorates.places import FILE
from briefpack.electorates.tables import Files
from briefpack.problem import Problem
from briefpack.store import Store
from briefpack.tables import Row
from briefpack.text.spelling import fold

Told = list[tuple[int, str, str]]
"""The line, the message and the hint of each warning."""


def check(files: Files, known: Mapping[str, Row], kept: Store) -> tuple[Problem, ...]:
    """Return a warning for each place that is listed twice, or isn't in its electorate.

    Looking up each place on the map takes longer than reading the set, so the store keeps the result until the places or
    the boundaries change.
    """
    table, rows = files.rows(FILE)
    path, shapes = files.path(FILE), files.path(BOUNDARIES)
    # The problems of a file that can't be read explain its places too.
    if path is None or shapes is None or not rows or files.problems:
        return ()
    told = _remembered((path, shapes), [row for row in rows if row["slug"] in known], kept)
    return tuple(Problem(table.shown, line, message, hint, warning=True) for line, message, hint in told)


def _twice(rows: Sequence[Row]) -> Iterator[tuple[int, str, str]]:
    """Yield what to tell of each place that its electorate has already, or that has the position of another's."""
    named: dict[tuple[str, str], Row] = {}
    placed: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first = named.setdefault((row["slug"], fold(row["name"])), row)
        same = placed.setdefault((row["lat"], row["lon"]), row)
        if first is not row:
            message = f'"{row["name"]}" is in {row["slug"]} twice, first on line {first.line}'
            yield row.line, message, "delete one of the two rows"
        elif same is not row:
            message = f'"{row["name"]}" has the position of {same["name"]} in {same["slug"]}, line {same.line}'
            yield row.line, message, "correct lat and lon, or delete one of the two rows"


def _remembered(paths: tuple[Path, Path], rows: Sequence[Row], kept: Store) -> Told:
    own = (Path(__file__).with_name(f"{name}.py") for name in ("positions", "topology"))
    key = store.key("positions", store.library("shapely"), *map(store.file_key, (*own, *paths)))
    told = _recalled(kept.get(key))
    if told is None:
        told = sorted([*_twice(rows), *_outside(paths[1].read_bytes(), rows)])
        with suppress(OSError):
            kept.put(key, json.dumps(told).encode())
    return told


def _recalled(data: bytes | None) -> Told | None:
    """Return the stored warnings; None if there are none, or if the stored data is damaged."""
    try:
        return (
            None if data is None else [(int(line), str(message), str(hint)) for line, message, hint in json.loads(data)]
        )
    except (ValueError, TypeError, RecursionError):
        return None


def _outside(geojson: bytes, rows: Sequence[Row]) -> Told:
    from briefpack.electorates import topology  # noqa: PLC0415 -- it loads shapely, which a set that has passed doesn't need

    points = [(row["slug"], float(row["lon"].replace("−", "-")), float(row["lat"].replace("−", "-"))) for row in rows]
    found = topology.strays(geojson, boundaries.slugs(geojson), points)
    return [(rows[stray.place].line, f'"{rows[stray.place]["name"]}" {stray.message}', stray.hint) for stray in found]

"""Lay out the nation without words: all its electorates on the field of a cover, or its outline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import shapely

from briefpack.maps import insets, water
from briefpack.maps.atlas import Atlas, shared
from briefpack.maps.boxes import Box
from briefpack.maps.electorate import STYLES, Setting
from briefpack.maps.frames import Frame, Map, Shape
from briefpack.maps.projection import LEAST_ISLAND_MM, Projection, lines, rings

COARSE_MM = 0.25


def national(atlas: Atlas, setting: Setting) -> Map:
    """Lay out the nation in the room that the setting leaves free, with waterlines if its style has them."""
    box = (0.0, 0.0, setting.width_mm, setting.height_mm)
    left, bottom, right, top = setting.margins_mm
    alone = insets.alone(insets.nation(atlas), box[2] - left - right, box[3] - bottom - top).projection
    projection = replace(alone, x_mm=alone.x_mm + left, y_mm=alone.y_mm + bottom)
    shapes = tuple(shape for shape in _shapes(atlas, projection, box, setting) if shape.rings)
    frame = Frame(setting.style, box, projection.mm_per_km, shapes, (), ())
    return Map(setting.width_mm, setting.height_mm, (frame,), style=f"national-{setting.style}")


def _shapes(atlas: Atlas, projection: Projection, box: Box, setting: Setting) -> Iterator[Shape]:
    everyone = frozenset(range(len(atlas.areas)))
    drawn = shapely.coverage_simplify(projection.drawn(atlas.in_focus(everyone)), COARSE_MM)
    stretches, sides = shared(drawn)
    states = np.array([area.state for area in atlas.areas])[sides]
    same = states[:, 0] == states[:, 1]
    coast = shapely.coverage_union_all(drawn)
    yield from water.offsets(coast, STYLES[setting.style].waters_mm, box)
    yield Shape("ground", rings(coast, box, LEAST_ISLAND_MM))
    if setting.style == "cover":
        yield Shape("border", lines(stretches[same], box))
    yield Shape("state-border", lines(stretches[~same], box))

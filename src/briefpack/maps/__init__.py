"""Lay out maps: every shape, dot and label, in millimetres of the box that a map is drawn in.

    read → Atlas                        every electorate's shape, with the points that it shares with its neighbours
    electorate, in_state, nation → Map  shapes, dots and labels that don't overlap

Each map is a Lambert azimuthal equal-area projection about its own centre. All shapes in a map
are simplified together (Visvalingam and Whyatt), to the finest tolerance that shows at its printed size. Neighbours
keep the points of their border in common, so no gap opens between them, or between an electorate and the coast.

Import it late: it loads shapely, which only a process that draws maps needs.
"""

from briefpack.maps.all_electorates import Nation, View
from briefpack.maps.atlas import Atlas, read
from briefpack.maps.electorate import Setting, electorate
from briefpack.maps.frames import Bar, Box, Dot, Frame, Label, Map, Ring, Shape, Told
from briefpack.maps.locate import in_state, locator, nation, national
from briefpack.maps.projection import EARTH_KM, Projection
from briefpack.maps.sheet import Measure, estimate

__all__ = [
    "EARTH_KM", "Atlas", "Bar", "Box", "Dot", "Frame", "Label", "Map", "Measure", "Nation", "Projection", "Ring", "Setting",
    "Shape", "Told", "View", "electorate", "estimate", "in_state", "locator", "nation", "national", "read",
]  # fmt: skip

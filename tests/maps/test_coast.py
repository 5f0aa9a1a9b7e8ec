"""The coast of a map is rounded, and electorates keep their borders on land."""

import numpy as np
import pytest
import shapely
from shapely import box

from briefpack.maps.coast import GRID_MM, rounded

WEST, EAST = box(0, 0, 10, 10), box(10, 0, 20, 10)


def rounded_land(*shapes, radius=0.5):
    """Round electorates and return each with the land of all."""
    drawn, land = rounded(np.array(shapes), shapely.union_all(shapes), radius)
    return list(drawn), land


def same(one, other):
    """Return whether two shapes differ by no more than the grid that their points are on."""
    return shapely.hausdorff_distance(one, other) <= GRID_MM


def test_takes_off_a_spike_of_land():
    spike = shapely.Polygon([(4, 10), (4.2, 10), (4.1, 16)])
    [seat], land = rounded_land(shapely.union_all([WEST, spike]))
    assert seat.bounds[3] == pytest.approx(10, abs=0.3)
    assert same(seat, land)


def test_fills_a_spike_of_water_for_the_seat_that_it_lies_in():
    notched = shapely.difference(WEST, shapely.Polygon([(4, 10), (4.4, 10), (4.2, 3)]))
    [west, east], _ = rounded_land(notched, EAST)
    assert west.contains(shapely.Point(4.2, 6))
    assert not east.intersects(box(3, 0, 9.9, 10))


def test_leaves_wide_water_and_small_islands_but_no_specks():
    bay, island, speck = shapely.difference(WEST, box(4, 5, 7, 10)), box(14, 4, 15.3, 5.3), box(14, 8, 14.6, 8.6)
    [seat], land = rounded_land(shapely.union_all([bay, island, speck]))
    assert not seat.intersects(shapely.Point(5.5, 8))
    assert land.contains(shapely.Point(14.6, 4.6))
    assert not land.intersects(speck)


def test_fills_a_pond_but_leaves_a_lake():
    pond, lake = box(2, 2, 4, 4), box(5, 5, 9, 9)
    [_], land = rounded_land(shapely.difference(WEST, shapely.union_all([pond, lake])))
    assert land.contains(pond)
    assert not land.intersects(box(6, 6, 8, 8))

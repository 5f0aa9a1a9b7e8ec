"""Fills that touch in a chart differ in lightness on screen, in print and in grey, or by pattern."""

import importlib.util
import sys
from itertools import pairwise

import pytest

import projects
from projects import REPOSITORY

LEAST_CONTRAST = 1.25
"""The least contrast of two fills that touch, apart from the paper or the outline between them."""


def _chart_file(name):
    spec = importlib.util.spec_from_file_location(f"chart_{name}", REPOSITORY / f"charts/{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


STACKED, MAP = _chart_file("stacked"), _chart_file("map_of_nation")
RUNS = [
    *(("signal", *quiet[::-1]) for quiet in STACKED.QUIET.values()),
    *STACKED.PLAIN.values(),
    *(tuple(f"scale-{step}" for step in ramp) for ramp in MAP.RAMPS.values()),
]


def _luminance(look, name):
    """Return how much light a colour returns: of its inks on a press, or of its red, green and blue."""
    colour = look.colours[name]
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    if inks := look.inks.get(colour):
        *chromatic, black = (ink / 100 for ink in inks)
        parts = [(1 - ink) * (1 - black) for ink in chromatic]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.part(name="charts", beyond=6)
@pytest.mark.parametrize("run", RUNS, ids="-".join)
@pytest.mark.parametrize("edition", ["screen", "home", "press"])
@pytest.mark.parametrize("layout_name", ["ijm", "plain"])
def test_differ_where_they_touch(layout_name, edition, run):
    look = projects.look(layout_name, edition)
    for one, other in pairwise(run):
        lighter, darker = sorted((_luminance(look, each) + 0.05 for each in (one, other)), reverse=True)
        patterns = look.patterns.get(one), look.patterns.get(other)
        assert lighter / darker >= LEAST_CONTRAST or patterns[0] != patterns[1], (one, other, lighter / darker)

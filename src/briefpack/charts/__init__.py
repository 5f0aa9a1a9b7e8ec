"""Draw charts: the pen that chart files write with, the drawing of each chart as SVG, and the house style."""

import os

from briefpack.charts.faults import Lacking, Undrawable
from briefpack.charts.pen import Column, Pen
from briefpack.charts.render import BEHIND, Common, Ground, draw, file, ground, key, labels, made_from, spoken, told

__all__ = [
    "BEHIND", "Column", "Common", "Ground", "Lacking", "Pen", "Undrawable", "draw", "file", "ground", "key", "labels", "made_from",
    "spoken", "told",
]  # fmt: skip

# A backend shows charts on a screen, which nothing here does, and an unknown one keeps matplotlib from loading.
os.environ.pop("MPLBACKEND", None)

"""Find type that a later shape covers, or that a path clips away."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from briefpack.checks.read.background import PX_PER_PT, Background
from briefpack.checks.read.page_objects import PageObjects, Run
from briefpack.geometry import Rectangle

HIDDEN = 0.3
"""The share of the ink of some letters that is missing if they are covered; a thin line across them hides less."""
LETTER_PX = 3
FAINT = 0.25
"""The least ink of a part of a run, as a share of the run's average, that is judged: other parts are spaces."""

Ink = npt.NDArray[np.integer]


def runs(objects: PageObjects, background: Background) -> list[Run]:
    """Return the runs of a page that can't be seen: all of one is clipped away, or some letters are covered."""
    printed = [(index, run) for index, run in enumerate(objects.runs) if run.is_seen and run.printed]
    # What is beyond the edge of the page is cut off, and has no pixels.
    seen = [(index, run) for index, run in printed if background.pixels[background.area(run.box)].size]
    hidden = _clipped([run for _, run in seen if run.clipped], background)
    below = {index: run for index, run in seen if run not in hidden and any(_over(objects, index))}
    return [*hidden, *_below(below, objects, background)]


def _over(objects: PageObjects, index: int) -> Iterable[bool]:
    """Yield, for each shape of a page, whether it is drawn over a run."""
    box = objects.runs[index].box
    return (shape.after > index and box.meets(shape.box) for shape in objects.shapes)


def _clipped(runs: Sequence[Run], background: Background) -> list[Run]:
    """Return the runs without which the page looks the same."""
    if not runs:
        return []
    rows, columns = background.area(_around(runs))
    same = (background.rendered(rows, columns) == background.pixels[rows, columns]).all(axis=2)
    areas = ((run, _part(same, run.box, background, rows, columns)) for run in runs)
    return [run for run, area in areas if area.size and area.all()]


def _below(runs: dict[int, Run], objects: PageObjects, background: Background) -> list[Run]:
    """Return the runs that lose the ink of some letters to the shapes drawn over them."""
    if not runs:
        return []
    rows, columns = background.area(_around(runs.values()))
    type_ = [objects.type_objects[index] for index in runs]
    over = np.any([[*_over(objects, index)] for index in runs], axis=0)
    shapes = [item for item, is_over in zip(objects.shape_objects, over, strict=True) if is_over]
    seen, ink = (
        np.abs(
            background.rendered(rows, columns, without).astype(int)
            - background.rendered(rows, columns, [*without, *type_])
        ).sum(axis=2)
        for without in ([], shapes)
    )
    both = np.stack((ink - np.minimum(seen, ink), ink), axis=2)
    parts = ((run, _part(both, run.box, background, rows, columns)) for run in runs.values())
    return [run for run, part in parts if _has_gap(part.sum(axis=0), run)]


def _has_gap(columns: Ink, run: Run) -> bool:
    """Return whether a run has lost the ink of some letters, from the ink that each column has lost and should have."""
    lost, ink = columns.T
    wide = min(len(ink), max(LETTER_PX, round(run.size_pt * PX_PER_PT)))
    if not ink.any():
        return False
    missing, whole = (np.convolve(each, np.ones(wide), "valid") for each in (lost, ink))
    return bool(((missing > HIDDEN * whole) & (whole > FAINT * ink.mean() * wide)).any())


def _around(runs: Iterable[Run]) -> Rectangle:
    return Rectangle.around(corner for run in runs for corner in (run.box[:2], run.box[2:]))


def _part(pixels: Ink, box: Rectangle, background: Background, rows: slice, columns: slice) -> Ink:
    """Return the pixels of a box, from those of a larger part of the page."""
    high, wide = background.area(box)
    return pixels[
        high.start - rows.start : high.stop - rows.start, wide.start - columns.start : wide.stop - columns.start
    ]

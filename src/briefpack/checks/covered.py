"""Find type that a later shape covers, or that a path clips away."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pypdfium2

from briefpack.checks.read.background import PX_PER_PT, Background, Part
from briefpack.checks.read.page_objects import PageObjects, Run
from briefpack.checks.read.strings import Handle

HIDDEN = 0.3
"""The share of the ink of some letters that is missing if they are covered; a thin line across them hides less."""
LETTER_PX = 3
FAINT = 0.25
"""The least ink of a part of a run, as a share of the run's average, that is judged: other parts are spaces."""

Ink = npt.NDArray[np.integer]


def runs(page: pypdfium2.PdfPage, objects: PageObjects, background: Background) -> list[Run]:
    """Return the runs of a page that can't be seen: all of one is clipped away, or some letters are covered."""
    printed = [(index, run) for index, run in enumerate(objects.runs) if run.is_seen and run.printed]
    # What is beyond the edge of the page is cut off, and has no pixels.
    seen = [(index, run) for index, run in printed if background.pixels[background.area(run.box)].size]
    hidden = _clipped(page, [run for _, run in seen if run.clipped], objects.type_objects)
    below = {index: run for index, run in seen if run not in hidden and any(_over(objects, index))}
    return [*hidden, *_below(page, below, objects)]


def _over(objects: PageObjects, index: int) -> Iterable[bool]:
    """Yield, for each shape of a page, whether it is drawn over a run."""
    box = objects.runs[index].box
    return (shape.after > index and box.meets(shape.box) for shape in objects.shapes)


def _clipped(page: pypdfium2.PdfPage, runs: Sequence[Run], type_objects: Sequence[Handle]) -> list[Run]:
    """Return the runs where the page looks the same without its type."""
    if not runs:
        return []
    part = Part(page, [run.box for run in runs], PX_PER_PT)
    same = (part.rendered() == part.rendered(type_objects)).all(axis=2)
    return [run for run in runs if same[part.at(run.box)].size and same[part.at(run.box)].all()]


def _below(page: pypdfium2.PdfPage, runs: dict[int, Run], objects: PageObjects) -> list[Run]:
    """Return the runs that lose the ink of some letters to the shapes drawn over them."""
    if not runs:
        return []
    part = Part(page, [run.box for run in runs.values()], PX_PER_PT)
    type_ = [objects.type_objects[index] for index in runs]
    over = np.any([[*_over(objects, index)] for index in runs], axis=0)
    shapes = [item for item, is_over in zip(objects.shape_objects, over, strict=True) if is_over]
    seen, ink = (
        np.abs(part.rendered(left_out).astype(int) - part.rendered([*left_out, *type_])).sum(axis=2)
        for left_out in ([], shapes)
    )
    both = np.stack((ink - np.minimum(seen, ink), ink), axis=2)
    return [run for run in runs.values() if _has_gap(both[part.at(run.box)].sum(axis=0), run)]


def _has_gap(columns: Ink, run: Run) -> bool:
    """Return whether a run has lost the ink of some letters, from the ink that each column has lost and should have."""
    lost, ink = columns.T
    wide = min(len(ink), max(LETTER_PX, round(run.size_pt * PX_PER_PT)))
    if not ink.any():
        return False
    missing, whole = (np.convolve(each, np.ones(wide), "valid") for each in (lost, ink))
    return bool(((missing > HIDDEN * whole) & (whole > FAINT * ink.mean() * wide)).any())

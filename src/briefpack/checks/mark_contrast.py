"""Check that the marks of charts and maps stand out from what they are drawn over, on the finished page."""

import numpy as np

from briefpack.checks import appearance
from briefpack.checks.findings import Findings, Found, boxes, others, quoted
from briefpack.checks.read import figures
from briefpack.checks.read.figures import Shape
from briefpack.checks.read.finished import Finished

LEAST = 3.0
MOST_POOR, MOST_POOR_OF_PATTERN = 0.5, 0.95
"""The largest share of a shape that may be too close to what is behind it; a pattern is seen by the middle of its lines."""


def mark_contrast(finished: Finished) -> Findings:
    """Find shapes of figures that neither their inside nor their outline sets apart from what they are drawn over."""
    pages = zip(finished.pages, finished.trees, finished.objects, strict=True)
    for number, (page, tree, objects) in enumerate(pages, start=1):
        if tree is None or page.get_rotation():
            continue
        faint = figures.read(page, tree, objects.type_objects, _is_faint)
        yield from _too_faint(number, [(_contrast(shape), shape) for shape in faint])


def _too_faint(page: int, found: list[tuple[float, Shape]]) -> Findings:
    for alt in dict.fromkeys(shape.alt for _, shape in found):
        faint = sorted(((seen, shape) for seen, shape in found if shape.alt == alt), key=lambda each: each[0])
        message = f"a mark of {quoted(alt)} has a contrast of {faint[0][0]:.2f}:1 with what is behind it; it needs {LEAST:g}:1"
        yield Found(page, message + others(len(faint), "mark"), boxes(shape for _, shape in faint))


def _is_faint(shape: Shape) -> bool:
    return _contrast(shape) < LEAST


def _contrast(shape: Shape) -> float:
    """Return the contrast that a shape reaches in enough of its pixels, by its inside or by its outline.

    The colour of a thin line is that of its outline: its pixels are a mixture.
    """
    colours = [colour for colour in (shape.paint.fill, shape.paint.stroke) if colour]
    seen = [appearance.between(shape.shown, shape.behind)]
    seen += [appearance.ratio(colour, shape.behind) for colour in colours]
    poor = MOST_POOR_OF_PATTERN if shape.paint.patterned else MOST_POOR
    return float(np.quantile(np.max(seen, axis=0), poor))

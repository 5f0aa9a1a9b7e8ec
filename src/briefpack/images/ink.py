"""Measure the total ink of a picture in CMYK, pixel by pixel, and keep it within a limit."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from PIL import Image

PER_CENT = 2.55
"""The levels of a channel in one per cent."""
ROWS = 256


def highest(image: Image.Image) -> float:
    """Return the highest total ink of any pixel, in per cent. A grey picture prints in black alone."""
    if image.mode == "L":
        darkest, _ = image.getextrema()
        return (255 - float(darkest if isinstance(darkest, int | float) else 0)) / PER_CENT
    return max(float(part.sum(axis=2, dtype=np.uint16).max()) for part in _strips(image)) / PER_CENT


def limited(image: Image.Image, limit_percent: float) -> Image.Image:
    """Return a picture in CMYK in which no pixel has more ink than the limit.

    Cyan, magenta and yellow lose the same share of each, so that their colour remains; black, which holds the detail of
    the shadows, remains as it is.
    """
    if highest(image) <= limit_percent:
        return image
    planes = np.concatenate([_limited(part, limit_percent * PER_CENT) for part in _strips(image)])
    return Image.merge("CMYK", [Image.fromarray(np.ascontiguousarray(planes[:, :, channel])) for channel in range(4)])


def _strips(image: Image.Image) -> Iterator[npt.NDArray[np.uint8]]:
    samples = np.asarray(image)
    return (samples[at : at + ROWS] for at in range(0, len(samples), ROWS))


def _limited(samples: npt.NDArray[np.uint8], limit: float) -> npt.NDArray[np.uint8]:
    coloured = samples[:, :, :3].sum(axis=2, dtype=np.float32)
    share = np.clip((limit - samples[:, :, 3]) / np.maximum(coloured, 1), 0, 1)
    found = samples.copy()
    found[:, :, :3] = np.floor(samples[:, :, :3] * share[:, :, np.newaxis])
    return found

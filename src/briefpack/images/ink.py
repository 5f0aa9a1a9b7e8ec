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
        return (255 - int(np.asarray(image).min())) / PER_CENT
    return max(int(_totals(part).max()) for part in _strips(image)) / PER_CENT


def limited(image: Image.Image, limit_percent: float) -> Image.Image:
    """Return a picture in CMYK in which no pixel has more ink than the limit.

    Cyan, magenta and yellow lose the same share of each, so that their colour remains; black, which holds the detail of
    the shadows, remains as it is.
    """
    planes = np.concatenate([_limited(part, limit_percent * PER_CENT) for part in _strips(image)])
    return Image.merge("CMYK", [Image.fromarray(np.ascontiguousarray(planes[:, :, channel])) for channel in range(4)])


def _strips(image: Image.Image) -> Iterator[npt.NDArray[np.uint8]]:
    """Yield a few rows of a picture at a time, to keep arrays small."""
    samples = np.asarray(image)
    return (samples[at : at + ROWS] for at in range(0, len(samples), ROWS))


def _totals(samples: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint16]:
    """Return the sum of the inks of each pixel; adding planes is much faster than adding along the last axis."""
    cyan, magenta, yellow, black = (samples[:, :, channel].astype(np.uint16) for channel in range(4))
    return cyan + magenta + yellow + black


def _limited(samples: npt.NDArray[np.uint8], limit: float) -> npt.NDArray[np.uint8]:
    found = samples.copy()
    wet = _totals(samples) > limit
    inks = samples[wet].astype(np.float32)
    black = np.floor(np.minimum(inks[:, 3:], limit))
    share = np.clip((limit - black) / np.maximum(inks[:, :3].sum(axis=1, keepdims=True), 1), 0, 1)
    found[wet] = np.concatenate([np.floor(inks[:, :3] * share), black], axis=1)
    return found

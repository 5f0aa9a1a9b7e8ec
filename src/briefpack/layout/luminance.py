"""Measure how bright colours are to the eye, and their contrast (WCAG 2.2)."""

import numpy as np
import numpy.typing as npt

LINEAR = np.array(
    [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in np.arange(256) / 255],
    dtype=np.float32,
)
"""The linear light of each of the 256 values of a channel (IEC 61966-2-1)."""
LIGHT = np.outer(np.array([0.2126, 0.7152, 0.0722], dtype=np.float32), LINEAR)
"""What each value of red, green and blue adds to the perceived brightness of a colour."""


def channels(*colours: str) -> npt.NDArray[np.uint8]:
    """Return the red, green and blue of colours that are written as a hash sign and six digits."""
    return np.frombuffer(bytes.fromhex("".join(each[1:7] for each in colours)), np.uint8).reshape(-1, 3)


def of(colours: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Return the relative luminance of each colour (WCAG 2.2)."""
    seen: npt.NDArray[np.float32] = LIGHT[0][colours[..., 0]] + LIGHT[1][colours[..., 1]] + LIGHT[2][colours[..., 2]]
    return seen


def contrast(one: npt.NDArray[np.uint8], two: npt.NDArray[np.uint8]) -> npt.NDArray[np.floating]:
    """Return the contrast of each colour with another, or of one with each (WCAG 2.2, 1.4.3)."""
    first, second = of(one), of(two)
    return (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)

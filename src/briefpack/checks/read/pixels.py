"""Read the pixels of the bitmap images in a PDF, as they print."""

import io

import numpy as np
import numpy.typing as npt
import pikepdf
from pikepdf import Name, Object

Samples = npt.NDArray[np.uint8]
FULL = 255
ROWS = 256
"""Rows are added up in strips, since the sums take twice the memory of the samples."""


def most_ink(image: Object) -> float:
    """Return the most ink of any pixel of an image in CMYK or grey, in per cent; 0 if its pixels can't be read."""
    samples = _samples(image)
    if samples is None:
        return 0.0
    if samples.shape[2] == 1:
        return float(FULL - samples.min()) / FULL * 100
    strips = (samples[at : at + ROWS] for at in range(0, len(samples), ROWS))
    return max(float(strip.sum(axis=2, dtype=np.uint16).max()) for strip in strips) / FULL * 100


def _samples(image: Object) -> Samples | None:
    """Return the samples of an image with 8 bits a channel, row by row, with its Decode array applied."""
    found = _jpeg(image) if image.get("/Filter") in (Name.DCTDecode, [Name.DCTDecode]) else _plain(image)
    if found is None or found.shape[2] not in (1, 4):
        return None
    decode = [float(end) for end in image.get("/Decode", ())]
    return FULL - found if decode and decode[0] > decode[1] else found


def _jpeg(image: Object) -> Samples:
    """Return the samples of a JPEG as its file has them."""
    from PIL import Image as Images  # noqa: PLC0415 -- a file without photographs needs no Pillow

    with Images.open(io.BytesIO(image.read_raw_bytes())) as opened:
        samples = np.asarray(opened)
        # Pillow inverts every CMYK JPEG, as Photoshop's need; in a PDF, only the Decode array does.
        turned = opened.mode == "CMYK"
    samples = samples.reshape(*samples.shape[:2], -1)
    return FULL - samples if turned else samples


def _plain(image: Object) -> Samples | None:
    """Return the samples of an image that isn't a JPEG; None for one with other than 8 bits, or in another filter."""
    if int(image.get("/BitsPerComponent", 8)) != 8:
        return None
    try:
        data = image.read_bytes()
    except pikepdf.PdfError:
        return None
    height, width = int(image.Height), int(image.Width)
    channels, rest = divmod(len(data), max(height * width, 1))
    return None if rest or not channels else np.frombuffer(data, np.uint8).reshape(height, width, channels)

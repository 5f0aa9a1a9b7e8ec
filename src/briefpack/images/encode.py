"""Write a picture as the file that WeasyPrint embeds as it is: always the same bytes, and no metadata."""

import io
from dataclasses import dataclass

from PIL import Image

from briefpack.images import conversion

SCREEN_QUALITIES = (82, 76, 70, 64, 58, 50, 42)
"""The JPEG qualities for a screen, best first; the first that makes the file small enough is used."""
GREY_QUALITY = 84
PRESS_QUALITY = 94
FEW_COLOURS = 4096
"""A picture with at most this many colours may be smaller as a PNG."""
ROOM_PERCENT = 4.0
"""The ink to take off at first, for JPEG to add; in the deepest shadows nobody sees it."""
STEP_PERCENT = 1.0
ATTEMPTS = 12


@dataclass(frozen=True)
class Encoded:
    """A file: its bytes, its suffix and its media type."""

    data: bytes
    suffix: str
    media: str


def for_screen(image: Image.Image, most_bytes: int) -> Encoded:
    """Return a picture as a PNG if it is transparent or smaller that way, otherwise as a JPEG small enough."""
    if image.mode in ("LA", "RGBA"):
        return _png(image)
    jpeg = _small_jpeg(image, most_bytes)
    return min([*_pngs(image), jpeg], key=lambda each: len(each.data))


def _small_jpeg(image: Image.Image, most_bytes: int) -> Encoded:
    for quality in SCREEN_QUALITIES:
        found = _jpeg(image, quality)
        if len(found.data) <= most_bytes:
            break
    return found


def in_grey(image: Image.Image) -> Encoded:
    """Return a grey picture as a PNG or a JPEG, the smaller."""
    return min([*_pngs(image), _jpeg(image, GREY_QUALITY)], key=lambda each: len(each.data))


def _pngs(image: Image.Image) -> list[Encoded]:
    """Return a picture as a PNG if it has few colours."""
    return [_png(image)] if image.mode == "L" or image.getcolors(FEW_COLOURS) else []


def in_inks(image: Image.Image, limit_percent: float) -> tuple[Encoded, float]:
    """Return a picture in CMYK, or in grey for black ink alone, as a JPEG, and its highest total ink once decoded.

    Pillow writes CMYK as Photoshop does: inverted, with Adobe's marker. WeasyPrint embeds such a file as it is, and
    inverts it back with a Decode array; it converts every other kind of file to RGB.
    """
    if image.mode == "L":
        encoded = _jpeg(image, PRESS_QUALITY)
        return encoded, conversion.highest(_decoded(encoded))
    # JPEG makes some pixels darker than they were, so the limit is lowered until the decoded picture keeps it.
    allowed = limit_percent - ROOM_PERCENT
    for _ in range(ATTEMPTS):
        encoded = _jpeg(conversion.limited(image, allowed), PRESS_QUALITY)
        found = conversion.highest(_decoded(encoded))
        if found <= limit_percent:
            break
        allowed -= found - limit_percent + STEP_PERCENT
    return encoded, found


def _decoded(encoded: Encoded) -> Image.Image:
    return Image.open(io.BytesIO(encoded.data), formats=["JPEG"])


def _jpeg(image: Image.Image, quality: int) -> Encoded:
    data = io.BytesIO()
    # Press pictures keep all of their colour; on a screen half the colour each way is enough.
    subsampling = "4:4:4" if quality == PRESS_QUALITY else "4:2:0"
    image.save(data, format="JPEG", quality=quality, optimize=True, subsampling=subsampling)
    return Encoded(data.getvalue(), ".jpg", "image/jpeg")


def _png(image: Image.Image) -> Encoded:
    data = io.BytesIO()
    image.save(data, format="PNG")
    return Encoded(data.getvalue(), ".png", "image/png")

"""Convert the colours of an image for an edition: to RGB for screens, to grey, or to printing inks."""

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from briefpack.images import profiles
from briefpack.images.pixels import Pixels
from briefpack.images.place import Ink
from briefpack.layout import luminance
from briefpack.layout.luminance import LINEAR

BETWEEN = (LINEAR[1:] + LINEAR[:-1]) / 2
"""The luminances half way between one grey and the next."""
ROWS = 256


def to_rgb(pixels: Pixels, assumed: Path | None) -> Image.Image:
    """Return an image in sRGB, or grey if it is grey; CMYK without a profile is taken to have `assumed`."""
    image, source = pixels.image, _source(pixels, assumed)
    if source is None:
        return image if image.mode == "L" else image.convert("RGB")
    converted = profiles.convert(image, source, profiles.SRGB, "RGB")
    return converted.getchannel("G") if image.mode == "L" else converted


def _source(pixels: Pixels, assumed: Path | None) -> profiles.Profile | None:
    """Return the profile of an image's colours; None for sRGB, and for CMYK without a known profile."""
    if pixels.profile:
        return pixels.profile
    if pixels.image.mode == "LAB":
        return profiles.LAB
    return profiles.read(assumed) if pixels.image.mode == "CMYK" and assumed else None


def to_grey(pixels: Pixels, assumed: Path | None) -> Image.Image:
    """Return an image in grey: each colour becomes the grey that is as bright to the eye."""
    image = to_rgb(pixels, assumed)
    if image.mode == "L":
        return image
    # A few rows at a time, to keep arrays small.
    return Image.fromarray(np.concatenate([_grey(part) for part in _strips(image)]))


def _grey(samples: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.searchsorted(BETWEEN, luminance.of(samples)).astype(np.uint8)


def to_inks(pixels: Pixels, profile: Path) -> Image.Image:
    """Return an image in the inks of a press; a grey image in black alone, as a grey picture of black's complement.

    CMYK without a profile, or with the press's own, is kept as it is: its author separated it.
    """
    image, press = pixels.image, profiles.read(profile)
    if image.mode == "L":
        return to_rgb(pixels, None).point(_black_tones(press))
    if image.mode == "CMYK" and pixels.profile in (None, press):
        return image
    return profiles.convert(image, _source(pixels, None) or profiles.SRGB, press, "CMYK")


def in_four_inks(image: Image.Image) -> Image.Image:
    """Return a picture in CMYK; a grey picture has black ink alone."""
    if image.mode == "CMYK":
        return image
    none = Image.new("L", image.size)
    return Image.merge("CMYK", (none, none, none, image.point(list(range(255, -1, -1)))))


@functools.lru_cache(maxsize=4)
def _black_tones(press: bytes) -> list[int]:
    """Return the grey that prints each grey of a screen with black ink alone: equally bright, from paper to full black.

    The brightness of each tint of black comes from the profile of the press, so that its dot gain counts.
    """
    none, tints = Image.new("L", (256, 1)), Image.fromarray(np.arange(256, dtype=np.uint8)[np.newaxis])
    printed = profiles.convert(Image.merge("CMYK", (none, none, none, tints)), press, profiles.LAB, "LAB")
    rising = np.maximum.accumulate(_of_lightness(np.asarray(printed)[0, :, 0])[::-1])
    wanted = rising[0] + (1 - rising[0]) * LINEAR
    return [round(tone) for tone in np.interp(wanted, rising, np.arange(256)).tolist()]


def _of_lightness(lightness: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Return the luminance of each CIE lightness, given in 255ths, as a share of white's luminance."""
    root = (lightness / 2.55 + 16) / 116
    return np.where(lightness / 2.55 > 8, root**3, lightness / 2.55 / 903.3)


def grey(colour: str) -> str:
    """Return the grey that is as bright to the eye as a colour; both have the form of a hash sign and six digits."""
    (level,) = _grey(luminance.channels(colour)).tolist()
    return f"#{level:02X}{level:02X}{level:02X}"


def inks(colours: Iterable[str], profile: Path, limit_percent: float) -> dict[str, Ink]:
    """Return the inks of each colour on a press, within its total ink limit; greys are tints of black."""
    wanted = list(dict.fromkeys(colours))
    return {colour: _ink(colour, profile, limit_percent) for colour in wanted}


def _ink(colour: str, profile: Path, limit_percent: float) -> Ink:
    red, green, blue = luminance.channels(colour)[0].tolist()
    if red == green == blue:
        return 0, 0, 0, round(100 - _black_tones(profiles.read(profile))[red] / 2.55)
    separated = to_inks(Pixels(Image.new("RGB", (1, 1), (red, green, blue))), profile)
    (found,) = np.asarray(limited(separated, limit_percent))[0].tolist()
    # Rounding down keeps the sum of the four below the limit.
    cyan, magenta, yellow, black = (
        int(share / 2.55) if sum(found) / 2.55 > limit_percent - 2 else round(share / 2.55) for share in found
    )
    return cyan, magenta, yellow, black


PER_CENT = 2.55
"""The levels of a channel in one per cent."""


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

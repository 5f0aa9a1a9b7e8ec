"""Call Pillow so that a damaged file is a problem: never a crash, a warning on the terminal, or half a picture."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from briefpack.problem import Problem, Problems

READERS = {
    "JPEG": JpegImagePlugin.JpegImageFile.format,
    "PNG": PngImagePlugin.PngImageFile.format,
    "TIFF": TiffImagePlugin.TiffImageFile.format,
    "WebP": WebPImagePlugin.WebPImageFile.format,
}
"""The name that Pillow gives each format. Importing the plugins here keeps Pillow from loading all the others."""

MOST_PIXELS = 120_000_000
"""The largest image: a camera with a medium-format sensor has 102 megapixels; decoded, these take half a gigabyte."""
TOO_LARGE = f"it has more than {MOST_PIXELS // 1_000_000} megapixels"
SMALLER = "export it smaller; a full page at 300 dpi has 9 megapixels"


@contextmanager
def guarded(shown: str) -> Iterator[None]:
    """Raise Problems, located at `shown`, for anything that Pillow raises about a file in the block."""
    # WeasyPrint asks Pillow to fill in what a truncated file lacks; here, that is a problem.
    filled_in, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Problems:
        raise
    except (Image.DecompressionBombError, MemoryError) as error:
        raise Problems([Problem(shown, None, TOO_LARGE, SMALLER)]) from error
    except Exception as error:  # Pillow's readers raise anything: OSError, SyntaxError, struct.error, ...
        message = "it is damaged or incomplete"
        raise Problems([Problem(shown, None, message, "copy it again from its source, or export it again")]) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = filled_in


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep off the terminal what libtiff writes to the process's standard error about a damaged file."""
    try:
        terminal = os.dup(2)
    except OSError:  # there is none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)
        os.close(nowhere)


@contextmanager
def opened(path: Path, shown: str, file_format: str) -> Iterator[Image.Image]:
    """Open an image of a known format; its pixels are read later. Raises Problems for whatever is wrong with it."""
    quiet = _silenced() if file_format == "TIFF" else nullcontext()
    # Given a path, Pillow maps an uncompressed TIFF into memory, and mixes up the sides of one that is on its side.
    reader = READERS[file_format] or ""
    with guarded(shown), quiet, path.open("rb") as file, Image.open(file, formats=[reader]) as image:
        yield image

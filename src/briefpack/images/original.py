"""Read an image file and judge it: its place, its format, its size, and whether it decodes to its end."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefpack import store
from briefpack.images import formats
from briefpack.problem import Problem, Problems, nearest
from briefpack.project import leads_out

MOST_BYTES = 500_000_000
"""The largest file: 60 megapixels of 16-bit RGB, not compressed, have 360 MB."""
MOST_SLENDER = 50
"""The most times that one side may be as long as the other."""


@dataclass(frozen=True)
class Original:
    """An image file that has been judged: its format, its size once upright, and the hash of its bytes.

    A drawing's width and height are in its own units; only their proportion matters.
    """

    path: Path
    shown: str
    format: str
    width: float
    height: float
    digest: str

    @property
    def drawing(self) -> bool:
        """Return whether it is an SVG, which has no pixels."""
        return self.format == "SVG"


def read(path: Path, shown: str, folder: Path | None = None) -> Original:
    """Return an image file, judged; neither its path nor a link may leave `folder`, by default the file's own.

    Raises Problems, located at `shown`, if the file is missing, isn't an image that briefpack reads, or is unsound. It
    decodes the whole file, which takes up to a second.
    """
    for message, hint in _misplaced(path, folder or path.parent):
        raise Problems([Problem(shown, None, message, hint)])
    found = _format(path, shown)
    digest = store.file_key(path)
    width, height = _size(path, shown, found)
    if max(width, height) > MOST_SLENDER * min(width, height):
        message = f"it is {width:g} by {height:g}: one side is more than {MOST_SLENDER} times the other"
        raise Problems([Problem(shown, None, message, "crop it to the part that shows something")])
    return Original(path, shown, found, width, height, digest)


def _size(path: Path, shown: str, found: str) -> tuple[float, float]:
    """Return the width and height of a sound file. Raises Problems if it is unsound."""
    from briefpack.images import drawing, pixels  # noqa: PLC0415 -- a verdict that is remembered needs no Pillow

    if found == "SVG":
        svg = drawing.sanitised(path.read_bytes(), shown)
        drawing.check_drawn(svg, shown)
        return drawing.size(svg)
    return pixels.judged(path, shown, found)


def _misplaced(path: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what is wrong if there is no ordinary file of a sensible size at a path, and a hint."""
    name = os.path.relpath(path, folder)
    if "\0" in str(path):
        yield "a file's name can't contain a NUL", "rename the file"
    elif leads_out(folder, name):
        yield "it leads out of its folder", "replace the link with a copy of its target"
    else:
        yield from _unusable(path)


def _unusable(path: Path) -> Iterator[tuple[str, str]]:
    try:
        status = path.stat()
    except OSError:
        yield f'there is no file "{path.name}"', _alike(path) or "copy the image there"
        return
    if stat.S_ISDIR(status.st_mode):
        yield "it is a folder, not an image", "name a file in it"
    elif not stat.S_ISREG(status.st_mode):
        yield "it is a device or a pipe, not a file", "replace it with an image file"
    elif not status.st_size:
        yield "the file is empty", "copy the image again from its source"
    elif status.st_size > MOST_BYTES:
        size = f"{status.st_size / 1_000_000:,.0f} MB"
        yield f"it is {size}; the limit is {MOST_BYTES // 1_000_000} MB", "export it as JPEG"


def _alike(path: Path) -> str:
    """Return the names in the same folder that resemble a missing file's."""
    try:
        return nearest(path.name, [each.name for each in path.parent.iterdir()])
    except OSError:
        return ""


def _format(path: Path, shown: str) -> str:
    """Return the format of a file. Raises Problems if it isn't supported or isn't the one that its extension names."""
    try:
        with path.open("rb") as file:
            head = file.read(formats.HEAD)
    except OSError as error:
        message = f"it can't be read ({error.strerror})"
        raise Problems([Problem(shown, None, message, "check the permissions of the file")]) from error
    found = formats.of(head)
    if found is None or not found.supported:
        message = f"it is {formats.article(found.name)}, which briefpack doesn't read" if found else "it isn't an image"
        raise Problems([Problem(shown, None, message, found.hint if found else formats.EXPORT)])
    if path.suffix.lower() not in formats.EXTENSIONS[found.name]:
        ending = f"its name ends in {path.suffix}" if path.suffix else "its name has no extension"
        hint = f"rename it to {path.stem}{formats.EXTENSIONS[found.name][0]}"
        raise Problems([Problem(shown, None, f"it is {formats.article(found.name)}, but {ending}", hint)])
    return found.name

"""Read an image file and judge it: its place, its format, its size, and whether it decodes to its end."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefpack import store
from briefpack.problem import one_problem, or_nearest
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
        raise one_problem(shown, None, message, hint)
    found = _format(path, shown)
    digest = store.file_key(path)
    width, height = _size(path, shown, found)
    if max(width, height) > MOST_SLENDER * min(width, height):
        message = f"it is {width:g} by {height:g}: one side is more than {MOST_SLENDER} times the other"
        raise one_problem(shown, None, message, "crop it to the part that shows something")
    return Original(path, shown, found, width, height, digest)


def _size(path: Path, shown: str, found: str) -> tuple[float, float]:
    """Return the width and height of a sound file. Raises Problems if it is unsound."""
    from briefpack.images import drawing, pixels  # noqa: PLC0415 -- a verdict that is remembered needs no Pillow

    if found == "SVG":
        return drawing.size(drawing.sanitised(path.read_bytes(), shown))
    return pixels.judged(path, shown, found)


def _misplaced(path: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield a message and a hint if there is no ordinary file of a sensible size at a path."""
    name = os.path.relpath(path, folder)
    if "\0" in str(path):
        yield "a file's name can't contain a NUL", "rename the file"
    elif leads_out(folder, name):
        yield "it leads out of its folder", "replace the link with a copy of its target"
    else:
        yield from _unusable(path, name, folder)


def _unusable(path: Path, name: str, folder: Path) -> Iterator[tuple[str, str]]:
    try:
        status = path.stat()
    except OSError:
        beside = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        hint = or_nearest(f"put the file into {folder.name}/", path.name, beside)
        if name == f"{folder.name}/{path.name}" and (folder / path.name).is_file():
            hint = f"{path.name}, which is in {folder.name}/ already"
        yield f'there is no file "{name}"', hint
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


def _format(path: Path, shown: str) -> str:
    """Return the format of a file. Raises Problems if it isn't supported or doesn't match the file's extension."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        message = f"it can't be read ({error.strerror})"
        raise one_problem(shown, None, message, "check the permissions of the file") from error
    found = _format_of(head)
    if found not in EXTENSIONS:
        message = f"it is {_article(found)}, which briefpack doesn't read" if found else "it isn't an image"
        raise one_problem(shown, None, message, EXPORT)
    if path.suffix.lower() not in EXTENSIONS[found]:
        ending = f"its name ends in {path.suffix}" if path.suffix else "its name has no extension"
        hint = f"rename it to {path.stem}{EXTENSIONS[found][0]}"
        raise one_problem(shown, None, f"it is {_article(found)}, but {ending}", hint)
    return found


HEAD = 1024
"""The number of bytes that tell a format."""

EXTENSIONS: Mapping[str, tuple[str, ...]] = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "TIFF": (".tif", ".tiff"),
    "WebP": (".webp",),
    "SVG": (".svg",),
}
"""The formats that briefpack reads, and the extensions of each; the first is the usual one."""

EXPORT = "export it as JPEG, PNG, TIFF, WebP or SVG"


# A brand of the ISO base media file format, from the ninth byte on, names the kind of HEIF file.
KINDS = (
    (rb"\xff\xd8\xff", "JPEG"),
    (rb"\x89PNG\r\n\x1a\n", "PNG"),
    (rb"II[*+]\x00|MM\x00[*+]", "TIFF"),
    (rb"RIFF....WEBP", "WebP"),
    (rb"GIF8[79]a", "GIF"),
    (rb"....ftypavi[fs]", "AVIF"),
    (rb"....ftyp(?:hei|hev|mif|msf)", "HEIC"),
    (rb"....ftyp", "video"),
    (rb"%PDF-", "PDF"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "EPS"),
    (rb"8BPS", "Photoshop document"),
    (rb"BM....\x00\x00\x00\x00", "BMP"),
    (rb"PK\x03\x04", "ZIP archive"),
)
"""The first bytes of a file in each format."""

MARKUP = re.compile(rb"\s*<")
HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)", re.IGNORECASE | re.DOTALL)
WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""The marks at the start of text in two bytes a letter."""


def _format_of(head: bytes) -> str:
    """Return the format of a file that begins with these bytes; empty if it is unknown."""
    for start, found in KINDS:
        if re.match(start, head, re.DOTALL):
            return found
    text = _plain(head)
    if HTML.match(text):
        return "web page"
    return "SVG" if MARKUP.match(text) else ""


def _plain(head: bytes) -> bytes:
    """Return the start of a text in ASCII or UTF-8, without a byte order mark."""
    if head[:2] in WIDE:
        return head[2:].decode(WIDE[head[:2]], errors="ignore").encode(errors="ignore")
    return head.removeprefix(b"\xef\xbb\xbf")


def _article(name: str) -> str:
    """Return a format's name with its article: a JPEG, an SVG."""
    return f"{'an' if name in AN else 'a'} {name}"


AN = frozenset({"SVG", "EPS", "AVIF"})

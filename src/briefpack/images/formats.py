"""Tell the format of a file from its first bytes, whatever its name says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
PHOTO = "export it as JPEG"
DRAWING = "export it as SVG, or as PNG"


@dataclass(frozen=True)
class Format:
    """The format of a file: its name, and what to do with a file in it if briefpack doesn't read it."""

    name: str
    hint: str = ""

    @property
    def supported(self) -> bool:
        """Return whether briefpack reads it."""
        return self.name in EXTENSIONS


# A brand of the ISO base media file format, from the ninth byte on, names the kind of HEIF file.
KINDS = (
    (rb"\xff\xd8\xff", Format("JPEG")),
    (rb"\x89PNG\r\n\x1a\n", Format("PNG")),
    (rb"II[*+]\x00|MM\x00[*+]", Format("TIFF")),
    (rb"RIFF....WEBP", Format("WebP")),
    (rb"GIF8[79]a", Format("GIF", "export it as PNG")),
    (rb"....ftypavi[fs]", Format("AVIF", PHOTO)),
    (rb"....ftyp(?:hei|hev|mif|msf)", Format("HEIC", PHOTO)),
    (rb"....ftyp", Format("video", "save one picture of it as JPEG")),
    (rb"%PDF-", Format("PDF", DRAWING)),
    (rb"%!PS|\xc5\xd0\xd3\xc6", Format("EPS", DRAWING)),
    (rb"8BPS", Format("Photoshop document", "export it as PNG or TIFF")),
    (rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51", Format("JPEG 2000", PHOTO)),
    (rb"BM....\x00\x00\x00\x00", Format("BMP", "export it as PNG")),
    (rb"\x00\x00[\x01\x02]\x00", Format("Windows icon", "export it as PNG")),
    (rb"\x1f\x8b", Format("compressed file", "if it is an SVGZ drawing, export it as plain SVG")),
    (rb"PK\x03\x04", Format("ZIP archive", "unpack it and use the image inside")),
)
"""The first bytes of a file in each format."""

MARKUP = re.compile(rb"\s*<")
HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)", re.IGNORECASE | re.DOTALL)
WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""The marks at the start of text in two bytes a letter."""


def of(head: bytes) -> Format | None:
    """Return the format of a file that begins with these bytes; None if it is unknown."""
    for start, found in KINDS:
        if re.match(start, head, re.DOTALL):
            return found
    text = _plain(head)
    if HTML.match(text):
        return Format("web page", "save the image itself, not the page that shows it")
    return Format("SVG") if MARKUP.match(text) else None


def _plain(head: bytes) -> bytes:
    """Return the start of a text in ASCII or UTF-8, without a byte order mark."""
    if head[:2] in WIDE:
        return head[2:].decode(WIDE[head[:2]], errors="ignore").encode(errors="ignore")
    return head.removeprefix(b"\xef\xbb\xbf")


def article(name: str) -> str:
    """Return a format's name with its article: a JPEG, an SVG."""
    return f"{'an' if name in AN else 'a'} {name}"


AN = frozenset({"SVG", "EPS", "AVIF"})

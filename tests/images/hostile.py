"""Files that no author means to use, or that somebody made to do harm; each is small, and made when it is asked for."""

import functools
import io
import os
import struct
import zlib

import numpy as np
from PIL import Image, PngImagePlugin

from images import drawn

SPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
PLAIN = '<path d="M0 0h9v9z"/>'


def svg(content=PLAIN, before="", attributes=""):
    return f'{before}\n<svg {SPACE} viewBox="0 0 9 9" {attributes}>\n{content}\n</svg>'.encode()


def jpeg(**options):
    return saved(photograph(), "JPEG", **options)


@functools.cache
def png():
    return saved(photograph(), "PNG")


@functools.cache
def photograph():
    """Return an image with detail everywhere, so that every part of its file matters."""
    return Image.fromarray(np.random.default_rng(7).normal(128, 60, (150, 200, 3)).clip(0, 255).astype(np.uint8))


def saved(image, file_format, **options):
    data = io.BytesIO()
    image.save(data, format=file_format, **options)
    return data.getvalue()


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_with(*chunks, width=200, height=150):
    """Return a PNG with other chunks after its header, and perhaps another size in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return png()[:8] + chunk(b"IHDR", header) + b"".join(chunks) + png()[33:]


def bomb(size):
    """Return many zeros, compressed."""
    return zlib.compress(bytes(size), 9)


def text_bomb():
    return png_with(chunk(b"iTXt", b"words\0\1\0\0\0" + bomb(80_000_000)))


def profile_bomb():
    return png_with(chunk(b"iCCP", b"profile\0\0" + bomb(80_000_000)))


def scans():
    """Return a progressive JPEG with its last scan repeated a thousand times."""
    data = jpeg(progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 1000 + data[-2:]


def tiff_loop():
    """Return a TIFF whose list of pages begins again at its end."""
    data = bytearray(saved(photograph(), "TIFF"))
    (first,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, first)
    struct.pack_into("<I", data, first + 2 + 12 * count, first)
    return bytes(data)


def changed_tiff():
    """Return a compressed TIFF with changed bytes, about which libtiff itself complains."""
    data = saved(photograph(), "TIFF", compression="tiff_adobe_deflate")
    return data[:400] + b"\xff" * 400 + data[800:]


def frames(file_format):
    one, other = photograph(), photograph().rotate(180)
    return saved(one, file_format, save_all=True, append_images=[other])


def with_profile(profile):
    return jpeg(icc_profile=profile)


def laughs():
    """Return the billion laughs: ten entities, each ten times the one before."""
    lines = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    return svg("<path d='&a9;'/>", f"<!DOCTYPE svg [{''.join(lines)}]>")


def many_digits():
    return f'<svg {SPACE} width="{"1" * 900_000}x" height="1"/>'.encode()


def chain(length):
    """Return a drawing in which each group shows the next twice."""
    groups = (f'<g id="g{n}"><use href="#g{n + 1}"/><use href="#g{n + 1}"/></g>' for n in range(length))
    return svg(f'{"".join(groups)}<g id="g{length}">{PLAIN}</g>')


DAMAGED = "damaged or incomplete"
REFUSED = {
    # Damage
    "empty.jpg": (lambda: b"", "the file is empty"),
    "words.jpg": (lambda: b"This is a picture.", "it isn't an image"),
    "half.jpg": (lambda: jpeg()[: len(jpeg()) // 2], DAMAGED),
    "half-progressive.jpg": (lambda: jpeg(progressive=True)[: len(jpeg(progressive=True)) // 2], DAMAGED),
    "changed.png": (lambda: png()[:200] + bytes(64) + png()[264:], DAMAGED),
    "half-packed.tif": (lambda: saved(photograph(), "TIFF", compression="tiff_lzw")[:40_000], DAMAGED),
    "changed.tif": (changed_tiff, DAMAGED),
    "half.svg": (lambda: svg()[:-20], "it isn't well-formed XML"),
    "profile.jpg": (lambda: with_profile(drawn.wide()[:200]), "its colour profile is damaged"),
    "other-profile.jpg": (lambda: with_profile(drawn.FOGRA39.read_bytes()), "or isn't for its colours"),
    # Size
    "flat.png": (lambda: png_with(width=0), DAMAGED),
    "huge.png": (lambda: png_with(width=60_000, height=60_000), "more than 120 megapixels"),
    "line.png": (lambda: saved(Image.new("L", (2000, 3)), "PNG"), "one side is more than 50 times the other"),
    "text-bomb.png": (text_bomb, DAMAGED),
    "profile-bomb.png": (profile_bomb, DAMAGED),
    "scans.jpg": (scans, "more than 100 scans"),
    "path.svg": (lambda: svg(f'<path d="M0 0{"h1v1" * 2_500_000}"/>'), "the drawing is 10.0 MB"),
    "nested.svg": (lambda: svg("<g>" * 500 + "</g>" * 500), "more than 60 elements within each other"),
    "uses.svg": (lambda: chain(15), "more than 20,000 parts"),
    "long-uses.svg": (lambda: chain(3000), "more than 20,000 parts"),
    "brackets.svg": (lambda: svg(f'<path style="fill:{"(" * 20_000}"/>'), "too many brackets"),
    "styles.svg": (lambda: svg(f'<path style="{"fill:red;" * 60_000}"/>'), "more than 500,000 letters"),
    "digits.svg": (many_digits, "its size is unknown"),
    "sizeless.svg": (f"<svg {SPACE}>{PLAIN}</svg>".encode, "its size is unknown"),
    # Something else
    "photo.png": (jpeg, "it is a JPEG, but its name ends in .png"),
    "photo": (jpeg, "it is a JPEG, but its name has no extension"),
    "photo.jpg": (png, "it is a PNG, but its name ends in .jpg"),
    "drawing.png": (svg, "it is an SVG, but its name ends in .png"),
    "picture.gif": (lambda: saved(photograph(), "GIF"), "it is a GIF, which briefpack doesn't read"),
    "iphone.heic": (lambda: bytes(4) + b"ftypheic" + bytes(90), "it is a HEIC, which briefpack doesn't read"),
    "vector.jpg": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", "it is an EPS, which briefpack doesn't read"),
    "page.svg": (lambda: b"<!DOCTYPE html><html><script>alert(1)</script></html>", "it is a web page"),
    "packed.svg": (lambda: b"\x1f\x8b" + bytes(90), "it isn't an image"),
    "feed.svg": (lambda: b'<?xml version="1.0"?><rss></rss>', "it isn't an SVG drawing"),
    "archive.png": (lambda: b"PK\x03\x04" + bytes(90), "it is a ZIP archive"),
    "animated.png": (lambda: frames("PNG"), "it is animated"),
    "pages.tif": (lambda: frames("TIFF"), "it has 2 pages"),
    "float.tif": (lambda: saved(Image.new("F", (9, 9)), "TIFF"), "more than 16 bits a channel"),
    # Drawings that run, load or move
    "script.svg": (lambda: svg("<script>alert(1)</script>"), "a drawing can't contain a script"),
    "event.svg": (lambda: svg('<path onclick="alert(1)"/>'), "a drawing can't contain a script"),
    "link.svg": (lambda: svg('<a href="java&#10;script:alert(1)"><path/></a>'), "a drawing can't contain a script"),
    "foreign.svg": (lambda: svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'), "address"),
    "laughs.svg": (laughs, "it declares entities"),
    "file.svg": (
        lambda: svg("<path d='&x;'/>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "it declares entities",
    ),
    "use.svg": (lambda: svg('<use xlink:href="https://evil.example/x.svg#a"/>'), "can't load anything"),
    "image.svg": (lambda: svg('<image href="https://evil.example/x.png"/>'), "can't contain a photograph"),
    "escaped.svg": (lambda: svg(r'<path clip-path="u\72l(\68ttps://evil.example/x#a)"/>'), "can't load anything"),
    "import.svg": (lambda: svg('<style>@import "https://evil.example/x.css";</style>'), "can't load anything"),
    "instruction.svg": (
        lambda: svg(before='<?xml-stylesheet href="https://evil.example/x.css"?>'),
        "can't load anything",
    ),
    "animate.svg": (lambda: svg('<path><animate attributeName="d" to="M0 0"/></path>'), "can't move"),
    "text.svg": (lambda: svg("<text>Name</text>"), "it contains live text"),
    "filter.svg": (lambda: svg('<filter id="a"><feTurbulence/></filter>'), "its filter can't be printed"),
    "colour.svg": (lambda: svg('<path fill="brand-red"/>'), 'the colour "brand-red" is unknown'),
    "encoding.svg": (lambda: b'<?xml version="1.0" encoding="x-nothing"?>' + svg(), "its text encoding is unknown"),
}
"""The files that are refused, by name: how each is made, and words of its problem."""

EVIL = b"evil.example"
CLEAN = {
    "gps.jpg": lambda: jpeg(exif=drawn.exif(6), comment=b"SECRET"),
    "gps.png": lambda: saved(photograph(), "PNG", exif=drawn.exif()),
    "gps.webp": lambda: saved(photograph(), "WEBP", exif=drawn.exif(), xmp=b"<x>SECRET</x>"),
    "words.png": lambda: saved(photograph(), "PNG", pnginfo=words()),
    "broken-exif.jpg": lambda: jpeg(exif=b"Exif\0\0II*\0SECRET" + b"\xff" * 40),
    "and-archive.jpg": lambda: jpeg() + b"PK\x03\x04SECRET",
    "and-script.png": lambda: png() + b"<script>SECRET</script>",
    "hidden.png": lambda: saved(hidden(), "PNG"),
    "loop.tif": tiff_loop,
    "metadata.svg": lambda: svg(
        "<metadata><author>SECRET</author></metadata><title>SECRET</title><desc>SECRET</desc><!-- SECRET -->"
        '<x:view xmlns:x="https://evil.example/SECRET" x:name="SECRET"><x:text/></x:view>' + PLAIN,
        '<?app SECRET?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "https://evil.example/svg11.dtd">',
        'xml:base="https://evil.example/" data-owner="SECRET"',
    ),
    "link-out.svg": lambda: svg(f'<a href="https://evil.example/">{PLAIN}</a>'),
    "wide.svg": lambda: svg().decode().encode("utf-16"),
    "face.svg": lambda: svg("<style>@font-face{src:url(https://evil.example/x)} path{fill:red}</style>" + PLAIN),
}
"""The files that are accepted, by name, of which nothing but the picture may remain."""


def words():
    found = PngImagePlugin.PngInfo()
    found.add_text("Author", "SECRET")
    found.add_itxt("XML:com.adobe.xmp", "<x>SECRET</x>")
    return found


def hidden():
    """Return an image in which a patch is transparent, though its colour is still there."""
    image = photograph().convert("RGBA")
    image.paste((1, 2, 3, 0), (0, 0, 100, 150))
    return image


def write(folder, name):
    """Write one of the files, and return its path."""
    made = REFUSED[name][0] if name in REFUSED else CLEAN[name]
    path = folder / name
    path.write_bytes(made())
    return path


def misplaced(folder):
    """Yield paths at which there is no file to read, and words of the problem of each."""
    (folder / "images").mkdir()
    (folder / "secret.jpg").write_bytes(jpeg())
    (folder / "images/folder.jpg").mkdir()
    (folder / "images/out.jpg").symlink_to(folder / "secret.jpg")
    (folder / "images/circle.jpg").symlink_to(folder / "images/circle.jpg")
    (folder / "images/device.jpg").symlink_to("/dev/zero")
    os.mkfifo(folder / "images/pipe.jpg")
    (folder / "images/street.jpg").write_bytes(jpeg())
    yield "folder.jpg", "it is a folder, not an image"
    yield "out.jpg", "it leads out of its folder"
    yield "../secret.jpg", "it leads out of its folder"
    yield "device.jpg", "it leads out of its folder"
    yield "circle.jpg", 'there is no file "circle.jpg"'
    yield "pipe.jpg", "it is a device or a pipe, not a file"
    yield "stret.jpg", 'there is no file "stret.jpg"'
    yield "a\0b.jpg", "a file's name can't contain a NUL"
    yield "a" * 300 + ".jpg", "there is no file"

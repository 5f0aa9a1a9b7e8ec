"""Images drawn for the tests: six patches in known colours, written in every format, mode and orientation."""

import io
import struct

import numpy as np
from PIL import Image, ImageCms

from projects import REPOSITORY

FOGRA39 = REPOSITORY / "layouts/shared/profiles/fogra39-coated.icc"
SIZE = (120, 80)
PATCHES = {
    "red": (200, 60, 50),
    "green": (60, 150, 80),
    "white": (255, 255, 255),
    "blue": (70, 100, 170),
    "grey": (128, 128, 128),
    "black": (0, 0, 0),
}
"""The colours of the patches: three above, three below."""
SIDE = 40
PLACES = {name: (at % 3 * SIDE, at // 3 * SIDE) for at, name in enumerate(PATCHES)}
"""The left and top of each patch."""
SIDEWAYS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera turns an upright image to store it in each orientation."""
GPS = 0x8825


def upright():
    """Return the patches in RGB."""
    image = Image.new("RGB", SIZE)
    for name, (left, top) in PLACES.items():
        image.paste(PATCHES[name], (left, top, left + SIDE, top + SIDE))
    return image


def stored(image, orientation):
    turn = SIDEWAYS[orientation]
    return image if turn is None else image.transpose(turn)


def exif(orientation=1):
    """Return metadata with an orientation, an author and a place."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x013B] = "SECRET author"
    found.get_ifd(GPS).update({1: "S", 2: (33.0, 52.0, 4.0), 3: "E", 4: (151.0, 12.0, 36.0), 29: "SECRET date"})
    return found


def wide():
    """Return a profile whose red, green and blue are much stronger than those of sRGB (Adobe RGB's, with gamma 2.2)."""
    tags = {b"rXYZ": xyz(WIDE[0]), b"gXYZ": xyz(WIDE[1]), b"bXYZ": xyz(WIDE[2]), b"wtpt": xyz(D50)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), GAMMA)
    return profile(b"RGB ", tags)


def dark():
    """Return a grey profile with a linear curve: half of its range is much lighter than half of sRGB's."""
    return profile(b"GRAY", {b"wtpt": xyz(D50), b"kTRC": b"curv" + bytes(8)})


WIDE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
D50 = (0.9642, 1.0, 0.8249)
GAMMA = b"curv" + bytes(4) + struct.pack(">IH2x", 1, round(2.2 * 256))


def xyz(values):
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))


def profile(space, tags):
    """Return an ICC profile, version 2.4, of a screen."""
    tags = {
        **tags,
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(79),
        b"cprt": b"text" + bytes(8),
    }
    table, data = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        table += struct.pack(">4sII", name, 128 + 4 + 12 * len(tags) + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    size = 128 + len(table) + len(data)
    header = struct.pack(">I4sI4s4s4s12s4s", size, bytes(4), 0x02400000, b"mntr", space, b"XYZ ", bytes(12), b"acsp")
    header += bytes(28) + struct.pack(">3i", *(round(value * 65536) for value in D50))
    return header.ljust(128, b"\0") + table + data


def separated(image):
    """Return an image in the inks of coated paper."""
    return converted(image, str(FOGRA39), "CMYK")


def in_lab(image):
    return converted(image, ImageCms.createProfile("LAB"), "LAB")


def converted(image, profile, mode):
    """Return an image converted from sRGB, without the profile that Pillow would save with it."""
    srgb = ImageCms.createProfile("sRGB")
    found = ImageCms.profileToProfile(image, srgb, profile, ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode=mode)
    found.info.clear()
    return found


def in_16_bits(image):
    return Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)


def in_space(image, space):
    """Return an image in a colour space, and the profile that belongs to it."""
    if space in ("RGB", "L"):
        return image.convert(space), None
    return {
        "1": lambda: (image.convert("L").point([0] * 100 + [255] * 156).convert("1"), None),
        "P": lambda: (image.quantize(16), None),
        "RGB wide": lambda: (image, wide()),
        "L linear": lambda: (image.convert("L"), dark()),
        "CMYK": lambda: (separated(image), None),
        "CMYK profile": lambda: (separated(image), FOGRA39.read_bytes()),
        "LAB": lambda: (in_lab(image), None),
        "16 bits": lambda: (in_16_bits(image), None),
    }[space]()


def with_hole(image):
    """Return an image with transparency: the bottom half of each patch is clear."""
    alpha = Image.new("L", image.size, 255)
    for top in (SIDE // 2, SIDE + SIDE // 2):
        alpha.paste(0, (0, top, image.width, top + SIDE // 2))
    made = image.convert("LA" if image.mode in ("L", "LA") else "RGBA")
    made.putalpha(alpha)
    return made


def encoded(image, file_format, orientation=1, icc=None):
    """Return an image as a file with all the metadata that its format can have."""
    data = io.BytesIO()
    options = {"exif": exif(orientation), "icc_profile": icc}
    if file_format == "TIFF":
        options = {"icc_profile": icc, "tiffinfo": {274: orientation, 315: "SECRET author", 270: "SECRET words"}}
    elif file_format == "WebP":
        options |= {"lossless": True, "xmp": b"<x>SECRET</x>"}
    elif file_format == "JPEG":
        options |= {"quality": 98, "subsampling": 0, "comment": b"SECRET comment", "xmp": b"<x>SECRET</x>"}
    image.save(data, format=file_format.upper(), **{name: value for name, value in options.items() if value})
    return data.getvalue()

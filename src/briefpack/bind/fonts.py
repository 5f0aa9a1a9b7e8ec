"""Unite the subsets of each font face, so that a document embeds a face once.

WeasyPrint subsets fonts piece by piece. The glyphs that a piece's text refers to keep the numbers they have in the
whole font, so a piece's text is right with any program that has those glyphs. The parts of composite glyphs don't
always keep theirs: the subset may number a part that the text doesn't use itself anew, and only the composite refers to
it.
"""

import functools
import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from briefpack.bind import writer

NEEDED = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
"""The tables that a PDF needs of a TrueType font (ISO 32000-1, 9.9)."""
HINTS = ("cvt ", "fpgm", "prep")
"""The tables that it needs if the font has them."""
TRUETYPE = b"\0\1\0\0"
WORDS = 0x0001
"""The flag of a part whose arguments take two bytes each (OpenType, "glyf")."""
MORE = 0x0020
"""The flag of a part that another part follows."""
SCALES = ((0x0008, 2), (0x0040, 4), (0x0080, 8))
"""The flags of a part's scale, and the bytes that the scale takes."""
FILE_SUM = 0xB1B0AFBA
"""The checksum of a whole font file, by choice of a field in `head` (OpenType, "head")."""

Tables = Mapping[str, bytes]


@dataclass(frozen=True)
class Face:
    """The properties that all subsets of a face share: its name in the PDF, constant header fields and hints."""

    name: bytes
    constants: bytes
    hints: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, eq=False)
class Glyph:
    """A glyph: outline, metrics, and each part of a composite with the place of its number in the outline.

    The numbers of the parts are zero in the outline, so equal glyphs have equal digests in every subset.
    """

    outline: bytes
    metrics: bytes
    parts: tuple[tuple[int, "Glyph"], ...]
    digest: int


@dataclass(frozen=True, eq=False)
class Subset:
    """The glyphs of a face that a piece's text refers to.

    `marks` are the same glyphs as integers, a number and a digest each: sets of them unite at little cost.
    """

    face: Face
    limits: tuple[int, ...]
    glyphs: Mapping[int, Glyph]
    marks: frozenset[int]


@dataclass(frozen=True)
class Program:
    """A font program that a document embeds: the union of some subsets of a face."""

    face: Face
    marks: frozenset[int]
    limits: tuple[int, ...]
    subsets: tuple[Subset, ...] = field(compare=False, repr=False)


# ---- Reading subsets.


def tables(data: bytes) -> Tables:
    """Return the tables of a TrueType font; none if it has no TrueType outlines."""
    if data[:4] != TRUETYPE:
        return {}
    font = {}
    count = int.from_bytes(data[4:6], "big")
    for tag, _, start, length in struct.iter_unpack(">4s3L", data[12 : 12 + 16 * count]):
        font[tag.decode("latin-1")] = data[start : start + length]
    return font if all(map(font.get, NEEDED)) else {}


def subset(name: bytes, font: Tables, used: Iterable[int]) -> Subset:
    """Read the glyphs of a face that a piece uses."""
    head, hhea = font["head"], font["hhea"]
    # The rest of head and hhea depends on the glyphs, and on the time of subsetting.
    constants = head[:8] + head[12:28] + head[44:50] + hhea[4:10] + hhea[18:34]
    face = Face(name, constants, tuple((tag, font[tag]) for tag in HINTS if font.get(tag)))
    reader = _Outlines(font)
    glyphs = {number: reader.glyph(number) for number in used if number < reader.count}
    marks = frozenset(number << 64 | glyph.digest for number, glyph in glyphs.items())
    return Subset(face, _limits(font), glyphs, marks)


class _Outlines:
    """The glyphs of a font, by number."""

    def __init__(self, font: Tables) -> None:
        self.outlines, self.metrics = font["glyf"], font["hmtx"]
        self.long = font["head"][50:52] != b"\0\0"
        loca = font["loca"]
        self.offsets = struct.unpack(f">{len(loca) // 4}L" if self.long else f">{len(loca) // 2}H", loca)
        self.count = int.from_bytes(font["maxp"][4:6], "big")
        self.advances = int.from_bytes(font["hhea"][34:36], "big")

    def glyph(self, number: int) -> Glyph:
        """Return a glyph with its parts."""
        unit = 1 if self.long else 2
        outline = self.outlines[self.offsets[number] * unit : self.offsets[number + 1] * unit]
        metrics = self._metrics(number)
        # The number of contours comes first; it is negative in a composite.
        if outline[:1] < b"\x80":
            return _glyph(outline, metrics, ())
        parts = []
        for place in _places(outline):
            number = int.from_bytes(outline[place : place + 2], "big")
            parts.append((place, self.glyph(number)))
        blank = _numbered(outline, [(place, 0) for place, _ in parts])
        return _glyph(blank, metrics, tuple(parts))

    def _metrics(self, number: int) -> bytes:
        """Return a glyph's advance and left side bearing. The last advance also counts for all that follow."""
        last = self.advances - 1
        if number <= last:
            return self.metrics[4 * number : 4 * number + 4]
        bearing = 4 * self.advances + 2 * (number - self.advances)
        return self.metrics[4 * last : 4 * last + 2] + self.metrics[bearing : bearing + 2]


# Most subsets of a face have glyphs that others have too.
@functools.lru_cache(maxsize=4096)
def _glyph(outline: bytes, metrics: bytes, parts: tuple[tuple[int, Glyph], ...]) -> Glyph:
    # Subsets with short offsets pad each outline to an even length.
    padded = outline + bytes(-len(outline) % 4)
    described = metrics + padded + b"".join(part.digest.to_bytes(8, "big") for _, part in parts)
    digest = hashlib.blake2b(described, digest_size=8).digest()
    return Glyph(padded, metrics, parts, int.from_bytes(digest, "big"))


def _places(outline: bytes) -> Iterator[int]:
    """Yield the place of each part's number in a composite outline (OpenType, "glyf")."""
    # The parts follow the number of contours and the bounding box.
    at = 10
    flags = MORE
    while flags & MORE:
        flags = int.from_bytes(outline[at : at + 2], "big")
        yield at + 2
        at += 8 if flags & WORDS else 6
        at += next((size for flag, size in SCALES if flags & flag), 0)


def _numbered(outline: bytes, numbers: Iterable[tuple[int, int]]) -> bytes:
    """Return a composite outline with numbers written at the places of its parts."""
    changed = bytearray(outline)
    for place, number in numbers:
        changed[place : place + 2] = number.to_bytes(2, "big")
    return bytes(changed)


def _limits(font: Tables) -> tuple[int, ...]:
    """Return the extremes in the headers, the least ones negated: the larger counts for a union."""
    x_min, y_min, x_max, y_max = struct.unpack(">4h", font["head"][36:44])
    advance, left, right, extent = struct.unpack(">H3h", font["hhea"][10:18])
    more = struct.unpack(">13H", font["maxp"][6:32])
    return (-x_min, -y_min, x_max, y_max, advance, -left, -right, extent, *more)


# ---- Uniting them.


def programs(subsets: Iterable[Subset]) -> list[Program]:
    """Return the programs that have all glyphs of some subsets, sorted by face."""
    faces: dict[Face, dict[Subset, None]] = {}
    for each in subsets:
        faces.setdefault(each.face, {})[each] = None
    order = sorted(faces, key=lambda face: (face.name, face.constants, face.hints))
    return [program for face in order for program in _programs(face, tuple(faces[face]))]


def _programs(face: Face, subsets: tuple[Subset, ...]) -> Iterator[Program]:
    """Yield one program, or one for each subset if they draw a glyph differently: another font has the face's name."""
    marks = frozenset[int]().union(*(each.marks for each in subsets))
    if _agree(marks):
        yield Program(face, marks, _highest(frozenset(each.limits for each in subsets)), subsets)
    else:
        yield from (Program(face, each.marks, each.limits, (each,)) for each in subsets)


@functools.lru_cache(maxsize=256)
def _agree(marks: frozenset[int]) -> bool:
    """Return whether no glyph has two forms, except .notdef, which most subsets empty."""
    numbers = [mark >> 64 for mark in marks if mark >> 64]
    return len(numbers) == len(set(numbers))


@functools.lru_cache(maxsize=256)
def _highest(limits: frozenset[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(max(values) for values in zip(*limits, strict=True))


# Documents with the same shared pieces mostly have the same glyphs.
@functools.lru_cache(maxsize=256)
def stream(program: Program) -> tuple[bytes, bytes]:
    """Return the stream of a program: its dictionary and data."""
    data = _font_file(program)
    return writer.stream(data, b"/Length1 %d" % len(data))


def _font_file(program: Program) -> bytes:
    glyphs = _placed(_chosen(program.subsets))
    numbers = sorted(glyphs)
    count = numbers[-1] + 1
    # Numbers that no glyph has are those of empty glyphs.
    lengths = np.zeros(count + 1, np.int64)
    lengths[1:][numbers] = [len(glyphs[number].outline) for number in numbers]
    metrics = [bytes(4)] * count
    for number in numbers:
        metrics[number] = glyphs[number].metrics
    ends = lengths.cumsum()
    # Short offsets count pairs of bytes.
    long = bool(ends[-1] > 2 * 0xFFFF)
    offsets = ends.astype(">u4") if long else (ends // 2).astype(">u2")
    font = _headers(program, count, long=long)
    font["glyf"] = b"".join(glyphs[number].outline for number in numbers)
    font["loca"] = offsets.tobytes()
    font["hmtx"] = b"".join(metrics)
    return _joined(font | dict(program.face.hints))


def _chosen(subsets: Sequence[Subset]) -> dict[int, Glyph]:
    """Return the glyphs of all subsets by number; only .notdef may differ, and the fullest .notdef is taken."""
    glyphs = {number: glyph for each in subsets for number, glyph in each.glyphs.items()}
    first = [each.glyphs[0] for each in subsets if 0 in each.glyphs]
    if first:
        glyphs[0] = max(first, key=lambda glyph: (len(glyph.outline), glyph.digest))
    return glyphs


def _placed(glyphs: Mapping[int, Glyph]) -> dict[int, Glyph]:
    """Return the glyphs and the parts of composites by number, with the numbers of the parts in the outlines.

    A part that the text doesn't use itself follows the last glyph that it does.
    """
    numbers = {glyph.digest: number for number, glyph in sorted(glyphs.items(), reverse=True)}
    parts = {part.digest: part for glyph in glyphs.values() for part in _parts(glyph)}
    placed = dict(glyphs)
    for number, digest in enumerate(sorted(parts.keys() - numbers.keys()), max(glyphs) + 1):
        numbers[digest] = number
        placed[number] = parts[digest]
    composites = [(number, glyph) for number, glyph in placed.items() if glyph.parts]
    for number, glyph in composites:
        referred = [(place, numbers[part.digest]) for place, part in glyph.parts]
        placed[number] = replace(glyph, outline=_numbered(glyph.outline, referred))
    return placed


def _parts(glyph: Glyph) -> Iterator[Glyph]:
    for _, part in glyph.parts:
        yield part
        yield from _parts(part)


def _headers(program: Program, count: int, *, long: bool) -> dict[str, bytes]:
    """Return the headers of a font with `count` glyphs: the constants of its face, and the extremes of its subsets."""
    constants, limits = program.face.constants, program.limits
    box = struct.pack(">4h", -limits[0], -limits[1], *limits[2:4])
    extremes = struct.pack(">H3h", limits[4], -limits[5], -limits[6], limits[7])
    # The date of the last change is that of creation.
    dated = constants[8:24] + constants[16:24]
    return {
        "head": constants[:8] + bytes(4) + dated + box + constants[24:30] + struct.pack(">2h", long, 0),
        "hhea": TRUETYPE + constants[30:36] + extremes + constants[36:52] + struct.pack(">H", count),
        "maxp": TRUETYPE + struct.pack(">14H", count, *limits[8:]),
    }  # fmt: skip


def _joined(font: Tables) -> bytes:
    """Return a font file of some tables, with its checksums."""
    count = len(font)
    # For a binary search, begun with the largest power of two that isn't above the count.
    halvings = count.bit_length() - 1
    search = 16 << halvings
    start = struct.pack(">4s4H", TRUETYPE, count, search, halvings, 16 * count - search)
    at = 12 + 16 * count
    entries = b""
    body = b""
    for tag, data in sorted(font.items()):
        entry = tag.encode("latin-1"), _checksum(data), at + len(body), len(data)
        entries += struct.pack(">4s3L", *entry)
        body += data + bytes(-len(data) % 4)
    whole = start + entries + body
    place = whole.index(font["head"], at) + 8
    rest = (FILE_SUM - _checksum(whole)) % 2**32
    return whole[:place] + struct.pack(">L", rest) + whole[place + 4 :]


def _checksum(data: bytes) -> int:
    return int(np.frombuffer(data + bytes(-len(data) % 4), ">u4").sum(dtype=np.uint64)) % 2**32

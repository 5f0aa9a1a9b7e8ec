"""Check the ICC profiles of a layout: their kind, header and tag table (ICC.1:2022, clauses 7 to 10)."""

import hashlib
import struct
from collections.abc import Iterator, Mapping

from briefpack.layout import editions
from briefpack.layout.model import Layout
from briefpack.problem import Problem, nearest
from briefpack.project import Project, walk, within
from briefpack.text.yaml_lines import Loc, Tree

HEADER = 128
ENTRY = 12
SHORTEST_TAG = 8
PADDING = 3
"""The most bytes that may follow a profile to make its length a multiple of four."""
CHANNELS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4, b"XYZ ": 3, b"Lab ": 3}
PARAMETERS = (1, 3, 4, 5, 7)
"""The number of parameters of each type of parametric curve (10.18)."""
ALWAYS = (b"desc", b"cprt", b"wtpt")
MATRIX = (b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC")
TABLES = (b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2")
TYPES = {
    **dict.fromkeys((b"wtpt", *MATRIX[:3]), (b"XYZ ",)),
    **dict.fromkeys((b"kTRC", *MATRIX[3:]), (b"curv", b"para")),
    **dict.fromkeys(TABLES, (b"mft1", b"mft2", b"mAB ", b"mBA ")),
}
"""The data types allowed for the tags used to convert colours (clause 9.2)."""


def _profiles(project: Project) -> list[str]:
    """Return the paths of the ICC profiles in layouts/."""
    root = (project.root / "layouts").resolve()
    return sorted(path.relative_to(root).as_posix() for path in walk(root) if path.suffix in (".icc", ".icm"))


def check(project: Project, found: Layout, tree: Tree) -> Iterator[Problem]:
    """Check that the profile of each edition is intact and of the right kind."""
    known = editions.of(found.editions)
    for name, spec in found.editions:
        profile = spec.profile if spec and name in known else None
        wanted, what, hint = PRESS if profile and known[name].process_inks else SCREEN
        loc: Loc = ("editions", name, "profile")
        path = within(project.root / "layouts", profile) if profile else None
        if profile and path is None:
            near = nearest(profile, _profiles(project), most=0)
            yield tree.problem(loc, f'there is no file "{profile}" in layouts/', near or "copy the ICC profile there")
        elif path and kind(path.read_bytes()) != wanted:
            yield tree.problem(loc, f'"{profile}" is not the ICC profile of {what}', hint)
        elif path and (message := fault(path.read_bytes())):
            yield tree.problem(loc, f'"{profile}" is damaged: {message}', "copy the ICC profile again from its source")


SCREEN = ((b"mntr", b"RGB "), "a screen", "a display profile (class mntr) for RGB, such as shared/profiles/srgb.icc")
PRESS = ((b"prtr", b"CMYK"), "a press with four inks", "an output profile (class prtr) for CMYK")
"""The device class and colour space that a profile must have, in bytes and in words, and a hint."""


def kind(data: bytes) -> tuple[bytes, bytes]:
    """Return a profile's device class and colour space; both empty if the data isn't an ICC profile."""
    return (data[12:16], data[16:20]) if data[36:40] == b"acsp" else (b"", b"")


def fault(data: bytes) -> str:
    """Return the fault in a profile, or an empty text if it has none."""
    if len(data) < HEADER + 4 or kind(data) == (b"", b""):
        return "it is not an ICC profile"
    size, count = _number(data, 0), _number(data, HEADER)
    if not 0 <= len(data) - size <= PADDING:
        return f"it has {len(data)} bytes, but its header says {size}"
    if HEADER + 4 + count * ENTRY > size:
        return "its list of tags is longer than the profile"
    return _table_fault(data, size, count) or _id_fault(data)


def _number(data: bytes, at: int) -> int:
    """Return a four-byte number."""
    return int.from_bytes(data[at : at + 4])


def _table_fault(data: bytes, size: int, count: int) -> str:
    """Return the fault in the tags, or an empty text if all are present and sound."""
    start, tags = HEADER + 4 + count * ENTRY, dict[bytes, bytes]()
    for number in range(count):
        tag, at, length = struct.unpack_from(">4sII", data, HEADER + 4 + number * ENTRY)
        if at < start or length < SHORTEST_TAG or at + length > size:
            return f"its tag {_shown(tag)} lies outside the profile"
        tags[tag] = data[at : at + length]
    if missing := _missing(kind(data), tags):
        return f"it has no tag {_shown(missing)}"
    wrong = (tag for tag, held in tags.items() if not _is_sound(tag, held, data))
    return next((f"its tag {_shown(tag)} is damaged" for tag in wrong), "")


def _shown(tag: bytes) -> str:
    return "".join(letter if letter.isalnum() else "?" for letter in tag.decode("latin-1").strip())


def _missing(kinds: tuple[bytes, bytes], tags: Mapping[bytes, bytes]) -> bytes:
    """Return the first tag that a profile of this kind requires but lacks (clause 8)."""
    device, space = kinds
    needed: tuple[bytes, ...] = ()
    if device == b"prtr":
        needed = (b"A2B0", b"B2A0") if space != b"GRAY" else (b"kTRC",)
    elif device == b"mntr" and b"A2B0" not in tags:
        needed = MATRIX if space == b"RGB " else (b"kTRC",)
    return next((tag for tag in (*ALWAYS, *needed) if tag not in tags), b"")


def _is_sound(tag: bytes, held: bytes, profile: bytes) -> bool:
    """Return whether a tag's data is of an allowed type, and as long as it claims."""
    if tag not in TYPES:
        return held[:4].strip().isalnum()
    if held[:4] not in TYPES[tag]:
        return False
    if held[:4] == b"curv":
        return len(held) >= 12 + 2 * _number(held, 8)
    if held[:4] == b"para":
        form = int.from_bytes(held[8:10])
        return form < len(PARAMETERS) and len(held) >= 12 + 4 * PARAMETERS[form]
    return len(held) >= 20 if held[:4] == b"XYZ " else _is_table_sound(tag, held, profile)


def _is_table_sound(tag: bytes, held: bytes, profile: bytes) -> bool:
    """Return whether a table has the channels of the profile's two colour spaces, and all its values."""
    spaces = (profile[16:20], profile[20:24])
    one, other = (CHANNELS.get(space) for space in (spaces if tag.startswith(b"A2B") else spaces[::-1]))
    if len(held) < 52 or (one and other and (held[8], held[9]) != (one, other)):
        return False
    if held[:4] not in (b"mft1", b"mft2"):
        return True
    depth = 1 if held[:4] == b"mft1" else 2
    before, after = (256, 256) if depth == 1 else (int.from_bytes(held[48:50]), int.from_bytes(held[50:52]))
    points: int = held[10] ** held[8]
    numbers = held[8] * before + points * held[9] + held[9] * after
    return len(held) >= (48 if depth == 1 else 52) + depth * numbers


def _id_fault(data: bytes) -> str:
    """Return the fault if a profile has an ID that isn't the MD5 of its bytes (7.2.18)."""
    made_of = bytearray(data[: _number(data, 0)])
    made_of[44:48], made_of[64:68], made_of[84:100] = bytes(4), bytes(4), bytes(16)
    found = hashlib.md5(made_of, usedforsecurity=False).digest()
    return "" if data[84:100] in (bytes(16), found) else "its bytes don't match its ID"

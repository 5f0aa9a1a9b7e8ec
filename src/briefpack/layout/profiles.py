"""Check the ICC profiles of a layout: their kind, header and tag table (ICC.1:2022, clauses 7 to 10)."""

import hashlib
import struct
from collections.abc import Iterator

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
ALWAYS = (b"desc", b"cprt", b"wtpt")
MATRIX = (b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC")


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
    start, tags = HEADER + 4 + count * ENTRY, set[bytes]()
    for number in range(count):
        tag, at, length = struct.unpack_from(">4sII", data, HEADER + 4 + number * ENTRY)
        if at < start or length < SHORTEST_TAG or at + length > size:
            return f"its tag {_shown(tag)} lies outside the profile"
        tags.add(tag)
    if missing := _missing(kind(data), tags):
        return f"it has no tag {_shown(missing)}"
    return ""


def _shown(tag: bytes) -> str:
    return "".join(letter if letter.isalnum() else "?" for letter in tag.decode("latin-1").strip())


def _missing(kinds: tuple[bytes, bytes], tags: set[bytes]) -> bytes:
    """Return the first tag that a profile of this kind requires but lacks (clause 8)."""
    device, space = kinds
    needed: tuple[bytes, ...] = ()
    if device == b"prtr":
        needed = (b"A2B0", b"B2A0") if space != b"GRAY" else (b"kTRC",)
    elif device == b"mntr" and b"A2B0" not in tags:
        needed = MATRIX if space == b"RGB " else (b"kTRC",)
    return next((tag for tag in (*ALWAYS, *needed) if tag not in tags), b"")


def _id_fault(data: bytes) -> str:
    """Return the fault if a profile has an ID that isn't the MD5 of its bytes (7.2.18)."""
    made_of = bytearray(data[: _number(data, 0)])
    made_of[44:48], made_of[64:68], made_of[84:100] = bytes(4), bytes(4), bytes(16)
    found = hashlib.md5(made_of, usedforsecurity=False).digest()
    return "" if data[84:100] in (bytes(16), found) else "its bytes don't match its ID"

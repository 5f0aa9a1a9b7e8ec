"""Check the ICC profiles of a layout: their kind, their length and their ID (ICC.1:2022, clause 7)."""

import hashlib
from collections.abc import Iterator

from briefpack.layout import editions
from briefpack.layout.model import Layout
from briefpack.problem import Problem, nearest
from briefpack.project import Project, walk, within
from briefpack.text.yaml_lines import Loc, Tree

HEADER = 128
PADDING = 3
"""The most bytes that may follow a profile to make its length a multiple of four."""


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
    if len(data) < HEADER or kind(data) == (b"", b""):
        return "it is not an ICC profile"
    size = int.from_bytes(data[:4])
    if not 0 <= len(data) - size <= PADDING:
        return f"it has {len(data)} bytes, but its header says {size}"
    # A profile may have an ID: the MD5 of its bytes without those that may change (7.2.18).
    made_of = bytearray(data[:size])
    made_of[44:48], made_of[64:68], made_of[84:100] = bytes(4), bytes(4), bytes(16)
    found = hashlib.md5(made_of, usedforsecurity=False).digest()
    return "" if data[84:100] in (bytes(16), found) else "its bytes don't match its ID"

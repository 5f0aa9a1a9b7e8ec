"""Bind the pieces of a document, and the overlays on them, into one file."""

import hashlib
from collections.abc import Iterable

from briefpack.bind import catalog, fonts, page_tree, parts, press_marks, relocate, writer
from briefpack.bind.writer import Objects
from briefpack.plan import Facts, Press, ValuesFile
from briefpack.typeset import Placed

VERSION = "1.7"


def document(
    pieces: tuple[bytes, ...],
    overlays: tuple[tuple[Placed, bytes], ...],
    facts: Facts,
    press: Press | None = None,
    profile: bytes = b"",
    files: Iterable[ValuesFile] = (),
) -> bytes:
    """Bind prepared pieces in order, with overlays on top, and prepare the result for a press if one is given.

    `profile` is the ICC profile of the screen's colours; with it, the file claims PDF/A-3a. `files` are attached, unless
    it is for a press. Equal arguments give equal bytes. Each font face is embedded once. The largest piece gets the first numbers, so a body that many documents share has the same numbers in each
    and is written once per process.
    """
    tagged = press is None
    bodies = [relocate.read(data, form=False, tagged=tagged) for data in pieces]
    forms = [(placed, relocate.read(data, form=True, tagged=tagged)) for placed, data in overlays]
    bound = parts.number(bodies, forms, tagged=tagged)
    objects = Objects(1 + max(part.last for part in bound.all))
    objects.streams |= {number: fonts.stream(program) for number, program in bound.programs.items()}
    page_tree.write(objects, bound, press)
    if press:
        info = catalog.write_for_press(objects, bound, facts, press, _identity(pieces, overlays, facts))
    else:
        info = catalog.write_for_screen(objects, bound, facts, profile, files)
    blocks = [part.block for part in sorted(bound.all, key=lambda part: part.first)]
    version = press_marks.VERSION if press else VERSION
    return writer.file(version, [*blocks, objects.block()], parts.CATALOG, info)


def _identity(pieces: tuple[bytes, ...], overlays: tuple[tuple[Placed, bytes], ...], facts: Facts) -> bytes:
    """Return the hash of everything in a document."""
    digest = hashlib.sha256(repr((facts, [placed for placed, _ in overlays])).encode())
    for pdf in (*pieces, *(pdf for _, pdf in overlays)):
        digest.update(hashlib.sha256(pdf).digest())
    return digest.digest()

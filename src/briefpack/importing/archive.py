"""Read a draft's archive safely: its parts, with limits on their number, their size and their contents."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from briefpack.problem import Owner, Problem, Problems

MOST_PARTS = 4000
MOST_BYTES = 200_000_000
"""The most that all parts may have when they are unpacked."""
MOST_BYTES_OF_TEXT = 60_000_000
"""The most that one part of XML may have."""
MOST_DEPTH = 200
"""The deepest that elements of XML may be nested."""
OLD = b"\xd0\xcf\x11\xe0"
"""The first bytes of an old Word file, and of a document with a password."""
MEDIA = ("word/media/", "Pictures/", "media/")
XML = (".xml", ".rels")


@dataclass(frozen=True)
class Archive:
    """The parts of an archive by their paths, unpacked and checked."""

    parts: Mapping[str, bytes]

    def repacked(self) -> bytes:
        """Return a new archive of the parts that hold text, without media, macros and anything that was hidden."""
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in self.parts.items():
                if name == "mimetype" or name.endswith(XML):
                    target.writestr(name, data)
                elif name.startswith(MEDIA):
                    # The reader wants to find every image; its bytes are read from here instead.
                    target.writestr(name, b"")
        return packed.getvalue()


LINKED = re.compile(rb"<Relationship\b(?=[^>]*/image\")(?=[^>]*External)[^>]*\bTarget=\"([^\"]*)\"")


def linked_images(archive: Archive) -> tuple[str, ...]:
    """Return the addresses of images that aren't in an archive, but that it links to."""
    found = (each for name, data in archive.parts.items() if name.endswith(".rels") for each in LINKED.findall(data))
    return tuple(dict.fromkeys(each.decode(errors="replace") for each in found))


def read(path: Path, shown: str) -> Archive:
    """Return the checked parts of an archive. Raises Problems if it is damaged or built to do harm."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_entries(entries, shown)
            parts = dict(_unpacked(path.read_bytes(), entries, shown))
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, UnicodeDecodeError, EOFError):
        raise _unreadable(path, shown) from None
    for name, data in parts.items():
        if name.endswith(XML):
            _check_xml(name, data, shown)
    return Archive(parts)


def _unreadable(path: Path, shown: str) -> Problems:
    """Return the problem of a file that is no archive; Word encrypts a document into the form of its old files."""
    with path.open("rb") as file:
        is_old = file.read(len(OLD)) == OLD
    if is_old:
        return refused(shown, "the file has a password, or is in an old format", "save it as .docx, without a password")
    return refused(shown, "the file is damaged, or isn't a document", "open it in its program, and save it again")


def refused(shown: str, message: str, hint: str) -> Problems:
    """Return the problem of a draft that can't be imported."""
    return Problems([Problem(shown, None, message, hint, Owner.COMMAND)])


def _check_entries(entries: list[zipfile.ZipInfo], shown: str) -> None:
    """Refuse an archive by what its list of contents says, before anything is unpacked."""
    names = [entry.filename for entry in entries]
    if len(names) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise _too_large(shown)
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in path.parts[0]:
            message = f'it contains a file whose path points outside it, "{entry.filename}"'
            raise refused(shown, message, SAVE_AGAIN)
        if entry.flag_bits & 1:
            raise refused(shown, "it is protected by a password", "save a copy without the password")
    if len(set(names)) < len(names):
        raise refused(shown, "it contains two files with the same path", SAVE_AGAIN)


SAVE_AGAIN = "don't trust this file; open it in its program, and save it as a new document"


def _too_large(shown: str) -> Problems:
    message = f"it unpacks to more than {MOST_BYTES // 1_000_000} MB"
    return refused(shown, message, "make its images smaller, or delete some, and save it again")


def _unpacked(packed: bytes, entries: list[zipfile.ZipInfo], shown: str) -> Iterator[tuple[str, bytes]]:
    """Yield each file with its bytes; what the list says of its size isn't trusted."""
    left = MOST_BYTES
    for entry in entries:
        if not entry.is_dir():
            most = min(left, MOST_BYTES_OF_TEXT if entry.filename.endswith(XML) else left)
            data = _inflated(packed, entry, most, shown)
            left -= len(data)
            yield entry.filename, data


def _inflated(packed: bytes, entry: zipfile.ZipInfo, most: int, shown: str) -> bytes:
    """Return the bytes of an entry. Raises Problems if there are more than `most`, or not as many as it says."""
    start = entry.header_offset
    name, extra = struct.unpack("<HH", packed[start + 26 : start + 30])
    start += 30 + name + extra
    data = packed[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, most + 1)
    elif entry.compress_type != zipfile.ZIP_STORED:
        raise NotImplementedError
    if len(data) > most:
        raise _too_large(shown)
    if len(data) != entry.file_size or zlib.crc32(data) != entry.CRC:
        raise refused(shown, f'"{entry.filename}" in it isn\'t the size that its list of contents says', SAVE_AGAIN)
    return data


def _check_xml(name: str, data: bytes, shown: str) -> None:
    """Refuse XML that defines entities, is nested without end, or can't be read."""
    # With the separator that ElementTree has, which refuses it in the name of a namespace.
    parser, depth = expat.ParserCreate(namespace_separator="}"), 0

    def doctype(*_declared: object) -> None:
        raise refused(shown, f'"{name}" in it defines entities, which could do harm', SAVE_AGAIN)

    def deeper(*_element: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise refused(shown, f'"{name}" in it is nested too deeply', SAVE_AGAIN)

    def higher(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler, parser.EntityDeclHandler = doctype, doctype
    parser.StartElementHandler, parser.EndElementHandler = deeper, higher
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise refused(shown, f'"{name}" in it can\'t be read ({error})', SAVE_AGAIN) from None

"""Unpack a spreadsheet or a document from a stranger, within limits and without anything that could do harm.

Libraries that read such a file trust the sizes that it states. The parts unpacked here are no larger than stated. When
they are packed again, macros and everything else that was beside them are left out.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from xml.parsers import expat

MOST_PARTS = 4000
MOST_DEPTH = 200
"""The deepest that elements of XML may be nested."""
XML = (".xml", ".rels")
OLD = b"\xd0\xcf\x11\xe0"
"""The first bytes of a file in an old format of Microsoft Office, or of a file with a password."""
SAVE_AGAIN = "don't trust this file; open it in its program, and save it as a new document"
DAMAGE = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error)
"""The errors that reading a damaged archive raises."""


class RefusedError(Exception):
    """An archive that is damaged, or that could do harm; the hint says what to do."""

    def __init__(self, message: str, hint: str = SAVE_AGAIN) -> None:
        """Take the message and the hint."""
        super().__init__(message)
        self.hint = hint


class TooLargeError(RefusedError):
    """An archive that unpacks to more than it may."""


class OldFormatError(RefusedError):
    """A file of an older kind, or with a password."""


def unpack(path: Path, most: int, most_xml: int, media: tuple[str, ...] = ()) -> Mapping[str, bytes]:
    """Return the XML parts of an archive, and the files in its `media` folders, by their paths. Raises RefusedError."""
    try:
        with zipfile.ZipFile(path) as packed:
            _check(packed.infolist())
            kept = [each for each in packed.infolist() if _is_xml(each.filename) or each.filename.startswith(media)]
            _check_sizes(kept, most, most_xml)
            return {each.filename: _read(packed, each) for each in kept if not each.is_dir()}
    except DAMAGE:
        raise _unreadable(path) from None


def pack(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Return an archive of some parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    packed.seek(0)
    return packed


def _is_xml(name: str) -> bool:
    return name.lower().endswith(XML) or name == "mimetype"


def _check(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive by its list of contents, before anything is unpacked."""
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if (
            path.is_absolute()
            or ".." in path.parts
            or "\\" in entry.filename
            or ":" in entry.filename.partition("/")[0]
        ):
            raise RefusedError(f'it contains a file whose path points outside it, "{entry.filename}"')
        if entry.flag_bits & 1:
            raise RefusedError("it is protected by a password", "save a copy without the password")
    if len({entry.filename for entry in entries}) < len(entries):
        raise RefusedError("it contains two files with the same path")


def _check_sizes(entries: list[zipfile.ZipInfo], most: int, most_xml: int) -> None:
    xml = sum(entry.file_size for entry in entries if _is_xml(entry.filename))
    if len(entries) > MOST_PARTS or xml > most_xml or sum(entry.file_size for entry in entries) > most:
        message = f"it unpacks to more than {most // 1_000_000} MB"
        raise TooLargeError(message, "make its images smaller, or delete some, and save it again")


def _read(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack a part up to the size that is listed for it; its checksum tells if there was more."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    with packed.open(entry) as file:
        return file.read(entry.file_size)


def _unreadable(path: Path) -> RefusedError:
    with path.open("rb") as file:
        if file.read(len(OLD)) == OLD:
            hint = "save it as .docx, without a password"
            return OldFormatError("the file has a password, or is in an old format", hint)
    return RefusedError("the file is damaged, or isn't a document", "open it in its program, and save it again")


Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


def _ignore(*_element: object) -> None:
    pass


def read_xml(part: str, data: bytes, start: Start = _ignore, end: End = _ignore) -> None:
    """Call `start` with each element's name and attributes, without namespaces, and `end` with its name.

    Raises RefusedError if the XML defines entities, is nested without end, or can't be read.
    """
    # With the separator that ElementTree has, which refuses it in the name of a namespace.
    parser, depth = expat.ParserCreate(namespace_separator="}"), 0

    def doctype(*_declared: object) -> None:
        raise RefusedError(f'"{part}" in it defines entities, which could do harm')

    def opened(name: str, given: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise RefusedError(f'"{part}" in it is nested too deeply')
        start(_local(name), {_local(key): text for key, text in given.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(_local(name))

    parser.StartDoctypeDeclHandler, parser.EntityDeclHandler = doctype, doctype
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise RefusedError(f'"{part}" in it can\'t be read ({error})') from None


def _local(name: str) -> str:
    return name.rpartition("}")[2]

"""Unpack a spreadsheet's XML parts, within limits, and pack them again without anything else.

A library that reads a spreadsheet trusts what the file says about itself. This copy of it has no part that is larger
than it says, no picture, no macro and no definition of an entity.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from briefpack.problem import Problem, Problems

MOST_BYTES = 20_000_000
"""The largest data file."""
MOST_UNPACKED = 80_000_000
"""The most that the XML of a spreadsheet may take when unpacked."""
MOST_PARTS = 2000
KEPT = (".xml", ".rels")
SAVE_AGAIN = "open it in a spreadsheet program, and save it again"
SMALLER = "keep only the sheet, the rows and the columns that the brief needs"
OLD = b"\xd0\xcf\x11\xe0"
"""The first bytes of an old .xls file, and of a spreadsheet with a password."""


def check_size(path: Path, shown: str) -> None:
    """Raise Problems if a data file is too large to read."""
    if path.stat().st_size > MOST_BYTES:
        raise Problems([Problem(shown, None, f"the file is over {MOST_BYTES // 1_000_000} MB", SMALLER)])


def unpack(path: Path, shown: str) -> Mapping[str, bytes]:
    """Return the XML parts of a spreadsheet by their names. Raises Problems."""
    try:
        with zipfile.ZipFile(path) as packed:
            _check(packed.infolist(), shown)
            return {each.filename: packed.read(each) for each in packed.infolist() if _is_kept(each)}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error):
        with path.open("rb") as file:
            is_old = file.read(len(OLD)) == OLD
    if is_old:
        message, hint = "the file is in an old format, or has a password", "save it as .xlsx, without a password"
        raise Problems([Problem(shown, None, message, hint)])
    raise damaged(shown)


def pack(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Return a spreadsheet of some parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    packed.seek(0)
    return packed


def damaged(shown: str) -> Problems:
    """Return the problem of a spreadsheet that can't be read."""
    return Problems([Problem(shown, None, "the file is damaged, or isn't a spreadsheet", SAVE_AGAIN)])


def _check(infos: list[zipfile.ZipInfo], shown: str) -> None:
    if len(infos) > MOST_PARTS or sum(each.file_size for each in infos if _is_kept(each)) > MOST_UNPACKED:
        message = f"the file unpacks to more than {MOST_UNPACKED // 1_000_000} MB"
        raise Problems([Problem(shown, None, message, SMALLER)])


def _is_kept(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(KEPT) or info.filename == "mimetype"

"""Open a PDF from any program, which somebody has named, and read its declarations; an unreadable file is a problem."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Name, PasswordError, PdfError
from pypdfium2 import PdfiumError

from briefpack.problem import Owner, Problems, one_problem

BROKEN = (PdfError, PdfiumError, TypeError, ValueError, KeyError, AttributeError, IndexError)
"""The errors that PDFium and pikepdf raise for a damaged file, in which objects are missing or of the wrong type."""


def data(path: Path, shown: str) -> bytes:
    """Return the bytes of a file. Raises Problems if there is none, or if it can't be read."""
    try:
        if path.is_dir():
            raise refused(shown, "this is a folder, not a PDF", "name the PDFs in it")
        found = path.read_bytes() if path.is_file() else None
    except OSError as error:
        hint = "change its permissions, or copy it"
        raise refused(shown, f"this file can't be read: {reason(error)}", hint) from None
    if found is None:
        hint = "check the path, or make the document first: briefpack build"
        raise one_problem(shown, None, "there is no such file", hint, Owner.COMMAND)
    return found


@contextmanager
def reading(data: bytes, shown: str) -> Iterator[None]:
    """Report a file as a problem if it is no PDF, or if the block finds it locked or damaged."""
    if b"%PDF-" not in data[:1024]:
        raise refused(
            shown, "this is not a PDF" if data else "this file is empty", "save it as a PDF, or make it again"
        )
    try:
        yield
    except (PasswordError, *BROKEN) as error:
        if "password" in str(error).casefold():
            raise refused(shown, "this PDF is locked with a password", "save a copy without a password") from None
        raise refused(shown, "this PDF is too damaged to read", "make or download it again") from None


def reason(error: OSError) -> str:
    """Return why the system refuses a file."""
    return (error.strerror or "disk error").lower()


def refused(shown: str, message: str, hint: str) -> Problems:
    """Return the problem of a file that can't be used as it is."""
    return one_problem(shown, None, message, hint, Owner.DOCUMENT)


ARRANGED = re.compile(r"briefpack \S+ (booklet|two-up|print-set)")
"""The creator of a file whose pages are arranged on sheets to print, with the kind of file."""


def arranged(creator: str) -> str:
    """Return the kind of a file whose finished pages are arranged on sheets; nothing for any other."""
    found = ARRANGED.fullmatch(creator)
    return found[1] if found else ""


VERSION = re.compile(rb"GTS_PDFXVersion>([^<]*)<")


@dataclass(frozen=True)
class Declared:
    """The facts that a print shop reads first: PDF/X version, channels of the profile, first page with annotations."""

    version: str
    channels: int
    annotated: int | None


def declared(pdf: pikepdf.Pdf) -> Declared:
    """Return the declarations of a PDF for a print shop."""
    intents = [each for each in pdf.Root.get("/OutputIntents", ()) if each.S == Name.GTS_PDFX]
    profile = intents[0].get("/DestOutputProfile") if intents else None
    version = VERSION.search(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else None
    annotated = (number for number, page in enumerate(pdf.pages, start=1) if "/Annots" in page.obj)
    return Declared(version[1].decode() if version else "", int(profile.N) if profile else 0, next(annotated, None))

"""Read the output intents of a PDF, and its other declarations for a print shop."""

import io
import re
from dataclasses import dataclass

import pikepdf
from pikepdf import Name

VERSION = re.compile(rb"GTS_PDFXVersion>([^<]*)<")


@dataclass(frozen=True)
class Declared:
    """The facts that a print shop reads first: PDF/X version, channels of the profile, first page with annotations."""

    version: str
    channels: int
    annotated: int | None


def read(data: bytes) -> Declared:
    """Return the declarations of a PDF for a print shop."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        intents = [each for each in pdf.Root.get("/OutputIntents", ()) if each.S == Name.GTS_PDFX]
        profile = intents[0].get("/DestOutputProfile") if intents else None
        version = VERSION.search(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else None
        annotated = (number for number, page in enumerate(pdf.pages, start=1) if "/Annots" in page.obj)
        return Declared(version[1].decode() if version else "", int(profile.N) if profile else 0, next(annotated, None))


def profiles(data: bytes) -> tuple[bytes, ...]:
    """Return the ICC profiles of a PDF's output intents."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        intents = pdf.Root.get("/OutputIntents", ())
        return tuple(each.DestOutputProfile.read_bytes() for each in intents if "/DestOutputProfile" in each)

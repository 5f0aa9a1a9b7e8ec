"""Collect every text in a finished PDF: pages, alternative texts, outline, metadata, links and attached files."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks.read.finished import Finished

TEXT, ALT = "the text", "alternative text"
OUTLINE, METADATA, LINK, ATTACHED = "a bookmark", "the metadata", "a link", "an attached file"
PACKET = re.compile(rb"<\?xpacket begin=.*?<\?xpacket end", re.DOTALL)
TAG = re.compile(r"<(?:[^<>\"]|\"[^\"]*\")*>")
QUOTED = re.compile(r'(?<!xmlns)(?<!xmlns:\w)="([^"]*)"')
MOST_BYTES_A_NAME = 4096


@dataclass(frozen=True)
class Passage:
    """A text in a document and its place; `address` marks a link's address, a destination's name or a file's name."""

    place: str
    text: str
    page: int | None = None
    address: bool = False


def of(finished: Finished) -> Iterator[Passage]:
    """Yield every text of a document; if it has just been bound, the texts known from its pieces aren't read again."""
    for number, text in enumerate(finished.texts, start=1):
        yield Passage(TEXT, text, number if finished.known is None else None)
    spoken = (text for page in finished.reads for text in page.spoken)
    yield from (Passage(ALT, text) for text in dict.fromkeys((*finished.alts, *spoken)))
    yield from (Passage(LINK, unquote(text), address=True) for text in finished.links)
    for page in finished.reads:
        yield from (Passage(LINK, text) for text in page.notes)
    yield from (Passage(LINK, name, address=True) for name in _destinations(finished.pdf))
    yield from (Passage(OUTLINE, each.get_title() or "") for each in finished.pdf.get_toc())
    for file in finished.attached:
        yield Passage(ATTACHED, file.name, address=True)
        yield from (Passage(ATTACHED, text) for text in (file.about, file.text))
    packets = PACKET.findall(finished.data)
    if finished.known is None and "/Metadata" in finished.file.Root:
        # Another program may have packed it.
        packets = [finished.file.Root.Metadata.read_bytes()]
    metadata = [*finished.pdf.get_metadata_dict(skip_empty=True).values()]
    for packet in packets:
        metadata += _packet_texts(packet)
    yield from (Passage(METADATA, text) for text in metadata)


def _packet_texts(packet: bytes) -> Iterator[str]:
    """Yield the text between the tags of an XMP packet, and in their attributes."""
    text = packet.decode("utf-8", "replace")
    yield from (unescape(part) for part in TAG.split(text) if part.strip())
    yield from (unescape(value) for tag in TAG.findall(text) for value in QUOTED.findall(tag) if "://" not in value)


def _destinations(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    """Yield the names of the destinations of links within a document."""
    buffer = ctypes.create_string_buffer(MOST_BYTES_A_NAME)
    for index in range(pdfium.FPDF_CountNamedDests(pdf.raw)):
        size = ctypes.c_long(MOST_BYTES_A_NAME)
        if pdfium.FPDF_GetNamedDest(pdf.raw, index, buffer, size) and size.value > 0:
            yield buffer.raw[: size.value - 2].decode("utf-16-le", "replace")

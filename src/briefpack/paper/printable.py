"""Save a PDF that asks to be printed at actual size."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from briefpack import __version__
from briefpack.bind import catalog

Kind = Literal["booklet", "two-up", "print-set"]
DUPLEX: Mapping[Kind, str] = {"booklet": "DuplexFlipShortEdge", "two-up": "Simplex", "print-set": "DuplexFlipLongEdge"}
"""How a printer turns the sheets of each kind of file, as PDF names it."""


class Claims(NamedTuple):
    """The standards that a file claims: PDF/UA-1, and PDF/A-3a if it has the output intent of a file that claims it."""

    universal: bool = False
    intent: Object | None = None


NOTHING = Claims()


def claims(sources: Sequence[Pdf], *, tagged: bool) -> Claims:
    """Return the standards that a file made of other files, with their tags or without, may claim.

    The first sheet of a print set, a piece alone, doesn't say that it can be archived: the documents behind it do.
    """
    universal = tagged and all(_says(source, "pdfuaid:part", "1") for source in sources)
    archival = [source for source in sources if universal and _says(source, "pdfaid:part", "3")]
    # Only an indirect object can be copied to another file.
    return Claims(universal, archival[0].make_indirect(archival[0].Root.OutputIntents[0]) if archival else None)


def _says(source: Pdf, key: str, value: str) -> bool:
    with source.open_metadata(set_pikepdf_as_editor=False) as metadata:
        return str(metadata.get(key, "")) == value


def save(out: Pdf, title: str, language: str, kind: Kind, claimed: Claims = NOTHING) -> bytes:
    """Return the bytes of a PDF with its title, kind and print settings; equal arguments give equal bytes."""
    duplex = Name(f"/{DUPLEX[kind]}")
    out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=duplex)
    if language:
        out.Root.Lang = String(language)
    made_by = f"briefpack {__version__}"
    creator = f"{made_by} {kind}"
    out.docinfo = out.make_indirect(Dictionary(Title=title, Creator=creator, Producer=made_by))
    with out.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["pdf:Producer"], metadata["xmp:CreatorTool"] = made_by, creator
        if claimed.universal:
            metadata["pdfuaid:part"] = "1"
        if language:
            metadata["dc:language"] = [language]
    if claimed.intent is not None:
        out.Root.OutputIntents = Array([out.copy_foreign(claimed.intent)])
        packet = out.Root.Metadata.read_bytes()
        out.Root.Metadata.write(packet.replace(END, catalog.ARCHIVE.encode() + END))
    return _settled(_saved(out))


END = b"</rdf:RDF>"


def _saved(out: Pdf) -> bytes:
    data = io.BytesIO()
    packed = pikepdf.ObjectStreamMode.generate
    # The Duplex preference needs PDF 1.7 (ISO 32000-1, table 150).
    out.save(data, min_version="1.7", deterministic_id=True, object_stream_mode=packed, compress_streams=True)
    return data.getvalue()


def _settled(data: bytes) -> bytes:
    """Return a saved PDF in which no stream ends with a carriage return, which reads as a line end with the line feed.

    The length of such a stream seems to be wrong (ISO 19005-3, 6.1.7.1). A stream of a page is given a space at its
    end. The contents of a stream of objects change with their numbers: each round adds a node to the tree of page
    labels.
    """
    for depth in range(1, MOST_ROUNDS):
        if not DOUBTFUL.search(data):
            break
        with Pdf.open(io.BytesIO(data)) as file:
            for stream in file.objects:
                if isinstance(stream, Stream) and stream.read_raw_bytes().endswith(b"\r"):
                    _end_with_space(stream)
            file.Root.PageLabels = _labels(file, depth)
            data = _saved(file)
    return data


def _end_with_space(stream: Stream) -> None:
    entries: Any = stream
    filters = {"filter": entries.get("/Filter"), "decode_parms": entries.get("/DecodeParms")}
    stream.write(stream.read_raw_bytes() + b" ", **filters)


DOUBTFUL = re.compile(rb"\r\nendstream")
MOST_ROUNDS = 20


def _labels(file: Pdf, depth: int) -> Object:
    """Return a number tree, of some depth, that numbers the pages of a file from 1."""
    node = file.make_indirect(Dictionary(Limits=[0, 0], Nums=[0, Dictionary(S=Name.D)]))
    for _ in range(depth - 1):
        node = file.make_indirect(Dictionary(Limits=[0, 0], Kids=[node]))
    return Dictionary(Kids=[node])

"""Attach the values of a document's charts, as files that archives may keep (ISO 19005-3, 6.8)."""

from collections.abc import Iterable

from pikepdf import String

from briefpack.bind.writer import Objects, shared_stream
from briefpack.plan import Facts, ValuesFile

KIND = b"/Type/EmbeddedFile/Subtype/text#2Fcsv"


def write(objects: Objects, files: Iterable[ValuesFile], facts: Facts) -> tuple[bytes, bytes]:
    """Attach files; return the catalog's entry that associates them with the document, and that of its names."""
    specified = [(f"{order:02} {each.name}", _specify(objects, each, facts)) for order, each in enumerate(files, 1)]
    if not specified:
        return b"", b""
    numbers = b" ".join(b"%d 0 R" % number for _, number in specified)
    names = b" ".join(b"%b %d 0 R" % (String(name).unparse(), number) for name, number in sorted(specified))
    return b"/AF[%b]" % numbers, b"/EmbeddedFiles<</Names[%b]>>" % names


def _specify(objects: Objects, file: ValuesFile, facts: Facts) -> int:
    """Write a file and its specification; return the number of the specification."""
    changed = facts.date.strftime("/ModDate(D:%Y%m%d000000Z)").encode() if facts.date else b""
    entries = KIND + b"/Params<</Size %d%b>>" % (len(file.data), changed)
    data = objects.add_written(shared_stream(file.data, entries))
    name, about = String(file.name).unparse(), String(file.about).unparse()
    specified = b"/F %b/UF %b/Desc %b/AFRelationship/Data/EF<</F %d 0 R/UF %d 0 R>>" % (name, name, about, data, data)
    return objects.add(b"<</Type/Filespec%b>>" % specified)

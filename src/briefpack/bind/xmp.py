"""Write a PDF's metadata, identical in its Info dictionary and its XMP, and its output intent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Name

from briefpack.plan import Facts


@dataclass(frozen=True)
class Standard:
    """A standard's additions to the metadata: XMP namespaces, elements and whole descriptions, and entries in Info."""

    spaces: str = ""
    elements: str = ""
    more: str = ""
    info: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Intent:
    """An output intent: the standard's name for it, the screen or printing condition, and its ICC profile."""

    kind: str
    condition: str
    channels: int
    profile: bytes
    registry: str = ""


def info(facts: Facts, standard: Standard) -> bytes:
    """Return the Info dictionary: title, author, subject, keywords and date."""
    stamp = facts.date.strftime("D:%Y%m%d000000Z") if facts.date else None
    dates: dict[str, Any] = {"CreationDate": stamp, "ModDate": stamp} if stamp else {}
    return Dictionary(
        Title=facts.title, Author=facts.author, Subject=facts.subject, Keywords=_words(facts),
        Creator=facts.made_by, Producer=facts.made_by, **dates, **standard.info,
    ).unparse()  # fmt: skip


def packet(facts: Facts, standard: Standard) -> bytes:
    """Return the same metadata as XMP, which viewers and screen readers also use (ISO 14289-1, 7.1)."""
    values = {
        "title": facts.title, "author": facts.author, "subject": facts.subject, "words": _words(facts),
        "language": facts.language, "made_by": facts.made_by,
    }  # fmt: skip
    dates = facts.date.strftime(DATES) if facts.date else ""
    added = {"dates": dates} | {"spaces": standard.spaces, "elements": standard.elements, "more": standard.more}
    return XMP.format(**added, **{key: escape(value) for key, value in values.items()}).encode()


def _words(facts: Facts) -> str:
    return ", ".join(facts.keywords)


def intent(output: Intent) -> bytes:
    """Return the output intent (ISO 32000-1, 14.11.5) without its profile, which is a stream of its own."""
    entries = Dictionary(
        Type=Name.OutputIntent,
        S=Name(f"/{output.kind}"),
        OutputConditionIdentifier=output.condition,
        Info=output.condition,
    )
    if output.registry:
        entries.RegistryName = output.registry
    return entries.unparse()


DATES = "".join(f"<xmp:{name}>%Y-%m-%dT00:00:00Z</xmp:{name}>" for name in ("CreateDate", "ModifyDate", "MetadataDate"))
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"{spaces}>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{words}</pdf:Keywords><pdf:Producer>{made_by}</pdf:Producer>
<xmp:CreatorTool>{made_by}</xmp:CreatorTool>
{dates}
{elements}
</rdf:Description>{more}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""

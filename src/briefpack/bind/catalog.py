"""Write the catalog of a document: metadata, output intent, tags, outline and viewer preferences."""

import functools
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Name, String

from briefpack.bind.items import Bookmark, PieceItems
from briefpack.bind.parts import CATALOG, DOCUMENT, PAGES, TREE, Part, Parts
from briefpack.bind.writer import Objects, decimals, shared_stream
from briefpack.pages import BACK
from briefpack.plan import Facts, Press, ValuesFile


@dataclass(frozen=True)
class Entry:
    """An entry in the outline of a document, with the piece that it leads to and the entries below it."""

    body: Part
    bookmark: Bookmark
    below: list["Entry"]


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


def write_for_screen(
    objects: Objects, parts: Parts, facts: Facts, profile: bytes, files: Iterable[ValuesFile] = ()
) -> int:
    """Write the catalog of a tagged document; return the number of its Info dictionary."""
    associated, named = _attach(objects, files, facts)
    entries = _write_structure(objects, parts) + associated + b"/MarkInfo<</Marked true>>"
    if names := _destinations(parts) + named:
        entries += b"/Names<<%b>>" % names
    entries += b"/ViewerPreferences<<%b>>" % _preferences(facts, len(parts.pages))
    # The bookmarks of a document of one page lead nowhere else.
    entries += b"/PageMode/UseOutlines" * (len(parts.pages) > 1)
    # ISO 19005-3, 6.2.3.
    intent = Intent("GTS_PDFA1", "sRGB IEC61966-2.1", 3, profile) if profile else None
    standard = replace(UNIVERSAL, more=ARCHIVE) if profile else UNIVERSAL
    return _write(objects, parts, facts, standard, intent, entries)


def write_for_press(objects: Objects, parts: Parts, facts: Facts, press: Press, identity: bytes) -> int:
    """Write the catalog of a document for a press, without tags or links; return the number of its Info dictionary."""
    intent = Intent("GTS_PDFX", press.condition, 4, press.profile.read_bytes(), REGISTRY)
    return _write(objects, parts, facts, press_standard(identity), intent, b"")


def _write(
    objects: Objects, parts: Parts, facts: Facts, standard: Standard, intent: Intent | None, entries: bytes
) -> int:
    info = objects.number()
    objects.plain[info] = _info(facts, standard)
    packet = objects.add_stream(_packet(facts, standard), b"/Type/Metadata/Subtype/XML", squeeze=False)
    if intent:
        profile = objects.add_written(shared_stream(intent.profile, b"/N %d" % intent.channels))
        entries += b"/OutputIntents[%b/DestOutputProfile %d 0 R>>]" % (_intent(intent)[:-2], profile)
    entries += _write_outline(objects, parts) + b"/PageLabels<</Nums[0<</S/D>>]>>"
    entries += b"/Lang %b/Metadata %d 0 R" % (String(facts.language).unparse(), packet)
    objects.plain[CATALOG] = b"<</Type/Catalog/Pages %d 0 R%b>>" % (PAGES, entries)
    return info


def _preferences(facts: Facts, pages: int) -> bytes:
    """Return the viewer preferences of the document and, if the edition has them, its print settings."""
    if not facts.print_settings:
        return b"/DisplayDocTitle true"
    # Scaling to fit would make the type too small. Two-sided pages flip on the long edge.
    return b"/DisplayDocTitle true/PrintScaling/None/Duplex/" + (b"DuplexFlipLongEdge" if pages > 1 else b"Simplex")


UNIVERSAL = Standard(
    spaces=' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"', elements="<pdfuaid:part>1</pdfuaid:part>"
)
"""The declaration of a PDF/UA-1 file."""

ARCHIVE = """
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""The claim of PDF/A-3a, with the description of PDF/UA's own property that PDF/A requires (ISO 19005-3, 6.6.2.3)."""


KIND = b"/Type/EmbeddedFile/Subtype/text#2Fcsv"


def _attach(objects: Objects, files: Iterable[ValuesFile], facts: Facts) -> tuple[bytes, bytes]:
    """Attach files; return two entries for the catalog: the list of associated files, and the list of files by name."""
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


def _write_structure(objects: Objects, parts: Parts) -> bytes:
    """Write the structure tree, with the pieces in reading order; return its entry in the catalog."""
    _fill_slots(objects, parts)
    outermost = b" ".join(body.references for body in parts.bodies)
    objects.plain[DOCUMENT] = b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (TREE, outermost)
    by_key = sorted(parts.all, key=lambda part: part.key)
    keys = [part.numbers[parent] for part in by_key for parent in part.piece.parents]
    parents = objects.add(b"<</Nums[%b]>>" % b" ".join(b"%d %d 0 R" % pair for pair in enumerate(keys)))
    entries = b"/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d" % (DOCUMENT, parents, len(keys))
    objects.plain[TREE] = b"<</Type/StructTreeRoot%b>>" % entries
    return b"/StructTreeRoot %d 0 R" % TREE


def _fill_slots(objects: Objects, parts: Parts) -> None:
    """Write the element of each slot, with the tags of the inlay in it, and the elements of the marks of its page."""
    inside = {part.parent: part.references for part in parts.overlays}
    for number, element in parts.slots:
        objects.plain[number] = b"%b %b]>>" % (element, inside.get(number, b""))
    for page_number, page, body in parts.pages:
        if body.piece.slots and page.key is not None:
            place = body.piece.parents[page.key]
            inlays = [part for part in parts.overlays if part.page == page_number and part.piece.inlay]
            held = [body.piece.items[place].filled(body.numbers).strip()[1:-1]]
            held += [part.piece.inlay.elements.filled(part.numbers) for part in inlays if part.piece.inlay]
            objects.plain[body.first + place] = b"[%b]" % b" ".join(held)


def _info(facts: Facts, standard: Standard) -> bytes:
    """Return the Info dictionary: title, author, subject, keywords and date."""
    stamp = facts.date.strftime("D:%Y%m%d000000Z") if facts.date else None
    dates: dict[str, Any] = {"CreationDate": stamp, "ModDate": stamp} if stamp else {}
    return Dictionary(
        Title=facts.title, Author=facts.author, Subject=facts.subject, Keywords=_keywords(facts),
        Creator=facts.made_by, Producer=facts.made_by, **dates, **standard.info,
    ).unparse()  # fmt: skip


def _packet(facts: Facts, standard: Standard) -> bytes:
    """Return the same metadata as XMP, which viewers and screen readers also use (ISO 14289-1, 7.1)."""
    values = {
        "title": facts.title, "author": facts.author, "subject": facts.subject, "words": _keywords(facts),
        "language": facts.language, "made_by": facts.made_by,
    }  # fmt: skip
    dates = facts.date.strftime(DATES) if facts.date else ""
    added = {"dates": dates} | {"spaces": standard.spaces, "elements": standard.elements, "more": standard.more}
    return XMP.format(**added, **{key: escape(value) for key, value in values.items()}).encode()


def _keywords(facts: Facts) -> str:
    return ", ".join(facts.keywords)


def _intent(output: Intent) -> bytes:
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


def press_standard(identity: bytes) -> Standard:
    """Return the declarations of a PDF/X-4 file: the standard, and a document id (ISO 15930-7)."""
    elements = ELEMENTS.format(id=f"uuid:{uuid.UUID(bytes=identity[:16])}")
    return Standard(SPACES, elements, info={"Trapped": Name("/False"), "GTS_PDFXVersion": "PDF/X-4"})


SPACES = """ xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/\""""
ELEMENTS = """<pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>{id}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"""
REGISTRY = "http://www.color.org"


def _destinations(parts: Parts) -> bytes:
    """Return the entry of the catalog's names for the destinations of links, in whichever piece they are."""
    views: dict[str, bytes] = {}
    for body in parts.bodies:
        for name, (page, view) in body.piece.destinations.items():
            views.setdefault(name, b"[%d 0 R %b]" % (body.first + page, view))
    linked = frozenset[str]().union(*(part.piece.linked for part in parts.all))
    for name in (name for name in linked if name.startswith(BACK)):
        number, _, place = name.removeprefix(BACK).partition(":")
        if number.isdecimal() and (found := _first_on(parts, int(number), place)):
            views[name] = found
    names = b" ".join(String(name).unparse() + views[name] for name in sorted(linked & views.keys()))
    return b"/Dests<</Names[%b]>>" % names if names else b""


def _first_on(parts: Parts, page: int, name: str) -> bytes | None:
    """Return the view from the top of the first link on a page, or in a slot on it, that leads to a place."""
    if not 0 < page <= len(parts.pages):
        return None
    number, _, body = parts.pages[page - 1]
    key = String(name).unparse()
    laid = ((part, 0) for part in parts.overlays if part.page == number)
    for part, index in ((body, number - body.first), *laid):
        if corner := _first_links(part.piece).get((index, key)):
            at = (side + shift for side, shift in zip(corner, part.shift, strict=True))
            return b"[%d 0 R /XYZ %b 0]" % (number, decimals(at))
    return None


# Cached, as many documents share a long body.
@functools.lru_cache(maxsize=64)
def _first_links(piece: PieceItems) -> dict[tuple[int, bytes], tuple[float, float]]:
    """Return the top left corner of the first link to each place, by page; a slot's piece has one page."""
    found: dict[tuple[int, bytes], tuple[float, float]] = {}
    for index, links in enumerate([page.links for page in piece.pages] or [tuple(piece.rectangles)]):
        for link in links:
            if place := LEADS_TO.search(piece.items[link].text):
                left, _, _, top = piece.rectangles[link]
                found.setdefault((index, place[1]), (left, top))
    return found


LEADS_TO = re.compile(rb"/Dest (\((?:\\.|[^\\)])*\))", re.DOTALL)


TOP = 2
"""The heading level down to which every entry is at the top, as a document's title and its chapters are."""


def _write_outline(objects: Objects, parts: Parts) -> bytes:
    """Write the outline, if there is one, and return its entry in the catalog."""
    entries = _entries(parts)
    if not entries:
        return b""
    root = objects.number()
    objects.plain[root] = b"<</Type/Outlines%b>>" % _write_below(objects, entries, root)
    return b"/Outlines %d 0 R" % root


def _entries(parts: Parts) -> list[Entry]:
    """Return the outline of a document, where a piece continues the chapter that an earlier piece began."""
    top: list[Entry] = []
    for body in parts.bodies:
        for bookmark in body.piece.bookmarks:
            _beside(top, bookmark.level).append(_entry(body, bookmark))
    return top


def _entry(body: Part, bookmark: Bookmark) -> Entry:
    return Entry(body, bookmark, [_entry(body, each) for each in bookmark.below])


def _beside(entries: list[Entry], level: int) -> list[Entry]:
    """Return the list to which the next outline entry of a heading level is added."""
    while level > TOP and entries and entries[-1].bookmark.level < level:
        entries = entries[-1].below
    return entries


def _write_below(objects: Objects, entries: Sequence[Entry], parent: int) -> bytes:
    """Write the entries below another, all expanded, and return the keys that list them in their parent."""
    numbers = [objects.number() for _ in entries]
    for index, entry in enumerate(entries):
        keys = b"/Title %b/Parent %d 0 R" % (entry.bookmark.title, parent)
        keys += b"/Prev %d 0 R" % numbers[index - 1] if index else b""
        keys += b"/Next %d 0 R" % numbers[index + 1] if index + 1 < len(numbers) else b""
        if entry.below:
            keys += _write_below(objects, entry.below, numbers[index])
        view = b"/Dest[%d 0 R %b]" % (entry.body.first + entry.bookmark.page, entry.bookmark.view)
        objects.plain[numbers[index]] = b"<<%b%b>>" % (keys, view)
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (numbers[0], numbers[-1], sum(1 for _ in _all(entries)))


def _all(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries and every entry below them."""
    for entry in entries:
        yield entry
        yield from _all(entry.below)

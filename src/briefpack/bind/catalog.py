"""Write the catalog of a document: metadata, output intent, tags, outline and viewer preferences."""

from collections.abc import Iterable
from dataclasses import replace

from pikepdf import String

from briefpack.bind import attachments, outline, press_marks, structure, xmp
from briefpack.bind.parts import CATALOG, PAGES, Parts
from briefpack.bind.writer import Objects, shared_stream
from briefpack.bind.xmp import Intent, Standard
from briefpack.plan import Facts, Press, ValuesFile


def write_for_screen(
    objects: Objects, parts: Parts, facts: Facts, profile: bytes, files: Iterable[ValuesFile] = ()
) -> int:
    """Write the catalog of a tagged document; return the number of its Info dictionary."""
    associated, named = attachments.write(objects, files, facts)
    entries = structure.write(objects, parts) + associated + b"/MarkInfo<</Marked true>>"
    if names := outline.destinations(parts) + named:
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
    return _write(objects, parts, facts, press_marks.standard(identity), press_marks.intent(press), b"")


def _write(
    objects: Objects, parts: Parts, facts: Facts, standard: Standard, intent: Intent | None, entries: bytes
) -> int:
    info = objects.number()
    objects.plain[info] = xmp.info(facts, standard)
    packet = objects.add_stream(xmp.packet(facts, standard), b"/Type/Metadata/Subtype/XML", squeeze=False)
    if intent:
        profile = objects.add_written(shared_stream(intent.profile, b"/N %d" % intent.channels))
        entries += b"/OutputIntents[%b/DestOutputProfile %d 0 R>>]" % (xmp.intent(intent)[:-2], profile)
    entries += outline.write(objects, parts) + b"/PageLabels<</Nums[0<</S/D>>]>>"
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

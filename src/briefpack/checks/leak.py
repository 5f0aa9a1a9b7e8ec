"""Find anything in a document that belongs to another electorate: a name, a member, an office, a telephone number.

A value is a run of words. Another electorate's document may have it only if it is allowed there:

- it is part of the document's own electorate data (`Sydney` in `North Sydney`);
- it is part of a name on a map in the document, or in its alternative text (`Mitchell` in `Mitchell Park`);
- the brief or the electorate set prints it, it is a word of the layout's pages (`Page 3`), the suburb of the
  electorate's office or its member's surname, unless the words next to it make it an electorate (`Member for Page`).

It can't see a surname or a first name alone (`Dear Ms Price`), a party or a number. The scopes of names keep these
apart; this check is the second guard.
"""

import ctypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks import places
from briefpack.checks.findings import Findings, Found
from briefpack.checks.places import Place
from briefpack.checks.read.finished import Finished
from briefpack.plan.belongings import EMAIL, MEMBER, NAME, OFFICE, PHONE, Hit, Index, Known, Own, Value
from briefpack.text.words import NOT_LETTERS, Phrase, fold

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


def passages_of(finished: Finished) -> Iterator[Passage]:
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


def electorate(finished: Finished) -> Findings:
    """Find a document that doesn't name its own electorate, or has something that belongs to another."""
    around, document = finished.expected.around, finished.expected.document
    if around is None or document is None or document.spec.internal:
        return
    own = document.electorate
    if own and not names(around.known, own, finished.texts):
        yield Found(None, f"the document doesn't name its electorate, {around.names[own]}")
    for leak in found(around.known, finished.expected.own, passages_of(finished)):
        page, boxes = _place(finished, leak)
        yield Found(page, leak.message(around.known), boxes, (leak.values[0].shown,))


def private(finished: Finished) -> Findings:
    """Find a text that is ours alone in a document that isn't."""
    document, texts = finished.expected.document, finished.expected.private
    if document is None or document.spec.internal or not texts:
        return
    words = " ".join(word for passage in passages_of(finished) for word in fold(passage.text))
    for text in texts:
        if " ".join(fold(text)) in words:
            page, boxes = places.first(finished, text)
            yield Found(page, f'"{text}" is for our own sheet alone', boxes, (text,))


@dataclass(frozen=True)
class Leak:
    """The values of another electorate in one kind of place, and the first text that has the first value."""

    passage: Passage
    values: tuple[Value, ...]

    def message(self, known: Known) -> str:
        """Return the message about the first value, with the number of others."""
        first, count = self.values[0], len(self.values) - 1
        more = f", and {count} more of its values" if count else ""
        return f'{self.passage.place} contains "{first.shown}", {_role(known, first)}{more}'


def found(known: Known, own: Own, passages: Iterable[Passage]) -> Iterator[Leak]:
    """Yield the values of other electorates, place by place."""
    seen: dict[tuple[str, str], dict[Value, Passage]] = {}
    for passage in passages:
        for value in _leaked(known, own, passage):
            seen.setdefault((passage.place, value.owners[0]), {}).setdefault(value, passage)
    yield from (Leak(next(iter(values.values())), tuple(values)) for _, values in sorted(seen.items()))


def _place(finished: Finished, leak: Leak) -> Place:
    """Return the page of a leak, and where its values are."""
    passage, shown = leak.passage, [value.shown for value in leak.values]
    if passage.place == ALT:
        return places.spoken(finished, passage.text)
    if passage.place == LINK:
        return places.links(finished, passage.text)
    if passage.place != TEXT:
        return passage.page, ()
    page = passage.page or places.first(finished, shown[0])[0]
    return page, tuple(box for each in shown for box in places.words(finished, page, each)) if page else ()


def names(known: Known, slug: str, texts: Iterable[str]) -> bool:
    """Return whether any of the texts names an electorate."""
    for text in texts:
        for hit in _scan(_index(known), text, address=False)[1]:
            if hit.value.kind == NAME and slug in hit.value.owners:
                return True
    return False


@lru_cache(maxsize=4)
def _index(known: Known) -> Index:
    """Return the values of a set, indexed once a process."""
    return Index(known.values)


@lru_cache(maxsize=1024)
def _scan(index: Index, text: str, *, address: bool) -> tuple[Phrase, tuple[Hit, ...]]:
    """Scan a text once for all the documents that share it."""
    return index.scan(text, address=address)


def _role(known: Known, value: Value) -> str:
    """Return a description of a value: its kind, and the electorate it belongs to."""
    member, electorate = known.words
    whose = " or ".join(known.names[slug] for slug in value.owners[:2])
    return {
        NAME: f"the name of another {electorate}",
        MEMBER: f"the {member} for {whose}",
        OFFICE: f"the office address of {whose}",
        PHONE: f"the phone number of {whose}",
        EMAIL: f"the email address of {whose}",
    }[value.kind]


def _leaked(known: Known, own: Own, passage: Passage) -> Iterator[Value]:
    # In an address, a hyphen may be part of a name or replace a space.
    for text in (passage.text, NOT_LETTERS.sub(" ", passage.text)) if passage.address else (passage.text,):
        words, hits = _scan(_index(known), text, address=passage.address)
        for hit in hits:
            if own.slug not in hit.value.owners and not _is_allowed(known, own, words, hit):
                yield hit.value


def _is_allowed(known: Known, own: Own, words: Phrase, hit: Hit) -> bool:
    phrase = hit.value.phrase
    is_word = hit.loud and phrase in known.lowercase
    if is_word or _is_within(words, hit, own.phrases | own.mapped):
        return True
    beside = (*words[max(0, hit.start - 2) : hit.start], *words[hit.end : hit.end + 1])
    is_seat = hit.value.kind == NAME and not set(known.words).isdisjoint(beside)
    return not is_seat and (phrase in own.allowed or phrase in known.allowed)


def _is_within(words: Phrase, hit: Hit, phrases: Iterable[Phrase]) -> bool:
    """Return whether a hit is part of one of the phrases."""
    for phrase in phrases if hit.end else ():
        for start in range(max(0, hit.end - len(phrase)), hit.start + 1):
            if words[start : start + len(phrase)] == phrase:
                return True
    return False

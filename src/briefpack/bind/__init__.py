"""Bind pieces and slots into one finished PDF with one structure tree, outline and set of links."""

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pikepdf import String

from briefpack.bind import galley, objects, press_marks, xmp
from briefpack.bind.galley import Galley, Heading, Sheet
from briefpack.bind.objects import Block
from briefpack.bind.xmp import Intent, Standard
from briefpack.geometry import Frame, Rectangle
from briefpack.plan import Facts, Press
from briefpack.typeset import Placed

VERSION = "1.7"
CATALOG, PAGES, TREE, DOCUMENT = 1, 2, 3, 4
"""The object numbers that every document has, the last two only if it is tagged; its pieces come next, then its own."""


def document(
    pieces: tuple[bytes, ...],
    overlays: tuple[tuple[Placed, bytes], ...],
    facts: Facts,
    press: Press | None = None,
    profile: bytes = b"",
) -> bytes:
    """Bind prepared pieces in order, with overlays on top, and prepare the result for a press if one is given.

    `profile` is the ICC profile of the screen's colours; with it, the file claims PDF/A-2a. Equal arguments give equal
    bytes. The largest piece gets the first numbers, so a body that many documents share has the same numbers in each
    and is written once a process.
    """
    tagged = press is None
    bodies = [galley.read(data, form=False, tagged=tagged) for data in pieces]
    forms = [galley.read(data, form=True, tagged=tagged) for _, data in overlays]
    laid = [(placed, form) for (placed, _), form in zip(overlays, forms, strict=True)]
    parts = _numbered(bodies, laid, DOCUMENT + 1 if tagged else PAGES + 1)
    own = _Own(parts, 1 + max(part.last for part in parts), press)
    own.add_pages()
    if press:
        own.finish_for_press(facts, press, _identity(pieces, overlays, facts))
    else:
        own.finish(facts, profile)
    blocks = [part.block for part in sorted(parts, key=lambda part: part.first)]
    return objects.file(press_marks.VERSION if press else VERSION, [*blocks, own.block()], CATALOG, own.info)


def _identity(pieces: tuple[bytes, ...], overlays: tuple[tuple[Placed, bytes], ...], facts: Facts) -> bytes:
    """Return the hash of everything in a document."""
    made = hashlib.sha256(repr((facts, [placed for placed, _ in overlays])).encode())
    for pdf in (*pieces, *(pdf for _, pdf in overlays)):
        made.update(hashlib.sha256(pdf).digest())
    return made.digest()


# ---- Pieces.


@dataclass(frozen=True)
class _Part:
    """A piece in a document, with the first numbers of its items and keys, and its parent in the structure tree.

    `placed` gives the position of an overlay, `holder` the element that contains its tags, and `sheet` its page.
    `filled` are the items of slots that an overlay fills, which the document writes itself.
    """

    made: Galley
    place: int
    first: int
    key: int
    placed: Placed | None = None
    holder: int = DOCUMENT
    sheet: int = 0
    height_pt: float = 0.0
    filled: frozenset[int] = frozenset()

    @functools.cached_property
    def numbers(self) -> list[int]:
        """Return what fills the holes of its items."""
        return self.made.numbers(self.first, self.key, self.place, self.holder, self.sheet)

    @property
    def last(self) -> int:
        """Return the last number it takes."""
        return self.first + len(self.made.items) - 1 + objects.count_of_streams(len(_plain(self.made, self.filled)))

    @property
    def shift(self) -> tuple[float, float]:
        """Return an overlay's distance from the left and the foot of its page, in points."""
        if self.placed is None:
            return 0.0, 0.0
        return self.placed.place.left_pt, _foot(self.placed.place, self.height_pt)

    @property
    def block(self) -> Block:
        """Return its items as written in the file."""
        return _block(self.made, self.place, self.first, self.key, self.holder, self.sheet, self.shift, self.filled)


def _numbered(bodies: Sequence[Galley], overlays: Sequence[tuple[Placed, Galley]], first: int) -> list[_Part]:
    """Return the parts of a document with their numbers and keys: the pieces first, then the overlays."""
    made = [*bodies, *(form for _, form in overlays)]
    slots = {placed.slot for placed, _ in overlays if not placed.running}
    filled = [frozenset(each.slots[slot][0] for slot in slots & each.slots.keys()) for each in made]
    parts = [_Part(each, place, 0, 0, filled=held) for place, (each, held) in enumerate(zip(made, filled, strict=True))]
    number, key = first, 0
    for part in sorted(parts, key=lambda part: (-len(part.made.items), part.place)):
        parts[part.place] = replace(part, first=number, key=key)
        number, key = parts[part.place].last + 1, key + len(part.made.parents)
    count = len(bodies)
    return parts[:count] + [
        _laid(part, placed, parts[:count]) for part, (placed, _) in zip(parts[count:], overlays, strict=True)
    ]


def _laid(part: _Part, placed: Placed, bodies: Sequence[_Part]) -> _Part:
    """Return an overlay with its page, and with its place in the structure tree, which is that of its slot."""
    number, sheet = _sheets(bodies)[placed.page]
    laid = replace(part, placed=placed, sheet=number, height_pt=sheet.trim[3])
    if placed.running or not part.made.tops:
        return laid
    body, index, _ = _slot(bodies, placed.slot)
    return replace(laid, holder=body.first + index)


def _slot(bodies: Iterable[_Part], name: str) -> tuple[_Part, int, objects.Item]:
    """Return the piece that has a slot, the index of the slot's element, and that element as it is once filled."""
    return next((body, *body.made.slots[name]) for body in bodies if name in body.made.slots)


def _sheets(bodies: Iterable[_Part]) -> list[tuple[int, Sheet]]:
    """Return every page of a document, by number."""
    return [(body.first + index, sheet) for body in bodies for index, sheet in enumerate(body.made.sheets)]


def _foot(place: Frame, height_pt: float) -> float:
    return height_pt - place.top_pt - place.height_pt


@functools.lru_cache(maxsize=64)
def _plain(made: Galley, filled: frozenset[int]) -> list[int]:
    """Return the items of a piece that aren't streams, nor pages or filled slots, which the document writes itself."""
    return [
        index
        for index, item in enumerate(made.items)
        if item.data is None and index >= len(made.sheets) and index not in filled
    ]


# Cached for the sake of bodies, which many documents share.
@functools.lru_cache(maxsize=64)
def _block(
    made: Galley,
    place: int,
    first: int,
    key: int,
    holder: int,
    sheet: int,
    shift: tuple[float, float],
    filled: frozenset[int],
) -> Block:
    numbers = made.numbers(first, key, place, holder, sheet)
    plain = {first + index: made.items[index].filled(numbers) for index in _plain(made, filled)}
    for index, rectangle in made.rectangles.items():
        plain[first + index] = b"<</Rect[%b]%b" % (_moved(rectangle, shift), plain[first + index][2:])
    streams = {
        first + index: (item.filled(numbers), item.data)
        for index, item in enumerate(made.items)
        if item.data is not None
    }
    return objects.block(plain, streams, first + len(made.items))


def _moved(rectangle: Sequence[float], shift: tuple[float, float]) -> bytes:
    return _written([side + shift[index % 2] for index, side in enumerate(rectangle)])


def _written(numbers: Iterable[float]) -> bytes:
    """Return numbers as a PDF has them, to four decimals."""
    return b" ".join(f"{number:.4f}".rstrip("0").rstrip(".").encode() for number in numbers)


# ---- A document's own objects.


@dataclass
class _Own:
    """The objects of a document that come from none of its pieces."""

    parts: Sequence[_Part]
    first: int
    press: Press | None
    plain: dict[int, bytes] = field(default_factory=dict)
    streams: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    known: dict[bytes, int] = field(default_factory=dict)
    info: int = 0
    count: int = 0

    @property
    def bodies(self) -> list[_Part]:
        return [part for part in self.parts if part.placed is None]

    @property
    def overlays(self) -> list[_Part]:
        return [part for part in self.parts if part.placed is not None]

    def block(self) -> Block:
        """Return all of them as written in the file."""
        return objects.block(self.plain, self.streams, self.first + self.count)

    def number(self) -> int:
        """Return the next free number."""
        self.count += 1
        return self.first + self.count - 1

    def add(self, text: bytes) -> int:
        """Return the number of an object, adding it unless an equal one was added before."""
        if text not in self.known:
            self.known[text] = self.number()
            self.plain[self.known[text]] = text
        return self.known[text]

    def add_stream(self, data: bytes, entries: bytes = b"", *, squeeze: bool = True) -> int:
        """Add a stream and return its number."""
        number = self.number()
        self.streams[number] = objects.stream(data, entries, squeeze=squeeze)
        return number

    # Pages.

    def add_pages(self) -> None:
        """Write every page with its overlays, and the page tree."""
        sheets = _sheets(self.bodies)
        numbers = {body.first + index: body.numbers for body in self.bodies for index in range(len(body.made.sheets))}
        for index, (number, sheet) in enumerate(sheets):
            self.plain[number] = self._page(index, number, sheet, numbers[number])
        kids = b" ".join(b"%d 0 R" % number for number, _ in sheets)
        self.plain[PAGES] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(sheets), kids)

    def _page(self, index: int, number: int, sheet: Sheet, numbers: Sequence[int]) -> bytes:
        drawn = dict(self._drawn(index, number, sheet.trim[3]))
        parts = [b"<</Type/Page/Parent %d 0 R" % PAGES, self._contents(sheet, numbers, b"".join(drawn.values()))]
        parts.append(b"/Resources %d 0 R" % self._resources(sheet, numbers, drawn))
        for name, box in self._boxes(sheet).items():
            parts.append(b"/%b[%b]" % (name.encode(), _written(box)))
        links = [numbers[link] for link in sheet.links]
        links += [
            part.numbers[link]
            for part in self.overlays
            if part.sheet == number and part.placed and not part.placed.running
            for link in part.made.rectangles
        ]
        if links:
            parts.append(b"/Annots[%b]" % b" ".join(b"%d 0 R" % link for link in links))
        if sheet.key is not None:
            parts.append(b"/Tabs/S/StructParents %d" % numbers[galley.KEYS - sheet.key])
        return b"".join((*parts, b">>"))

    def _drawn(self, index: int, number: int, height_pt: float) -> Iterator[tuple[tuple[bytes, int], bytes]]:
        """Yield what is laid over a page: the name and number of each form, and the operators that draw it."""
        for order, part in enumerate(self.overlays):
            placed, forms = part.placed, part.made.pages
            if placed is None or (index < placed.skip if placed.running else part.sheet != number):
                continue
            page = index - placed.skip if placed.running and forms > 1 else 0
            drawn = b"q 1 0 0 1 %.3f %.3f cm /S%d Do Q\n" % (
                placed.place.left_pt,
                _foot(placed.place, height_pt),
                order,
            )
            # Running content is an artifact, not part of the text (ISO 14289-1, 7.1).
            held = b"/Artifact <</Type /Pagination>> BDC\n%bEMC\n" % drawn if placed.running else drawn
            yield (b"/S%d" % order, part.first + page), held

    def _contents(self, sheet: Sheet, numbers: Sequence[int], drawn: bytes) -> bytes:
        """Return a page's content, isolated from what follows because WeasyPrint leaves the coordinates flipped."""
        start, end = (b"q\n", b"Q\n" + drawn) if drawn else (b"", b"")
        if self.press:
            start = press_marks.clip(sheet.trim, self.press.bleed_mm) + start
            end += press_marks.marks(sheet.trim, self.press.bleed_mm)
        if not start:
            return b"/Contents %d 0 R" % numbers[sheet.content]
        return b"/Contents[%d 0 R %d 0 R %d 0 R]" % (self._text(start), numbers[sheet.content], self._text(end))

    def _text(self, text: bytes) -> int:
        """Return the number of a short stream, shared by all the pages that have the same one."""
        if text not in self.known:
            self.known[text] = self.add_stream(text, squeeze=False)
        return self.known[text]

    def _resources(self, sheet: Sheet, numbers: Sequence[int], drawn: Iterable[tuple[bytes, int]]) -> int:
        drawings = [name.encode() + b" " + item.filled(numbers) for name, item in sheet.drawings.items()]
        drawings += [b"%b %d 0 R" % each for each in drawn]
        held = b"".join(name.encode() + b" " + item.filled(numbers) for name, item in sheet.resources.items())
        return self.add(b"<<%b%b>>" % (held, b"/XObject<<%b>>" % b"".join(drawings) if drawings else b""))

    def _boxes(self, sheet: Sheet) -> Mapping[str, Rectangle]:
        if self.press:
            return press_marks.boxes(sheet.trim, self.press.bleed_mm)
        return {"MediaBox": sheet.media, "BleedBox": sheet.media, "TrimBox": sheet.trim}

    # The document as a whole.

    def finish(self, facts: Facts, profile: bytes) -> None:
        """Write what a document for the screen needs."""
        self._fill_slots()
        entries = self._tree() + self._names() + b"/MarkInfo<</Marked true>>"
        entries += b"/ViewerPreferences<<%b>>" % _preferences(facts, len(_sheets(self.bodies)))
        # ISO 19005-2, 6.2.3.
        meant = Intent("GTS_PDFA1", "sRGB IEC61966-2.1", 3, profile) if profile else None
        self._catalog(facts, replace(UNIVERSAL, more=ARCHIVE) if profile else UNIVERSAL, meant, entries)

    def finish_for_press(self, facts: Facts, press: Press, identity: bytes) -> None:
        """Write what a print shop needs, without tags or links, which don't print."""
        self._catalog(facts, press_marks.standard(identity), press_marks.intent(press), b"")

    def _catalog(self, facts: Facts, standard: Standard, meant: Intent | None, entries: bytes) -> None:
        self.info = self.number()
        self.plain[self.info] = xmp.info(facts, standard)
        packet = self.add_stream(xmp.packet(facts, standard), b"/Type/Metadata/Subtype/XML", squeeze=False)
        if meant:
            profile = self.add_stream(meant.profile, b"/N %d" % meant.channels)
            entries += b"/OutputIntents[%b/DestOutputProfile %d 0 R>>]" % (xmp.intent(meant)[:-2], profile)
        entries += self._outline() + b"/PageLabels<</Nums[0<</S/D>>]>>"
        entries += b"/Lang %b/Metadata %d 0 R" % (String(facts.language).unparse(), packet)
        self.plain[CATALOG] = b"<</Type/Catalog/Pages %d 0 R%b>>" % (PAGES, entries)

    def _fill_slots(self) -> None:
        """Attach the tags of each overlay at its slot."""
        for part in self.overlays:
            if part.placed and part.holder != DOCUMENT:
                body, _, item = _slot(self.bodies, part.placed.slot)
                self.plain[part.holder] = b"%b %b]>>" % (item.filled(body.numbers), _named(part))

    def _tree(self) -> bytes:
        """Write the structure tree, with the pieces in reading order, and its parent tree."""
        tops = b" ".join(map(_named, self.bodies))
        self.plain[DOCUMENT] = b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (TREE, tops)
        by_key = sorted(self.parts, key=lambda part: part.key)
        keys = [part.numbers[parent] for part in by_key for parent in part.made.parents]
        parents = self.add(b"<</Nums[%b]>>" % b" ".join(b"%d %d 0 R" % pair for pair in enumerate(keys)))
        said = b"/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d" % (DOCUMENT, parents, len(keys))
        self.plain[TREE] = b"<</Type/StructTreeRoot%b>>" % said
        return b"/StructTreeRoot %d 0 R" % TREE

    def _names(self) -> bytes:
        """Return the destinations of links within the document, in whichever piece they are."""
        targets: dict[str, bytes] = {}
        for body in self.bodies:
            for name, (page, view) in body.made.targets.items():
                targets.setdefault(name, b"[%d 0 R %b]" % (body.first + page, view))
        wanted = frozenset[str]().union(*(part.made.wanted for part in self.parts))
        held = b" ".join(String(name).unparse() + targets[name] for name in sorted(wanted & targets.keys()))
        return b"/Names<</Dests<</Names[%b]>>>>" % held if held else b""

    def _outline(self) -> bytes:
        headings = [(body, heading) for body in self.bodies for heading in body.made.outline]
        if not headings:
            return b""
        root = self.number()
        self.plain[root] = b"<</Type/Outlines%b>>" % self._entries(headings, root)
        return b"/Outlines %d 0 R" % root

    def _entries(self, headings: Sequence[tuple[_Part, Heading]], parent: int) -> bytes:
        """Write entries of the outline, all expanded, and return what their parent needs to list them."""
        numbers = [self.number() for _ in headings]
        for index, (body, heading) in enumerate(headings):
            text = b"<</Title %b/Parent %d 0 R" % (heading.title, parent)
            text += b"/Prev %d 0 R" % numbers[index - 1] if index else b""
            text += b"/Next %d 0 R" % numbers[index + 1] if index + 1 < len(numbers) else b""
            below = self._entries([(body, each) for each in heading.below], numbers[index]) if heading.below else b""
            leads = b"/Dest[%d 0 R %b]" % (body.first + heading.page, heading.view)
            self.plain[numbers[index]] = b"%b%b%b>>" % (text, below, leads)
        return b"/First %d 0 R/Last %d 0 R/Count %d" % (numbers[0], numbers[-1], sum(_all(headings)))


def _all(headings: Iterable[tuple[_Part, Heading]]) -> Iterator[int]:
    """Yield 1 for each heading and every heading below it."""
    waiting = [heading for _, heading in headings]
    while waiting:
        waiting += waiting.pop().below
        yield 1


def _named(part: _Part) -> bytes:
    """Return references to the outermost elements of a part."""
    return b" ".join(b"%d 0 R" % (part.first + top) for top in part.made.tops)


def _preferences(facts: Facts, pages: int) -> bytes:
    """Return how a viewer opens the document and, if the edition has them, its print settings."""
    if not facts.print_settings:
        return b"/DisplayDocTitle true"
    # Scaling to fit would make the type too small. Two-sided pages flip on the long edge.
    return b"/DisplayDocTitle true/PrintScaling/None/Duplex/" + (b"DuplexFlipLongEdge" if pages > 1 else b"Simplex")


UNIVERSAL = Standard(
    spaces=' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"', elements="<pdfuaid:part>1</pdfuaid:part>"
)
"""What a PDF/UA-1 file declares."""

ARCHIVE = """
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
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
"""The claim of PDF/A-2a, with the description of PDF/UA's own property that PDF/A requires (ISO 19005-2, 6.6.2.3)."""

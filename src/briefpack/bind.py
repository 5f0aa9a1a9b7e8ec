"""Binds pieces and slots into one finished PDF, with one tree of tags, outline and links."""

import hashlib
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, Stream, String

from briefpack import metadata, trim
from briefpack.metadata import Intent, Standard
from briefpack.pages import ELSEWHERE
from briefpack.plan import Facts, Press
from briefpack.typeset import Placed, Rectangle

PRINT_FLAG = 4
MARK = re.compile(rb"/(\w+)\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
SLOT = "slot: "


def tidy(pdf: bytes, notes: Mapping[int, int], own: str) -> bytes:
    """A piece's PDF with its tags made whole: notes, header scopes, artifacts, links that print.

    `notes` says how many footnotes stand on each page; `own` begins the ids of the piece's elements, so that no other
    piece of a document has them. What WeasyPrint leaves undone: footnotes are untyped,
    header cells have no scope (PDF/UA-1 7.5), margin boxes are marked but in no tree, links lack the print flag.
    """
    with Pdf.open(io.BytesIO(pdf)) as file:
        tree = file.Root.get("/StructTreeRoot")
        if tree is not None:
            document = tree.K[0]
            _type_notes(document, file, notes)
            _scope_headers(document, None)
            _own(document, own)
            _mark_artifacts(file, tree)
        for page in file.pages:
            for link in page.obj.get("/Annots", ()):
                link.F = PRINT_FLAG
        file.remove_unreferenced_resources()
        _end_plainly(file)
        return _saved(file)


def _type_notes(document: pikepdf.Object, file: Pdf, notes: Mapping[int, int]) -> None:
    """Type as Note the footnotes of each page: the last element of that page in the tree holds them."""
    pages = {page.obj.objgen: index for index, page in enumerate(file.pages)}
    last = {pages[element.Pg.objgen]: element for element in document.K if "/Pg" in element}
    for index in notes:
        last[index].S = Name.Div
        for number, note in enumerate(_elements(last[index])):
            note.S = Name.Note
            note.ID = String(f"note-{index}-{number}")
            marker = next(_elements(note), None)
            if marker is not None and Name.NonStruct == marker.S:
                marker.S = Name.Lbl


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The structure elements directly under one."""
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, Array) else (kids,):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _scope_headers(element: pikepdf.Object, part: pikepdf.Object | None) -> None:
    """Give each header cell its scope: column in a table's head, row in its body."""
    if element.S in (Name.THead, Name.TBody, Name.TFoot):
        part = element.S
    if element.S == Name.TH:
        element.A.Scope = Name.Column if part == Name.THead else Name.Row
    for kid in _elements(element):
        _scope_headers(kid, part)


def _own(element: pikepdf.Object, own: str) -> None:
    """Begin the id of an element, of all under it, and of the headers that they refer to."""
    if "/ID" in element:
        element.ID = String(f"{own}-{element.ID}")
    if "/A" in element and "/Headers" in element.A:
        element.A.Headers = Array([String(f"{own}-{header}") for header in element.A.Headers])
    for kid in _elements(element):
        _own(kid, own)


def _mark_artifacts(file: Pdf, tree: pikepdf.Object) -> None:
    """Turn into artifacts what is marked on a page but hangs in no tree: running heads in margin boxes."""
    held = _held(tree.K[0])
    numbers = tree.ParentTree.Nums
    for page in file.pages:
        parents = numbers[numbers_index(numbers, page.obj.StructParents)]
        loose = {mcid for mcid, parent in enumerate(parents) if parent.objgen not in held}
        if loose:
            page.Contents = file.make_stream(MARK.sub(partial(_unmarked, loose), page.Contents.read_bytes()))
            for mcid in loose:
                parents[mcid] = Dictionary()


def numbers_index(numbers: pikepdf.Object, key: object) -> int:
    """Where the value of a key stands in a number tree's flat list."""
    return next(index + 1 for index in range(0, len(numbers), 2) if numbers[index] == key)


def _held(element: pikepdf.Object) -> set[tuple[int, int]]:
    found = {element.objgen}
    for kid in _elements(element):
        found |= _held(kid)
    return found


def _unmarked(loose: set[int], found: re.Match[bytes]) -> bytes:
    return b"/Artifact <</Type /Pagination>> BDC" if int(found[2]) in loose else found[0]


def document(
    pieces: tuple[bytes, ...],
    overlays: tuple[tuple[Placed, bytes], ...],
    facts: Facts,
    press: Press | None = None,
    profile: bytes = b"",
) -> bytes:
    """One finished PDF: the pieces' pages in order, the overlays stamped in, everything joined; trimmed for a press.

    With the ICC `profile` of its screen colours it claims PDF/A-2a beside PDF/UA-1.
    Equal arguments give equal bytes.
    """
    binder = _Binder()
    for piece in pieces:
        binder.add(piece)
    for number, (placed, pdf) in enumerate(overlays):
        binder.stamp(placed, pdf, number)
    if press:
        binder.finish_for_press(facts, press, _identity(pieces, overlays, facts))
    else:
        binder.finish(facts, profile)
    with binder.out as file:
        data = _saved(file, trim.VERSION if press else "")
    return _plainly_ended(data) if profile and not press and MISTAKEN in data else data


def _identity(pieces: tuple[bytes, ...], overlays: tuple[tuple[Placed, bytes], ...], facts: Facts) -> bytes:
    """The hash of all that a document is made of."""
    made = hashlib.sha256(repr((facts, [placed for placed, _ in overlays])).encode())
    for pdf in (*pieces, *(pdf for _, pdf in overlays)):
        made.update(hashlib.sha256(pdf).digest())
    return made.digest()


MISTAKEN = b"\r\nendstream"
TRIES = 9


def _plainly_ended(data: bytes) -> bytes:
    """The same file with no stream whose own last byte is a carriage return.

    A validator of PDF/A that counts what is before the line's end takes that byte for part of it, and finds the stream
    a byte short (ISO 19005-2, 6.1.7.1). A space after its data changes the stream's end, and nothing that it says.
    """
    with Pdf.open(io.BytesIO(data)) as file:
        _end_plainly(file)
        made = _saved(file)
        for count in range(1, TRIES):
            if MISTAKEN in made:
                # The streams that hold other objects are made in saving: one more object, and each holds others.
                private = Array([file.make_indirect(Dictionary()) for _ in range(count)])
                own = Dictionary(LastModified=file.docinfo.ModDate, Private=private)
                file.Root.PieceInfo = Dictionary(briefpack=own)
                made = _saved(file)
        return made


def _end_plainly(file: Pdf) -> None:
    """Lengthen by a space each stream whose own last byte is a carriage return."""
    for item in file.objects:
        if isinstance(item, Stream) and item.read_raw_bytes().endswith(b"\r"):
            item.write(item.read_bytes() + b" ")
            if "/Length1" in item:
                item.Length1 = item.Length1 + 1


def _saved(file: Pdf, version: str = "") -> bytes:
    data = io.BytesIO()
    # The XMP is not read again for a version to mend: it has none.
    file.save(
        data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True,
        force_version=version, fix_metadata_version=False,
    )  # fmt: skip
    return data.getvalue()


class _Binder:
    """The PDF that is being bound, and what it has been given so far."""

    def __init__(self) -> None:
        self.out = Pdf.new()
        self.root = self.out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        self.parents: list[pikepdf.Object] = []
        self.targets: dict[str, pikepdf.Object] = {}
        self.outline: list[OutlineItem] = []
        self.open: list[Pdf] = []
        self.pieces: set[bytes] = set()

    def add(self, piece: bytes) -> None:
        source = Pdf.open(io.BytesIO(piece))
        self.open.append(source)
        first = len(self.out.pages)
        with warnings.catch_warnings():
            # Named destinations and the outline are taken below, for the whole document at once.
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
            self.out.pages.extend(source.pages)
        pages = [page.obj for page in list(self.out.pages)[first:]]
        self._take_tree(source, pages, self._again(piece))
        self._take_targets(source, first)
        self._take_outline(source, first)

    def _again(self, piece: bytes) -> str:
        """What begins a piece's ids where the document holds it already; nothing the first time."""
        again = f"{len(self.open)}" if piece in self.pieces else ""
        self.pieces.add(piece)
        return again

    def _take_tree(self, source: Pdf, pages: Iterable[pikepdf.Object], again: str) -> None:
        tree = self.out.copy_foreign(source.Root.StructTreeRoot)
        offset = len(self.parents)
        numbers = tree.ParentTree.Nums
        self.parents += [numbers[index] for index in range(1, len(numbers), 2)]
        for page in pages:
            page.StructParents = page.StructParents + offset
            for link in page.get("/Annots", ()):
                link.StructParent = link.StructParent + offset
        for element in tree.K[0].K:
            element.P = self.root
            self.root.K.append(element)
            if again:
                _own(element, again)

    def _take_targets(self, source: Pdf, first: int) -> None:
        indexes = {page.obj.objgen: first + index for index, page in enumerate(source.pages)}
        names = source.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
        for index in range(0, len(names), 2):
            page, *view = names[index + 1]
            target = Array([self.out.pages[indexes[page.objgen]].obj, *view])
            self.targets.setdefault(str(names[index]), target)

    def _take_outline(self, source: Pdf, first: int) -> None:
        indexes = {page.obj.objgen: first + index for index, page in enumerate(source.pages)}
        with source.open_outline() as outline:
            self.outline += [self._outlined(item, indexes) for item in outline.root]

    def _outlined(self, item: OutlineItem, indexes: Mapping[tuple[int, int], int]) -> OutlineItem:
        page, *view = list(item.destination)  # type: ignore[arg-type]
        made = OutlineItem(item.title, destination=Array([self.out.pages[indexes[page.objgen]].obj, *view]))
        made.children = [self._outlined(child, indexes) for child in item.children]
        made.is_closed = False
        return made

    def stamp(self, overlay: Placed, pdf: bytes, number: int) -> None:
        source = Pdf.open(io.BytesIO(pdf))
        self.open.append(source)
        if overlay.running:
            self._stamp_running(overlay, source, f"/S{number}")
        else:
            self._stamp_slot(overlay, source, f"/S{number}", self._again(pdf))

    def _stamp_running(self, overlay: Placed, source: Pdf, name: str) -> None:
        """Lay an artifact on each page: the slot's only page, or its page for that number."""
        forms = [self.out.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for index, page in enumerate(list(self.out.pages)[overlay.skip :]):
            form = forms[0] if len(forms) == 1 else forms[index]
            _draw(page, form, name, overlay.place, b"/Artifact <</Type /Pagination>> BDC\n", b"EMC\n")

    def _stamp_slot(self, overlay: Placed, source: Pdf, name: str, again: str) -> None:
        page = self.out.pages[overlay.page]
        form = self.out.copy_foreign(source.pages[0].as_form_xobject())
        _draw(page, form, name, overlay.place, b"", b"")
        slot = _slot(self.root, overlay.slot)
        slot.S = Name.Sect
        for key in ("/Alt", "/A"):
            if key in slot:
                del slot[key]
        links = self._copy_links(source.pages[0], page, overlay.place)
        self._graft(source, form, page.obj, slot, links, again)

    def _graft(
        self,
        source: Pdf,
        form: pikepdf.Object,
        page: pikepdf.Object,
        slot: pikepdf.Object,
        links: list[pikepdf.Object],
        again: str,
    ) -> None:
        """Hang the overlay's tags where the slot stands; its marks are in the form, not on the page."""
        tree = self.out.copy_foreign(source.Root.StructTreeRoot)
        numbers = tree.ParentTree.Nums
        form.StructParents = len(self.parents)
        self.parents.append(numbers[1])
        for link, index in zip(links, range(3, len(numbers), 2), strict=True):
            link.StructParent = len(self.parents)
            self.parents.append(numbers[index])
        for element in tree.K[0].K:
            element.P = slot
            slot.K.append(element)
            _refer(element, page, form, iter(links))
            if again:
                _own(element, again)

    def _copy_links(self, source: Page, page: Page, place: Rectangle) -> list[pikepdf.Object]:
        height_pt = float(page.trimbox[3])
        left, bottom = place.left_pt, height_pt - place.top_pt - place.height_pt
        links = []
        for old in source.obj.get("/Annots", ()):
            link = self.out.copy_foreign(self.out.make_indirect(old) if not old.is_indirect else old)
            x1, y1, x2, y2 = (float(value) for value in link.Rect)
            link.Rect = Array([x1 + left, y1 + bottom, x2 + left, y2 + bottom])
            links.append(link)
        if links:
            page.obj.Annots = Array([*page.obj.get("/Annots", ()), *links])
        return links

    def finish(self, facts: Facts, profile: bytes = b"") -> None:
        """Write what belongs to the document as a whole."""
        out = self.out
        nums = Array([part for index, parent in enumerate(self.parents) for part in (index, parent)])
        tree = out.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self.root]),
                ParentTree=out.make_indirect(Dictionary(Nums=nums)),
                ParentTreeNextKey=len(self.parents),
            )
        )
        self.root.P = tree
        self._link()
        out.Root.StructTreeRoot = tree
        out.Root.MarkInfo = Dictionary(Marked=True)
        out.Root.ViewerPreferences = _preferences(facts, len(out.pages))
        self._number(facts)
        metadata.write(out, facts, replace(UNIVERSAL, more=ARCHIVE) if profile else UNIVERSAL)
        if profile:
            # ISO 19005-2, 6.2.3.
            metadata.intend(out, Intent("GTS_PDFA1", "sRGB IEC61966-2.1", 3, profile))

    def finish_for_press(self, facts: Facts, press: Press, identity: bytes) -> None:
        """Write what a printer needs of the document, and no tags or links, which nobody prints."""
        self._number(facts)
        trim.finish(self.out, facts, press, identity)

    def _number(self, facts: Facts) -> None:
        """Outline, language and page numbers."""
        with self.out.open_outline() as outline:
            outline.root.extend(self.outline)
        self.out.Root.Lang = String(facts.language)
        self.out.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))

    def _link(self) -> None:
        """Point each link within the document at its target, whichever piece holds it."""
        used = set()
        for page in self.out.pages:
            for link in page.obj.get("/Annots", ()):
                address = str(link.get("/A", Dictionary()).get("/URI", ""))
                if address.startswith(ELSEWHERE):
                    del link["/A"]
                    link.Dest = String(address.removeprefix(ELSEWHERE))
                if "/Dest" in link:
                    used.add(str(link.Dest))
        names = [part for name in sorted(used & set(self.targets)) for part in (String(name), self.targets[name])]
        if names:
            self.out.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))


def _preferences(facts: Facts, pages: int) -> Dictionary:
    """How a reader's software opens the document, and for a printer at home how it offers to print it."""
    preferences = Dictionary(DisplayDocTitle=True)
    if facts.edition == "home":
        # Scaled to fit, type would fall under its smallest size; a page of two sides turns on its long edge.
        preferences.PrintScaling = Name("/None")
        preferences.Duplex = Name.DuplexFlipLongEdge if pages > 1 else Name.Simplex
    return preferences


def _slot(element: pikepdf.Object, name: str) -> pikepdf.Object:
    """The element of the slot of that name, at or under one; KeyError if there is none."""
    waiting = [element]
    while waiting:
        found = waiting.pop()
        if str(found.get("/Alt", "")) == f"{SLOT}{name}":
            return found
        waiting += _elements(found)
    raise KeyError(name)


def _refer(
    element: pikepdf.Object, page: pikepdf.Object, form: pikepdf.Object, links: Iterator[pikepdf.Object]
) -> None:
    """Make an element's marks point into the form."""
    kids = element.get("/K", Array())
    kids = kids if isinstance(kids, Array) else Array([kids])
    element.Pg = page
    made = []
    for kid in kids:
        if isinstance(kid, int):
            made.append(Dictionary(Type=Name.MCR, Pg=page, Stm=form, MCID=kid))
        elif kid.get("/Type") == Name.OBJR:
            kid.Obj, kid.Pg = next(links), page
            made.append(kid)
        else:
            _refer(kid, page, form, links)
            made.append(kid)
    element.K = Array(made)


def _draw(page: Page, form: pikepdf.Object, name: str, place: Rectangle, before: bytes, after: bytes) -> None:
    """Draw a form on a page at a place; WeasyPrint's own content leaves a flipped coordinate system, so it is fenced."""
    resources = page.obj.Resources
    if "/XObject" not in resources:
        resources.XObject = Dictionary()
    if not resources.XObject.is_indirect or name not in resources.XObject:
        resources.XObject[name] = form
    bottom_pt = float(page.trimbox[3]) - place.top_pt - place.height_pt
    drawn = f"q 1 0 0 1 {place.left_pt:.3f} {bottom_pt:.3f} cm {name} Do Q\n".encode()
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n" + before + drawn + after)


UNIVERSAL = Standard(
    spaces=' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"', elements="<pdfuaid:part>1</pdfuaid:part>"
)
"""What a file says that keeps to PDF/UA-1."""

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
"""The claim of PDF/A-2a, and the description of PDF/UA's own property that it asks for (ISO 19005-2, 6.6.2.3)."""

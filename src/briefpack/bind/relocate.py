"""Split a piece into relocatable objects: each reference to another object is a hole for its number."""

import functools
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, Stream, String

from briefpack.bind import fonts
from briefpack.bind.items import (
    KEYS,
    PAGE,
    PARENT,
    POSITION,
    SUFFIX,
    Bookmark,
    Inlay,
    Item,
    PageItems,
    PieceItems,
    Resources,
)
from briefpack.geometry import Rectangle
from briefpack.pages import BACK, ELSEWHERE
from briefpack.typeset.weasyprint.tree import LEVEL, OWN

SLOT = "slot: "
"""The beginning of the alternative text of an element that stands for a slot."""

TOKEN = re.compile(rb"\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>|(\d+) 0 R|/mark-(\d+)", re.DOTALL)
"""A reference to another object, a mark of an inlay, or a string, whose contents may look like one but aren't."""
DRAWN = re.compile(rb"\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f\s]*>|/MCID\s+(\d+)|/([^\s/<>\[\](){}%]+)", re.DOTALL)
"""What may have to change in the content of an inlay: the number of a mark, or a name; a string stays as it is."""

Mode = Literal["pages", "form", "inlay"]
"""How a piece is bound: as pages, as a form that is drawn over pages, or as an inlay in the content of one page.

Browsers leave the tags of forms out, so whatever has tags is an inlay.
"""


# Many documents share a long body, so each process reads it once.
@functools.lru_cache(maxsize=64)
def read(data: bytes, mode: Mode, *, tagged: bool) -> PieceItems:
    """Read a prepared piece in the way in which it is bound, with or without its tags and links."""
    with Pdf.open(io.BytesIO(data)) as file:
        return _Reader(file, mode, tagged=tagged and "/StructTreeRoot" in file.Root).read()


class _Font(NamedTuple):
    """A font in a piece: its name, the tables of its program, and the glyphs that the piece uses."""

    name: bytes
    tables: fonts.Tables
    used: set[int]


class _Reader:
    """A reader that collects each object of a file once, starting from its pages and tags."""

    def __init__(self, file: Pdf, mode: Mode, *, tagged: bool) -> None:
        self.file, self.mode, self.tagged = file, mode, tagged
        self.pages = list(file.pages)
        self.items: list[Item] = []
        self.places: dict[int, int] = {}
        self.waiting: list[pikepdf.Object] = []
        self.marked: list[pikepdf.Object] = []
        self.keys: dict[int, int] = {}
        self.parents = self._parents()
        self.fonts: dict[int, _Font] = {}
        self.figures: dict[int, tuple[float, ...]] = {}

    def read(self) -> PieceItems:
        # Each page, or its form, is one of the first items. What is laid over a page is on that page.
        for index, page in enumerate(self.pages):
            self.places[page.obj.objgen[0]] = index if self.mode == "pages" else PAGE
        self.items = [Item(b"")] * (0 if self.mode == "inlay" else len(self.pages))
        elements = self._tags() if self.tagged else []
        rectangles, linked = self._links() if self.tagged else ({}, frozenset())
        pages = tuple(map(self._page, self.pages)) if self.mode == "pages" else ()
        inlay = self._inlay(self.pages[0]) if self.mode == "inlay" else None
        if self.mode == "form":
            self.items[: len(self.pages)] = map(self._form, self.pages)
        parents = tuple(self._parent(value) for value in self.parents)
        while self.waiting:
            item = self.waiting.pop()
            self.items[self.places[item.objgen[0]]] = self._item(item)
        return PieceItems(
            page_count=len(self.pages), items=tuple(self.items), pages=pages, rectangles=rectangles,
            figures=self.figures, parents=parents,
            outermost=tuple(self.places[element.objgen[0]] for element in elements),
            slots=dict(self._slots(elements)), destinations=dict(self._destinations()), bookmarks=self._bookmarks(),
            linked=linked, subsets=tuple(fonts.subset(*font) for font in self.fonts.values()), inlay=inlay,
        )  # fmt: skip

    # Objects and references.

    def _place(self, item: pikepdf.Object) -> int:
        """Return the position of an object among the items; queue it if it is new."""
        number = item.objgen[0]
        if number not in self.places:
            self.places[number] = self._add(Item(b""))
            self.waiting.append(item)
        return self.places[number]

    def _add(self, item: Item) -> int:
        self.items.append(item)
        return len(self.items) - 1

    def _item(self, item: pikepdf.Object) -> Item:
        if isinstance(item, Stream):
            return self._relocatable(item.stream_dict.unparse(), item.read_raw_bytes())
        if "/BBox" in item.get("/A", {}) and not str(item.get("/Alt", "")).startswith(SLOT):
            self.figures[self.places[item.objgen[0]]] = tuple(map(float, item.A.BBox))
            del item["/A"]
        text = item.unparse(resolved=True)
        if b"/CIDFontType2" in text:
            self._take_font(item)
        return self._relocatable(text)

    def _relocatable(self, text: bytes, data: bytes | None = None) -> Item:
        """Return a text with a hole for each object it refers to."""
        holes: list[int] = []

        def hole(token: re.Match[bytes]) -> bytes:
            if token[1]:
                holes.append(self._place(self.file.get_object(int(token[1]), 0)))
                return b"%d 0 R"
            if token[2]:
                holes.append(self._mark(int(token[2])))
                return b"%d"
            if OWNED in token[0]:
                holes.append(POSITION)
            return token[0].replace(OWNED, b"%d-")

        with_holes = TOKEN.sub(hole, text.replace(b"%", b"%%"))
        return Item(with_holes, tuple(holes), data)

    def _take_font(self, font: pikepdf.Object) -> None:
        """Make a hole of the program of a TrueType font, before its descriptor is read, and note the glyphs used."""
        program = font.FontDescriptor.FontFile2
        number = program.objgen[0]
        if number not in self.places and (tables := fonts.tables(program.read_bytes())):
            self.places[number] = self._mark(len(self.marked)) - len(self.fonts)
            self.fonts[number] = _Font(bytes(font.FontDescriptor.FontName), tables, set())
        if number in self.fonts:
            for first, run in RUN.findall(font.W.unparse(resolved=True)):
                self.fonts[number].used.update(range(int(first), int(first) + len(run.split())))

    def _mark(self, mcid: int) -> int:
        """Return the hole of a mark; the one after the last is that of the first font program."""
        return KEYS - len(self.parents) - mcid

    def _resources(self, page: Page) -> Resources:
        """Return the resources of a page; the names of an inlay's end in its position."""
        found: dict[str, dict[str, Item]] = {}
        for kind in KINDS:
            named = page.obj.Resources.get(kind, Dictionary())
            values = {name: self._relocatable(_inside(Array([named[name]]))) for name in sorted(named.keys())}
            found[kind] = {Name(name).unparse().decode(): value for name, value in values.items()}
        return found

    # Pages.

    def _page(self, page: Page) -> PageItems:
        key = self.keys[int(page.obj.StructParents)] if self.tagged else None
        return PageItems(
            content=self._place(page.obj.Contents),
            resources=self._resources(page),
            links=tuple(self.places[link.objgen[0]] for link in page.obj.get("/Annots", ())) if self.tagged else (),
            key=key,
            marks=0 if key is None else len(self.parents[key]),
            media=_rectangle(page.mediabox),
            trim=_rectangle(page.trimbox),
        )

    def _form(self, page: Page) -> Item:
        """Return a page as a form XObject to lay over another page."""
        content = page.obj.Contents
        made = dict(content.stream_dict.items()) | dict(page.as_form_xobject().stream_dict.items())
        return self._relocatable(Dictionary(made).unparse(), content.read_raw_bytes())

    def _inlay(self, page: Page) -> Inlay:
        """Return the content of a page to be drawn on another; its names and marks are made its own there."""
        resources, holes = self._resources(page), list[int]()
        own = {name.encode() for named in resources.values() for name in named}

        def hole(token: re.Match[bytes]) -> bytes:
            if token[1] and self.tagged:
                holes.append(self._mark(int(token[1])))
                return b"/MCID %d"
            if token[2] and b"/" + token[2] in own:
                holes.append(POSITION)
                return token[0] + SUFFIX
            return token[0]

        content = DRAWN.sub(hole, page.obj.Contents.read_bytes().replace(b"%", b"%%"))
        elements = self._relocatable(_inside(Array(self.marked)))
        return Inlay(Item(content, tuple(holes)), resources, elements, len(self.marked), _rectangle(page.trimbox))

    @staticmethod
    def _keyed(item: Item, name: str, key: int) -> Item:
        """Return a dictionary with its key in the structure tree added."""
        return Item(item.text[:-2] + f"/{name} %d>>".encode(), (*item.holes, KEYS - key), item.data)

    # Tags.

    def _tags(self) -> list[pikepdf.Object]:
        """Return the outermost structure elements; the marks of an inlay's are numbered with those of its page."""
        root = self.file.Root.StructTreeRoot.K[0]
        self.places[root.objgen[0]] = PARENT
        elements = list(root.K)
        for element in elements if self.mode == "inlay" else ():
            _refer(element, self.pages[0].obj)
        for element in elements:
            self._place(element)
        return elements

    def _parents(self) -> list[pikepdf.Object]:
        """Return the values of the parent tree, in the order of their keys.

        An inlay has no key for a page: the elements of its marks are added to those of the page that it is drawn on.
        """
        if not self.tagged:
            return []
        numbers = self.file.Root.StructTreeRoot.ParentTree.Nums
        values = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
        if self.mode == "inlay":
            first, *_ = (values.pop(int(page.obj.StructParents)) for page in self.pages)
            self.marked = list(first)
        self.keys = {key: index for index, key in enumerate(sorted(values))}
        return [values[key] for key in self.keys]

    def _parent(self, value: pikepdf.Object) -> int:
        return self._place(value) if value.is_indirect else self._add(self._relocatable(value.unparse()))

    def _slots(self, elements: Iterable[pikepdf.Object]) -> Iterator[tuple[str, tuple[int, Item]]]:
        """Yield the elements that stand for slots."""
        waiting = list(elements)
        while waiting:
            element = waiting.pop()
            waiting += _children(element)
            name = str(element.get("/Alt", ""))
            if name.startswith(SLOT):
                made = Dictionary({key: value for key, value in element.items() if key not in ("/Alt", "/A", "/K")})
                made.S = Name.Div
                text = made.unparse()[:-2] + b"/K [" + _inside(element.K)
                yield name.removeprefix(SLOT), (self.places[element.objgen[0]], self._relocatable(text))

    # Links and outline.

    def _links(self) -> tuple[dict[int, tuple[float, ...]], frozenset[str]]:
        """Return the rectangle of each link, and the names that links lead to in this piece or another."""
        rectangles, linked = {}, set()
        for link in (link for page in self.pages for link in page.obj.get("/Annots", ())):
            address = str(link.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(ELSEWHERE):
                del link["/A"]
                link.Dest = String(address.removeprefix(ELSEWHERE))
            if address.startswith(BACK):
                del link["/A"]
                link.Dest = String(address)
            _check_link(link)
            if "/Dest" in link:
                linked.add(str(link.Dest))
            rest = Dictionary({name: value for name, value in link.items() if name not in ("/Rect", "/StructParent")})
            item = self._relocatable(rest.unparse())
            # A link that no tag holds, such as one in a running head, has no key; a check reports it.
            if "/StructParent" in link:
                item = self._keyed(item, "StructParent", self.keys[int(link.StructParent)])
            place = self.places[link.objgen[0]] = self._add(item)
            rectangles[place] = tuple(float(side) for side in link.Rect)
        return rectangles, frozenset(linked)

    def _destinations(self) -> Iterator[tuple[str, tuple[int, bytes]]]:
        names = self.file.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
        indexes = {page.obj.objgen: index for index, page in enumerate(self.pages)}
        for index in range(0, len(names), 2):
            page, *view = names[index + 1]
            yield str(names[index]), (indexes[page.objgen], _view(view))

    def _bookmarks(self) -> tuple[Bookmark, ...]:
        indexes = {page.obj.objgen: index for index, page in enumerate(self.pages)}
        with self.file.open_outline() as outline:
            return tuple(_bookmark(item, indexes) for item in outline.root)


def _children(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the structure elements directly under another."""
    return (kid for kid in element.K if isinstance(kid, Dictionary) and "/S" in kid)


OWNED = OWN.encode()
KINDS = ("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/Properties")
"""The kinds of resources that content names (ISO 32000-1, 7.8.3)."""


RUN = re.compile(rb"(\d+)\s*\[([^]]*)\]")
"""The number of the first glyph of a run, and the widths of all its glyphs, in an array of widths."""


def _bookmark(item: OutlineItem, indexes: Mapping[tuple[int, int], int]) -> Bookmark:
    page, *view = list(item.destination)  # type: ignore[arg-type]
    below = tuple(_bookmark(child, indexes) for child in item.children)
    level = int(item.obj.get(f"/{LEVEL}", 1)) if item.obj is not None else 1
    return Bookmark(level, String(item.title).unparse(), indexes[page.objgen], _view(view), below)


def _check_link(link: pikepdf.Object) -> None:
    """Refuse an annotation that does more than lead to a place in the document or to an address."""
    action = link.get("/A", Dictionary())
    plain = link.Subtype == Name.Link and link.keys() <= LINK and action.keys() <= ACTION
    if action:
        plain = plain and action.S == Name.URI and str(action.get("/URI", "")).startswith(ADDRESSES)
    if not plain or not isinstance(link.get("/Dest", String("")), String):
        raise ValueError(f"a link may lead only to {', '.join(ADDRESSES)} or a place in its document")


LINK = {"/Type", "/Subtype", "/Rect", "/BS", "/Contents", "/F", "/StructParent", "/Dest", "/A"}
ACTION = {"/Type", "/S", "/URI"}
ADDRESSES = ("https://", "http://", "mailto:", "tel:")


def _view(view: Iterable[object]) -> bytes:
    """Return the part of a destination that follows its page."""
    return _inside(Array(list(view)))


def _inside(array: pikepdf.Object) -> bytes:
    """Return the text between an array's brackets."""
    return array.unparse(resolved=True)[1:-1].strip()


def _rectangle(box: pikepdf.Object) -> Rectangle:
    return Rectangle(*map(float, box))


def _refer(element: pikepdf.Object, page: pikepdf.Object) -> None:
    """Name an element's marks on a page, so that they get the numbers of the page that they are drawn on."""
    kids, on = element.K, element.Pg
    element.Pg = page
    made = []
    for kid in kids:
        if isinstance(kid, int):
            # Only the first page of an inlay is drawn.
            made += [Name(f"/mark-{kid}")] if on.objgen == page.objgen else []
            continue
        if kid.get("/Type") == Name.OBJR:
            kid.Pg = page
        else:
            _refer(kid, page)
        made.append(kid)
    element.K = Array(made)

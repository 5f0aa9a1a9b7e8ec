"""Split a piece into relocatable objects: each reference to another object is a hole for its number."""

import functools
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, Stream, String

from briefpack.bind import fonts
from briefpack.geometry import Rectangle
from briefpack.pages import BACK, ELSEWHERE
from briefpack.typeset.tags import LEVEL, OWN, children

SLOT = "slot: "
"""The beginning of the alternative text of an element that stands for a slot."""

TOKEN = re.compile(rb"\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>|(\d+) 0 R", re.DOTALL)
"""A reference to another object, or a string, whose contents may look like a reference but aren't one."""

PAGE, PARENT, POSITION, KEYS = -1, -2, -3, -4
"""Holes for numbers that depend on the document: the page with the slot, the parent of the piece's tags, the piece's
position, and (from KEYS down) the keys of its marked content in the structure tree, then its font programs.
"""


@dataclass(frozen=True)
class Item:
    """An object. Each `%d` in its text is a hole for a number, listed in `holes`; `data` is set if it is a stream."""

    text: bytes
    holes: tuple[int, ...] = ()
    data: bytes | None = None

    def filled(self, numbers: Sequence[int]) -> bytes:
        """Return the text with each hole filled from `numbers`."""
        return self.text % tuple([numbers[hole] for hole in self.holes])


@dataclass(frozen=True)
class PageItems:
    """A page: its content, resources, drawings, links, key in the structure tree, and boxes."""

    content: int
    resources: Mapping[str, Item]
    drawings: Mapping[str, Item]
    links: tuple[int, ...]
    key: int | None
    media: Rectangle
    trim: Rectangle


@dataclass(frozen=True)
class Bookmark:
    """An entry in the outline: the level of its heading, its title as written in a PDF, and its destination."""

    level: int
    title: bytes
    page: int
    view: bytes
    below: tuple["Bookmark", ...]


@dataclass(frozen=True, eq=False)
class PieceItems:
    """A piece's objects, with holes where they refer to each other.

    The first items, one for each page, are empty for pages, which the document writes; for a form, they are the
    drawings laid over a page. `rectangles` are the links' rectangles, `parents` the items that the keys of its marked
    content refer to, `outermost` its outermost elements, and `linked` the names that its links lead to. The item of a
    slot is its element once filled, without the closing brackets. `subsets` are its subsets of font faces, whose
    programs the document writes.
    """

    page_count: int
    items: tuple[Item, ...]
    pages: tuple[PageItems, ...]
    rectangles: Mapping[int, tuple[float, ...]]
    outermost: tuple[int, ...]
    parents: tuple[int, ...]
    slots: Mapping[str, tuple[int, Item]]
    destinations: Mapping[str, tuple[int, bytes]]
    bookmarks: tuple[Bookmark, ...]
    linked: frozenset[str]
    subsets: tuple[fonts.Subset, ...]

    def numbers(
        self, first: int, key: int, position: int, parent: int, page: int, programs: Sequence[int]
    ) -> list[int]:
        """Return the number for each hole when items are numbered from `first` and marked content from `key`.

        `programs` are the numbers of the programs that have its subsets.
        """
        keys = range(key + len(self.parents) - 1, key - 1, -1)
        return [*range(first, first + len(self.items)), *reversed(programs), *keys, position, parent, page]


# Many documents share a long body, so each process reads it once.
@functools.lru_cache(maxsize=64)
def read(data: bytes, *, form: bool, tagged: bool) -> PieceItems:
    """Read a prepared piece as pages, or as a form to lay over a page, with or without its tags and links."""
    with Pdf.open(io.BytesIO(data)) as file:
        return _Reader(file, form=form, tagged=tagged and "/StructTreeRoot" in file.Root).read()


class _Font(NamedTuple):
    """A font in a piece: its name, the tables of its program, and the glyphs that the piece uses."""

    name: bytes
    tables: fonts.Tables
    used: set[int]


class _Reader:
    """A reader that collects each object of a file once, starting from its pages and tags."""

    def __init__(self, file: Pdf, *, form: bool, tagged: bool) -> None:
        self.file, self.form, self.tagged = file, form, tagged
        self.pages = list(file.pages)
        self.items: list[Item] = []
        self.places: dict[int, int] = {}
        self.waiting: list[pikepdf.Object] = []
        self.parents = self._parents()
        self.fonts: dict[int, _Font] = {}

    def read(self) -> PieceItems:
        self._place_pages()
        elements = self._tags() if self.tagged else []
        rectangles, linked = self._links() if self.tagged else ({}, frozenset())
        pages = () if self.form else tuple(map(self._page, self.pages))
        if self.form:
            self.items[: len(self.pages)] = map(self._form, self.pages)
        parents = tuple(self._parent(value) for value in self.parents)
        self._read_waiting()
        return PieceItems(
            page_count=len(self.pages), items=tuple(self.items), pages=pages, rectangles=rectangles, parents=parents,
            outermost=tuple(self.places[element.objgen[0]] for element in elements),
            slots=dict(self._slots(elements)), destinations=dict(self._destinations()), bookmarks=self._bookmarks(),
            linked=linked, subsets=tuple(fonts.subset(*font) for font in self.fonts.values()),
        )  # fmt: skip

    def _place_pages(self) -> None:
        """Give each page the first items. A form's page is the one it will be laid over; its content is the form."""
        for index, page in enumerate(self.pages):
            self.places[page.obj.objgen[0]] = PAGE if self.form else index
            if self.form:
                self.places[page.obj.Contents.objgen[0]] = index
        self.items = [Item(b"")] * len(self.pages)

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

    def _read_waiting(self) -> None:
        """Read the queued objects, and the objects that they refer to."""
        while self.waiting:
            item = self.waiting.pop()
            self.items[self.places[item.objgen[0]]] = self._item(item)

    def _item(self, item: pikepdf.Object) -> Item:
        if isinstance(item, Stream):
            return self._relocatable(item.stream_dict.unparse(), item.read_raw_bytes())
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
            self.places[number] = KEYS - len(self.parents) - len(self.fonts)
            self.fonts[number] = _Font(bytes(font.FontDescriptor.FontName), tables, set())
        if number in self.fonts:
            self.fonts[number].used.update(_used(font.W.unparse(resolved=True)))

    def _entries(self, dictionary: pikepdf.Object) -> dict[str, Item]:
        """Return the entries of a dictionary, which may be numbers as well as objects."""
        names = {name: Name(name).unparse().decode() for name in sorted(dictionary.keys())}
        return {written: self._relocatable(_inside(Array([dictionary[name]]))) for name, written in names.items()}

    # Pages.

    def _page(self, page: Page) -> PageItems:
        resources = self._entries(page.obj.Resources)
        resources.pop("/XObject", None)
        return PageItems(
            content=self._place(page.obj.Contents),
            resources=resources,
            drawings=self._entries(page.obj.Resources.get("/XObject", Dictionary())),
            links=tuple(self.places[link.objgen[0]] for link in page.obj.get("/Annots", ())) if self.tagged else (),
            key=int(page.obj.StructParents) if self.tagged else None,
            media=_rectangle(page.mediabox),
            trim=_rectangle(page.trimbox),
        )

    def _form(self, page: Page) -> Item:
        """Return a page as a form XObject to lay over another page."""
        content = page.obj.Contents
        made = dict(content.stream_dict.items()) | dict(page.as_form_xobject().stream_dict.items())
        form = self._relocatable(Dictionary(made).unparse(), content.read_raw_bytes())
        return self._keyed(form, "StructParents", int(page.obj.StructParents)) if self.tagged else form

    @staticmethod
    def _keyed(item: Item, name: str, key: int) -> Item:
        """Return a dictionary with its key in the structure tree added."""
        return Item(item.text[:-2] + f"/{name} %d>>".encode(), (*item.holes, KEYS - key), item.data)

    # Tags.

    def _tags(self) -> list[pikepdf.Object]:
        """Return the outermost structure elements; a form's elements refer to the page under the form."""
        root = self.file.Root.StructTreeRoot.K[0]
        self.places[root.objgen[0]] = PARENT
        elements = list(root.K)
        for element in elements if self.form else ():
            _refer(element, self.pages[0].obj)
        for element in elements:
            self._place(element)
        return elements

    def _parents(self) -> list[pikepdf.Object]:
        """Return the values of the parent tree, in the order of their keys."""
        if not self.tagged:
            return []
        numbers = self.file.Root.StructTreeRoot.ParentTree.Nums
        values = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
        return [values[key] for key in range(len(values))]

    def _parent(self, value: pikepdf.Object) -> int:
        return self._place(value) if value.is_indirect else self._add(self._relocatable(value.unparse()))

    def _slots(self, elements: Iterable[pikepdf.Object]) -> Iterator[tuple[str, tuple[int, Item]]]:
        """Yield the elements that stand for slots."""
        waiting = list(elements)
        while waiting:
            element = waiting.pop()
            waiting += children(element)
            name = str(element.get("/Alt", ""))
            if name.startswith(SLOT):
                kids = element.get("/K", Array())
                own = kids if isinstance(kids, Array) else Array([kids])
                made = Dictionary({key: value for key, value in element.items() if key not in ("/Alt", "/A", "/K")})
                made.S = Name.Sect
                text = made.unparse()[:-2] + b"/K [" + _inside(own)
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
            place = self._add(self._keyed(self._relocatable(rest.unparse()), "StructParent", int(link.StructParent)))
            self.places[link.objgen[0]] = place
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


OWNED = OWN.encode()


def _used(widths: bytes) -> Iterator[int]:
    """Yield the numbers of the glyphs in an array of widths; the number of a run's first glyph comes before the run."""
    for first, run in RUN.findall(widths):
        yield from range(int(first), int(first) + len(run.split()))


RUN = re.compile(rb"(\d+)\s*\[([^]]*)\]")


def _bookmark(item: OutlineItem, indexes: Mapping[tuple[int, int], int]) -> Bookmark:
    page, *view = list(item.destination)  # type: ignore[arg-type]
    below = tuple(_bookmark(child, indexes) for child in item.children)
    level = int(item.obj.get(LEVEL, 1)) if item.obj is not None else 1
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
    """Point an element's marks at the form that its page becomes."""
    kids = element.get("/K", Array())
    element.Pg = page
    made = []
    for kid in kids if isinstance(kids, Array) else Array([kids]):
        if isinstance(kid, int):
            made.append(Dictionary(Type=Name.MCR, Pg=page, Stm=page.Contents, MCID=kid))
        else:
            if kid.get("/Type") == Name.OBJR:
                kid.Pg = page
            else:
                _refer(kid, page)
            made.append(kid)
    element.K = Array(made)

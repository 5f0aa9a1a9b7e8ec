"""Split a piece into objects that can be renumbered."""

import functools
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, Stream, String

from briefpack.bind.objects import Item
from briefpack.geometry import Rectangle
from briefpack.pages import ELSEWHERE
from briefpack.typeset.tags import OWN, children

SLOT = "slot: "
"""Left, bottom, right and top, in points."""

TOKEN = re.compile(rb"\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>|(\d+) 0 R", re.DOTALL)
"""A reference to another object, or a string, whose contents may look like a reference but aren't one."""

SHEET, HOLDER, PLACE, KEYS = -1, -2, -3, -4
"""Holes for what only the document knows: the page with the slot, the element that contains the piece's tags, the
piece's position in the document, and (from KEYS down) the keys of its marks in the structure tree.
"""


@dataclass(frozen=True)
class Sheet:
    """A page: its content, resources, drawings, links, key in the structure tree, and boxes."""

    content: int
    resources: Mapping[str, Item]
    drawings: Mapping[str, Item]
    links: tuple[int, ...]
    key: int | None
    media: Rectangle
    trim: Rectangle


@dataclass(frozen=True)
class Heading:
    """An entry in the outline: its title as written in a PDF, and its destination."""

    title: bytes
    page: int
    view: bytes
    below: tuple["Heading", ...]


@dataclass(frozen=True, eq=False)
class Galley:
    """A piece's objects, with holes where they refer to each other.

    The first items, one for each page, are left empty: pages of the document or, for a `form`, the drawings laid over a
    page. `rectangles` are those of the links, `parents` the items that the keys of its marks refer to, `tops` its
    outermost elements, and `wanted` the names that its links lead to. An element in `slots` is written as it is once
    the slot is filled, without its closing brackets.
    """

    pages: int
    items: tuple[Item, ...]
    sheets: tuple[Sheet, ...]
    rectangles: Mapping[int, tuple[float, ...]]
    tops: tuple[int, ...]
    parents: tuple[int, ...]
    slots: Mapping[str, tuple[int, Item]]
    targets: Mapping[str, tuple[int, bytes]]
    outline: tuple[Heading, ...]
    wanted: frozenset[str]

    def numbers(self, first: int, key: int, place: int, holder: int, sheet: int) -> list[int]:
        """Return what fills each hole when items are numbered from `first` and marks have keys from `key` on."""
        keys = range(key + len(self.parents) - 1, key - 1, -1)
        return [*range(first, first + len(self.items)), *keys, place, holder, sheet]


# Many documents share a long body, so each process reads it once.
@functools.lru_cache(maxsize=64)
def read(data: bytes, *, form: bool, tagged: bool) -> Galley:
    """Read a prepared piece as pages, or as a form to lay over a page, with or without its tags and links."""
    with Pdf.open(io.BytesIO(data)) as file:
        return _Reader(file, form=form, tagged=tagged and "/StructTreeRoot" in file.Root).galley()


class _Reader:
    """A reader that collects each object of a file once, starting from its pages and tags."""

    def __init__(self, file: Pdf, *, form: bool, tagged: bool) -> None:
        self.file, self.form, self.tagged = file, form, tagged
        self.pages = list(file.pages)
        self.items: list[Item] = []
        self.places: dict[int, int] = {}
        self.waiting: list[pikepdf.Object] = []

    def galley(self) -> Galley:
        pages = self.pages
        for index, page in enumerate(pages):
            self.places[page.obj.objgen[0]] = SHEET if self.form else index
            if self.form:
                self.places[page.obj.Contents.objgen[0]] = index
        self.items = [Item(b"")] * len(pages)
        elements = self._tags() if self.tagged else []
        rectangles, wanted = self._links() if self.tagged else ({}, frozenset())
        sheets = () if self.form else tuple(map(self._sheet, pages))
        self.items[: len(pages)] = map(self._form, pages) if self.form else [Item(b"")] * len(pages)
        parents = tuple(self._parent(value) for value in self._parents())
        self._take()
        return Galley(
            pages=len(pages), items=tuple(self.items), sheets=sheets, rectangles=rectangles, parents=parents,
            tops=tuple(self.places[element.objgen[0]] for element in elements),
            slots=dict(self._slots(elements)), targets=dict(self._targets()), outline=self._outline(), wanted=wanted,
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

    def _take(self) -> None:
        """Read the queued objects, and those that they refer to."""
        while self.waiting:
            item = self.waiting.pop()
            self.items[self.places[item.objgen[0]]] = self._item(item)

    def _item(self, item: pikepdf.Object) -> Item:
        if isinstance(item, Stream):
            return self._loose(item.stream_dict.unparse(), item.read_raw_bytes())
        return self._loose(item.unparse(resolved=True))

    def _loose(self, text: bytes, data: bytes | None = None) -> Item:
        """Return a text with a hole for each object it refers to."""
        holes: list[int] = []

        def hole(token: re.Match[bytes]) -> bytes:
            if token[1]:
                holes.append(self._place(self.file.get_object(int(token[1]), 0)))
                return b"%d 0 R"
            if OWNED in token[0]:
                holes.append(PLACE)
            return token[0].replace(OWNED, b"%d-")

        loose = TOKEN.sub(hole, text.replace(b"%", b"%%"))
        return Item(loose, tuple(holes), data)

    def _entries(self, held: pikepdf.Object) -> dict[str, Item]:
        """Return the entries of a dictionary, which may be numbers as well as objects."""
        names = {name: Name(name).unparse().decode() for name in sorted(held.keys())}
        return {written: self._loose(_inside(Array([held[name]]))) for name, written in names.items()}

    # Pages.

    def _sheet(self, page: Page) -> Sheet:
        resources = self._entries(page.obj.Resources)
        resources.pop("/XObject", None)
        return Sheet(
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
        form = self._loose(Dictionary(made).unparse(), content.read_raw_bytes())
        return self._keyed(form, "StructParents", int(page.obj.StructParents)) if self.tagged else form

    @staticmethod
    def _keyed(item: Item, name: str, key: int) -> Item:
        """Return a dictionary with its key in the structure tree added."""
        return Item(item.text[:-2] + f"/{name} %d>>".encode(), (*item.holes, KEYS - key), item.data)

    # Tags.

    def _tags(self) -> list[pikepdf.Object]:
        """Return the outermost elements; those of a form refer to the page it will be laid over."""
        root = self.file.Root.StructTreeRoot.K[0]
        self.places[root.objgen[0]] = HOLDER
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
        held = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
        return [held[key] for key in range(len(held))]

    def _parent(self, value: pikepdf.Object) -> int:
        return self._place(value) if value.is_indirect else self._add(self._loose(value.unparse()))

    def _slots(self, elements: Iterable[pikepdf.Object]) -> Iterator[tuple[str, tuple[int, Item]]]:
        """Yield the elements that stand in for slots."""
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
                yield name.removeprefix(SLOT), (self.places[element.objgen[0]], self._loose(text))

    # Links and outline.

    def _links(self) -> tuple[dict[int, tuple[float, ...]], frozenset[str]]:
        """Return the rectangle of each link, and the names that links lead to in this piece or another."""
        rectangles, wanted = {}, set()
        for link in (link for page in self.pages for link in page.obj.get("/Annots", ())):
            address = str(link.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(ELSEWHERE):
                del link["/A"]
                link.Dest = String(address.removeprefix(ELSEWHERE))
            if "/Dest" in link:
                wanted.add(str(link.Dest))
            rest = Dictionary({name: value for name, value in link.items() if name not in ("/Rect", "/StructParent")})
            place = self._add(self._keyed(self._loose(rest.unparse()), "StructParent", int(link.StructParent)))
            self.places[link.objgen[0]] = place
            rectangles[place] = tuple(float(side) for side in link.Rect)
        return rectangles, frozenset(wanted)

    def _targets(self) -> Iterator[tuple[str, tuple[int, bytes]]]:
        names = self.file.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
        indexes = {page.obj.objgen: index for index, page in enumerate(self.pages)}
        for index in range(0, len(names), 2):
            page, *view = names[index + 1]
            yield str(names[index]), (indexes[page.objgen], _view(view))

    def _outline(self) -> tuple[Heading, ...]:
        indexes = {page.obj.objgen: index for index, page in enumerate(self.pages)}
        with self.file.open_outline() as outline:
            return tuple(_heading(item, indexes) for item in outline.root)


OWNED = OWN.encode()


def _heading(item: OutlineItem, indexes: Mapping[tuple[int, int], int]) -> Heading:
    page, *view = list(item.destination)  # type: ignore[arg-type]
    below = tuple(_heading(child, indexes) for child in item.children)
    return Heading(String(item.title).unparse(), indexes[page.objgen], _view(view), below)


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

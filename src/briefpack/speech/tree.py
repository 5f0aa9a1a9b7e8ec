"""Read the tag tree of a PDF, whichever program made it, with the text that each of its elements holds."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf

from briefpack.speech import destinations, marked
from briefpack.speech.marked import Mark, Number

DEEPEST = 150
"""How deep the elements of a tree may be nested; those deeper down are left out."""


@dataclass(frozen=True)
class Words:
    """The text of one piece of marked content, and its page."""

    text: str
    page: int


@dataclass(frozen=True)
class Link:
    """The annotation of a link: its description, and the page or address that it opens."""

    description: str
    target: str
    page: int


@dataclass(frozen=True)
class Element:
    """A structure element: its standard type, what it says itself, and what is in it, in reading order.

    `summary` says what is in a table.
    """

    kind: str
    page: int
    alt: str = ""
    actual: str = ""
    expansion: str = ""
    language: str = ""
    kids: tuple["Element | Words | Link", ...] = ()
    summary: str = ""

    def walk(self) -> Iterator["Element"]:
        """Yield the element and every element in it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    @property
    def elements(self) -> tuple["Element", ...]:
        """Return the elements directly in it."""
        return tuple(kid for kid in self.kids if isinstance(kid, Element))


@dataclass(frozen=True)
class Spoken:
    """What a PDF gives a screen reader: its title, its language, how many pages it has, and its tags, if any."""

    title: str
    language: str
    pages: int
    tree: Element | None
    texts: tuple[str, ...] = ()


def read(data: bytes) -> Spoken:
    """Read a PDF from its bytes; `texts` are the texts of its pages if it has no tags.

    Raises pikepdf.PdfError for a file that is too damaged to read, and pikepdf.PasswordError for one that is locked.
    """
    with Pdf.open(io.BytesIO(data)) as file, pypdfium2.PdfDocument(data) as drawn:
        root = file.Root.get("/StructTreeRoot")
        tree = _Tree(file, drawn).document(root) if isinstance(root, Dictionary) else None
        texts = () if tree else tuple(page.get_textpage().get_text_bounded() for page in drawn)
        title = str(file.docinfo.get("/Title", ""))
        return Spoken(title, _text(file.Root, "/Lang"), len(file.pages), tree, texts)


class _Tree:
    """A reader of one file's tags: its pages by their object, and the text of each page's marked content."""

    def __init__(self, file: Pdf, drawn: pypdfium2.PdfDocument) -> None:
        self.file, self.drawn = file, drawn
        self.pages = {page.obj.objgen: index for index, page in enumerate(file.pages)}
        self.targets = destinations.Targets(file, self.pages)
        self.roles: Mapping[str, Any] = {}
        self.marked: dict[int, dict[Mark, str]] = {}
        self.seen: set[Number] = set()

    def document(self, root: Dictionary) -> Element | None:
        self.roles = dict(root.get("/RoleMap", Dictionary()).items())
        kids = tuple(self._kids(root, 0, 0))
        return Element("Document", 0, kids=kids) if kids else None

    def _kids(self, parent: Dictionary, page: int, depth: int) -> Iterator[Element | Words | Link]:
        kids = parent.get("/K", ())
        for kid in kids if isinstance(kids, Array) else (kids,):
            yield from self._kid(kid, page, depth)

    def _kid(self, kid: Any, page: int, depth: int) -> Iterator[Element | Words | Link]:  # noqa: ANN401 -- pikepdf's
        if isinstance(kid, int):
            yield Words(self._words(page, Mark(None, kid)), page)
        elif isinstance(kid, Dictionary):
            page = self.pages.get(_number(kid.get("/Pg")), page)
            if kid.get("/Type") == Name.MCR:
                form = _number(kid.Stm) if "/Stm" in kid else None
                yield Words(self._words(page, Mark(form, int(kid.get("/MCID", -1)))), page)
            elif kid.get("/Type") == Name.OBJR:
                yield from self._link(kid.get("/Obj"), page)
            elif "/S" in kid and depth < DEEPEST:
                yield from self._element(kid, page, depth)

    def _element(self, found: Dictionary, page: int, depth: int) -> Iterator[Element]:
        if _number(found) in self.seen and found.is_indirect:
            return
        self.seen.add(_number(found))
        kids = tuple(self._kids(found, page, depth + 1))
        alt, actual, expansion, language = (_text(found, key) for key in ("/Alt", "/ActualText", "/E", "/Lang"))
        attributes = found.get("/A")
        summary = _text(attributes, "/Summary") if isinstance(attributes, Dictionary) else ""
        yield Element(self._kind(str(found.S)), page, alt, actual, expansion, language, kids, summary)

    def _kind(self, name: str) -> str:
        """Return the standard type that a file's own stands for."""
        for _ in range(len(self.roles) + 1):
            if name not in self.roles:
                break
            name = str(self.roles[name])
        return name.removeprefix("/")

    def _link(self, annotation: Any, page: int) -> Iterator[Link]:  # noqa: ANN401 -- pikepdf's
        if isinstance(annotation, Dictionary) and annotation.get("/Subtype") == Name.Link:
            yield Link(_text(annotation, "/Contents"), self.targets.of(annotation), page)

    def _words(self, page: int, mark: Mark) -> str:
        if page not in self.marked:
            self.marked[page] = marked.read(self.file.pages[page], self.drawn[page])
        return self.marked[page].get(mark, "")


def _number(found: Any) -> Number:  # noqa: ANN401 -- pikepdf's
    return found.objgen if isinstance(found, pikepdf.Object) else (0, 0)


def _text(found: pikepdf.Object, key: str) -> str:
    value = found.get(key)
    return str(value) if isinstance(value, pikepdf.String) else ""

"""Read the tag tree of a PDF, whichever program made it, with the text of its elements and the targets of its links."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, NameTree, Object, Page, Pdf, String

from briefpack.checks.read.strings import Handle, Strings

DEEPEST = 150
"""How deep the elements of a tree may be nested; deeper elements are left out."""


Number = tuple[int, int]
"""The number and generation of an object in a PDF."""


class Mark(NamedTuple):
    """A piece of marked content: its id, and the form whose content it is in; None is the page's own."""

    form: Number | None
    mcid: int


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
    """A structure element: its standard type, its own spoken text, and its contents in reading order.

    `summary` describes the contents of a table.
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
        self.targets = _Targets(file, self.pages)
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
        """Return the standard type that a type of the file's own is mapped to."""
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
            self.marked[page] = _marked_text(self.file.pages[page], self.drawn[page])
        return self.marked[page].get(mark, "")


def _number(found: Any) -> Number:  # noqa: ANN401 -- pikepdf's
    return found.objgen if isinstance(found, pikepdf.Object) else (0, 0)


def _text(found: pikepdf.Object, key: str) -> str:
    value = found.get(key)
    return str(value) if isinstance(value, pikepdf.String) else ""


class _Targets:
    """The destinations of a file, by their names."""

    def __init__(self, file: Pdf, pages: Mapping[tuple[int, int], int]) -> None:
        """Read the names; `pages` gives the index of each page's object."""
        self.pages = pages
        names, old = file.Root.get("/Names"), file.Root.get("/Dests")
        by_name = names.get("/Dests") if isinstance(names, Dictionary) else None
        self.tree: Mapping[str, Any] = NameTree(by_name) if by_name is not None else {}
        self.old: Mapping[str, Any] = dict(old.items()) if isinstance(old, Dictionary) else {}

    def of(self, annotation: Dictionary) -> str:
        """Return where a link leads, in words: `page 6`, or its address; nothing if it can't be told."""
        action = annotation.get("/A", Dictionary())
        if "/URI" in action:
            return str(action.URI)
        destination = annotation.get("/Dest", action.get("/D"))
        return self._page(destination)

    def _page(self, destination: Any) -> str:  # noqa: ANN401 -- pikepdf's
        if isinstance(destination, String):
            destination = self.tree.get(str(destination))
        elif isinstance(destination, Name):
            destination = self.old.get(str(destination))
        if isinstance(destination, Dictionary):
            destination = destination.get("/D")
        if not isinstance(destination, Array) or not len(destination):
            return ""
        index = self.pages.get(destination[0].objgen) if isinstance(destination[0], Dictionary) else None
        return "" if index is None else f"page {index + 1}"


DEEPEST_FORM = 8
"""How deep forms may be nested."""
HYPHEN = "\x02"
"""What PDFium has for a hyphen at the end of a line."""


def _marked_text(page: Page, drawn: pypdfium2.PdfPage) -> dict[Mark, str]:
    """Return the text of each piece of marked content on a page, in the order in which it is drawn."""
    letters, strings = drawn.get_textpage(), Strings()
    texts: dict[Mark, str] = {}
    for mark, item in _texts(page, drawn):
        text = strings.read(pdfium.FPDFTextObj_GetText, item, letters.raw)
        texts[mark] = texts.get(mark, "") + text.replace(HYPHEN, "-")
    return texts


def _texts(page: Page, drawn: pypdfium2.PdfPage) -> Iterator[tuple[Mark, Handle]]:
    """Yield each run of type on a page with its mark; PDFium has the forms in the order in which they are drawn."""
    items = [pdfium.FPDFPage_GetObject(drawn.raw, index) for index in range(pdfium.FPDFPage_CountObjects(drawn.raw))]
    yield from _among(items, None, _forms(page, page.resources), 0)


def _among(
    items: Iterable[Handle], own: Number | None, forms: Iterator[Object], depth: int
) -> Iterator[tuple[Mark, Handle]]:
    """Yield the runs of type among the items of a page or of a form, and in the forms that it draws."""
    for item in items:
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            form = next(forms, None)
            if form is not None and depth < DEEPEST_FORM:
                inside = [pdfium.FPDFFormObj_GetObject(item, n) for n in range(pdfium.FPDFFormObj_CountObjects(item))]
                yield from _among(inside, form.objgen, _forms(form, form.get("/Resources", Dictionary())), depth + 1)
        elif _is_text(item):
            yield Mark(own, _mcid(item)), item


def _forms(content: Page | Object, resources: Object) -> Iterator[Object]:
    """Yield the forms that a page or a form draws, in order."""
    named = resources.get("/XObject", Dictionary())
    for instruction in pikepdf.parse_content_stream(content, "Do"):
        form = named.get(str(instruction.operands[0])) if instruction.operands else None
        if form is not None and form.get("/Subtype") == Name.Form:
            yield form


def _is_text(item: Handle) -> bool:
    return bool(pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT)


def _mcid(item: Handle) -> int:
    return int(pdfium.FPDFPageObj_GetMarkedContentID(item))

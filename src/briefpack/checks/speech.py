"""Write a PDF as lines of text, as a screen reader says it: a line for each thing that it stops at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks.read import opening, strings
from briefpack.checks.read.annotations import Link
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.tags import INLINE, Element
from briefpack.plan import Expected

INDENT = "  "
HEADINGS = {"H": "Heading", **{f"H{level}": f"Heading {level}" for level in range(1, 7)}, "Title": "Title"}
NAMED = {"Caption": "Caption", "BlockQuote": "Quotation", "Aside": "Aside", "Formula": "Formula"}
HYPHEN = "\x02"
"""What PDFium has for a hyphen at the end of a line."""
UNTAGGED = "This PDF has no tags: a screen reader guesses what belongs together, and in which order."


@dataclass(frozen=True)
class Page:
    """A page as a screen reader says it, with the annotations of its links; or its text, if it has no tags."""

    tree: Element | None
    links: tuple[Link, ...]
    text: str


@dataclass(frozen=True)
class Spoken:
    """What a PDF gives a screen reader: its title, its language, its pages, and whether they are tagged."""

    title: str
    language: str
    pages: tuple[Page, ...]
    tagged: bool


def read(path: Path) -> Spoken:
    """Read a PDF as a screen reader does. Raises Problems if it is no PDF, is locked, or can't be read."""
    shown = str(path)
    data = opening.data(path, shown)
    with opening.reading(data, shown):
        return heard(data)


def heard(data: bytes) -> Spoken:
    """Read a PDF from its bytes. Raises pypdfium2.PdfiumError for a file that is damaged or locked."""
    with pypdfium2.PdfDocument(data) as pdf:
        finished = Finished(pdf, Expected(), data=data)
        pages = zip(finished.trees, finished.annotated, finished.textpages, strict=True)
        read = [Page(tree, links, letters.get_text_bounded()) for tree, links, letters in pages]
        language = strings.read(pdfium.FPDFCatalog_GetLanguage, pdf.raw)
        title = pdf.get_metadata_value("Title")
        return Spoken(title, language, tuple(read), any(page.tree for page in read))


def lines(spoken: Spoken, only: int | None = None) -> Iterator[str]:
    """Yield the lines for a document, or for one of its pages, counted from 1."""
    if only is None:
        yield f"Title: {spoken.title or '(none)'}"
        yield f"Language: {spoken.language or '(none)'}"
    if not spoken.tagged:
        yield UNTAGGED
    for number, page in enumerate(spoken.pages, start=1):
        if only in (None, number):
            yield f"— page {number} of {len(spoken.pages)} —"
            if page.tree:
                yield from _Script(spoken.language, page.links).block(page.tree, "")
            elif not spoken.tagged:
                yield from filter(None, (" ".join(line.split()) for line in page.text.splitlines()))


@dataclass(frozen=True)
class _Script:
    """The writer of a page's lines; `language` is the document's own."""

    language: str
    links: Sequence[Link]

    def block(self, element: Element, indent: str) -> Iterator[str]:
        """Yield the lines for an element: the lines of each block in it, and a line for each text between blocks."""
        said: list[str] = []
        for kid in element.parts:
            if not isinstance(kid, Element) or _is_inline(kid):
                said.append(self._inline(element, kid))
                continue
            yield from _line(said, indent)
            said = []
            yield from self._element(kid, indent)
        yield from _line(said, indent)

    def _element(self, element: Element, indent: str) -> Iterator[str]:
        if element.kind in HEADINGS:
            yield f"{indent}{HEADINGS[element.kind]}: {self._words(element)}"
        elif element.kind == "Figure":
            yield f"{indent}Picture: {element.alt or '(no description)'}"
            yield from self.block(replace(element, parts=[*element.kids]), indent + INDENT)
        elif element.kind == "L":
            yield from self._list(element, indent)
        elif element.kind == "Table":
            yield from self._table(element, indent)
        elif element.kind == "Note":
            yield f"{indent}Note {self._words(element)}"
        elif element.kind == "TOC":
            yield f"{indent}Contents, {_counted(sum(kid.kind == 'TOCI' for kid in element.kids), 'entry', 'entries')}"
            yield from self.block(element, indent + INDENT)
        elif element.kind in NAMED:
            yield from self._named(element, indent)
        else:
            yield from self.block(element, indent)

    def _named(self, element: Element, indent: str) -> Iterator[str]:
        inner = [line.strip() for line in self.block(element, "")] or [element.name or "(empty)"]
        yield f"{indent}{NAMED[element.kind]}: {inner[0]}"
        yield from (f"{indent}{INDENT}{line}" for line in inner[1:])

    def _list(self, element: Element, indent: str) -> Iterator[str]:
        items = [kid for kid in element.kids if kid.kind == "LI"]
        yield f"{indent}List, {_counted(len(items), 'item')}"
        for kid in element.kids:
            labels = [each for each in kid.kids if each.kind == "Lbl"]
            label = " ".join(" ".join(self._inline(kid, each) for each in labels).split())
            bodies = [part for part in kid.parts if part not in labels]
            inner = [*self.block(replace(kid, parts=bodies), indent + INDENT)]
            if label:
                first = inner[0].strip() if inner else ""
                joint = ": " if label[-1].isalnum() else " "
                inner = [f"{indent}{INDENT}{label}{joint}{first}".rstrip(" :"), *inner[1:]]
            yield from inner or [f"{indent}{INDENT}(empty)"]

    def _table(self, element: Element, indent: str) -> Iterator[str]:
        rows = [row for row in element.walk() if row.kind == "TR"]
        cells = [[cell for cell in row.kids if cell.kind in ("TH", "TD")] for row in rows]
        size = f"{_counted(len(rows), 'row')}, {_counted(max(map(len, cells), default=0), 'column')}"
        yield f"{indent}Table, {size}{f': {element.summary}' if element.summary else ''}"
        for caption in (each for each in element.kids if each.kind == "Caption"):
            yield from self._named(caption, indent + INDENT)
        heads: Sequence[str] = ()
        for number, row in enumerate(cells, start=1):
            said = [self._words(cell) or "(empty)" for cell in row]
            if row and all(cell.kind == "TH" for cell in row):
                yield f"{indent}{INDENT}Header row: {'; '.join(said)}"
                heads = said
                continue
            named = (f"{head}: {text}" for head, text in zip(_heads(heads, len(said)), said, strict=True))
            yield f"{indent}{INDENT}Row {number}: {'; '.join(each.removeprefix(': ') for each in named)}"

    def _words(self, element: Element) -> str:
        """Return all the text of an element, on one line."""
        return " ".join("".join(self._joined(element)).split())

    def _inline(self, element: Element, part: Element | int) -> str:
        """Return the text of a part of an element."""
        if isinstance(part, int):
            return element.text(part).replace(HYPHEN, "-")
        text = part.name or "".join(self._joined(part))
        if part.expansion:
            text += f" [{part.expansion}]"
        if part.language and part.language != self.language:
            text = f"[{part.language}: {text}]"
        # A space that ends a link, or words with a spoken name or an expansion, is the reader's pause.
        ends = "".join(map(part.text, part.content[-1:])).endswith(" ")
        pause = " " * (ends and bool(part.name or part.expansion or part.kind == "Link"))
        return (self._linked(part, text) if part.kind == "Link" else text) + pause

    def _joined(self, element: Element) -> Iterator[str]:
        """Yield the text of each part of an element; parts that are blocks stand apart."""
        for kid in element.parts:
            text = self._inline(element, kid)
            yield f" {text} " if isinstance(kid, Element) and not _is_inline(kid) else text

    def _linked(self, element: Element, text: str) -> str:
        """Return the words of a link with where it leads, which the annotation over them says."""
        words = " ".join(text.split()) or "(empty)"
        for run in element.drawn:
            for link in self.links:
                if link.box.meets(run.box):
                    opens = f"; opens {link.target}" if link.target and link.target != words else ""
                    described = f'; described as "{link.name}"' if link.name and link.name != words else ""
                    return f"[link: {words}{opens}{described}]"
        return f"[link: {words}]"


def _is_inline(element: Element) -> bool:
    """Return whether an element is part of a line of text: its type is, and so is everything in it."""
    return element.kind in INLINE and all(_is_inline(kid) for kid in element.kids)


def _line(said: Sequence[str], indent: str) -> Iterator[str]:
    """Yield the text said so far as one line, if there is any."""
    if text := " ".join("".join(said).split()):
        yield f"{indent}{text}"


def _heads(heads: Sequence[str], count: int) -> Sequence[str]:
    """Return the header of each column of a row; none if the row has other columns."""
    return heads if len(heads) == count else [""] * count


def _counted(count: int, noun: str, several: str = "") -> str:
    return f"{count} {noun if count == 1 else several or f'{noun}s'}"

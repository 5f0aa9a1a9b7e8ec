"""Write the words of a screen reader for a document, a line for each thing that it stops at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack.checks.speech.tree import Element, Link, Spoken, Words

INDENT = "  "
HEADINGS = {"H": "Heading", **{f"H{level}": f"Heading {level}" for level in range(1, 7)}, "Title": "Title"}
INLINE = frozenset(
    {"Span", "Link", "Reference", "Lbl", "Em", "Strong", "Quote", "Code", "Annot", "BibEntry", "Sub", "Ruby", "NonStruct",
     "RB", "RT", "RP", "Warichu", "WT", "WP", "Private"}
)  # fmt: skip
NAMED = {"Caption": "Caption", "BlockQuote": "Quotation", "Aside": "Aside", "Formula": "Formula"}
UNTAGGED = "This PDF has no tags: a screen reader guesses what belongs together, and in which order."


def lines(spoken: Spoken, only: int | None = None) -> Iterator[str]:
    """Yield the lines for a document, or for one of its pages, counted from 1."""
    if only is None:
        yield f"Title: {spoken.title or '(none)'}"
        yield f"Language: {spoken.language or '(none)'}"
    if spoken.tree is None:
        yield from _untagged(spoken, only)
        return
    script = _Script(spoken.language)
    for page in (only - 1,) if only else range(spoken.pages):
        yield f"— page {page + 1} of {spoken.pages} —"
        pruned = _of_page(spoken.tree, page)
        yield from script.block(pruned, "") if pruned else ()


def _untagged(spoken: Spoken, only: int | None) -> Iterator[str]:
    yield UNTAGGED
    for number, text in enumerate(spoken.texts, start=1):
        if only in (None, number):
            yield f"— page {number} of {spoken.pages} —"
            yield from filter(None, (" ".join(line.split()) for line in text.splitlines()))


def _of_page(element: Element, page: int) -> Element | None:
    """Return the part of an element that is on one page; None if no part of it is."""
    kids = (_of_page(kid, page) if isinstance(kid, Element) else kid for kid in element.kids)
    kept = tuple(kid for kid in kids if kid is not None and (isinstance(kid, Element) or kid.page == page))
    own = not element.kids and element.page == page
    return replace(element, kids=kept) if kept or own else None


@dataclass(frozen=True)
class _Script:
    """The writer of a document's lines; `language` is the document's own."""

    language: str

    def block(self, element: Element, indent: str) -> Iterator[str]:
        """Yield the lines for an element: the lines of each block in it, and a line for each text between blocks."""
        said: list[str] = []
        for kid in element.kids:
            if not isinstance(kid, Element) or _is_inline(kid):
                said.append(self._inline(kid))
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
            yield from self.block(replace(element, kids=element.elements), indent + INDENT)
        elif element.kind == "L":
            yield from self._list(element, indent)
        elif element.kind == "Table":
            yield from self._table(element, indent)
        elif element.kind == "Note":
            yield f"{indent}Note {self._words(element)}"
        elif element.kind == "TOC":
            yield f"{indent}Contents, {_counted(sum(kid.kind == 'TOCI' for kid in element.elements), 'entry', 'entries')}"
            yield from self.block(element, indent + INDENT)
        elif element.kind in NAMED:
            yield from self._named(element, indent)
        else:
            yield from self.block(element, indent)

    def _named(self, element: Element, indent: str) -> Iterator[str]:
        inner = [line.strip() for line in self.block(element, "")] or [element.alt or "(empty)"]
        yield f"{indent}{NAMED[element.kind]}: {inner[0]}"
        yield from (f"{indent}{INDENT}{line}" for line in inner[1:])

    def _list(self, element: Element, indent: str) -> Iterator[str]:
        items = [kid for kid in element.elements if kid.kind == "LI"]
        yield f"{indent}List, {_counted(len(items), 'item')}"
        for kid in element.elements:
            label = " ".join(self._words(each) for each in kid.elements if each.kind == "Lbl")
            bodies = [each for each in kid.kids if not (isinstance(each, Element) and each.kind == "Lbl")]
            inner = [*self.block(replace(kid, kids=tuple(bodies)), indent + INDENT)]
            if label:
                first = inner[0].strip() if inner else ""
                joint = ": " if label[-1].isalnum() else " "
                inner = [f"{indent}{INDENT}{label}{joint}{first}".rstrip(" :"), *inner[1:]]
            yield from inner or [f"{indent}{INDENT}(empty)"]

    def _table(self, element: Element, indent: str) -> Iterator[str]:
        rows = [row for row in element.walk() if row.kind == "TR"]
        cells = [[cell for cell in row.elements if cell.kind in ("TH", "TD")] for row in rows]
        size = f"{_counted(len(rows), 'row')}, {_counted(max(map(len, cells), default=0), 'column')}"
        yield f"{indent}Table, {size}{f': {element.summary}' if element.summary else ''}"
        for caption in (each for each in element.elements if each.kind == "Caption"):
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
        return " ".join(self._inline(replace(element, alt="")).split())

    def _inline(self, part: Element | Words | Link) -> str:
        if isinstance(part, Link):
            return ""
        if isinstance(part, Words):
            return part.text
        text = part.actual or part.alt or "".join(self._joined(part))
        if part.expansion:
            text += f" [{part.expansion}]"
        if part.language and part.language != self.language:
            text = f"[{part.language}: {text}]"
        # A space that ends a link, or words with a spoken name or an expansion, is the reader's pause.
        pause = " " * (_ends_with_space(part) and bool(part.alt or part.expansion or part.kind == "Link"))
        return (_linked(part, text) if part.kind == "Link" else text) + pause

    def _joined(self, element: Element) -> Iterator[str]:
        """Yield the text of each part of an element; parts that are blocks stand apart."""
        for kid in element.kids:
            text = self._inline(kid)
            yield f" {text} " if isinstance(kid, Element) and not _is_inline(kid) else text


def _is_inline(element: Element) -> bool:
    """Return whether an element is part of a line of text: its type is, and so is everything in it."""
    return element.kind in INLINE and all(_is_inline(kid) for kid in element.elements)


def _linked(element: Element, text: str) -> str:
    links = [kid for kid in element.kids if isinstance(kid, Link)]
    target = next((link.target for link in links if link.target), "")
    described = next((link.description for link in links if link.description), "")
    words = " ".join(text.split()) or "(empty)"
    apart = f'; described as "{described}"' if described and described != words else ""
    return f"[link: {words}{f'; opens {target}' if target and target != words else ''}{apart}]"


def _ends_with_space(element: Element) -> bool:
    last = element.kids[-1] if element.kids else None
    if isinstance(last, Element):
        return _ends_with_space(last)
    return isinstance(last, Words) and last.text.endswith(" ")


def _line(said: Sequence[str], indent: str) -> Iterator[str]:
    """Yield the text said so far as one line, if there is any."""
    if text := " ".join("".join(said).split()):
        yield f"{indent}{text}"


def _heads(heads: Sequence[str], count: int) -> Sequence[str]:
    """Return the header of each column of a row; none if the row has other columns."""
    return heads if len(heads) == count else [""] * count


def _counted(count: int, noun: str, several: str = "") -> str:
    return f"{count} {noun if count == 1 else several or f'{noun}s'}"

"""Present a finished PDF as data: its pages, their text, objects, tags and marks, each read once."""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape

import pikepdf
import pypdfium2

from briefpack.checks.read import annotations, background, content_streams, page_objects, tags
from briefpack.checks.read.annotations import Attached, Link
from briefpack.checks.read.background import Background
from briefpack.checks.read.content_streams import Mark
from briefpack.checks.read.page_objects import Font, PageObjects, Run
from briefpack.checks.read.tags import Block
from briefpack.geometry import PT_PER_MM, Rectangle
from briefpack.plan import Expected, Read

CLOSE_PT = 0.5
# Spaces, hyphens, and characters without a glyph: joiners, marks of direction, variation selectors.
IGNORED = re.compile(
    r"[\s\-\u00ad\u2010\u2011\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffe\x00-\x1f]+"
)
# A font may draw both with one glyph, and the PDF then has only one of them.
ALIKE = str.maketrans("\u2206\u02bb\u02bc\u2215\u00f0", "\u03b4\u2018\u2019\u2044\u0111")
LINK = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["']([^"']+)""", re.IGNORECASE)
IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
SILENT = 'aria-hidden="true"'
LISTED = re.compile(r"<(ul|ol|dl|table)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"</?(?:(?P<block>li|t[dhr]|caption|d[td]|div|p)\b)?[^<>]*>", re.IGNORECASE)
ALT = re.compile(r"""\balt\s*=\s*(["'])(.*?)\1""", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Finished:
    """An open PDF and the properties expected of it; `known` is the data read from its pages earlier, if any."""

    pdf: pypdfium2.PdfDocument
    expected: Expected
    known: tuple[Read, ...] | None = None
    data: bytes = b""

    @cached_property
    def pages(self) -> tuple[pypdfium2.PdfPage, ...]:
        """Return the pages, each loaded once."""
        return tuple(self.pdf)

    @cached_property
    def file(self) -> pikepdf.Pdf:
        """Return the file as its objects, for what PDFium doesn't tell."""
        return pikepdf.Pdf.open(io.BytesIO(self.data))

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Return the marks on the pages, with their colours as written."""
        return tuple(content_streams.read(self.file))

    @cached_property
    def textpages(self) -> tuple[pypdfium2.PdfTextPage, ...]:
        """Return PDFium's text layer of each page."""
        return tuple(page.get_textpage() for page in self.pages)

    @cached_property
    def objects(self) -> tuple[PageObjects, ...]:
        """Return the runs of type, images and shapes on each page."""
        fonts: dict[int, Font] = {}
        pages = zip(self.pages, self.textpages, strict=True)
        return tuple(page_objects.read(page, letters, fonts) for page, letters in pages)

    @cached_property
    def trees(self) -> tuple[tags.Element | None, ...]:
        """Return the tags of each page, with its words; None for a page without tags."""
        pages = zip(self.pages, self.objects, strict=True)
        return tuple(tags.read(page, objects.runs) for page, objects in pages)

    @property
    def elements(self) -> Iterator[tags.Element]:
        """Yield every element of the document, page by page."""
        for tree in self.trees:
            if tree:
                yield from tree.walk()

    @cached_property
    def blocks(self) -> tuple[list[Block], ...]:
        """Return the blocks of each page in reading order; none of a page without tags."""
        return tuple(tags.blocks(tree) if tree else [] for tree in self.trees)

    @cached_property
    def annotated(self) -> tuple[tuple[Link, ...], ...]:
        """Return the annotations of links on each page."""
        return tuple(tuple(annotations.links(self.pdf, page)) for page in self.pages)

    @cached_property
    def trims(self) -> tuple[Rectangle, ...]:
        """Return the trim box of each page."""
        return tuple(Rectangle(*page.get_trimbox()) for page in self.pages)

    def sheet(self, number: int) -> Rectangle:
        """Return the media box of a page; of a page in a piece, the box that it will have once bound."""
        page = self.pages[number - 1]
        if self.expected.part is None:
            return Rectangle(*page.get_mediabox())
        return Rectangle(*page.get_trimbox()).grown(self.expected.beyond_trim_mm * PT_PER_MM)

    @cached_property
    def backgrounds(self) -> tuple[Background | None, ...]:
        """Return each page rendered without its type; None for a page that is rotated or laid over another."""
        over = self.expected.part is not None and self.expected.part.over
        return tuple(
            None if over or page.get_rotation() else background.render(page, objects.type_objects)
            for page, objects in zip(self.pages, self.objects, strict=True)
        )

    def page(self, number: int) -> tuple[PageObjects, Background]:
        """Return the objects of one page, and the page rendered without its type; others read all pages."""
        page = self.pages[number - 1]
        objects = page_objects.read(page, page.get_textpage(), {})
        return objects, background.render(page, objects.type_objects)

    @cached_property
    def attached(self) -> tuple[Attached, ...]:
        """Return the files attached to the document."""
        return tuple(annotations.attached(self.pdf))

    @cached_property
    def reads(self) -> tuple[Read, ...]:
        """Return the data that is remembered from each page; that of the whole file is with its first page."""
        if self.known is not None:
            return self.known
        links, alts, described = self._read_html() if self.expected.part else self._read_tags()
        whole = Read(
            "",
            links=tuple(dict.fromkeys(links)),
            alts=tuple(alts),
            described=tuple(described),
            spoken=tuple(dict.fromkeys(text for element in self.elements for text in element.spoken)),
            notes=tuple(dict.fromkeys(text for page in self.pages for text in annotations.texts(page))),
        )
        pages = range(len(self.pages))
        return tuple(self._read(index, Read("") if index else whole) for index in pages)

    def _read(self, index: int, whole: Read) -> Read:
        """Return the data of one page, and that of the whole file."""
        tree, objects = self.trees[index], self.objects[index]
        trim, back = self.trims[index], self.backgrounds[index]
        text = " ".join(self.textpages[index].get_text_bounded().split())
        drawn = unspaced("".join(run.text for run in objects.runs))
        kinds = [element.kind for element in tree.walk()] if tree else []
        running, part = self.expected.running, self.expected.part
        slots = [frame for page, frame in part.held if page == index] if part else []
        return replace(
            whole,
            text=text,
            heads=tuple(tags.HEADINGS[kind] for kind in kinds if kind in tags.HEADINGS),
            authorised=_authorised(objects.runs, self.expected.authorised.statement),
            grounds=tuple(back.ground(frame, trim) for frame in running) if back else (),
            type=tuple(map(objects.type_of, objects.runs)) if part and part.over else (),
            drawn="" if drawn == unspaced(text) else drawn,
            crossed=tuple(frame for frame in (*running, *slots) if _is_in(objects, frame.on(trim))),
        )

    def _read_html(self) -> tuple[Iterable[str], Iterable[str], Iterable[str]]:
        """Return the addresses of a piece's links, its alternative texts, and the texts that can stand for a drawing.

        The last are the alternative texts that are heard, and each list and table.
        """
        html = self.expected.part.html if self.expected.part else ""
        alts = [unescape(alt) for _, alt in ALT.findall(html)]
        return map(unescape, LINK.findall(html)), alts, (*_heard_alts(html), *_lists(html))

    def _read_tags(self) -> tuple[Iterable[str], Iterable[str], Iterable[str]]:
        """Return the same of a finished file."""
        links = (link.address for links in self.annotated for link in links if link.address)
        alts = [element.alt for element in self.elements if element.alt]
        return links, alts, (*alts, *(each.said for each in self.elements if each.kind in ("L", "Table")))

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the text of each page, with runs of white space as single spaces."""
        return tuple(page.text for page in self.reads)

    @property
    def drawn(self) -> tuple[str, ...]:
        """Return the letters of each page in the order in which they are drawn, without spaces."""
        return tuple(page.drawn or unspaced(page.text) for page in self.reads)

    @property
    def links(self) -> tuple[str, ...]:
        """Return the addresses that links open, each once."""
        return tuple(dict.fromkeys(link for page in self.reads for link in page.links))

    @property
    def alts(self) -> tuple[str, ...]:
        """Return the alternative texts of figures; for a QR code, it gives the address."""
        return tuple(alt for page in self.reads for alt in page.alts)


def _is_in(objects: PageObjects, place: Rectangle) -> bool:
    """Return whether type that readers are to see is in a place on its page."""
    inner = place.grown(-CLOSE_PT)
    return any(run.is_seen and run.box.meets(inner) for run in objects.runs)


def unspaced(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())


def _heard_alts(html: str) -> Iterator[str]:
    """Yield the alternative texts of images that a screen reader doesn't pass over."""
    images = (found[0] for found in IMAGE.finditer(html) if SILENT not in found[0])
    yield from (unescape(alt[2]) for image in images if (alt := ALT.search(image)))


def _lists(html: str) -> Iterator[str]:
    """Yield the text of each list and table."""
    yield from (unescape(TAG.sub(_space, found[0])) for found in LISTED.finditer(html))


def _space(tag: re.Match[str]) -> str:
    return " " if tag["block"] else ""


def _authorised(runs: Sequence[Run], statement: str) -> tuple[float, int] | None:
    """Return the type size of the lowest authorisation on a page, and the number of letters below it.

    It goes by position, because floats are drawn after the text below them.
    """
    words = normalised(statement)
    found = (run for run in runs if words and words in normalised(run.text))
    lowest = min(found, key=lambda run: run.box.top, default=None)
    if lowest is None:
        return None
    below = (normalised(run.text) for run in runs if run.box.top < lowest.box.bottom + CLOSE_PT)
    return lowest.size_pt, sum(map(len, below))


def normalised(text: str) -> str:
    """Return a text without the differences of typesetting: spaces, hyphens, ligatures, capitals, detached accents.

    The parts of a text, one after the other, have the letters of the whole: an accent may be drawn in another font.
    """
    if text.isascii():
        return IGNORED.sub("", text).casefold()
    letters = IGNORED.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return unicodedata.normalize("NFKD", letters).translate(ALIKE)

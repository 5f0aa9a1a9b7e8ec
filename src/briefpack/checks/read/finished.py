"""Present a finished PDF as data: its pages, their text, objects, tags and marks, each read once."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape

import pypdfium2

from briefpack.checks.read import annotations, background, blocks, content_streams, page_objects, tags
from briefpack.checks.read.annotations import Attached, Link
from briefpack.checks.read.background import Background
from briefpack.checks.read.blocks import Block
from briefpack.checks.read.content_streams import Mark
from briefpack.checks.read.page_objects import Font, PageObjects, Run
from briefpack.checks.read.tags import Empty
from briefpack.geometry import PT_PER_MM, Frame, Rectangle
from briefpack.plan import Expected, Ground, Read, Type

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
    def marks(self) -> tuple[Mark, ...]:
        """Return the marks on the pages, with their colours as written."""
        return content_streams.read(self.data)

    @cached_property
    def textpages(self) -> tuple[pypdfium2.PdfTextPage, ...]:
        """Return PDFium's text layer of each page."""
        return tuple(page.get_textpage() for page in self.pages)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the text of each page, with runs of white space as single spaces."""
        if self.known is not None:
            return tuple(page.text for page in self.known)
        return tuple(" ".join(page.get_text_bounded().split()) for page in self.textpages)

    @cached_property
    def drawn(self) -> tuple[str, ...]:
        """Return the letters of each page in the order in which they are drawn, without spaces."""
        if self.known is not None:
            return tuple(page.drawn or unspaced(page.text) for page in self.known)
        return tuple(unspaced("".join(run.text for run in objects.runs)) for objects in self.objects)

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
        return tuple(blocks.read(tree) if tree else [] for tree in self.trees)

    @cached_property
    def annotated(self) -> tuple[tuple[Link, ...], ...]:
        """Return the annotations of links on each page."""
        return tuple(tuple(annotations.of_links(self.pdf, page)) for page in self.pages)

    @cached_property
    def empty(self) -> tuple[Empty, ...]:
        """Return the elements that hold nothing."""
        return tags.empty(self.data)

    @cached_property
    def heads(self) -> tuple[tuple[int, ...], ...]:
        """Return the levels of each page's headings, in reading order."""
        if self.known is not None:
            return tuple(page.heads for page in self.known)
        return tuple(
            tuple(tags.HEADINGS[each.kind] for each in tree.walk() if each.kind in tags.HEADINGS) if tree else ()
            for tree in self.trees
        )

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
    def grounds(self) -> tuple[tuple[Ground, ...], ...]:
        """Return the look of each page where the layout's running slots print over it."""
        frames = self.expected.running
        pages = zip(self.trims, self.backgrounds, strict=True)
        return tuple(tuple(back.ground(each, trim) for each in frames) if back else () for trim, back in pages)

    @cached_property
    def crossed(self) -> tuple[tuple[Frame, ...], ...]:
        """Return, for each page, the frames of slots and running slots that its type is in."""
        part = self.expected.part
        held = part.held if part else ()
        frames = [(*self.expected.running, *(each for on, each in held if on == n)) for n in range(len(self.pages))]
        pages = zip(frames, self.objects, self.trims, strict=True)
        return tuple(tuple(each for each in own if _is_in(objects, each.on(trim))) for own, objects, trim in pages)

    @cached_property
    def running_type(self) -> tuple[tuple[Type, ...], ...]:
        """Return the type of each page of a running slot."""
        over = self.expected.part is not None and self.expected.part.over
        return tuple(tuple(map(objects.type_of, objects.runs)) if over else () for objects in self.objects)

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Return the addresses that links open, each once."""
        if self.known is not None:
            return tuple(dict.fromkeys(link for page in self.known for link in page.links))
        if part := self.expected.part:
            return tuple(dict.fromkeys(map(unescape, LINK.findall(part.html))))
        return tuple(dict.fromkeys(link for page in self.pages for link in annotations.links(self.pdf, page)))

    @cached_property
    def alts(self) -> tuple[str, ...]:
        """Return the alternative texts of figures; for a QR code, it gives the address."""
        if self.known is not None:
            return tuple(alt for page in self.known for alt in page.alts)
        if part := self.expected.part:
            return tuple(unescape(alt) for _, alt in ALT.findall(part.html))
        return tuple(element.alt for element in self.elements if element.alt)

    @cached_property
    def described(self) -> tuple[str, ...]:
        """Return the texts that can stand for a drawing: alternative texts that are heard, and each list and table."""
        if self.known is not None:
            return tuple(text for page in self.known for text in page.described)
        if part := self.expected.part:
            return (*_heard_alts(part.html), *_lists(part.html))
        return (*self.alts, *(each.said for each in self.elements if each.kind in ("L", "Table")))

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """Return the texts in the tags (alternative text, actual text, title, expansion), each once."""
        if self.known is not None:
            return tuple(text for page in self.known for text in page.spoken)
        return tuple(dict.fromkeys(text for element in self.elements for text in element.spoken))

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Return the descriptions of links and the text of other annotations, each once."""
        if self.known is not None:
            return tuple(text for page in self.known for text in page.notes)
        return tuple(dict.fromkeys(text for page in self.pages for text in annotations.texts(page)))

    @cached_property
    def attached(self) -> tuple[Attached, ...]:
        """Return the files attached to the document."""
        return tuple(annotations.attached(self.pdf))

    @cached_property
    def authorised(self) -> tuple[tuple[float, int] | None, ...]:
        """Return, for each page, the type size of its authorisation and the number of letters below it."""
        if self.known is not None:
            return tuple(page.authorised for page in self.known)
        return tuple(_authorised(objects.runs, self.expected.authorised.statement) for objects in self.objects)


def reads(finished: Finished) -> tuple[Read, ...]:
    """Return the data remembered from each page."""
    parts = zip(finished.texts, finished.heads, finished.authorised, strict=True)
    drawn = map(_reordered, finished.drawn, finished.texts)
    looks = zip(finished.grounds, finished.running_type, drawn, finished.crossed, strict=True)
    first, *rest = (
        Read(*part, grounds=grounds, type=runs, drawn=drawn, crossed=crossed)
        for part, (grounds, runs, drawn, crossed) in zip(parts, looks, strict=True)
    )
    alts, described, spoken, notes = finished.alts, finished.described, finished.spoken, finished.notes
    return (replace(first, links=finished.links, alts=alts, described=described, spoken=spoken, notes=notes), *rest)


def _is_in(objects: PageObjects, place: Rectangle) -> bool:
    """Return whether type that readers are to see is in a place on its page."""
    inner = place.grown(-CLOSE_PT)
    return any(run.is_seen and run.box.meets(inner) for run in objects.runs)


def _reordered(drawn: str, text: str) -> str:
    """Return the letters of a page as they are drawn; none if its text has them in the same order."""
    return "" if drawn == unspaced(text) else drawn


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

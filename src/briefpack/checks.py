"""Reads each finished PDF back, and says what is wrong with it; one small function a check.

What is the same on a page wherever it stands is looked at once, in its piece; a document is looked at for what
binding joined. `every` looks at all of it in one finished file, as `briefpack preflight` does.
"""

import ctypes
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack import plates
from briefpack.model import Edition
from briefpack.plan import Expected
from briefpack.problem import Owner, Problem

PT_PER_MM = 72 / 25.4
CLOSE_PT = 0.5


@dataclass(frozen=True)
class Finished:
    """A PDF, opened, beside what it was meant to be; `known` are its pages' texts, if they are known already."""

    pdf: pypdfium2.PdfDocument
    expected: Expected
    known: tuple[str, ...] | None = None
    data: bytes = b""

    @cached_property
    def pages(self) -> tuple[pypdfium2.PdfPage, ...]:
        """The pages, each loaded once."""
        return tuple(self.pdf)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of each page, with plain spaces."""
        if self.known is not None:
            return self.known
        return tuple(" ".join(page.get_textpage().get_text_bounded().split()) for page in self.pages)

    @cached_property
    def marks(self) -> tuple[plates.Mark, ...]:
        """What the pages lay on a press's plates."""
        return plates.marks(self.data)


Found = Iterator[tuple[int | None, str]]
"""What a check found: on which page, counted from 1, if on one; and what is so."""


@dataclass(frozen=True)
class Check:
    """A rule that every finished PDF keeps: a stable id, why it exists, and what to do when it is broken.

    `of` says whether a piece can be judged alone, or the whole document must be there.
    """

    id: str
    of: Literal["piece", "document"]
    reason: str
    hint: str
    look: Callable[[Finished], Found]
    severity: Literal["error", "warning"] = "error"
    editions: tuple[Edition, ...] = ("screen", "home", "press")


def piece(data: bytes, expected: Expected, path: str, name: str) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """The checks of one piece, whose problems stand at `path` and call it `name`; and its pages' texts."""
    with pypdfium2.PdfDocument(data) as pdf:
        finished = Finished(pdf, expected, data=data)
        return _problems(finished, ("piece",), path, f"{name}: "), finished.texts


def document(data: bytes, expected: Expected, path: str, texts: tuple[str, ...]) -> tuple[Problem, ...]:
    """The checks of a document whose pieces were checked before; `texts` are what they say."""
    with pypdfium2.PdfDocument(data) as pdf:
        return _problems(Finished(pdf, expected, texts, data), ("document",), path)


def every(data: bytes, expected: Expected, path: str) -> tuple[Problem, ...]:
    """Every check of the edition on one finished PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        return _problems(Finished(pdf, expected, data=data), ("piece", "document"), path)


def _problems(finished: Finished, kinds: Container[str], path: str, name: str = "") -> tuple[Problem, ...]:
    """What the checks of those kinds find; each problem names the check that found it."""
    wanted = [check for check in CHECKS if check.of in kinds and finished.expected.edition in check.editions]
    return tuple(
        _problem(check, page, f"{name}{said}", path) for check in wanted for page, said in check.look(finished)
    )


def _problem(check: Check, page: int | None, said: str, path: str) -> Problem:
    place = f"page {page}: " if page else ""
    return Problem(
        path, None, f"{check.id}: {place}{said}", check.hint, Owner.DOCUMENT, check=check.id, page=page,
        warning=check.severity == "warning",
    )  # fmt: skip


def _page_count(finished: Finished) -> Found:
    if finished.expected.document is None:
        return
    limits = [spec.pages for spec in finished.expected.document.spec.pieces]
    least = sum(limit.exactly or 1 for limit in limits)
    most = sum(limit.exactly or limit.at_most or 1 for limit in limits)
    count = len(finished.pdf)
    if not least <= count <= most:
        allowed = least if least == most else f"{least} to {most}"
        yield None, f"it has {count} page{'s' * (count != 1)}, and the layout allows {allowed}"


def _paper_size(finished: Finished) -> Found:
    paper = finished.expected.paper
    wanted = (paper.width_mm * PT_PER_MM, paper.height_mm * PT_PER_MM) if paper else finished.pdf.get_page_size(0)
    for number, page in enumerate(finished.pages):
        size = _cut_size(page) if finished.expected.edition == "press" else page.get_size()
        if any(abs(one - other) > CLOSE_PT for one, other in zip(size, wanted, strict=True)):
            yield number + 1, f"it is {size[0] / PT_PER_MM:.0f} × {size[1] / PT_PER_MM:.0f} mm"


def _cut_size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """The size of a page once it is cut to its trim box, as it is turned."""
    left, bottom, right, top = page.get_trimbox()
    sides = (right - left, top - bottom)
    return sides[::-1] if page.get_rotation() in (90, 270) else sides


def _fonts(finished: Finished) -> Found:
    faces = finished.expected.faces
    families = tuple(face.family.replace(" ", "-") for face in faces) if faces is not None else ("",)
    seen = dict.fromkeys(font for page in finished.pages for font in _page_fonts(page))
    for name, embedded in seen:
        family = name.rpartition("+")[2]
        if not embedded:
            yield None, f"the font {family} is not embedded"
        if not family.startswith(families):
            yield None, f"the font {family} is not in fonts/fonts.css"


def _page_fonts(page: pypdfium2.PdfPage) -> Iterator[tuple[str, bool]]:
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8):
        font = pdfium.FPDFTextObj_GetFont(item.raw)
        size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
        name = ctypes.create_string_buffer(size)
        pdfium.FPDFFont_GetBaseFontName(font, name, size)
        yield name.value.decode(), bool(pdfium.FPDFFont_GetIsEmbedded(font))


def _glyphs(finished: Finished) -> Found:
    for number, text in enumerate(finished.texts, start=1):
        if "\ufffd" in text or "\x00" in text:
            yield number, "it has a character that its font lacks"


def _tagged(finished: Finished) -> Found:
    if not pdfium.FPDFCatalog_IsTagged(finished.pdf.raw):
        yield None, "it is not tagged"


def _tags(finished: Finished) -> Found:
    for number, page in enumerate(finished.pages if finished.expected.tagged else (), start=1):
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        if not tree or not any(_children(tree)):
            yield number, "it has no tags"
        elif any(not alt.strip() for alt in _figures(tree)):
            yield number, "it has a figure without alternative text"
        if tree:
            pdfium.FPDF_StructTree_Close(tree)


def _children(tree: pdfium.FPDF_STRUCTTREE) -> list[pdfium.FPDF_STRUCTELEMENT]:
    """The elements at the top of a page's tree; those of other pages are null."""
    return [pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(pdfium.FPDF_StructTree_CountChildren(tree))]


def _figures(tree: pdfium.FPDF_STRUCTTREE) -> Iterator[str]:
    """The alternative text of each figure of a page's tree."""
    waiting = _children(tree)
    while waiting:
        element = waiting.pop()
        if element:
            if _said(pdfium.FPDF_StructElement_GetType, element) == "Figure":
                yield _said(pdfium.FPDF_StructElement_GetAltText, element)
            count = pdfium.FPDF_StructElement_CountChildren(element)
            waiting += [pdfium.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(count)]


def _said(ask: Callable[..., int], *about: object) -> str:
    """A text that PDFium gives as UTF-16 through a buffer, ended by a nought."""
    size = ask(*about, None, 0)
    if size <= 0:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(*about, ctypes.cast(buffer, ask.argtypes[len(about)]), size)  # type: ignore[attr-defined]
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _electorate(finished: Finished) -> Found:
    around, document = finished.expected.around, finished.expected.document
    if around is None or document is None:
        return
    own, text = document.electorate, " ".join(finished.texts)
    if own and around.names[own] not in text:
        yield None, f"it does not name its electorate, {around.names[own]}"
    for slug, member in around.members.items():
        if slug != own and member in text:
            yield None, f"it names {member}, the member for {around.names[slug]}"


def _map_credit(finished: Finished) -> Found:
    around, document = finished.expected.around, finished.expected.document
    if around is None or document is None or document.electorate is None:
        return
    mapped = any(drawing.area for name, drawing in document.charts.items() if name.startswith("map-"))
    if mapped and "".join(around.credit.split()) not in "".join("".join(finished.texts).split()):
        yield None, "it has a map, and not the credit that its boundaries ask for"


def _metadata(finished: Finished) -> Found:
    document = finished.expected.document
    if document is None:
        return
    facts = document.facts
    wanted = {"Title": facts.title, "Author": facts.author, "Subject": facts.subject}
    for name, value in wanted.items():
        if finished.pdf.get_metadata_value(name) != value:
            yield None, f"its {name.lower()} is not the brief's"
    if _said(pdfium.FPDFCatalog_GetLanguage, finished.pdf.raw) != facts.language:
        yield None, "its language is not the brief's"


def _outline(finished: Finished) -> Found:
    if len(finished.pdf) > LONG and not any(True for _ in finished.pdf.get_toc()):
        yield None, "it is long and has no outline"


# What a press needs.


def _boxes(finished: Finished) -> Found:
    """Each page's boxes, one within the other (ISO 32000-1, 14.11.2), with the bleed that was asked for."""
    press = finished.expected.press
    wanted = press.bleed_mm if press else LEAST_BLEED_MM
    for number, page in enumerate(finished.pages, start=1):
        media, bleed = page.get_mediabox(), page.get_bleedbox(fallback_ok=False)
        trim = page.get_trimbox(fallback_ok=False)
        if trim is None or bleed is None:
            yield number, f"it has no {'trim' if trim is None else 'bleed'} box"
            continue
        around = min(_margins(bleed, trim)) / PT_PER_MM
        if around < wanted - CLOSE_MM:
            yield number, f"its bleed box is {around:.1f} mm outside the trim box, and {wanted:g} mm is asked for"
        if min(_margins(media, bleed)) < 0:
            yield number, "its bleed box reaches beyond the page"


LEAST_BLEED_MM = 3.0
CLOSE_MM = 0.05
Sides = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


def _margins(outer: Sides, inner: Sides) -> Sides:
    """How far one box is outside another, at each side; less than nothing where it is inside."""
    return inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]


def _bleed_art(finished: Finished) -> Found:
    """Art that ends at the sheet's edge, or between it and the bleed: a knife a hair off leaves a white line."""
    pages = [(page.get_trimbox(), _bleed(page)) for page in finished.pages]
    for mark in finished.marks:
        if mark.kind in ("fill", "picture") and mark.box and mark.ink_percent != 0:
            trim, bleed = pages[mark.page - 1]
            short = [
                name
                for name, to_trim, to_bleed in zip(
                    SIDES, _margins(mark.box, trim), _margins(mark.box, bleed), strict=True
                )
                if to_trim > -AT_EDGE_PT and to_bleed < -BLEED_CLOSE_PT
            ]
            if short:
                yield mark.page, f"a {mark.kind} at the {' and '.join(short)} edge stops short of the bleed"


def _bleed(page: pypdfium2.PdfPage) -> Sides:
    """A page's bleed box; if it has none, as far about its trim box as print shops ask for."""
    left, bottom, right, top = page.get_trimbox()
    around = LEAST_BLEED_MM * PT_PER_MM
    found: Sides | None = page.get_bleedbox(fallback_ok=False)
    return found or (left - around, bottom - around, right + around, top + around)


SIDES = ("left", "bottom", "right", "top")
AT_EDGE_PT = 0.5
BLEED_CLOSE_PT = 0.1


def _rgb(finished: Finished) -> Found:
    seen = dict.fromkeys(
        (mark.page, mark.kind, mark.space) for mark in finished.marks if mark.space not in PRESS_SPACES
    )
    for page, kind, space in seen:
        yield page, f"a {kind} is in {space}"


PRESS_SPACES = {"DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "Pattern"}


def _text_ink(finished: Finished) -> Found:
    press = finished.expected.press
    allowed = {tuple(share / 100 for share in ink) for ink in (press.text if press else ())}
    found = {
        (mark.page, mark.shares)
        for mark in finished.marks
        if mark.kind == "text" and mark.space == "DeviceCMYK" and mark.shares not in allowed
    }
    for page, shares in sorted(found) if press else ():
        yield page, f"text is in {' '.join(f'{share * 100:g}' for share in shares)} %"


def _ink_limit(finished: Finished) -> Found:
    press = finished.expected.press
    limit = press.ink_limit_percent if press else COATED_PERCENT
    most: dict[int, float] = {}
    for mark in finished.marks:
        most[mark.page] = max(most.get(mark.page, 0.0), mark.ink_percent)
    for page, percent in most.items():
        if percent > limit + 0.5:
            yield page, f"a mark lays down {percent:.0f} % of ink, and the limit is {limit} %"


COATED_PERCENT = 320


def _hairline(finished: Finished) -> Found:
    thinnest: dict[int, float] = {}
    for mark in finished.marks:
        if mark.width_pt is not None and mark.ink_percent != 0:
            thinnest[mark.page] = min(thinnest.get(mark.page, HAIR_PT), mark.width_pt)
    for page, width_pt in thinnest.items():
        if width_pt < HAIR_PT - 0.01:
            yield page, f"a line is {width_pt:.2f} pt thick"


HAIR_PT = 0.25


def _transparency(finished: Finished) -> Found:
    for page in sorted({mark.page for mark in finished.marks if mark.alpha < 1}):
        yield page, "something on it lets what is beneath show through"


def _pdf_x(finished: Finished) -> Found:
    said = plates.standing(finished.data)
    if said.version != "PDF/X-4":
        yield None, f"it says of itself that it is {said.version or 'no PDF/X'}"
    if said.channels != 4:
        yield None, "it has no output intent with the profile of a press"
    if said.linked:
        yield said.linked, "it has a link or another annotation"


LONG = 4
IN_PRINT: tuple[Edition, ...] = ("press",)
ON_SCREEN: tuple[Edition, ...] = ("screen", "home")

CHECKS = (
    Check(
        "page-count",
        "document",
        "a leave-behind is one page, and a pack has no stray page",
        "cut text, or let the layout have more pages",
        _page_count,
    ),
    Check(
        "paper-size",
        "document",
        "a page of another size prints shrunk, or not at all",
        "set paper: in layout.yaml and no size in @page",
        _paper_size,
    ),
    Check(
        "fonts-embedded",
        "piece",
        "a font that is not in the file is replaced by the reader's",
        "name only families of fonts/fonts.css",
        _fonts,
    ),
    Check(
        "glyphs-missing",
        "piece",
        "a character without a glyph prints as a box",
        "another character, or a font that has it",
        _glyphs,
    ),
    Check(
        "tagged",
        "document",
        "a screen reader reads the tags, in their order (PDF/UA-1 7.1)",
        "build again",
        _tagged,
        editions=ON_SCREEN,
    ),
    Check(
        "tags",
        "piece",
        "a page without tags, or a figure without alternative text, is silent to a screen reader (PDF/UA-1 7.1, 7.3)",
        "write alt text, and build again",
        _tags,
        editions=ON_SCREEN,
    ),
    Check(
        "electorate-leak",
        "document",
        "a document that carries another electorate's member is worse than none",
        "let the page name the electorate by {{ electorate }}, and build again",
        _electorate,
    ),
    Check(
        "map-credit",
        "document",
        "the licence of the boundaries asks for its credit beside each map",
        'print group.notices["map"].short on the page with the map',
        _map_credit,
    ),
    Check(
        "metadata",
        "document",
        "title and language are what a reader's software announces first",
        "do not set them in the page; the brief has them",
        _metadata,
    ),
    Check(
        "outline",
        "document",
        "a long document is found by its bookmarks (WCAG 2.2, 2.4.5)",
        "head the pages with h1 and h2",
        _outline,
        editions=ON_SCREEN,
    ),
    # For a press.
    Check(
        "boxes",
        "document",
        "a printer's software lays out sheets by the trim box, and cuts art at the bleed box",
        "bleed_mm: in layout.yaml, and no bleed or marks in @page",
        _boxes,
        editions=IN_PRINT,
    ),
    Check(
        "bleed-art",
        "piece",
        "sheets are cut a hair off now and then: art that ends at the edge leaves a white line",
        "let it go on by var(--bleed), or end it inside the sheet",
        _bleed_art,
        editions=IN_PRINT,
    ),
    Check(
        "rgb-in-press",
        "piece",
        "a press has four inks; what is in other colours is turned into them by someone who does not know the design",
        "var(--…) of a colour in layouts/tokens.yaml",
        _rgb,
        editions=IN_PRINT,
    ),
    Check(
        "text-ink",
        "piece",
        "small type on several plates blurs when they are a hair out of register",
        "a colour of editions: press: text: in layout.yaml, or add it there",
        _text_ink,
        editions=IN_PRINT,
    ),
    Check(
        "ink-limit",
        "piece",
        "paper takes so much ink and no more: beyond it, it stays wet and marks the next sheet",
        "less of each ink in cmyk: of tokens.yaml, with more black",
        _ink_limit,
        editions=IN_PRINT,
    ),
    Check(
        "hairline",
        "piece",
        "a line thinner than a quarter of a point breaks up in print",
        "0.25pt or more",
        _hairline,
        editions=IN_PRINT,
    ),
    Check(
        "transparency",
        "piece",
        "what shows through is worked out by the printer's software, and may come out otherwise than on a screen",
        "a colour of its own in tokens.yaml in place of opacity",
        _transparency,
        severity="warning",
        editions=IN_PRINT,
    ),
    Check(
        "pdf-x",
        "document",
        "a print shop takes PDF/X-4: inks for a named condition, and nothing to click (ISO 15930-7)",
        "briefpack build --edition press",
        _pdf_x,
        editions=IN_PRINT,
    ),
)
"""Every check, in the order in which its problems are listed."""

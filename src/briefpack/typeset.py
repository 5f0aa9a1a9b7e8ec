"""Lays out a piece as PDF pages, finding the fit of each of its sheets."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from briefpack.model import Fit
from briefpack.pages import MADE, Piece
from briefpack.problem import Owner, Problem
from briefpack.store import Store

if TYPE_CHECKING:
    from weasyprint import HTML, Document
    from weasyprint.document import Page

BASE = "https://project.invalid"
PT_PER_PX = 0.75
PX_PER_MM = 96 / 25.4
# WeasyPrint rounds line positions; a sheet composed to within this of its foot is full.
SAFE_PX = 1.5
STEP = 0.01
SEARCHES = 3
VARIANT = "pdf/ua-1"
PLACE = re.compile(r" at (\d+):(\d+)")


@dataclass(frozen=True)
class Rectangle:
    """A place on a page, in points from its top left corner."""

    left_pt: float
    top_pt: float
    width_pt: float
    height_pt: float


@dataclass(frozen=True)
class Placed:
    """A piece that fills a slot, and where: on one page, or (running) on every page after the first `skip`."""

    slot: str
    key: str
    place: Rectangle
    page: int = 0
    running: bool = False
    skip: int = 0


@dataclass(frozen=True)
class Spill:
    """Text that does not fit: the field to cut, and about how much of it."""

    field: str
    lines: int
    words: int


@dataclass(frozen=True)
class Typeset:
    """A piece laid out: its PDF, and what the binder must know of it."""

    pdf: bytes
    pages: int
    slots: Mapping[str, tuple[int, Rectangle]]
    notes: Mapping[int, int]
    fits: Mapping[str, float]
    problems: tuple[Problem, ...]
    spills: tuple[Spill, ...]


@dataclass(frozen=True)
class Setting:
    """How one sheet is set: its share of the type size, and what each of its spaces is given."""

    fit: float = 1.0
    give_mm: float = 0.0


@dataclass(frozen=True)
class Measure:
    """How a sheet came out: pages used, and the free height of its last page (less than none if it spilled)."""

    pages: int
    used_px: float
    free_px: float
    gives: int


def piece(wanted: Piece, root: Path, store: Store) -> Typeset:
    """Lay out a piece whose files are in the project `root` and the `store`.

    What its pages and styles get wrong comes back as problems, text that does not fit as spills.
    """
    with _listening() as heard:
        press = _Press(wanted, root, store)
        settings, measures, document = _search(press)
        pdf = document.write_pdf(pdf_variant=VARIANT, pdf_tags=wanted.tagged) if wanted.tagged else document.write_pdf()
    smallest = min((size for page in document.pages for size in _type_sizes(page._page_box)), default=99.0)  # noqa: SLF001
    problems = [_problem(wanted, root, said) for said in dict.fromkeys(heard)]
    problems += _check_type_size(wanted, smallest)
    return Typeset(
        pdf=pdf,
        pages=len(document.pages),
        slots=dict(_slots(wanted, document)),
        notes={index: count for index, page in enumerate(document.pages) if (count := _notes(page))},
        fits={sheet: setting.fit for sheet, setting in settings.items()},
        problems=tuple(problems),
        spills=tuple(_spills(press, wanted, measures, document)),
    )


@contextmanager
def _listening() -> Iterator[list[str]]:
    """WeasyPrint's warnings and errors while the block runs."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger, listener = logging.getLogger("weasyprint"), Listener(logging.WARNING)
    before = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield heard
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


class _Press:
    """WeasyPrint with one piece on it; each `layout` is a whole layout of the piece."""

    def __init__(self, wanted: Piece, root: Path, store: Store) -> None:
        from weasyprint import CSS, HTML  # noqa: PLC0415 -- a second to import, and not always needed

        self.fonts, self.face_sheet = _faces(root)
        self.fetcher = _fetcher(wanted, root, store)
        self.html: HTML = HTML(string=wanted.html, base_url=f"{BASE}/layouts/", url_fetcher=self.fetcher, media_type="print")
        self.sheets = {
            element.get("id"): wanted.fits[element.get("data-fit")]
            for element in self.html.etree_element.iter()
            if element.get("data-fit") in wanted.fits and element.get("id")
        }
        self.styles = [self.face_sheet, CSS(string=wanted.css, font_config=self.fonts)]
        for style in wanted.styles:
            text = (root / "layouts" / style).read_text(encoding="utf-8")
            base = f"{BASE}/layouts/{style}"
            self.styles.append(CSS(string=text, base_url=base, font_config=self.fonts, url_fetcher=self.fetcher))
        self.make = CSS

    def layout(self, settings: Mapping[str, Setting]) -> tuple["Document", dict[str, Measure]]:
        rules = "".join(
            f"#{sheet}{{font-size:{setting.fit * 100:.4g}%;--give:{setting.give_mm:.3f}mm}}" for sheet, setting in settings.items()
        )
        # The layout's own sheets come last but for this: the engine decides a sheet's size, the designer the rest.
        sheets = [*self.styles, self.make(string=rules, font_config=self.fonts)]
        document = self.html.render(stylesheets=sheets, font_config=self.fonts, pdf_variant=VARIANT)
        return document, {sheet: _measure(document, sheet) for sheet in self.sheets}


_FACES: dict[Path, tuple[Any, Any]] = {}


def _faces(root: Path) -> tuple[Any, Any]:
    """The project's faces, read once a process."""
    from weasyprint import CSS  # noqa: PLC0415 -- as above
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- as above
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- as above

    if root not in _FACES:
        fonts = FontConfiguration()
        address = (root / "fonts" / "fonts.css").resolve().as_uri()
        fetcher = URLFetcher(allowed_protocols={"file"}, allow_redirects=False)
        _FACES[root] = fonts, CSS(url=address, font_config=fonts, url_fetcher=fetcher)
    return _FACES[root]


def _fetcher(wanted: Piece, root: Path, store: Store) -> Any:  # noqa: ANN401 -- a class made late, as WeasyPrint is
    """A fetcher that knows the piece's own files and nothing else: no network, no other file."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 -- as above

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = urlsplit(url).path
            if not url.startswith(f"{BASE}/") or path not in wanted.files:
                raise ValueError("a page may load only files of its layout")
            data = store.get(path.removeprefix(MADE).partition(".")[0]) if path.startswith(MADE) else (root / path.lstrip("/")).read_bytes()
            kind = "image/svg+xml" if path.endswith(".svg") else None
            return URLFetcherResponse(url, data or b"", {"Content-Type": kind} if kind else {})

    return Fetcher(allowed_protocols={"data"}, allow_redirects=False)


def _search(press: _Press) -> tuple[dict[str, Setting], dict[str, Measure], "Document"]:
    """The largest fit at which every sheet keeps to its pages, then the spaces that bring it to the foot.

    All sheets are searched at once. At most four layouts: three for the fit, one for the spaces.
    """
    settings = dict.fromkeys(press.sheets, Setting())
    document, measures = press.layout(settings)
    best = {sheet: Setting() for sheet, measure in measures.items() if _fits(press.sheets[sheet], measure)}
    worst: dict[str, float] = {sheet: 1.0 for sheet in measures if sheet not in best}
    last = settings
    for search in range(1, SEARCHES):
        tried = {s: Setting(_next(press.sheets[s], measures[s], last[s].fit, best.get(s), worst.get(s), search)) for s in press.sheets}
        if tried == last:
            break
        document, measures = press.layout(tried)
        last = tried
        for sheet, setting in tried.items():
            if _fits(press.sheets[sheet], measures[sheet]):
                best[sheet] = max(setting, best.get(sheet, setting), key=lambda s: s.fit)
            else:
                worst[sheet] = min(setting.fit, worst.get(sheet, setting.fit))
    chosen = {sheet: best.get(sheet, Setting(fit.fit.smallest)) for sheet, fit in press.sheets.items()}
    return _give(press, chosen, last, document, measures)


def _give(
    press: _Press, chosen: dict[str, Setting], last: Mapping[str, Setting], document: "Document", measures: dict[str, Measure]
) -> tuple[dict[str, Setting], dict[str, Measure], "Document"]:
    """Share out what is left at the foot of each sheet among its `data-give` spaces."""
    given = {
        sheet: Setting(setting.fit, _share(press.sheets[sheet], measures[sheet]) if setting == last[sheet] else 0.0)
        for sheet, setting in chosen.items()
    }
    if given == dict(last):
        return given, measures, document
    document, measures = press.layout(given)
    return given, measures, document


def _fits(fit: Fit, measure: Measure) -> bool:
    return measure.pages <= (fit.pages.exactly or fit.pages.at_most or 1)


def _next(fit: Fit, measure: Measure, now: float, best: Setting | None, worst: float | None, search: int) -> float:
    """The next fit to try: by how far the sheet is from its foot, inside what is known to fit and not to fit."""
    low, high = (best.fit if best else fit.fit.smallest), (worst if worst else fit.fit.largest + STEP)
    if best is None and search == SEARCHES - 1:
        return fit.fit.smallest
    if high - low <= STEP * 1.5 and best:
        return low
    room = measure.used_px + measure.free_px
    # Type that grows by a tenth fills about a sixth more: lines grow, and hold fewer words.
    guess = now * (room / measure.used_px) ** (1 / 1.6) if measure.used_px > 0 and room > 0 else low
    guess = min(max(guess, fit.fit.smallest), fit.fit.largest, high - STEP)
    if best and guess <= low:
        guess = (low + high) / 2
    return round(int(round(guess / STEP, 6)) * STEP, 4)


def _share(fit: Fit, measure: Measure) -> float:
    if not measure.gives or fit.pages.exactly is None or measure.pages != fit.pages.exactly:
        return 0.0
    share_mm = max(0.0, measure.free_px - SAFE_PX) / PX_PER_MM / measure.gives
    return round(min(share_mm, fit.give_mm), 3)


def _measure(document: "Document", sheet: str) -> Measure:
    """How the sheet of that id came out on the pages that hold it."""
    held = [(page, page.anchors[sheet]) for page in document.pages if sheet in page.anchors]
    if not held:
        return Measure(0, 0, 0, 0)
    heights = [bottom - top for _, (_, top, _, bottom) in held]
    page, (_, _, _, bottom) = held[-1]
    free = _foot(page) - bottom if len(held) == 1 else -sum(heights[1:])
    gives = sum(1 for box in _boxes(held[0][0]._page_box) if _marked(box, "data-give"))  # noqa: SLF001 -- the version is pinned
    return Measure(len(held), heights[0], free, gives)


def _foot(page: "Page") -> float:
    """Where a page's text must end: above its footnotes, or its bottom margin."""
    box: Any = page._page_box  # noqa: SLF001 -- the version is pinned
    bottom = box.position_y + box.margin_top + box.border_top_width + box.padding_top + box.height
    areas = [child for child in box.children if type(child).__name__ == "FootnoteAreaBox" and child.children]
    return float(bottom - sum(area.margin_height() for area in areas))


def _notes(page: "Page") -> int:
    box: Any = page._page_box  # noqa: SLF001 -- the version is pinned
    return sum(len(child.children) for child in box.children if type(child).__name__ == "FootnoteAreaBox")


def _boxes(box: Any) -> Iterator[Any]:  # noqa: ANN401 -- WeasyPrint's boxes are untyped
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _marked(box: Any, attribute: str) -> bool:  # noqa: ANN401 -- as above
    """Whether a box is the main one of an element that has the attribute."""
    element = getattr(box, "element", None)
    return element is not None and box.element_tag == element.tag and attribute in element.attrib


def _type_sizes(box: Any) -> Iterator[float]:  # noqa: ANN401 -- as above
    for each in _boxes(box):
        if hasattr(each, "text") and each.text.strip():
            yield each.style["font_size"] * PT_PER_PX


def _slots(wanted: Piece, document: "Document") -> Iterator[tuple[str, tuple[int, Rectangle]]]:
    for index, page in enumerate(document.pages):
        for name in wanted.slots:
            if name in page.anchors:
                left, top, right, bottom = (value * PT_PER_PX for value in page.anchors[name])
                yield name, (index, Rectangle(left, top, right - left, bottom - top))


def _spills(press: _Press, wanted: Piece, measures: Mapping[str, Measure], document: "Document") -> Iterator[Spill]:
    for sheet, measure in measures.items():
        if not _fits(press.sheets[sheet], measure):
            yield _spill(wanted, document, sheet, -measure.free_px)
    most = wanted.limit.exactly or wanted.limit.at_most or 1
    if not press.sheets and len(document.pages) > most:
        over = sum(max((b.position_y for b in _boxes(p._page_box) if hasattr(b, "text")), default=0.0) for p in document.pages[most:])  # noqa: SLF001
        yield _spill(wanted, document, None, over)


def _spill(wanted: Piece, document: "Document", sheet: str | None, over_px: float) -> Spill:
    """The field most over its room, and how many of its lines make up the excess."""
    fields = _fields(document, sheet)
    if not fields:
        return Spill("", 0, 0)
    name = max(fields, key=lambda each: fields[each].words - wanted.room.get(each.rpartition(".")[2], 0))
    text = fields[name]
    lines = max(1, round(over_px / text.line_px))
    return Spill(name, lines, max(1, round(lines * text.words / max(1, text.lines))))


@dataclass
class _Text:
    """The text of one field as it was set."""

    words: int = 0
    lines: int = 0
    line_px: float = 12.0


def _fields(document: "Document", sheet: str | None) -> dict[str, _Text]:
    found: dict[str, _Text] = {}
    for page in document.pages:
        if sheet is None or sheet in page.anchors:
            for box in _boxes(page._page_box):  # noqa: SLF001 -- the version is pinned
                if _marked(box, "data-field"):
                    _count(box, found.setdefault(box.element.get("data-field"), _Text()))
    return found


def _count(box: Any, text: _Text) -> None:  # noqa: ANN401 -- as above
    for each in _boxes(box):
        if type(each).__name__ == "LineBox":
            text.lines += 1
            text.line_px = each.height
            text.words += sum(len(part.text.split()) for part in _boxes(each) if hasattr(part, "text"))


def _check_type_size(wanted: Piece, smallest_pt: float) -> Iterator[Problem]:
    if smallest_pt < wanted.smallest_type_pt - 0.01:
        said = f"{wanted.name} has type of {smallest_pt:.2g} pt, under the smallest allowed ({wanted.smallest_type_pt:g} pt)"
        yield Problem(f"layouts/{wanted.page}", None, said, "set it larger, or allow it in layout.yaml", Owner.LAYOUT)


def _problem(wanted: Piece, root: Path, said: str) -> Problem:
    """A warning of WeasyPrint's as a problem of the layout, at the style sheet's line where it names one."""
    place = PLACE.search(said)
    message = said[0].lower() + said[1:].rstrip(".")
    hint = "check the spelling against the CSS that WeasyPrint knows, or delete the line"
    if place:
        path, line = _styled(wanted, root, int(place[1]), said)
        return Problem(path, line, PLACE.sub("", message), hint, Owner.LAYOUT)
    if "glyph" in said:
        hint = "another character, or a font that has it in fonts/"
    return Problem(f"layouts/{wanted.page}", None, message, hint, Owner.LAYOUT)


def _styled(wanted: Piece, root: Path, line: int, said: str) -> tuple[str, int | None]:
    """The style sheet in which that line holds what the warning quotes."""
    quoted = re.search(r"`([a-z-]+)", said)
    for style in wanted.styles:
        lines = (root / "layouts" / style).read_text(encoding="utf-8").splitlines()
        if line <= len(lines) and (quoted is None or quoted[1] in lines[line - 1]):
            return f"layouts/{style}", line
    return f"layouts/{wanted.page}", None

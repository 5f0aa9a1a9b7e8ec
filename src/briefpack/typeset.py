"""Lays out a piece as PDF pages, finding the fit of each of its sheets."""

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from briefpack import addresses, amends, fonts
from briefpack.addresses import MADE
from briefpack.model import Fit
from briefpack.pages import Piece
from briefpack.problem import Owner, Problem, heard_from
from briefpack.project import within
from briefpack.store import Store

if TYPE_CHECKING:
    from weasyprint import HTML, Document
    from weasyprint.document import Page

BASE = "https://project.invalid"
PT_PER_PX = 0.75
PX_PER_MM = 96 / 25.4
# Positions are rounded: a sheet within this of its foot is full, and one over by no more is not over.
CLOSE_PX = 1.5
FOOT_PX = 4.0
LEAST_PX = 12.0
STEP = 0.01
# For text that is on no page, and so has no lines to count.
LETTERS_A_WORD = 5
LETTERS_A_LINE = 50
# A look's variables for each size of page, and the settings of sheets, of which each build has many.
MOST_RULES = 256
VARIANT = "pdf/ua-1"
WORD = re.compile(r"\S+\s*")
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
    """A piece laid out: its PDF, and what the binder must know of it; `anchors` tells on which page each id is."""

    pdf: bytes
    pages: int
    slots: Mapping[str, tuple[int, Rectangle]]
    notes: Mapping[int, int]
    anchors: Mapping[str, int]
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
    """How a sheet came out: on each of its pages, the height used and what is free above the foot.

    `flow_px` is what is free on the last page below the flow, in which the `gives` spaces are; what is placed
    beside the flow may reach further down.
    """

    used_px: tuple[float, ...]
    free_px: tuple[float, ...]
    flow_px: float
    gives: int

    @property
    def pages(self) -> int:
        """How many pages the sheet is on."""
        return len(self.used_px)

    def over_px(self, pages: int) -> float:
        """How much of the sheet is beyond that many pages, or below their foot; less than none if it has room."""
        beyond = sum(self.used_px[pages:])
        return beyond + max(0.0, -min(self.free_px[:pages])) if beyond else -min(self.free_px[-1], *self.free_px)

    def excess_px(self, pages: int) -> float:
        """How much must go for the sheet to fit: a block that moved to the next page left room behind it."""
        over = self.over_px(pages)
        left = max(0.0, self.free_px[pages - 1]) if self.pages > pages else 0.0
        return max(over - left, min(over, LEAST_PX))


def piece(wanted: Piece, root: Path, store: Store) -> Typeset:
    """Lay out a piece whose files are in the project `root` and the `store`.

    What its pages and styles get wrong comes back as problems, text that does not fit as spills.
    """
    with heard_from("weasyprint") as heard:
        press = _Press(wanted, root, store, heard)
        settings, over, measures, document = _search(press)
        # What a rule that is lost would have held may run over for the lack of it alone.
        spills = () if press.faults else tuple(_spills(press, settings, over, document))
        pdf = document.write_pdf(pdf_variant=VARIANT, pdf_tags=wanted.tagged) if wanted.tagged else document.write_pdf()
    problems = [
        *press.faults,
        *_short(press, measures),
        *(_problem(wanted, root, said) for said in dict.fromkeys(heard)),
    ]
    return Typeset(
        pdf=pdf,
        pages=len(document.pages),
        slots=dict(_slots(wanted, document)),
        notes={index: count for index, page in enumerate(document.pages) if (count := _notes(page))},
        anchors={name: index for index, page in reversed(list(enumerate(document.pages))) for name in page.anchors},
        fits={sheet: setting.fit for sheet, setting in settings.items()},
        problems=tuple(problems),
        spills=spills,
    )


class _Press:
    """WeasyPrint with one piece on it; each `layout` is a whole layout of the piece."""

    def __init__(self, wanted: Piece, root: Path, store: Store, heard: list[str]) -> None:
        amends.make()
        self.heard, self.wanted = heard, wanted
        self.fonts, self.face_sheet = _faces(root)
        self.root, self.fetcher = root, _Fetcher(wanted, root, store)
        self.html = self._parsed(wanted.html)
        self.sheets = {
            element.get("id"): wanted.fits[element.get("data-fit")]
            for element in self.html.etree_element.iter()
            if element.get("data-fit") in wanted.fits and element.get("id")
        }
        self.styles, self.faults = [self.face_sheet, self._sheet(wanted.css)], list[Problem]()
        for style in wanted.styles:
            path = addresses.place(root, style)
            sheet, said = _style(path, f"{BASE}/layouts/{style}", path.stat().st_mtime_ns, self.fonts, self.fetcher)
            self.styles.append(sheet)
            self.faults += (_fault(path, f"layouts/{style}", each) for each in said)

    def layout(
        self, settings: Mapping[str, Setting], *, alone: bool = False, shorter: "HTML | None" = None
    ) -> tuple["Document", dict[str, Measure]]:
        """Lay out the whole piece, or the sheets that have a setting alone, or a text that is shorter somewhere."""
        rules = "".join(
            f"#{sheet}{{font-size:{setting.fit * 100:.4g}%;--give:{setting.give_mm:.3f}mm}}"
            for sheet, setting in settings.items()
        )
        # The layout's own sheets come last but for this: the engine decides a sheet's size, the designer the rest.
        sheets = [*self.styles, self._sheet(rules)] if rules else self.styles
        said = len(self.heard)
        html = self._only(settings) if alone else shorter or self.html
        document = html.render(stylesheets=sheets, font_config=self.fonts, pdf_variant=VARIANT)
        if alone or shorter:
            # Links to what is left out lead nowhere, in this layout alone.
            del self.heard[said:]
        wanted = settings if alone else self.sheets
        reaches = _reaches(document, _owners(html, wanted))
        return document, {sheet: _measure(document, sheet, reaches) for sheet in wanted}

    def _sheet(self, rules: str) -> Any:  # noqa: ANN401 -- as WeasyPrint has it
        sheet, said = _rules(rules, self.root)
        self.heard += said
        return sheet

    def _only(self, sheets: Mapping[str, Setting]) -> "HTML":
        """The piece without its other sheets: a sheet begins a page, so it comes out alone as it would among them."""
        root = copy.deepcopy(self.html.etree_element)
        for parent in list(root.iter()):
            for child in list(parent):
                if child.get("id") in self.sheets and child.get("id") not in sheets:
                    parent.remove(child)
        return self._parsed(ElementTree.tostring(root, encoding="unicode", method="html"))

    def without(self, field: str, words: int) -> "HTML":
        """The piece without some words of a field: each the last of the paragraph that is then the longest."""
        root = copy.deepcopy(self.html.etree_element)
        held = [element for element in root.iter() if element.get("data-field") == field]
        paragraphs = [list(_runs(part)) for element in held for part in list(element.iter("p")) or [element]]
        for _ in range(words):
            longest = max(paragraphs, key=lambda runs: sum(len(run.words) for run in runs))
            last = next((run for run in reversed(longest) if run.words), None)
            if last:
                last.words.pop()
        for run in (run for paragraph in paragraphs for run in paragraph):
            run.write()
        return self._parsed(ElementTree.tostring(root, encoding="unicode", method="html"))

    def _parsed(self, text: str) -> "HTML":
        from weasyprint import HTML  # noqa: PLC0415 -- a second to import, and not always needed

        return HTML(string=text, base_url=f"{BASE}/layouts/", url_fetcher=self.fetcher, media_type="print")


class _Run:
    """The text at the start of an element, or after it: where one can be cut without a change of what is in what."""

    def __init__(self, element: Any, place: str) -> None:  # noqa: ANN401 -- as WeasyPrint has it
        self.element, self.place = element, place
        # Each with the space after it, since a narrow or a fixed one holds words together.
        self.words: list[str] = WORD.findall((getattr(element, place) or "").strip())

    def write(self) -> None:
        before = getattr(self.element, self.place) or ""
        lead = " " if before[:1].isspace() else ""
        setattr(self.element, self.place, f"{lead}{''.join(self.words).rstrip()}{' ' if before[-1:].isspace() else ''}")


def _runs(element: Any) -> Iterator[_Run]:  # noqa: ANN401 -- as above
    """Every run of text within an element; not the numbers of its notes, which go with their words."""
    if "cite" not in element.get("class", "").split():
        yield _Run(element, "text")
        for child in element:
            yield from _runs(child)
            yield _Run(child, "tail")


def _owners(html: "HTML", sheets: Iterable[str]) -> dict[int, str]:
    """Which sheet each element of a text is in."""
    wanted = set(sheets)
    held = ((sheet, sheet.get("id")) for sheet in html.etree_element.iter() if sheet.get("id") in wanted)
    return {id(element): name for sheet, name in held for element in sheet.iter()}


_STYLES: dict[tuple[Path, str, int], tuple[Any, tuple[str, ...]]] = {}


def _style(path: Path, base: str, changed_ns: int, fonts: Any, fetcher: Any) -> tuple[Any, tuple[str, ...]]:  # noqa: ANN401
    """A style sheet, parsed once a process for as long as its file stays as it is; and what is wrong with it."""
    from weasyprint import CSS  # noqa: PLC0415 -- as above

    # By its address too: a file has several where folders are links, and names what it loads from each.
    key = path, base, changed_ns
    if key not in _STYLES:
        with heard_from("weasyprint") as heard:
            # Some editors begin a file with a byte order mark: left in, it would be part of the first selector.
            text = path.read_text(encoding="utf-8-sig")
            sheet = CSS(string=text, base_url=base, font_config=fonts, url_fetcher=fetcher)
        _STYLES[key] = sheet, tuple(heard)
    return _STYLES[key]


@lru_cache(maxsize=MOST_RULES)
def _rules(rules: str, root: Path) -> tuple[Any, tuple[str, ...]]:
    """A sheet of the engine's own rules, parsed once a process: many pieces have the same; and what is wrong with it."""
    from weasyprint import CSS  # noqa: PLC0415 -- as above
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- as above

    with heard_from("weasyprint") as heard:
        # Not without a fetcher, or WeasyPrint makes one that knows every address.
        sheet = CSS(string=rules, font_config=_faces(root)[0], url_fetcher=URLFetcher(allowed_protocols=set()))
    return sheet, tuple(heard)


_FACES: dict[tuple[object, ...], tuple[Any, Any]] = {}


def _faces(root: Path) -> tuple[Any, Any]:
    """The project's faces, read once a process for as long as their list and their files stay the same."""
    from weasyprint import CSS  # noqa: PLC0415 -- as above
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- as above

    path = within(root / fonts.FOLDER, "fonts.css")
    text = path.read_text(encoding="utf-8-sig") if path else ""
    fetcher = _FontFetcher(root, text)
    key = root, text, fetcher.changed_ns
    if key not in _FACES:
        config = FontConfiguration()
        sheet = CSS(string=text, base_url=f"{BASE}/{fonts.SHEET}", font_config=config, url_fetcher=fetcher)
        _FACES[key] = config, sheet
    return _FACES[key]


class _FontFetcher:
    """A fetcher that knows the font files of fonts.css and nothing else, whatever other rules that file has."""

    _fail_on_errors = False

    def __init__(self, root: Path, text: str) -> None:
        self.folder, self.files = root / fonts.FOLDER, {face.path for _, face in fonts.parse(text).faces}

    @property
    def changed_ns(self) -> tuple[int, ...]:
        """When each of the files was changed last."""
        paths = (within(self.folder, name) for name in sorted(self.files))
        return tuple(path.stat().st_mtime_ns for path in paths if path and path.is_file())

    def __call__(self, url: str) -> Any:  # noqa: ANN401 -- WeasyPrint's are untyped
        from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415 -- as above

        name = unquote(url.removeprefix(f"{BASE}/{fonts.FOLDER}/"))
        path = within(self.folder, name) if name in self.files else None
        if path is None:
            raise ValueError("only the font files of an @font-face rule may be loaded")
        return URLFetcherResponse(url, path.read_bytes(), {})


class _Fetcher:
    """A fetcher that knows the piece's own files and nothing else: no network, no other file."""

    # WeasyPrint's URLFetcher asks for it; what cannot be loaded is a problem, and the rest is laid out.
    _fail_on_errors = False

    def __init__(self, wanted: Piece, root: Path, store: Store) -> None:
        self.wanted, self.root, self.store = wanted, root, store

    def __call__(self, url: str) -> Any:  # noqa: ANN401 -- WeasyPrint's are untyped
        from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415 -- as above

        if url.startswith("data:"):
            return _embedded()(url)
        path = urlsplit(url).path
        if not url.startswith(f"{BASE}/") or path not in self.wanted.files:
            raise ValueError("a page may load only files of its layout")
        data = (
            self.store.get(path.removeprefix(MADE).partition(".")[0])
            if path.startswith(MADE)
            else addresses.place(self.root, path).read_bytes()
        )
        kind = "image/svg+xml" if path.endswith(".svg") else None
        return URLFetcherResponse(url, data or b"", {"Content-Type": kind} if kind else {})


@cache
def _embedded() -> Any:  # noqa: ANN401 -- as above
    """A fetcher of what stands in an address itself, made once, since it takes a dozen handlers."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- as above

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def _search(press: _Press) -> tuple[dict[str, Setting], dict[str, float], dict[str, Measure], "Document"]:
    """The fit at which every sheet keeps to its pages and its spaces bring it to the foot.

    A sheet stays at its designed size where its spaces alone can fill the page. All sheets are searched at
    once: one layout of all as designed, one of those that are not settled, one more of those of which no size has
    held, and one of all as chosen. A piece of one sheet, such as a leave-behind, is laid out four times at most.
    Returns each sheet's setting, how much of it is over its pages in px, its measure, and the document so laid out.
    """
    document, measures = press.layout({})
    laid = {_fits({}, press): (document, measures)}
    hunts = {sheet: _Hunt(fit, _target(fit, measures[sheet])) for sheet, fit in press.sheets.items()}
    for sheet, hunt in hunts.items():
        hunt.learn(1.0, measures[sheet])
    for final in (False, True):
        open_ = [sheet for sheet, hunt in hunts.items() if not hunt.settled and not (final and hunt.holds)]
        tried = {sheet: Setting(hunts[sheet].next(final=final)) for sheet in open_}
        if tried:
            whole = tried.keys() == press.sheets.keys()
            document, found = press.layout(tried, alone=not whole)
            if whole:
                laid[_fits(tried, press)] = document, found
            for sheet, measure in found.items():
                hunts[sheet].learn(tried[sheet].fit, measure)
    settings = {sheet: hunt.setting() for sheet, hunt in hunts.items()}
    document, measures = laid.get(_fits(settings, press)) or press.layout(settings)
    over = _over(hunts, measures)
    if any(settings[sheet].give_mm for sheet in over):
        # A block that may not break can move at a hair's breadth: such a sheet goes without its spaces.
        settings |= {sheet: Setting(settings[sheet].fit) for sheet in over}
        document, measures = laid.get(_fits(settings, press)) or press.layout(settings)
        over = _over(hunts, measures)
    return settings, over, measures, document


def _fits(settings: Mapping[str, Setting], press: _Press) -> tuple[Setting, ...]:
    """How every sheet of a piece is set: as designed where nothing else is said."""
    return tuple(settings.get(sheet, Setting()) for sheet in press.sheets)


def _over(hunts: Mapping[str, "_Hunt"], measures: Mapping[str, Measure]) -> dict[str, float]:
    """The sheets that go beyond their pages, and how much of each must go in px."""
    over = {sheet: measures[sheet].excess_px(hunt.pages) for sheet, hunt in hunts.items()}
    return {sheet: px for sheet, px in over.items() if px > CLOSE_PX}


def _short(press: _Press, measures: Mapping[str, Measure]) -> Iterator[Problem]:
    """The sheets that are on fewer pages than their fit says."""
    path = f"layouts/{press.wanted.page}"
    lines = (press.root / path).read_text(encoding="utf-8", errors="replace").splitlines()
    for sheet, fit in press.sheets.items():
        made, wanted = measures[sheet].pages, fit.pages.exactly
        if wanted and made < wanted:
            name = next(name for name, spec in press.wanted.fits.items() if spec is fit)
            line = next((number for number, text in enumerate(lines, start=1) if f'"{name}"' in text), None)
            said = f'{press.wanted.name}: "{sheet}" has {made} page{"s" * (made != 1)}, and its fit says {fit.pages}'
            yield Problem(
                path, line, said, f"at_most: {wanted} in fits: {name}: of layout.yaml, or more text", Owner.LAYOUT
            )


def _target(fit: Fit, measure: Measure) -> int:
    """How many pages a sheet is to have: as many as it needs, but not one more for less than a third of a page."""
    if fit.pages.exactly:
        return fit.pages.exactly
    nearly_empty = measure.pages > 1 and measure.used_px[-1] < (measure.used_px[-1] + measure.free_px[-1]) / 3
    return max(1, min(fit.pages.at_most or 1, measure.pages - (1 if nearly_empty else 0)))


class _Hunt:
    """The search for one sheet's fit: the largest known to hold, the smallest known to spill, and the next to try."""

    def __init__(self, fit: Fit, pages: int) -> None:
        self.limits, self.give_mm, self.pages = fit.fit, fit.give_mm, pages
        self.holds: float | None = None
        self.spills = fit.fit.largest + STEP
        self.best: Measure | None = None
        self.guess = 1.0

    def learn(self, fit: float, measure: Measure) -> None:
        over = measure.excess_px(self.pages)
        if over > CLOSE_PX:
            self.spills = min(self.spills, fit)
        elif self.holds is None or fit >= self.holds:
            self.holds, self.best = fit, measure
        used = sum(measure.used_px)
        # Type that grows by a tenth fills about a sixth more: lines grow, and hold fewer words.
        self.guess = fit * (max(used - over, 1.0) / max(used, 1.0)) ** (1 / 1.6)
        if over > CLOSE_PX:
            # What a block that may not break leaves behind it is seen only in part: rather a hair small than not at all.
            self.guess -= 2 * STEP

    @property
    def settled(self) -> bool:
        """Whether a fit is known that fills the page, or that cannot be bettered."""
        if self.holds is None or self.best is None:
            return False
        fills = self.pages > 1 or self._share_mm(self.best) <= self.give_mm
        return fills or self.spills - self.holds < 1.5 * STEP

    def next(self, *, final: bool) -> float:
        """The fit to try next, to a hundredth; on the last try, the smallest if none has held."""
        if self.holds is None and final:
            return self.limits.smallest
        guess = min(max(self.guess, self.limits.smallest), self.spills - STEP)
        if self.holds is not None and guess <= self.holds:
            guess = (self.holds + self.spills) / 2
        return round(int(round(guess / STEP, 6)) * STEP, 4)

    def setting(self) -> Setting:
        """The largest fit that held, and the share of what was free that each space gets."""
        if self.holds is None or self.best is None:
            return Setting(self.limits.smallest)
        share_mm = self._share_mm(self.best) if self.pages == 1 and self.best.gives else 0.0
        return Setting(self.holds, round(min(share_mm, self.give_mm), 3))

    def _share_mm(self, measure: Measure) -> float:
        return max(0.0, measure.flow_px - FOOT_PX) / PX_PER_MM / max(1, measure.gives)


def _measure(document: "Document", sheet: str, reaches: Sequence[Mapping[str, float]]) -> Measure:
    """How the sheet of that id came out on the pages that hold anything of it."""
    held = [
        (page, reach)
        for page, reach in zip(document.pages, reaches, strict=True)
        if sheet in page.anchors or sheet in reach
    ]
    if not held:
        return Measure((0.0,), (0.0,), 0.0, 0)
    tops = [page.anchors[sheet][1] if sheet in page.anchors else _head(page) for page, _ in held]
    flows = [page.anchors[sheet][3] if sheet in page.anchors else _head(page) for page, _ in held]
    ends = [max(flow, reach.get(sheet, 0.0)) for flow, (_, reach) in zip(flows, held, strict=True)]
    # A page that holds a stray note alone is one page too many, however low the note is.
    heights = tuple(max(end - top, LEAST_PX) for end, top in zip(ends, tops, strict=True))
    # Where a sheet goes on, its box reaches the foot whatever is in it: what is seen of it tells how much is free.
    seen = [*(reach.get(sheet, top) for (_, reach), top in zip(held[:-1], tops, strict=False)), ends[-1]]
    free = tuple(_foot(page) - end for (page, _), end in zip(held, seen, strict=True))
    page = held[-1][0]
    gives = len({id(box.element) for box in _boxes(page._page_box, beside=False) if _marked(box, "data-give")})  # noqa: SLF001 -- the version is pinned
    return Measure(heights, free, _foot(page) - flows[-1], gives)


def _reaches(document: "Document", owners: Mapping[int, str]) -> list[dict[str, float]]:
    """For each page, how far down it each sheet reaches: in its flow, beside it, or with a note alone (nought)."""
    reaches: list[dict[str, float]] = []
    for page in document.pages:
        reach: dict[str, float] = {}
        for part in page._page_box.children:  # noqa: SLF001 -- the version is pinned
            note = type(part).__name__ == "FootnoteAreaBox"
            for box in _boxes(part):
                owner = owners.get(id(getattr(box, "element", None)))
                if owner and (hasattr(box, "text") or hasattr(box, "replacement")):
                    reach[owner] = max(reach.get(owner, 0.0), 0.0 if note else box.position_y + box.height)
        reaches.append(reach)
    return reaches


def _head(page: "Page") -> float:
    """Where a page's text begins."""
    box: Any = page._page_box  # noqa: SLF001 -- the version is pinned
    return float(box.position_y + box.margin_top + box.border_top_width + box.padding_top)


def _bottom(page: "Page") -> float:
    """How far down a page's content reaches."""
    root: Any = page._page_box.children[0]  # noqa: SLF001 -- the version is pinned
    ends = (box.position_y + box.height for box in _boxes(root) if hasattr(box, "text") or hasattr(box, "replacement"))
    return max([*ends, 0.0])


def _foot(page: "Page") -> float:
    """Where a page's text must end: above its footnotes, or its bottom margin."""
    box: Any = page._page_box  # noqa: SLF001 -- the version is pinned
    bottom = box.position_y + box.margin_top + box.border_top_width + box.padding_top + box.height
    areas = [child for child in box.children if type(child).__name__ == "FootnoteAreaBox" and child.children]
    return float(bottom - sum(area.margin_height() for area in areas))


def _notes(page: "Page") -> int:
    box: Any = page._page_box  # noqa: SLF001 -- the version is pinned
    return sum(len(child.children) for child in box.children if type(child).__name__ == "FootnoteAreaBox")


def _boxes(box: Any, *, beside: bool = True) -> Iterator[Any]:  # noqa: ANN401 -- WeasyPrint's boxes are untyped
    """A box and all within it; those placed beside the flow only if wanted."""
    if beside or type(box).__name__ != "AbsolutePlaceholder":
        yield box
        for child in getattr(box, "children", ()):
            yield from _boxes(child, beside=beside)


def _marked(box: Any, attribute: str) -> bool:  # noqa: ANN401 -- as above
    """Whether a box is the main one of an element that has the attribute."""
    element = getattr(box, "element", None)
    return element is not None and box.element_tag == element.tag and attribute in element.attrib


def _slots(wanted: Piece, document: "Document") -> Iterator[tuple[str, tuple[int, Rectangle]]]:
    for index, page in enumerate(document.pages):
        for name in wanted.slots:
            if name in page.anchors:
                left, top, right, bottom = (value * PT_PER_PX for value in page.anchors[name])
                yield name, (index, Rectangle(left, top, right - left, bottom - top))


def _spills(
    press: _Press, settings: Mapping[str, Setting], over: Mapping[str, float], document: "Document"
) -> Iterator[Spill]:
    """What does not fit: of each sheet, of a piece without any, and what is on no page."""
    wanted = press.wanted
    for sheet, px in over.items():
        yield _shortened(press, settings, sheet, document) or _spill(wanted, document, sheet, px)
    most = wanted.limit.exactly or wanted.limit.at_most or 1
    if not wanted.fits and len(document.pages) > most:
        beyond = sum(_bottom(page) for page in document.pages[most:])
        yield _spill(wanted, document, None, beyond)
    if not over:
        yield from _lost(press.html, document)


def _shortened(press: _Press, settings: Mapping[str, Setting], sheet: str, document: "Document") -> Spill | None:
    """The field that need only be shorter for a one-page piece to fit, and by how many words: tried, not reckoned.

    None where no field alone suffices, or where the piece is more than one sheet on one page.
    """
    if len(press.sheets) != 1 or press.wanted.limit.exactly != 1:
        return None
    for name, text in _most_over_room(press.wanted, _fields(document, sheet)):
        words = _fewest(partial(_holds, press, settings, name), round(text.words * MOST_CUT))
        if words:
            return Spill(name, max(1, round(words * text.lines / text.words)), words)
    return None


MOST_CUT = 0.6
"""The largest part of a field that it makes sense to ask an author to cut."""


def _holds(press: _Press, settings: Mapping[str, Setting], field: str, words: int) -> bool:
    """Whether a piece of one sheet fits its page without so many words of a field."""
    _, measures = press.layout(settings, shorter=press.without(field, words))
    return all(measure.excess_px(1) <= CLOSE_PX for measure in measures.values())


def _fewest(holds: Callable[[int], bool], most: int) -> int | None:
    """The fewest words, up to `most` and to a twentieth, of which it holds; None if it holds of none."""
    low, high = 0, most
    if not (most and holds(most)):
        return None
    while high - low > max(1, high // 20):
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _lost(html: "HTML", document: "Document") -> Iterator[Spill]:
    """The fields of which something is on no page.

    WeasyPrint drops without a word what is beside the flow and does not fit above the foot of the last page.
    """
    fields = {element: element.get("data-field") for element in html.etree_element.iter() if element.get("data-field")}
    owners = {id(inner): name for element, name in fields.items() for inner in element.iter()}
    laid: Counter[str] = Counter()
    for page in document.pages:
        for box in _boxes(page._page_box):  # noqa: SLF001 -- the version is pinned
            if hasattr(box, "text") and id(box.element) in owners:
                laid[owners[id(box.element)]] += len("".join(box.text.split()))
    for element, name in fields.items():
        lost = len("".join("".join(element.itertext()).split())) - laid[name]
        if lost > 0:
            yield Spill(name, max(1, lost // LETTERS_A_LINE), max(1, lost // LETTERS_A_WORD))


def _spill(wanted: Piece, document: "Document", sheet: str | None, over_px: float) -> Spill:
    """The field most over its room, and how many of its lines make up the excess."""
    fields = _fields(document, sheet)
    if not fields:
        return Spill("", 0, 0)
    name, text = _most_over_room(wanted, fields)[0]
    lines = max(1, round(over_px / text.line_px))
    return Spill(name, lines, max(1, round(lines * text.words / max(1, text.lines))))


def _most_over_room(wanted: Piece, fields: Mapping[str, "_Text"]) -> list[tuple[str, "_Text"]]:
    """The fields, first those that have the most words beyond what the layout has room for."""
    over = {name: text.words - wanted.room.get(name.rpartition(".")[2], 0) for name, text in fields.items()}
    return sorted(fields.items(), key=lambda each: -over[each[0]])


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


def _fault(path: Path, shown: str, said: str) -> Problem:
    """A warning of WeasyPrint's of a style sheet, as it reads it, at the line that it is about."""
    place = PLACE.search(said)
    message, hint, about = _reworded(PLACE.sub("", said))
    before, found, _ = path.read_text(encoding="utf-8").partition(about or "\0")
    line = int(place[1]) if place else before.count("\n") + 1 if found else None
    return Problem(shown, line, message, hint, Owner.LAYOUT)


def _problem(wanted: Piece, root: Path, said: str) -> Problem:
    """A warning of WeasyPrint's as a problem of the layout, at the line of the style sheet or page that it is about."""
    place = PLACE.search(said)
    message, hint, about = _reworded(PLACE.sub("", said))
    if place:
        return Problem(*_styled(wanted, root, int(place[1]), said), message, hint, Owner.LAYOUT)
    if said.startswith("Font-face"):
        texts = {fonts.SHEET: (root / fonts.SHEET).read_text(encoding="utf-8", errors="replace")}
    else:
        texts = addresses.taken_in(root, wanted.page)
    path, line = addresses.find(texts, about) or _unnamed(texts, said) or (next(iter(texts)), None)
    return Problem(path, line, message, hint, Owner.LAYOUT)


def _unnamed(texts: Mapping[str, str], said: str) -> tuple[str, int] | None:
    """Return the first image without alternative text, where a warning about one quotes an address made from parts."""
    if not said.startswith("Image "):
        return None
    for shown, text in texts.items():
        for found in re.finditer(r"<img\b[^>]*>", text):
            if not re.search(r"\balt\s*=", found[0]):
                return shown, text.count("\n", 0, found.start()) + 1
    return None


def _reworded(said: str) -> tuple[str, str, str]:
    """What is so, what to do, and the words that stand in the line at fault, of a sentence of WeasyPrint's."""
    said = said.replace(f"{BASE}/layouts/", "").replace(f"{BASE}/", "")
    for pattern, message, hint, about in HEARD:
        if found := re.search(pattern, said, re.DOTALL):
            shown = [DATA.sub(r"\1…", words) for words in found.groups()]
            return " ".join(message.format(*shown).split()), hint, about.format(*(words.rstrip("…") for words in shown))
    said = DATA.sub(r"\1…", said)
    said = said.replace("Invalid", "wrong").replace("invalid", "wrong")
    return said[0].lower() + said[1:].rstrip("."), SPELLING, ""


DATA = re.compile(r"(data:[\w/+.=-]{0,40}).*", re.DOTALL)
SPELLING = "check the spelling against the CSS that WeasyPrint knows, or delete the line"
HEARD = (
    (r"^Ignored `([^:`]+):.*`, unknown property", 'there is no property "{0}"', SPELLING, ""),
    (r"^Ignored `([^:`]+):.*`, .*not supported", 'WeasyPrint does not know "{0}"', "delete the line", ""),
    (r"^Ignored `([^:`]+):\s*(.*\s[\w-]+:\s.*)`", '"{0}" cannot be "{1}"', "a semicolon between the two", ""),
    (r"^Ignored `([^:`]+):\s*(.*)`", '"{0}" cannot be "{1}"', "a value that CSS has for it", ""),
    (r"^(?:Parse e|E)rror:? (.*?)\.?$", "the style sheet cannot be read: {0}", "check brackets and semicolons", ""),
    (r"selector, '\s*(.*?)\s*'", 'WeasyPrint does not know the selector "{0}"', SPELLING, "{0}"),
    (r"^(?:Unknown|Empty) .*rule <AtRule (@[\w-]+)", 'WeasyPrint does not know the rule "{0}" here', SPELLING, ""),
    (r"^Anchor defined twice: '(.*)'", 'two things have the id "{0}"', "an id of its own for each", 'id="{0}"'),
    (r"^No anchor #(.*) for", 'a link leads to "#{0}", and nothing has that id', "give the id, or delete it", "#{0}"),
    (r"undefined anchor .*?'#?([^']*)'", 'nothing has the id "{0}"', "give the id, or do not refer to it", ""),
    (
        r"^Font-face '(.*)'",
        'a font file of "{0}" cannot be loaded',
        "copy the file again; OpenType, TrueType or WOFF",
        '"{0}"',
    ),
    (
        r'^Image "(.*)" has no',
        'the image "{0}" has no alt text',
        'alt="what it shows"; or an ornament as a background in the style sheet',
        "{0}",
    ),
    (r"load image at '(.*?)'", 'the image "{0}" cannot be loaded', "a file in layouts/ that a browser shows", "{0}"),
    (r"render SVG image (\S+)", 'the drawing "{0}" cannot be drawn', "a file in layouts/ that a browser shows", "{0}"),
    (r"load stylesheet at (\S+)", 'the style sheet "{0}" cannot be loaded', "a file in layouts/", "{0}"),
    (
        r'required "lang"',
        "the page does not say its language",
        '<html lang="{{ brief.language }}"> as in the other pages',
        "<html",
    ),
    (
        r"unsupported by fonts: \"(.*)\" \((.*)\)",
        'no font has "{0}" ({1})',
        "another character, or a font that has it in fonts/",
        "{0}",
    ),
)
"""What WeasyPrint's sentences say to a designer: message, hint, and the words by which the line is found."""


def _styled(wanted: Piece, root: Path, line: int, said: str) -> tuple[str, int | None]:
    """The line that a warning quotes: of the page, or else of the style sheet that takes a value by its name there."""
    quoted = re.search(r"`([a-z-]+):\s*([^`]+?)\s*`", said)
    for shown, page in addresses.taken_in(root, wanted.page).items():
        for number, text in enumerate(page.splitlines(), start=1):
            if quoted and quoted[1] in text and quoted[2] in text:
                return shown, number
    for style in wanted.styles:
        lines = (root / "layouts" / style).read_text(encoding="utf-8").splitlines()
        if quoted and line <= len(lines) and quoted[1] in lines[line - 1] and "var(" in lines[line - 1]:
            return f"layouts/{style}", line
    return f"layouts/{wanted.page}", None

"""Lay out a piece as PDF pages, with each of its sheets fitted to its pages.

A sheet is an element that begins a page and has a fit (`data-fit`) from layout.yaml.
"""

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

from briefpack.geometry import MM_PER_INCH, Frame
from briefpack.layout import addresses, fonts
from briefpack.layout.addresses import MADE
from briefpack.layout.model import Fit
from briefpack.pages import Piece
from briefpack.problem import Owner, Problem, heard_from
from briefpack.project import within
from briefpack.store import Store
from briefpack.typeset import amends

if TYPE_CHECKING:
    from weasyprint import HTML, Document
    from weasyprint.document import Page

BASE = "https://project.invalid"
PT_PER_PX = 0.75
PX_PER_MM = 96 / MM_PER_INCH
# WeasyPrint rounds positions: a sheet that runs over by no more than this still fits.
CLOSE_PX = 1.5
FOOT_PX = 4.0
LEAST_PX = 12.0
STEP = 0.01
# To estimate lost text, which is on no page and so has no lines to count.
LETTERS_A_WORD = 5
LETTERS_A_LINE = 50
# The rules that the engine writes: a look's variables for each page size, and the settings of each sheet.
MOST_RULES = 256
VARIANT = "pdf/ua-1"
WORD = re.compile(r"\S+\s*")
PLACE = re.compile(r" at (\d+):(\d+)")


@dataclass(frozen=True)
class Placed:
    """A piece that fills a slot on one page, or (`running`) repeats on every page after the first `skip` pages."""

    slot: str
    key: str
    place: Frame
    page: int = 0
    running: bool = False
    skip: int = 0


@dataclass(frozen=True)
class Spill:
    """Overset text: the field to cut, and roughly how many lines and words to cut from it."""

    field: str
    lines: int
    words: int


@dataclass(frozen=True)
class Typeset:
    """A laid-out piece: its PDF, and what binding needs to know about it.

    `slots` gives the page and rectangle of each slot, `notes` the number of footnotes on each page that has any,
    `anchors` the page of each id, and `fits` the type size of each sheet as a share of its designed size.
    """

    pdf: bytes
    pages: int
    slots: Mapping[str, tuple[int, Frame]]
    notes: Mapping[int, int]
    anchors: Mapping[str, int]
    fits: Mapping[str, float]
    problems: tuple[Problem, ...]
    spills: tuple[Spill, ...]


@dataclass(frozen=True)
class Setting:
    """How one sheet is set: its type size as a share of the designed size, and the height added to each space."""

    fit: float = 1.0
    give_mm: float = 0.0


@dataclass(frozen=True)
class Measure:
    """The result of laying out a sheet: the height used, and the height free above the foot, on each of its pages.

    `flow_px` is the height free below the normal flow on the last page. The `gives` spaces are in that flow; boxes
    beside it may reach further down.
    """

    used_px: tuple[float, ...]
    free_px: tuple[float, ...]
    flow_px: float
    gives: int

    @property
    def pages(self) -> int:
        """Return the number of pages that the sheet takes."""
        return len(self.used_px)

    def over_px(self, pages: int) -> float:
        """Return the height of the sheet beyond that many pages or below their foot; negative if there is room left."""
        beyond = sum(self.used_px[pages:])
        return beyond + max(0.0, -min(self.free_px[:pages])) if beyond else -min(self.free_px[-1], *self.free_px)

    def excess_px(self, pages: int) -> float:
        """Return the height to cut for the sheet to fit, less the gap left by a block that moved to the next page."""
        over = self.over_px(pages)
        left = max(0.0, self.free_px[pages - 1]) if self.pages > pages else 0.0
        return max(over - left, min(over, LEAST_PX))


def piece(wanted: Piece, root: Path, store: Store) -> Typeset:
    """Lay out a piece whose files are in the project `root` and the `store`.

    Faults in its pages and style sheets are returned as problems, overset text as spills.
    """
    with heard_from("weasyprint") as heard:
        press = _Press(wanted, root, store, heard)
        settings, over, measures, document = _search(press)
        # A rule that WeasyPrint dropped may be the only reason that text is overset.
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
    """WeasyPrint with one piece loaded."""

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
        """Lay out the whole piece, only the sheets in `settings` (`alone`), or a version with less text (`shorter`)."""
        rules = "".join(
            f"#{sheet}{{font-size:{setting.fit * 100:.4g}%;--give:{setting.give_mm:.3f}mm}}"
            for sheet, setting in settings.items()
        )
        # The engine sets the size of a sheet and the designer everything else, so its rules follow the layout's own.
        sheets = [*self.styles, self._sheet(rules)] if rules else self.styles
        said = len(self.heard)
        html = self._only(settings) if alone else shorter or self.html
        document = html.render(stylesheets=sheets, font_config=self.fonts, pdf_variant=VARIANT)
        if alone or shorter:
            # Links to the parts left out are broken in this layout only, so drop the warnings about them.
            del self.heard[said:]
        wanted = settings if alone else self.sheets
        reaches = _reaches(document, _owners(html, wanted))
        return document, {sheet: _measure(document, sheet, reaches) for sheet in wanted}

    def _sheet(self, rules: str) -> Any:  # noqa: ANN401 -- WeasyPrint is untyped
        sheet, said = _rules(rules, self.root)
        self.heard += said
        return sheet

    def _only(self, sheets: Mapping[str, Setting]) -> "HTML":
        """Return the piece without its other sheets.

        Each sheet begins a page, so it looks the same alone as it does among the others.
        """
        root = copy.deepcopy(self.html.etree_element)
        for parent in list(root.iter()):
            for child in list(parent):
                if child.get("id") in self.sheets and child.get("id") not in sheets:
                    parent.remove(child)
        return self._parsed(ElementTree.tostring(root, encoding="unicode", method="html"))

    def without(self, field: str, words: int) -> "HTML":
        """Return the piece without some words of a field, each taken from the end of the longest paragraph left."""
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
        from weasyprint import HTML  # noqa: PLC0415 -- takes a second to import, and is not always needed

        return HTML(string=text, base_url=f"{BASE}/layouts/", url_fetcher=self.fetcher, media_type="print")


class _Run:
    """The text at the start of an element or just after it, which can be cut without changing how elements nest."""

    def __init__(self, element: Any, place: str) -> None:  # noqa: ANN401 -- WeasyPrint is untyped
        self.element, self.place = element, place
        # Each word keeps the space that follows it, which may be a thin or no-break space.
        self.words: list[str] = WORD.findall((getattr(element, place) or "").strip())

    def write(self) -> None:
        before = getattr(self.element, self.place) or ""
        lead = " " if before[:1].isspace() else ""
        setattr(self.element, self.place, f"{lead}{''.join(self.words).rstrip()}{' ' if before[-1:].isspace() else ''}")


def _runs(element: Any) -> Iterator[_Run]:  # noqa: ANN401 -- as above
    """Yield every run of text in an element, except its note numbers, which go with the words they follow."""
    if "cite" not in element.get("class", "").split():
        yield _Run(element, "text")
        for child in element:
            yield from _runs(child)
            yield _Run(child, "tail")


def _owners(html: "HTML", sheets: Iterable[str]) -> dict[int, str]:
    """Map each element of a piece to the sheet that contains it."""
    wanted = set(sheets)
    held = ((sheet, sheet.get("id")) for sheet in html.etree_element.iter() if sheet.get("id") in wanted)
    return {id(element): name for sheet, name in held for element in sheet.iter()}


_STYLES: dict[tuple[Path, str, int], tuple[Any, tuple[str, ...]]] = {}


def _style(path: Path, base: str, changed_ns: int, fonts: Any, fetcher: Any) -> tuple[Any, tuple[str, ...]]:  # noqa: ANN401
    """Return a parsed style sheet and its warnings; parse it again only when the file changes."""
    from weasyprint import CSS  # noqa: PLC0415 -- as above

    # A file has several addresses where folders are links, and it loads its own files relative to each.
    key = path, base, changed_ns
    if key not in _STYLES:
        with heard_from("weasyprint") as heard:
            # Some editors begin a file with a byte order mark, which would become part of the first selector.
            text = path.read_text(encoding="utf-8-sig")
            sheet = CSS(string=text, base_url=base, font_config=fonts, url_fetcher=fetcher)
        _STYLES[key] = sheet, tuple(heard)
    return _STYLES[key]


@lru_cache(maxsize=MOST_RULES)
def _rules(rules: str, root: Path) -> tuple[Any, tuple[str, ...]]:
    """Return the parsed style sheet of rules that the engine wrote, and its warnings; many pieces share the rules."""
    from weasyprint import CSS  # noqa: PLC0415 -- as above
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- as above

    with heard_from("weasyprint") as heard:
        # WeasyPrint's default fetcher would load any address.
        sheet = CSS(string=rules, font_config=_faces(root)[0], url_fetcher=URLFetcher(allowed_protocols=set()))
    return sheet, tuple(heard)


_FACES: dict[tuple[object, ...], tuple[Any, Any]] = {}


def _faces(root: Path) -> tuple[Any, Any]:
    """Return the project's fonts; read them again only when fonts.css or a font file changes."""
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
    """A fetcher that loads only the font files listed in fonts.css, whatever else the file refers to."""

    _fail_on_errors = False

    def __init__(self, root: Path, text: str) -> None:
        self.folder, self.files = root / fonts.FOLDER, {face.path for _, face in fonts.parse(text).faces}

    @property
    def changed_ns(self) -> tuple[int, ...]:
        """Return the time at which each of the files last changed."""
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
    """A fetcher that loads only the piece's own files, and nothing from the network."""

    # WeasyPrint reads this attribute. A file that can't be loaded is reported, and the rest is still laid out.
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
    """Return a fetcher for data: addresses, made once because each one builds a dozen handlers."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- as above

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def _search(press: _Press) -> tuple[dict[str, Setting], dict[str, float], dict[str, Measure], "Document"]:
    """Find the type size at which each sheet fits its pages, and the spacing that fills its last page.

    A sheet stays at its designed size if its spaces alone can fill the page. All sheets are searched at once, in at
    most five layouts of the piece: all as designed, those not settled, those that haven't fitted at any size, all as
    chosen, and again without added space if a sheet is overset. A piece of one sheet, such as a leave-behind, reuses
    earlier layouts.

    Returns each sheet's setting, the height in px to cut from each overset sheet, the measures and the final document.
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
        # A hair too much space can push an unbreakable block to the next page, so such a sheet gets no extra space.
        settings |= {sheet: Setting(settings[sheet].fit) for sheet in over}
        document, measures = laid.get(_fits(settings, press)) or press.layout(settings)
        over = _over(hunts, measures)
    return settings, over, measures, document


def _fits(settings: Mapping[str, Setting], press: _Press) -> tuple[Setting, ...]:
    """Return the setting of every sheet of a piece: as designed unless `settings` says otherwise."""
    return tuple(settings.get(sheet, Setting()) for sheet in press.sheets)


def _over(hunts: Mapping[str, "_Hunt"], measures: Mapping[str, Measure]) -> dict[str, float]:
    """Return the sheets that don't fit their pages, and the height in px to cut from each."""
    over = {sheet: measures[sheet].excess_px(hunt.pages) for sheet, hunt in hunts.items()}
    return {sheet: px for sheet, px in over.items() if px > CLOSE_PX}


def _short(press: _Press, measures: Mapping[str, Measure]) -> Iterator[Problem]:
    """Yield a problem for each sheet that fills fewer pages than its fit asks for."""
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
    """Return the number of pages for a sheet, without adding a page for less than a third of one."""
    if fit.pages.exactly:
        return fit.pages.exactly
    nearly_empty = measure.pages > 1 and measure.used_px[-1] < (measure.used_px[-1] + measure.free_px[-1]) / 3
    return max(1, min(fit.pages.at_most or 1, measure.pages - (1 if nearly_empty else 0)))


class _Hunt:
    """The search for one sheet's fit: the largest that fits, the smallest that is overset, and the next to try."""

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
        # Type a tenth larger takes about a sixth more height: lines are taller and each takes fewer words.
        self.guess = fit * (max(used - over, 1.0) / max(used, 1.0)) ** (1 / 1.6)
        if over > CLOSE_PX:
            # The gap above an unbreakable block can't be measured exactly, so guess slightly too small.
            self.guess -= 2 * STEP

    @property
    def settled(self) -> bool:
        """Return whether the known fit fills the page or can't be improved."""
        if self.holds is None or self.best is None:
            return False
        fills = self.pages > 1 or self._share_mm(self.best) <= self.give_mm
        return fills or self.spills - self.holds < 1.5 * STEP

    def next(self, *, final: bool) -> float:
        """Return the fit to try next, rounded to a hundredth; on the last try, the smallest if nothing has fitted."""
        if self.holds is None and final:
            return self.limits.smallest
        guess = min(max(self.guess, self.limits.smallest), self.spills - STEP)
        if self.holds is not None and guess <= self.holds:
            guess = (self.holds + self.spills) / 2
        return round(int(round(guess / STEP, 6)) * STEP, 4)

    def setting(self) -> Setting:
        """Return the largest fit known to keep to its pages, with the free height shared among the spaces."""
        if self.holds is None or self.best is None:
            return Setting(self.limits.smallest)
        share_mm = self._share_mm(self.best) if self.pages == 1 and self.best.gives else 0.0
        return Setting(self.holds, round(min(share_mm, self.give_mm), 3))

    def _share_mm(self, measure: Measure) -> float:
        return max(0.0, measure.flow_px - FOOT_PX) / PX_PER_MM / max(1, measure.gives)


def _measure(document: "Document", sheet: str, reaches: Sequence[Mapping[str, float]]) -> Measure:
    """Measure a sheet on the pages that contain any of it."""
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
    # A page with only a stray footnote is a page too many, however low the note is.
    heights = tuple(max(end - top, LEAST_PX) for end, top in zip(ends, tops, strict=True))
    # The box of a sheet that continues on the next page reaches the foot, so measure its visible content instead.
    seen = [*(reach.get(sheet, top) for (_, reach), top in zip(held[:-1], tops, strict=False)), ends[-1]]
    free = tuple(_foot(page) - end for (page, _), end in zip(held, seen, strict=True))
    page = held[-1][0]
    gives = len({id(box.element) for box in _boxes(page._page_box, beside=False) if _marked(box, "data-give")})  # noqa: SLF001 -- the version is pinned
    return Measure(heights, free, _foot(page) - flows[-1], gives)


def _reaches(document: "Document", owners: Mapping[int, str]) -> list[dict[str, float]]:
    """Return how far down each page every sheet reaches, in or beside its flow; 0 if only a footnote of it is there."""
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
    """Return the top of a page's text area."""
    box: Any = page._page_box  # noqa: SLF001 -- the version is pinned
    return float(box.position_y + box.margin_top + box.border_top_width + box.padding_top)


def _bottom(page: "Page") -> float:
    """Return the bottom of a page's content."""
    root: Any = page._page_box.children[0]  # noqa: SLF001 -- the version is pinned
    ends = (box.position_y + box.height for box in _boxes(root) if hasattr(box, "text") or hasattr(box, "replacement"))
    return max([*ends, 0.0])


def _foot(page: "Page") -> float:
    """Return the bottom of a page's text area, above its footnotes and bottom margin."""
    box: Any = page._page_box  # noqa: SLF001 -- the version is pinned
    bottom = box.position_y + box.margin_top + box.border_top_width + box.padding_top + box.height
    areas = [child for child in box.children if type(child).__name__ == "FootnoteAreaBox" and child.children]
    return float(bottom - sum(area.margin_height() for area in areas))


def _notes(page: "Page") -> int:
    box: Any = page._page_box  # noqa: SLF001 -- the version is pinned
    return sum(len(child.children) for child in box.children if type(child).__name__ == "FootnoteAreaBox")


def _boxes(box: Any, *, beside: bool = True) -> Iterator[Any]:  # noqa: ANN401 -- WeasyPrint's boxes are untyped
    """Yield a box and every box in it, with or without those positioned beside the flow."""
    if beside or type(box).__name__ != "AbsolutePlaceholder":
        yield box
        for child in getattr(box, "children", ()):
            yield from _boxes(child, beside=beside)


def _marked(box: Any, attribute: str) -> bool:  # noqa: ANN401 -- as above
    """Return whether a box is the main box of an element with that attribute."""
    element = getattr(box, "element", None)
    return element is not None and box.element_tag == element.tag and attribute in element.attrib


def _slots(wanted: Piece, document: "Document") -> Iterator[tuple[str, tuple[int, Frame]]]:
    for index, page in enumerate(document.pages):
        for name in wanted.slots:
            if name in page.anchors:
                left, top, right, bottom = (value * PT_PER_PX for value in page.anchors[name])
                yield name, (index, Frame(left, top, right - left, bottom - top))


def _spills(
    press: _Press, settings: Mapping[str, Setting], over: Mapping[str, float], document: "Document"
) -> Iterator[Spill]:
    """Yield the overset text of each sheet, or of a piece without sheets, and any text that is on no page."""
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
    """Return the field to shorten for a one-page piece to fit, with a word count found by trial layouts.

    Returns None if no single field is enough, or if the piece isn't exactly one sheet on one page.
    """
    if len(press.sheets) != 1 or press.wanted.limit.exactly != 1:
        return None
    for name, text in _most_over_room(press.wanted, _fields(document, sheet)):
        words = _fewest(partial(_holds, press, settings, name), round(text.words * MOST_CUT))
        if words:
            return Spill(name, max(1, round(words * text.lines / text.words)), words)
    return None


MOST_CUT = 0.6
"""The largest share of a field that it makes sense to ask an author to cut."""


def _holds(press: _Press, settings: Mapping[str, Setting], field: str, words: int) -> bool:
    """Return whether a piece of one sheet fits its page without that many words of a field."""
    _, measures = press.layout(settings, shorter=press.without(field, words))
    return all(measure.excess_px(1) <= CLOSE_PX for measure in measures.values())


def _fewest(holds: Callable[[int], bool], most: int) -> int | None:
    """Return the fewest words, up to `most` and within 5 %, for which `holds` is true; None if there are none."""
    low, high = 0, most
    if not (most and holds(most)):
        return None
    while high - low > max(1, high // 20):
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _lost(html: "HTML", document: "Document") -> Iterator[Spill]:
    """Yield the fields with text that is on no page.

    WeasyPrint silently drops boxes positioned beside the flow that don't fit above the foot of the last page.
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
    """Return the field that most exceeds its room, with the lines and words that make up the excess."""
    fields = _fields(document, sheet)
    if not fields:
        return Spill("", 0, 0)
    name, text = _most_over_room(wanted, fields)[0]
    lines = max(1, round(over_px / text.line_px))
    return Spill(name, lines, max(1, round(lines * text.words / max(1, text.lines))))


def _most_over_room(wanted: Piece, fields: Mapping[str, "_Text"]) -> list[tuple[str, "_Text"]]:
    """Return the fields in order of how many words they have beyond the layout's room for them, the most first."""
    over = {name: text.words - wanted.room.get(name.rpartition(".")[2], 0) for name, text in fields.items()}
    return sorted(fields.items(), key=lambda each: -over[each[0]])


@dataclass
class _Text:
    """The size of one field's text as set."""

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
    """Return a WeasyPrint warning about a style sheet as a problem, at the line it refers to."""
    place = PLACE.search(said)
    message, hint, about = _reworded(PLACE.sub("", said))
    before, found, _ = path.read_text(encoding="utf-8").partition(about or "\0")
    line = int(place[1]) if place else before.count("\n") + 1 if found else None
    return Problem(shown, line, message, hint, Owner.LAYOUT)


def _problem(wanted: Piece, root: Path, said: str) -> Problem:
    """Return a WeasyPrint warning as a layout problem, at the line of the style sheet or page it refers to."""
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
    """Return the first image without alternative text, for a warning about an address that a template put together."""
    if not said.startswith("Image "):
        return None
    for shown, text in texts.items():
        for found in re.finditer(r"<img\b[^>]*>", text):
            if not re.search(r"\balt\s*=", found[0]):
                return shown, text.count("\n", 0, found.start()) + 1
    return None


def _reworded(said: str) -> tuple[str, str, str]:
    """Return the message and the hint for a WeasyPrint warning, and the words that identify the line at fault."""
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
"""WeasyPrint's warnings in a designer's words: pattern, message, hint, and the words that identify the line."""


def _styled(wanted: Piece, root: Path, line: int, said: str) -> tuple[str, int | None]:
    """Return the line that a warning quotes: in the page, or in the style sheet whose variable it uses there."""
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

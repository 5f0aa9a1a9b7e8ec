"""Check a document for a press: its page boxes, its output intent, and the inks of every mark."""

import math
from collections.abc import Iterable
from typing import TypeVar

import pypdfium2

from briefpack.checks import places
from briefpack.checks.findings import Findings, Found
from briefpack.checks.read import opening
from briefpack.checks.read.content_streams import Mark
from briefpack.checks.read.finished import Finished
from briefpack.geometry import PT_PER_MM, Rectangle

Key = TypeVar("Key")


def boxes(finished: Finished) -> Findings:
    """Find page boxes that are missing, not nested (ISO 32000-1, 14.11.2), or short of the bleed asked for."""
    press = finished.expected.press
    wanted = press.bleed_mm if press else LEAST_BLEED_MM
    for number, page in enumerate(finished.pages, start=1):
        trim, bleed = page.get_trimbox(fallback_ok=False), page.get_bleedbox(fallback_ok=False)
        if trim is None or bleed is None:
            message = f"the page has no {'trim' if trim is None else 'bleed'} box"
            yield Found(number, message, places.page(finished, number))
            continue
        bleed_mm = min(Rectangle(*bleed).margins(Rectangle(*trim))) / PT_PER_MM
        if bleed_mm < wanted - CLOSE_MM:
            yield Found(number, f"the bleed is {bleed_mm:.1f} mm; it needs {wanted:g} mm", (Rectangle(*bleed),))
        if min(Rectangle(*page.get_mediabox()).margins(Rectangle(*bleed))) < 0:
            yield Found(number, "the bleed box extends beyond the media box", (Rectangle(*bleed),))


LEAST_BLEED_MM = 3.0
CLOSE_MM = 0.05


def bleed_art(finished: Finished) -> Findings:
    """Find artwork that reaches the trim but not the bleed: a cut slightly off would leave a white line.

    The edges of a piece in a slot aren't cut; they are judged on the document's page. A mark on a ground that is itself
    bled off leaves no white.
    """
    if finished.expected.part is not None and finished.expected.part.boxed:
        return
    pages = [(Rectangle(*page.get_trimbox()), _bleed_box(page)) for page in finished.pages]
    grounds: dict[int, list[Rectangle]] = {}
    for mark in finished.marks:
        if mark.kind in ("fill", "picture") and mark.box and not mark.inkless:
            behind = grounds.setdefault(mark.page, [])
            short = _short_of_bleed(mark.box, *pages[mark.page - 1], behind)
            if short:
                message = f"{KINDS[mark.kind]} reaches the trim but not the bleed: {', '.join(short)}"
                yield Found(mark.page, message, places.marks(finished, mark.page, [mark]))
            elif mark.rectangular and mark.alpha == 1:
                behind.append(mark.box)


def _short_of_bleed(box: Rectangle, trim: Rectangle, bleed: Rectangle, grounds: list[Rectangle]) -> list[str]:
    """Return the sides on which a box reaches the trim but not the bleed, with no ground behind that does."""
    return [
        name
        for side, (name, to_trim, to_bleed) in enumerate(zip(SIDES, box.margins(trim), box.margins(bleed), strict=True))
        if to_trim > -AT_EDGE_PT
        and to_bleed < -BLEED_CLOSE_PT
        and not any(_bleeds_behind(ground, box, bleed, side) for ground in grounds)
    ]


def _bleeds_behind(ground: Rectangle, box: Rectangle, bleed: Rectangle, side: int) -> bool:
    """Return whether a ground covers what lies between a side of a box and the bleed."""
    return ground.margins(bleed)[side] >= -BLEED_CLOSE_PT and min(ground.margins(box)) >= -BLEED_CLOSE_PT


def _bleed_box(page: pypdfium2.PdfPage) -> Rectangle:
    """Return a page's bleed box or, if it has none, the usual bleed around its trim box."""
    box = page.get_bleedbox(fallback_ok=False)
    return Rectangle(*box) if box else Rectangle(*page.get_trimbox()).grown(LEAST_BLEED_MM * PT_PER_MM)


SIDES = ("left", "bottom", "right", "top")
AT_EDGE_PT = 0.5
BLEED_CLOSE_PT = 0.1


def colour_spaces(finished: Finished) -> Findings:
    """Find colours that aren't printing inks."""
    found = _grouped(
        ((mark.page, mark.kind, mark.space), mark) for mark in finished.marks if mark.space not in PRESS_SPACES
    )
    for (page, kind, space), marks in found.items():
        yield Found(page, f"{KINDS[kind]} is in {space}", places.marks(finished, page, marks))


def _grouped(marks: Iterable[tuple[Key, Mark]]) -> dict[Key, list[Mark]]:
    """Return marks by key."""
    found: dict[Key, list[Mark]] = {}
    for key, mark in marks:
        found.setdefault(key, []).append(mark)
    return found


KINDS = {
    "fill": "a filled shape", "line": "a line", "text": "text", "picture": "an image", "gradient": "a gradient",
    "group": "a transparency group",
}  # fmt: skip
"""The marks as messages name them."""

PRESS_SPACES = {"DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "Pattern"}


def text_ink(finished: Finished) -> Findings:
    """Find text in inks that the layout doesn't allow for it."""
    press = finished.expected.press
    allowed = {tuple(share / 100 for share in ink) for ink in (press.text if press else ())}
    found = _grouped(
        ((mark.page, mark.shares), mark)
        for mark in finished.marks
        if mark.kind == "text" and mark.space == "DeviceCMYK" and mark.shares not in allowed
    )
    for page, shares in sorted(found) if press else ():
        area = places.marks(finished, page, found[page, shares])
        yield Found(page, f"the layout doesn't allow text in {_inks(shares)}", area)


def _inks(shares: tuple[float, ...]) -> str:
    return " ".join(f"{ink}{share * 100:g}" for ink, share in zip("CMYK", shares, strict=True))


def ink_limit(finished: Finished) -> Findings:
    """Find pages with a mark that has more ink than the paper can take."""
    press = finished.expected.press
    limit = press.ink_limit_percent if press else COATED_PERCENT
    heavy = _grouped((mark.page, mark) for mark in finished.marks if mark.ink_percent > limit + 0.5)
    for page, marks in heavy.items():
        marks.sort(key=lambda mark: -mark.ink_percent)
        message = f"the ink coverage is {marks[0].ink_percent:.0f} %; the limit is {limit} %"
        yield Found(page, message, places.marks(finished, page, marks))


COATED_PERCENT = 320


def hairline(finished: Finished) -> Findings:
    """Find the thinnest line of each page, if it is too thin to print."""
    thin = _grouped((mark.page, mark) for mark in finished.marks if _width_pt(mark) < HAIR_PT - 0.01)
    for page, marks in thin.items():
        marks.sort(key=_width_pt)
        message = f"a line is {_width_pt(marks[0]):.2f} pt thick; the minimum is {HAIR_PT:g} pt"
        yield Found(page, message, places.marks(finished, page, marks))


def _width_pt(mark: Mark) -> float:
    """Return the thickness of a mark that prints as a line; for any other mark, infinity."""
    return math.inf if mark.width_pt is None or mark.inkless else mark.width_pt


HAIR_PT = 0.25


def transparency(finished: Finished) -> Findings:
    """Find pages with transparency."""
    for page, marks in _grouped((mark.page, mark) for mark in finished.marks if mark.alpha < 1).items():
        yield Found(page, "the page has transparency", places.marks(finished, page, marks))


def pdf_x(finished: Finished) -> Findings:
    """Find faults in the PDF/X-4 declaration, and annotations, which don't print (ISO 15930-7)."""
    declared = opening.declared(finished.file)
    if declared.version not in finished.expected.edition.standards:
        yield Found(None, f"the file declares {declared.version or 'no PDF/X version'}")
    if declared.channels != 4:
        yield Found(None, "the output intent has no CMYK profile")
    if declared.annotated:
        area = places.annotated(finished, declared.annotated)
        yield Found(declared.annotated, "the page has a link or another annotation", area)

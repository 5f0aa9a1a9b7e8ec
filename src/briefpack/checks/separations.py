"""Check a document for a press: its page boxes, its output intent, and the inks of every mark."""

import pypdfium2

from briefpack.checks.findings import Findings
from briefpack.checks.read import output_intents
from briefpack.checks.read.finished import Finished
from briefpack.geometry import PT_PER_MM, Rectangle
from briefpack.layout import profiles


def boxes(finished: Finished) -> Findings:
    """Find page boxes that are missing, not nested (ISO 32000-1, 14.11.2), or short of the bleed asked for."""
    press = finished.expected.press
    wanted = press.bleed_mm if press else LEAST_BLEED_MM
    for number, page in enumerate(finished.pages, start=1):
        trim, bleed = page.get_trimbox(fallback_ok=False), page.get_bleedbox(fallback_ok=False)
        if trim is None or bleed is None:
            yield number, f"the page has no {'trim' if trim is None else 'bleed'} box"
            continue
        bleed_mm = min(Rectangle(*bleed).margins(Rectangle(*trim))) / PT_PER_MM
        if bleed_mm < wanted - CLOSE_MM:
            yield number, f"the bleed is {bleed_mm:.1f} mm; it needs {wanted:g} mm"
        if min(Rectangle(*page.get_mediabox()).margins(Rectangle(*bleed))) < 0:
            yield number, "the bleed box extends beyond the media box"


LEAST_BLEED_MM = 3.0
CLOSE_MM = 0.05


def bleed_art(finished: Finished) -> Findings:
    """Find artwork that reaches the trim but not the bleed: a cut slightly off would leave a white line."""
    pages = [(Rectangle(*page.get_trimbox()), _bleed_box(page)) for page in finished.pages]
    for mark in finished.marks:
        if mark.kind in ("fill", "picture") and mark.box and not mark.inkless:
            trim, bleed = pages[mark.page - 1]
            short = [
                name
                for name, to_trim, to_bleed in zip(SIDES, mark.box.margins(trim), mark.box.margins(bleed), strict=True)
                if to_trim > -AT_EDGE_PT and to_bleed < -BLEED_CLOSE_PT
            ]
            if short:
                yield mark.page, f"{KINDS[mark.kind]} reaches the trim but not the bleed: {', '.join(short)}"


def _bleed_box(page: pypdfium2.PdfPage) -> Rectangle:
    """Return a page's bleed box or, if it has none, the usual bleed around its trim box."""
    box = page.get_bleedbox(fallback_ok=False)
    return Rectangle(*box) if box else Rectangle(*page.get_trimbox()).grown(LEAST_BLEED_MM * PT_PER_MM)


SIDES = ("left", "bottom", "right", "top")
AT_EDGE_PT = 0.5
BLEED_CLOSE_PT = 0.1


def colour_spaces(finished: Finished) -> Findings:
    """Find colours that aren't printing inks."""
    seen = dict.fromkeys(
        (mark.page, mark.kind, mark.space) for mark in finished.marks if mark.space not in PRESS_SPACES
    )
    for page, kind, space in seen:
        yield page, f"{KINDS[kind]} is in {space}"


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
    found = {
        (mark.page, mark.shares)
        for mark in finished.marks
        if mark.kind == "text" and mark.space == "DeviceCMYK" and mark.shares not in allowed
    }
    for page, shares in sorted(found) if press else ():
        yield page, f"the layout doesn't allow text in {_inks(shares)}"


def _inks(shares: tuple[float, ...]) -> str:
    return " ".join(f"{ink}{share * 100:g}" for ink, share in zip("CMYK", shares, strict=True))


def ink_limit(finished: Finished) -> Findings:
    """Find pages with a mark that has more ink than the paper can take."""
    press = finished.expected.press
    limit = press.ink_limit_percent if press else COATED_PERCENT
    most: dict[int, float] = {}
    for mark in finished.marks:
        most[mark.page] = max(most.get(mark.page, 0.0), mark.ink_percent)
    for page, percent in most.items():
        if percent > limit + 0.5:
            yield page, f"the ink coverage is {percent:.0f} %; the limit is {limit} %"


COATED_PERCENT = 320


def hairline(finished: Finished) -> Findings:
    """Find the thinnest line of each page, if it is too thin to print."""
    thinnest: dict[int, float] = {}
    for mark in finished.marks:
        if mark.width_pt is not None and not mark.inkless:
            thinnest[mark.page] = min(thinnest.get(mark.page, HAIR_PT), mark.width_pt)
    for page, width_pt in thinnest.items():
        if width_pt < HAIR_PT - 0.01:
            yield page, f"a line is {width_pt:.2f} pt thick; the minimum is {HAIR_PT:g} pt"


HAIR_PT = 0.25


def transparency(finished: Finished) -> Findings:
    """Find pages with transparency."""
    for page in sorted({mark.page for mark in finished.marks if mark.alpha < 1}):
        yield page, "the page has transparency"


def pdf_x(finished: Finished) -> Findings:
    """Find faults in the PDF/X-4 declaration, and annotations, which don't print (ISO 15930-7)."""
    declared = output_intents.read(finished.data)
    if declared.version not in finished.expected.edition.standards:
        yield None, f"the file declares {declared.version or 'no PDF/X version'}"
    if declared.channels != 4:
        yield None, "the output intent has no CMYK profile"
    if declared.annotated:
        yield declared.annotated, "the page has a link or another annotation"


def output_profile(finished: Finished) -> Findings:
    """Find damage to the ICC profiles that define the file's colours."""
    for data in output_intents.profiles(finished.data):
        if fault := profiles.fault(data):
            yield None, f"the ICC profile of the output intent is damaged: {fault}"

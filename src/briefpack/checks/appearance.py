"""Check the type and images of a finished PDF: nothing lost or covered, everything legible, images sharp enough."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from urllib.parse import unquote

import numpy as np
import numpy.typing as npt

from briefpack.checks.read.finished import CLOSE_PT, Finished, Found, Ground, Pixels, more, shown, some, squeezed
from briefpack.checks.read.marks import ROUNDED_PT, Colour, Drawn, Run
from briefpack.project import Edition

MUCH = 0.3
RUN_INTO_PT = 1.5
SAME_LINE = 0.6
SMALLEST_PT: dict[Edition, float] = {"screen": 6.0, "home": 7.0, "press": 6.0}
AUTHORISED_PT = 8.0
LEAST_DPI: dict[Edition, float] = {"screen": 150.0, "home": 150.0, "press": 300.0}
LEAST_CONTRAST, LEAST_CONTRAST_LARGE = 4.5, 3.0
WIDE_PX = 3
# In letters: the rest of the particulars, the printer's name, and a footer.
BELOW_AUTHORISATION = 300
PLACEHOLDER = re.compile(r"\b(?i:lorem ipsum)\b|\b(?:TODO|FIXME|XXX|TK|TKTK)\b|\{\{|\}\}|\{%|\{figure|\[\^", re.ASCII)

Shares = npt.NDArray[np.float64]
HIDDEN = re.compile(r"<!--.*?-->|<(style|script|title|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^'">])*>""")
SCHEME = re.compile(r"^(?:https?://(?:www\.)?|mailto:|tel:)")


def words_lost(finished: Finished) -> Found:
    """Find text of the HTML that is on no page, and text on a page that can't be seen."""
    for number, (drawn, trim) in enumerate(zip(finished.drawn, finished.trims, strict=True), start=1):
        runs = [run for run in drawn.runs if run.text.strip()]
        yield from some(number, [run for run in runs if not run.place.within(trim, CLOSE_PT)], "is cut off by the trim")
        yield from some(number, [run for run in runs if not run.printed], "is invisible")
        yield from some(number, _covered(drawn, finished.grounds[number - 1]), "is covered, or clipped")
        yield from some(number, _overprinted(runs), "is overprinted by other text")
    if finished.expected.part:
        lost = missing(texts(finished.expected.part.html), printed(finished.drawn))
        if lost:
            yield None, f"{shown(lost[0])} is on no page{more(len(lost), 'word')}"


def texts(html: str) -> list[str]:
    """Return the runs of text in an HTML page."""
    return [unescape(text) for text in TAG.split(HIDDEN.sub("", html)) if text.strip()]


def printed(pages: Iterable[Drawn]) -> str:
    """Return everything the pages print, in drawing order, squeezed, with a separator between pages.

    Without the separator, a page number could be found across a page break: 12 in a 1 and a 2.
    """
    return "\0".join(squeezed("".join(run.text for run in drawn.runs if run.printed)) for drawn in pages)


def missing(wanted: Iterable[str], on_paper: str) -> list[str]:
    """Return the words that are on paper fewer times than they should be.

    Looks for each run of text whole, then word by word in case lines or notes divide it; each match is used once.
    """
    left, rest = on_paper, list(wanted)
    for whole in (True, False):
        seek = rest if whole else [word for text in rest for word in text.split()]
        rest = []
        for text in sorted(seek, key=len, reverse=True):
            plain = squeezed(text)
            if plain not in left:
                rest.append(text)
            elif plain:
                left = left.replace(plain, "\0", 1)
    return rest


def _covered(drawn: Drawn, ground: Ground | None) -> list[Run]:
    """Return the runs that make no difference to the look of the page, among those that might be covered or clipped."""
    places = [(run, *ground.slices(run.place)) for run in _endangered(drawn)] if ground else []
    places = [(run, rows, columns) for run, rows, columns in places if ground and ground.bare[rows, columns].size]
    if not ground or not places:
        return []
    top, left = min(rows.start for _, rows, _ in places), min(columns.start for *_, columns in places)
    foot, right = max(rows.stop for _, rows, _ in places), max(columns.stop for *_, columns in places)
    seen, bare = ground.whole(slice(top, foot), slice(left, right)), ground.bare[top:foot, left:right]
    alike = (seen == bare).all(axis=2)
    return [run for run, rows, columns in places if alike[_less(rows, top), _less(columns, left)].all()]


def _less(side: slice, start: int) -> slice:
    return slice(side.start - start, side.stop - start)


def _endangered(drawn: Drawn) -> Iterator[Run]:
    """Yield the runs that are clipped or overlapped by a later shape."""
    last = max((shape.after for shape in drawn.shapes), default=0)
    for number, run in enumerate(drawn.runs):
        later = (shape.place for shape in drawn.shapes if shape.after > number) if number < last else ()
        if run.printed and run.text.strip() and (run.clipped or any(map(run.place.meets, later))):
            yield run


def _overprinted(runs: Sequence[Run]) -> list[Run]:
    """Return the runs that other text largely covers, or runs into on the same line."""
    runs = [run for run in runs if run.upright and run.printed]
    if len(runs) < 2:
        return []
    left, bottom, right, top = np.array([
        (each.place.left_pt, each.place.bottom_pt, each.place.right_pt, each.place.top_pt) for each in runs
    ]).T  # fmt: skip
    wide = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    high = np.minimum(top[:, None], top) - np.maximum(bottom[:, None], bottom)
    areas = (right - left) * (top - bottom)
    shared = np.clip(wide, 0, None) * np.clip(high, 0, None)
    over = shared > MUCH * np.minimum(areas[:, None], areas)
    tall = top - bottom
    over |= (wide > RUN_INTO_PT) & (high > SAME_LINE * np.minimum(tall[:, None], tall))
    return [runs[two] for one, two in np.argwhere(np.triu(over, 1)) if not _twice(runs[one], runs[two])]


def _twice(one: Run, two: Run) -> bool:
    """Return whether the same text is drawn twice in one place, as for a halo or a shadow."""
    return one.text == two.text and abs(one.place.left_pt - two.place.left_pt) < one.size_pt / 4


def type_size(finished: Finished) -> Found:
    """Find type smaller than the edition or the layout allows."""
    expected = finished.expected
    own = expected.part.smallest_type_pt if expected.part else 0.0
    own = expected.document.spec.smallest_type_pt if expected.document else own
    least = max(SMALLEST_PT[expected.edition], own)
    for number, drawn in enumerate(finished.drawn, start=1):
        small = [run for run in drawn.runs if run.size_pt < least - ROUNDED_PT and run.text.strip()]
        if small:
            run = min(small, key=lambda each: each.size_pt)
            yield number, f"{shown(run.text)} is set in {run.size_pt:.3g} pt, and {least:g} pt is the smallest allowed"


def contrast(finished: Finished) -> Found:
    """Find text with too little contrast against what is really beneath it."""
    for number, (drawn, ground) in enumerate(zip(finished.drawn, finished.grounds, strict=True), start=1):
        faint = list(_faint(drawn.runs, ground)) if ground else []
        if faint:
            ratio, run = min(faint, key=lambda each: each[0])
            said = f"{shown(run.text)} has a contrast of {ratio:.2f}:1 with its ground, under {_least(run):g}:1"
            yield number, said + more(len(faint), "piece of text", "pieces of text")


def _least(run: Run) -> float:
    return LEAST_CONTRAST_LARGE if run.large else LEAST_CONTRAST


def _faint(runs: Iterable[Run], ground: Ground) -> Iterator[tuple[float, Run]]:
    """Yield each run with too little contrast over at least a letter's width, and its contrast."""
    plain: dict[tuple[Colour, tuple[int, ...]], float] = {}
    for run in runs:
        beneath = ground.bare[ground.slices(run.place)]
        if not (run.printed and beneath.size and run.text.strip()):
            continue
        key = run.colour, tuple(beneath[0, 0].tolist())
        if beneath.min() != beneath.max() and not (beneath == beneath[0, 0]).all():
            poor = _poor(run, beneath)
        else:
            if key not in plain:
                plain[key] = float(_ratio(run.colour, beneath[:1, :1])[0, 0])
            poor = plain[key] if plain[key] < _least(run) else None
        if poor is not None:
            yield poor, run


def _poor(run: Run, beneath: Pixels) -> float | None:
    """Return the contrast of a run over the columns where it is too low, or None if there are too few of them."""
    ratios = _ratio(run.colour, beneath)
    columns = (ratios < _least(run)).mean(axis=0) > 0.5
    return float(np.median(ratios[:, columns])) if columns.sum() >= min(WIDE_PX, len(columns)) else None


def _ratio(colour: Colour, ground: Pixels) -> Shares:
    """Return the contrast of a colour with each pixel (WCAG 2.2, 1.4.3)."""
    share = colour[3] / 255
    below = ground.astype(np.float64)
    one, two = _luminance(np.array(colour[:3]) * share + below * (1 - share)), _luminance(below)
    return (np.maximum(one, two) + 0.05) / (np.minimum(one, two) + 0.05)


def _luminance(pixels: Shares) -> Shares:
    return LINEAR[np.rint(pixels).astype(np.uint8)] @ SEEN


LINEAR = np.array(
    [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in np.arange(256) / 255]
)
"""The linear light of each of the 256 values of a channel."""

SEEN = np.array([0.2126, 0.7152, 0.0722])
"""The perceived brightness of red, green and blue."""


def image_resolution(finished: Finished) -> Found:
    """Find bitmap images with too low a resolution at the size they are placed."""
    least = LEAST_DPI[finished.expected.edition]
    for number, drawn in enumerate(finished.drawn, start=1):
        coarse = [picture.dpi for picture in drawn.pictures if picture.dpi < least - 1]
        if coarse:
            yield number, f"it has an image of {min(coarse):.0f} dpi, under {least:.0f}"


def links_alive(finished: Finished) -> Found:
    """Find links whose address can't be read on paper."""
    on_paper = squeezed("".join((*finished.texts, *finished.alts)))
    for link in finished.links:
        address = SCHEME.sub("", link)
        # The address may be printed decoded, with a space for %20.
        written = {squeezed(form.rstrip("/")) for form in (address, unquote(address))}
        if address != link and not any(form in on_paper for form in written):
            yield None, f"{link} is behind a link, and cannot be read on paper"


def placeholder(finished: Finished) -> Found:
    """Find placeholder words and template syntax left in the text."""
    for number, text in enumerate(finished.texts, start=1):
        if found := PLACEHOLDER.search(text):
            around = text[max(0, found.start() - 15) : found.end() + 15]
            yield number, f"it has {shown(found[0])} in {shown(around)}"


def authorisation(finished: Finished) -> Found:
    """Find authorisation particulars that are missing from the end of the document, or too small."""
    wanted, last = finished.expected.authorised, len(finished.pdf)
    if not wanted:
        return
    text = squeezed(finished.texts[last - 1])
    absent = [words for words in ("authorised by", *wanted) if squeezed(words) not in text]
    if absent:
        yield last, f"it is the last page, and does not print {shown(absent[0])}"
    size, below = finished.authorised[last - 1] or (AUTHORISED_PT, 0)
    if below > BELOW_AUTHORISATION:
        yield last, "its particulars do not stand at the end"
    if size < AUTHORISED_PT - ROUNDED_PT:
        yield last, f"its particulars are set in {size:.3g} pt, under {AUTHORISED_PT:g} pt"

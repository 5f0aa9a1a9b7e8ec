"""Check the text of a finished PDF: all of it there, readable, and finished."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

import numpy as np

from briefpack.checks.read.finished import CLOSE_PT, Finished, Found, Ground, more, shown, some, squeezed
from briefpack.checks.read.marks import ROUNDED_PT, Drawn, Run

MUCH = 0.3
RUN_INTO_PT = 1.5
SAME_LINE = 0.6
AUTHORISED_PT = 8.0
# In letters: the rest of the particulars, the printer's name, and a footer.
BELOW_AUTHORISATION = 300
PLACEHOLDER = re.compile(r"\b(?i:lorem ipsum)\b|\b(?:TODO|FIXME|XXX|TK|TKTK)\b|\{\{|\}\}|\{%|\{figure|\[\^", re.ASCII)
HIDDEN = re.compile(r"<!--.*?-->|<(style|script|title|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^'">])*>""")


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


def glyphs(finished: Finished) -> Found:
    """Find characters that print as boxes because their font lacks them."""
    for number, words in enumerate(finished.texts, start=1):
        if "\ufffd" in words or "\x00" in words:
            yield number, "it has a character that its font lacks"


def map_credit(finished: Finished) -> Found:
    """Find an electorate's document that has a map without the credit for its boundaries."""
    around, document = finished.expected.around, finished.expected.document
    if around is None or document is None or document.electorate is None:
        return
    mapped = any(drawing.area for name, drawing in document.drawings.items() if name.startswith("map-"))
    if mapped and "".join(around.credit.split()) not in "".join("".join(finished.texts).split()):
        yield None, "it has a map, and not the credit that its boundaries ask for"

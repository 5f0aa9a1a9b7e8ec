"""Check that the text of a finished PDF is complete, readable and final."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

import numpy as np

from briefpack.checks import covered, findings, lost_words, places
from briefpack.checks.findings import Findings, Found, begun, boxes, others, quoted
from briefpack.checks.read.background import Background
from briefpack.checks.read.finished import CLOSE_PT, Finished, normalised, unspaced
from briefpack.checks.read.page_objects import ROUNDED_PT, PageObjects, Run
from briefpack.geometry import Rectangle
from briefpack.plan import Authorised, Part

COVERED = 0.3
RUN_INTO_PT = 1.5
SAME_LINE = 0.6
# In letters: the rest of the particulars, the printer's name, and a footer.
BELOW_AUTHORISATION = 300
# An error here stops a document, so only what is never meant is one; a brief's review warns of more.
PLACEHOLDER = re.compile(
    r"\b(?i:lorem ipsum)\b|\b(?:TODO|FIXME|XXX|TK|TKTK|TBC|TBA)\b|\{\{|\}\}|\{%|\{figure|\[\^|\?{3,}"
    r"|[$£€]XX?\b|\bXX(?=\s?%|\s(?:per\scent|million|billion)\b)|\[(?:SOURCE|CITATION|REF|INSERT)\b[^\]]{0,40}\]"
    r"|\{[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?::[a-z-]+)?\}|\*\*[^\s*](?:[^*]{0,60}[^\s*])?\*\*",
    re.ASCII,
)
# Whole words, up to 15 characters: the last of a text, and the first.
BEFORE = re.compile(r"(?<!\S)\S.{0,14}\Z", re.DOTALL)
AFTER = re.compile(r".{0,14}\S(?!\S)", re.DOTALL)
MISSING = re.compile("[\ufffd\0]")
HIDDEN = re.compile(r"<!--.*?-->|<(style|script|title|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
SILENT = re.compile(r"""<(\w+)\b[^<>]*\baria-hidden="true"[^<>]*>(?:(?!</?\1\b).)*</\1\s*>""", re.DOTALL)
"""An `aria-hidden` element that contains no other element of its name."""
TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^'">])*>""")


def words_lost(finished: Finished) -> Findings:
    """Find text of the HTML that is on no page, and text that can't be seen, unless it is hidden on purpose."""
    for number, page in enumerate(zip(finished.objects, finished.backgrounds, strict=True), start=1):
        yield from unseen(finished, number, page)
    if part := finished.expected.part:
        runs = [run for objects in finished.objects for run in objects.runs]
        if lost := [*_lost(part, runs, tagged=finished.expected.tagged)]:
            yield Found(None, f"{quoted(lost[0])} is not on any page{others(len(lost), 'word')}", (), begun(lost[0]))


def unseen(finished: Finished, number: int, page: tuple[PageObjects, Background | None]) -> Findings:
    """Find text of one page that can't be seen, unless it is hidden on purpose."""
    (objects, background), trim = page, finished.trims[number - 1]
    runs = [run for run in objects.runs if run.is_seen]
    cut = [run for run in runs if not run.box.within(trim, CLOSE_PT)]
    yield from findings.of_runs(number, cut, "is cut off at the edge of the page")
    yield from findings.of_runs(number, [run for run in runs if not run.printed], "is invisible")
    if background:
        yield from findings.of_runs(
            number, covered.runs(finished.pages[number - 1], objects, background), "is covered or clipped"
        )
    yield from findings.of_runs(number, _overprinted(runs), "is overprinted by other text", findings.OVERPRINTED)


def _lost(part: Part, runs: Sequence[Run], *, tagged: bool) -> Iterator[str]:
    """Yield the words that no page prints; in a tagged piece, `aria-hidden` words must print as artifacts."""
    if not (tagged and any(run.mcid >= 0 for run in runs)):
        yield from lost_words.among(_without(part.hidden, texts(part.html)), runs)
        return
    # A run in a form has the tag of the form. Artifacts, such as running heads, print no text of the HTML.
    html, spoken = part.html, [run for run in runs if run.mcid >= 0 or run.clipped]
    yield from lost_words.among(_without(part.hidden, texts(SILENT.sub("<br>", html))), spoken)
    silent = texts("<br>".join(found[0] for found in SILENT.finditer(html)))
    yield from lost_words.among(silent, [run for run in runs if run.mcid < 0]) if silent else ()


def _without(hidden: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return the texts of the HTML, leaving out each text that has no letters on a page as often as it has none."""
    left, found = Counter(map(normalised, hidden)), list[str]()
    for text in texts:
        letters = normalised(text) if left else ""
        if left[letters]:
            left[letters] -= 1
        else:
            found.append(text)
    return found


def texts(html: str) -> list[str]:
    """Return the runs of text in an HTML page."""
    return [unescape(text) for text in TAG.split(HIDDEN.sub("", html)) if text.strip()]


def _overprinted(runs: Sequence[Run]) -> list[Run]:
    """Return the runs that other text largely covers, or runs into on the same line."""
    runs = [run for run in runs if run.upright and run.printed]
    if len(runs) < 2:
        return []
    left, bottom, right, top = np.array([run.box for run in runs]).T
    wide = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    high = np.minimum(top[:, None], top) - np.maximum(bottom[:, None], bottom)
    areas = (right - left) * (top - bottom)
    shared = np.clip(wide, 0, None) * np.clip(high, 0, None)
    over = shared > COVERED * np.minimum(areas[:, None], areas)
    tall = top - bottom
    over |= (wide > RUN_INTO_PT) & (high > SAME_LINE * np.minimum(tall[:, None], tall))
    return [runs[two] for one, two in np.argwhere(np.triu(over, 1)) if not _twice(runs[one], runs[two])]


def _twice(one: Run, two: Run) -> bool:
    """Return whether the same text is drawn twice in one place, as for a halo or a shadow."""
    return one.text == two.text and abs(one.box.left - two.box.left) < one.size_pt / 4


def placeholder(finished: Finished) -> Findings:
    """Find placeholder words and template syntax left in the text."""
    for number, text in enumerate(finished.texts, start=1):
        if found := PLACEHOLDER.search(text):
            before, after = BEFORE.search(text[: found.start()]), AFTER.match(text[found.end() :])
            around = f"{before[0] if before else ''}{found[0]}{after[0] if after else ''}"
            message = f"the placeholder {quoted(found[0])} is left in {quoted(around)}"
            words = " ".join(found[0].split()), " ".join(around.split())
            yield Found(number, message, _placeholders(finished, number, text), words)


def _placeholders(finished: Finished, page: int, text: str) -> tuple[Rectangle, ...]:
    """Return where the placeholders of a page are."""
    distinct = dict.fromkeys(PLACEHOLDER.findall(text))
    return tuple(box for each in distinct for box in places.words(finished, page, each))


def authorisation(finished: Finished) -> Findings:
    """Find authorisation particulars that are missing from the end of the document, or too small."""
    wanted, last = finished.expected.authorised, len(finished.pdf)
    if not wanted.particulars:
        return
    for message in _faults_of(wanted, normalised(finished.texts[last - 1]), finished.reads[last - 1].authorised):
        yield Found(last, message, places.words(finished, last, wanted.statement))


def _faults_of(wanted: Authorised, text: str, printed: tuple[float, int] | None) -> Iterator[str]:
    """Yield the faults of an authorisation, from the text of its page, its type size and the letters below it."""
    absent = [words for words in (wanted.statement, *wanted.particulars) if normalised(words) not in text]
    if absent:
        yield f"the last page lacks {quoted(absent[0])}"
    size, below = printed or (wanted.smallest_pt, 0)
    if below > BELOW_AUTHORISATION:
        yield "the authorisation isn't at the end of the document"
    if size < wanted.smallest_pt - ROUNDED_PT:
        least = f"{wanted.smallest_pt:g} pt ({wanted.law})"
        yield f"the authorisation is set in {size:.3g} pt; the minimum is {least}"


def glyphs(finished: Finished) -> Findings:
    """Find characters that print as boxes because their font lacks them."""
    for number, words in enumerate(finished.texts, start=1):
        if MISSING.search(words):
            runs = [run for run in finished.objects[number - 1].runs if MISSING.search(run.text)]
            yield Found(number, "a character is missing from its font", boxes(runs))


def map_credit(finished: Finished) -> Findings:
    """Find an electorate's document that has a map without the credit for its boundaries."""
    around, document = finished.expected.around, finished.expected.document
    if around is None or document is None or document.electorate is None:
        return
    mapped = any(drawing.area for name, drawing in document.drawings.items() if name.startswith("map-"))
    if mapped and not _has_credit(finished, unspaced(around.credit)):
        found = (places.together(finished, labels) for labels in finished.expected.own.labels)
        page, area = next((place for place in found if place[0]), places.NOWHERE)
        yield Found(page, "the document has a map, but no credit for its boundaries", area)


def _has_credit(finished: Finished, letters: str) -> bool:
    """Return whether the letters of a credit stand together in a document.

    In the text of a page, the names of a map beside the credit may be between its lines; in the page's stream they
    aren't.
    """
    return letters in unspaced("".join(finished.texts)) or letters in "".join(finished.drawn)

"""Check that the text of a finished PDF is complete, readable and final."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

import numpy as np
import numpy.typing as npt
import pypdfium2

from briefpack import plan
from briefpack.checks import findings, places
from briefpack.checks.findings import Findings, Found, begun, boxes, others, quoted
from briefpack.checks.read.background import PX_PER_PT, Background, Part
from briefpack.checks.read.finished import CLOSE_PT, Finished, normalised, unspaced
from briefpack.checks.read.page_objects import ROUNDED_PT, PageObjects, Run
from briefpack.checks.read.strings import Handle
from briefpack.geometry import Rectangle
from briefpack.plan import Authorised

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
            number, _covered(finished.pages[number - 1], objects, background), "is covered or clipped"
        )
    yield from findings.of_runs(number, _overprinted(runs), "is overprinted by other text", findings.OVERPRINTED)


def _lost(part: plan.Part, runs: Sequence[Run], *, tagged: bool) -> Iterator[str]:
    """Yield the words that no page prints; in a tagged piece, `aria-hidden` words must print as artifacts."""
    if not (tagged and any(run.mcid >= 0 for run in runs)):
        yield from _missing(_without(part.hidden, texts(part.html)), runs)
        return
    # A run in a form has the tag of the form. Artifacts, such as running heads, print no text of the HTML.
    html, spoken = part.html, [run for run in runs if run.mcid >= 0 or run.clipped]
    yield from _missing(_without(part.hidden, texts(SILENT.sub("<br>", html))), spoken)
    silent = texts("<br>".join(found[0] for found in SILENT.finditer(html)))
    yield from _missing(silent, [run for run in runs if run.mcid < 0]) if silent else ()


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


# Type is drawn in runs: a line of a paragraph, or the part of a line in one font. A run never spans two texts of the
# HTML, so it has whole words, or the parts of a word that is divided between lines, pages or fonts. Text that the
# layout adds (running heads, note numbers, a table's head on its next page) makes runs of its own.
def _missing(texts: Iterable[str], runs: Iterable[Run]) -> list[str]:
    """Return the words of some texts that the runs print less often than they should, the longest first."""
    spare, spaced = _printed(runs)
    short = list[tuple[str, str]]()
    for word in (word for text in texts for word in text.split()):
        letters = normalised(word)
        if spare[letters]:
            spare[letters] -= 1
        elif letters:
            short.append((word, letters))
    # Whole words come first, so that only what is left over counts as the parts of a word.
    lost = list[str]()
    for word, letters in short:
        if letters in spaced:
            spaced = spaced.replace(letters, "\0", 1)
        elif letters.isdigit() or not _take_parts(letters, spare):
            lost.append(word)
    return sorted(lost, key=len, reverse=True)


def _printed(runs: Iterable[Run]) -> tuple[Counter[str], str]:
    """Return how often each word, or part of one, is printed, and the letters of lines set with spaced letters.

    PDFium reads spaced letters as words of one letter.
    """
    words, spaced = Counter[str](), list[str]()
    for run in runs:
        line = [letters for word in run.text.split() if (letters := normalised(word))] if run.printed else []
        if len(line) > 1 and max(map(len, line)) == 1:
            spaced.append("".join(line))
        else:
            words.update(line)
    return words, "".join(spaced)


def _take_parts(letters: str, spare: Counter[str]) -> bool:
    """Take the parts that a word consists of, and return whether there are such parts; the longest are tried first."""
    if not letters:
        return True
    for end in range(len(letters), 0, -1):
        part = letters[:end]
        if spare[part] > 0:
            spare[part] -= 1
            if _take_parts(letters[end:], spare):
                return True
            spare[part] += 1
    return False


INK_HIDDEN = 0.3
"""The share of the ink of some letters that is missing if they are covered; a thin line across them hides less."""
LETTER_PX = 3
FAINT = 0.25
"""The least ink of a part of a run, as a share of the run's average, that is judged: other parts are spaces."""

Ink = npt.NDArray[np.integer]


def _covered(page: pypdfium2.PdfPage, objects: PageObjects, background: Background) -> list[Run]:
    """Return the runs of a page that can't be seen: all of one is clipped away, or some letters are covered."""
    printed = [(index, run) for index, run in enumerate(objects.runs) if run.is_seen and run.printed]
    # What is beyond the edge of the page is cut off, and has no pixels.
    seen = [(index, run) for index, run in printed if background.pixels[background.area(run.box)].size]
    hidden = _clipped(page, [run for _, run in seen if run.clipped], objects.type_objects)
    below = {index: run for index, run in seen if run not in hidden and any(_over(objects, index))}
    return [*hidden, *_below(page, below, objects)]


def _over(objects: PageObjects, index: int) -> Iterable[bool]:
    """Yield, for each shape of a page, whether it is drawn over a run."""
    box = objects.runs[index].box
    return (shape.after > index and box.meets(shape.box) for shape in objects.shapes)


def _clipped(page: pypdfium2.PdfPage, runs: Sequence[Run], type_objects: Sequence[Handle]) -> list[Run]:
    """Return the runs where the page looks the same without its type."""
    if not runs:
        return []
    part = Part(page, [run.box for run in runs], PX_PER_PT)
    same = (part.rendered() == part.rendered(type_objects)).all(axis=2)
    return [run for run in runs if same[part.at(run.box)].size and same[part.at(run.box)].all()]


def _below(page: pypdfium2.PdfPage, runs: dict[int, Run], objects: PageObjects) -> list[Run]:
    """Return the runs that lose the ink of some letters to the shapes drawn over them."""
    if not runs:
        return []
    part = Part(page, [run.box for run in runs.values()], PX_PER_PT)
    type_ = [objects.type_objects[index] for index in runs]
    over = np.any([[*_over(objects, index)] for index in runs], axis=0)
    shapes = [item for item, is_over in zip(objects.shape_objects, over, strict=True) if is_over]
    seen, ink = (
        np.abs(part.rendered(left_out).astype(int) - part.rendered([*left_out, *type_])).sum(axis=2)
        for left_out in ([], shapes)
    )
    both = np.stack((ink - np.minimum(seen, ink), ink), axis=2)
    return [run for run in runs.values() if _has_gap(both[part.at(run.box)].sum(axis=0), run)]


def _has_gap(columns: Ink, run: Run) -> bool:
    """Return whether a run has lost the ink of some letters, from the ink that each column has lost and should have."""
    lost, ink = columns.T
    wide = min(len(ink), max(LETTER_PX, round(run.size_pt * PX_PER_PT)))
    if not ink.any():
        return False
    missing, whole = (np.convolve(each, np.ones(wide), "valid") for each in (lost, ink))
    return bool(((missing > INK_HIDDEN * whole) & (whole > FAINT * ink.mean() * wide)).any())


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
    letters = unspaced(around.credit)
    # In the text of a page, the names of a map beside the credit may be between its lines; in its stream they aren't.
    if mapped and letters not in unspaced("".join(finished.texts)) and letters not in "".join(finished.drawn):
        yield Found(None, "the document has a map, but no credit for its boundaries")

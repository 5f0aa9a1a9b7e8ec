"""Check that the notes of a finished PDF are announced, and that their numbers lead to them."""

from collections import Counter
from collections.abc import Iterator

from briefpack.checks import places
from briefpack.checks.findings import Findings, Found, boxes, others, quoted
from briefpack.checks.read.aloud import Aloud
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.page_objects import Run
from briefpack.checks.read.tags import Element

RAISED, SMALLER = 0.2, 0.85
"""How far the number of a note is raised, and how small it is, as shares of the size of the type before it."""
LONGEST = 3
"""The most digits of such a number."""


def note_links(finished: Finished) -> Findings:
    """Find notes without a number or an id, or that no number leads to, and numbers that are heard as digits alone."""
    ids = Counter(note.id for aloud in finished.aloud if aloud for note in _notes(aloud))
    for number, aloud in enumerate(finished.aloud, start=1):
        if aloud:
            yield from _faulty(finished, number, aloud, ids)
            yield from _unspoken(number, aloud)
        yield from _leading_nowhere(finished, number)


def _notes(aloud: Aloud) -> Iterator[Element]:
    return (element for element in aloud.tree.walk() if element.kind == "Note")


def _faulty(finished: Finished, number: int, aloud: Aloud, ids: Counter[str]) -> Findings:
    """Yield the notes of a page that lack a number, an id of their own, or a number in the text."""
    raised = {run.text.strip() for _, run in marks(aloud)}
    for note in _notes(aloud):
        label = next((aloud.said(kid).strip(" .)\n") for kid in note.walk() if kid.kind == "Lbl"), "")
        if not label:
            fault = "has no number in a label"
        elif not note.id or ids[note.id] > 1:
            fault = "has no id of its own"
        elif label not in raised:
            fault = f"is numbered {label}, which is nowhere on its page"
        else:
            continue
        yield Found(number, f"the note {quoted(aloud.said(note))} {fault}", places.elements(finished, number, [note]))


def _unspoken(number: int, aloud: Aloud) -> Findings:
    """Yield the numbers of notes on a page that neither a name nor a tag says are such."""
    telling = (element for element in aloud.tree.walk() if element.name or element.kind == "Reference")
    named = {mcid for element in telling for mcid in element.content}
    silent = [run for mcid, run in marks(aloud) if mcid not in named]
    if silent:
        message = f"the number {quoted(silent[0].text)} of a note is read as digits alone"
        yield Found(number, message + others(len(silent), "number"), boxes(silent))


def _leading_nowhere(finished: Finished, number: int) -> Findings:
    """Yield the links of a page that lead to no place of their document; those of a piece may lead to another piece."""
    lost = [link for link in finished.annotated[number - 1] if not link.leads] if finished.expected.part is None else []
    if lost:
        yield Found(number, f"the link {quoted(lost[0].name)} leads nowhere{others(len(lost), 'link')}", boxes(lost))


def marks(aloud: Aloud) -> Iterator[tuple[int, Run]]:
    """Yield the raised numbers of a page that follow text on the same line, with their marked content."""
    before: Run | None = None
    for mcid in aloud.tree.content:
        for run in aloud.runs.get(mcid, ()):
            if before is not None and is_mark(before, run):
                yield mcid, run
            elif run.text.strip():
                before = run


def is_mark(before: Run, run: Run) -> bool:
    """Return whether a run is the raised number of a note, after another run."""
    digits = run.text.strip()
    if not (digits.isdigit() and len(digits) <= LONGEST):
        return False
    raised = run.baseline_pt - before.baseline_pt
    return run.size_pt < SMALLER * before.size_pt and RAISED < raised / before.size_pt < 1

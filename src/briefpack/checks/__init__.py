"""Check each finished PDF and report its faults; each check is one small function.

Anything that doesn't depend on where a page is used is checked once, in its piece; a document is checked for anything
that binding adds. `file` runs all the checks on one finished file, as `briefpack preflight` does.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks import appearance, text
from briefpack.checks.catalogue import CHECKS, by_id
from briefpack.checks.findings import Check, Findings, Found
from briefpack.checks.read import background, opening
from briefpack.checks.read.finished import Finished
from briefpack.geometry import Frame
from briefpack.plan import Expected, Ground, Read, Type
from briefpack.problem import Owner, Problem

__all__ = ["CHECKS", "Check", "Over", "by_id", "document", "fault", "file", "piece", "warned"]


@dataclass(frozen=True)
class Over:
    """A piece that is printed over pages of a document: its frame, its own pages, and where they print.

    `page` is the index of the page that a slot is on; the pages from `skip` on have a running slot, which has none.
    """

    frame: Frame
    reads: tuple[Read, ...]
    page: int | None = None
    skip: int = 0

    def type(self, number: int) -> tuple[Type, ...]:
        """Return the type of a running slot on a page of the document."""
        index = number - 1 - self.skip
        if self.page is not None or index < 0:
            return ()
        return self.reads[index if len(self.reads) > 1 else 0].type


def piece(data: bytes, expected: Expected, path: str) -> tuple[tuple[Problem, ...], tuple[Read, ...]]:
    """Return the problems of one piece, by its own page numbers, and the data read from its pages."""
    with pypdfium2.PdfDocument(data) as pdf:
        opened = Finished(pdf, expected, data=data)
        return _problems(opened, ("piece",), path), opened.reads


def document(
    data: bytes, expected: Expected, path: str, known: tuple[Read, ...], over: Sequence[Over] = ()
) -> tuple[Problem, ...]:
    """Return the problems that binding can cause; `known` is the data read when the pieces were checked.

    `over` are the pieces in slots and the running pieces, which the document prints over its pages.
    """
    with pypdfium2.PdfDocument(data) as pdf:
        opened = Finished(pdf, expected, known, data)
        laid_over = {"contrast": _running_contrast(opened, known, over), "words-lost": _unseen(opened, known, over)}
        found = ((by_id(name), each) for name, findings in laid_over.items() for each in findings)
        problems = (_problem(check, _on_sheet(each, opened), path) for check, each in found)
        return (*_problems(opened, ("document",), path), *problems)


def file(data: bytes, expected: Expected, path: str) -> tuple[Problem, ...]:
    """Run every check of the edition on one finished PDF, which may come from elsewhere or not be a PDF at all."""
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if pdfium.FPDF_GetSecurityHandlerRevision(pdf.raw) >= 0:
                return (fault("opens", path, "the file is encrypted"),)
            # The pages on its sheets were checked at their own size.
            if opening.arranged(pdf.get_metadata_value("Creator")):
                edition = replace(expected.edition, tagged=False, smallest_type_pt=0.0)
                expected = replace(expected, edition=edition)
            return _problems(Finished(pdf, expected, data=data), ("piece", "document", "file"), path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).casefold()
        return (
            fault(
                "opens", path, "the file is locked with a password" if locked else "the file is damaged or not a PDF"
            ),
        )


def fault(check_id: str, path: str, message: str) -> Problem:
    """Return a problem with the file as a whole, reported by the check it fails."""
    return _problem(by_id(check_id), Found(None, message), path)


def warned(path: str, warnings: Iterable[Problem]) -> Iterator[Problem]:
    """Return the warnings given when a file was made, naming `path`, for the checks that still exist."""
    known = {check.id for check in CHECKS}
    return (replace(warning, path=path, line=None) for warning in warnings if warning.check in known)


def _problems(finished: Finished, kinds: Container[str], path: str) -> tuple[Problem, ...]:
    """Return the problems that the checks of some kinds find; each problem names its check."""
    wanted = [check for check in CHECKS if check.of in kinds and check.judges(finished.expected.edition)]
    found = ((check, each) for check in wanted for each in check.look(finished))
    return tuple(_problem(check, _on_sheet(each, finished), path) for check, each in found)


def _on_sheet(found: Found, finished: Finished) -> Found:
    """Return a finding with its boxes in the finished page's coordinates, from the bottom left of its media box."""
    if found.page is None or not found.boxes:
        return found
    sheet = finished.sheet(found.page)
    return found._replace(
        boxes=tuple(each.clamped(sheet).moved(-sheet.left, -sheet.bottom) for each in found.boxes[:MOST_BOXES])
    )


MOST_BOXES = 30
"""The most boxes of one problem: a page full of faults needs no circle around each."""


def _problem(check: Check, found: Found, path: str) -> Problem:
    return Problem(
        path, None, found.message, check.hint, Owner.DOCUMENT, check=check.id, page=found.page, boxes=found.boxes,
        warning=check.severity == "warning", words=found.words, finished=True, cause=found.cause,
    )  # fmt: skip


def _running_contrast(finished: Finished, pages: Sequence[Read], over: Sequence[Over]) -> Findings:
    """Find running text with too little contrast to the pages that it prints over."""
    for number in range(1, len(finished.pdf) + 1 if over else 1):
        held = [each.frame for each in over if each.page == number - 1]
        faint: list[tuple[float, Type]] = []
        for each in over:
            if runs := each.type(number):
                ground = _ground(pages[number - 1], each, held)
                faint += _faint(runs, ground) if ground else _rendered(finished, number, each.frame, runs)
        yield from appearance.too_faint(number, faint)


def _unseen(finished: Finished, pages: Sequence[Read], over: Sequence[Over]) -> Findings:
    """Find text that can't be seen where a slot or a running slot has other text in it, or another slot."""
    for number, read in enumerate(pages[: len(finished.pdf)], start=1):
        frames = [each.frame for each in over if each.page == number - 1 or each.type(number)]
        if set(frames) & set(read.crossed) or any(one.meets(two) for one, two in combinations(frames, 2)):
            yield from text.unseen(finished, number, finished.page(number))


def _ground(page: Read, over: Over, held: Sequence[Frame]) -> Ground | None:
    """Return the ground of a running slot on a page; None if its type has anything else behind it."""
    alone = all(each.alone for read in over.reads for each in read.type)
    if not alone or any(map(over.frame.meets, held)):
        return None
    return next((each for each in page.grounds if each.frame == over.frame), None)


@lru_cache(maxsize=1024)
def _faint(runs: tuple[Type, ...], ground: Ground) -> tuple[tuple[float, Type], ...]:
    """Return the faint type of a running slot, where it is on the page, each with its contrast."""
    placed = [replace(run, box=run.box.moved(ground.place.left, ground.place.bottom)) for run in runs]
    return tuple(appearance.faint(placed, background.kept(ground)))


def _rendered(finished: Finished, number: int, frame: Frame, runs: Sequence[Type]) -> Iterator[tuple[float, Type]]:
    """Return the faint type of a running slot on a page as it is bound, each with its contrast."""
    place, (_, behind) = frame.on(finished.trims[number - 1]), finished.page(number)
    return appearance.faint([replace(run, box=run.box.moved(place.left, place.bottom)) for run in runs], behind)

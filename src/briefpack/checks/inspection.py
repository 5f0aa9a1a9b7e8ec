"""Run the checks on a piece, a document or any finished PDF.

Anything that doesn't depend on where a page is used is checked once, in its piece; a document is checked for anything
that binding adds. `file` runs all the checks on one finished file, as `briefpack preflight` does.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.checks import catalogue, running_text
from briefpack.checks.catalogue import CHECKS
from briefpack.checks.check import Check
from briefpack.checks.findings import Found
from briefpack.checks.read import finished
from briefpack.checks.read.finished import Finished
from briefpack.checks.running_text import Over
from briefpack.plan import Expected, Read
from briefpack.problem import Owner, Problem


def piece(data: bytes, expected: Expected, path: str) -> tuple[tuple[Problem, ...], tuple[Read, ...]]:
    """Return the problems of one piece, by its own page numbers, and the data read from its pages."""
    with pypdfium2.PdfDocument(data) as pdf:
        opened = Finished(pdf, expected, data=data)
        return _problems(opened, ("piece",), path), finished.reads(opened)


def document(
    data: bytes, expected: Expected, path: str, known: tuple[Read, ...], over: Sequence[Over] = ()
) -> tuple[Problem, ...]:
    """Return the problems that binding can cause; `known` is the data read when the pieces were checked.

    `over` are the pieces in slots and the running pieces, which the document prints over its pages.
    """
    with pypdfium2.PdfDocument(data) as pdf:
        opened = Finished(pdf, expected, known, data)
        faint = [_on_sheet(each, opened) for each in running_text.contrast(opened, known, over)]
        check = catalogue.by_id("contrast")
        return (*_problems(opened, ("document",), path), *(_problem(check, each, path) for each in faint))


def file(data: bytes, expected: Expected, path: str) -> tuple[Problem, ...]:
    """Run every check of the edition on one finished PDF, which may come from elsewhere or not be a PDF at all."""
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if pdfium.FPDF_GetSecurityHandlerRevision(pdf.raw) >= 0:
                return (fault("opens", path, "the file is encrypted"),)
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
    return _problem(catalogue.by_id(check_id), Found(None, message), path)


def warned(path: str, warnings: Iterable[Problem]) -> Iterator[Problem]:
    """Return the warnings given when a file was made, naming `path`, for the checks that still exist."""
    known = {check.id for check in CHECKS}
    return (replace(warning, path=path, line=None) for warning in warnings if warning.check in known)


def _problems(finished: Finished, kinds: Container[str], path: str) -> tuple[Problem, ...]:
    """Return the problems that the checks of those kinds find; each names its check."""
    wanted = [check for check in CHECKS if check.of in kinds and check.judges(finished.expected.edition)]
    found = ((check, each) for check in wanted for each in check.look(finished))
    return tuple(_problem(check, _on_sheet(each, finished), path) for check, each in found)


def _on_sheet(found: Found, finished: Finished) -> Found:
    """Return a finding with its boxes as they are on the finished page, from the bottom left corner of its media box."""
    if found.page is None or not found.boxes:
        return found
    sheet = finished.sheet(found.page)
    return found._replace(
        boxes=tuple(each.clamped(sheet).moved(-sheet.left, -sheet.bottom) for each in found.boxes[:MOST_BOXES])
    )


MOST_BOXES = 30
"""The most boxes of one problem: a page full of faults needs no circle around each."""


def _problem(check: Check, found: Found, path: str) -> Problem:
    place = f"page {found.page}: " if found.page else ""
    return Problem(
        path, None, f"{check.id}: {place}{found.message}", check.hint, Owner.DOCUMENT, check=check.id, page=found.page,
        warning=check.severity == "warning", boxes=found.boxes, words=found.words,
    )  # fmt: skip

"""Impose finished PDFs for a home printer: a folded booklet, or two copies of a single page to cut apart."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pikepdf import Pdf

from briefpack import output, plan, store
from briefpack.checks.read import opening
from briefpack.checks.read import type_sizes as printed
from briefpack.output import manifest
from briefpack.paper import imposition, type_sizes
from briefpack.problem import Owner, Problem, Problems, heard_from, raise_any

PAPER_THICKNESS_MM = 0.1  # of office paper, 80 g/m²
MOST_SHEETS = 20

Kind = Literal["booklet", "two-up"]


@dataclass(frozen=True)
class Imposed:
    """An imposed PDF, with the number of pages it was made from, its sheets, and any warnings."""

    kind: Kind
    data: bytes
    pages: int
    sheets: int
    warnings: tuple[Problem, ...] = ()


def make(
    paths: Iterable[Path], out: Path | None, thickness_mm: float, shown: Callable[[Path], str]
) -> tuple[dict[Path, Imposed], tuple[Problem, ...]]:
    """Impose each file, next to it or in the folder `out`; return what was made, by path, and every problem.

    `shown` returns a path as problems print it.
    """
    made: dict[Path, Imposed] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            raise_any(filter(None, [output.refusal(path, shown)]))
            imposed = read(path, shown(path), thickness_mm)
            target = (out or path.parent) / f"{path.stem}-{imposed.kind}.pdf"
            _write(target, imposed.data, made, shown)
        except Problems as error:
            problems += error.problems
        else:
            made[target] = imposed
            problems += (*_undecided(path, shown(path)), *imposed.warnings)
    return made, tuple(problems)


def _undecided(path: Path, shown: str) -> Iterator[Problem]:
    """Warn of a document that was made while it was undecided whether its brief is electoral matter."""
    folder = path.absolute().parent
    listed = manifest.read(folder.parent).documents.get(f"{folder.name}/{path.name}", {})
    if listed.get("electoral_matter") == plan.UNDECIDED:
        message = "when this was made, it was undecided whether it is electoral matter"
        hint = "before you hand out copies, set electoral_matter: in its brief, and build it again"
        yield Problem(shown, None, message, hint, warning=True)


def _write(target: Path, data: bytes, made: Iterable[Path], shown: Callable[[Path], str]) -> None:
    if target in made:
        message, hint = "two files would both be written here", "use another --out for one of them"
        raise Problems([Problem(shown(target), None, message, hint, Owner.COMMAND)])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        store.write(target, data)
    except OSError as error:
        message = f"this file can't be written: {opening.reason(error)}"
        hint = "choose another folder with --out"
        raise Problems([Problem(shown(target), None, message, hint, Owner.DOCUMENT)]) from None


def read(path: Path, shown: str, thickness_mm: float = PAPER_THICKNESS_MM) -> Imposed:
    """Impose a file: several pages as a booklet, a single page as two copies on a sheet.

    Raises Problems if the file can't be read.
    """
    data = opening.data(path, shown)
    return impose(data, shown, path.stem, thickness_mm)


def impose(data: bytes, shown: str, name: str, thickness_mm: float = PAPER_THICKNESS_MM) -> Imposed:
    """Impose a PDF from its bytes; `name` is the title if it has none of its own."""
    with opening.reading(data, shown), heard_from("pikepdf") as heard, Pdf.open(io.BytesIO(data)) as source:
        return _impose(source, shown, name, thickness_mm, heard)


def _impose(source: Pdf, shown: str, name: str, thickness_mm: float, heard: list[str]) -> Imposed:
    _check(source, shown)
    # Annotations that print, such as filled-in form fields, become part of the page.
    source.flatten_annotations(mode="print")
    count = len(source.pages)
    if count == 1:
        data, sheets = imposition.two_up(source, name), 1
    else:
        data, sheets = imposition.booklet(source, name, thickness_mm), imposition.sheets(count)
    damaged = bool(heard or source.get_warnings())
    kind: Kind = "two-up" if count == 1 else "booklet"
    return Imposed(
        kind, data, count, sheets, (*_warn(shown, sheets, damaged=damaged), *_warn_of_small_type(shown, kind, data))
    )


def _check(source: Pdf, shown: str) -> None:
    """Raise Problems if a file can't be imposed."""
    if not source.pages:
        raise opening.refused(shown, "this PDF has no pages", "make it again")
    if not source.allow.print_highres:
        raise opening.refused(shown, "this PDF doesn't allow printing", "ask its author for a copy that does")
    for number, page in enumerate(source.pages, start=1):
        width_mm, height_mm = imposition.size_mm(page)
        if not all(LEAST_MM < side < MOST_MM for side in (width_mm, height_mm)):
            message = f"page {number} is {width_mm:.0f} × {height_mm:.0f} mm"
            raise opening.refused(shown, message, "make it again, in a size that can be printed")


LEAST_MM, MOST_MM = 0.35, 35_000.0


def _warn(shown: str, sheets: int, *, damaged: bool) -> Iterator[Problem]:
    if damaged:
        message, hint = (
            "this PDF is damaged, and parts may be missing",
            "look through the result, or download the PDF again",
        )
        yield Problem(shown, None, message, hint, warning=True)
    if sheets > MOST_SHEETS:
        message = f"this takes {sheets} sheets, and no more than {MOST_SHEETS} fold well together"
        yield Problem(shown, None, message, "print it as it is, on both sides", warning=True)


def _warn_of_small_type(shown: str, kind: Kind, data: bytes) -> Iterator[Problem]:
    if message := type_sizes.said(printed.measure(data)):
        hint = "for readers who need larger type, print it as it is, on A4"
        yield Problem(shown, None, f"{kind}: {message}", hint, warning=True)

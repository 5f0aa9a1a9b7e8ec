"""Make one PDF for a place, with the copies of its documents behind a sheet that lists them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TypedDict

from briefpack import build, pages, plan, pool, store
from briefpack.build.jobs import laying_out, locating
from briefpack.build.jobs.laying_out import LaidOut
from briefpack.geometry import PT_PER_MM
from briefpack.layout import editions
from briefpack.layout.model import PrintSetSpec
from briefpack.output import Report, Request, manifest
from briefpack.output.manifest import Manifest
from briefpack.pages import Piece
from briefpack.plan import Document, Plan
from briefpack.pool import Progress
from briefpack.problem import Owner, Problem, Problems, distinct, nearest, one_problem, raise_any
from briefpack.store import Store

MOST_COPIES = 500


@dataclass(frozen=True)
class Row:
    """One document of a print set, as listed on the first sheet."""

    kind: str
    title: str
    pages: int
    copies: int
    path: str = ""

    @property
    def sheets(self) -> int:
        """Return the sheets of paper that all its copies take, printed on both sides; each copy begins a new sheet."""
        return self.copies * -(-self.pages // 2)


@dataclass(frozen=True)
class FirstSheet:
    """The first sheet of a print set: its PDF, the sheets of paper that the whole set takes, and any warnings."""

    pdf: bytes
    sheets: int
    warnings: tuple[Problem, ...]


class Values(TypedDict):
    """The values for the page of the first sheet."""

    this_sheet: Row
    rows: tuple[Row, ...]
    sheets: int
    printed: int


@dataclass(frozen=True)
class PrintSet:
    """A print set: the path of the PDF, and the sheets of paper that it takes."""

    path: Path
    sheets: int


@dataclass(frozen=True)
class PrintSets:
    """The result: the report of the build, the print set of each place whose documents were all made, and warnings."""

    report: Report
    made: tuple[PrintSet, ...]
    warnings: tuple[Problem, ...]


def make(request: Request, copies: Sequence[str], progress: Progress = build.no_progress) -> PrintSets:
    """Build the documents of some places that are out of date, and join those of each place into one PDF.

    A place has none if one of its documents failed. `copies` are texts such as `pack=2`, for each place. Raises
    Problems if one of them is wrong, or if a file must be fixed first.
    """
    planned = build.prepare(request)
    _check_edition(planned)
    _spec(planned)
    wanted = read_copies(copies, [*dict.fromkeys(_name(document) for document in planned.documents)])
    report = build.run(request, progress)
    made, warnings = joined(
        planned, {each.path: wanted[_name(each)] for each in planned.documents}, report, request, progress
    )
    return PrintSets(report, made, warnings)


def joined(
    planned: Plan, copies: Mapping[str, int], report: Report, request: Request, progress: Progress
) -> tuple[tuple[PrintSet, ...], tuple[Problem, ...]]:
    """Join the documents of each place into one PDF, and return the PDFs and any warnings; `copies` are by path."""
    spec, folder, listed = _spec(planned), request.folder, manifest.read(request.folder)
    sets: list[tuple[Document, tuple[Row, ...]]] = []
    for _, documents in groupby(planned.documents, key=lambda document: document.place):
        place = replace(planned, documents=tuple(documents))
        if not {document.path for document in place.documents} & {*report.failed}:
            sets.append((plan.print_set(place, spec), _rows(place, copies, listed)))
    warnings, made = [*plan.warn_undecided(planned.brief)], list[PrintSet]()
    for (document, rows), first in zip(sets, lay_out_first(planned, sets, request, progress), strict=True):
        parts = {folder / row.path: row.copies for row in rows}
        store.write(folder / document.path, _joined(document, first.pdf, parts))
        made.append(PrintSet(folder / document.path, first.sheets))
        warnings += first.warnings
    return tuple(made), distinct(warnings)


def _check_edition(planned: Plan) -> None:
    """Raise Problems if the edition is for a print shop."""
    edition = planned.layout.edition
    if edition.process_inks:
        message = f"the {edition.name} edition is for a print shop, which makes its own copies"
        known = editions.of(planned.layout.layout.editions).values()
        others = nearest(edition.name, (each.name for each in known if not each.process_inks))
        raise one_problem("--edition", None, message, others, Owner.COMMAND)


def _joined(document: Document, sheet: bytes, copies: Mapping[Path, int]) -> bytes:
    from briefpack.paper import copies as copied  # noqa: PLC0415 -- pikepdf is slow to import, and a set that can't be made doesn't need it

    parts = [(sheet, 1), *((path.read_bytes(), count) for path, count in copies.items())]
    return copied.join(parts, document.facts.title, document.facts.language)


def _spec(planned: Plan) -> PrintSetSpec:
    loaded = planned.layout
    if loaded.layout.print_set is None:
        hint = "add print_set: {page, styles} for its first sheet"
        raise Problems([loaded.tree.problem((), "the layout has no first sheet for a print set", hint)])
    return loaded.layout.print_set


def read_copies(copies: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    """Return the number of copies of each document: one, unless `copies` says otherwise."""
    wanted, problems = dict.fromkeys(names, 1), list[Problem]()
    named: list[str] = []
    for words in copies:
        name, _, number = (part.strip() for part in words.partition("="))
        problems += _check(words, name, number, names, named)
        named.append(name)
    raise_any(problems)
    wanted |= {name.strip(): int(number) for name, _, number in (words.partition("=") for words in copies)}
    if not any(wanted.values()):
        raise Problems([_wrong("every document has 0 copies", "ask for at least one copy of one document")])
    return wanted


def _check(words: str, name: str, number: str, known: Sequence[str], named: Sequence[str]) -> Iterator[Problem]:
    if "=" not in words:
        yield _wrong(f'"{words}" doesn\'t give a document and a number of copies', f"{known[0]}=2")
    elif name not in known:
        yield _wrong(f'the print set has no document called "{name}"', nearest(name, known))
    elif name in named:
        yield _wrong(f'"{name}" is named twice', "name it once")
    elif not number.isdecimal():
        yield _wrong(f'"{number}" is not a number of copies', f"{name}=20, or {name}=0 to leave it out")
    elif len(number) > len(str(MOST_COPIES)) or int(number) > MOST_COPIES:
        yield _wrong(
            f'"{words}" asks for too many copies', f"use at most {MOST_COPIES}, and print the set more than once"
        )


def _wrong(message: str, hint: str) -> Problem:
    return Problem("--copies", None, message, hint, Owner.COMMAND)


def _name(document: Document) -> str:
    """Return the name of a document in `--copies`: its ask, if it has one, or its kind."""
    return document.ask or document.kind


def _rows(planned: Plan, copies: Mapping[str, int], made: Manifest) -> tuple[Row, ...]:
    """Return a row for each document that is printed, in the plan's order; `copies` are by path."""
    return tuple(
        Row(_kind(planned, each), each.title, made.documents[each.path]["pages"], copies[each.path], each.path)
        for each in planned.documents
        if copies[each.path]
    )


def _kind(planned: Plan, document: Document) -> str:
    """Return the word for a kind of document: the language's or, if it has none, the title in layout.yaml."""
    return planned.brief.locale.labels.get(f"document-{document.kind}", document.spec.title)


MOST_TRIED = 4
"""How often the first sheet is laid out: once more each time it takes another number of pages than it lists."""


def lay_out_first(
    planned: Plan, sets: Sequence[tuple[Document, Sequence[Row]]], request: Request, progress: Progress
) -> list[FirstSheet]:
    """Return the first sheet of each print set, from the store or newly laid out, all at once.

    It lists itself, however many pages it takes.
    """
    root, kept = request.project.root, Store(request.project.store)
    writer, expected = pages.composer(planned, root, {}, kept), plan.expected(planned)
    task = laying_out.LayOut(root, kept, replace(expected, document=sets[0][0] if sets else None))
    lengths, made = [1] * len(sets), dict[int, tuple[Piece, LaidOut]]()
    waiting = [*range(len(sets))]
    for _ in range(MOST_TRIED):
        pieces = {
            index: pages.first_sheet(writer, sets[index][0], _values(sets[index], lengths[index])) for index in waiting
        }
        laid_out = _laid_out(task, [*pieces.values()], planned, request, progress)
        made |= {index: (piece, laid_out[piece.key]) for index, piece in pieces.items()}
        waiting = [index for index in waiting if made[index][1].pages not in (0, lengths[index])]
        for index in waiting:
            lengths[index] = made[index][1].pages
    return [
        _judged(planned, task, *made[index], _values(each, lengths[index])["sheets"]) for index, each in enumerate(sets)
    ]


def _judged(planned: Plan, task: laying_out.LayOut, piece: Piece, made: LaidOut, sheets: int) -> FirstSheet:
    """Return a first sheet with its warnings. Raises Problems if it has a mistake."""
    problems = (plan.located(each, planned.brief) for each in (*made.problems, *_spilled(piece, made)))
    beyond_pt = task.expected.beyond_trim_mm * PT_PER_MM
    traced = (locating.traced(problem, piece, made.shown, beyond_pt)[0] for problem in problems)
    warnings = raise_any(locating.in_document(problem, piece, locating.Origin()) for problem in traced)
    return FirstSheet(laying_out.pdf(task.store, piece.key), sheets, warnings)


def _values(listed: tuple[Document, Sequence[Row]], length: int) -> "Values":
    """Return the values for the page of a first sheet that has some length in pages."""
    document, rows = listed
    own = Row("", document.title, length, 1)
    every = (own, *rows)
    return {
        "this_sheet": own,
        "rows": tuple(rows),
        "sheets": sum(row.sheets for row in every),
        "printed": sum(row.pages * row.copies for row in every),
    }


def _laid_out(
    task: laying_out.LayOut, pieces: Sequence[Piece], planned: Plan, request: Request, progress: Progress
) -> dict[str, LaidOut]:
    """Return some pieces laid out, by their keys. Raises Problems if an image can't be used."""
    raise_any(
        plan.located(each, planned.brief) for piece in pieces for image in piece.images for each in image.problems
    )
    known = {piece.key: laying_out.stored(task.store, piece.key) for piece in pieces}
    found = {key: made for key, made in known.items() if made}
    waiting = [*{piece.key: piece for piece in pieces if piece.key not in found}.values()]
    if waiting:
        with pool.workers(min(request.jobs, len(waiting)), progress) as processes:
            found |= {piece.key: made for piece, made in processes.map("typeset", task, waiting, task.crashed)}
    return found


def _spilled(piece: Piece, made: LaidOut) -> Iterator[Problem]:
    if made.spills:
        hint = "use smaller type or less space in its style sheet"
        yield Problem(f"layouts/{piece.page}", 1, f"{piece.name} doesn't fit on its page", hint, Owner.LAYOUT)

"""Make one PDF with the copies of an electorate's documents, or the nation's, behind a sheet that lists them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack import build, plan, store
from briefpack.layout import editions
from briefpack.layout.model import PrintSetSpec
from briefpack.output import Report, Request, manifest
from briefpack.paper import first_sheet
from briefpack.plan import Document, Plan
from briefpack.pool import Progress
from briefpack.problem import Owner, Problem, Problems, nearest, raise_any

MOST_COPIES = 500


@dataclass(frozen=True)
class PrintSet:
    """The result: the build's report and, if everything was made, the path of the PDF, its sheets and any warnings."""

    report: Report
    path: Path | None = None
    sheets: int = 0
    warnings: tuple[Problem, ...] = ()


def make(request: Request, copies: Sequence[str], progress: Progress = build.no_progress) -> PrintSet:
    """Build the documents of one place that are out of date and, if all could be made, join them into one PDF.

    `copies` are texts such as `pack=2`. Raises Problems if one of them is wrong, or if a file must be fixed first.
    """
    planned = build.prepare(request)
    _check_edition(planned)
    spec = _spec(planned)
    wanted = read_copies(copies, [_name(document) for document in planned.documents])
    report = build.run(request, progress)
    if report.failed:
        return PrintSet(report)
    document = plan.print_set(planned, spec)
    printed = {each.path: wanted[_name(each)] for each in planned.documents if wanted[_name(each)]}
    rows = first_sheet.rows(planned, printed, manifest.read(report.folder))
    first = first_sheet.lay_out(planned, document, rows, request, progress)
    path = report.folder / document.path
    store.write(path, _joined(document, first.pdf, {report.folder / each: count for each, count in printed.items()}))
    # An edition that is printed has had this warning already.
    undecided = () if planned.layout.edition.printed else plan.warn_undecided(planned.brief)
    return PrintSet(report, path, first.sheets, (*undecided, *first.warnings))


def _check_edition(planned: Plan) -> None:
    """Raise Problems if the edition is for a print shop."""
    edition = planned.layout.edition
    if edition.process_inks:
        message = f"the {edition.name} edition is for a print shop, which makes its own copies"
        known = editions.of(planned.layout.layout.editions).values()
        others = nearest(edition.name, (each.name for each in known if not each.process_inks))
        raise Problems([Problem("--edition", None, message, others, Owner.COMMAND)])


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

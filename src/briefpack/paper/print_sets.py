"""Make one PDF of the documents for an electorate or the nation, with as many copies of each as needed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack import build, pages, plan, pool, store
from briefpack.jobs import laying_out, locating
from briefpack.jobs.laying_out import LaidOut
from briefpack.layout import editions
from briefpack.layout.model import PrintSetSpec
from briefpack.output import Report, Request, manifest
from briefpack.pages import Piece
from briefpack.plan import Document, Plan
from briefpack.pool import Progress
from briefpack.problem import Owner, Problem, Problems, nearest, raise_any
from briefpack.store import Store

MOST_COPIES = 500


@dataclass(frozen=True)
class Row:
    """One document of a print set, as listed on the first sheet."""

    kind: str
    title: str
    pages: int
    copies: int

    @property
    def sheets(self) -> int:
        """Return the sheets of paper that all its copies take, printed on both sides; each copy begins a new sheet."""
        return self.copies * -(-self.pages // 2)


@dataclass(frozen=True)
class PrintSet:
    """The result: the build's report and, if everything was made, the path of the PDF, its sheets and any warnings."""

    report: Report
    path: Path | None = None
    sheets: int = 0
    warnings: tuple[Problem, ...] = ()


def run(request: Request, copies: Sequence[str], progress: Progress = lambda _stage, _done, _total: None) -> PrintSet:
    """Build the missing documents of one place and, if all could be made, join them into one PDF.

    `copies` are texts such as `pack=2`. Raises Problems if one of them is wrong, or if a file must be fixed first.
    """
    planned = build.prepare(request)
    if planned.layout.edition.process_inks:
        message = f"the {request.edition} edition is for a print shop, which makes its own copies"
        known = editions.of(planned.layout.layout.editions).values()
        others = nearest(request.edition, (each.name for each in known if not each.process_inks))
        raise Problems([Problem("--edition", None, message, others, Owner.COMMAND)])
    spec = _spec(planned)
    wanted = read(copies, [_name(document) for document in planned.documents])
    report = build.run(request, progress)
    if report.failed:
        return PrintSet(report)
    document = plan.print_set(planned, spec)
    rows = tuple(_rows(planned, wanted, manifest.read(report.folder)))
    sheet, warnings = _sheet(planned, document, rows, request, progress)
    parts = [(sheet, 1)]
    parts += [((report.folder / each.path).read_bytes(), wanted[_name(each)]) for each in _ordered(planned, wanted)]
    from briefpack.paper import copies as printed  # noqa: PLC0415 -- pikepdf is slow to import, and other commands do not need it

    path = report.folder / document.path
    store.write(path, printed.join(parts, document.facts.title, document.facts.language))
    return PrintSet(report, path, _sheets(rows), warnings)


def _spec(planned: Plan) -> PrintSetSpec:
    loaded = planned.layout
    if loaded.layout.print_set is None:
        hint = "add print_set: {page, styles} for its first sheet"
        raise Problems([loaded.tree.problem((), "the layout has no first sheet for a print set", hint)])
    return loaded.layout.print_set


def read(copies: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    """Return the number of copies of each document: one, unless `copies` says otherwise."""
    wanted = dict.fromkeys(names, 1)
    problems: list[Problem] = []
    named: list[str] = []
    for words in copies:
        name, _, number = (part.strip() for part in words.partition("="))
        problems += _check(words, name, number, tuple(wanted), named)
        named.append(name)
    raise_any(problems)
    wanted |= {name.strip(): int(number) for name, _, number in (words.partition("=") for words in copies)}
    if not any(wanted.values()):
        raise Problems([_wrong("there is nothing to print", "at least one copy of something")])
    return wanted


def _check(words: str, name: str, number: str, known: Sequence[str], named: Sequence[str]) -> Iterator[Problem]:
    if "=" not in words:
        yield _wrong(f'"{words}" is not a document and a number', f"{known[0]}=2")
    elif name not in known:
        yield _wrong(f'the print set has no document called "{name}"', nearest(name, known))
    elif name in named:
        yield _wrong(f'"{name}" is there twice', "name it once")
    elif not number.isdecimal():
        yield _wrong(f'"{number}" is not a number of copies', f"{name}=20, or {name}=0 to leave it out")
    elif len(number) > len(str(MOST_COPIES)) or int(number) > MOST_COPIES:
        yield _wrong(f'"{words}" is more than a print set holds', f"at most {MOST_COPIES}, and print it again")


def _wrong(said: str, hint: str) -> Problem:
    return Problem("--copies", None, said, hint, Owner.COMMAND)


def _name(document: Document) -> str:
    """Return the name of a document in `--copies`: its ask, if it has one, or its kind."""
    return document.ask or document.kind


def _ordered(planned: Plan, wanted: Mapping[str, int]) -> Iterator[Document]:
    """Yield the documents to print in the plan's order."""
    return (document for document in planned.documents if wanted[_name(document)])


def _rows(planned: Plan, wanted: Mapping[str, int], made: manifest.Manifest) -> Iterator[Row]:
    for document in _ordered(planned, wanted):
        name, pages_each = _name(document), made.documents[document.path]["pages"]
        # A kind that the language has no word for goes by its title in layout.yaml.
        kind = planned.brief.locale.labels.get(f"document-{document.kind}", document.spec.title)
        yield Row(kind, document.title, pages_each, wanted[name])


def _sheets(rows: Sequence[Row]) -> int:
    """Return the sheets of paper that the print set takes on both sides, including the first sheet."""
    return 1 + sum(row.sheets for row in rows)


def _sheet(
    planned: Plan, document: Document, rows: tuple[Row, ...], request: Request, progress: Progress
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the PDF of the first sheet, from the store or newly laid out, and its warnings."""
    root, kept = request.project.root, Store(request.project.store)
    printed = 1 + sum(row.pages * row.copies for row in rows)
    values = {"rows": rows, "sheets": _sheets(rows), "printed": printed}
    piece = pages.first_sheet(pages.composer(planned, root, {}, kept), document, values)
    made = laying_out.stored(kept, piece.key)
    if made is None:
        lay_out = laying_out.LayOut(root, kept, replace(plan.expected(planned), document=document))
        with pool.workers(1, progress) as processes:
            [(_, made)] = processes.map("typeset", lay_out, [piece], laying_out.crashed)
    problems = (*made.problems, *_spilled(piece, made))
    warnings = raise_any(locating.located(problem, piece, 0, root) for problem in problems)
    return laying_out.pdf(kept, piece.key), warnings


def _spilled(piece: Piece, made: LaidOut) -> Iterator[Problem]:
    if made.spills:
        hint = "smaller type or less space in its style sheet"
        yield Problem(f"layouts/{piece.page}", None, f"{piece.name} runs over its page", hint, Owner.LAYOUT)

"""Check finished PDFs: the documents in manifests against their plan, other files against the rules for any PDF."""

import functools
import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from briefpack import charts, checks, output, plan, pool
from briefpack.layout import editions
from briefpack.layout.editions import Edition
from briefpack.layout.look import Look
from briefpack.output import Finding, manifest
from briefpack.plan import Document, Drawing, Expected, LoadedBrief, PlannedPiece, Wanted
from briefpack.pool import Progress, limits
from briefpack.problem import Owner, Problem, nearest, one_problem, raise_any
from briefpack.project import Project, unlinked
from briefpack.store import Store
from briefpack.text.locale import Locale

SECONDS_A_MAP = 60.0


@dataclass(frozen=True)
class Request:
    """The files to check: the files named, or else every file in a brief's manifests.

    `editions` limits the editions; none means all. A file that no manifest lists is checked against the first.
    """

    project: Project
    brief: str | None
    editions: tuple[str, ...]
    out: Path
    files: tuple[Path, ...] = ()
    jobs: int = 1


@dataclass(frozen=True)
class File:
    """A PDF to check, its name in problems, and the requirements for it.

    `path` is None if the manifest's path can't be used. `sha256` and `warned` come from the manifest, if it lists the
    file: its hash, and the warnings when it was made.
    """

    path: Path | None
    shown: str
    expected: Expected
    sha256: str | None = None
    warned: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Report:
    """The result: the number of files checked, and their problems."""

    files: int
    problems: tuple[Problem, ...]


def run(request: Request, progress: Progress = lambda _stage, _done, _total: None) -> Report:
    """Check every file, in parallel processes. Raises Problems if a brief or a layout can't be loaded."""
    planned = functools.cache(functools.partial(_planned, request.project))
    # Workers take the longest to start, so start them first.
    pool.ready()
    raise_any(problem for path in request.files for problem in _unreadable(path, request.project))
    files = list(_named(request, planned) if request.files else _listed(request, planned))
    if not files:
        message = "there are no finished PDFs to check"
        raise one_problem(request.project.shown(request.out), None, message, "run briefpack build", Owner.DOCUMENT)
    with pool.workers(request.jobs, progress) as processes:
        found = [problem for _, problems in processes.map("preflight", inspect, files, unread) for problem in problems]
    return Report(len(files), tuple(found))


def _unreadable(path: Path, project: Project) -> Iterator[Problem]:
    """Yield the problem with a file that somebody named, if it is no finished file at all."""
    if refusal := output.refusal(path, project.shown):
        yield refusal
    elif not path.exists():
        hint = "give its path from this folder"
        yield Problem(project.shown(path), None, "the file doesn't exist", hint, Owner.COMMAND)


def unread(file: File) -> tuple[Problem, ...]:
    """Return the problem with a file that crashed the process reading it."""
    return (checks.fault("opens", file.shown, "the file crashes the program that reads it"),)


def inspect(file: File) -> tuple[Problem, ...]:
    """Return the problems in one file."""
    try:
        data = file.path.read_bytes() if file.path else None
    except FileNotFoundError:
        data = None
    except OSError as error:
        return (
            checks.fault(
                "opens", file.shown, f"the file can't be read: {(error.strerror or 'no reason given').lower()}"
            ),
        )
    if data is None:
        return (checks.fault("opens", file.shown, "the file doesn't exist"),)
    try:
        found = checks.file(data, file.expected, file.shown)
    except Exception as error:  # noqa: BLE001 -- a file from elsewhere may be broken in any way
        return (checks.fault("opens", file.shown, f"the file can't be read to its end ({type(error).__name__})"),)
    if file.sha256 is None:
        return found
    if hashlib.sha256(data).hexdigest() != file.sha256:
        return (checks.fault("as-made", file.shown, "the file was changed after it was made"), *found)
    # Checks that need the page's HTML ran only when the page was made; the others have just run again.
    again = {problem.check for problem in found}
    return (
        *found,
        *(
            each
            for each in checks.warned(file.shown, (each.problem for each in file.warned))
            if each.check not in again
        ),
    )


@dataclass(frozen=True)
class _Planned:
    """A planned brief: the requirements for all its documents, and the document at each path."""

    common: Expected
    documents: Mapping[str, Document] = field(default_factory=dict)
    brief: LoadedBrief | None = None
    maps: "_Maps | None" = None

    def expected(self, path: str) -> Expected:
        """Return the requirements for the document at a path; if it isn't planned any more, only the common ones."""
        document = self.documents.get(path)
        if document is None or self.brief is None or self.maps is None:
            return self.common
        drawings = document.drawings
        own = plan.beside(plan.own(self.brief, document.electorate), drawings.values())
        drawn = {name: self.maps.drawn(each) for name, each in drawings.items()}
        labels = {name: charts.labels(svg) for name, svg in drawn.items()}
        spoken = {words for svg in drawn.values() for words in charts.spoken(svg)}
        own = plan.with_labels(own, drawings, labels, spoken)
        # Which charts and maps its pages show was known, and checked, when it was made.
        document = replace(document, charts={}, own={}, files={}, pieces=_printing(document.pieces))
        return replace(self.common, document=document, own=own)


def _printing(pieces: Sequence[PlannedPiece]) -> tuple[PlannedPiece, ...]:
    """Return the pieces that surely have a page.

    Of the pieces with any number of pages, some print nothing for some briefs, which isn't known until they are
    composed. The first of them is included for all.
    """
    limited = [piece for piece in pieces if math.isfinite(piece.spec.pages.most)]
    return (*limited, *[piece for piece in pieces if piece not in limited][:1])


@dataclass(frozen=True)
class _Maps:
    """The maps and charts of one brief and layout, in the store or drawn again."""

    look: Look
    locale: Locale
    project: Project
    ground: charts.Ground | None

    @cached_property
    def common(self) -> charts.Common:
        """Return the hashes of the inputs that all charts share."""
        return charts.made_from(self.look, self.locale, self.project.root, self.ground)

    def drawn(self, drawing: Drawing) -> bytes:
        """Return a map or a chart as drawn; nothing if it can no longer be drawn."""
        root = self.project.root
        drawn = Store(self.project.store).get(charts.key(drawing, self.common, root))
        if drawn is None:
            try:
                with limits.within(SECONDS_A_MAP):
                    drawn = charts.draw(drawing, self.look, self.locale, root, self.ground)
            except (Exception, SystemExit, limits.Overdue):  # noqa: BLE001 -- a build reports the chart file's failure
                return b""
        return drawn


Plans = Callable[[str, str, str], _Planned]
"""A function that returns a brief as planned for one edition and one layout."""


def _listed(request: Request, planned: Plans) -> Iterator[File]:
    """Yield every document in a brief's manifests, by edition."""
    brief = request.project.brief(request.brief)
    folders = [path.parent for path in sorted((request.out / brief).glob(f"*/*/{manifest.NAME}"))]
    known = {*editions.BUILT_IN, *(folder.name for folder in folders)}
    raise_any(
        Problem(
            "--edition", None, f'nothing is made in an edition called "{name}"', nearest(name, known), Owner.COMMAND
        )
        for name in request.editions
        if name not in known
    )
    for folder in folders:
        if not request.editions or folder.name in request.editions:
            for entry in manifest.read(folder).documents.values():
                yield _file(request, folder, entry, planned(brief, folder.name, folder.parent.name))


def _named(request: Request, planned: Plans) -> Iterator[File]:
    """Yield the files named on the command line; the manifest of their edition may list them."""
    for typed in request.files:
        path = typed.resolve()
        folder = path.parent.parent
        entry = manifest.read(folder).documents.get(f"{path.parent.name}/{path.name}")
        brief = _brief_of(folder, request.project)
        if entry is None or brief is None:
            # Name a file outside the project by its path as typed.
            shown = request.project.shown(path) if path.is_relative_to(request.project.root) else typed.as_posix()
            yield File(path, shown, Expected(_standard(request)))
            continue
        yield _file(request, folder, entry, planned(brief, folder.name, folder.parent.name))


def _brief_of(folder: Path, project: Project) -> str | None:
    """Return the brief in whose output an edition's folder is; None if it isn't one of the project's."""
    place = folder.parent.parent.as_posix()
    # Examples first, since the folder of _examples/housing could also be that of a brief called housing.
    return next((name for name in (*project.examples, *project.briefs) if place.endswith(f"/{name}")), None)


def _standard(request: Request) -> Edition:
    """Return the edition that a file in no manifest is checked against: the first one named, or the first of all."""
    name = next(iter(request.editions), next(iter(editions.BUILT_IN)))
    if name not in editions.BUILT_IN:
        message = f'a file that no manifest lists can\'t be checked for "{name}", which only a layout defines'
        raise one_problem("--edition", None, message, nearest(name, editions.BUILT_IN), Owner.COMMAND)
    return editions.BUILT_IN[name]


def _file(request: Request, folder: Path, entry: Mapping[str, Any], planned: _Planned) -> File:
    path, shown = unlinked(folder, entry["path"]), request.project.shown(folder / entry["path"])
    return File(
        path, shown, planned.expected(entry["path"]), entry["sha256"], tuple(map(Finding.read, entry["warnings"]))
    )


def _planned(project: Project, brief: str, edition: str, layout: str) -> _Planned:
    """Return a brief's documents for the nation and every electorate; none if the layout no longer exists."""
    if layout not in project.layouts:
        return _Planned(Expected(editions.BUILT_IN.get(edition, editions.SCREEN)))
    loaded, laid = plan.read(project, brief, layout, edition)
    group = loaded.group
    planned = plan.make(loaded, laid, Wanted(national=True, electorates=group.electorates if group else ()))
    documents = {document.path: document for document in planned.documents}
    maps = _Maps(laid.look, loaded.locale, project, charts.ground(group) if group else None)
    return _Planned(plan.expected(planned), documents, loaded, maps)


def worst(problems: Iterable[Problem]) -> int:
    """Return the exit code: 5 if there is an error, 0 if there are only warnings."""
    return max((int(problem.owner) for problem in problems if not problem.warning), default=0)

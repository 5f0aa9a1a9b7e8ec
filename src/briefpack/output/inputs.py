"""Hash the files that a build may read, before it reads any, and everything that a document could show, and shows."""

import datetime
import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from briefpack import store
from briefpack.output import manifest
from briefpack.output.manifest import Manifest
from briefpack.output.proofs import EARLIER, PROOFS
from briefpack.output.request import Report, Request
from briefpack.problem import Owner, Problem, raise_any
from briefpack.project import Project, walk
from briefpack.store import Store

if TYPE_CHECKING:
    # Finding that nothing has changed needs no plan; not importing it saves a tenth of a second.
    from briefpack.plan import Document, Drawing, Expected, Facts, Plan

ELECTORATES = "briefs/electorates"
DESIGN = ("layouts", "charts", "fonts")
"""The designers' folders."""
LEFTOVER = re.compile(r"\..*\.sw.|\.#.*|\.DS_Store")
"""The names of files that Vim, Emacs and macOS leave in folders, and that no page uses."""


@dataclass(frozen=True)
class Inputs:
    """The request of a build, and the state of the files that it may read from before it read them.

    `folders` has the hash of each folder, and `times` is a hash of when each file was last written.
    """

    request: Request
    folders: Mapping[str, str]
    times: str

    @classmethod
    def read(cls, request: Request) -> Self:
        """Hash the files of a build."""
        times = _times(request.project, request.brief)
        files = {name: _files(request.project.root / name) for name in _read(request.brief)}
        return cls(request, {name: _key(found) for name, found in files.items()}, times)

    @property
    def key(self) -> str:
        """Return the hash of everything that the build depends on."""
        return store.key(store.engine(), _wanted(self.request), *self.folders.values())

    @property
    def unchanged(self) -> bool:
        """Return whether no file has been written to since, even to undo an edit."""
        return _times(self.request.project, self.request.brief) == self.times


def folders(project: Project, brief: str) -> dict[str, str]:
    """Return the hash of each folder that a build of a brief reads, by its path in the project."""
    return {name: _key(_files(project.root / name)) for name in _read(brief)}


def _read(brief: str) -> tuple[str, ...]:
    return f"briefs/{brief}", ELECTORATES, *DESIGN


def _wanted(request: Request) -> str:
    """Return the fields of a request that affect its documents, or the paths in its messages."""
    chosen = (
        request.kinds, request.national, request.electorates, request.states, request.every, request.meetings, request.day,
    )  # fmt: skip
    return repr(
        (request.brief, request.layout, request.edition, request.asks, chosen, request.project.shown(request.out))
    )


def _times(project: Project, brief: str) -> str:
    found: list[str] = []
    for path in (path for name in _read(brief) for path in _walked(project.root / name)):
        with suppress(FileNotFoundError):
            status = path.lstat()
            found.append(f"{path}={status.st_size},{status.st_mtime_ns},{status.st_ctime_ns}")
    return store.key(*found)


def _files(folder: Path) -> dict[str, str]:
    """Return the hash of each file in a folder, by its path from there."""
    base, found = os.path.realpath(folder), dict[str, str]()
    for path in _walked(folder):
        with suppress(FileNotFoundError):
            found[os.path.relpath(path, base)] = _entry(path, base)
    return found


def _key(files: Mapping[str, str]) -> str:
    """Return the hash of a folder's files and their paths."""
    return store.key(*(f"{path}={entry}" for path, entry in files.items()))


def _walked(folder: Path) -> Iterator[Path]:
    """Yield the files that a page or a chart may ask for; leftovers of editors and Python don't count.

    An editor may replace a file while we look at it: it is then missing for a moment.
    """
    for path in walk(folder):
        if not LEFTOVER.fullmatch(path.name) and path.parent.name != "__pycache__":
            yield path


def _entry(path: Path, base: str) -> str:
    """Return the hash of a file, or the target of a link, which is hashed under its own path."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {os.path.relpath(os.path.realpath(path), base)}"
    return store.file_key(path) if stat.S_ISREG(mode) else ""


def contents(planned: "Plan", inputs: Inputs) -> dict[str | None, str]:
    """Return the hash of the brief and the data that documents could show, by electorate; None is the nation."""
    group, slugs = planned.brief.group, {document.electorate for document in planned.documents}
    # A page can read the facts that are the same for the whole set, and nothing about other electorates.
    shared = repr(replace(group, electorates=(), towns=(), files={})) if group else ""
    folders = (sha256 for name, sha256 in inputs.folders.items() if name not in (ELECTORATES, *DESIGN))
    common = store.key(shared, *folders)
    found: dict[str | None, str] = {None: common}
    for each in group.electorates if group else ():
        if each.slug in slugs:
            found[each.slug] = store.key(common, repr(each))
    return found


def can_show(
    planned: "Plan", inputs: Inputs, chart_keys: Mapping["Drawing", str], by_place: Mapping[str | None, str]
) -> dict[str, str]:
    """Return the hash of everything that each document could show, by its path; `by_place` is from `contents`."""
    layout, folders = planned.layout, (inputs.folders[name] for name in DESIGN)
    common = store.key(store.engine(), layout.name, layout.edition.name, *folders)
    return {
        each.path: _document(each, store.key(common, by_place[each.electorate]), chart_keys)
        for each in planned.documents
    }


def _document(document: "Document", common: str, chart_keys: Mapping["Drawing", str]) -> str:
    charts = (f"{name}={chart_keys[drawing]}" for name, drawing in sorted(document.drawings.items()))
    return store.key(common, document.path, repr(document.meetings), *charts)


def shows(facts: "Facts", parts: Iterable[object], expected: "Expected") -> str:
    """Return the hash of everything that a document shows.

    `parts` are the keys of its pieces, their places, and the files that it carries.
    """
    press, profile = expected.press, expected.profile
    condition = repr(replace(press, profile=Path())) if press else ""
    return store.key(
        store.engine(), condition, store.file_key(profile) if profile else "", repr(facts), *map(repr, parts)
    )


def find(inputs: Inputs) -> Report | None:
    """Return the report of a complete build with the same inputs, if all its documents are still there.

    There is none if consent to publish one of its images has ended since, if a warning is due, or if the request is for
    proofs.
    Raises Problems if a folder for the finished files is a link.
    """
    request = inputs.request
    raise_any(_check_folder(request))
    if request.proof:
        return None
    remembered = Store(request.project.store).get(inputs.key)
    return _known(request.folder, remembered, request.today) if remembered else None


def remember(inputs: Inputs, report: Report, until: datetime.date | None = None) -> None:
    """Remember the report of a complete build; `until` is the last day on which it stays true."""
    sums, problems = dict(sorted(report.sums.items())), [asdict(problem) for problem in report.problems]
    noticed = [asdict(problem) for problem in report.noticed]
    last = until.isoformat() if until else None
    data = json.dumps({"documents": sums, "problems": problems, "noticed": noticed, "until": last}).encode()
    Store(inputs.request.project.store).put(inputs.key, data)


def _known(folder: Path, remembered: bytes, today: datetime.date) -> Report | None:
    """Return the remembered report if it is still true and all its documents are there; None if it can't be read."""
    try:
        data = json.loads(remembered)
        sums = {str(path): str(sha256) for path, sha256 in data["documents"].items()}
        problems, noticed = (tuple(map(Problem.read, data[key])) for key in ("problems", "noticed"))
        ended = data["until"] is not None and datetime.date.fromisoformat(data["until"]) < today
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    listed = manifest.read(folder)
    if ended or not all(listed.has(folder, path, sha256) for path, sha256 in sums.items()):
        return None
    return Report(folder, (), tuple(sums), (), problems, sums=sums, noticed=noticed)


def _check_folder(request: Request) -> Iterator[Problem]:
    """Yield a problem for each output folder that is a link, since the build would write wherever the link leads."""
    below = len(request.folder.relative_to(request.out).parts)
    for folder in (*reversed(request.folder.parents[: below - 1]), request.folder):
        if folder.is_symlink():
            message = "the folder of the finished files is a link"
            hint = "delete the link, or name its target with --out"
            yield Problem(request.project.shown(folder), None, message, hint, Owner.COMMAND)


Shown = Callable[[Path], str]
"""A function that returns a path as problems print it."""


def refusal(path: Path, shown: Shown) -> Problem | None:
    """Return the problem with a file if it is in a folder for proofs, or if its document failed; None for any other."""
    file = path.resolve()
    for folder in file.parents:
        listed = manifest.read(folder)
        if listed.documents or listed.failed:
            return _refusal(listed, folder, file.relative_to(folder).as_posix(), lambda each: shown(each or path))
    return None


def _refusal(listed: Manifest, folder: Path, path: str, shown: Callable[[Path | None], str]) -> Problem | None:
    """Return the problem with a path in an edition's folder."""
    if path in listed.documents:
        return None
    if path.startswith(f"{EARLIER}/"):
        message = "this is an earlier version of a document that has failed since"
        return Problem(shown(None), None, message, FIX, Owner.DOCUMENT)
    if path.startswith(f"{PROOFS}/"):
        return Problem(shown(None), None, "this is a proof, not a finished document", FIX, Owner.DOCUMENT)
    if path not in listed.failed:
        return None
    proof = listed.failed[path].proof
    seen = f"; its proof is {shown(folder / proof.path)}" if proof and proof.there(folder) else ""
    return Problem(shown(None), None, "this document failed when it was last built", f"{FIX}{seen}", Owner.DOCUMENT)


FIX = "fix the problems that briefpack build prints"

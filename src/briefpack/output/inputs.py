"""Hash the files that a build may read, before it reads any, and everything that a document could show, and shows."""

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from briefpack import store
from briefpack.output.request import Request
from briefpack.project import Project, walk

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
        try:
            return _times(self.request.project, self.request.brief) == self.times
        except OSError:
            # A file was deleted while we looked at it.
            return False


def folders(project: Project, brief: str) -> dict[str, str]:
    """Return the hash of each folder that a build of a brief reads, by its path in the project."""
    return {name: _key(_files(project.root / name)) for name in _read(brief)}


def _read(brief: str) -> tuple[str, ...]:
    return f"briefs/{brief}", ELECTORATES, *DESIGN


def _wanted(request: Request) -> str:
    """Return the fields of a request that affect its documents, or the paths in its messages."""
    chosen = (request.kinds, request.national, request.electorates, request.states, request.every)
    return repr(
        (request.brief, request.layout, request.edition, request.asks, chosen, request.project.shown(request.out))
    )


def _times(project: Project, brief: str) -> str:
    found = ((path, path.lstat()) for name in _read(brief) for path in walk(project.root / name) if _counts(path))
    return store.key(*(f"{path}={status.st_size},{status.st_mtime_ns},{status.st_ctime_ns}" for path, status in found))


def _files(folder: Path) -> dict[str, str]:
    """Return the hash of each file in a folder, by its path from there."""
    base = os.path.realpath(folder)
    return {os.path.relpath(path, base): _entry(path, base) for path in walk(folder) if _counts(path)}


def _key(files: Mapping[str, str]) -> str:
    """Return the hash of a folder's files and their paths."""
    return store.key(*(f"{path}={entry}" for path, entry in files.items()))


def _counts(path: Path) -> bool:
    """Return whether a page or a chart may ask for a file; leftovers of editors and Python don't count."""
    return not LEFTOVER.fullmatch(path.name) and path.parent.name != "__pycache__"


def _entry(path: Path, base: str) -> str:
    """Return the hash of a file, or the target of a link, which is hashed under its own path."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {os.path.relpath(os.path.realpath(path), base)}"
    return store.file_key(path) if stat.S_ISREG(mode) else ""


def contents(planned: "Plan", inputs: Inputs) -> dict[str | None, str]:
    """Return the hash of the brief and the data that documents could show, by electorate; None is the nation."""
    group = planned.brief.group
    # A page can read the facts that are the same for the whole set, and nothing about other electorates.
    shared = repr(replace(group, electorates=(), towns=(), files={})) if group else ""
    folders = (sha256 for name, sha256 in inputs.folders.items() if name not in (ELECTORATES, *DESIGN))
    common = store.key(shared, *folders)
    found: dict[str | None, str] = {None: common}
    for each in group.electorates if group else ():
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
    return store.key(common, document.path, *charts)


def shows(facts: "Facts", parts: Iterable[object], expected: "Expected") -> str:
    """Return the hash of everything that a document shows.

    `parts` are the keys of its pieces, their places, and the files that it carries.
    """
    press, profile = expected.press, expected.profile
    condition = repr(replace(press, profile=Path())) if press else ""
    return store.key(
        store.engine(), condition, store.file_key(profile) if profile else "", repr(facts), *map(repr, parts)
    )

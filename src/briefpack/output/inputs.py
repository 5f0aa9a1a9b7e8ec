"""Hash everything that a build and each of its documents can be made from, before making any of it.

Equal hashes mean that the existing documents are up to date. There is no list of dependencies to maintain: a build
hashes every file that it may read, and a document everything except the data of other electorates.
"""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack import store
from briefpack.project import Project, walk

if TYPE_CHECKING:
    # Finding that nothing has changed needs no plan; not importing it saves a tenth of a second.
    from briefpack.plan import Document, Drawing, Plan


def build(project: Project, brief: str, asked: str) -> str:
    """Return the hash of every file that a build of a brief may read, and of the request."""
    return store.key(store.engine(), asked, content(project, brief), _folder(project.root / "briefs" / "electorates"))


def documents(planned: "Plan", held: str, drawn: Mapping["Drawing", str]) -> dict[str, str]:
    """Return the hash of everything that each document can be made from, by the document's path.

    `held` is the hash of the content from before it was loaded, so that later edits don't count as built. `drawn` gives
    the store key of each drawing.
    """
    layout, group = planned.layout, planned.brief.group
    # A page can read the facts that are the same for the whole set, and nothing about other electorates.
    shared = repr(replace(group, electorates=(), towns=(), files={})) if group else ""
    common = store.key(store.engine(), layout.name, layout.edition.name, shared, held)
    places = {each.slug: store.key(repr(each)) for each in group.electorates} if group else {}
    return {each.path: _document(each, common, places, drawn) for each in planned.documents}


def _document(document: "Document", common: str, places: Mapping[str, str], drawn: Mapping["Drawing", str]) -> str:
    charts = (f"{name}={drawn[drawing]}" for name, drawing in sorted(document.drawings.items()))
    return store.key(common, document.path, places.get(document.electorate or "", ""), *charts)


def content(project: Project, brief: str) -> str:
    """Return the hash of a brief, the layouts, the chart files and the fonts."""
    return store.key(*(_folder(project.root / name) for name in (f"briefs/{brief}", "layouts", "charts", "fonts")))


def folders(project: Project, brief: str) -> dict[str, str]:
    """Return the hash of each folder that a build of a brief reads, by its path in the project."""
    return {name: _folder(project.root / name) for name in _read(brief)}


def _read(brief: str) -> tuple[str, ...]:
    return f"briefs/{brief}", "briefs/electorates", "layouts", "charts", "fonts"


def stamps(project: Project, brief: str) -> str:
    """Return a hash of when each file that a build may read was last written.

    It tells an edit that was made and taken back during a build, which the files' contents no longer show.
    """
    found = ((path, path.lstat()) for name in _read(brief) for path in walk(project.root / name) if _counts(path))
    return store.key(*(f"{path}={status.st_size},{status.st_mtime_ns},{status.st_ctime_ns}" for path, status in found))


def _folder(folder: Path) -> str:
    """Return the hash of a folder's files and their paths."""
    base = os.path.realpath(folder)
    return store.key(*(f"{os.path.relpath(path, base)}={_entry(path, base)}" for path in walk(folder) if _counts(path)))


def _counts(path: Path) -> bool:
    """Return whether a page or a chart may ask for a file; files left behind by editors and Python don't count."""
    return not LEFT.fullmatch(path.name) and path.parent.name != "__pycache__"


def _entry(path: Path, base: str) -> str:
    """Return the hash of a file, or the target of a link, which is hashed under its own path."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {os.path.relpath(os.path.realpath(path), base)}"
    return store.file_key(path) if stat.S_ISREG(mode) else ""


LEFT = re.compile(r"\..*\.sw.|\.#.*|\.DS_Store")
"""Files that Vim, Emacs and macOS leave in a folder and no page asks for."""

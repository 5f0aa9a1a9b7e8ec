"""Hashes all that a build and each of its documents can be made from, before any of it is worked out.

Equal hashes mean that what is there already is what would be made. Nothing lists what depends on what: a build
hashes every file that it may read, a document all of those that are not another electorate's alone.
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
    # To know that nothing has changed takes no plan, and a tenth of a second less without one.
    from briefpack.plan import Document, Drawing, Plan


def build(project: Project, brief: str, asked: str) -> str:
    """Hash every file that a build of a brief may read, and what was asked of it."""
    return store.key(store.engine(), asked, content(project, brief), _folder(project.root / "briefs" / "electorates"))


def documents(planned: "Plan", held: str, drawn: Mapping["Drawing", str]) -> dict[str, str]:
    """Hash for each document, by its path, all that it can be made from.

    `held` is the content's hash before anything was read of it: an edit after that is no part of what is made.
    `drawn` names each drawing in the store.
    """
    layout, group = planned.layout, planned.brief.group
    # What a page may ask of its set is the same for all; of other electorates it may ask nothing.
    shared = repr(replace(group, electorates=(), towns=(), files={})) if group else ""
    common = store.key(store.engine(), layout.name, layout.edition, shared, held)
    places = {each.slug: store.key(repr(each)) for each in group.electorates} if group else {}
    return {each.path: _document(each, common, places, drawn) for each in planned.documents}


def _document(document: "Document", common: str, places: Mapping[str, str], drawn: Mapping["Drawing", str]) -> str:
    charts = (f"{name}={drawn[drawing]}" for name, drawing in sorted(document.drawings.items()))
    return store.key(common, document.path, places.get(document.electorate or "", ""), *charts)


def content(project: Project, brief: str) -> str:
    """Hash a brief, the layouts, the chart files and the fonts."""
    return store.key(*(_folder(project.root / name) for name in (f"briefs/{brief}", "layouts", "charts", "fonts")))


def folders(project: Project, brief: str) -> dict[str, str]:
    """Hash each folder that a build of a brief reads, by its path in the project."""
    names = (f"briefs/{brief}", "briefs/electorates", "layouts", "charts", "fonts")
    return {name: _folder(project.root / name) for name in names}


def _folder(folder: Path) -> str:
    """Hash the files of a folder with their paths."""
    base = os.path.realpath(folder)
    return store.key(*(f"{os.path.relpath(path, base)}={_entry(path, base)}" for path in walk(folder) if _counts(path)))


def _counts(path: Path) -> bool:
    """Return whether a page or a chart may ask for a file; not what editors and Python leave beside others."""
    return not LEFT.fullmatch(path.name) and path.parent.name != "__pycache__"


def _entry(path: Path, base: str) -> str:
    """Hash a file; for a link, say where it leads, since that file is hashed by its own path."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return f"link to {os.path.relpath(os.path.realpath(path), base)}"
    return store.file_key(path) if stat.S_ISREG(mode) else ""


LEFT = re.compile(r"\..*\.sw.|\.#.*|\.DS_Store")
"""What Vim, Emacs and macOS leave in a folder, and no page asks for."""

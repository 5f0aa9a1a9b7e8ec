"""Hashes all that a build and each of its documents can be made from, before any of it is worked out.

Equal hashes mean that what is there already is what would be made. Nothing lists what depends on what: a build
hashes every file that it may read, a document all of those that are not another electorate's alone.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack import store
from briefpack.project import Project

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
    charts = (f"{name}={drawn[drawing]}" for name, drawing in sorted(document.charts.items()))
    return store.key(common, document.path, places.get(document.electorate or "", ""), *charts)


def content(project: Project, brief: str) -> str:
    """Hash a brief, the layouts, the chart files and the fonts."""
    return store.key(*(_folder(project.root / name) for name in (f"briefs/{brief}", "layouts", "charts", "fonts")))


def _folder(folder: Path) -> str:
    """Hash the files of a folder with their paths."""
    return store.key(*(f"{path.relative_to(folder).as_posix()}={store.file_key(path)}" for path in _files(folder)))


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder, also through links; not what editors and Python leave beside them."""
    for place, _, names in sorted(os.walk(folder, followlinks=True)):
        paths = (Path(place, name) for name in sorted(names) if not LEFT.fullmatch(name))
        yield from (path for path in paths if path.parent.name != "__pycache__" and path.is_file())


LEFT = re.compile(r"\..*\.sw.|\.#.*|\.DS_Store")
"""What Vim, Emacs and macOS leave in a folder, and no page asks for."""

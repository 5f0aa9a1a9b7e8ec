"""Hashes all that a build and each of its documents can be made from, before any of it is worked out.

Equal hashes mean that what is there already is what would be made. Nothing lists what depends on what: a build
hashes every file that it may read, a document all of those that are not another electorate's alone.
"""

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
    return store.key(store.engine(), asked, _content(project, brief), _folder(project.root / "briefs" / "electorates"))


def documents(planned: "Plan", project: Project, drawn: Mapping["Drawing", str]) -> dict[str, str]:
    """Hash for each document, by its path, all that it can be made from; `drawn` names each drawing in the store."""
    layout, group = planned.layout, planned.brief.group
    # What a page may ask of its set is the same for all; of other electorates it may ask nothing.
    shared = repr(replace(group, electorates=(), towns=(), files={})) if group else ""
    common = store.key(store.engine(), layout.name, layout.edition, shared, _content(project, planned.brief.name))
    places = {each.slug: store.key(repr(each)) for each in group.electorates} if group else {}
    return {each.path: _document(each, common, places, drawn) for each in planned.documents}


def _document(document: "Document", common: str, places: Mapping[str, str], drawn: Mapping["Drawing", str]) -> str:
    charts = (f"{name}={drawn[drawing]}" for name, drawing in sorted(document.charts.items()))
    return store.key(common, document.path, places.get(document.electorate or "", ""), *charts)


def _content(project: Project, brief: str) -> str:
    """Hash a brief, the layouts, the chart files and the fonts."""
    return store.key(*(_folder(project.root / name) for name in (f"briefs/{brief}", "layouts", "charts", "fonts")))


def _folder(folder: Path) -> str:
    """Hash the files of a folder with their paths."""
    return store.key(*(f"{path.relative_to(folder).as_posix()}={store.file_key(path)}" for path in _files(folder)))


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder; not what editors and Python leave beside them."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.parent.name != "__pycache__":
            yield path

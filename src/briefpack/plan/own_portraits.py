"""Read a brief's own portraits of members, which take the place of those of its electorate set."""

from dataclasses import replace

from briefpack.electorates import ElectorateSet, portraits
from briefpack.electorates.tables import Folder
from briefpack.problem import Problem
from briefpack.project import Project


def read(project: Project, name: str, group: ElectorateSet | None) -> tuple[ElectorateSet | None, list[Problem]]:
    """Return the electorates with the portraits in a brief's folder, and the problems of those that can't be used."""
    if group is None:
        return None, []
    folder = Folder(project.root / "briefs" / name, f"briefs/{name}")
    own = portraits.read(folder, group.by_slug)
    if not own:
        return group, folder.problems
    made = (replace(each, portrait=own.get(each.slug, each.portrait)) for each in group.electorates)
    return replace(group, electorates=tuple(made)), folder.problems

"""Check the files of an electorate set that only searches read, so that every build refuses bad ones."""

from briefpack import store
from briefpack.electorates import former, po_boxes, postcodes, tables
from briefpack.electorates.electorate import ElectorateSet
from briefpack.problem import gather
from briefpack.project import Project
from briefpack.store import Store


def check(project: Project, group: ElectorateSet) -> None:
    """Check a set's postcodes, localities, PO boxes and former electorates.

    Raises Problems, all at once. Reading these files takes longer than the rest of the set, so the hash of files that
    pass is stored, and they aren't read again until they change.
    """
    kept, entry = Store(project.store), _entry(project, group)
    if kept.has_passed(entry):
        return
    gather(
        lambda: po_boxes.load(project, group, postcodes.load(project, group)),
        lambda: former.load(project, group),
    )
    kept.remember_pass(entry)


def _entry(project: Project, group: ElectorateSet) -> str:
    """Return the hash of everything that the check reads; of the electorates, it needs only slugs and states."""
    states = repr([(electorate.slug, electorate.state.code) for electorate in group.electorates])
    files = (group.files[file] for file in tables.COLUMNS if file in group.files and file != "electorates")
    paths = (project.root / tables.FOLDER / group.name / "set.yaml", *files)
    return store.key("set files", store.engine(), states, *map(store.file_key, paths))

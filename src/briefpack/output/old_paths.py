"""Find the documents at the paths of earlier versions, `out/<brief>/<edition>/`, and delete them."""

from collections.abc import Mapping
from pathlib import Path

from briefpack.output import manifest, places
from briefpack.project import unlinked


def old_documents(out: Path, brief: str = "*") -> Mapping[Path, tuple[str, ...]]:
    """Return the documents that a manifest at an old path lists and that are still there, by their edition's folder."""
    found = {}
    for path in sorted(out.glob(f"{brief}/*/{manifest.NAME}")):
        if unlinked(out, path.relative_to(out).as_posix()):
            listed = (each for each in manifest.read(path.parent).documents if unlinked(path.parent, each))
            found[path.parent] = tuple(listed)
    return {folder: paths for folder, paths in found.items() if paths}


def delete_old(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Delete an old edition: its documents, the folders that this empties, and its manifest.

    Return the paths deleted, and those kept because their files have changed since they were made.
    """
    listed = manifest.read(folder)
    there = [path for path in listed.documents if unlinked(folder, path)]
    deleted = tuple(path for path in there if listed.has(folder, path, listed.documents[path]["sha256"]))
    for path in deleted:
        (folder / path).unlink()
    (folder / manifest.NAME).unlink()
    places.delete_empty(folder, deleted)
    return deleted, tuple(path for path in there if path not in deleted)

"""Make the folders that a document needs, and delete those that it leaves empty."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath


def make_room(folder: Path, path: str) -> None:
    """Make the folders of a document, and replace any that is a link, so that nothing is written through it."""
    for parent in reversed(PurePosixPath(path).parents[:-1]):
        if (folder / parent).is_symlink():
            (folder / parent).unlink()
    (folder / path).parent.mkdir(parents=True, exist_ok=True)


def delete_empty(folder: Path, paths: Iterable[str]) -> None:
    """Delete the folders of some paths, the innermost first, if they are empty."""
    parents = {parent for path in paths for parent in PurePosixPath(path).parents}
    for parent in sorted(parents, key=lambda each: -len(each.parts)):
        with suppress(OSError):
            (folder / parent).rmdir()

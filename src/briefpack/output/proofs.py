"""Write the problems of failed documents, and keep their proofs and last finished files apart from the finished ones.

A build that is interrupted loses nothing: files that are no longer needed are deleted first, then the manifest lists
where the others are going, and then they move. A file that somebody has changed is never deleted or overwritten.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, Self

from briefpack import store
from briefpack.problem import Problem
from briefpack.project import unlinked


@dataclass(frozen=True)
class Finding:
    """A problem of a document, and the key of the piece concerned; no key if it concerns the document as a whole.

    A problem without a path belongs to the document, wherever that is.
    """

    problem: Problem
    piece: str = ""

    def at(self, path: str) -> Self:
        """Return the finding, at `path` if its problem has no path of its own."""
        return replace(self, problem=replace(self.problem, path=self.problem.path or path))

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Return a finding from a manifest's data. Raises TypeError, KeyError or ValueError if it is malformed."""
        if not isinstance(data["piece"], str):
            raise TypeError(data)
        return cls(Problem.read({name: value for name, value in data.items() if name != "piece"}), data["piece"])


@dataclass(frozen=True)
class Failed:
    """A document that failed, its problems, and the hash of its proof in the work folder; no hash if it has none."""

    path: str
    problems: tuple[Problem, ...]
    sha256: str = ""


@dataclass(frozen=True)
class Aside:
    """A file that a build put in the folder for proofs, and its hash; no hash if somebody had changed it before."""

    path: str
    sha256: str

    def there(self, folder: Path) -> Path | None:
        """Return the file, if it is still there."""
        return unlinked(folder, self.path)

    def unchanged(self, folder: Path) -> Path | None:
        """Return the file, if it is still there as the build made it."""
        file = self.there(folder)
        return file if file and self.sha256 and hash_of(file) == self.sha256 else None

    @classmethod
    def read(cls, data: Mapping[str, Any] | None) -> Self | None:
        """Return a file from a manifest's data. Raises TypeError, KeyError or ValueError if it is malformed."""
        if data is None:
            return None
        if not isinstance(data["path"], str) or not isinstance(data["sha256"], str):
            raise TypeError(data)
        return cls(data["path"], data["sha256"])


@dataclass(frozen=True)
class FailedEntry:
    """A failed document as the manifest lists it: its problems, its proof, and its last finished file."""

    path: str
    problems: tuple[Problem, ...]
    proof: Aside | None = None
    earlier: Aside | None = None

    @property
    def files(self) -> tuple[Aside, ...]:
        """Return its files in the folder for proofs."""
        return tuple(each for each in (self.proof, self.earlier) if each)

    @property
    def plain(self) -> dict[str, Any]:
        """Return the entry as plain data."""
        return {**asdict(self), "status": "failed"}


def read_failed(data: object) -> FailedEntry | None:
    """Return an entry from a manifest's data; None if it is malformed."""
    try:
        if not isinstance(data, dict) or not isinstance(data["path"], str):
            return None
        problems = tuple(map(Problem.read, data["problems"]))
        return FailedEntry(data["path"], problems, Aside.read(data["proof"]), Aside.read(data["earlier"]))
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def hash_of(file: Path) -> str:
    """Return the hash of a file."""
    # Unbuffered: a build with nothing to do reads a thousand documents.
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 -- half the time of Path.open
        return hashlib.sha256(opened.read()).hexdigest()


PROOFS = "proofs"
EARLIER = f"{PROOFS}/earlier"
ASKED = f"{PROOFS}/asked"


@dataclass(frozen=True)
class Written:
    """The changes to a folder: the obsolete documents `gone`, and the proofs and earlier files of the failed ones.

    `proofs` and `earlier` give the path of each file by the path of its document. `left` are files that would have been
    deleted, had nobody changed them.
    """

    gone: tuple[str, ...] = ()
    proofs: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()


def delete(folder: Path, entries: Iterable[FailedEntry]) -> tuple[str, ...]:
    """Delete the proofs and earlier files of documents that no longer fail; return the changed files, which stay."""
    files = [each for entry in entries for each in entry.files if each.there(folder)]
    ours = [each for each in files if _delete(folder, each)]
    return tuple(each.path for each in files if each not in ours)


def _delete(folder: Path, aside: Aside) -> bool:
    """Delete a file and the folders that this empties, and return whether it was as a build had made it."""
    file = aside.unchanged(folder)
    if file:
        file.unlink()
        delete_empty(folder, [aside.path])
    return file is not None


def enter(folder: Path, failed: Failed, known: str, before: FailedEntry | None) -> FailedEntry:
    """Return the entry of a failed document, after deleting its previous proof.

    `known` is the hash of its finished file, and `before` its entry, in the manifest so far.
    """
    if before and before.proof:
        _delete(folder, before.proof)
    proof = Aside(_free(folder, f"{PROOFS}/{failed.path}"), failed.sha256) if failed.sha256 else None
    return FailedEntry(failed.path, failed.problems, proof, _earlier(folder, failed.path, known, before))


def _earlier(folder: Path, path: str, known: str, before: FailedEntry | None) -> Aside | None:
    """Return the place for a document's last finished file, or its present place if it has moved already."""
    file, moved = unlinked(folder, path), before.earlier if before else None
    if file is None:
        return moved if moved and moved.there(folder) else None
    sha256 = hash_of(file)
    ours = sha256 in (known, moved.sha256 if moved else "")
    if moved and moved.sha256 == sha256:
        # Somebody copied it back, so it isn't needed twice.
        _delete(folder, moved)
    return Aside(_free(folder, f"{EARLIER}/{path}"), sha256 if ours else "")


def _free(folder: Path, path: str) -> str:
    """Return a path at which there is nothing yet: this path, or the same with a number."""
    wanted, number, found = PurePosixPath(path), 1, path
    while (folder / found).exists() or (folder / found).is_symlink():
        number += 1
        found = wanted.with_stem(f"{wanted.stem} ({number})").as_posix()
    return found


def delete_asked(folder: Path, asked: Mapping[str, str]) -> tuple[str, ...]:
    """Delete proofs that somebody asked for, by the path of the document, and return the paths that were deleted.

    Proofs that somebody has changed, for example with comments, stay.
    """
    files = [Aside(f"{ASKED}/{path}", sha256) for path, sha256 in asked.items()]
    return tuple(each.path for each in files if _delete(folder, each))


def move_asked(folder: Path, work: Path, made: Mapping[str, str]) -> None:
    """Move the proofs that a request was for, by the path of the document, out of the work folder.

    They replace the proofs of an earlier request, and stay until the next one.
    """
    for path, sha256 in made.items():
        make_room(folder, f"{ASKED}/{path}")
        store.move(work / sha256, folder / ASKED / path)


def move(folder: Path, work: Path, entry: FailedEntry) -> None:
    """Move the last finished file of a failed document, and its proof from the work folder, to where they belong."""
    file = unlinked(folder, entry.path)
    if file and entry.earlier:
        make_room(folder, entry.earlier.path)
        store.move(file, folder / entry.earlier.path)
        delete_empty(folder, [entry.path])
    if entry.proof:
        make_room(folder, entry.proof.path)
        store.move(work / entry.proof.sha256, folder / entry.proof.path)


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

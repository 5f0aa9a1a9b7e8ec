"""Write failed documents and all problems to a manifest, and read them back."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

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

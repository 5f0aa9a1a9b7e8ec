"""Records what was made, and puts the finished files in their places last of all."""

import hashlib
import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefpack import store

NAME = "manifest.json"
LIBRARIES = (
    "jinja2",
    "markdown-it-py",
    "matplotlib",
    "pikepdf",
    "pydantic",
    "pydyf",
    "pypdfium2",
    "segno",
    "weasyprint",
)


@dataclass(frozen=True)
class Entry:
    """One document as the manifest lists it."""

    path: str
    kind: str
    layout: str
    electorate: str | None
    ask: str | None
    pages: int
    bytes: int
    sha256: str
    inputs: Mapping[str, str]
    fits: Mapping[str, float]
    sources: tuple[str, ...]
    warnings: tuple[str, ...] = ()


NEEDED = {"path", "sha256", "inputs", "warnings"}
"""What an entry must have for its document to be known again; a manifest without is as good as none."""


@dataclass(frozen=True)
class Manifest:
    """What a folder of finished documents holds."""

    documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def kept(self, folder: Path, path: str, inputs: Mapping[str, str]) -> bool:
        """Whether a document is already there, whole, made from the same inputs and without a warning.

        What was warned of is found, and so said again, only where the document is made again.
        """
        known = self.documents.get(path)
        if known is None or known["warnings"] or not inputs.items() <= known["inputs"].items():
            return False
        return self.holds(folder, path, known["sha256"])

    def holds(self, folder: Path, path: str, sha256: str) -> bool:
        """Whether a document is listed and there, with those bytes."""
        if self.documents.get(path, {}).get("sha256") != sha256 or not (folder / path).is_file():
            return False
        return bool(hashlib.sha256((folder / path).read_bytes()).hexdigest() == sha256)


def read(folder: Path) -> Manifest:
    """The manifest of a folder; an empty one if there is none, or none that can be read."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        documents = data["documents"]
        whole = all(document.keys() >= NEEDED for document in documents)
        return Manifest({document["path"]: document for document in documents} if whole else {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def publish(
    folder: Path, work: Path, entries: Iterable[Entry], found: Mapping[str, Mapping[str, Any]], planned: Container[str]
) -> tuple[str, ...]:
    """Move the new documents out of the work folder, then write the manifest of all that the folder holds.

    A document of an earlier build stays, with what was `found` of it now if it is the same still, while its file is
    there and its path is `planned`; else it is deleted, unless somebody changed it. Returns the paths of those deleted.
    No other build may publish at the same time.
    """
    before = read(folder)
    same = {path: new for path, new in found.items() if new["sha256"] == before.documents.get(path, {}).get("sha256")}
    listed = {path: {**entry, **same.get(path, {})} for path, entry in before.documents.items()}
    gone = tuple(path for path in listed if path not in planned and before.holds(folder, path, listed[path]["sha256"]))
    for path in gone:
        (folder / path).unlink()
    for entry in entries:
        place = folder / entry.path
        place.parent.mkdir(parents=True, exist_ok=True)
        store.move(work / entry.sha256, place)
        listed[entry.path] = {**entry.__dict__, "sources": list(entry.sources), "warnings": list(entry.warnings)}
    _write(folder, [listed[path] for path in sorted(listed) if path in planned and (folder / path).is_file()])
    return gone


def _write(folder: Path, documents: list[dict[str, Any]]) -> None:
    data = {
        "briefpack": store.library("briefpack"),
        "documents": documents,
        "libraries": {library: store.library(library) for library in LIBRARIES},
    }
    folder.mkdir(parents=True, exist_ok=True)
    store.write(folder / NAME, (json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode())

"""Record the documents made, and move the finished files into place as the very last step."""

import hashlib
import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from briefpack import store
from briefpack.output.finding import Finding
from briefpack.project import unlinked

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
    warnings: tuple[Finding, ...] = ()


KINDS: Mapping[str, type | tuple[type, ...]] = {
    "path": str, "kind": str, "layout": str, "electorate": (str, type(None)), "ask": (str, type(None)), "pages": int,
    "bytes": int, "sha256": str, "inputs": dict, "fits": dict, "sources": list, "warnings": list,
}  # fmt: skip
"""The type of each value in an entry. An entry that lacks a value, or has one of another type, is ignored."""


@dataclass(frozen=True)
class Manifest:
    """The contents of a folder of finished documents."""

    documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def up_to_date(self, folder: Path, path: str, inputs: Mapping[str, str]) -> bool:
        """Return whether a document is already there, intact, and made from the same inputs."""
        known = self.documents.get(path)
        if known is None or not inputs.items() <= known["inputs"].items():
            return False
        return self.has(folder, path, known["sha256"])

    def warnings(self, path: str) -> tuple[Finding, ...]:
        """Return the warnings a document had when it was made."""
        return tuple(map(Finding.read, self.documents[path]["warnings"]))

    def has(self, folder: Path, path: str, sha256: str) -> bool:
        """Return whether a document is listed and its file is there with that hash."""
        file = unlinked(folder, path) if self.documents.get(path, {}).get("sha256") == sha256 else None
        return file is not None and hashlib.sha256(file.read_bytes()).hexdigest() == sha256


def read(folder: Path) -> Manifest:
    """Return the manifest of a folder; an empty one if it is missing or unreadable."""
    file = unlinked(folder, NAME)
    try:
        documents = json.loads(file.read_text(encoding="utf-8"))["documents"] if file else []
        return Manifest({document["path"]: document for document in documents if _is_sound(document)})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Manifest()


def _is_sound(entry: object) -> bool:
    """Return whether an entry is complete and its path stays inside the folder."""
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key, ...), kind) for key, kind in KINDS.items()):
        return False
    texts = (*entry["inputs"].values(), *entry["sources"])
    inside = not {"", ".", ".."} & {*entry["path"].split("/")}
    return inside and all(isinstance(text, str) for text in texts) and all(map(_is_warning, entry["warnings"]))


def _is_warning(data: object) -> bool:
    """Return whether data is a well-formed warning from a manifest."""
    try:
        return isinstance(data, dict) and bool(Finding.read(data))
    except (TypeError, KeyError, ValueError):
        return False


def write(
    folder: Path, work: Path, entries: Iterable[Entry], found: Mapping[str, Mapping[str, Any]], planned: Container[str]
) -> tuple[str, ...]:
    """Move the new documents out of the work folder, write the manifest of the folder, and return the deleted paths.

    An earlier build's document stays listed while its file is there and its path is `planned`. If its hash is the same,
    the values `found` for it now replace the old ones. A document that is no longer planned is deleted, unless somebody
    has changed its file. No other build may publish at the same time.
    """
    before = read(folder)
    same = {path: new for path, new in found.items() if new["sha256"] == before.documents.get(path, {}).get("sha256")}
    listed = {path: {**entry, **same.get(path, {})} for path, entry in before.documents.items()}
    gone = tuple(path for path in listed if path not in planned and before.has(folder, path, listed[path]["sha256"]))
    for path in gone:
        (folder / path).unlink()
    for entry in entries:
        _make_room(folder, entry.path)
        store.move(work / entry.sha256, folder / entry.path)
        warnings = [asdict(each.problem) | {"piece": each.piece} for each in entry.warnings]
        listed[entry.path] = {**entry.__dict__, "sources": list(entry.sources), "warnings": warnings}
    _write_list(folder, [listed[path] for path in sorted(listed) if path in planned and unlinked(folder, path)])
    return gone


def _make_room(folder: Path, path: str) -> None:
    """Make the folders of a document, and replace any that is a link, so that nothing is written through it."""
    for parent in reversed(PurePosixPath(path).parents[:-1]):
        if (folder / parent).is_symlink():
            (folder / parent).unlink()
    (folder / path).parent.mkdir(parents=True, exist_ok=True)


def _write_list(folder: Path, documents: list[dict[str, Any]]) -> None:
    data = {
        "briefpack": store.library("briefpack"),
        "documents": documents,
        "libraries": {library: store.library(library) for library in LIBRARIES},
    }
    folder.mkdir(parents=True, exist_ok=True)
    store.write(folder / NAME, (json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode())

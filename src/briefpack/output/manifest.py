"""Record the documents made, and move the finished files into place as the very last step."""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from briefpack import store
from briefpack.output import proofs
from briefpack.output.proofs import Failed, FailedEntry, Finding, Written, hash_of, read_failed
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
    """One document as the manifest lists it; `electoral_matter` is what the brief said when it was made."""

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
    electoral_matter: str = ""
    warnings: tuple[Finding, ...] = ()


KINDS: Mapping[str, type | tuple[type, ...]] = {
    "path": str, "kind": str, "layout": str, "electorate": (str, type(None)), "ask": (str, type(None)), "pages": int,
    "bytes": int, "sha256": str, "inputs": dict, "fits": dict, "sources": list, "warnings": list,
}  # fmt: skip
"""The type of each value in an entry. An entry that lacks a value, or has one of another type, is ignored."""


@dataclass(frozen=True)
class Manifest:
    """The contents of a folder: its finished documents, and the documents that failed when they were last made.

    `asked` are the hashes of the proofs that somebody asked for, by the path of the document.
    """

    documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    failed: Mapping[str, FailedEntry] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)

    def up_to_date(self, folder: Path, path: str, inputs: Mapping[str, str]) -> bool:
        """Return whether a document is already there, intact, and made from the same inputs."""
        known = self.documents.get(path)
        if known is None or not inputs.items() <= known["inputs"].items():
            return False
        return self.has(folder, path, known["sha256"])

    def sha256(self, path: str) -> str:
        """Return the hash of a document when it was made; nothing if it isn't listed."""
        return str(self.documents[path]["sha256"]) if path in self.documents else ""

    def warnings(self, path: str) -> tuple[Finding, ...]:
        """Return the warnings a document had when it was made."""
        return tuple(map(Finding.read, self.documents[path]["warnings"]))

    def has(self, folder: Path, path: str, sha256: str) -> bool:
        """Return whether a document is listed and its file is there with that hash."""
        file = unlinked(folder, path) if self.documents.get(path, {}).get("sha256") == sha256 else None
        return file is not None and hash_of(file) == sha256


def read(folder: Path) -> Manifest:
    """Return the manifest of a folder; an empty one if it is missing or unreadable."""
    file = unlinked(folder, NAME)
    try:
        data = json.loads(file.read_text(encoding="utf-8")) if file else {"documents": []}
        documents = {document["path"]: document for document in data["documents"] if _is_sound(document)}
        failed = {entry.path: entry for each in data.get("failed", ()) if (entry := read_failed(each))}
        return Manifest(documents, failed, _asked(data.get("asked")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Manifest()


def _asked(data: object) -> dict[str, str]:
    """Return the hashes of the proofs that somebody asked for, leaving out malformed ones."""
    listed = data if isinstance(data, dict) else {}
    return {path: sha256 for path, sha256 in listed.items() if isinstance(sha256, str)}


def _is_sound(entry: object) -> bool:
    """Return whether an entry is complete and its path stays inside the folder."""
    if not isinstance(entry, dict):
        return False
    for key, kind in KINDS.items():
        if not isinstance(entry.get(key, ...), kind):
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
    folder: Path,
    work: Path,
    entries: Iterable[Entry],
    found: Mapping[str, Mapping[str, Any]],
    planned: Container[str],
    failed: Iterable[Failed] = (),
) -> Written:
    """Move the new documents out of the work folder, write the manifest of the folder, and return the changes.

    An earlier build's document stays listed while its file is there and its path is `planned`. If its hash is the same,
    the values `found` for it now replace the old ones. A document that is no longer planned is deleted, unless somebody
    has changed its file. The proofs of `failed` documents, and their last finished files, go to the folder for proofs;
    they are deleted once the document is finished. No other build may publish at the same time.
    """
    before = read(folder)
    gone = _delete_obsolete(folder, before, planned)
    listed = {**_still_listed(before, found), **{entry.path: _move(folder, work, entry) for entry in entries}}
    left = proofs.delete(
        folder, (each for path, each in before.failed.items() if path in listed or path not in planned)
    )
    failing = [proofs.enter(folder, each, before.sha256(each.path), before.failed.get(each.path)) for each in failed]
    for each in failing:
        listed.pop(each.path, None)
    documents = [listed[path] for path in sorted(listed) if path in planned and unlinked(folder, path)]
    kept = {path: each for path, each in before.failed.items() if path in planned and path not in listed}
    failures = kept | {each.path: each for each in failing}
    _write_list(folder, Manifest({each["path"]: each for each in documents}, failures, before.asked))
    for each in failing:
        proofs.move(folder, work, each)
    proved = {each.path: each.proof.path for each in failing if each.proof}
    return Written(gone, proved, {each.path: each.earlier.path for each in failing if each.earlier}, left)


def write_asked(folder: Path, work: Path, made: Mapping[str, str], planned: Container[str]) -> tuple[str, ...]:
    """Move the proofs that a request was for, by the path of the document, out of the work folder.

    They replace the proofs of an earlier request. The proof of a document that is no longer `planned` is deleted,
    unless somebody has changed it; the deleted paths are returned. No other build may publish at the same time.
    """
    before = read(folder)
    gone = proofs.delete_asked(folder, {path: each for path, each in before.asked.items() if path not in planned})
    asked = {path: each for path, each in before.asked.items() if path in planned}
    _write_list(folder, replace(before, asked=asked | {**made}))
    proofs.move_asked(folder, work, made)
    return gone


def _delete_obsolete(folder: Path, before: Manifest, planned: Container[str]) -> tuple[str, ...]:
    """Delete the documents that are no longer planned, unless somebody has changed them, and return their paths."""
    listed = before.documents
    gone = tuple(path for path in listed if path not in planned and before.has(folder, path, listed[path]["sha256"]))
    for path in gone:
        (folder / path).unlink()
    return gone


def _still_listed(before: Manifest, found: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the documents of earlier builds as the manifest lists them, with the values found for them now."""
    same = {path: new for path, new in found.items() if new["sha256"] == before.sha256(path)}
    return {path: {**entry, **same.get(path, {})} for path, entry in before.documents.items()}


def _move(folder: Path, work: Path, entry: Entry) -> dict[str, Any]:
    """Move a new document into place, and return its entry as plain data."""
    proofs.make_room(folder, entry.path)
    store.move(work / entry.sha256, folder / entry.path)
    warnings = [asdict(each.problem) | {"piece": each.piece} for each in entry.warnings]
    return {**entry.__dict__, "sources": list(entry.sources), "warnings": warnings}


def _write_list(folder: Path, listed: Manifest) -> None:
    data = {
        "asked": listed.asked,
        "briefpack": store.library("briefpack"),
        "documents": [listed.documents[path] for path in sorted(listed.documents)],
        "failed": [listed.failed[path].plain for path in sorted(listed.failed)],
        "libraries": {library: store.library(library) for library in LIBRARIES},
    }
    folder.mkdir(parents=True, exist_ok=True)
    store.write(folder / NAME, (json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode())

"""Proofs of failed documents, and their last finished files: where they go, and what is never lost."""

import hashlib
import json

import pytest

from briefpack import store
from briefpack.output import Failed, Written, manifest
from briefpack.output.manifest import Entry
from briefpack.problem import Problem

PATH, PROOF, EARLIER = "national/a.pdf", "proofs/national/a.pdf", "proofs/earlier/national/a.pdf"
PROBLEM = Problem("briefs/tiny/brief.yaml", 3, "title: too long", "shorten it", boxes=((1.0, 2.0, 3.0, 4.0),))


class Edition:
    """An edition's folder, and builds that make its documents from given bytes."""

    def __init__(self, folder):
        self.folder, self.work = folder / "out", folder / "work"
        self.work.mkdir()

    def made(self, data, path=PATH, planned=(PATH, "national/b.pdf")):
        entry = Entry(path, "pack", "tiny", None, None, 1, len(data), self._ready(data), {}, {}, (), ())
        return manifest.write(self.folder, self.work, [entry], {}, planned)

    def failed(self, proof=b"", path=PATH, planned=(PATH, "national/b.pdf")):
        failed = Failed(path, (PROBLEM,), self._ready(proof) if proof else "")
        return manifest.write(self.folder, self.work, [], {}, planned, [failed])

    def asked(self, *paths, planned=(PATH, "national/b.pdf")):
        made = {path: self._ready(f"proof of {path}".encode()) for path in paths}
        return manifest.write_asked(self.folder, self.work, made, planned)

    def _ready(self, data):
        sha256 = hashlib.sha256(data).hexdigest()
        (self.work / sha256).write_bytes(data)
        return sha256

    @property
    def files(self):
        found = (path for path in self.folder.rglob("*") if path.is_file() and path.name != "manifest.json")
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    @property
    def listed(self):
        return manifest.read(self.folder)


@pytest.fixture
def edition(tmp_path):
    return Edition(tmp_path)


def test_a_document_that_fails_moves_its_finished_file_aside_until_it_passes(edition):
    edition.made(b"one")
    written = edition.failed(b"proof")
    assert written == Written(proofs={PATH: PROOF}, earlier={PATH: EARLIER})
    assert edition.files == {PROOF: b"proof", EARLIER: b"one"}
    assert edition.listed.documents == {}
    assert edition.listed.failed[PATH].problems == (PROBLEM,)
    said = json.loads((edition.folder / "manifest.json").read_text(encoding="utf-8"))["failed"]
    assert [(each["path"], each["status"], each["proof"]["path"]) for each in said] == [(PATH, "failed", PROOF)]
    assert edition.made(b"two") == Written()
    assert edition.files == {PATH: b"two"}
    assert edition.listed.failed == {}
    assert not (edition.folder / "proofs").exists()


def test_leaves_other_documents_and_other_files_alone(edition):
    edition.made(b"other", "national/b.pdf")
    edition.failed(b"proof")
    mine = edition.folder / "proofs/notes.txt"
    mine.write_text("mine")
    edition.failed(b"proof of another", "national/b.pdf")
    assert edition.files[PROOF] == b"proof"
    edition.made(b"one")
    assert edition.files == {
        "proofs/notes.txt": b"mine", "proofs/national/b.pdf": b"proof of another",
        "proofs/earlier/national/b.pdf": b"other", PATH: b"one",
    }  # fmt: skip
    assert set(edition.listed.failed) == {"national/b.pdf"}


@pytest.mark.parametrize("place", [PROOF, EARLIER])
def test_never_deletes_a_file_that_somebody_changed(edition, place):
    edition.made(b"one")
    edition.failed(b"proof")
    (edition.folder / place).write_bytes(b"with my notes")
    assert edition.made(b"two").left == (place,)
    assert edition.files == {PATH: b"two", place: b"with my notes"}


@pytest.mark.parametrize("interrupted", ["before the first move", "after the first move", "before the list"])
def test_an_interrupted_build_loses_nothing(edition, monkeypatch, interrupted):
    """The next build puts everything in its place, whether the document passes or fails again."""
    edition.made(b"one")
    moves, stop = iter(range(5)), {"before the first move": 0, "after the first move": 1}.get(interrupted)
    move, write = store.move, store.write

    def move_or_stop(*paths):
        if next(moves) == stop:
            raise KeyboardInterrupt
        move(*paths)

    def write_or_stop(*data):
        if interrupted == "before the list":
            raise KeyboardInterrupt
        write(*data)

    with monkeypatch.context() as patch:
        patch.setattr(store, "move", move_or_stop)
        patch.setattr(store, "write", write_or_stop)
        with pytest.raises(KeyboardInterrupt):
            edition.failed(b"proof")
    assert b"one" in edition.files.values()
    edition.failed(b"another")
    assert edition.files == {PROOF: b"another", EARLIER: b"one"}
    edition.made(b"two")
    assert edition.files == {PATH: b"two"}


def test_deletes_nothing_outside_the_folder(edition, tmp_path):
    """Whatever a manifest says."""
    edition.failed(b"proof")
    other = tmp_path / "other.pdf"
    other.write_bytes(b"proof")
    text = (edition.folder / "manifest.json").read_text(encoding="utf-8")
    (edition.folder / "manifest.json").write_text(text.replace(PROOF, "../other.pdf"), encoding="utf-8")
    edition.made(b"two")
    assert other.exists()


# ---- Proofs that somebody asked for.

OTHER = "national/b.pdf"
ASKED_PATH, ASKED_OTHER = f"proofs/asked/{PATH}", f"proofs/asked/{OTHER}"


def test_only_a_request_deletes_the_proof_of_a_document_that_is_no_longer_planned(edition):
    assert edition.asked(PATH, OTHER) == ()
    edition.made(b"other", OTHER, [OTHER])
    assert set(edition.files) == {OTHER, ASKED_PATH, ASKED_OTHER}
    (edition.folder / "proofs/asked/national/notes.txt").write_text("mine")
    assert edition.asked(planned=[OTHER]) == (ASKED_PATH,)
    assert set(edition.files) == {OTHER, ASKED_OTHER, "proofs/asked/national/notes.txt"}
    assert edition.listed.asked.keys() == {OTHER}
    assert edition.listed.documents.keys() == {OTHER}

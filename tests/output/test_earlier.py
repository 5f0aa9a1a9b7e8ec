"""A file of a document that failed is refused wherever somebody names it."""

import json

import pytest

from briefpack.output import Failed, manifest, refusal
from briefpack.problem import Owner

PROOF = "proofs/national/a.pdf"


@pytest.fixture
def folder(tmp_path):
    """An edition in which `national/a.pdf` failed, and `proofs/made.pdf` is a finished document."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work/f00d").write_bytes(b"proof")
    edition = tmp_path / "edition"
    manifest.write(edition, tmp_path / "work", [], {}, {"national/a.pdf"}, [Failed("national/a.pdf", (), "f00d")])
    return edition


@pytest.mark.parametrize(
    ("path", "message", "names"),
    [
        (PROOF, "this is a proof, not a finished document", False),
        ("proofs/asked/national/b.pdf", "this is a proof, not a finished document", False),
        ("proofs/earlier/national/a.pdf", "this is an earlier version of a document that has failed since", False),
        ("national/a.pdf", "this document failed when it was last built", True),
    ],
)
def test_refuses_a_proof_and_a_document_that_failed(folder, path, message, names):
    found = refusal(folder / path, lambda each: each.relative_to(folder).as_posix())
    assert (found.path, found.message, found.owner) == (path, message, Owner.DOCUMENT)
    assert found.hint.endswith(f"; its proof is {PROOF}") == names


def test_accepts_every_other_file(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/manifest.json").write_text(json.dumps({"name": "a web page"}), encoding="utf-8")
    for path in (folder / "national/b.pdf", tmp_path / "elsewhere/proofs/a.pdf", tmp_path / "proofs/a.pdf"):
        assert refusal(path, str) is None

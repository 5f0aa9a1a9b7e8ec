"""A document that fails isn't among the finished ones: its last finished file is kept apart until it passes."""

import json

import pytest

from briefpack.build import jobs
from briefpack.problem import Owner, Problem, Problems

PACK = "national/national-pack.pdf"
COVER = "layouts/tiny/cover.html"
EDITIONS = ("--edition", "screen", "--edition", "home", "--jobs", "1")


def pdfs(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf")}


@pytest.mark.part(name="proofs")
def test_keeps_the_last_finished_file_apart_until_the_document_passes(command, edit, project):
    """In each edition, and through a failure that comes before any document."""
    out = project.root / "out/tiny/tiny"
    assert command("build", *EDITIONS).exit_code == 0
    whole, data = pdfs(out), {edition: (out / edition / PACK).read_bytes() for edition in ("screen", "home")}
    edit(COVER, "brief.title", "brief.titel")
    result = command("build", *EDITIONS)
    assert result.exit_code == 5
    for edition in ("screen", "home"):
        assert f"Finished earlier, and now in {out / edition}/proofs/earlier: {PACK}\n" in result.stderr
        assert not (out / edition / PACK).exists()
        assert (out / edition / "proofs/earlier" / PACK).read_bytes() == data[edition]
        listed = json.loads((out / edition / "manifest.json").read_text(encoding="utf-8"))
        assert PACK not in {each["path"] for each in listed["documents"]}
        [failed] = listed["failed"]
        stopping = [problem["path"] for problem in failed["problems"] if not problem["warning"]]
        assert (failed["path"], failed["status"], stopping) == (PACK, "failed", [COVER])
    edit("briefs/tiny/brief.yaml", "kind: bars", "kind: bar")
    result = command("build", *EDITIONS)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (3, "1 problem. Nothing was made.")
    assert (out / "screen/proofs/earlier" / PACK).read_bytes() == data["screen"]
    edit("briefs/tiny/brief.yaml", "kind: bar", "kind: bars")
    edit(COVER, "brief.titel", "brief.title")
    result = command("build", "--jobs", "1")
    assert "Made 1 document in" in result.stdout
    assert (out / "screen" / PACK).read_bytes() == data["screen"]
    assert (out / "home/proofs/earlier" / PACK).exists()
    assert command("build", *EDITIONS).exit_code == 0
    assert pdfs(out) == whole
    assert command("build", *EDITIONS).stdout.count("Up to date: 3 documents") == 2


@pytest.mark.part(name="builds")
def test_a_build_that_stops_moves_no_finished_file(command, edit, project, monkeypatch):
    """Nothing is wrong with the documents if the worker processes crash."""

    def crash(*_):
        raise Problems([Problem("briefpack", None, "worker processes keep crashing", "build again", Owner.DOCUMENT)])

    assert command("build", "--jobs", "1", "--quiet").exit_code == 0
    edit("briefs/tiny/brief.yaml", "title: Safe crossings\nlabel", "title: Safer crossings\nlabel")
    monkeypatch.setattr(jobs, "bind", crash)
    result = command("build", "--jobs", "1", "--quiet")
    assert result.exit_code == 5
    assert " Still there from an earlier build: national/national-pack.pdf, " in result.stderr
    assert len(pdfs(project.root / "out/tiny/tiny/screen/national")) == 3
    assert not (project.root / "out/tiny/tiny/screen/proofs").exists()


@pytest.mark.part(name="builds")
def test_no_other_command_takes_a_failed_document_for_a_finished_one(command, edit, project):
    out = project.root / "out/tiny/tiny/home"
    assert command("build", "--edition", "home", "--jobs", "1", "--quiet").exit_code == 0
    edit(COVER, "brief.title", "brief.titel")
    result = command("print-set", "national", "--jobs", "1", "--quiet")
    assert result.exit_code == 5
    assert f"No print set was made of these, which failed: {PACK}. Send these lines to " in result.stderr
    assert f"Finished earlier, and now in {out}/proofs/earlier: {PACK}\n" in result.stderr
    for name in (PACK, f"proofs/earlier/{PACK}"):
        for reader in ("booklet", "preflight"):
            result = command(reader, str(out / name))
            assert result.exit_code == 5
            assert f"{name}: this " in result.stderr
            assert "failed" in result.stderr
    assert not list(out.rglob("*booklet*"))
    checked = command("preflight", "--edition", "home", "--jobs", "1")
    assert (checked.exit_code, checked.stdout.splitlines()[-1][:15]) == (0, "2 files checked")
    assert (out / "proofs/earlier" / PACK).exists()

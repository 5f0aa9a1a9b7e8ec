"""`briefpack new NAME --from DRAFT`: what it prints, what it makes, and what it refuses."""

import json

import pytest

from briefpack.cli import new
from imported import DRAFTS


def contents(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_draft_becomes_a_brief_with_its_images_and_a_list(command, project):
    result = command("new", "rivers", "--from", str(DRAFTS / "river.odt"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert contents(project.root / "briefs/rivers") == {
        "brief.yaml",
        "unplaced.md",
        "images/image.png",
    }
    lines = result.stdout.splitlines()
    assert lines[0] == "Not in the brief (the full list is in briefs/rivers/unplaced.md):"
    assert "  paragraph 10, under “About the alliance”: “theme 1” (not in any field of the brief)" in lines
    assert lines[-2:] == [
        "Made briefs/rivers/brief.yaml from river.odt, with 3 open queries.",
        "Check it against the draft, then run: briefpack check rivers",
    ]
    assert [path.name for path in (project.root / "briefs").glob(".*")] == []


def test_the_guesses_about_a_draft_are_reported_first(command):
    lines = command("new", "crossings", "--from", str(DRAFTS / "crossings.docx")).stdout.splitlines()
    assert lines[0] == "Guessed:"
    assert "  “RECOMMENDATIONS” was read as a heading: a short line in bold type" in lines


def test_a_draft_is_reported_as_data(command):
    result = command("new", "rivers", "--from", str(DRAFTS / "crossings.docx"), "--json")
    found = json.loads(result.stdout)
    assert found["path"] == "briefs/rivers/brief.yaml"
    assert any("was read as a heading" in guess for guess in found["guesses"])
    assert {tuple(each) for each in found["unplaced"]} == {("place", "words", "reason")}


def test_an_existing_brief_is_not_overwritten(command, project):
    (project.root / "briefs/mine").mkdir()
    result = command("new", "mine", "--from", str(DRAFTS / "river.odt"))
    assert result.exit_code == 2
    assert "briefs/mine: there is already a brief with this name" in result.stderr
    assert contents(project.root / "briefs/mine") == set()


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_interrupted_import_leaves_nothing_behind(command, project, monkeypatch, error):
    def stop(*_words):
        raise error

    before = contents(project.root)
    monkeypatch.setattr(new.Path, "write_bytes", stop)
    result = command("new", "mine", "--from", str(DRAFTS / "river.odt"))
    assert result.exit_code in (1, 5)
    monkeypatch.undo()
    assert contents(project.root) == before


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        ("missing.docx", "there is no such file", "give the path of the draft from the folder where you are"),
        ("old.doc", "drafts of this kind can't be imported: .doc", "save it as .docx, .odt or .md"),
        ("macros.docm", "drafts of this kind can't be imported: .docm", "save it as .docx, .odt or .md"),
        ("printed.pdf", "drafts of this kind can't be imported: .pdf", "save it as .docx, .odt or .md"),
        ("empty.md", "there is no text in it", "check that it is the right file, and save it again"),
    ],
)
def test_other_files_are_refused(command, tmp_path, monkeypatch, source, message, hint):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "empty.md").write_bytes(b"\n\n")
    result = command("new", "mine", "--from", source)
    assert result.exit_code == 2
    assert f"{source}: {message}\n  try: {hint}\n" in result.stderr

"""`briefpack clean --old`: what it deletes, and what it keeps."""

import shutil

import pytest

from briefpack import output

OLD = "out/tiny/screen"
PACK = "national/national-pack.pdf"
FUND = "national/national-leave-behind-crossing-fund.pdf"


@pytest.fixture
def old(sample_build, tmp_path):
    """A project whose documents are where earlier versions put them: its folder, and theirs."""
    root = tmp_path / "old"
    shutil.copytree(sample_build[0].root, root)
    shutil.move(root / "out/tiny/tiny/screen", root / OLD)
    (root / "out/tiny/tiny").rmdir()
    return root, root / OLD


@pytest.fixture
def clean(command):
    def run(root):
        return command("clean", "--old", "--out", str(root / "out"))

    return run


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_deletes_what_the_manifest_lists_with_the_empty_folders_and_the_manifest(old, clean):
    root, folder = old
    result = clean(root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Deleted 3 documents in {folder}\n"
    assert not (root / "out/tiny/screen").exists()


def test_keeps_a_document_that_somebody_has_changed(old, clean):
    root, folder = old
    (folder / PACK).write_bytes((folder / PACK).read_bytes() + b"\n")
    assert clean(root).stdout == f"Deleted 2 documents in {folder}; kept, because they were changed: {PACK}\n"
    assert files(folder) == [PACK]


def test_keeps_files_that_the_manifest_does_not_list(old, clean):
    root, folder = old
    (folder / "national/notes.txt").write_text("mine", encoding="utf-8")
    (folder / "elsewhere").mkdir()
    clean(root)
    assert files(folder) == ["national/notes.txt"]
    assert (folder / "elsewhere").is_dir()


def test_keeps_the_documents_at_the_new_paths(sample_build, tmp_path, clean):
    shutil.copytree(sample_build[0].root, tmp_path / "old")
    before = files(tmp_path / "project/out")
    assert clean(tmp_path / "old").stdout == "There are no documents at the paths of earlier versions.\n"
    assert files(tmp_path / "project/out") == before


@pytest.mark.parametrize("part", ["out/tiny", OLD, f"{OLD}/national", f"{OLD}/{PACK}", f"{OLD}/manifest.json"])
def test_deletes_nothing_through_a_link(old, clean, part, tmp_path):
    root, _ = old
    shutil.move(root / part, tmp_path / "elsewhere")
    (root / part).symlink_to(tmp_path / "elsewhere")
    before = (
        files(tmp_path / "elsewhere") if (tmp_path / "elsewhere").is_dir() else (tmp_path / "elsewhere").read_bytes()
    )
    clean(root)
    after = (
        files(tmp_path / "elsewhere") if (tmp_path / "elsewhere").is_dir() else (tmp_path / "elsewhere").read_bytes()
    )
    assert after == before


def test_deletes_nothing_that_a_manifest_names_outside_its_folder(old, clean):
    root, folder = old
    (root / "mine.pdf").write_bytes((folder / PACK).read_bytes())
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    (folder / "manifest.json").write_text(text.replace(f'"{PACK}"', '"../../../mine.pdf"'), encoding="utf-8")
    clean(root)
    assert (root / "mine.pdf").is_file()
    assert files(folder) == [PACK]


def test_needs_to_be_told_what_to_delete(command):
    assert command("clean").exit_code == 2


def test_a_build_says_once_what_is_at_an_old_path(command, project, sample_build):
    shutil.copytree(sample_build[2], project.root / OLD)
    result = command("build", "--jobs", "1", "--ask", "slow-streets")
    [line] = [line for line in result.stdout.splitlines() if "clean --old" in line]
    assert line == (
        f"Still in {project.root / OLD}, where earlier versions put them: 3 documents. To delete: briefpack clean --old"
    )
    output.delete_old(project.root / OLD)
    assert "clean --old" not in command("build", "--jobs", "1", "--ask", "slow-streets").stdout

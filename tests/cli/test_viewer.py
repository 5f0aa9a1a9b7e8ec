"""`briefpack build --open`: which document or folder opens, and what is printed if nothing can open it."""

import click
import pytest

from briefpack.cli import viewer


@pytest.fixture
def opened(monkeypatch):
    """The paths that were opened."""
    paths = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(click, "launch", lambda path: paths.append(path) or 0)
    return paths


@pytest.mark.part(name="builds")
def test_opens_the_folder_of_several_documents(command, project, opened):
    result = command("build", "--open", "--quiet", "--jobs", "1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert opened == [str(project.root / "out/tiny/tiny/screen/national")]


def test_opens_a_single_document_even_if_it_is_up_to_date(command, project, opened):
    words = ("build", "--open", "--quiet", "--jobs", "1", "--ask", "slow-streets")
    assert [command(*words).exit_code for _ in range(2)] == [0, 0]
    pdf = project.root / "out/tiny/tiny/screen/national/national-leave-behind-slow-streets.pdf"
    assert opened == [str(pdf)] * 2


@pytest.mark.part(name="builds")
def test_opens_the_folder_above_two_editions(command, project, opened):
    command("build", "--open", "--quiet", "--jobs", "1", "--edition", "screen", "--edition", "home")
    assert opened == [str(project.root / "out/tiny/tiny")]


def test_opens_nothing_if_nothing_was_made(command, edit, opened):
    edit("briefs/tiny/brief.yaml", "kind: bars", "kind: bar")
    assert command("build", "--open").exit_code == 3
    assert opened == []


def test_prints_the_path_if_the_system_has_no_viewer(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(click, "launch", lambda _path: 1)
    viewer.show([tmp_path / "a.pdf"])
    assert capsys.readouterr().out == f"No viewer found. Open it yourself: {tmp_path}/a.pdf\n"


def test_prints_the_path_if_there_is_no_screen(tmp_path, monkeypatch, capsys, opened):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    viewer.show([tmp_path / "bean/a.pdf", tmp_path / "ryan/a.pdf"])
    assert (opened, capsys.readouterr().out) == ([], f"No viewer found. Open it yourself: {tmp_path}\n")

"""A project reaches no file outside its own folders, whatever its links, store and pages contain."""

import os
import shutil
from pathlib import Path

import pytest
from jinja2.bccache import bc_magic

from briefpack import store
from briefpack.electorates import tables
from briefpack.output import inputs
from briefpack.problem import Problems
from briefpack.project import leads_out, walk, within

COVER = "layouts/tiny/cover.html"
SUBJECT = "<p>{{ plain(brief.subject) }}</p>"
LETTER = "<p>the neighbour's letter</p>"


@pytest.fixture
def neighbour(tmp_path):
    """Return a folder beside the project, which no build may read or change."""
    folder = tmp_path / "neighbour"
    folder.mkdir()
    (folder / "letter.html").write_text(LETTER, encoding="utf-8")
    return folder


def built(command, *words):
    return command("build", "--jobs", "1", "--ask", "slow-streets", *words)


class TestAPathFromAFolder:
    def test_leads_to_a_file_in_it_through_links_inside(self, project):
        folder = project.root / "layouts"
        (folder / "alias").symlink_to("tiny")
        assert within(folder, "alias/base.css") == (folder / "tiny/base.css").resolve()
        assert not leads_out(folder, "alias/base.css")

    def test_may_start_at_a_linked_folder(self, project, tmp_path):
        (tmp_path / "link").symlink_to(project.root / "layouts")
        found = within(tmp_path / "link", "tiny/base.css")
        assert found is not None
        assert found.resolve() == (project.root / "layouts/tiny/base.css").resolve()

    @pytest.mark.parametrize("path", ["none.css", "", "\0", "x" * 5000, "loop", "pipe"])
    def test_leads_nowhere_if_it_names_no_file(self, project, path):
        folder = project.root / "layouts"
        (folder / "loop").symlink_to("loop")
        os.mkfifo(folder / "pipe")
        assert within(folder, path) is None
        assert not leads_out(folder, path)

    @pytest.mark.parametrize("path", ["/etc/passwd", "away/letter.html", "../layouts2"])
    def test_leads_nowhere_if_it_leaves_the_folder(self, project, neighbour, path):
        folder = project.root / "layouts"
        (folder / "away").symlink_to(neighbour)
        assert within(folder, path) is None
        assert leads_out(folder, path)


LINKS = {
    "layouts/tiny/away.html": "letter.html", "layouts/away": "", "charts/away.py": "letter.html", "briefs/tiny/data": "",
}  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
def test_names_a_link_that_leads_out_of_its_folder(project, command, neighbour, link):
    folder = link.partition("/")[0]
    (project.root / link).symlink_to(neighbour / LINKS[link])
    result = built(command)
    assert f"{link}: the link leads outside {folder}" in result.stderr
    assert result.exit_code == (3 if folder == "briefs" else 4)
    assert not (project.root / "out").exists()


@pytest.mark.parametrize("part", ["briefs/tiny", "layouts/tiny"])
def test_names_a_brief_or_layout_that_links_elsewhere(project, command, neighbour, part):
    shutil.move(project.root / part, neighbour / "tiny")
    (project.root / part).symlink_to(neighbour / "tiny")
    folder = part.partition("/")[0]
    assert f"{part}: the link leads outside {folder}/" in built(command).stderr


@pytest.mark.parametrize(
    "tag",
    ['{% include "tiny/away.html" %}', '{% import "tiny/away.html" as away %}'],
)
def test_includes_no_file_through_a_link_out_of_layouts(project, command, edit, neighbour, monkeypatch, tag):
    """Not even through a link made after the links were checked."""
    monkeypatch.setattr("briefpack.project.strays", lambda *_: iter(()))
    (project.root / "layouts/tiny/away.html").symlink_to(neighbour / "letter.html")
    (project.root / "layouts/away").symlink_to(neighbour)
    edit(COVER, SUBJECT, tag)
    result = command("build", "--jobs", "1")
    assert "there is no page" in result.stderr
    assert f"{COVER}:" in result.stderr


def test_loads_no_picture_through_a_link_out_of_layouts(project, command, edit, neighbour, monkeypatch):
    monkeypatch.setattr("briefpack.project.strays", lambda *_: iter(()))
    (neighbour / "mark.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (project.root / "layouts/away").symlink_to(neighbour)
    edit(COVER, SUBJECT, '<img src="away/mark.svg" alt="">')
    assert '"away/mark.svg" leads outside layouts/' in command("build", "--jobs", "1").stderr


def test_ignores_broken_links_that_no_page_uses(project, command):
    for folder in ("layouts/tiny", "layouts/shared", "charts", "fonts", "briefs/tiny"):
        for ending in ("html", "css", "py", "ttf"):
            (project.root / folder / f"loop.{ending}").symlink_to(f"loop.{ending}")
            (project.root / folder / f"gone.{ending}").symlink_to("nowhere")
            (project.root / folder / f"folder.{ending}").mkdir()
            os.mkfifo(project.root / folder / f"pipe.{ending}")
    result = built(command)
    assert result.exit_code == 0, result.stderr


def test_walks_each_folder_once(project):
    before = [path.name for path in walk(project.root / "layouts")]
    for name in ("a", "b"):
        (project.root / "layouts" / name).symlink_to(".")
    assert sorted(path.name for path in walk(project.root / "layouts")) == sorted([*before, "a", "b"])


FILES = (
    "layouts/tiny/base.css", "layouts/tiny/cover.html", "layouts/tiny/layout.yaml", "layouts/shared/profiles/srgb.icc",
    "briefs/tiny/brief.yaml", "fonts/source-sans-3/SourceSans3-Regular.ttf", "charts/bars.py",
)  # fmt: skip
INSTEAD = {
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a broken link": lambda path: path.symlink_to("nowhere"),
    "a link to a folder": lambda path: path.symlink_to("."),
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
}


@pytest.mark.part(name="builds", beyond=5)
@pytest.mark.parametrize("instead", INSTEAD)
@pytest.mark.parametrize("file", FILES)
def test_reports_a_folder_link_or_pipe_in_place_of_a_file(project, command, file, instead):
    path = project.root / file
    path.unlink()
    INSTEAD[instead](path)
    result = command("build", "--jobs", "1")
    assert result.exit_code in (2, 3, 4), result.stderr
    # Without its file, a brief, a layout or a chart kind doesn't exist; then the message names the folder.
    assert Path(file).name in result.stderr or file.partition("/")[0] in result.stderr
    assert "  try: " in result.stderr
    assert "Traceback" not in result.stderr


def test_refuses_a_style_sheet_that_imports_itself(project, command):
    path = project.root / "layouts/tiny/base.css"
    path.write_text('@import "pack.css";\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    pack = project.root / "layouts/tiny/pack.css"
    pack.write_text('@import "base.css";\n' + pack.read_text(encoding="utf-8"), encoding="utf-8")
    result = command("build", "--jobs", "1")
    assert "layouts/tiny/pack.css:1: " in result.stderr
    assert "imports this style sheet again" in result.stderr


MARK = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path fill="#fff" d="M0 0h9v9z"/></svg>'


@pytest.mark.part(name="builds")
@pytest.mark.parametrize("folder", ["layouts", "charts", "fonts", "briefs"])
def test_builds_a_project_whose_folders_are_links(project, command, edit, neighbour, folder):
    (project.root / "layouts/tiny/mark.svg").write_text(MARK, encoding="utf-8")
    edit(COVER, SUBJECT, '<img src="tiny/mark.svg" alt="a mark">')
    edit(
        "layouts/tiny/base.css", "img { display: block; }", 'img { display: block }\nh1 { background: url("mark.svg") }'
    )
    shutil.move(project.root / folder, neighbour / folder)
    (project.root / folder).symlink_to(neighbour / folder)
    result = command("build", "--jobs", "1")
    assert result.exit_code == 0, result.stderr


@pytest.mark.part(name="builds")
def test_loads_files_through_a_link_inside_layouts(project, command, edit):
    (project.root / "layouts/shared/alias").symlink_to("../tiny")
    (project.root / "layouts/tiny/mark.svg").write_text(MARK, encoding="utf-8")
    edit(
        "layouts/tiny/base.css", "img { display: block; }", 'img { display: block }\nh1 { background: url("mark.svg") }'
    )
    edit(COVER, SUBJECT, '<img src="shared/alias/mark.svg" alt="a mark">')
    edit(
        "layouts/tiny/layout.yaml",
        "styles: [tiny/base.css, tiny/pack.css]",
        "styles: [shared/alias/base.css, tiny/pack.css]",
    )
    result = command("build", "--jobs", "1")
    assert result.exit_code == 0, result.stderr


def test_counts_the_target_of_a_link_as_an_input_of_the_build(project):
    link = project.root / "layouts/alias"
    link.symlink_to("tiny")
    first = inputs.folders(project, "tiny")["layouts"]
    link.unlink()
    link.symlink_to("shared")
    assert inputs.folders(project, "tiny")["layouts"] != first


def test_stores_no_code(sample_build):
    """A store that is shared contains pieces and drawings, and nothing that Python would run."""
    entries = [path.read_bytes() for path in sample_build[0].store.iterdir() if len(path.name) == store.DIGEST]
    assert entries
    assert not any(bc_magic in data or b"co_code" in data for data in entries)


@pytest.mark.parametrize("link", ["isles/more.csv", "isles"])
def test_names_a_link_that_leads_out_of_an_electorate_set(project, neighbour, link):
    sets = project.root / "briefs/electorates"
    sets.mkdir()
    shutil.copytree(Path(__file__).parent.parent / "sets/isles", (neighbour if link == "isles" else sets) / "isles")
    target = {"isles/more.csv": "letter.html", "isles": "isles"}[link]
    (sets / link).symlink_to(neighbour / target)
    with pytest.raises(Problems) as caught:
        tables.open_set(project, "isles")
    [problem] = caught.value.problems
    assert (problem.path, problem.message) == (
        f"briefs/electorates/{link}",
        "the link leads outside briefs/electorates/",
    )

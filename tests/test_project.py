"""Finding a project, and its briefs and layouts."""

import pytest

from briefpack import project as projects
from briefpack.problem import Owner, Problems


def problem_of(caught):
    [problem] = caught.value.problems
    return problem.message, problem.hint


def another(project, folder, name, file):
    (project.root / folder / name).mkdir(parents=True, exist_ok=True)
    (project.root / folder / name / file).touch()


@pytest.mark.parametrize("below", ["", "briefs/tiny"])
def test_finds_the_project_from_any_folder_inside_it(project, below):
    assert projects.find(project.root / below) == project


def test_suggests_the_project_option_outside_a_project(tmp_path):
    with pytest.raises(Problems) as caught:
        projects.find(tmp_path)
    assert problem_of(caught)[1] == "go to the project's folder, or give it with --project"


def test_lists_the_folders_that_contain_a_brief_or_a_layout(project):
    another(project, "briefs", "other", "brief.yaml")
    another(project, "briefs", "_starter", "brief.yaml")
    another(project, "briefs", ".hidden", "brief.yaml")
    another(project, "briefs", "empty", "notes.txt")
    another(project, "layouts", "shared", "base.css")
    assert project.briefs == ("other", "tiny")
    assert project.layouts == ("tiny",)


def test_names_the_link_if_a_brief_is_outside_the_project(project, copy_layout, tmp_path):
    copy_layout(project)
    brief = (project.root / "briefs/tiny").rename(tmp_path / "elsewhere")
    (project.root / "briefs/tiny").symlink_to(brief)
    with pytest.raises(Problems) as caught:
        project.layout(None, "tiny")
    assert caught.value.problems[0].path == "briefs/tiny"
    assert problem_of(caught) == ("the link leads outside briefs/", "replace the link with a copy of its target")


def test_asks_which_of_several_briefs_is_meant(project):
    another(project, "briefs", "other", "brief.yaml")
    with pytest.raises(Problems) as caught:
        project.brief(None)
    assert problem_of(caught) == ("the project has several briefs", "name one: other or tiny")


def test_suggests_a_new_brief_in_an_empty_project(project):
    (project.root / "briefs/tiny/brief.yaml").unlink()
    with pytest.raises(Problems) as caught:
        project.brief(None)
    assert problem_of(caught) == ("the project has no brief", "briefpack new NAME")


@pytest.mark.parametrize("name", ["tiney", "../tiny", "_starter", ""])
def test_suggests_the_nearest_brief_to_a_mistyped_one(project, name):
    with pytest.raises(Problems) as caught:
        project.brief(name)
    assert problem_of(caught) == (f'there is no brief called "{name}"', "tiny")
    assert caught.value.exit_code == Owner.COMMAND


MISPLACED = [
    ("night/brief.yml", "rename briefs/night/brief.yml to brief.yaml"),
    ("night/brief.yaml.txt", "rename briefs/night/brief.yaml.txt to brief.yaml"),
    ("archive/night/brief.yaml", "move briefs/archive/night to briefs/night"),
]


@pytest.mark.parametrize(("place", "hint"), MISPLACED)
def test_says_where_a_brief_is_whose_file_has_another_name_or_place(project, place, hint):
    beside(project, place)
    with pytest.raises(Problems) as caught:
        project.brief("night")
    assert problem_of(caught) == ('there is no brief called "night"', hint)


def beside(project, place):
    """Write a brief's file at a place in briefs/, and return its folder."""
    file = project.root / "briefs" / place
    file.parent.mkdir(parents=True)
    file.write_text("title: Night buses", encoding="utf-8")
    return file.parent


def test_uses_the_layout_that_the_brief_names(project, copy_layout, edit):
    copy_layout(project)
    edit("briefs/tiny/brief.yaml", "date: 2026-07-01\n", "date: 2026-07-01\nlayout: other\n")
    assert project.layout(None, "tiny") == "other"
    assert project.layout("tiny", "tiny") == "tiny"


def test_refuses_a_brief_that_names_no_layout_of_the_project(project, edit):
    edit("briefs/tiny/brief.yaml", "date: 2026-07-01\n", "date: 2026-07-01\nlayout: tinny\n")
    with pytest.raises(Problems) as caught:
        project.layout(None, "tiny")
    [problem] = caught.value.problems
    assert (problem.path, problem.line) == ("briefs/tiny/brief.yaml", 8)
    assert problem_of(caught) == ('layout: there is no layout called "tinny"', "tiny")


def test_finds_a_file_only_if_no_link_leads_to_it(tmp_path):
    out, real = tmp_path / "out", tmp_path / "real"
    (real / "bean").mkdir(parents=True)
    (real / "bean/pack.pdf").write_bytes(b"%PDF")
    (real / "link.pdf").symlink_to("bean/pack.pdf")
    (real / "farrer").symlink_to("bean")
    out.symlink_to(real)
    assert projects.unlinked(out, "bean/pack.pdf") == out / "bean/pack.pdf"
    for path in (
        "link.pdf",
        "farrer/pack.pdf",
        "bean",
        "bean/none.pdf",
        "../real/bean/pack.pdf",
        "/etc/passwd",
        "a\0b",
    ):
        assert projects.unlinked(out, path) is None, path


# Which brief


@pytest.fixture
def several(project, monkeypatch):
    """The sample with a second brief, a starter and an example; the working folder is its root."""
    another(project, "briefs", "other", "brief.yaml")
    another(project, "briefs", "_starter", "brief.yaml")
    another(project, "briefs/_examples", "housing", "brief.yaml")
    another(project, "briefs/_examples/housing", "images", "street.jpg")
    monkeypatch.chdir(project.root)
    return project


def test_lists_examples_apart_from_briefs(several):
    another(several, "briefs/_starter", "copy", "brief.yaml")
    another(several, "briefs/_examples", ".new", "brief.yaml")
    another(several, "briefs/_examples", "empty", "notes.txt")
    assert several.briefs == ("other", "tiny")
    assert several.examples == ("_examples/housing", "_starter")


@pytest.mark.parametrize(
    ("folder", "brief"),
    [
        ("briefs/other", "other"),
        ("briefs/_starter", "_starter"),
        ("briefs/_examples/housing/images", "_examples/housing"),
    ],
)
@pytest.mark.parametrize("name", [None, "."])
def test_uses_the_brief_in_whose_folder_the_command_runs(several, monkeypatch, folder, brief, name):
    monkeypatch.chdir(several.root / folder)
    assert several.brief(name) == brief


@pytest.mark.parametrize(
    "name", ["_examples/housing", "briefs/_examples/housing/brief.yaml", "./briefs/other/../_examples/housing"]
)
def test_finds_an_example_by_its_name_or_path(several, name):
    assert several.brief(name) == "_examples/housing"


@pytest.fixture
def linked(tmp_path):
    """Return a folder with a file, a folder, and links: to the file, to the folder, out of it, and to itself."""
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    for place in (folder / "file", folder / "below/file", tmp_path / "outside"):
        place.touch()
    links = {"alike": "file", "aside": "below", "out": "../outside", "circle": "circle"}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    (tmp_path / "same").symlink_to("folder")
    return folder


@pytest.mark.parametrize("path", ["below", "no", "out", "circle", "below/../../outside", "", "n\0", "n" * 300])
def test_finds_no_folder_and_no_file_outside(linked, path):
    assert projects.within(linked, path) is None
    assert projects.within(linked, str(linked.parent / "outside")) is None


def test_names_the_files_and_folders_that_lead_out_of_a_folder(linked):
    (linked.parent / "elsewhere").mkdir()
    (linked / "below/away").symlink_to(linked.parent / "elsewhere")
    assert [*projects.strays(linked)] == ["out", "below/away"]

"""Compiled templates: kept between builds where nobody else can write, and compiled again when they are edited."""

import stat
import tempfile
from pathlib import Path

import jinja2
import pytest

from briefpack.layout.addresses import PageLoader
from briefpack.pages import compiled, template_errors
from briefpack.pages.sandbox import Environment
from briefpack.pages.sharing import Reads

PAGE = "<p>{{ 2 + 3 }}</p>"


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def times(monkeypatch) -> list[str]:
    """Return a list that gets the name of each template as it is compiled."""
    names: list[str] = []
    compile_one = Environment.compile

    def noted(self, source, name=None, filename=None, **options):
        names.append(name)
        return compile_one(self, source, name, filename, **options)

    monkeypatch.setattr(Environment, "compile", noted)
    return names


def written(page: str = PAGE) -> str:
    """Return what a page writes in a new environment."""
    environment = Environment(jinja2.DictLoader({"page": page}), {}, compiled.cache())
    return str(environment.get_template("page").module)


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_template_is_compiled_once_for_all_builds(times):
    assert [written(), written()] == ["<p>5</p>"] * 2
    assert times == ["page"]


def test_an_edited_template_is_compiled_again(times):
    written()
    assert written("<p>{{ 2 * 3 }}</p>") == "<p>6</p>"
    assert times == ["page"] * 2


def test_code_that_is_cut_short_is_compiled_again(temporary, times):
    written()
    [file] = kept(temporary)
    file.write_bytes(file.read_bytes()[:-20])
    assert written() == "<p>5</p>"
    assert times == ["page"] * 2


def test_only_the_user_can_reach_the_folder(temporary):
    written()
    [file] = kept(temporary)
    assert stat.S_IMODE(file.parent.stat().st_mode) == stat.S_IRWXU


def test_a_folder_that_others_could_have_filled_is_not_used(temporary, times):
    written()
    [file] = kept(temporary)
    folder = file.parent
    folder.rename(temporary / "theirs")
    folder.symlink_to(temporary / "theirs")
    assert compiled.cache() is None
    assert written() == "<p>5</p>"
    assert times == ["page"] * 2


def test_an_error_names_the_template_of_its_own_project(temporary, times):
    for project in (temporary / "first", temporary / "second"):
        (project / "layouts").mkdir(parents=True)
        (project / "layouts/page.html").write_text("<p>\n{{ 1 / 0 }}</p>")
        environment = Environment(PageLoader(project), {}, compiled.cache())
        environment.reads = Reads()
        with pytest.raises(ZeroDivisionError) as caught:
            environment.get_template("page.html").render()
        assert template_errors.of_failure(caught.value, project, "other.html").line == 2
    assert times == ["page.html"]

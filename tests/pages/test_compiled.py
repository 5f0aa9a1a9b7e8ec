"""Compiled templates: kept between builds where nobody else can write, and compiled again when they are edited."""

import os
import stat
from functools import partial
from pathlib import Path

import jinja2
import pytest

from briefpack.layout.addresses import PageLoader
from briefpack.pages import compiled, template_errors
from briefpack.pages.sandbox import Environment, strict
from briefpack.pages.sharing import Reads
from briefpack.store import SECONDS_A_DAY
from briefpack.text import numbers
from projects import english, language

PAGE = "<p>{{ 2 + 3 }}</p>"


@pytest.fixture(autouse=True)
def caches(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
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
    environment = Environment(jinja2.DictLoader({"page": page}), {}, compiled.cache(english()))
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


def test_code_that_is_cut_short_is_compiled_again(caches, times):
    written()
    [file] = kept(caches)
    file.write_bytes(file.read_bytes()[:-20])
    assert written() == "<p>5</p>"
    assert times == ["page"] * 2


@pytest.mark.parametrize("name", ["fr", "en-AU"])
def test_a_language_has_no_words_of_the_one_before(name):
    """Jinja2 computes a constant as it compiles."""
    printed = {}
    for each in ("en-AU", "fr", name):
        words = {"words": strict("number", {}, partial(numbers.words, locale=language(each)))}
        environment = Environment(jinja2.DictLoader({"page": "{{ 3|words }}"}), words, compiled.cache(language(each)))
        printed[each] = str(environment.get_template("page").module)
    assert printed == {"en-AU": "three", "fr": "trois"}


def folder_of_templates(caches) -> Path:
    [folder] = (caches / "briefpack").iterdir()
    return folder


def test_only_the_user_can_reach_the_folder(caches):
    written()
    assert stat.S_IMODE(folder_of_templates(caches).stat().st_mode) == stat.S_IRWXU


def theirs(folder: Path, caches: Path) -> None:
    folder.rename(caches / "theirs")
    folder.symlink_to(caches / "theirs")


def open_to_all(folder: Path, _caches: Path) -> None:
    folder.chmod(0o777)


def a_file(folder: Path, caches: Path) -> None:
    folder.rename(caches / "elsewhere")
    folder.touch(mode=0o600)


@pytest.mark.parametrize("replace", [theirs, open_to_all, a_file])
def test_a_folder_that_others_could_have_filled_is_not_used(caches, times, replace):
    written()
    replace(folder_of_templates(caches), caches)
    assert compiled.cache(english()) is None
    assert written() == "<p>5</p>"
    assert times == ["page"] * 2


def test_compiles_without_a_folder_for_caches(caches, monkeypatch, times):
    (caches / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches / "file"))
    assert [written(), written()] == ["<p>5</p>"] * 2
    assert times == ["page"] * 2


@pytest.mark.parametrize(("days", "left"), [(2, 1), (0, 2)])
def test_templates_of_an_older_engine_are_deleted_after_a_day(caches, days, left):
    written()
    folder = folder_of_templates(caches)
    older = folder.rename(folder.with_name("0123456789ab"))
    then = older.stat().st_mtime - days * SECONDS_A_DAY
    os.utime(older, (then, then))
    written()
    assert len([*(caches / "briefpack").iterdir()]) == left


def test_an_error_names_the_template_of_its_own_project(caches, times):
    for project in (caches / "first", caches / "second"):
        (project / "layouts").mkdir(parents=True)
        (project / "layouts/page.html").write_text("<p>\n{{ 1 / 0 }}</p>")
        environment = Environment(PageLoader(project), {}, compiled.cache(english()))
        environment.reads = Reads()
        with pytest.raises(ZeroDivisionError) as caught:
            environment.get_template("page.html").render()
        assert template_errors.of_failure(caught.value, project, "other.html").line == 2
    assert times == ["page.html"]

"""A page reads only what is safe and prints only what a reader can read; its compiled code is kept in a safe place."""

import datetime
import os
import stat
from decimal import Decimal
from functools import partial
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from briefpack.layout.addresses import PageLoader
from briefpack.pages import sandbox, template_errors
from briefpack.pages.sandbox import MOST_NAMES, Environment, Refused, strict
from briefpack.schema import Model
from briefpack.store import SECONDS_A_DAY
from briefpack.text import numbers
from projects import english, language


class Place(Model):
    name: str = "Ostby"

    @property
    def short(self) -> str:
        return "Ost"


def written(page: str, **names: object) -> str:
    return Environment(jinja2.DictLoader({"page": page}), {}).get_template("page").render(names)


@pytest.mark.parametrize(("named", "text"), [("place.name", "Ostby"), ("place.short", "Ost"), ("list.count(1)", "2")])
def test_reads_what_is_safe(named, text):
    values = {"place": Place(), "list": [1, 1], "text": "a"}
    assert written(f"{{{{ {named} }}}}, {{{{ {named} }}}}", **values) == f"{text}, {text}"


@pytest.mark.parametrize("named", ["place.model_dump", "list.append", "call.__globals__", "kind.mro"])
def test_refuses_what_is_not_safe_each_time(named):
    values = {"place": Place(), "list": [1, 1], "text": "a", "call": written, "kind": Place}
    page = f"{{{{ ({named}) is defined }}}}, {{{{ ({named}) is defined }}}}"
    assert written(page, **values) == "False, False"
    with pytest.raises(Refused, match="can't read"):
        written(f"{{{{ {named} }}}}", **values)


@pytest.mark.parametrize("page", ["{{ call }}", "{{ [call] | first | upper }}"])
def test_refuses_a_function_that_is_not_called(page):
    with pytest.raises(Refused, match="names a function without calling it"):
        written(page, call=written)


@pytest.mark.parametrize("add", [lambda names: names.update(a=1), lambda names: names.__ior__({"a": 1})])
@pytest.mark.parametrize("kind", ["globals", "filters", "tests"])
def test_nothing_is_added_to_what_all_pages_can_use(kind, add):
    with pytest.raises(TypeError, match="a page is given what depends on its document"):
        add(getattr(Environment(jinja2.DictLoader({}), {}), kind))


def test_judges_a_name_by_the_type_that_has_it():
    page = "{{ a.append is defined }}, {{ b.append is defined }}, {{ a.append is defined }}"
    assert written(page, a=[1], b=type("Held", (), {"append": 1})()) == "False, True, False"


def test_refuses_a_name_after_any_number_of_others():
    page = "{% for n in range(most) %}{% set _ = text | attr('a' ~ n) %}{% endfor %}{{ text.__len__ is defined }}"
    assert written(page, most=MOST_NAMES + 1, text="a") == "False"


MODULE = jinja2.Environment(autoescape=True).from_string("{% macro mark() %}m{% endmacro %}").module
SOUND = ["", Markup("<b>bold</b>"), Decimal("1.20"), datetime.date(2026, 7, 1), jinja2.Undefined()]


@pytest.mark.parametrize("value", SOUND)
def test_lets_a_value_print_that_a_reader_can_read(value):
    assert sandbox.explained(value) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing to print"),
        (MODULE.mark, "it names mark without calling it"),
        ("text".upper, "a function without calling it"),
        ({"one": 1}, "a whole record or list"),
        (map(str, [1]), "a whole record or list"),
        (object(), "a whole record or list"),
    ],
)
def test_explains_what_would_print_as_python_writes_it(value, words):
    message, hint = sandbox.explained(value)
    assert words in message
    assert hint


PAGE = "<p>{{ 2 + 3 }}</p>"


@pytest.fixture
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


def compiled(page: str = PAGE) -> str:
    """Return what a page writes in a new environment, which may have its compiled code."""
    environment = Environment(jinja2.DictLoader({"page": page}), {}, sandbox.compiled(english()))
    return str(environment.get_template("page").module)


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.usefixtures("caches")
def test_a_template_is_compiled_once_for_all_builds(times):
    assert [compiled(), compiled()] == ["<p>5</p>"] * 2
    assert times == ["page"]


@pytest.mark.usefixtures("caches")
def test_an_edited_template_is_compiled_again(times):
    compiled()
    assert compiled("<p>{{ 2 * 3 }}</p>") == "<p>6</p>"
    assert times == ["page"] * 2


def test_code_that_is_cut_short_is_compiled_again(caches, times):
    compiled()
    [file] = kept(caches)
    file.write_bytes(file.read_bytes()[:-20])
    assert compiled() == "<p>5</p>"
    assert times == ["page"] * 2


@pytest.mark.parametrize("name", ["fr", "en-AU"])
@pytest.mark.usefixtures("caches")
def test_a_language_has_no_words_of_the_one_before(name):
    """Jinja2 computes a constant as it compiles."""
    printed = {}
    for each in ("en-AU", "fr", name):
        words = {"words": strict("number", {}, partial(numbers.words, locale=language(each)))}
        environment = Environment(jinja2.DictLoader({"page": "{{ 3|words }}"}), words, sandbox.compiled(language(each)))
        printed[each] = str(environment.get_template("page").module)
    assert printed == {"en-AU": "three", "fr": "trois"}


def folder_of_templates(caches) -> Path:
    [folder] = (caches / "briefpack").iterdir()
    return folder


def test_only_the_user_can_reach_the_folder(caches):
    compiled()
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
    compiled()
    replace(folder_of_templates(caches), caches)
    assert sandbox.compiled(english()) is None
    assert compiled() == "<p>5</p>"
    assert times == ["page"] * 2


def test_compiles_without_a_folder_for_caches(caches, monkeypatch, times):
    (caches / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches / "file"))
    assert [compiled(), compiled()] == ["<p>5</p>"] * 2
    assert times == ["page"] * 2


@pytest.mark.parametrize(("days", "left"), [(2, 1), (0, 2)])
def test_templates_of_an_older_engine_are_deleted_after_a_day(caches, days, left):
    compiled()
    folder = folder_of_templates(caches)
    older = folder.rename(folder.with_name("0123456789ab"))
    then = older.stat().st_mtime - days * SECONDS_A_DAY
    os.utime(older, (then, then))
    compiled()
    assert len([*(caches / "briefpack").iterdir()]) == left


def test_an_error_names_the_template_of_its_own_project(caches, times):
    for project in (caches / "first", caches / "second"):
        (project / "layouts").mkdir(parents=True)
        (project / "layouts/page.html").write_text("<p>\n{{ 1 / 0 }}</p>")
        environment = Environment(PageLoader(project), {}, sandbox.compiled(english()))
        with pytest.raises(ZeroDivisionError) as caught:
            environment.get_template("page.html").render()
        assert template_errors.of_failure(caught.value, project, "other.html").line == 2
    assert times == ["page.html"]

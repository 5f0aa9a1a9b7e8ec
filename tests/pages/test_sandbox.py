"""A page reads only what is safe, the second time it asks as well as the first."""

import jinja2
import pytest

from briefpack.pages.sandbox import MOST_NAMES, Environment, Refused
from briefpack.pages.sharing import Reads, Scope
from briefpack.schema import Model


class Place(Model):
    name: str = "Ostby"

    @property
    def short(self) -> str:
        return "Ost"


def written(page: str, **names: object) -> str:
    environment, reads = Environment(jinja2.DictLoader({"page": page}), {}), Reads()
    reads.declare([Scope("shared", "", lambda: names)])
    environment.reads = reads
    return environment.get_template("page").render(reads.values)


@pytest.mark.parametrize(
    ("named", "text"), [("place.name", "Ostby"), ("place.short", "Ost"), ("list.count(1)", "2"), ("text.upper()", "A")]
)
def test_reads_what_is_safe(named, text):
    values = {"place": Place(), "list": [1, 1], "text": "a"}
    assert written(f"{{{{ {named} }}}}, {{{{ {named} }}}}", **values) == f"{text}, {text}"


@pytest.mark.parametrize(
    "named", ["place.model_dump", "place.__class__", "list.append", "text.__len__", "call.__globals__", "kind.mro"]
)
def test_refuses_what_is_not_safe_each_time(named):
    values = {"place": Place(), "list": [1, 1], "text": "a", "call": written, "kind": Place}
    page = f"{{{{ ({named}) is defined }}}}, {{{{ ({named}) is defined }}}}"
    assert written(page, **values) == "False, False"
    with pytest.raises(jinja2.exceptions.SecurityError, match="can't read"):
        written(f"{{{{ {named} }}}}", **values)


@pytest.mark.parametrize("page", ["{{ call }}", "{{ call | string }}", "{{ [call] | first | upper }}"])
def test_refuses_a_function_that_is_not_called(page):
    with pytest.raises(Refused, match="names a function without calling it"):
        written(page, call=written)


@pytest.mark.parametrize("add", [lambda names: names.update(a=1), lambda names: names.__ior__({"a": 1})])
@pytest.mark.parametrize("kind", ["globals", "filters", "tests"])
def test_nothing_is_added_to_what_all_pages_can_use(kind, add):
    with pytest.raises(TypeError, match="a name that depends on a document needs a scope"):
        add(getattr(Environment(jinja2.DictLoader({}), {}), kind))


def test_judges_a_name_by_the_type_that_has_it():
    page = "{{ a.append is defined }}, {{ b.append is defined }}, {{ a.append is defined }}"
    assert written(page, a=[1], b=type("Held", (), {"append": 1})()) == "False, True, False"


def test_refuses_a_name_after_any_number_of_others():
    page = "{% for n in range(most) %}{% set _ = text | attr('a' ~ n) %}{% endfor %}{{ text.__len__ is defined }}"
    assert written(page, most=MOST_NAMES + 1, text="a") == "False"

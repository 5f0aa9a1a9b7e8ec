"""Mistakes in a page's Jinja: a value that is set in a loop and read after it, and prose in a <p>."""

import re

import jinja2
import pytest

from briefpack.pages import mistakes


def lost(page: str) -> list[tuple[str, int, int]]:
    found = mistakes.lost_values(jinja2.Environment(autoescape=True).parse(page))
    return [(each.name, each.line, int(re.search(r"line (\d+) reads", each.message)[1])) for each in found]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("{% set most = 0 %}\n{% for x in xs %}{% set most = [most, x] | max %}{% endfor %}\n{{ most }}", ("most", 2, 3)),
        ("{% set seen = 0 %}{% for x in xs %}{% if x %}\n{% set seen = 1 %}{% endif %}{% endfor %}{% if seen %}s{% endif %}", ("seen", 2, 2)),
        ("{% macro sum(xs) %}{% set n = 0 %}{% for x in xs %}{% set n = n + x %}{% endfor %}\n{{ n }}{% endmacro %}", ("n", 1, 2)),
        ("{% set t %}a{% endset %}{% for x in xs %}{% set t %}b{% endset %}{% endfor %}{{ t }}", ("t", 1, 1)),
        ("{% for x in xs %}{% for y in x %}{% set last = y %}{% endfor %}\n{{ last }}{% endfor %}", ("last", 1, 2)),
        ("{% set a = 0 %}{% for x in xs %}{% set a, b = x %}{{ b }}{% endfor %}{{ a }}", ("a", 1, 1)),
    ],
)  # fmt: skip
def test_finds_a_value_that_is_lost(page, expected):
    assert lost(page) == [expected]


@pytest.mark.parametrize(
    "page",
    [
        # A namespace outlives the loop.
        "{% set row = namespace(most=0) %}{% for x in xs %}{% set row.most = x %}{% endfor %}{{ row.most }}",
        # The loop has another value of that name for itself.
        "{% set text = 1 %}{% for x in xs %}{% set text = x %}{{ text }}{% endfor %}{{ text }}",
        "{% set text = 1 %}{% for x in xs %}{% set text = x %}{% include 'item.html' %}{% endfor %}{{ text }}",
        "{% set text = 1 %}{% for x in xs %}{% set text = x %}{% for y in x %}{{ text }}{% endfor %}{% endfor %}{{ text }}",
        # Nothing reads it afterwards, or it is set again.
        "{% set n = 0 %}{% for x in xs %}{% set n = n + x %}{% endfor %}",
        "{% for x in xs %}{% set n = x %}{% endfor %}{% set n = 1 %}{{ n }}",
        "{% for x in xs %}{% set n = x %}{% endfor %}{% for n in xs %}{{ n }}{% endfor %}",
        # Each macro has names of its own.
        "{% macro one(xs) %}{% for x in xs %}{% set n = x %}{% endfor %}{% endmacro %}{{ n }}",
        # A condition is no loop.
        "{% if x %}{% set n = 1 %}{% endif %}{{ n }}",
    ],
)
def test_leaves_other_values_alone(page):
    assert lost(page) == []


@pytest.mark.parametrize(
    "page",
    [
        "<p>{{ prose(text) }}</p>",
        '<div><p class="{{ kind }}">\n{% if text %}{{ prose(text) }}{% endif %}</p></div>',
        "<li><p><em>{{- prose(text) }}</em></p></li>",
    ],
)
def test_finds_prose_in_a_paragraph(page):
    assert [*mistakes.prose_in_paragraphs(page)] == [page[: page.index("prose")].count("\n") + 1]


@pytest.mark.parametrize(
    "page",
    [
        "<div>{{ prose(text) }}</div>",
        "<p>{{ line(text) }}</p>{{ prose(text) }}",
        "<p>{{ prose(text) | striptags }}</p>",
        "{% if text %}<div>{% else %}<p>{% endif %}</p><li>{{ prose(text) }}",
        "{# <p> #}{{ prose(text) }}",
    ],
)
def test_leaves_prose_elsewhere_alone(page):
    assert not [*mistakes.prose_in_paragraphs(page)]


def test_finds_none_in_the_layouts(project):
    pages = sorted((project.root / "layouts").rglob("*.html"))
    assert not [page for page in pages if [*mistakes.prose_in_paragraphs(page.read_text(encoding="utf-8"))]]

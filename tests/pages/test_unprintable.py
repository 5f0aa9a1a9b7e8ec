"""A page prints texts, numbers and dates; anything else would print as Python writes it."""

import datetime
from decimal import Decimal

import jinja2
import pytest
from markupsafe import Markup

from briefpack.brief.model import Theme
from briefpack.pages import unprintable

MODULE = jinja2.Environment(autoescape=True).from_string("{% macro mark() %}m{% endmacro %}").module
SOUND = [
    "",
    "text",
    Markup("<b>bold</b>"),
    3,
    2.5,
    True,
    Decimal("1.20"),
    datetime.date(2026, 7, 1),
    jinja2.Undefined(),
]


@pytest.mark.parametrize("value", SOUND)
def test_lets_a_value_print_that_a_reader_can_read(value):
    assert unprintable.explained(value) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing to print"),
        (MODULE.mark, 'the macro "mark" without calling it'),
        ("text".upper, "a function without calling it"),
        ({"one": 1}, "a mapping"),
        (["one", "two"], "a whole list"),
        ((each for each in "ab"), "a whole list"),
        (map(str, [1]), "a whole list"),
        (Theme.model_construct(id="walks"), "a whole record"),
        (object(), "a whole record"),
    ],
)
def test_explains_what_would_print_as_python_writes_it(value, words):
    message, hint = unprintable.explained(value)
    assert words in message
    assert hint

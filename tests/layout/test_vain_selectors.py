"""A selector is in vain if no page can have its element, whatever a value adds to the classes that the page writes."""

import pytest

from briefpack.layout import vain_selectors

PAGES = {
    "one.html": '<table class="asks"><tr><td class="number{% if x %} wide{% endif %}">1</td></tr></table>',
    "two.html": '{% macro size(n) %}{% if n %} long{% elif x %} longer{% endif %}{% endmacro %}<p class="sum{{ size(2) }}">'
    '{% set kind = "cover" %}<body class="{{ kind }} {% block more %}{% endblock %}">',
    "three.html": '{% extends "two.html" %}{% block more %}dark{% endblock %}<{{ tag }} class="free">',
}
HAD = {"asks", "number", "wide", "long", "longer", "sum", "cover", "dark", "free", "points"}


def vain(sheet: str, pages: dict[str, str] | None = None) -> list[str]:
    found = vain_selectors.check({"a.css": sheet}, pages or PAGES, HAD, {"bars"}, {"points"})
    return [each.message.partition(", so")[0] for each in found]


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        (".asks.number", 'no element has both classes "asks" and "number"'),
        ("table .wide.asks td", 'no element has both classes "wide" and "asks"'),
        (".number, .sum.asks", 'no element has both classes "sum" and "asks"'),
        ("@media print { .asks.number", 'no element has both classes "asks" and "number"'),
        ("p.number", 'no <p> has the class "number"'),
        ("tr > p.number:first-child", 'no <p> has the class "number"'),
    ],
)
def test_warns_of_a_selector_for_no_element(selector, message):
    assert vain(f"{selector} {{ color: red }}{'}' * selector.count('{')}") == [message]


@pytest.mark.parametrize(
    "selector",
    [
        ".asks .number", ".number.wide", "td.number", "table.asks", ".sum.long", ".sum.longer", ".cover.dark", "p.free",
        "ul.points", ".asks.points", ".asks.unknown", ".asks:not(.number)", ".asks::before", "body.cover", ".sum.bars",
    ],
)  # fmt: skip
def test_leaves_a_selector_alone_that_a_page_may_have(selector):
    assert vain(f"{selector} {{ color: red }}") == []


@pytest.mark.parametrize("page", ["<p class=asks>", "<p class='asks number'>", '<p class="{{ ask.id }}">'])
def test_judges_nothing_where_classes_cannot_be_read(page):
    assert vain(".asks.number { color: red }", {**PAGES, "four.html": page}) == []


NESTED = {
    "layouts/a/frame.html": '<html><body class="{% block kind %}{% endblock %}">{% block content %}{% endblock %}</body></html>',
    "layouts/a/page.html": """{% extends "a/frame.html" %}{% import "a/parts.html" as parts with context %}
        {% block kind %}cover{% endblock %}
        {% block content %}
        {% set facts %}<i class="fact">1</i>{% endset %}
        <div class="outer"><p class="inner"></p></div><div class="held">{{ parts.rows(2) }}{{ facts }}{{ parts.kicker("A") }}</div>
        <div class="open">{% include "a/part.html" %}</div><div class="apart">{{ brief.rows }}<br class="inner"></div>
        <p class="noted">{{ line(brief.title) }}</p>
        <div class="outer" id="a"><div>x</div></div>{% endblock %}""",
    "layouts/a/parts.html": '{% macro rows(n) %}<b class="row {{ "step-" ~ n }}"></b>{% endmacro %}'
    '{% macro box() %}<u class="box">{{ caller() }}</u>{% endmacro %}'
    '{% macro kicker(words, name="kicker") %}<u class="{{ name }}">{{ words }}</u>{% endmacro %}',
    "layouts/a/part.html": '<a class="part"></a>',
    "layouts/a/note.html": '<span class="note"></span>',
}
CLASSES = {
    "cover",
    "outer",
    "inner",
    "held",
    "open",
    "apart",
    "row",
    "step-2",
    "box",
    "part",
    "note",
    "noted",
    "fact",
    "kicker",
}


def unmet(selector: str) -> list[str]:
    found = vain_selectors.check({"a.css": f"{selector} {{ color: red }}"}, NESTED, CLASSES, {"bars"}, {"points"})
    return [each.message.partition(", so")[0] for each in found]


@pytest.mark.parametrize(
    ("selector", "outer", "inner"),
    [
        (".outer .row", "outer", "row"),
        (".outer, .inner .outer", "inner", "outer"),
        (".outer > .held", "outer", "held"),
        (".apart .row", "apart", "row"),
        (".held .part", "held", "part"),
        (".outer .note", "outer", "note"),
        (".outer .kicker", "outer", "kicker"),
        ("div.outer p.fact", "outer", "fact"),
    ],
)
def test_warns_of_a_class_in_another_that_no_page_has_there(selector, outer, inner):
    assert f'no element of the class "{inner}" is inside one of the class "{outer}"' in unmet(selector)


@pytest.mark.parametrize(
    "selector",
    [
        ".outer .inner", ".outer > p.inner", ".held .row", ".held .step-2", ".held .fact", ".open .part", ".cover .outer",
        ".box .note", ".noted .note", ".held .bars", ".held .points", ".outer + .held .row", ".outer ~ .held", ".apart .inner",
        ".held:not(.outer) .row", ".held .kicker",
    ],
)  # fmt: skip
def test_leaves_a_class_in_another_alone_that_a_page_may_have_there(selector):
    assert unmet(selector) == []

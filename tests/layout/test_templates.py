"""An attribute that names the id of another element needs an element with that id on some page."""

import pytest

from briefpack.layout import templates

PAGES = {
    "one.html": '<h2 id="panel-name">A</h2><p id="ask-{{ ask.id }}">B</p><section {{ sheet("part", "contents") }}>'
    '{% set id = "case-" ~ study.id %}<p id="{{ id }}">',
}


def faults(tag: str) -> list[str]:
    pages = {**PAGES, "two.html": tag}
    return [each.message for each in templates.ids({"two.html": tag}, pages)]


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ('<p data-read="after panel-title">', 'data-read: no page has an element with the id "panel-title"'),
        ('<p data-read="before theme-{{ x }}">', 'data-read: no page has an element with the id "theme-…"'),
        ('<p aria-labelledby="panel-name panel-text">', 'aria-labelledby: no page has an element with the id "panel-text"'),
        ("<td headers='column'>", 'headers: no page has an element with the id "column"'),
        ('<p data-read="behind panel-name">', 'data-read="behind panel-name" says no place, so the element is read where it is'),
        ('<p data-read="into">', 'data-read="into" says no place, so the element is read where it is'),
        ('<p data-read="after">', 'data-read="after" says no place, so the element is read where it is'),
        ('<p data-read="last panel-name">', 'data-read="last panel-name" says no place, so the element is read where it is'),
    ],
)  # fmt: skip
def test_warns_of_an_id_that_no_page_has(tag, message):
    assert faults(tag) == [message]


@pytest.mark.parametrize(
    "tag",
    [
        '<p data-read="after panel-name">', '<p data-read="first">', '<p data-read="before ask-{{ ask.id }}">',
        '<p data-read="after {{ "ask-" if x else "case-" }}{{ x }}">', '<p data-read="{{ where }} panel-name">',
        '<p data-read="after contents">', '<p data-read="into panel-name">', '<p data-read="after ask-first">', '<label for="panel-name">',
        '<p {# data-read="after nothing" #}>', '{{ cell(x, headers="nothing") }}', '<p data-read="after {% if x %}panel-name{% else %}contents{% endif %}">',
    ],
)  # fmt: skip
def test_leaves_an_id_alone_that_some_page_may_have(tag):
    assert faults(tag) == []

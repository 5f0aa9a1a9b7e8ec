"""Tests of finding texts of several paragraphs in a <p>."""

import pytest

from briefpack.pages import prose_in_paragraphs


@pytest.mark.parametrize(
    "page",
    [
        "<p>{{ prose(text) }}</p>",
        '<div><p class="{{ kind }}">\n{% if text %}{{ prose(text) }}{% endif %}</p></div>',
        "<li><p><em>{{- prose(text) }}</em></p></li>",
    ],
)
def test_finds_prose_in_a_paragraph(page):
    assert [*prose_in_paragraphs.find(page)] == [page[: page.index("prose")].count("\n") + 1]


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
    assert not [*prose_in_paragraphs.find(page)]


def test_finds_none_in_the_layouts(project):
    pages = sorted((project.root / "layouts").rglob("*.html"))
    assert not [page for page in pages if [*prose_in_paragraphs.find(page.read_text(encoding="utf-8"))]]

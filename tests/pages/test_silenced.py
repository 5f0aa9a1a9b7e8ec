"""Words of the brief that a page hides from a screen reader are said elsewhere on it."""

import pytest

from briefpack.pages import silenced

HIDDEN = '<p class="told" aria-hidden="true">About <span data-field="asks.one.title">12 &amp; more people</span></p>'


def test_finds_words_that_nothing_says():
    [found] = silenced.find(f"<h1>People</h1><!--@a/b.html:7-->{HIDDEN}")
    assert (found.template, found.line) == ("a/b.html", 7)
    assert found.message == "the text of a field is printed, but a screen reader passes over it"


@pytest.mark.parametrize(
    "said",
    [
        "<p>About 12 &amp; more people</p>", '<img alt="About 12 &amp; more people">',
        '<p aria-label="About 12 &amp; more people">12</p>',
    ],
)  # fmt: skip
def test_accepts_words_that_something_else_says(said):
    assert silenced.find(HIDDEN + said) == ()


def test_hears_no_mark_that_keeps_a_line_whole():
    hidden = '<p aria-hidden="true" data-field="title">Anti-\u2060trafficking, long\u00ad\u200bwinded</p>'
    assert silenced.find(f'{hidden}<h1 aria-label="Anti-trafficking, longwinded"></h1>') == ()
    assert silenced.find(f'{hidden}<h1 aria-label="Anti trafficking, longwinded"></h1>') != ()


@pytest.mark.parametrize(
    "page", ["<p>text</p>", '<p aria-hidden="true">·</p>', '<img aria-hidden="true"><p data-field="title">Text</p>']
)
def test_accepts_marks_and_pictures(page):
    assert silenced.find(page) == ()

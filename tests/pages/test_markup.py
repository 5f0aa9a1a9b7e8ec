"""Faults of a page's HTML: unbalanced tags, table rows of unequal numbers of cells, and words that nobody hears."""

import re

import pytest

from briefpack.pages import markup


def faults(html: str) -> list[str]:
    return [fault.message for fault in markup.unbalanced(html)]


@pytest.mark.parametrize(
    "html",
    [
        "<!DOCTYPE html><html><head><title>a <b> b</title></head><body><p>a<br>b<img src='x>y'></body></html>",
        "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
        "<dl><dt>a<dd>b<dt>c<dd><p>d<p>e</dl>",
        "<table><caption>a<thead><tr><th>b<tbody><tr><td>c<td><table><tr><td>d</table><tr><td>e</table>",
        "<p>a<div>b</div><p>c<ul><li>d</ul>",
        "<select><option>a<option>b</select><ruby>a<rt>b</ruby>",
        "<svg><path d='M0 0'/><g><use href='#a'/></g></svg>",
        "<style>a::before { content: '</b><i>' }</style><script>if (a<b) { '<p><b>' }</script><!-- <b> -->",
        "<a title='<b>' href=x/y>a</a><BR/><P>B</p>",
        "<p><b>a <i>b</i></b></p><hr><wbr>",
    ],
)
def test_accepts_tags_that_html_allows_to_stay_open(html):
    assert faults(html) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p><b>a</p>", ["<b> is never closed"]),
        ("<p>a<b>b<p>c", ["<b> is never closed"]),
        ("<div><section>a</section>", ["<div> is never closed"]),
        ("a</div>", ["</div> has no opening tag"]),
        ("<p><div>a</div></p>", ["</p> has no opening tag"]),
        ("<b><i>a</b></i>", ["<i> is never closed"]),
        ("<ul><li><em>a<li>b</ul>", ["<em> is never closed"]),
        ("<table><tr><td><span>a<td>b</table></td>", ["<span> is never closed", "</td> has no opening tag"]),
        ("<svg><g><path d='M0 0'></g></svg>", ["<path> is never closed"]),
        ("<div/>a<svg/>", ["<div> is never closed"]),
        ("<br></br>", ["</br> has no opening tag"]),
    ],
)
def test_finds_an_unbalanced_tag(html, found):
    assert faults(html) == found


def test_marks_only_the_tags_of_a_template_with_their_lines():
    source = """<p class="{{ '<a>' if x > 1 }}">
{# <b> #}{% set a = "<i>" %}<!-- <u> --><style>p > b {}</style>
<img alt="{{ a }}>"
  src="x">{{ "</p>" }}</p>"""
    marked = markup.marked(source, "a/b.html")
    assert (
        marked.replace("<!--@a/b.html:1-->", "").replace("<!--@a/b.html:3-->", "").replace("<!--@a/b.html:4-->", "")
        == source
    )
    assert [marked.count(f"<!--@a/b.html:{line}-->") for line in (1, 2, 3, 4)] == [1, 0, 1, 1]


def test_names_the_template_that_left_a_tag_open():
    html = "<!--@a:1--><div><!--@b:2--><div><!--@b:3--><p>x</p><!--@a:4--></div>"
    assert [fault.place for fault in markup.unbalanced(html)] == [("b", 2)]


HEAD = "<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody>"
FULL = "<tr><td>1</td><td>2</td><td>3</td></tr>"


def rows(body: str) -> list[tuple[int, int]]:
    """Return the columns of each uneven row, and those of the head."""
    messages = (each.message for each in markup.uneven_rows(f"{HEAD}{FULL}{body}</tbody></table>"))
    return [tuple(map(int, re.findall(r"\d+", message))) for message in messages]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<tr><td>1</td><td>2</td></tr>", (2, 3)),
        ('<tr><th scope="rowgroup" colspan="2">Theme</th></tr>', (2, 3)),
        ('<tr><td rowspan="2">1</td><td>2</td><td>3</td></tr><tr><td>2</td></tr>', (2, 3)),
        (f"{'<tr><td>1</td><td>2</td></tr>' * 4}", (2, 3)),
        ("<tr><td>1</td><td>2</td><td>3</td><td>4</td></tr>", (4, 3)),
        ("<tr><td>1</td><td><table><tr><td>in</td></tr></table></td></tr>", (2, 3)),
    ],
)
def test_finds_a_row_that_lacks_a_cell(body, expected):
    assert rows(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "", FULL, "<tr></tr>", '<tr><td colspan="2">1</td><td></td></tr>', "<tr><th colspan=3>All</th></tr>",
        '<tr><td rowspan="2">1</td><td>2</td><td>3</td></tr><tr><td>2</td><td>3</td></tr>',
        '<tr><td colspan="4">a slip that loses no column</td></tr>', "<!-- <tr><td>1</td></tr> -->",
        "<tr><td>1<td>2<td>3", '<tr><td>1</td><td title="</td> > <td>">2</td><td>3</td></tr>',
    ],
)  # fmt: skip
def test_accepts_rows_that_are_even(body):
    assert rows(body) == []


@pytest.mark.parametrize(
    "table", ["<table><tr><td>1</td></tr><tr><td>1</td><td>2</td></tr></table>", "<p>no table</p>", "<table></table>"]
)
def test_judges_no_table_without_a_usual_number_of_columns(table):
    assert markup.uneven_rows(table) == ()


def test_counts_the_columns_of_a_head_of_two_rows():
    head = '<thead><tr><th rowspan="2">A</th><th colspan="2">B</th></tr><tr><th>C</th><th>D</th></tr></thead>'
    assert markup.uneven_rows(f"<table>{head}{FULL}</table>") == ()
    [found] = markup.uneven_rows(f"<table>{head}{FULL}<tr><td>1</td><td>2</td></tr></table>")
    assert found.message == "a row of the table has 2 columns, and its head has 3"


def test_names_the_line_of_the_row():
    page = "<table><tr><td>1<td>2</tr><tr><td>1<td>2</tr><!--@a/b.html:7--><tr><!--@a/b.html:8--><td>1</tr></table>"
    [found] = markup.uneven_rows(page)
    assert found.place == ("a/b.html", 7)


HIDDEN = '<p class="told" aria-hidden="true">About <span data-field="asks.one.title">12 &amp; more people</span></p>'


def test_finds_words_that_nothing_says():
    [found] = markup.silenced(f"<h1>People</h1><!--@a/b.html:7-->{HIDDEN}")
    assert found.place == ("a/b.html", 7)
    assert found.message == "the text of a field is printed, but a screen reader passes over it"


@pytest.mark.parametrize(
    "said",
    [
        "<p>About 12 &amp; more people</p>", '<img alt="About 12 &amp; more people">',
        '<p aria-label="About 12 &amp; more people">12</p>',
    ],
)  # fmt: skip
def test_accepts_words_that_something_else_says(said):
    assert markup.silenced(HIDDEN + said) == ()


def test_hears_no_mark_that_keeps_a_line_whole():
    hidden = '<p aria-hidden="true" data-field="title">Anti-\u2060trafficking, long\u00ad\u200bwinded</p>'
    assert markup.silenced(f'{hidden}<h1 aria-label="Anti-trafficking, longwinded"></h1>') == ()
    assert markup.silenced(f'{hidden}<h1 aria-label="Anti trafficking, longwinded"></h1>') != ()


@pytest.mark.parametrize(
    "page", ["<p>text</p>", '<p aria-hidden="true">·</p>', '<img aria-hidden="true"><p data-field="title">Text</p>']
)
def test_accepts_marks_and_pictures(page):
    assert markup.silenced(page) == ()

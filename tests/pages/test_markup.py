"""Faults of a page's HTML, as WeasyPrint's parser sees them."""

import pytest

from briefpack.pages import markup, source_map


def faults(html: str) -> list[str]:
    return [fault.message for fault in markup.of_page(html)]


@pytest.mark.parametrize(
    "html",
    [
        "<!DOCTYPE html><html><head><title>a <b> b</title></head><body><p>a<br>b<img src='x>y'></body></html>",
        "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
        "<table><caption>a<thead><tr><th>b<tbody><tr><td>c<td><table><tr><td>d</table><tr><td>e</table>",
        "<svg><path d='M0 0'/><g><use href='#a'/></g></svg>",
        "<style>a::before { content: '</b><i>' }</style><script>if (a<b) { '<p><b>' }</script><!-- <b> -->",
    ],
)
def test_accepts_what_html_allows(html):
    assert faults(html) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p><b>a</p>", "<b> is never closed"),

        ("a</div>", "</div> has no opening tag"),

        ("<b><i>a</b></i>", "<i> is never closed"),
        ("<table><tr><td><span>a<td>b</table>", "<span> is never closed"),

        ("<div/>a<svg/>", "<div/> doesn't close the element"),
        ('<p class="a" class="b">c</p>', "a tag has the same attribute twice"),
        ('<h1 class="name>a</h1><p title="b">c</p>', "an attribute lacks a quotation mark or a space"),
        ("<table><p>a</p></table>", "<p> is in a table, but in none of its cells, so it would print above the table"),
        ("<a href='x'>a<a href='y'>b</a>", "a <a> is inside another"),
        ("<br></br>", "the page's HTML has a fault: unexpected end tag treated as br br element"),
    ],
)  # fmt: skip
def test_finds_what_the_parser_repairs(html, found):
    assert faults(f"<html><body>{html}</body></html>")[:1] == [found]


def test_marks_only_the_tags_of_a_template_with_their_lines():
    source = """<p class="{{ '<a>' if x > 1 }}">
{# <b> #}{% set a = "<i>" %}<!-- <u> --><h{{ a }}>
<img alt="{{ a }}>"
  src="x">{{ "</p>" }}</p>"""
    marked = source_map.marked(source, "a/b.html")
    assert [marked.count(f' {source_map.MARK}="a/b.html:{line}"') for line in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert source_map.MARKED.sub("", marked) == source


@pytest.mark.parametrize(
    ("html", "place"),
    [
        # A page that is included leaves a tag open, or closes one too many.
        (
            source_map.marked("<div>", "a")
            + source_map.marked("\n<div>\n<p>x</p>", "b")
            + source_map.marked("</div>", "a"),
            "b:2",
        ),
        (source_map.marked("<div>\n<p class='a' class='b'>\nx</p></div>", "a"), "a:2"),
        (source_map.marked('<div>\n<p class="a>\nx</p>\n<p class="b">x</p></div>', "a"), "a:2"),
    ],
)
def test_names_the_line_of_the_template_at_fault(html, place):
    assert [fault.place for fault in markup.of_page(f"<html><body>{html}</body></html>")][:1] == [place]

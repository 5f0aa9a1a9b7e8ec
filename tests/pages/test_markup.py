"""Unbalanced tags in a template's HTML, and tags that HTML allows to stay open."""

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
    assert [(fault.template, fault.line) for fault in markup.unbalanced(html)] == [("b", 2)]

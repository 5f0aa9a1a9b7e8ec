"""The space between two lines, which WeasyPrint drops and a screen reader needs."""

import re

import pypdfium2
import pytest

import heard
from briefpack.checks.read import page_objects
from printed import printed


def runs(body, css=""):
    """Return the runs of type of a page as they are drawn, each to its last space."""
    pdf = printed(f'<div style="width: 60pt; {css}">{body}</div>')
    page = pypdfium2.PdfDocument(pdf)[0]
    return [run.text for run in page_objects.read(page, page.get_textpage(), {}).runs]


@pytest.mark.parametrize(
    "body",
    [
        "<p>In one of two lines of text</p>",
        "<p>In <strong>one of two</strong> lines of text</p>",
        "<p>In one of <b>two</b> <i>lines of</i> text</p>",
        "<p>In one of two<br>lines of text</p>",
        '<p><span style="display: block">In one of two</span><span style="display: block">lines of text</span></p>',
        '<p><span style="float: left">In one of</span><span style="float: right">two lines</span> of text</p>',
    ],
)
def test_keeps_a_space_between_lines(body):
    assert " ".join("".join(runs(body)).split()) == "In one of two lines of text"


@pytest.mark.parametrize(
    "body", ["<p><b>over</b> <i>36</i></p>", '<p><b>over</b> <span style="margin-left: 9pt">36</span></p>']
)
def test_keeps_a_space_between_spans(body, tmp_path):
    """PDFium writes a space itself where there is a gap, so the tags are read by the fonts' own tables."""
    path = tmp_path / "spans.pdf"
    path.write_bytes(printed(body, patches=False))
    assert heard.words(path) == ["over36"]
    path.write_bytes(printed(body))
    assert heard.words(path) == ["over", "36"]


def test_adds_none_where_a_line_breaks_after_a_hyphen():
    assert re.split(r"[\x02-]", "".join(runs("<p>anti-trafficking</p>"))) == ["anti", "trafficking"]


def test_adds_none_within_a_hyphenated_word():
    text = "".join(runs('<p lang="en-GB">Representation of responsibilities</p>', "hyphens: auto"))
    assert "\u2010 " not in text
    assert "- " not in text


def test_ends_no_paragraph_with_a_space():
    assert runs("<p>End</p><p>Start</p>") == ["End", "Start"]

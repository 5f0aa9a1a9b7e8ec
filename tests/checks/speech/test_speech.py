"""What a screen reader says of a PDF, read from its tags."""

import io

import pikepdf
import pytest

from briefpack.checks import speech
from briefpack.problem import Problems
from printed import printed

BODY = """<h1>Two asks</h1><p style="width: 90pt">Fund <a href="#far">the whole of the long
programme</a> for three years.<a href="#note" aria-label="source 5">5</a></p>
<ul style="list-style: none"><li><span data-tag="Lbl">1</span><p>Say so</p></li><li><span data-tag="Lbl">•</span><p>Write</p></li></ul>
<table aria-label="All costs"><caption>In millions</caption><thead><tr><th>Ask</th><th>Cost</th></tr></thead><tbody><tr><td>Fund</td><td>5</td></tr></tbody></table>
<p>Say <span lang="tl">kumusta</span>.</p><img alt="A map" src="data:image/svg+xml;base64,{}">
<ul data-tag="TOC" style="list-style: none"><li data-tag="TOCI"><a href="#far">Far away</a> <span aria-label="page 2">2</span></li></ul>
<h2 id="far" style="break-before: page">Far away</h2><p id="note">A note.</p>"""
SVG = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiPjxwYXRoIGQ9Ik0wIDBoOXY5eiIvPjwvc3ZnPg=="


@pytest.fixture(scope="module")
def pdf():
    return printed(BODY.format(SVG))


def test_says_what_each_element_is(pdf):
    assert [*speech.lines(speech.heard(pdf))] == [
        "Title: T",
        "Language: en-AU",
        "— page 1 of 2 —",
        "Heading 1: Two asks",
        "Fund [link: the whole of the long programme; opens page 2] for three years.[link: source 5; opens page 2]",
        "List, 2 items",
        "  1: Say so",
        "  • Write",
        "Table, 2 rows, 2 columns: All costs",
        "  Caption: In millions",
        "  Header row: Ask; Cost",
        "  Row 2: Ask: Fund; Cost: 5",
        "Say [tl: kumusta].",
        "Picture: A map",
        "Contents, 1 entry",
        "  [link: Far away; opens page 2] page 2",
        "— page 2 of 2 —",
        "Heading 2: Far away",
        "A note.",
    ]


def test_says_one_page_alone(pdf):
    assert [*speech.lines(speech.heard(pdf), 2)] == ["— page 2 of 2 —", "Heading 2: Far away", "A note."]


def test_says_the_text_of_a_file_without_tags():
    lines = [*speech.lines(speech.heard(printed("<p>Only text.</p>", tagged=False)))]
    assert lines[2].startswith("This PDF has no tags")
    assert lines[-1] == "Only text."


def test_reads_a_tree_that_refers_to_itself(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        document = file.Root.StructTreeRoot.K[0]
        document.K.append(document)
        data = io.BytesIO()
        file.save(data)
    assert "Heading 1: Two asks" in [*speech.lines(speech.heard(data.getvalue()))]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file"),
        (b"", "this file is empty"),
        (b"text", "not a PDF"),
        (b"%PDF-1.7\n", "too damaged"),
    ],
)
def test_refuses_what_it_cannot_read(tmp_path, content, message):
    path = tmp_path / "some.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Problems, match=message):
        speech.read(path)

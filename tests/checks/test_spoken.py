"""What a screen reader says: links with names, words apart, and the order of the page."""

import io

import pikepdf
import pytest

from printed import judged, piece, printed

SITE = "https://walk.example/"


def changed(data: bytes, change) -> bytes:
    """Return a PDF after a change to its elements and annotations."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        elements = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        change(pdf, elements)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def link(text: str, href: str = SITE, more: str = "") -> str:
    return f'<p>See <a href="{href}" {more}>{text}</a>.</p>'


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (link("the survey"), None),
        (link("walk.example"), None),
        (link("5", more='aria-label="source 5"'), None),
        (link("long-term") + '<p id="long-term">Far away.</p>', None),
        (link("https://walk.example/a%20b"), 'is called "https://walk.example/a%20b"'),
        (link("walk.example/reports/2024/final-report.pdf"), 'is called "walk.example/reports/2024/final-report.p…"'),
        (link("5", "#one", 'aria-label="piece:one"') + '<p id="one">One.</p>', 'is called "piece:one"'),
    ],
)
def test_finds_a_link_without_a_name(body, message):
    found = judged("link-name", piece(body))
    assert bool(found) is (message is not None)
    assert message is None or message in found[0]


def test_finds_a_link_without_a_description():
    def undescribed(pdf, _):
        for each in pdf.pages[0].Annots:
            del each.Contents

    data = changed(piece(link("one") + link("two")), undescribed)
    assert judged("link-name", data) == ["a link has no description, and 1 more link"]


def test_finds_a_link_in_no_tag():
    hidden = f'<div aria-hidden="true">{link("one")}</div>'
    assert judged("link-name", piece(hidden + link("two"))) == ["a link is in no tag"]
    assert judged("link-name", piece(link("two"))) == []


def unpatched(body: str) -> bytes:
    """Return a piece as WeasyPrint alone makes it, without our repairs of its tags."""
    return printed(f"<h1>A heading</h1>{body}", patches=False)


@pytest.mark.parametrize(
    "body",
    [
        '<p style="width: 30pt">Per head</p>',
        "<p>un<b>believ</b>able</p>",
        '<p style="width: 40pt">trauma-informed</p>',
        '<p style="width: 25pt">和平和平和平</p>',
        f"<p>It was 2014<sup style='font-size: 60%'><a href='{SITE}'>5</a></sup></p>",
    ],
)
def test_reads_words_apart(body):
    assert judged("words-apart", piece(body)) == []


@pytest.mark.parametrize(
    "word", ["counterrevolutionary", "counter-\u2060revolutionary-\u2060cost", "counter\u00adrevolutionary"]
)
def test_reads_a_word_that_breaks_anywhere_as_its_html_has_it(word):
    body = f'<p style="width: 90pt; overflow-wrap: anywhere; hyphens: none">a\u00a0{word}</p>'
    assert judged("words-apart", piece(body), body) == []
    assert judged("words-apart", piece(body), "<p>words apart</p>")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<p style="width: 30pt">Per head</p>', '"Per" and "head"'),
        ("<p>One<br>two</p>", '"One" and "two"'),
        ("<p>It was 2014<sup style='font-size: 60%'>5</sup></p>", '"2014" and "5"'),
    ],
)
def test_finds_words_that_run_together(body, words):
    assert judged("words-apart", unpatched(body)) == [f"{words} are read as one word"]


PLACED = '<div style="position: absolute; top: {}pt; left: {}pt; width: 100pt"><p>{}</p></div>'


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ([(40, 0, "One"), (80, 0, "Two"), (120, 0, "Three")], None),
        ([(40, 200, "One"), (80, 200, "Two"), (40, 0, "Three"), (80, 0, "Four")], None),
        ([(80, 0, "One"), (40, 0, "Two")], '"Two" is above "One"'),
        ([(80, 0, "One"), (60, 200, "Two"), (40, 0, "Three")], '"Three" is above "One"'),
    ],
)
def test_finds_text_that_is_read_after_text_below_it(places, message):
    found = judged("reading-order", piece("".join(PLACED.format(*place) for place in places)))
    assert found == ([] if message is None else [f"{message} on the page, but is read after it"])


def test_leaves_text_alone_that_its_page_moves():
    one, two, three = (PLACED.format(top, 0, f'<span id="n{top}">{top}</span>') for top in (80, 120, 40))
    assert judged("reading-order", piece(one + two + three)) != []
    moved = three.replace("<div", '<div data-read="last"')
    assert judged("reading-order", piece(f"<section>{moved}{one}{two}</section>")) == []
    # What it doesn't move is judged in the same order.
    assert judged("reading-order", piece(f"<section>{one}{two}{three}</section>")) != []


def test_finds_a_paragraph_without_words():
    def silence(_, elements):
        (paragraph,) = (each for each in elements if each.S == "/P")
        paragraph.ActualText = pikepdf.String(" ")

    assert judged("empty-element", changed(piece("<p>Text.</p>"), silence)) == ["a P has no words"]
    cells = "<table><tr><th>Year</th><td></td></tr></table>"
    assert judged("empty-element", piece(f'{cells}<p><img alt="A map" src="{DOT}"></p>')) == []


DOT = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
)

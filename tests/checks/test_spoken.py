"""What a screen reader says: links with names, words apart, labelled lists, and the order of the page."""

import io

import pikepdf
import pytest

from briefpack import checks
from briefpack.plan import Expected
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


LONG = '<p style="width: 90pt">See <a href="https://walk.example/">all that the long survey found</a> now.</p>'


def unpatched(body: str) -> bytes:
    """Return a piece as WeasyPrint alone makes it, without our repairs of its tags."""
    return printed(f"<h1>A heading</h1>{body}", patches=False)


def test_takes_a_link_over_several_lines_as_one():
    assert judged("one-link", piece(LONG)) == []


def test_finds_a_link_that_is_read_as_two():
    assert judged("one-link", unpatched(LONG)) == ['"all that the" and "long survey found" are one link, but two tags']


def test_two_links_to_one_place_are_two():
    assert judged("one-link", piece(link("one") + link("two"))) == []


def test_finds_a_link_without_an_area():
    flat = link("5", more='style="line-height: 0"')
    assert judged("one-link", unpatched(flat)) == [f'the link "{SITE}" has no area that can be clicked']
    assert judged("one-link", piece(flat)) == []


def test_finds_a_link_in_no_tag():
    def loosen(pdf, _):
        del pdf.pages[0].Annots[0].StructParent

    assert judged("one-link", changed(piece(link("one")), loosen)) == ["a link is in no tag"]


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


NUMBERED = '<ul style="list-style: none"><li><span {}>1</span> Say so</li><li><span {}>2</span> Write</li></ul>'
LABEL = 'data-tag="Lbl"'


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<ul><li>Say so</li><li>Write</li></ul>", None),
        ('<ul style="list-style: none"><li>Say so</li><li>Write</li></ul>', None),
        ('<style>li::before { content: "– " }</style><ul style="list-style: none"><li>Say so</li></ul>', None),
        (NUMBERED.format(LABEL, LABEL), None),
        (NUMBERED.format("", ""), "has its bullet or number in its body, not in a label"),
        (NUMBERED.format(LABEL, ""), "has no label, and others of its list do"),
    ],
)
def test_finds_the_bullet_or_number_of_an_item_without_a_label(body, fault):
    found = judged("list-labels", piece(body))
    assert bool(found) is (fault is not None)
    assert fault is None or fault in found[0]


def test_finds_an_item_without_a_body():
    def empty(_, elements):
        for each in elements:
            if each.S == "/LBody":
                each.S = pikepdf.Name.Span

    found = judged("list-labels", changed(piece("<ul><li>Say so</li></ul>"), empty))
    assert len(found) == 1
    assert "has no body" in found[0]


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


NOTED = '<p>It was 2014<sup style="font-size: 60%">{}</sup>.</p><p id="n">The note.</p>'
FOOT = "<p>Text<span class='note'>A note of the page.</span> with a note.</p>"


def test_takes_a_number_that_is_spoken_as_a_notes():
    linked = '<a href="#n" aria-label="note 5">5</a>'
    assert judged("note-links", piece(NOTED.format(linked))) == []
    assert judged("note-links", piece("<p>10<sup style='font-size: 60%'>th</sup> and H2O</p>")) == []


def test_finds_the_number_of_a_note_that_is_read_as_digits():
    message = 'the number "5" of a note is read as digits alone'
    assert judged("note-links", piece(NOTED.format("5"))) == [message]
    assert judged("note-links", piece(NOTED.format('<a href="#n">5</a>'))) == [message]


def noted(change=lambda _, __: None) -> list[str]:
    """Return what the check finds in a piece with a footnote, after a change."""
    css = "} .note::footnote-call { font-size: 60%; vertical-align: 0.5em "
    data = printed(f"<h1>A heading</h1>{FOOT}", css)
    return judged("note-links", changed(data, change))


def named(elements, kind: str) -> list:
    return [each for each in elements if kind == each.S]


def test_takes_a_footnote_with_its_number_and_its_id():
    assert noted() == []


def test_finds_a_note_without_a_number_an_id_or_a_mark():
    def unnumbered(_, elements):
        for each in named(elements, "/Lbl"):
            each.S = pikepdf.Name.Span

    def unidentified(_, elements):
        for each in named(elements, "/Note"):
            del each.ID

    def misnumbered(_, elements):
        for each in named(elements, "/Lbl"):
            each.ActualText = pikepdf.String("7")

    found = [noted(change) for change in (unnumbered, unidentified, misnumbered)]
    faults = ("has no number in a label", "has no id of its own", "is numbered 7, which is nowhere on its page")
    assert [message.endswith(fault) for (message,), fault in zip(found, faults, strict=True)] == [True, True, True]


def test_finds_a_link_that_leads_nowhere_in_a_finished_file():
    data = piece(link("the other piece", "#far") + '<p id="far">Far away.</p>')

    def lose(pdf, _):
        pdf.pages[0].Annots[0].Dest = pikepdf.String("nowhere")

    problems = checks.file(changed(data, lose), Expected(), "f.pdf")
    (message,) = [problem.text for problem in problems if problem.check == "note-links"]
    assert message == 'note-links: page 1: the link "the other piece" leads nowhere'
    assert not [problem for problem in checks.file(data, Expected(), "f.pdf") if problem.check == "note-links"]


def test_finds_an_element_that_holds_nothing():
    def empty(pdf, elements):
        (paragraph,) = named(elements, "/P")
        caption = {"Type": pikepdf.Name.StructElem, "S": pikepdf.Name.Caption, "P": paragraph, "Pg": pdf.pages[0].obj}
        paragraph.K.append(pdf.make_indirect(pikepdf.Dictionary(**caption)))

    assert judged("empty-element", piece("<p>Text.</p>")) == []
    assert judged("empty-element", changed(piece("<p>Text.</p>"), empty)) == ["a Caption holds nothing"]


CONTENTS = '<div data-tag="TOC"><p data-tag="TOCI"><span data-tag="Reference">One</span></p></div>'


def test_finds_a_paragraph_without_words():
    def silence(_, elements):
        (paragraph,) = named(elements, "/P")
        paragraph.ActualText = pikepdf.String(" ")

    assert judged("empty-element", changed(piece("<p>Text.</p>"), silence)) == ["a P has no words"]
    cells = "<table><tr><th>Year</th><td></td></tr></table>"
    assert judged("empty-element", piece(f'{cells}<p><img alt="A map" src="{DOT}"></p>')) == []


@pytest.mark.parametrize(
    ("html", "kind", "item"),
    [("<ul><li>One</li></ul>", "L", "LI"), (CONTENTS, "TOC", "TOCI")],
    ids=["list", "contents"],
)
def test_finds_a_list_without_items_of_its_own(html, kind, item):
    def put_deeper(pdf, elements):
        [outer] = named(elements, f"/{kind}")
        inner = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=outer.S, P=outer, K=outer.K))
        for each in outer.K:
            assert str(each.S) == f"/{item}"
            each.P = inner
        outer.K = pikepdf.Array([inner])

    assert judged("empty-element", piece(html)) == []
    assert judged("empty-element", changed(piece(html), put_deeper)) == [f"a {kind} has no item directly in it"]


DOT = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
)


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("<section><h2>One</h2><p>Text.</p></section>", None),
        ("<section><p>A kicker</p><h2>One</h2><p>Text.</p></section>", None),
        ("<section><p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p></section>", "One."),
        ("<section><h2>One</h2><section><p>Two.</p></section></section>", "Two."),
        ("<div><p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p></div>", None),
    ],
)
def test_finds_a_part_without_a_heading(body, first):
    found = judged("heading-per-part", piece(body))
    assert bool(found) is (first is not None)
    assert first is None or found[0].startswith(f'the part that begins "{first}')

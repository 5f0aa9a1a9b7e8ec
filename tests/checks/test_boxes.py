"""The boxes of a finding are where its words, its picture or its gap are on the finished page."""

import base64
import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from briefpack import build, checks, output
from briefpack.checks import places
from briefpack.checks.read.finished import Finished
from briefpack.geometry import Rectangle
from briefpack.layout.editions import BUILT_IN
from briefpack.plan import Expected
from briefpack.problem import Problem
from printed import printed

LETTERS_PT = 4.0
"""How much smaller the letters of a word may be than the box of its type."""


def where(data: bytes, page: int, words: str) -> list[Rectangle]:
    """Return where a page has some words, from the bottom left corner of its media box."""
    with pypdfium2.PdfDocument(data) as pdf:
        left, bottom, *_ = pdf[page - 1].get_mediabox()
        letters = pdf[page - 1].get_textpage()
        searcher, boxes = letters.search(words, match_case=True), []
        while found := searcher.get_next():
            boxes += [letters.get_rect(index) for index in range(letters.count_rects(*found))]
        return [Rectangle(*box).moved(-left, -bottom) for box in boxes]


def fits(box: Rectangle, words: list[Rectangle]) -> bool:
    """Return whether a box is around one of some words, and no larger than its letters allow."""
    return any(word.within(box, 0.7) and box.within(word, LETTERS_PT) for word in words)


def found(data: bytes, check: str, edition: str = "screen", **expected) -> Problem:
    """Return the problem that a check finds in a file."""
    problems = checks.file(data, Expected(BUILT_IN[edition], **expected), "f.pdf")
    return next(problem for problem in problems if problem.check == check)


def png(px: int) -> str:
    buffer = io.BytesIO()
    Image.new("RGB", (px, px), "#224466").save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


SMALL = '<p>Words of a good size</p><p style="font-size: 4pt">Tiny</p><p style="font-size: 5pt">Small words</p>'
FAINT = '<p style="color: #888">Grey words</p><p style="color: #bbb">Pale words</p>'
UNDER = """<p>Under a box</p><p>Over it</p>
<div style="position: absolute; left: 0; top: 0; width: 80mm; height: 15pt; background: #fff"></div>"""
HIDDEN = '<p>In sight</p><div style="height: 1px; overflow: hidden; padding-top: 20pt"><p>Behind the box</p></div>'
UPWARDS = '<p style="position: absolute; top: 60mm">Lower</p><p style="position: absolute; top: 20mm">Higher</p>'

WORDS = {
    "type-size": (SMALL, 1, ["Tiny", "Small words"]),
    "contrast": (FAINT, 1, ["Pale words", "Grey words"]),
    "words-lost: covered": (UNDER, 1, ["Under a box"]),
    "words-lost: clipped": (HIDDEN, 1, ["Behind the box"]),
    "placeholder-left": ("<p>The cost is TODO, for TKTK people.</p>", 1, ["TODO", "TKTK"]),
    "reading-order": (UPWARDS, 1, ["Higher", "Lower"]),
    "headings: level": ("<h1>Title</h1><h4>Far below</h4>", 1, ["Far below"]),
}


@pytest.mark.parametrize("case", WORDS)
def test_boxes_words(case):
    body, page, words = WORDS[case]
    data = printed(body, patches="scope" not in case)
    problem = found(data, case.partition(":")[0])
    assert problem.page == page
    assert len(problem.boxes) == len(words)
    for box, each in zip(problem.boxes, words, strict=True):
        assert fits(box, where(data, page, each)), each


def test_boxes_a_link_whose_address_is_not_printed():
    data = printed(
        '<p style="break-after: page">One</p><p>Read <a href="https://walk.example/report">the report</a>.</p>'
    )
    problem = found(data, "links-alive-on-paper", "home")
    assert (problem.page, problem.text.split(": ")[1]) == (2, "page 2")
    assert fits(problem.boxes[0], where(data, 2, "the report"))


def test_boxes_a_figure_without_alternative_text():
    figure = f'<img alt="A bridge" src="{png(300)}" style="position: absolute; left: 20pt; top: 50pt; width: 60pt">'
    with pikepdf.Pdf.open(io.BytesIO(printed(f"<p>Text</p>{figure}"))) as pdf:
        for item in pdf.objects:
            if isinstance(item, Dictionary) and item.get("/S") == Name.Figure:
                del item["/Alt"]
        data = io.BytesIO()
        pdf.save(data)
    problem = next(
        each
        for each in checks.file(data.getvalue(), Expected(), "f.pdf")
        if each.text == "tags: page 1: a figure has no alternative text"
    )
    assert problem.boxes == (pytest.approx((92, 842 - 72 - 110, 152, 842 - 72 - 50), abs=0.5),)


def test_boxes_words_that_belong_elsewhere():
    body = "<p>Nothing here</p><div style='break-before: page'><p>Oxmoor</p><p>Harbour</p><p>Far Hill</p></div>"
    data = printed(body)
    with pypdfium2.PdfDocument(data) as pdf:
        opened = Finished(pdf, Expected(), data=data)
        assert places.first(opened, "far hill") == (2, places.words(opened, 2, "Far Hill"))
        assert places.first(opened, "another seat") == places.NOWHERE


LONG = "Some words that go on and on. " * 30


def _at_the_foot(lines: int, body: str) -> str:
    """Return a page with room for that many lines of a body."""
    room = 842 - 144 - 15.4 * lines - 5
    return f'<div style="height: {room}pt"></div><div style="widows: 1; orphans: 1">{body}</div>'


@pytest.mark.parametrize(
    ("body", "check", "words"),
    [
        (_at_the_foot(1, f"<p>{'Some words ' * 25}end here.</p>"), "widow-or-orphan", "Some words Some words"),
        (_at_the_foot(2, f'<h2 style="font-size: 11pt; break-after: auto">The costs</h2><p>{LONG}</p>'), "stranded-heading", "The costs"),
    ],
)  # fmt: skip
def test_boxes_the_line_at_a_bad_break(body, check, words):
    data = printed(body)
    problem = found(data, check)
    assert problem.page == 1
    assert any(word.within(problem.boxes[0], 0.7) for word in where(data, 1, words))
    assert problem.boxes[0].height < 20


FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def press_file(content: str) -> bytes:
    """Return a page of 100 × 200 pt for a press, on a sheet 30 pt larger on each side."""
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(160, 260))
    page = pdf.pages[0]
    page.MediaBox, page.TrimBox, page.BleedBox = [-30, -30, 130, 230], [0, 0, 100, 200], [-10, -10, 110, 210]
    page.Contents = pdf.make_stream(content.encode())
    page.obj.Resources = Dictionary(Font=Dictionary(F=FONT))
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


GOOD = "0 0 0 1 k BT /F 8 Tf 10 150 Td (Black words) Tj ET BT /F 8 Tf 10 130 Td () Tj ET "


@pytest.mark.parametrize(
    ("content", "check", "box"),
    [
        ("1 0 0 rg 20 40 30 10 re f", "rgb-in-press", (50, 70, 80, 80)),
        ("0.9 0.8 0.7 0.9 k 20 40 30 10 re f", "ink-limit", (50, 70, 80, 80)),
        ("0.1 w 20 40 m 50 40 l S 0.2 w 20 60 m 50 60 l S", "hairline", (50, 70, 80, 70)),
        ("0 0 0 1 k 0 40 50 10 re f", "bleed-art", (30, 70, 80, 80)),
    ],
)
def test_boxes_marks_from_the_corner_of_the_sheet(content, check, box):
    assert found(press_file(GOOD + content), check, "press").boxes[0] == pytest.approx(box)


# ---- Pieces in their document.

SMALL_IN_EACH = {
    "layouts/tiny/panel.css": (".panel p { margin: 0; }", ".panel p { margin: 0; font-size: 5pt; }"),
    "layouts/tiny/running.css": ("font-size: var(--size-note); line-height: 6mm", "font-size: 5pt; line-height: 6mm"),
    "layouts/tiny/pack.css": ("@page {", ".part h2 { font-size: 5pt } @page {"),
}


@pytest.mark.part(name="builds", beyond=1)
@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("edition", ["screen", "press"])
def test_boxes_of_a_piece_are_where_the_document_has_it(project, edit, monkeypatch, edition):
    """The check only warns here, so that the documents are finished and can be read."""
    warned = [replace(each, severity="warning") for each in checks.CHECKS]
    monkeypatch.setattr(checks, "CHECKS", warned)
    for path, change in SMALL_IN_EACH.items():
        edit(path, *change)
    report = build.run(output.Request(project, "tiny", "tiny", project.root / "out", edition))
    problems = [each for each in report.problems if each.check == "type-size"]
    names = {each.text.split(": ")[3] for each in problems}
    assert {"local-panel", "foot", "folio", "body"} <= names
    for problem in problems:
        [document] = [path for path in report.made if Path(path).stem == problem.text.split(": ")[2]]
        [quoted] = re.findall(r'"(.*?)…?" is set', problem.text)
        places = where((report.folder / document).read_bytes(), problem.page, quoted)
        assert fits(problem.boxes[0], places), problem.text

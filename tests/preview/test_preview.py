"""A preview shows a document, keeps it up to date, and leads from a word to the line that it is written in."""

import json
import time
from dataclasses import replace
from urllib.parse import urlsplit

import pypdfium2 as pdfium

from briefpack import build, pool
from briefpack.build import origins
from briefpack.output import Inputs, Request
from briefpack.pages import PageOf
from briefpack.preview import Session
from previews import BRIEF, MOST_SECONDS


def test_shows_an_edit_and_leaves_nothing_for_a_build_to_do(preview):
    before = preview.session.shown
    preview.edit("Crossings keep children safe", "Crossings save children")
    after = preview.until(lambda shown: shown.pages.key != before.pages.key)
    assert after.pages.sizes == before.pages.sizes
    report = build.run(replace(preview.session.request, jobs=1))
    assert report.made == () == report.failed
    file = preview.session.request.folder / after.choice.document
    assert file.read_bytes() == after.view.data


def test_numbers_a_document_right_whatever_its_numbers_were_before_an_edit(project):
    layout = project.root / "layouts/tiny"
    for name, old, new in (
        ("layout.yaml", "page: tiny/sources.html", "page: tiny/sources.html, lists_pages: true"),
        ("ask.html", "<h2", '<h2 id="{{ ask.id }}"'),
        (
            "sources.html",
            "<h2>Sources</h2>",
            "<h2>Sources</h2>{% for id in page_of %}<p>On {{ page_of[id] }}</p>{% endfor %}",
        ),
    ):
        text = (layout / name).read_text()
        assert old in text
        (layout / name).write_text(text.replace(old, new, 1))
    [begun] = build.begin([Inputs.read(Request(project, "tiny", "tiny", project.root / "out", jobs=1))])
    path = begun.planned.documents[0].path
    with pool.kept() as stay:
        [fresh] = build.view(begun, [path], nothing, stay)
        right = fresh.outcome.numbering
        wrong = replace(right, page_of=PageOf.fromkeys(right.page_of, 2))
        assert right.page_of != wrong.page_of
        for before, is_likely in ((right, True), (wrong, False)):
            [again] = build.view(begun, [path], nothing, stay, [replace(fresh.outcome, numbering=before)])
            assert again.data == fresh.data
            assert again.outcome.numbering.likely == is_likely


def nothing(*_):
    """Report no progress."""


def test_keeps_the_last_pages_while_the_brief_is_broken(preview):
    before = preview.session.shown
    preview.edit("period: Over one year", "perid: Over one year")
    broken = preview.until(lambda shown: shown.old)
    assert broken.pages is before.pages
    [problem] = [each for each in broken.problems if not each.warning]
    assert (problem.path, "perid" in problem.text) == (BRIEF, True)


def test_shows_the_proof_of_a_document_that_a_check_refuses(preview):
    preview.session.choose(preview.session.shown.choice._replace(document=LEAVE_BEHIND))
    preview.until(lambda shown: shown.choice.document == LEAVE_BEHIND)
    preview.edit("A small fund would build", "A small fund would build " + "every kind of crossing and " * 200)
    shown = preview.until(lambda shown: any(not each.warning for each in shown.problems))
    assert not shown.old
    assert shown.view.outcome.failed
    assert "PROOF" in pdfium.PdfDocument(shown.view.data)[0].get_textpage().get_text_range()


LEAVE_BEHIND = "national/national-leave-behind-crossing-fund.pdf"


def test_shows_another_document_and_another_place(preview):
    choice = preview.session.shown.choice._asdict()
    place = preview.session.shown.electorates[0].key
    assert preview.ask("show", "POST", {**choice, "electorate": place})[0] == 204
    shown = preview.until(lambda shown: shown.choice.electorate == place)
    assert shown.choice.document == f"{place}/{place}-pack.pdf"
    assert preview.ask("show", "POST", {**choice, "layout": "none"})[0] == 400
    assert preview.ask("show", "POST", {"document": "x"})[0] == 400


def test_shows_a_page_of_every_electorate(preview):
    choice = preview.session.shown.choice._asdict()
    assert preview.ask("show", "POST", {**choice, "sheet": 1})[0] == 204
    shown = preview.until(lambda shown: shown.sheet)
    assert [each.electorate for each in shown.sheet] == [each.key for each in shown.electorates]
    pictures = {each.picture.key for each in shown.sheet}
    assert len(pictures) == len(shown.sheet)
    status, picture = preview.ask(f"tile/{pictures.pop()}")
    assert (status, picture[:4]) == (200, b"\x89PNG")
    assert preview.ask("tile/unknown")[0] == 404
    assert preview.ask("show", "POST", {**choice, "sheet": "1"})[0] == 400


def test_lists_the_facts_that_a_sheet_may_be_sorted_by(preview):
    [values, *_] = json.loads(preview.ask("facts")[1]).values()
    assert set(values) <= {each.key for each in preview.session.shown.electorates}


def test_leads_from_a_word_to_its_line(preview):
    assert preview.written("drivers slow", 2) == (BRIEF, "drivers slow down for it.", "glance.standfirst")
    # A note, whose words a template has put together.
    page = len(preview.session.shown.pages.sizes)
    assert preview.written("Example Road Institute", page)[1].startswith("Example Road Institute")


def test_leads_from_a_chart_and_a_figure_to_their_lines(preview):
    pages = range(1, len(preview.session.shown.pages.sizes) + 1)
    document = pdfium.PdfDocument(preview.session.shown.view.data)
    [page, *_] = [each for each in pages if "A crossing is built" in document[each - 1].get_textpage().get_text_range()]
    path, words, field = preview.written("A crossing is built", page)
    assert (path, words, field) == (BRIEF, "A crossing is built, strong: yes}", "charts.kim-timeline.rows[1].label")


def test_leads_from_words_that_a_template_prints_to_the_brief(preview):
    # The whole of a title, and a large number by its caption.
    assert preview.written("Safe crossings", 1)[1:] == ("Safe crossings", "title")
    path, words, field = preview.written("800", 2)
    assert (path, field.rpartition(".")[2]) == (BRIEF, "caption"), words
    # A note at the foot of the text that calls it.
    assert preview.written("Council", 2)[1].startswith("Council")


def test_lists_the_texts_of_a_page(preview):
    shown = preview.session.shown
    _, found = preview.ask(f"texts/{shown.pages.key}/2")
    texts = {each["field"]: each["words"] for each in json.loads(found)}
    assert texts["glance.standfirst"] == "A crossing costs little, and drivers slow down for it."


def test_draws_margins_slots_and_the_reading_order_over_a_page(preview):
    shown = preview.session.shown
    overlays = json.loads(preview.ask(f"overlays/{shown.pages.key}/2")[1])
    [area] = [each for each in overlays if each["kind"] == "area"]
    blocks = [each for each in overlays if each["kind"] == "block"]
    width, height = shown.pages.sizes[1]
    left, bottom, right, top = area["box"]
    assert 0 < left < right < width
    assert 0 < bottom < top < height
    assert area["label"].endswith("mm free")
    assert 8 < area["leading_pt"] < 20
    assert blocks[0]["label"] == "1 H2"
    assert all(left - 1 < each["box"][0] and each["box"][2] < right + 1 for each in blocks)
    assert {each["label"] for each in overlays if each["kind"] == "slot"} == {"folio", "foot"}


def test_finds_where_a_line_prints(preview):
    view = preview.session.shown.view
    lines = (preview.project.root / BRIEF).read_text().splitlines()
    [standfirst] = [number for number, line in enumerate(lines, 1) if "A crossing costs little" in line]
    found = origins.line(view, BRIEF, standfirst)
    assert (found.line, found.page) == (standfirst, 2)
    assert origins.line(view, BRIEF, 1) is None
    assert origins.line(view, "briefs/another.yaml", standfirst) is None


def test_begins_with_the_document_that_prints_a_line(preview):
    session = preview.session
    lines = (preview.project.root / BRIEF).read_text().splitlines()
    [request] = [number for number, line in enumerate(lines, 1) if "A small fund would build" in line]
    another = Session(session.request, (BRIEF, request))
    another.start()
    shown, end = another.shown, time.monotonic() + MOST_SECONDS
    while not shown.target and time.monotonic() < end:
        shown = another.after(shown.number, 1.0) or another.shown
    assert (shown.target.line, shown.target.page) == (request, 1)
    assert shown.choice.document == LEAVE_BEHIND
    another.choose(shown.choice._replace(document=preview.begun.choice.document))
    while another.shown.target and time.monotonic() < end:
        another.after(another.shown.number, 1.0)
    another.close()
    assert another.shown.target is None, "the place is of the document that printed it"


def test_draws_a_page_and_names_its_pixels(preview):
    key = preview.session.shown.pages.key
    status, picture = preview.ask(f"page/{key}/1?width=300")
    assert (status, picture[:4]) == (200, b"\x89PNG")
    assert preview.ask(f"page/{key}/99?width=300")[0] == 404
    assert preview.ask(f"page/{key}/1?width=99999")[0] == 400
    assert preview.ask("page/of-before-the-edit/1?width=300")[0] == 404


def test_answers_only_its_own_page(preview):
    port = urlsplit(preview.server.address).port
    assert preview.ask("")[0] == 200
    assert preview.ask("", host=f"localhost:{port}")[0] == 200
    assert preview.ask("", host=f"attacker.example:{port}")[0] == 403
    assert preview.ask("", origin="http://attacker.example")[0] == 403
    assert preview.ask("", sec_fetch_site="cross-site")[0] == 403
    assert preview.ask("../")[0] == 404
    assert preview.ask("../guessed/")[0] == 404
    assert preview.ask("../../pyproject.toml")[0] == 404
    assert preview.ask("preview.py")[0] == 404

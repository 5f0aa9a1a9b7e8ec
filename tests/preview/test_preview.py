"""A preview shows a document, keeps it up to date, and leads from a word to the line that it is written in."""

import contextlib
import http.client
import json
import threading
import time
from dataclasses import replace
from urllib.parse import urlsplit

import pypdfium2 as pdfium
import pytest

from briefpack import build
from briefpack.output import Request
from briefpack.preview import Server, Session
from isles import copy_isles

BRIEF = "briefs/tiny/brief.yaml"
MOST_SECONDS = 60
"""A test that waits so long has failed."""


class Preview:
    """A preview of a copy of the sample, in threads of this process."""

    def __init__(self, folder):
        self.project = copy_isles(folder)
        request = Request(self.project, "tiny", "tiny", folder / "out", jobs=1)
        self.session = Session(request)
        self.server = Server(self.session)
        self.serving = threading.Thread(target=self.server.run)
        self.session.start()
        self.serving.start()

    def close(self):
        self.session.close()
        self.serving.join()

    def ask(self, path, method="GET", body=None, **headers):
        """Return the status and the body of the answer to a request, below the preview's own address."""
        address = urlsplit(self.server.address)
        connection = http.client.HTTPConnection(address.hostname, address.port)
        connection.putrequest(method, address.path + path, skip_host="host" in headers)
        data = json.dumps(body).encode() if body else b""
        for name, value in {**headers, "content-length": str(len(data))}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders(data)
        with contextlib.closing(connection), connection.getresponse() as answer:
            return answer.status, answer.read()

    def until(self, right):
        """Wait until what is shown is up to date and right, and return it."""
        shown, end = self.session.shown, time.monotonic() + MOST_SECONDS
        while not (right(shown) and not shown.busy):
            assert time.monotonic() < end, shown
            shown = self.session.after(shown.number, 1.0) or self.session.shown
        return shown

    def edit(self, old, new):
        file = self.project.root / BRIEF
        text = file.read_text()
        assert old in text
        self.write(file, text.replace(old, new))

    def write(self, file, text):
        """Write a file as an editor does: nobody reads a half of it."""
        new = file.with_suffix(".new")
        new.write_text(text)
        new.replace(file)

    def written(self, words, page):
        """Return where the preview says that words on a page are written: a path, the words there, and the field."""
        shown = self.session.shown
        text = pdfium.PdfDocument(shown.view.data)[page - 1].get_textpage()
        index, _ = text.search(words).get_next()
        left, bottom, right, top = text.get_charbox(index)
        query = f"?x={(left + right) / 2}&y={(bottom + top) / 2}"
        _, found = self.ask(f"written/{shown.pages.key}/{page}{query}")
        place = json.loads(found)
        line = (self.project.root / place["path"]).read_text().splitlines()[place["line"] - 1]
        return place["path"], line[place["column"] - 1 :], place["field"]


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    preview = Preview(tmp_path_factory.mktemp("preview") / "project")
    preview.begun = preview.until(lambda shown: shown.view)
    yield preview
    preview.close()


@pytest.fixture(autouse=True)
def unedited(preview):
    file = preview.project.root / BRIEF
    text = file.read_text()
    yield
    preview.write(file, text)
    preview.session.choose(preview.begun.choice)
    preview.until(lambda shown: shown.pages.key == preview.begun.pages.key and not shown.old)


def test_shows_an_edit_and_leaves_nothing_for_a_build_to_do(preview):
    before = preview.session.shown
    preview.edit("Crossings keep children safe", "Crossings save children")
    after = preview.until(lambda shown: shown.pages.key != before.pages.key)
    assert after.pages.sizes == before.pages.sizes
    report = build.run(replace(preview.session.request, jobs=1))
    assert report.made == () == report.failed
    file = preview.session.request.folder / after.choice.document
    assert file.read_bytes() == after.view.data


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


def test_lists_the_texts_of_a_page(preview):
    shown = preview.session.shown
    _, found = preview.ask(f"texts/{shown.pages.key}/2")
    texts = {each["field"]: each["words"] for each in json.loads(found)}
    assert texts["glance.standfirst"] == "A crossing costs little, and drivers slow down for it."


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

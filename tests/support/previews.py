"""A preview of a copy of the sample, as tests ask it."""

import contextlib
import http.client
import json
import threading
import time
from urllib.parse import urlsplit

import pypdfium2 as pdfium

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

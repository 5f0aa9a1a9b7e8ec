"""`briefpack check --links`: the addresses that a brief prints are requested, and those that fail are named."""

import http.server
import json
import socket
import ssl
import threading

import pytest

from briefpack.brief import links
from briefpack.brief.links import Answer
from briefpack.text import yaml_lines

pytestmark = pytest.mark.usefixtures("warm")

ERROR = {"404": 404, "410": 410, "403": 403, "429": 429, "500": 500}


class Server(http.server.BaseHTTPRequestHandler):
    """A server whose pages answer as their names say."""

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        name = self.path.strip("/")
        self.server.heard.append((self.command, self.path, self.headers["User-Agent"]))
        if name == "slow":
            self.server.waiting.wait(60)
        if name == "moved":
            self.send_response(301)
            self.send_header("Location", "/here")
        elif name == "only-get" and self.command == "HEAD":
            self.send_response(405)
        else:
            self.send_response(ERROR.get(name, 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    served.heard, served.waiting = [], threading.Event()
    threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield served
    served.waiting.set()
    served.shutdown()
    served.server_close()


@pytest.fixture
def site(server):
    return f"http://127.0.0.1:{server.server_address[1]}"


@pytest.fixture
def hosts(monkeypatch):
    """Make the search for some hosts fail, with an error for each."""
    faults = {
        "gone.example": socket.gaierror(socket.EAI_NONAME, "unknown"),
        "offline.example": socket.gaierror(socket.EAI_AGAIN, "try again"),
        "unsafe.example": ssl.SSLCertVerificationError("expired"),
    }
    found = socket.getaddrinfo

    def search(host, *words, **more):
        if host in faults:
            raise faults[host]
        return found(host, *words, **more)

    monkeypatch.setattr(socket, "getaddrinfo", search)


def test_follows_redirects_and_asks_for_the_page_if_a_server_refuses_its_head(site, server):
    answers = links.send([f"{site}/{name}" for name in ("here", "moved", "only-get", "404", "429")])
    assert {address.rpartition("/")[2]: answer.status for address, answer in answers.items()} == {
        "here": 200, "moved": 200, "only-get": 200, "404": 404, "429": 429,
    }  # fmt: skip
    assert [method for method, path, _ in server.heard if path == "/here"].count("HEAD") >= 1
    assert all(agent.startswith("briefpack/") for *_, agent in server.heard)


def test_tells_apart_the_ways_to_fail(site, hosts):  # noqa: ARG001 -- wanted for what it does
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    addresses = {
        "https://gone.example/a": "host", "https://offline.example": "unreachable",
        "https://unsafe.example": "certificate", f"http://127.0.0.1:{port}/": "unreachable",
        f"https://{'ü' * 70}.example/": "host",
    }  # fmt: skip
    answers = links.send(addresses, timeout=60)
    assert {address: answer.kind for address, answer in answers.items()} == addresses


def test_stops_waiting_for_a_server_that_does_not_answer(site):
    assert links.send([f"{site}/slow"], timeout=0.3) == {f"{site}/slow": Answer("timeout")}


def test_opens_no_file(tmp_path):
    (tmp_path / "a").write_text("secret", encoding="utf-8")
    assert not links.send([f"file://{tmp_path}/a", "ftp://127.0.0.1/a", "data:,a"])[f"file://{tmp_path}/a"].found


def tree(text):
    return yaml_lines.parse(text, "b.yaml")


def test_finds_each_address_that_prints_once():
    found = links.addresses(
        tree(
            "organisation: {website: https://a.example}\n"
            "sections:\n"
            "- text: See [it](https://b.example/x_(y)) and *https://c.example/d?e=f*, or https://a.example.\n"
            "images: {x: {credit: By https://d.example}}\n"
            "queries: {q: {question: Is it https://no.example?}}\n"
        )
    )
    assert list(found) == [
        "https://a.example",
        "https://b.example/x_(y)",
        "https://c.example/d?e=f",
        "https://d.example",
    ]
    assert found["https://a.example"] == ("organisation", "website")


def test_names_each_address_that_fails_at_its_line():
    answers = {
        "https://a.example/404": Answer("status", 404), "https://a.example/403": Answer("status", 403),
        "https://b.example": Answer("host"), "https://c.example": Answer("timeout"),
        "https://d.example": Answer("certificate"), "https://e.example": Answer("unreachable"),
        "https://f.example": Answer("status", 200), "https://g.example": Answer("status", 599),
    }  # fmt: skip
    text = "sources:\n" + "".join(f"  s{n}: {{url: '{address}'}}\n" for n, address in enumerate(answers))
    found = [*links.problems(tree(text), answers)]
    assert [(each.line, each.warning, each.message.partition(": ")[2].partition(": ")[0]) for each in found] == [
        (2, False, "there is no page at this address (404)"),
        (3, True, "this address answers with an error (403 Forbidden)"),
        (4, False, 'there is no server called "b.example"'),
        (5, True, "this address didn't answer in time"),
        (6, True, 'the certificate of "d.example" isn\'t valid'),
        (7, True, 'no connection to "e.example" could be made'),
        (9, True, "this address answers with an error (599)"),
    ]
    assert {each.check for each in found} == {"link-fails"}


def test_says_once_that_there_is_no_network():
    text = "sources: {a: {url: https://a.example}, b: {url: https://b.example}}"
    answers = {"https://a.example": Answer("unreachable"), "https://b.example": Answer("timeout")}
    [problem] = links.problems(tree(text), answers)
    assert problem.warning
    assert "there seems to be no network" in problem.message


def test_check_names_the_addresses_that_fail_only_when_asked(command, edit, project, site):
    edit("briefs/tiny/brief.yaml", "https://walk.example", f"{site}/here")
    edit("briefs/tiny/brief.yaml", "https://www.roads.example/speeds", f"{site}/404")
    edit("briefs/tiny/brief.yaml", "https://health.example", f"{site}/403")
    assert "link-fails" not in {each["id"] for each in json.loads(command("check", "--json").stdout)["problems"]}
    text = (project.root / "briefs/tiny/brief.yaml").read_text(encoding="utf-8").split("\n")
    lines = [text.index(f"    url: {site}/{name}") + 1 for name in ("404", "403")]
    result = command("check", "--links")
    assert result.exit_code == 3
    assert (
        f"brief.yaml:{lines[0]}: sources.road-report.url: there is no page at this address (404): {site}/404\n"
        in result.stderr
    )
    assert (
        f"brief.yaml:{lines[1]}: warning: sources.health-review.url: this address answers with an error (403 Forb"
        in result.stderr
    )
    assert not any("/here" in line and "nobody else can open" not in line for line in result.stderr.splitlines())
    assert result.stderr.endswith("1 problem. Nothing was made.\n")

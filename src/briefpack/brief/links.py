"""Find the web addresses that a brief prints, request several at once, and report the addresses that fail."""

import itertools
import re
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.client import HTTPException
from typing import Literal
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit

from briefpack import __version__
from briefpack.brief.load import UNPRINTED
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree, texts

ADDRESS = re.compile(r"https?://[^\s<>\"“”|]+", re.IGNORECASE)
CHECK = "link-fails"
GONE = (404, 410)
UNSURE = "open it in a browser: some sites refuse every program"
MOST_THREADS = 16
TIMEOUT_SECONDS = 10.0
"""How long to wait for an answer to one request."""
HEADERS = {"User-Agent": f"briefpack/{__version__} (checks the links of a document)", "Accept": "*/*"}
NO_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
"""The errors of looking up a host that doesn't exist; without a network, the error is another."""
KEPT = "/%:=&?~+!$,;'@()*[]#"
"""The characters of an address that are sent as they are."""

Kind = Literal["status", "host", "certificate", "timeout", "unreachable"]


@dataclass(frozen=True)
class Answer:
    """How an address answers: with the status of its page; else the kind of failure."""

    kind: Kind
    status: int = 0

    @property
    def reached(self) -> bool:
        """Return whether a server answered, so that there is a network."""
        return self.kind in ("status", "certificate")

    @property
    def found(self) -> bool:
        """Return whether there is a page at the address."""
        return self.kind == "status" and self.status < 400


def addresses(tree: Tree) -> dict[str, Loc]:
    """Return every web address that a brief prints, with the place where it comes first."""
    found: dict[str, Loc] = {}
    for loc, text in texts(tree.data):
        for address in ADDRESS.findall(text) if loc[0] not in UNPRINTED else ():
            found.setdefault(_trimmed(address), loc)
    return found


def _trimmed(address: str) -> str:
    """Return an address without the punctuation after it, and without a closing bracket that it doesn't open."""
    while address[-1] in ".,;:!?'’*_]" or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address


def problems(tree: Tree, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """Yield a problem for each address that fails; only one if there seems to be no network."""
    if answers and not any(answer.reached for answer in answers.values()):
        message = "no address could be reached, so the links weren't checked: there seems to be no network"
        yield Problem(tree.path, None, message, "connect to the internet, then check again", warning=True, check=CHECK)
        return
    for address, loc in addresses(tree).items():
        if address in answers and not answers[address].found:
            fault, hint = _fault(urlsplit(address).netloc, answers[address])
            is_gone = answers[address].kind == "host" or answers[address].status in GONE
            yield tree.problem(loc, f"{fault}: {address}", hint, words=address, warning=not is_gone, check=CHECK)


CORRECT = "correct the address, or find its new one"
FAULTS: Mapping[Kind, tuple[str, str]] = {
    "host": ('there is no server called "{}"', CORRECT),
    "certificate": ('the certificate of "{}" isn\'t valid', "open it in a browser, and tell its owner"),
    "timeout": ("this address didn't answer in time", "open it in a browser, or check again later"),
    "unreachable": ('no connection to "{}" could be made', "open it in a browser, or check again later"),
}


def _fault(host: str, answer: Answer) -> tuple[str, str]:
    """Return the message and the hint for an address that fails."""
    if answer.kind in FAULTS:
        message, hint = FAULTS[answer.kind]
        return message.format(host), hint
    if answer.status in GONE:
        return f"there is no page at this address ({answer.status})", CORRECT
    named = {each.value: f" {each.phrase}" for each in HTTPStatus}
    return f"this address answers with an error ({answer.status}{named.get(answer.status, '')})", UNSURE


def send(addresses: Iterable[str], *, timeout: float = TIMEOUT_SECONDS) -> dict[str, Answer]:
    """Request each address and return its answer; each server gets one request at a time."""
    listed = sorted(set(addresses), key=_server)
    servers = ([*group] for _, group in itertools.groupby(listed, key=_server))
    with ThreadPoolExecutor(MOST_THREADS) as pool:
        return dict(itertools.chain(*pool.map(partial(_answers, timeout=timeout), servers)))


def _server(address: str) -> str:
    return urlsplit(address).netloc.casefold()


def _answers(addresses: Iterable[str], timeout: float) -> list[tuple[str, Answer]]:
    """Return the answers of one server, which isn't asked again once it hasn't answered in time."""
    found: list[tuple[str, Answer]] = []
    answer: Answer | None = None
    for address in addresses:
        if answer is None or answer.kind != "timeout":
            answer = _answer(address, timeout)
        found.append((address, answer))
    return found


def _answer(address: str, timeout: float) -> Answer:
    """Return how an address answers a request for its head; if that fails, a request for its page."""
    answer = _request(address, "HEAD", timeout)
    # Many servers refuse HEAD, or answer it with an error.
    return _request(address, "GET", timeout) if answer.kind == "status" and not answer.found else answer


def _request(address: str, method: str, timeout: float) -> Answer:
    try:
        asked = request.Request(_ascii(address), headers=HEADERS, method=method)  # noqa: S310 -- the opener knows the web alone
        with _opener().open(asked, timeout=timeout) as response:
            return Answer("status", response.status)
    except HTTPError as error:
        error.close()
        return Answer("status", error.code)
    except URLError as error:
        return Answer(_kind(error.reason))
    except (OSError, HTTPException, ValueError) as error:
        return Answer(_kind(error))


def _kind(reason: object) -> Kind:
    """Return the kind of failure that an error describes."""
    match reason:
        case ssl.SSLCertVerificationError():
            return "certificate"
        case TimeoutError():
            return "timeout"
        case UnicodeError():
            return "host"
        case socket.gaierror(errno=code) if code in NO_HOST:
            return "host"
        case _:
            return "unreachable"


def _opener() -> request.OpenerDirector:
    """Return an opener for the web alone: the standard one would open files and FTP too."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler, request.UnknownHandler, request.HTTPHandler, request.HTTPSHandler,
        request.HTTPDefaultErrorHandler, request.HTTPRedirectHandler, request.HTTPErrorProcessor,
    ):  # fmt: skip
        opener.add_handler(handler())
    return opener


def _ascii(address: str) -> str:
    """Return an address as a server understands it. Raises UnicodeError if its host can't exist."""
    parts = urlsplit(address)
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    return quote(urlunsplit(parts._replace(netloc=host, fragment="")), safe=KEPT)

"""Request web addresses, several at once, and tell how each answers."""

import itertools
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from briefpack import __version__

MOST_THREADS = 16
TIMEOUT_SECONDS = 10.0
"""How long to wait for an answer to one request."""
MOST_SECONDS = 90.0
"""How long to wait for all of them."""
HEADERS = {"User-Agent": f"briefpack/{__version__} (checks the links of a document)", "Accept": "*/*"}
NO_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
"""What a search for a host gives if there is none; without a network, it gives something else."""
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


def send(
    addresses: Iterable[str], *, timeout: float = TIMEOUT_SECONDS, most: float = MOST_SECONDS
) -> dict[str, Answer]:
    """Request each address and return its answer; each server gets one request at a time."""
    listed = sorted(set(addresses), key=_server)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for _, group in itertools.groupby(listed, key=_server):
        waiting.put([*group])
    answers: dict[str, Answer] = {}
    work = (waiting, answers, timeout)
    # Threads of the standard pool would keep the program from ending while a server is slow.
    threads = [threading.Thread(target=_work, args=work, daemon=True) for _ in range(min(MOST_THREADS, len(listed)))]
    for thread in threads:
        thread.start()
    end = time.monotonic() + most
    for thread in threads:
        thread.join(max(0, end - time.monotonic()))
    return {address: answers.get(address, Answer("timeout")) for address in listed}


def _server(address: str) -> str:
    return urlsplit(address).netloc.casefold()


def _work(waiting: "queue.SimpleQueue[list[str]]", answers: dict[str, Answer], timeout: float) -> None:
    """Request one server's addresses after another's, until none is waiting."""
    while True:
        try:
            addresses = waiting.get_nowait()
        except queue.Empty:
            return
        for address in addresses:
            answers[address] = _answer(address, timeout)


def _answer(address: str, timeout: float) -> Answer:
    """Return how an address answers a request for its head; if that fails, a request for its page."""
    answer = _request(address, "HEAD", timeout)
    # Many servers refuse HEAD, or answer it with an error.
    return _request(address, "GET", timeout) if answer.kind == "status" and not answer.found else answer


def _request(address: str, method: str, timeout: float) -> Answer:
    try:
        request = Request(_ascii(address), headers=HEADERS, method=method)  # noqa: S310 -- the opener knows the web alone
        with _opener().open(request, timeout=timeout) as response:
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


def _opener() -> OpenerDirector:
    """Return an opener for the web alone: the standard one would open files and FTP too."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler, UnknownHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler,
        HTTPErrorProcessor,
    ):  # fmt: skip
        opener.add_handler(handler())
    return opener


def _ascii(address: str) -> str:
    """Return an address as a server understands it. Raises UnicodeError if its host can't exist."""
    parts = urlsplit(address)
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    return quote(urlunsplit(parts._replace(netloc=host, fragment="")), safe=KEPT)

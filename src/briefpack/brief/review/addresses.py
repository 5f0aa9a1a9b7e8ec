"""Warn of web addresses that a mail filter wrapped, that track readers, or that only one computer can open."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from briefpack.brief.load import UNPRINTED
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.yaml_lines import Tree, texts

ADDRESS = re.compile(r"(?:https?|file)://[^\s<>\"“”|)\]]+", re.IGNORECASE)
FILTERS = ("safelinks.protection.outlook.com", "urldefense.com", "urldefense.proofpoint.com", "mimecast.com",
           "mimecastprotect.com", "linkprotect.cudasvc.com")  # fmt: skip
TRACKING = re.compile(r"(?<=[?&])(?:utm_\w+|fbclid|gclid|msclkid|igshid|mc_[ce]id)=[^&#]*&?", re.IGNORECASE)
OWN_COMPUTER = re.compile(r"localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|192\.168\.\d+\.\d+|10\.\d+\.\d+\.\d+|\[::1\]")
EMAIL = re.compile(typography.EMAIL)


def warn(tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each address that readers shouldn't be sent to."""
    for loc, words in texts(tree.data):
        for found in ADDRESS.finditer(words) if "://" in words and loc[0] not in UNPRINTED else ():
            address = found[0].rstrip(".,;:!?’'*_")
            if fault := _fault(address):
                message, hint = fault
                yield tree.problem(loc, f"{message}: {address}", hint, words=address, warning=True)


def _fault(address: str) -> tuple[str, str] | None:
    """Return the message and the hint for an address that readers shouldn't be sent to."""
    try:
        parts = urlsplit(address)
        host, query = (parts.hostname or "").lower(), unquote(parts.query)
    except ValueError:
        return None
    if parts.scheme.lower() == "file" or OWN_COMPUTER.fullmatch(host):
        return "only your own computer can open this address", "give its address on the web"
    if any(host == each or host.endswith(f".{each}") for each in FILTERS):
        return "a mail filter wrapped this address", _unwrapped(
            parts.query
        ) or "open it, and copy the page's own address"
    if EMAIL.search(query):
        return "this address contains an e-mail address", "delete it from the address"
    if TRACKING.search(address):
        return "this address tracks who follows it", TRACKING.sub("", address).replace("?#", "#").rstrip("?&")
    return None


def _unwrapped(query: str) -> str:
    """Return the address inside one that a mail filter wrapped, if it can be read."""
    inner = parse_qs(query).get("url", [""])[0]
    return inner if inner.startswith(("https://", "http://")) else ""

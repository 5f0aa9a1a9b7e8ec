"""Warn of web addresses, phone numbers and e-mail addresses by which readers can't reach anything or anybody."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from briefpack.brief.load import UNPRINTED
from briefpack.brief.review.reading import Reading
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.yaml_lines import texts

ADDRESS = re.compile(r"(?:https?|file)://[^\s<>\"“”|)\]]+", re.IGNORECASE)
FILTERS = ("safelinks.protection.outlook.com", "urldefense.com", "urldefense.proofpoint.com", "mimecast.com",
           "mimecastprotect.com", "linkprotect.cudasvc.com")  # fmt: skip
SHARED = ("sharepoint.com", "onedrive.live.com", "1drv.ms", "drive.google.com", "docs.google.com", "dropbox.com",
          "icloud.com", "teams.microsoft.com")  # fmt: skip
SEARCH = re.compile(r"(?:www\.)?(?:google\.[\w.]+|bing\.com|duckduckgo\.com|search\.yahoo\.com)/(?:search)?")
TRACKING = re.compile(r"(?<=[?&])(?:utm_\w+|fbclid|gclid|msclkid|igshid|mc_[ce]id)=[^&#]*&?", re.IGNORECASE)
OWN_COMPUTER = re.compile(r"localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|192\.168\.\d+\.\d+|10\.\d+\.\d+\.\d+|\[::1\]")
EMAIL = re.compile(typography.EMAIL)
# htps://, http:/, https//, hhttps://, https;//: the scheme of an address, mistyped.
SCHEME = re.compile(
    r"(?<![\w/])(?!https?://)(?:h{1,2}t{1,3}p{1,2}s{0,2}|htt|ttps?|hpp?ts?)\s?(?:[:;]\s?/{1,3}\s?|//+|:(?=www\.))[\w.-]*",
    re.IGNORECASE,
)
TWO_SCHEMES = re.compile(r"https?://(?:https?:?/|http)", re.IGNORECASE)
HOST = re.compile(r"(?=.{1,253}$)(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_]{2,}", re.IGNORECASE)
# The endings of no domain, each with the one that was meant.
ENDINGS = {"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "ogr": "org", "rog": "org", "orgg": "org",
           "gvo": "gov", "gov.ua": "gov.au", "org.ua": "org.au", "ed.au": "edu.au", "og.au": "org.au", "nte": "net",
           "co.ku": "co.uk", "og.uk": "org.uk"}  # fmt: skip


def of_pages(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each address that readers shouldn't be sent to."""
    tree = reading.tree
    for loc, words in texts(tree.data):
        if loc[0] not in UNPRINTED:
            for slip in SCHEME.finditer(words) if "/" in words or "www." in words else ():
                hint = "begin it with https://"
                yield tree.problem(loc, f'"{slip[0]}" is not how an address begins', hint, words=slip[0], warning=True)
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
    return _typing_fault(address, host) or _private(parts, host) or _unsuitable(address, parts, host, query)


def _private(parts: SplitResult, host: str) -> tuple[str, str] | None:
    """Return the message and the hint for an address of somebody's own files, or of a search."""
    if any(host == each or host.endswith(f".{each}") for each in SHARED):
        hint = "publish it, and give its address on the web"
        return "this is in somebody's own store of files, which may not open for readers", hint
    if SEARCH.match(f"{host}{parts.path}") and {"q", "query"} & parse_qs(parts.query).keys():
        return "this is a search, whose results change", "give the address of the page that it found"
    return None


def _unsuitable(address: str, parts: SplitResult, host: str, query: str) -> tuple[str, str] | None:
    """Return the message and the hint for an address that only some can open, or that watches readers."""
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


def _typing_fault(address: str, host: str) -> tuple[str, str] | None:
    """Return the message and the hint for an address that is mistyped."""
    if TWO_SCHEMES.match(address):
        return "this address begins twice", f"https://{re.sub(r'^(?:https?:?/*)+', '', address, flags=re.IGNORECASE)}"
    ending = next((each for each in ENDINGS if host.endswith(f".{each}")), None)
    if ending:
        return f'no address ends in ".{ending}"', f"{host.removesuffix(ending)}{ENDINGS[ending]}"
    if re.match(r"(?:w{1,2}|w{4,})\.", host):
        return f'"{host.partition(".")[0]}." is not how a host begins', f"www.{host.partition('.')[2]}"
    if address.lower().startswith("http") and not HOST.fullmatch(host) and not OWN_COMPUTER.fullmatch(host):
        return f'"{host}" is not the name of a host', "correct the address"
    return None


def _unwrapped(query: str) -> str:
    """Return the address inside one that a mail filter wrapped, if it can be read."""
    inner = parse_qs(query).get("url", [""])[0]
    return inner if inner.startswith(("https://", "http://")) else ""

"""Warn of web addresses, phone numbers and e-mail addresses by which readers can't reach anything or anybody."""

import difflib
import re
from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from briefpack.brief.load import UNPRINTED
from briefpack.brief.model import Brief
from briefpack.brief.review.reading import Reading
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree, texts

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


WHOLE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def of_sources(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each publisher and title that is an address, and each address that ends in a mark."""
    tree = reading.tree
    for name, source in reading.brief.sources.items():
        for key, words in (("publisher", source.publisher), ("title", source.title or "")):
            if WHOLE_ADDRESS.fullmatch(words.strip()):
                message = f'"{words}" is an address, and not the name of the {key}'
                hint = "write who or what it is, and the address under url:"
                yield tree.problem(("sources", name, key), message, hint, warning=True)
        if source.url and source.url.rstrip()[-1:] in ".,;:":
            message = f'the address ends in "{source.url.rstrip()[-1]}"'
            hint = "delete it, unless the page opens only with it"
            yield tree.problem(("sources", name, "url"), message, hint, warning=True)


NOT_A_NUMBER = re.compile(r"[A-Za-z]{4,}")
TRUNK = re.compile(r"(\+\d{1,3})[ -]+0(?=\d)")
"""The code of a country, and the 0 that begins a number only within it."""
FEWEST_DIGITS = 6
NEARLY = 0.84
"""How alike two domains are, from 0 to 1, if one is probably the other mistyped."""


def of_contacts(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each contact whom readers probably can't reach."""
    brief, tree = reading.brief, reading.tree
    for index, contact in enumerate(brief.contacts):
        if contact.phone and (fault := digits_fault(contact.phone, reading.locale)):
            yield tree.problem(("contacts", index, "phone"), *fault, warning=True)
    yield from _website(brief, tree) or _domains(brief, tree)


def digits_fault(phone: str, locale: Locale) -> tuple[str, str] | None:
    """Return the message and the hint for a phone number with a wrong number of digits; None if it may be right."""
    if NOT_A_NUMBER.search(phone):
        # It has an extension, or is spelt: 1300 CALL US.
        return None
    if abroad := TRUNK.match(phone):
        return f'"{phone}" has a 0 after {abroad[1]}, which nobody dials there', f"{abroad[1]} {phone[abroad.end() :]}"
    number = re.sub(r"[^\d+]", "", phone)
    count = len(re.findall(r"\d", number))
    start = max((each for each in locale.slips.phones if number.startswith(each)), key=len, default="")
    right = locale.slips.phones.get(start, ())
    if right and count not in right:
        wanted = " or ".join(map(str, right))
        return f'"{phone}" has {count} digits; a number that begins with {start} has {wanted}', "correct the number"
    if count < FEWEST_DIGITS and not right:
        return f'"{phone}" has too few digits for a phone number', "correct the number"
    return None


def _website(brief: Brief, tree: Tree) -> tuple[Problem, ...]:
    """Return the warning for a website at a domain that nearly matches the domain of all e-mail addresses."""
    domains = {each.email.rpartition("@")[2].lower() for each in brief.contacts if each.email}
    host = (urlsplit(brief.organisation.website or "").hostname or "").removeprefix("www.")
    several = sum(bool(each.email) for each in brief.contacts) > 1
    if not host or not several or len(domains) != 1 or host in domains or not _nearly(host, [*domains]):
        return ()
    [domain] = domains
    message, hint = f'"{host}" is nearly "{domain}", the domain of all e-mail addresses', f"is https://{domain} meant?"
    return (tree.problem(("organisation", "website"), message, hint, words=host, warning=True),)


def _nearly(domain: str, known: Sequence[str]) -> Sequence[str]:
    """Return the known domain that a domain nearly is: mistyped, or with another ending, as ijm.com for ijm.org."""
    named = domain.partition(".")[0]
    return (
        difflib.get_close_matches(domain, known, n=1, cutoff=NEARLY)
        or [each for each in known if each.partition(".")[0] == named and named not in COMMON_HOSTS][:1]
    )


COMMON_HOSTS = {"mail", "info", "office", "gmail", "outlook", "yahoo", "hotmail"}
"""The first parts of domains that are no organisation's own."""


def _domains(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each e-mail address at a domain that is nearly the organisation's or another address's."""
    emails = [(index, each.email.rpartition("@")[2].lower()) for index, each in enumerate(brief.contacts) if each.email]
    host = (urlsplit(brief.organisation.website or "").hostname or "").removeprefix("www.")
    for index, domain in emails:
        others = [other for at, other in emails if at != index]
        known = [*dict.fromkeys(filter(None, (host, *others)))]
        if domain in known or any(domain.endswith(f".{each}") or each.endswith(f".{domain}") for each in known):
            continue
        near = _nearly(domain, known)
        if near:
            message = f'"{domain}" is nearly "{near[0]}"'
            hint = f"correct the address, if {near[0]} is meant"
            yield tree.problem(("contacts", index, "email"), message, hint, words=domain, warning=True)

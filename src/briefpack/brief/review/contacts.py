"""Warn of phone numbers with too few or too many digits, and of e-mail addresses at a domain that is nearly right."""

import difflib
import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

NOT_A_NUMBER = re.compile(r"[A-Za-z]{4,}")
TRUNK = re.compile(r"(\+\d{1,3})[ -]+0(?=\d)")
"""The code of a country, and the 0 that begins a number only within it."""
FEWEST_DIGITS = 6
NEARLY = 0.84
"""How alike two domains are, from 0 to 1, if one is probably the other mistyped."""


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each contact whom readers probably can't reach."""
    for index, contact in enumerate(brief.contacts):
        if contact.phone and (fault := digits_fault(contact.phone, locale)):
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
    """Return the warning for a website at a domain that is nearly the one of all e-mail addresses."""
    domains = {each.email.rpartition("@")[2].lower() for each in brief.contacts if each.email}
    host = (urlsplit(brief.organisation.website or "").hostname or "").removeprefix("www.")
    several = sum(bool(each.email) for each in brief.contacts) > 1
    if not host or not several or len(domains) != 1 or host in domains or not _nearly(host, [*domains]):
        return ()
    [domain] = domains
    message, hint = f'"{host}" is nearly "{domain}", the domain of all e-mail addresses', f"is https://{domain} meant?"
    return (tree.problem(("organisation", "website"), message, hint, words=host, warning=True),)


def _nearly(domain: str, known: Sequence[str]) -> Sequence[str]:
    """Return the domain that one is nearly: mistyped, or of the same name with another ending, as ijm.com for ijm.org."""
    named = domain.partition(".")[0]
    return (
        difflib.get_close_matches(domain, known, n=1, cutoff=NEARLY)
        or [each for each in known if each.partition(".")[0] == named and named not in COMMON_HOSTS][:1]
    )


COMMON_HOSTS = {"mail", "info", "office", "gmail", "outlook", "yahoo", "hotmail"}
"""The first parts of domains that are no organisation's own."""


def _domains(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each e-mail address at a domain that is nearly the organisation's, or that others share."""
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

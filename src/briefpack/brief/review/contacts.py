"""Warn of phone numbers with too few or too many digits, and of e-mail addresses at a domain that is nearly right."""

import difflib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

NOT_A_NUMBER = re.compile(r"[A-Za-z]{4,}")
FEWEST_DIGITS = 6
NEARLY = 0.84
"""How alike two domains are, from 0 to 1, if one is probably the other mistyped."""


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each contact whom readers probably can't reach."""
    for index, contact in enumerate(brief.contacts):
        if contact.phone and (fault := digits_fault(contact.phone, locale)):
            yield tree.problem(("contacts", index, "phone"), *fault, warning=True)
    yield from _domains(brief, tree)


def digits_fault(phone: str, locale: Locale) -> tuple[str, str] | None:
    """Return the message and the hint for a phone number with a wrong number of digits; None if it may be right."""
    if NOT_A_NUMBER.search(phone):
        # It has an extension, or is spelt: 1300 CALL US.
        return None
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


def _domains(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each e-mail address at a domain that is nearly the organisation's, or that others share."""
    emails = [(index, each.email.rpartition("@")[2].lower()) for index, each in enumerate(brief.contacts) if each.email]
    host = (urlsplit(brief.organisation.website or "").hostname or "").removeprefix("www.")
    for index, domain in emails:
        others = [other for at, other in emails if at != index]
        known = [*dict.fromkeys(filter(None, (host, *others)))]
        if domain in known or any(domain.endswith(f".{each}") or each.endswith(f".{domain}") for each in known):
            continue
        near = difflib.get_close_matches(domain, known, n=1, cutoff=NEARLY)
        if near:
            message = f'"{domain}" is nearly "{near[0]}"'
            hint = f"correct the address, if {near[0]} is meant"
            yield tree.problem(("contacts", index, "email"), message, hint, words=domain, warning=True)

"""Warn of an authorisation whose address is a post-office box."""

import re
from collections.abc import Iterator

from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree


def check_address(brief: Brief, tree: Tree, group: ElectorateSet | None, locale: Locale) -> Iterator[Problem]:
    """Yield a warning if nobody can be found at the address of whoever authorised a brief."""
    box = re.compile(rf"(?<!\w)(?:{typography.any_of(locale.slips.boxes)})(?!\w)", re.IGNORECASE)
    found = box.search(brief.authorisation.address) if brief.authorisation else None
    if found:
        law = group.country.authorisation if group else None
        cited = f" under {law.cited}" if law else ""
        message = f'"{found[0]}" is not the address of a street or a town'
        hint = f"give the street address, or the town, that the law asks for{cited}"
        yield tree.problem(("authorisation", "address"), message, hint, words=found[0], warning=True)

"""Check that the links of a finished PDF still work on paper."""

import re
from urllib.parse import unquote

from briefpack.checks import places
from briefpack.checks.findings import Findings, Found
from briefpack.checks.read.finished import Finished, normalised

SCHEME = re.compile(r"^(?:https?://(?:www\.)?|mailto:|tel:)")


def links_alive(finished: Finished) -> Findings:
    """Find links whose address can't be read on paper."""
    on_paper = normalised("".join((*finished.texts, *finished.alts)))
    for link in finished.links:
        address = SCHEME.sub("", link)
        # The address may be printed decoded, with a space for %20.
        written = {normalised(form.rstrip("/")) for form in (address, unquote(address))}
        if address != link and not any(form in on_paper for form in written):
            page, boxes = places.links(finished, link)
            yield Found(page, f"the address of a link isn't printed: {link}", boxes)

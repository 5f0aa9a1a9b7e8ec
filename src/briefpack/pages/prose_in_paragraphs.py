"""Find texts of several paragraphs that a page writes into a <p>, which ends where the first of them begins."""

import re
from collections.abc import Iterator

from briefpack.pages import markup


def find(source: str) -> Iterator[int]:
    """Yield each line that prints `prose(…)` in a paragraph."""
    inside = False
    for part in markup.TEMPLATE_TAG.finditer(source):
        tag = (part["tag"] or "").lower()
        if tag in markup.ENDS_A_PARAGRAPH or tag in markup.HOLDS:
            inside = tag == "p" and not part[0].startswith("</")
        elif inside and PROSE.fullmatch(part[0]):
            yield source.count("\n", 0, part.start()) + 1


PROSE = re.compile(r"\{\{[-+]?\s*prose\([^|]*\}\}", re.DOTALL)

"""Keep names whole: where hyphenation would divide a word with a capital, turn it off for that paragraph.

Browsers differ on hyphenating such words, and CSS leaves it open (csswg-drafts 3927); WeasyPrint does it.
"""

import re
from collections.abc import Iterator
from typing import Any

from weasyprint import Document

from briefpack.typeset.weasyprint import boxes

END, START = re.compile(r"\w+$"), re.compile(r"\w+")
WHOLE = ";hyphens:manual"


def keep_whole(document: Document) -> bool:
    """Turn off hyphenation in the paragraphs whose lines divide a name, and return whether there are any."""
    found = {element for element in _dividing(document) if WHOLE not in element.get("style", "")}
    for element in found:
        element.set("style", element.get("style", "") + WHOLE)
    return bool(found)


def _dividing(document: Document) -> Iterator[Any]:
    for element, above, below in boxes.hyphenated(document):
        end, start = END.search(above), START.match(below)
        word = end[0] + start[0] if end and start else ""
        # A word with a hyphen of its own, such as South-East, isn't in the text without it.
        if word and not word.islower() and word in "".join(element.itertext()):
            yield element

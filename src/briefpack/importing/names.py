"""Make ids from words, none of them taken by another."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 40
PLAIN = str.maketrans(
    {"đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "œ": "oe", "Œ": "oe", "æ": "ae", "ß": "ss"}
)
"""Letters that have no accent to take off."""


def new(words: str, taken: Container[str], default: str = "part") -> str:
    """Return an id made from words that isn't taken: cut at a word, in lower case, with a number if need be."""
    plain = unicodedata.normalize("NFKD", words.translate(PLAIN)).encode("ascii", "ignore").decode().lower()
    parts = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    name = ""
    for part in parts:
        longer = f"{name}-{part}" if name else part[:LONGEST]
        if len(longer) > LONGEST:
            break
        name = longer
    name = name if re.search("[a-z]", name) else "-".join(filter(None, [default, name]))
    number = 2
    found = name
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found

"""Say how small the type on imposed sheets prints."""

from collections import Counter

LEAST_PT = 8.0
"""Below this, type strains the eyes of many readers."""


def said(letters: Counter[float]) -> str | None:
    """Return how small body type and the smallest type print; None if neither is small, or there is no type."""
    if not letters or min(letters) >= LEAST_PT:
        return None
    smallest_pt, body_pt = min(letters), _body_pt(letters)
    if smallest_pt == body_pt:
        return f"body type prints at {body_pt:g} pt"
    return f"body type prints at {body_pt:g} pt, and the smallest type at {smallest_pt:g} pt"


def _body_pt(letters: Counter[float]) -> float:
    """Return the size of body type: that of the letter which a third of the letters are larger than or as large as.

    Headings have fewer letters than that. The commonest size won't do: a page may have more letters in notes than in text.
    """
    enough, larger = letters.total() / 3, 0
    for size_pt in sorted(letters, reverse=True):
        larger += letters[size_pt]
        if larger >= enough:
            break
    return size_pt

"""Raise the endings of ordinal numbers in a page: the letters of 1er in French."""

import re
from functools import lru_cache

from briefpack.text import typography
from briefpack.text.locale import Locale

KEPT = r"<(?P<raw>style|script|title)\b.*?</(?P=raw)\s*>|<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>"
"""The parts of a page that aren't its text: tags, comments, and elements whose contents don't print."""


def raised(html: str, locale: Locale) -> str:
    """Return a page with each ending of an ordinal in an element of its own, if the language raises them."""
    if not locale.raised_ordinals:
        return html
    return _parts(locale).sub(_with_raised, html)


@lru_cache(maxsize=16)
def _parts(locale: Locale) -> re.Pattern[str]:
    endings = typography.any_of(tuple(locale.ordinals))
    return re.compile(rf"{KEPT}|(?P<number>(?<![\w.,/-])\d+)(?P<ending>{endings})(?!\w)", re.DOTALL | re.IGNORECASE)


def _with_raised(found: re.Match[str]) -> str:
    return f'{found["number"]}<span class="ordinal-ending">{found["ending"]}</span>' if found["number"] else found[0]

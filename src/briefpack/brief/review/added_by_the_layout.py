"""Warn of what an author types and the layout adds: quotation marks, a dash before a name, "Source:", "Ask 1:"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.brief.blocks import Quote
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

MARKS = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“"}
DASH = re.compile(r"[-–—―~]{1,3}\s*")
SEPARATED = r"\s*(?:[:.)]|\s[-–—])\s+"
NUMBER = r"(?:\d{1,2}|[A-Z]|[ivxIVX]{1,4})"


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each beginning of a text that would print twice."""
    for loc, part in walk(brief):
        if isinstance(part, Quote):
            yield from _of_a_quotation(loc, part, tree)
    for loc, found in _beginnings(brief, tree, locale):
        message = f'"{found}" is added by the layout, or isn\'t needed: here it would print too'
        yield tree.problem(loc, message, "leave it out", words=found, warning=True)


def numbered(brief: Brief, tree: Tree, locale: Locale) -> frozenset[Loc]:
    """Return the locations of texts with a beginning that isn't needed, such as a number."""
    return frozenset(loc for loc, _ in _beginnings(brief, tree, locale))


def _beginnings(brief: Brief, tree: Tree, locale: Locale) -> Iterator[tuple[Loc, str]]:
    """Yield the location of each text that begins with words of the layout's, and those words."""
    labelled = ((loc, words, _labels(locale.slips.credits)) for loc, words in _credits(brief))
    headed = ((loc, words, _numbers(names)) for loc, words, names in _numbered(brief, locale))
    for loc, words, pattern in (*labelled, *headed):
        found = pattern.match(words)
        # A heading that a label is filled from has no line of its own.
        if found and loc in tree.lines:
            yield loc, found[0].strip()


def _of_a_quotation(loc: Loc, quote: Quote, tree: Tree) -> Iterator[Problem]:
    words = quote.words.strip()
    inside = words[1:-1]
    closes = MARKS.get(words[:1])
    # "A" and "B" begin and end with marks that enclose only a part each.
    if len(words) > 1 and words[-1] == closes and (closes not in inside if words[0] != "'" else "' " not in inside):
        message = (
            f"the layout adds quotation marks, so those round these words ({words[0]}…{words[-1]}) would print too"
        )
        yield tree.problem((*loc, "words"), message, "leave them out", warning=True)
    if found := DASH.match(quote.who):
        message = f'the layout sets the name apart, so the "{found[0].strip()}" before it would print too'
        yield tree.problem((*loc, "who"), message, "leave it out", warning=True)


def _credits(brief: Brief) -> Iterator[tuple[Loc, str]]:
    """Yield the texts that print after "Source:", or another label for a credit."""
    for name, source in brief.sources.items():
        for key in ("publisher", "title", "date"):
            yield ("sources", name, key), getattr(source, key) or ""
    for name, image in brief.images.items():
        yield ("images", name, "credit"), getattr(image, "credit", None) or ""


def _numbered(brief: Brief, locale: Locale) -> Iterator[tuple[Loc, str, tuple[str, ...]]]:
    """Yield the texts that print after a name, and perhaps a number, of the layout's, with those names."""
    drafts = locale.drafts
    for n, ask in enumerate(brief.asks):
        for key in ("title", "headline"):
            yield ("asks", n, key), getattr(ask, key), drafts.ask
    for part, names in (
        ("case_studies", drafts.case_studies),
        ("appendices", drafts.appendices),
        ("themes", drafts.themes),
    ):
        for n, each in enumerate(getattr(brief, part)):
            for key in ("heading", "label"):
                yield (part, n, key), getattr(each, key), names


@lru_cache(maxsize=16)
def _labels(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{typography.any_of(names)})\s?:\s*", re.IGNORECASE)


@lru_cache(maxsize=16)
def _numbers(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for a name with a number, or before a colon, and for a number alone."""
    name = typography.any_of(names)
    return re.compile(rf"(?:(?i:{name})\s+{NUMBER}{SEPARATED}|(?i:{name})\s?:\s+|\d{{1,2}}[.)]\s+)")

"""Check the pages that extend another: text outside their blocks, or in one that the other page lacks, never prints."""

import re
from collections.abc import Iterator, Mapping

from briefpack.layout import addresses
from briefpack.problem import Owner, Problem, nearest

EXTENDS = re.compile(r"\{%[-+]?\s*extends\s+(.+?)\s*[-+]?%\}")
TAG = re.compile(r"\{#.*?#\}|\{%[-+]?\s*(?:block\s+(?P<name>\w+)|(?P<end>endblock)\b)", re.DOTALL)


def check(pages: Mapping[str, str], layout: str) -> Iterator[Problem]:
    """Check the blocks of the pages of a layout and of the shared pages, among the texts of all pages."""
    folders = (f"{addresses.FOLDER}/{layout}/", f"{addresses.FOLDER}/shared/")
    for path, text in pages.items():
        if path.startswith(folders) and (known := _known(text, pages)):
            yield from _unknown(path, text, known)
            yield from _outside(path, text, known)


def _unknown(path: str, text: str, known: set[str]) -> Iterator[Problem]:
    """Yield a problem for each block of a page that neither a page above it nor the page itself prints."""
    for name, line, depth in _blocks(text):
        if depth == 0 and name not in known and f"self.{name}" not in text:
            message = f'no page that this one extends has a block "{name}", so the block never prints'
            yield Problem(path, line, message, nearest(name, known), Owner.LAYOUT)


def _outside(path: str, text: str, known: set[str]) -> Iterator[Problem]:
    """Yield a problem for the first text of a page that is after its `extends` and outside its blocks and macros."""
    begins = EXTENDS.search(text)
    for start, end in _gaps(text, begins.end()) if begins else ():
        if found := re.search(r"\S", text[start:end]):
            line = text.count("\n", 0, start + found.start()) + 1
            message = "this is outside the blocks of a page that extends another, so it never prints"
            before = [name for name, at, _ in _blocks(text) if name in known and at <= line]
            hint = f"move it into {{% block {before[-1] if before else min(known)} %}}, or another block"
            yield Problem(path, line, message, hint, Owner.LAYOUT)
            return


def _gaps(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a page between its tags and comments, without what blocks, macros and `set` contain."""
    depth = 0
    for tag in ANY_TAG.finditer(text, start):
        if depth == 0:
            yield start, tag.start()
        depth += bool(tag["begin"]) - bool(tag["end"])
        start = tag.end()
    yield start, len(text)


ANY_TAG = re.compile(
    r"\{#.*?#\}|<!--.*?-->|\{%[-+]?\s*(?:(?P<begin>block\b|macro\b|set\b(?=[^=%]*%\}))|(?P<end>end(?:block|macro|set)\b))?.*?%\}",
    re.DOTALL,
)
"""A comment or a tag; `begin` and `end` are those of what a page may have outside its blocks, or of the blocks."""


def _known(text: str, texts: Mapping[str, str]) -> set[str]:
    """Return the blocks of all the pages that a page extends; none if it extends no page, or one that isn't certain."""
    known: set[str] = set()
    seen: set[str] = set()
    while found := EXTENDS.search(text):
        above = f"{addresses.FOLDER}/{found[1][1:-1]}"
        if above not in texts or above in seen:
            return set()
        seen.add(above)
        text = texts[above]
        known |= {name for name, _, _ in _blocks(text)}
    return known


def _blocks(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name and line of each block of a page, and the number of blocks around it."""
    depth = 0
    for tag in TAG.finditer(text):
        if tag["name"]:
            yield tag["name"], text.count("\n", 0, tag.start()) + 1, depth
            depth += 1
        elif tag["end"]:
            depth -= 1

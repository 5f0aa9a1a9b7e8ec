"""Check the fields that pages name in `data-field`, so that overset text can be reported at its place in the brief."""

import difflib
import re
from collections.abc import Collection, Iterator

from briefpack.problem import Owner, Problem

FIELD = re.compile(r"""\bdata-field\s*=\s*(?:"([^"]*)"|'([^']*)')""")
PART = re.compile(r"""["'](\.?[a-z_]+(?:\.[a-z_]+)*\.?)["']""")
"""A string in a tag that may be a part of a field's name, such as `".why"`: one with a full stop in it."""
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
FILLED = "\0"
"""What stands for the parts of a name that a tag fills in."""
NAME = re.compile(r"[a-z_]+")
NEAR = 0.8


def check(shown: str, page: str, known: Collection[str]) -> Iterator[Problem]:
    """Check the fields that a page names; `known` are those of every part of a brief.

    A name may be an id of the brief, so only one that nearly matches a field is reported.
    """
    for line, name in _names(page):
        if name not in known and (near := difflib.get_close_matches(name, known, n=1, cutoff=NEAR)):
            yield Problem(shown, line, f'no part of a brief has a field called "{name}"', near[0], Owner.LAYOUT)


def _names(page: str) -> Iterator[tuple[int, str]]:
    """Yield each name in the fields of a page, with its line."""
    for found in FIELD.finditer(page):
        yield from _each(page, found.start(), TAG.sub(FILLED, found[1] or found[2] or ""))
    for tag in TAG.finditer(page):
        for found in PART.finditer(tag[0]) if not tag[0].startswith("{#") else ():
            if "." in found[1]:
                yield from _each(page, tag.start() + found.start(), found[1])


def _each(page: str, start: int, field: str) -> Iterator[tuple[int, str]]:
    line = page.count("\n", 0, start) + 1
    for part in field.split("."):
        # A name that a tag continues is unknown; one that it precedes may be whole: {{ field }}standfirst.
        if not part.endswith(FILLED) and NAME.fullmatch(name := part.rpartition(FILLED)[2]):
            yield line, name

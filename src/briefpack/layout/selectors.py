"""Find the selectors that WeasyPrint doesn't know in all style sheets of a layout, also those of other editions."""

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

import cssselect2
import tinycss2

from briefpack.layout import css, names
from briefpack.layout.model import Layout
from briefpack.problem import Owner, Problem
from briefpack.project import Project

Token = Any
"""A token of tinycss2's, which is untyped."""


def unsupported(project: Project, found: Layout) -> Iterator[Problem]:
    """Yield a problem for each selector of a layout's style sheets that WeasyPrint doesn't know, in every edition.

    A build reports those of its own pages with their other faults.
    """
    sheets, _ = names.sheets_of(project, found)
    for shown, text in sheets.items():
        for rule in css.rules(text):
            if rule.type == "qualified-rule" and not _is_selector(rule.prelude):
                selector = " ".join(tinycss2.serialize(rule.prelude).split())
                message = f'WeasyPrint does not support the selector "{selector}"'
                yield Problem(shown, rule.source_line, message, hint(selector), Owner.LAYOUT)


def hint(selector: str) -> str:
    """Return what a selector or a rule that WeasyPrint doesn't know should be, if that is clear."""
    for pattern, words in SLIPS:
        if re.search(pattern, selector):
            return words
    for mark, name in NAMED.findall(selector):
        known = RULES if mark == "@" else PARTS
        near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=NEAR) if name.lower() not in known else ()
        if near:
            return f"{mark}{near[0]}"
    return SPELLING


NEAR = 0.75
NAMED = re.compile(r"(@|::?)([a-zA-Z-]+)")
RULES = (
    *("page", "media", "font-face", "import", "layer", "footnote", "counter-style", "namespace"),
    *(
        f"{side}-{part}"
        for side in ("top", "bottom")
        for part in ("left", "center", "right", "left-corner", "right-corner")
    ),
    *(f"{side}-{part}" for side in ("left", "right") for part in ("top", "middle", "bottom")),
)
PARTS = (
    *("first-child", "last-child", "only-child", "nth-child", "nth-last-child", "first-of-type", "last-of-type"),
    *("nth-of-type", "nth-last-of-type", "only-of-type", "not", "is", "where", "has", "empty", "root", "lang", "link"),
    *("before", "after", "marker", "first-line", "first-letter", "footnote-call", "footnote-marker"),
)
SLIPS = (
    (r"^//", "/* … */ round a remark: CSS has no //"),
    (r"^\s*,|,\s*(?:,|$)", "delete the comma that no selector follows"),
    (r"\.\s|\.\.", "a class is a point and its name, without a space: .name"),
    (r"\{", "close the rule before it with }"),
)
"""Mistakes in selectors, each with what to do."""
SPELLING = "check the spelling; if WeasyPrint doesn't support it, delete the line"


def _is_selector(prelude: Sequence[Token]) -> bool:
    try:
        cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        # A nested rule may name the one around it.
        return "&" in tinycss2.serialize(prelude)
    return True

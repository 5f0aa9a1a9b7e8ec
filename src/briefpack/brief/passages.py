"""Read and check passages that are marked as in another language: `[kumusta]{lang=tl}`."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from briefpack.problem import Problem
from briefpack.text.locale import is_right_to_left
from briefpack.text.yaml_lines import Loc, Tree

MARK = re.compile(r"\{lang=([^{}]*)\}")
# The words before a mark, in brackets that may contain citations and links.
WORDS = re.compile(r"\[(?!\^)(?:[^\[\]]|\[[^\[\]]*\])*\]$")
TAG = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*", re.IGNORECASE)
"""A language tag as in IETF BCP 47: a language, and perhaps a script, a region and variants."""


def install(reader: MarkdownIt) -> MarkdownIt:
    """Return a Markdown parser that reads marked passages as spans with a language."""
    reader.inline.ruler.before("link", "passage", _read)
    return reader


def _read(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    start, most = state.pos + 1, state.posMax
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    mark = MARK.match(state.src, end + 1) if end >= 0 else None
    if mark is None:
        return False
    if not silent:
        state.pos, state.posMax = start, end
        state.push("passage_open", "span", 1).attrSet("lang", mark[1])
        state.md.inline.tokenize(state)
        state.push("passage_close", "span", -1)
    state.pos, state.posMax = mark.end(), most
    return True


def check(tree: Tree, loc: Loc, text: str) -> Iterator[Problem]:
    """Yield a problem for each mark of a language that marks no words, or names no language."""
    for found in MARK.finditer(text):
        tag = found[1]
        if not TAG.fullmatch(tag):
            message = f'"{tag}" is not a language tag'
            yield tree.problem(loc, message, "a tag such as tl, fr or zh-Hans", words=found[0])
        elif is_right_to_left(tag):
            message = f'"{tag}" is written from right to left, and pages can only be set from left to right'
            yield tree.problem(loc, message, "print the passage as an image, or in another script", words=found[0])
        elif not WORDS.search(text[: found.start()]):
            message = f'"{found[0]}" marks no words'
            yield tree.problem(loc, message, f"[the words]{found[0]}", words=found[0])

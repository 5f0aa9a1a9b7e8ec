"""Turns a brief's Markdown into HTML, with figures written out and citations marked."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from briefpack import numerals
from briefpack.ledger import CITATION, Ledger

# A citation travels through Markdown as its id between two private-use characters.
CITED = re.compile("\\s*\ue000([^\ue001]*)\ue001")
OFF = ["code", "fence", "backticks", "html_block", "html_inline", "hr", "image"]

MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": "“”‘’"})
MARKDOWN.enable("smartquotes").disable(OFF)
RENDERER = RendererHTML()


def html(text: str, ledger: Ledger, cite: Callable[[str], str], level: int = 3) -> str:
    """A Prose as HTML blocks; headings in it get the level given."""
    tokens = _parse(text, ledger)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"
    _mark_points(tokens)
    return _cited(RENDERER.render(tokens, MARKDOWN.options, {}), cite)


def line(text: str, ledger: Ledger, cite: Callable[[str], str]) -> str:
    """A Line as HTML without a block round it."""
    inline = [token for token in _parse(text, ledger) if token.type == "inline"]
    parts = [RENDERER.renderInline(token.children or [], MARKDOWN.options, {}) for token in inline]
    return _cited(" ".join(parts), cite)


def heading(text: str, ledger: Ledger, cite: Callable[[str], str]) -> str:
    """A Line as HTML for a heading, whose last line never holds a single word."""
    words = text.rsplit(maxsplit=2)
    kept = text if len(text.split()) < LONG_HEADING else f"{words[0]} {words[1]}\u00a0{words[2]}"
    return line(kept, ledger, cite)


LONG_HEADING = 4


def _parse(text: str, ledger: Ledger) -> list[Token]:
    marked = CITATION.sub("\ue000\\1\ue001", ledger.fill(text))
    tokens = MARKDOWN.parse(marked)
    for token in tokens:
        for child in token.children or []:
            if child.type == "text":
                child.content = numerals.tidy(child.content)
    return tokens


def _cited(rendered: str, cite: Callable[[str], str]) -> str:
    return CITED.sub(lambda found: cite(found[1]), rendered)


def _mark_points(tokens: list[Token]) -> None:
    """Class `points` on each list of which every item begins with bold words."""
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            items = _items(tokens, index)
            if items and all((item.children or [Token("", "", 0)])[0].content == "" and _bold(item) for item in items):
                token.attrSet("class", "points")
                for inside in tokens[index:]:
                    if inside.type == "list_item_open" and inside.level == token.level + 1:
                        inside.attrSet("data-give", "")


def _bold(item: Token) -> bool:
    return any(child.type == "strong_open" for child in (item.children or [])[:2])


def _items(tokens: list[Token], start: int) -> list[Token]:
    depth = tokens[start].level
    inside = []
    for before, token in zip(tokens[start:], tokens[start + 1 :], strict=False):
        if token.level == depth:
            break
        if token.type == "inline" and before.type == "paragraph_open" and token.level == depth + 3:
            inside.append(token)
    return inside

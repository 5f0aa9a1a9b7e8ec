"""Read style sheets: the names and files that they refer to, and brackets and quotation marks that are left open."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Any

import tinycss2
import tinycss2.color3

Token = Any
"""A token of tinycss2's, which is untyped."""
Name = tuple[int, str]
"""A name, after the line that it is on."""
BLANK = ("whitespace", "comment")
GROUPS = ("media", "layer")
"""The rules that contain others."""
SIZES = ("dimension", "percentage", "number", "function")
ANYWHERE = {
    "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif", "math", "emoji",
    "inherit", "initial", "unset", "revert", "revert-layer",
}  # fmt: skip
"""The words that may appear in place of a family's name."""
END = "end-of-the-sheet"
LINE_END = re.compile(r"\r\n|[\r\n\f]")
"""The line ends of CSS (CSS Syntax, section 3.3); `str.splitlines` would split at other characters too."""
BEGUN = re.compile(r"(?:^|\s)/\*")
SWALLOWED = (
    "the comment is not closed before the next one begins",
    "close it with */; the rules in it are ignored until then",
)
"""The problem with a comment that contains the beginning of another, and its fix."""
CLOSING = {"{": "}", "(": ")", "[": "]", "/*": "*/", '"': '"', "'": "'"}
IN_PAGE = re.compile(r"<style\b[^>]*>(.*?)</style|=\s*\"([^\"]*)\"|=\s*'([^']*)'", re.IGNORECASE | re.DOTALL)


MOST_KEPT = 1024
"""How many texts are kept as tokens: a layout has some twenty style sheets, and its pages hundreds of declarations."""


@lru_cache(maxsize=MOST_KEPT)
def _tokens(css: str) -> tuple[Token, ...]:
    """Return the tokens of a style sheet or a declaration; the tokens in a block are inside the block's token."""
    return () if too_deep(css) else tuple(tinycss2.parse_component_value_list(css))


def too_deep(css: str) -> int | None:
    """Return the line of the first bracket that is inside too many others; None if there is none."""
    depth = 0
    for found in BRACKET.finditer(css):
        depth += 1 if found[0] in "([{" else -1
        if depth > MOST_DEPTH:
            return css.count("\n", 0, found.start()) + 1
    return None


BRACKET = re.compile(r"[()\[\]{}]")
MOST_DEPTH = 100
"""How deep brackets may be nested. Style sheets that people write need five, and Python stops at a thousand."""


@lru_cache(maxsize=MOST_KEPT)
def top_rules(css: str) -> tuple[Token, ...]:
    """Return the rules of a style sheet, without the rules inside other rules."""
    return () if too_deep(css) else tuple(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


@lru_cache(maxsize=MOST_KEPT)
def rules(css: str) -> tuple[Token, ...]:
    """Return every rule of a style sheet, including the rules inside other rules."""
    return tuple(_with_inner(top_rules(css)))


def _with_inner(listed: Sequence[Token]) -> Iterator[Token]:
    for rule in listed:
        yield rule
        if rule.type == "at-rule" and rule.lower_at_keyword in GROUPS and rule.content:
            yield from _with_inner(
                tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            )


def _inside(token: Token) -> list[Token]:
    return getattr(token, "content", None) or getattr(token, "arguments", None) or []


def _lists(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the list of tokens, and the list of tokens in every block, without white space and comments."""
    yield [token for token in tokens if token.type not in BLANK]
    for token in tokens:
        yield from _lists(_inside(token))


@lru_cache(maxsize=MOST_KEPT)
def _all(css: str) -> tuple[list[Token], ...]:
    """Return each list of tokens in a style sheet or a declaration."""
    return tuple(_lists(_tokens(css)))


def _values(css: str, *names: str) -> Iterator[tuple[Token, list[Token]]]:
    """Yield each declaration of one of the properties: its name's token, and the tokens up to the next semicolon."""
    for tokens in _all(css):
        for index, (name, colon) in enumerate(pairwise(tokens)):
            if name.type == "ident" and colon == ":" and (not names or name.lower_value in names):
                yield name, list(takewhile(lambda each: each != ";", tokens[index + 2 :]))


def properties(css: str) -> set[str]:
    """Return the custom properties that a style sheet defines."""
    return {name.value for name, _ in _values(css) if name.value.startswith("--")}


def variables(css: str) -> Iterator[Name]:
    """Yield each custom property that a style sheet uses without a fallback."""
    for tokens in _all(css):
        for token in tokens:
            if token.type == "function" and token.lower_name == "var":
                names = [each for each in token.arguments if each.type not in BLANK]
                if len(names) == 1 and names[0].type == "ident":
                    yield token.source_line, names[0].value


def colours(css: str) -> Iterator[Name]:
    """Yield each opaque colour that a style sheet gives by its value or by a CSS name, in hexadecimal."""
    for tokens in _all(css):
        for token in tokens:
            colour = tinycss2.color3.parse_color(token)
            if isinstance(colour, tinycss2.color3.RGBA) and colour.alpha == 1:
                shares = (round(share * 255) for share in colour[:3])
                yield token.source_line, "#" + "".join(f"{share:02X}" for share in shares)


def families(css: str) -> Iterator[Name]:
    """Yield each font family that a style sheet names, leaving out generic families such as serif."""
    for name, tokens in _values(css, "font", "font-family"):
        value = list(takewhile(lambda each: each != "!", tokens))
        if name.lower_value == "font":
            # The families follow the size, and the line height if there is one.
            last = max((index for index, token in enumerate(value) if token.type in SIZES), default=len(value))
            value = value[last + 1 :]
        for family in _split(value):
            if family and family.lower() not in ANYWHERE:
                yield name.source_line, family


def _split(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the names in a list of families; none for an entry that isn't a name, such as var(--sans)."""
    words: list[str] = []
    for each in (*tokens, None):
        if each is None or each == ",":
            yield " ".join(words)
            words = []
        elif each.type in ("ident", "string"):
            words += each.value.split()


def addresses(css: str) -> Iterator[str]:
    """Yield the address of each file that a style sheet loads."""
    if not any(mark in css for mark in "(@\\"):
        return
    for tokens in _all(css):
        for token, value in pairwise([*tokens, None]):
            if token.type == "url":
                yield token.value
            elif token.type == "function" and token.lower_name == "url":
                yield from (each.value for each in token.arguments if each.type == "string")
            elif (
                token.type == "at-keyword" and token.lower_value == "import" and getattr(value, "type", "") == "string"
            ):
                yield value.value


def of_page(html: str) -> Iterator[tuple[int, str]]:
    """Yield the CSS in a page, after the number of lines above it: its styles, and the values of its attributes."""
    for found in IN_PAGE.finditer(html):
        index = found.lastindex or 0
        if "--" in found[index]:
            yield html.count("\n", 0, found.start(index)), found[index]


def unclosed(css: str) -> tuple[int, str, str] | None:
    """Return the first unpaired bracket, quotation mark or comment mark: its line, the problem and the fix.

    CSS gives no warning: it reads everything after the mark as part of the same block, text or comment.
    """
    tokens = tinycss2.parse_component_value_list(f"{css}\n;{END}")
    line, mark = next(_unpaired(tokens, css), None) or _open(tokens) or (0, "")
    if not mark:
        return None
    if mark not in CLOSING:
        return line, f"{mark} has no opening bracket", "delete it, or add the bracket that it should close"
    return line, f"the {mark} is not closed", f"close it with {CLOSING[mark]}"


def swallowed_comment(css: str) -> int | None:
    """Return the line of the first comment that contains the beginning of another, and no path such as x/*.css."""
    return next(_swallowed(_tokens(css)), None)


def _swallowed(tokens: Sequence[Token]) -> Iterator[int]:
    for token in tokens:
        if token.type == "comment" and BEGUN.search(token.value):
            yield token.source_line
        yield from _swallowed(_inside(token))


def _unpaired(tokens: Sequence[Token], css: str, opening: Name | None = None) -> Iterator[Name]:
    """Yield each quotation mark without its pair, and each closing bracket, or the `opening` one around it instead."""
    for token in tokens:
        if token.type == "error" and token.kind.endswith("string"):
            yield token.source_line, LINE_END.split(css)[token.source_line - 1][token.source_column - 1]
        elif token.type == "error" and token.kind in CLOSING.values():
            yield opening or (token.source_line, token.kind)
        elif inside := _inside(token):
            yield from _unpaired(inside, css, _opening(token))


def _open(tokens: Sequence[Token]) -> Name | None:
    """Return the innermost block, or the address or comment, that the end of the sheet is in."""
    last = tokens[-1]
    if last.type == "comment" and last.value.endswith(END):
        return last.source_line, "/*"
    if last.type == "error":
        return last.source_line, "("
    inside = _inside(last)
    return (_open(inside) or _opening(last)) if inside else None


def _opening(block: Token) -> Name:
    return block.source_line, "(" if block.type == "function" else block.type[0]

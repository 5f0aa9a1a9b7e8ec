"""Warn of selectors that match nothing: two classes that no element has together, or that are never nested.

A space or a comma lost between two classes makes such a selector, and so does a class that has moved to another element. A
page may take a class from a value: whatever may be one is taken for it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from briefpack.layout import classes, css, dead_rules, hidden_fields
from briefpack.layout.nesting import Nesting
from briefpack.problem import Owner, Problem

Token = Any
"""A token of tinycss2's, which is untyped."""
ODD = re.compile(r"\sclass\s*=(?!\")|\sclass\s+=")
"""A class attribute without quotation marks, or with single ones, which isn't read."""
BLOCK = re.compile(r"\{%[-+]?\s*(?:block|include)\b")


@dataclass(frozen=True)
class _Attribute:
    """A class attribute of a page: the name of its element, if it is plain, the words written in it, and its place.

    If `built`, a value or another page may add to it.
    """

    element: str
    words: frozenset[str]
    built: bool
    path: str = ""
    start: int = 0


@dataclass(frozen=True)
class _Compound:
    """The part of a selector that is about one element: its line, the element's name, if any, and the classes."""

    line: int
    element: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Pair:
    """The classes of an element in a selector, and those of one inside it, with the line."""

    line: int
    outer: tuple[str, ...]
    inner: tuple[str, ...]


def check(
    sheets: Mapping[str, str],
    pages: Mapping[str, str],
    had: Collection[str],
    values: Collection[str],
    added: Collection[str],
) -> Iterator[Problem]:
    """Yield a warning for each selector of elements that no page can have.

    `had` are the classes that a page may have, and `values` those that it may take from a brief. The engine may give any
    element those that are `added`.
    """
    bare = [classes.REMARK.sub(" ", text) for text in pages.values()]
    if any(ODD.search(text) or dead_rules.FROM_A_BRIEF.search(text) for text in bare):
        return
    written = [each for path, text in zip(pages, bare, strict=True) for each in _attributes(path, text)]
    built = {*values, *_printable(bare)}
    nesting = Nesting(pages)
    for shown, text in sheets.items():
        told: set[tuple[str, tuple[str, ...]]] = set()
        for each in _compounds(text):
            if {*each.names} <= {*had} - {*added} and (each.element, each.names) not in told:
                told.add((each.element, each.names))
                yield from _vain(shown, each, written, built)
        for pair in dict.fromkeys(_pairs(text)):
            if {*pair.outer, *pair.inner} <= {*had} - {*added} - {*values}:
                yield from _apart(shown, pair, written, built, nesting)


def _apart(
    shown: str, pair: _Pair, written: Sequence[_Attribute], built: Collection[str], nesting: Nesting
) -> Iterator[Problem]:
    """Yield a warning for a selector of one class inside another, if no page nests them."""
    outer = [each for each in written if _may_have(each, pair.outer, built)]
    if not outer or any(nesting.may_hold(((each.path, each.start) for each in outer), name) for name in pair.inner):
        return
    one, other = ".".join(pair.outer), ".".join(pair.inner)
    message = f'no element of the class "{other}" is inside one of the class "{one}", so the rule does nothing'
    together = any(_may_have(each, (*pair.outer, *pair.inner), built) for each in written)
    hint = f".{one}.{other}, if the space is one too many" if together else f".{one}, .{other}, if a comma was lost"
    yield Problem(shown, pair.line, message, hint, Owner.LAYOUT, warning=True)


def _vain(shown: str, each: _Compound, written: Sequence[_Attribute], built: Collection[str]) -> Iterator[Problem]:
    for one, other in combinations(each.names, 2):
        if not any(_may_have(attribute, (one, other), built) for attribute in written):
            message = f'no element has both classes "{one}" and "{other}", so the rule does nothing'
            hint = f".{one} .{other}, if a space was lost, or .{one}, .{other}"
            yield Problem(shown, each.line, message, hint, Owner.LAYOUT, warning=True)
            return
    for name in each.names if each.element else ():
        held = [attribute for attribute in written if _may_have(attribute, (name,), built)]
        elements = " or ".join(sorted({f"<{attribute.element}>" for attribute in held if name in attribute.words}))
        if elements and all(attribute.element not in ("", each.element) for attribute in held):
            message = (
                f'no <{each.element}> has the class "{name}", so the rule does nothing: it is the class of {elements}'
            )
            hint = f".{name}, or {each.element} .{name} if a space was lost"
            yield Problem(shown, each.line, message, hint, Owner.LAYOUT, warning=True)
            return


def _may_have(attribute: _Attribute, names: Collection[str], built: Collection[str]) -> bool:
    return all(name in attribute.words or (attribute.built and name in built) for name in names)


def _attributes(path: str, text: str) -> Iterator[_Attribute]:
    for found in classes.CLASS.finditer(text):
        start = max(text.rfind("<", 0, found.start()), 0)
        tag = re.match(r"<([a-zA-Z][\w-]*)\s", text[start : found.end()])
        plain = classes.TAGS.sub(" ", classes.PRINTED.sub("\0", found[1]))
        # What a value prints may begin with a space.
        words = frozenset(plain.replace("\0", " ").split())
        is_built = "\0" in plain or bool(BLOCK.search(found[1]))
        yield _Attribute(tag[1].lower() if tag else "", words, is_built, path, start)


def _printable(pages: Sequence[str]) -> set[str]:
    """Return each word that a class may have from the code of a page: in a text, or in what a macro prints."""
    found = set[str]()
    for text in pages:
        code = (classes.NO_CLASS.sub(" ", each) for each in classes.CODE.findall(text))
        texts = (one or two for each in code for one, two in classes.TEXT.findall(each))
        between = classes.CODE.sub("\n", hidden_fields.TAG.sub("\n", text))
        found.update(word for part in (*texts, between) for word in classes.WORD.findall(part))
    return found


def _compounds(text: str) -> Iterator[_Compound]:
    for rule in css.rules(text):
        if rule.type == "qualified-rule":
            yield from _compounds_of(rule.prelude)


def _compounds_of(prelude: Sequence[Token]) -> Iterator[_Compound]:
    """Yield the compound selectors of a rule that have two names."""
    run: list[Token] = []
    for token in (*prelude, None):
        if token is not None and token.type not in ("whitespace", "comment") and token not in (",", ">", "+", "~"):
            run.append(token)
            continue
        element = run[0].lower_value if run and run[0].type == "ident" else ""
        names = [two.value for one, two in pairwise(run) if one == "." and two.type == "ident"]
        if len(names) + bool(element) > 1 and "&" not in run:
            yield _Compound(run[0].source_line, element, tuple(dict.fromkeys(names)))
        run = []


def _pairs(text: str) -> Iterator[_Pair]:
    """Yield the classes of each two elements of a selector of which one is inside the other."""
    for rule in css.rules(text):
        if rule.type == "qualified-rule" and "&" not in rule.prelude:
            yield from _pairs_of(rule.prelude)


def _pairs_of(prelude: Sequence[Token]) -> Iterator[_Pair]:
    outer: tuple[str, ...] = ()
    for line, mark, names in _steps(prelude):
        if mark in (" ", ">") and outer and names:
            yield _Pair(line, outer, names)
        # What follows a sibling is inside the same element.
        outer = names if mark not in ("+", "~") else ()


def _steps(prelude: Sequence[Token]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield the line and the classes of each element of a selector, after the mark before it; a comma begins a selector."""
    mark, line, names = ",", 0, list[str]()
    before: Token | None = None
    for token in (*prelude, None):
        if token is not None and (before is None or not _parts(token)):
            line = line or token.source_line
        if token is None or _parts(token):
            if line:
                yield line, mark, tuple(dict.fromkeys(names))
                mark, line, names = " ", 0, []
            if token is not None and token.type == "literal":
                mark = token.value
        elif before == "." and token.type == "ident":
            names.append(token.value)
        before = token


def _parts(token: Token) -> bool:
    """Return whether a token separates two elements of a selector."""
    return token.type in ("whitespace", "comment") or token in (",", ">", "+", "~")

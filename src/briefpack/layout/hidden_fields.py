"""Warn of rules that hide what a page prints of the brief: the author's text would be in no document."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import tinycss2

from briefpack.layout import classes, css
from briefpack.problem import Owner, Problem

Token = Any
"""A token of tinycss2's, which is untyped."""
HIDING = {"display": ("none",), "visibility": ("hidden", "collapse"), "opacity": ("0", "0%")}
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\"(?:\{\{.*?\}\}|[^\"])*+\"|\{\{.*?\}\}|\{%.*?%\}|[^<>\"])*+)>", re.DOTALL)
EMPTY = frozenset(["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
ONE_CLASS = re.compile(r"(?:[a-z]\w*)?\.([A-Za-z_][\w-]*)")


def check(sheets: Mapping[str, str], pages: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each rule that hides every element of a class, if such elements have a `data-field`.

    A rule with a condition, such as `:empty` or a class that only some elements have, may hide it for a reason.
    """
    always = {name for text in pages.values() for name in _unconditional(text)}
    printing = {name for text in pages.values() for name in _with_fields(classes.REMARK.sub(" ", text))}
    for shown, text in sheets.items():
        for rule in css.rules(text):
            hidden = _hiding(rule) if rule.type == "qualified-rule" else None
            if hidden is None:
                continue
            line, declared = hidden
            for name in sorted(_classes(tinycss2.serialize(rule.prelude), always) & printing):
                message = f'"{declared}" hides the class "{name}", in which a page prints text of the brief'
                hint = "delete it; to leave a text out, leave it out of the page, so that nobody writes it in vain"
                yield Problem(shown, line, message, hint, Owner.LAYOUT, warning=True)


def _hiding(rule: Token) -> tuple[int, str] | None:
    """Return the line and the text of the declaration by which a rule hides its elements; None if none does."""
    for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        value = tinycss2.serialize(each.value).strip().lower() if each.type == "declaration" else ""
        if value and value in HIDING.get(each.lower_name, ()):
            return each.source_line, f"{each.lower_name}: {value}"
    return None


def _classes(selector: str, always: Collection[str]) -> set[str]:
    """Return the classes whose elements a list of selectors selects in any case; `always` are those of no condition."""
    found = set[str]()
    for each in selector.split(","):
        parts = [ONE_CLASS.fullmatch(part) for part in re.split(r"[\s>]+", each.strip())]
        names = [part[1] for part in parts if part]
        if len(names) == len(parts) and all(name in always for name in names):
            found.add(names[-1])
    return found


def _unconditional(text: str) -> Iterator[str]:
    """Yield each class that a page gives to an element in any case."""
    return (name for _, name in classes.written(CONDITION.sub("", text)))


CONDITION = re.compile(r"\{%-?\s*if\b(?:(?!\{%).)*?%\}[\w \-]*\{%-?\s*endif\s*-?%\}", re.DOTALL)


def _with_fields(text: str) -> Iterator[str]:
    """Yield the classes of each element of a page that has a `data-field`, and of those around it."""
    around: list[tuple[str, tuple[str, ...]]] = []
    for tag in TAG.finditer(text):
        name = tag[2].lower()
        if tag[1]:
            place = next((place for place in reversed(range(len(around))) if around[place][0] == name), None)
            around = around[:place] if place is not None else around
            continue
        own = tuple(each for _, each in classes.written(f" {tag[3]}"))
        if "data-field" in tag[3]:
            yield from own
            yield from (each for _, names in around for each in names)
        if name not in EMPTY:
            around.append((name, own))

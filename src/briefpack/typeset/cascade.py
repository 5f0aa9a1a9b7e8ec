"""Find the declaration in a layout's style sheets that gives an element one of its properties."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cssselect2
import tinycss2

Element = Any
"""An element as cssselect2 wraps it, which is untyped."""
Token = Any
"""A token of tinycss2's, which is untyped."""


@dataclass(frozen=True)
class Declaration:
    """A declaration in a style sheet: its place, its property and its value."""

    path: str
    line: int
    name: str
    value: str


@dataclass(frozen=True)
class _Rule:
    """The declarations of a rule for one selector, the last of each property, and their weight in the cascade."""

    selector: Any
    weight: tuple[object, ...]
    declarations: Mapping[str, tuple[bool, Declaration]]


class Cascade:
    """The rules of some style sheets, given by path, in order; `values` are those of the tokens."""

    def __init__(self, sheets: Mapping[str, str], values: Mapping[str, str]) -> None:
        self.rules, self.values = list[_Rule](), values
        for path, text in sheets.items():
            self._add(path, tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))

    def _add(self, path: str, rules: Iterable[Token]) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
                self._add(path, tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            elif rule.type == "qualified-rule":
                declarations = _declarations(path, rule)
                for selector in _selectors(rule):
                    weight = (selector.specificity, len(self.rules))
                    self.rules.append(_Rule(selector, weight, declarations))

    def of(self, element: Element, names: Sequence[str], pseudo: str | None = None) -> Declaration | None:
        """Return the declaration that decides any of some properties of an element; None if there is none."""
        return next(reversed(self.all_of(element, names, pseudo)), None)

    def all_of(self, element: Element, names: Sequence[str], pseudo: str | None = None) -> list[Declaration]:
        """Return every declaration of any of some properties of an element, the one that decides last."""
        found = [
            ((important, *rule.weight), declaration)
            for rule in self.rules
            if not rule.declarations.keys().isdisjoint(names) and _matches(rule.selector, element, pseudo)
            for important, declaration in (rule.declarations[name] for name in names if name in rule.declarations)
        ]
        # Of those with the same weight, the first decides.
        found.sort(key=lambda each: each[0], reverse=True)
        return [each for _, each in reversed(found)]

    def above(self, element: Element, names: Sequence[str], pseudo: str | None = None) -> Iterator[Declaration]:
        """Yield such declarations of an element, its part `pseudo` first, and of all that it is in, the nearest first."""
        around = [(element, pseudo)] * bool(pseudo) + [(each, None) for each in (element, *reversed(element.ancestors))]
        for each, part in around:
            if found := self.of(each, names, part):
                yield found

    def uses(self, name: str, value: str) -> int:
        """Return how many rules give a property a value."""
        every = (each for rule in self.rules for _, each in rule.declarations.values())
        return len({each for each in every if (each.name, each.value) == (name, value)})


def _declarations(path: str, rule: Token) -> dict[str, tuple[bool, Declaration]]:
    parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return {
        each.lower_name: (
            each.important,
            Declaration(path, each.source_line, each.lower_name, tinycss2.serialize(each.value).strip()),
        )
        for each in parts
        if each.type == "declaration"
    }


def _selectors(rule: Token) -> Iterator[Any]:
    try:
        yield from cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError:
        # WeasyPrint reports it.
        return


def _matches(selector: Any, element: Element, pseudo: str | None) -> bool:  # noqa: ANN401 -- cssselect2 is untyped
    return selector.pseudo_element == pseudo and not selector.never_matches and bool(selector.test(element))


def wrapped(root: Any) -> dict[Any, Element]:  # noqa: ANN401 -- an element of the HTML tree, which is untyped
    """Return every element of a page as cssselect2 wraps it, by the element."""
    every = cssselect2.ElementWrapper.from_html_root(root).iter_subtree()
    return {each.etree_element: each for each in every}

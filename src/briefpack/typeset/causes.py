"""Find the declaration in a layout's style sheets that makes a text too faint or small, hides it or moves it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import cssselect2
import tinycss2

from briefpack.layout import addresses
from briefpack.pages import Piece
from briefpack.typeset.typesetter import Typesetter
from briefpack.typeset.weasyprint.boxes import Box

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
    """The rules of some style sheets, given by path, in order; `values` are the values of the tokens."""

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
        """Return every declaration of any of some properties of an element, with the deciding declaration last."""
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
        """Yield the declaration that decides some properties: of the part `pseudo`, the element, and each around it."""
        around = [(element, pseudo)] * bool(pseudo) + [(each, None) for each in (element, *reversed(element.ancestors))]
        for each, part in around:
            if found := self.of(each, names, part):
                yield found

    def uses(self, name: str, value: str) -> int:
        """Return how many rules give a property a value."""
        every = (each for rule in self.rules for _, each in rule.declarations.values())
        return len({each for each in every if (each.name, each.value) == (name, value)})


class Styled(NamedTuple):
    """The rules of a piece's style sheets, and its elements as these match them."""

    cascade: Cascade
    elements: Mapping[Any, Any]


def styled(typesetter: Typesetter) -> Styled:
    """Return the rules and the elements of a piece."""
    piece, root = typesetter.piece, typesetter.root
    paths = [f"{addresses.FOLDER}/{style}" for style in piece.styles]
    read = {path: addresses.place(root, path).read_text(encoding="utf-8-sig", errors="replace") for path in paths}
    cascade = Cascade(read, dict(VALUE.findall(piece.css)))
    return Styled(cascade, wrapped(typesetter.html.etree_element))


VALUE = re.compile(r"--([\w-]+):([^;}]*)")


def of_fault(check: str, box: Box | None, styles: Styled, typesetter: Typesetter) -> tuple[str, int] | None:
    """Return the path and line of the declaration that causes a fault of a run of text; None if that isn't certain."""
    wanted = styles.elements.get(box.element) if box is not None and check in CAUSES else None
    cause = CAUSES[check](styles.cascade, wanted, _pseudo(box)) if wanted is not None else None
    return _place(cause, typesetter.piece, typesetter.root) if cause else None


def of_overlap(text: Box, image: Box, styles: Styled) -> tuple[str, int] | None:
    """Return the path and line of the declaration that places a text, or else the image under it; None if none does."""
    for box in (text, image):
        wanted = styles.elements.get(box.element)
        around = styles.cascade.above(wanted, ("position", "float"), _pseudo(box)) if wanted is not None else ()
        if found := _first(around, IN_FLOW):
            return found.path, found.line
    return None


def of_cover(text: Box, others: Iterable[Box], styles: Styled) -> tuple[str, int] | None:
    """Return the path and line of the `z-index` that lifts another box over a text; None if none does."""
    wanted = styles.elements.get(text.element)
    if wanted is None:
        return None
    around = {wanted, *wanted.ancestors}
    own = next((_level(each) for each in styles.cascade.above(wanted, ("z-index",))), 0)
    lifted = [styles.elements.get(each.element) for each in others]
    found = [styles.cascade.of(each, ("z-index",)) for each in lifted if each is not None and each not in around]
    highest = max((each for each in found if each), key=_level, default=None)
    return (highest.path, highest.line) if highest and _level(highest) > own else None


def _level(declaration: Declaration) -> int:
    return int(declaration.value) if re.fullmatch(r"-?\d+", declaration.value) else 0


IN_FLOW = ("static", "relative", "none", "inherit", "unset")


def of_hiding(box: Box, styles: Styled) -> tuple[str, int] | None:
    """Return the path and line of the declaration by which a box hides overset content; None if none does."""
    wanted = styles.elements.get(box.element)
    found = styles.cascade.of(wanted, ("overflow", "overflow-x", "overflow-y")) if wanted is not None else None
    return (found.path, found.line) if found else None


def _pseudo(box: Box) -> str | None:
    """Return the part of its element that a box shows, such as before; None if it shows the element itself."""
    return box.element_tag.partition("::")[2] or None


def _place(found: Declaration, piece: Piece, root: Path) -> tuple[str, int]:
    """Return the path and line of a declaration; of the token that it uses, if the token is its value by name."""
    if not found.path:
        text = (root / TOKENS).read_text(encoding="utf-8", errors="replace")
        value = re.search(rf"--{re.escape(found.value)}:([^;}}]*)", piece.css)
        lines = [
            (number, line)
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip().startswith(f"{found.value}:")
        ]
        exact = [number for number, line in lines if value and value[1] in line]
        return TOKENS, next(iter((*exact, *(number for number, _ in lines))), 1)
    return found.path, found.line


TOKENS = f"{addresses.FOLDER}/tokens.yaml"


def _colour(cascade: Cascade, element: Any, pseudo: str | None) -> Declaration | None:  # noqa: ANN401 -- cssselect2 is untyped
    """Return the declaration that makes a text too faint: of its colour, of a token, or of the background."""
    text = _first(cascade.above(element, ("color",), pseudo), INHERITED)
    if text is None:
        return None
    if cleared := _cleared(cascade, element, text):
        return cleared
    ground = _first(cascade.above(element, BACKGROUND, pseudo), CLEAR)
    token = TOKEN.fullmatch(text.value)
    if not token or cascade.uses("color", text.value) < MANY:
        return text
    # A colour of many texts is meant for them; if it shows well on paper, only what is behind this text can be wrong.
    if cascade.values.get(token[1], "").startswith("#") and _is_faint(cascade.values[token[1]]):
        return Declaration("", 0, "color", token[1])
    return ground or text


def _cleared(cascade: Cascade, element: Any, text: Declaration) -> Declaration | None:  # noqa: ANN401 -- as above
    """Return the declaration that takes away the background of the element whose text another rule colours."""
    for each in (element, *reversed(element.ancestors)):
        last = cascade.of(each, BACKGROUND)
        if last and last.value.lower() in ("none", "transparent"):
            taken = [other for other in cascade.all_of(each, BACKGROUND) if other.value.lower() not in CLEAR]
            return last if taken and (text.path, text.line) != (last.path, last.line) else None
        if last or cascade.of(each, ("color",)) == text:
            return None
    return None


BACKGROUND = ("background", "background-color")
INHERITED = ("inherit", "currentcolor", "unset")
CLEAR = ("none", "transparent", "inherit", "var(--paper)")
TOKEN = re.compile(r"var\(\s*--([\w-]+)\s*\)")
MANY = 3
"""The number of rules from which a colour is known to be meant for text."""


def _is_faint(colour: str) -> bool:
    """Return whether a colour is too faint on white, but isn't nearly white itself, for text on a dark ground."""
    from briefpack.layout import luminance  # noqa: PLC0415 -- only a fault needs its library

    return NEARLY_WHITE < 1.05 / (luminance.of(luminance.channels(colour)).item() + 0.05) < LEAST_CONTRAST


NEARLY_WHITE, LEAST_CONTRAST = 1.25, 4.5
"""Contrasts with white: at most this for a colour meant for a dark ground, and at least this for text."""


def _first(declarations: Iterable[Declaration], without: Sequence[str]) -> Declaration | None:
    return next((each for each in declarations if each.value.lower() not in without), None)


def _size(cascade: Cascade, element: Any, pseudo: str | None) -> Declaration | None:  # noqa: ANN401 -- as above
    """Return the declaration that makes a text too small."""
    found = next(cascade.above(element, ("font-size", "font"), pseudo), None)
    token = TOKEN.fullmatch(found.value) if found else None
    many = token and token[1].startswith("size-") and cascade.uses("font-size", found.value if found else "") >= MANY
    return Declaration("", 0, "font-size", token[1].removeprefix("size-")) if token and many else found


def _clip(cascade: Cascade, element: Any, pseudo: str | None) -> Declaration | None:  # noqa: ANN401 -- as above
    """Return the declaration that hides a text, or moves it away: the nearest that there is."""
    for name, harmless in MOVING:
        found = _first(cascade.above(element, (name,), pseudo), harmless)
        if found:
            return found
    shifted = (each for name in SHIFTING for each in cascade.above(element, (name,), pseudo))
    found = next((each for each in shifted if NEGATIVE.match(each.value)), None)
    return found or next((each for each in cascade.above(element, ("line-height",), pseudo) if _is_tight(each)), None)


def _is_tight(declaration: Declaration) -> bool:
    """Return whether a line height sets lines of text over one another; 0 is meant for marks within a line."""
    found = FACTOR.fullmatch(declaration.value)
    return found is not None and 0 < float(found[1]) * (0.01 if found[2] == "%" else 1) < TIGHT


FACTOR = re.compile(r"(\d*\.?\d+)(em|%)?")
TIGHT = 0.8


SHIFTING = ("margin-left", "margin-right", "margin-top", "text-indent")
NEGATIVE = re.compile(r"-[\d.]+(?!em)[a-z]")
"""A negative length, by which text may run off the page, except in em, which hangs a mark by a letter or two."""
MOVING = (
    ("overflow", ("visible", "inherit")), ("clip-path", ("none",)), ("transform", ("none",)),
    ("position", ("static", "relative", "inherit")),
)  # fmt: skip
"""The properties that hide text or move it away, and their values that don't."""
CAUSES = {"contrast": _colour, "type-size": _size, "words-lost": _clip}
"""How to find the cause of each check's faults."""


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

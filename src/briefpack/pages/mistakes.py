"""Find mistakes in a page's Jinja that don't stop it: values that it loses, and comparisons that are never true."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jinja2 import nodes

from briefpack.pages import markup


@dataclass(frozen=True)
class Mistake:
    """A mistake at a line of a page; `name` is the value that it is about."""

    line: int
    name: str
    message: str
    hint: str
    warning: bool = False


def find(source: str, tree: nodes.Template) -> Iterator[Mistake]:
    """Yield each mistake of a page."""
    yield from unscoped_blocks(tree)
    yield from _compared_objects(tree)
    yield from lost_values(tree)
    for line in prose_in_paragraphs(source):
        message = "prose(…) writes paragraphs, which a <p> can't hold"
        yield Mistake(line, "prose", message, "write <div> instead of <p>")


def unscoped_blocks(tree: nodes.Template) -> Iterator[Mistake]:
    """Yield each block that reads a value of a loop around it without `scoped`: in Jinja, it doesn't have them."""
    for loop in tree.find_all(nodes.For):
        given = {"loop", *_names(loop.target, "store")}
        parts = (each for part in loop.body for each in (part, *part.find_all(nodes.Block)))
        for block in (each for each in parts if isinstance(each, nodes.Block)):
            read = next((name for name in _names(block, "load") if name in given - {*_names(block, "store")}), None)
            if read and not block.scoped:
                message = f'the block "{block.name}" reads "{read}" of the loop around it, which a block doesn\'t have'
                yield Mistake(block.lineno, read, message, f"{{% block {block.name} scoped %}}")


def _names(part: nodes.Node, what: str) -> list[str]:
    """Return the names that a part reads or sets, in the order of its text."""
    named = (each for each in (part, *part.find_all(nodes.Name)) if isinstance(each, nodes.Name))
    return [each.name for each in named if each.ctx == what]


def _compared_objects(tree: nodes.Template) -> Iterator[Mistake]:
    """Yield each comparison of an object with a text; a name that the page sets itself may be a text."""
    own = {each.name for each in tree.find_all(nodes.Name) if each.ctx != "load"}
    for compared in tree.find_all(nodes.Compare):
        sides = (compared.expr, *(each.expr for each in compared.ops))
        names = [each.name for each in sides if isinstance(each, nodes.Name) and each.name in NAMED_BY.keys() - own]
        if names and any(map(_is_text, sides)):
            message = f'"{names[0]}" is an object, which never equals a text, so the test always has the same answer'
            yield Mistake(compared.lineno, names[0], message, NAMED_BY[names[0]])


NAMED_BY = {
    "edition": "edition.name", "document": "document.kind", "electorate": "electorate.slug", "ask": "ask.id",
    "theme": "theme.id", "section": "section.id", "case_study": "case_study.id", "appendix": "appendix.id",
}  # fmt: skip
"""The objects that pages have, and the values that a text may be compared with instead."""


def _is_text(value: nodes.Expr) -> bool:
    """Return whether a value is a text, or a list of texts."""
    if isinstance(value, nodes.List | nodes.Tuple):
        return bool(value.items) and all(map(_is_text, value.items))
    return isinstance(value, nodes.Const) and isinstance(value.value, str)


def lost_values(tree: nodes.Template) -> Iterator[Mistake]:
    """Yield each value that a loop sets and loses: nothing in the loop reads it, and the page after the loop does."""
    for root in (tree, *tree.find_all(ROOTS)):
        events = [event for part in root.iter_child_nodes() for event in _events(part, (root,))]
        for place, event in enumerate(events):
            if event.what == SET and isinstance(event.scopes[-1], nodes.For) and not _is_inner(event):
                yield from _lost(event, events[place + 1 :])


ROOTS = (nodes.Macro, nodes.CallBlock, nodes.Block)
"""The parts of a page with names of their own, from which no value leads to the text around them."""
SCOPES = (*ROOTS, nodes.With, nodes.FilterBlock)
READ, SET, GIVEN, ALL = "read", "set", "given", "all"
"""What happens to a name: it is read or set, or a loop gives it; a page that is taken in may read all of them."""


class _Event(NamedTuple):
    """One use of a name: its kind, the name, its line, and the parts of the page around it, the innermost last."""

    what: str
    name: str
    line: int
    scopes: tuple[nodes.Node, ...]

    def is_in(self, loop: nodes.Node) -> bool:
        return any(each is loop for each in self.scopes)


def _is_inner(event: _Event) -> bool:
    """Return whether an event is in a part with names of its own, which is checked by itself."""
    return any(isinstance(each, ROOTS) for each in event.scopes[1:])


def _lost(event: _Event, later: Sequence[_Event]) -> Iterator[Mistake]:
    loop, name = event.scopes[-1], event.name
    after = next((each for each in later if each.name == name and not each.is_in(loop)), None)
    read = any(each.what == ALL or (each.what, each.name) == (READ, name) for each in later if each.is_in(loop))
    if after and after.what == READ and not read:
        message = (
            f'"{name}" is set in a loop and lost at its end: line {after.line} reads the value from before the loop'
        )
        hint = f"set kept = namespace({name}=…) before the loop and kept.{name} in it, and read kept.{name}"
        yield Mistake(event.line, name, message, hint, warning=True)


def _events(node: nodes.Node, scopes: tuple[nodes.Node, ...]) -> Iterator[_Event]:
    """Yield each time that a part of a page reads or sets a name, in the order of its text."""
    match node:
        case nodes.Name():
            yield _Event(READ if node.ctx == "load" else SET, node.name, node.lineno, scopes)
        case nodes.For():
            yield from _of_loop(node, scopes)
        case nodes.Include() | nodes.Import() | nodes.FromImport() if node.with_context:
            yield _Event(ALL, "", node.lineno, scopes)
        case _:
            inner = (*scopes, node) if isinstance(node, SCOPES) else scopes
            # The value is read before the name is set.
            parts = sorted(node.iter_child_nodes(), key=lambda each: each is getattr(node, "target", None))
            yield from (event for part in parts for event in _events(part, inner))


def _of_loop(loop: nodes.For, scopes: tuple[nodes.Node, ...]) -> Iterator[_Event]:
    yield from _events(loop.iter, scopes)
    yield from (event._replace(what=GIVEN) for event in _events(loop.target, (*scopes, loop)))
    inside = [loop.test, *loop.body] if loop.test else loop.body
    yield from (event for part in inside for event in _events(part, (*scopes, loop)))
    yield from (event for part in loop.else_ for event in _events(part, scopes))


def prose_in_paragraphs(source: str) -> Iterator[int]:
    """Yield each line that prints `prose(…)` in a paragraph, which ends where the first of its paragraphs begins."""
    inside = False
    for part in markup.TEMPLATE_TAG.finditer(source):
        tag = (part["tag"] or "").lower()
        if tag in markup.ENDS_A_PARAGRAPH or tag in markup.HOLDS:
            inside = tag == "p" and not part[0].startswith("</")
        elif inside and PROSE.fullmatch(part[0]):
            yield source.count("\n", 0, part.start()) + 1


PROSE = re.compile(r"\{\{[-+]?\s*prose\([^|]*\}\}", re.DOTALL)

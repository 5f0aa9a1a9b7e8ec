"""Find comparisons of an object with a text, such as `edition == "home"`: the object never equals it."""

from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import nodes

NAMED_BY = {
    "edition": "edition.name", "document": "document.kind", "electorate": "electorate.slug", "ask": "ask.id",
    "theme": "theme.id", "section": "section.id", "case_study": "case_study.id", "appendix": "appendix.id",
}  # fmt: skip
"""The objects that pages have, and what a text may be compared with instead."""


class Compared(NamedTuple):
    """An object that is compared with a text, and its line."""

    name: str
    line: int

    @property
    def message(self) -> str:
        """Return the message."""
        return f'"{self.name}" is an object, which never equals a text, so the test always has the same answer'

    @property
    def hint(self) -> str:
        """Return the hint."""
        return NAMED_BY[self.name]


def find(tree: nodes.Template) -> Iterator[Compared]:
    """Yield each comparison of an object with a text; a name that the page sets itself may be a text."""
    own = {each.name for each in tree.find_all(nodes.Name) if each.ctx != "load"}
    for compared in tree.find_all(nodes.Compare):
        sides = (compared.expr, *(each.expr for each in compared.ops))
        names = [each.name for each in sides if isinstance(each, nodes.Name) and each.name in NAMED_BY.keys() - own]
        if names and any(_is_text(each) for each in sides):
            yield Compared(names[0], compared.lineno)


def _is_text(value: nodes.Expr) -> bool:
    """Return whether a value is a text, or a list of texts."""
    if isinstance(value, nodes.List | nodes.Tuple):
        return bool(value.items) and all(_is_text(each) for each in value.items)
    return isinstance(value, nodes.Const) and isinstance(value.value, str)

"""Find the keys of a brief, and the macros of a page, that a page asks for and that don't exist, without writing the page.

The type of a name is followed from `brief`, `ask` and the like through attributes, loops, `set` and `with`; where it isn't
certain, nothing is judged.
"""

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from jinja2 import nodes

from briefpack.brief.model import Ask, Brief, CaseStudy, Section, Theme
from briefpack.schema import Model

GIVEN: Mapping[str, Any] = {
    "brief": Brief, "ask": Ask, "theme": Theme, "section": Section, "case_study": CaseStudy, "appendix": Section,
}  # fmt: skip
"""The types of the names that every page has."""
UNKNOWN: Any = None


@dataclass(frozen=True)
class Exports:
    """A page that another imports: its path, and the names of its macros and variables."""

    page: str
    names: frozenset[str]


@dataclass(frozen=True)
class Absent:
    """A name that something doesn't have, with its line; `known` are the names that it has."""

    line: int
    name: str
    held: type[Model] | Exports
    known: tuple[str, ...]


def exports(page: str, tree: nodes.Template) -> Exports:
    """Return what a page offers to those that import it."""
    names = {each.name for each in tree.find_all(nodes.Macro)} | {each.target for each in tree.find_all(nodes.Import)}
    for assigned in tree.find_all(nodes.Assign):
        names |= {name.name for name in _names(assigned.target)}
    for block in tree.find_all(nodes.AssignBlock):
        names |= {name.name for name in _names(block.target)}
    for taken in tree.find_all(nodes.FromImport):
        names |= {*_taken(taken)}
    return Exports(page, frozenset(names))


def _taken(node: nodes.FromImport) -> list[str]:
    """Return the names that a page gives to what it imports from another."""
    return [name if isinstance(name, str) else name[1] for name in node.names]


def absent(tree: nodes.Template, imported: Mapping[str, Exports]) -> Iterator[Absent]:
    """Yield each name that a page asks a part of the brief or another page for, and that it doesn't have.

    A name that the page itself asks about with `is defined` isn't judged.
    """
    reader = _Reader(imported)
    reader.read(tree.body, {**GIVEN})
    tests = (test for test in tree.find_all(nodes.Test) if test.name in ("defined", "undefined"))
    asked = {test.node.attr for test in tests if isinstance(test.node, nodes.Getattr)}
    yield from (each for each in reader.found if each.name not in asked)


Scope = dict[str, Any]
"""The type of each name, where it is known."""


@dataclass
class _Reader:
    """Follow a page's statements in order; `found` are the names that don't exist."""

    imported: Mapping[str, Exports]
    found: list[Absent] = field(default_factory=list)

    def read(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Assign():
                self._set(node.target, self.type(node.node, scope), scope, node.node)
            case nodes.AssignBlock():
                self.read(node.body, {**scope})
                self._set(node.target, UNKNOWN, scope)
            case nodes.For():
                self._loop(node, scope)
            case nodes.If():
                self._branches(node, scope)
            case nodes.Macro() | nodes.CallBlock():
                # A macro's argument that has the name of a part of a brief is such a part.
                inner = scope | {name.name: GIVEN.get(name.name) for name in node.args}
                self._expressions(node, scope)
                self.read(node.body, inner)
            case nodes.Block() | nodes.FilterBlock() | nodes.Scope() | nodes.ScopedEvalContextModifier():
                self.read(node.body, {**scope})
            case _:
                self._naming(node, scope)

    def _naming(self, node: nodes.Node, scope: Scope) -> None:
        """Read a statement that gives a name to another page or to a value, or one that only has expressions."""
        match node:
            case nodes.With():
                inner = {**scope}
                for target, value in zip(node.targets, node.values, strict=True):
                    self._set(target, self.type(value, scope), inner)
                self.read(node.body, inner)
            case nodes.Import():
                page = node.template.value if isinstance(node.template, nodes.Const) else ""
                scope[node.target] = self.imported.get(page, UNKNOWN)
            case nodes.FromImport():
                scope.update(dict.fromkeys(_taken(node), UNKNOWN))
            case _:
                self._expressions(node, scope)

    def _expressions(self, node: nodes.Node, scope: Scope) -> None:
        self._all([each for each in node.iter_child_nodes() if isinstance(each, nodes.Expr)], scope)

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        listed = self.type(node.iter, scope)
        inner = {**scope}
        self._set(node.target, _element(listed), inner)
        inner["loop"] = UNKNOWN
        if node.test is not None:
            self.type(node.test, inner)
        self.read(node.body, inner)
        self.read(node.else_, {**scope})

    def _branches(self, node: nodes.If, scope: Scope) -> None:
        """Read each branch; a name that they leave with different types is unknown after them."""
        self.type(node.test, scope)
        before = {**scope}
        ends = []
        for body in (node.body, node.elif_, node.else_):
            inner = {**before}
            self.read(body, inner)
            ends.append(inner)
        for name in {name for end in ends for name in end}:
            kinds = [end.get(name) for end in ends]
            scope[name] = kinds[0] if all(kind == kinds[0] for kind in kinds) else UNKNOWN

    def _set(self, target: nodes.Node, kind: Any, scope: Scope, value: nodes.Node | None = None) -> None:  # noqa: ANN401 -- any annotation
        if isinstance(target, nodes.Name):
            scope[target.name] = kind
        elif isinstance(target, nodes.Tuple):
            values = value.items if isinstance(value, nodes.Tuple) and len(value.items) == len(target.items) else None
            parts = [self.type(each, scope) for each in values] if values else _parts(kind, len(target.items))
            for each, part in zip(target.items, parts, strict=True):
                self._set(each, part, scope)

    def type(self, node: nodes.Node, scope: Scope) -> Any:  # noqa: ANN401 -- any annotation
        """Return the type of an expression, if it is certain; look for names that don't exist in all of its parts."""
        match node:
            case nodes.Name():
                return scope.get(node.name)
            case nodes.Getattr():
                return self._attribute(node, scope)
            case nodes.Getitem():
                held = self.type(node.node, scope)
                self.type(node.arg, scope)
                return held if isinstance(node.arg, nodes.Slice) else _value(held)
            case nodes.Call():
                return self._call(node, scope)
            case _:
                return self._result(node, scope)

    def _result(self, node: nodes.Node, scope: Scope) -> Any:  # noqa: ANN401 -- as above
        """Return the type of what a filter, a test or an operator makes."""
        match node:
            case nodes.Test(name="defined" | "undefined") | nodes.Filter(name="default" | "d"):
                return UNKNOWN
            case nodes.Filter():
                self._all([*node.args, *node.kwargs], scope)
                return _filtered(node.name, self.type(node.node, scope) if node.node else UNKNOWN)
            case nodes.CondExpr():
                self.type(node.test, scope)
                kinds = [self.type(each, scope) for each in (node.expr1, node.expr2) if each is not None]
                return kinds[0] if all(kind == kinds[0] for kind in kinds) else UNKNOWN
            case _:
                self._all(list(node.iter_child_nodes()), scope)
                return UNKNOWN

    def _all(self, parts: Sequence[nodes.Node], scope: Scope) -> None:
        for each in parts:
            self.type(each, scope)

    def _call(self, node: nodes.Call, scope: Scope) -> Any:  # noqa: ANN401 -- as above
        self._all([*node.args, *node.kwargs], scope)
        if isinstance(node.node, nodes.Getattr):
            held = self.type(node.node.node, scope)
            if get_origin(held) is dict:
                kinds = get_args(held)
                return {"items": list[tuple[kinds]], "values": list[kinds[1]], "get": kinds[1]}.get(node.node.attr)  # type: ignore[valid-type]
        self.type(node.node, scope)
        return UNKNOWN

    def _attribute(self, node: nodes.Getattr, scope: Scope) -> Any:  # noqa: ANN401 -- as above
        held = self.type(node.node, scope)
        if isinstance(held, Exports):
            if node.attr not in held.names:
                self.found.append(Absent(node.lineno, node.attr, held, tuple(sorted(held.names))))
            return UNKNOWN
        if not (isinstance(held, type) and issubclass(held, Model)):
            return UNKNOWN
        if node.attr in held.model_fields:
            return _plain(held.model_fields[node.attr].annotation)
        own = getattr(held, node.attr, None)
        if isinstance(own, property):
            return _plain(get_type_hints(own.fget).get("return")) if own.fget else UNKNOWN
        self.found.append(Absent(node.lineno, node.attr, held, tuple(held.model_fields)))
        return UNKNOWN


def _names(target: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(target, nodes.Name):
        yield target
    else:
        yield from target.find_all(nodes.Name)


def _plain(annotation: Any) -> Any:  # noqa: ANN401 -- any annotation
    """Return an annotation without its constraints, and without None; unknown if it allows several types."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return _plain(kinds[0]) if len(kinds) == 1 else UNKNOWN
    return annotation


def _element(held: Any) -> Any:  # noqa: ANN401 -- as above
    """Return the type of the items of a list, or the keys of a mapping."""
    kinds = get_args(held)
    listed = get_origin(held) in (list, tuple, frozenset) and kinds and (len(kinds) == 1 or kinds[1] is Ellipsis)
    return _plain(kinds[0]) if listed or get_origin(held) is dict else UNKNOWN


def _value(held: Any) -> Any:  # noqa: ANN401 -- as above
    """Return the type of what a list or a mapping holds."""
    return _plain(get_args(held)[1]) if get_origin(held) is dict else _element(held)


def _parts(held: Any, count: int) -> list[Any]:  # noqa: ANN401 -- as above
    kinds = get_args(held)
    fixed = get_origin(held) is tuple and len(kinds) == count and ... not in kinds
    return [*map(_plain, kinds)] if fixed else [UNKNOWN] * count


def _filtered(name: str, held: Any) -> Any:  # noqa: ANN401 -- as above
    if name in ("list", "sort", "reverse", "selectattr", "rejectattr", "unique"):
        return held
    return _element(held) if name in ("first", "last") else UNKNOWN

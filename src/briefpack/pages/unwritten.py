"""Check the pages of a layout without writing them: their syntax, and any names in them that don't exist."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import jinja2
from jinja2 import nodes

from briefpack import schema, store
from briefpack.brief.model import Ask, Brief, CaseStudy, Section, Theme
from briefpack.layout import addresses
from briefpack.layout.model import Layout
from briefpack.pages import mistakes, template_errors
from briefpack.pages.sandbox import COMPARE, called
from briefpack.problem import Problem, nearest
from briefpack.schema import Model
from briefpack.store import Store


def check(root: Path, layout: Layout, environment: jinja2.Environment, kept: Store) -> tuple[Problem, ...]:
    """Return the problems of every page that a layout may print; remember a pass, since parsing is slow."""
    texts = _of_layout(root, layout)
    entry = store.key("unwritten pages", store.engine(), repr((sorted(texts.items()), layout.documents)))
    if kept.has_passed(entry):
        return ()
    trees, unread = _read(texts, environment)
    found = (*unread, *_problems(texts, trees, environment))
    if not found:
        kept.remember_pass(entry)
    return found


def _of_layout(root: Path, layout: Layout) -> dict[str, str]:
    """Return the text of each page that a layout names, and of every page that these take in, by path from layouts/."""
    parts = ((getattr(part, "page", None), getattr(part, "note", None)) for _, part in schema.walk(layout))
    every = addresses.pages(root)
    pages = dict.fromkeys(page for page in chain.from_iterable(parts) if isinstance(page, str))
    return {
        path.removeprefix(f"{addresses.FOLDER}/"): text
        for page in pages
        for path, text in addresses.taken_among(every, page).items()
    }


def _read(texts: Mapping[str, str], environment: jinja2.Environment) -> tuple[dict[str, nodes.Template], list[Problem]]:
    """Return the pages that can be parsed, and the problems of the others."""
    trees, problems = dict[str, nodes.Template](), list[Problem]()
    for page, text in texts.items():
        try:
            trees[page] = environment.parse(text, page)
        except jinja2.TemplateSyntaxError as error:
            problems.append(template_errors.of_syntax(error, page))
    return trees, problems


def _problems(
    texts: Mapping[str, str], trees: Mapping[str, nodes.Template], environment: jinja2.Environment
) -> Iterator[Problem]:
    offered = {page: _exports(page, tree) for page, tree in trees.items()}
    for page, tree in trees.items():
        yield from dict.fromkeys(_absent(page, tree, offered))
        yield from _uncalled(page, tree, environment)
        for each in dict.fromkeys(mistakes.find(texts[page], tree)):
            yield replace(template_errors.problem(page, each.line, each.message, each.hint), warning=each.warning)


def _uncalled(page: str, tree: nodes.Template, environment: jinja2.Environment) -> Iterator[Problem]:
    """Yield a problem for each filter and test that doesn't exist."""
    known: dict[type[nodes.Node], tuple[str, Mapping[str, object]]] = {
        nodes.Filter: ("filter", environment.filters), nodes.Test: ("test", environment.tests),
    }  # fmt: skip
    for each in tree.find_all((nodes.Filter, nodes.Test)):
        noun, names = known[type(each)]
        if each.name not in names:
            yield template_errors.problem(page, each.lineno, *template_errors.without(noun, each.name, names))


@dataclass(frozen=True)
class Exports:
    """A page that another imports: its path, and the names of its macros and variables."""

    page: str
    names: frozenset[str]


def _exports(page: str, tree: nodes.Template) -> Exports:
    """Return the names that a page offers to pages that import it."""
    names = {each.name for each in tree.find_all(nodes.Macro)} | {each.target for each in tree.find_all(nodes.Import)}
    targets = [each.target for each in tree.find_all(nodes.Assign)]
    targets += [each.target for each in tree.find_all(nodes.AssignBlock)]
    names |= {name.name for target in targets for name in _names(target)}
    for taken in tree.find_all(nodes.FromImport):
        names |= {*_taken(taken)}
    return Exports(page, frozenset(names))


def _taken(node: nodes.FromImport) -> list[str]:
    """Return the names by which a page calls the things that it imports from another page."""
    return [name if isinstance(name, str) else name[1] for name in node.names]


def _names(target: nodes.Node) -> list[nodes.Name]:
    return [target] if isinstance(target, nodes.Name) else [*target.find_all(nodes.Name)]


def _absent(page: str, tree: nodes.Template, offered: Mapping[str, Exports]) -> Iterator[Problem]:
    """Yield a problem for each name that a page asks of a part of the brief or of another page, which lacks it.

    A name that the page itself asks about with `is defined`, or gives another value for, isn't judged.
    """
    tests = [test for test in tree.find_all(nodes.Test) if test.name in ("defined", "undefined")]
    asked = {test.node.attr for test in tests if isinstance(test.node, nodes.Getattr)}
    doubted = [*tests, *(each for each in tree.find_all(nodes.Filter) if each.name in ("default", "d"))]
    unjudged = {id(each) for part in doubted for each in part.find_all(nodes.Getattr)}
    for each, held in _attributes(tree, {**GIVEN}, offered):
        known = _known(held)
        if known and each.attr not in (*known, *asked) and id(each) not in unjudged and not _is_own(held, each.attr):
            where = f"layouts/{held.page}" if isinstance(held, Exports) else called(held)
            message = f'the page can\'t be written: there is no "{each.attr}" in {where}'
            yield template_errors.problem(page, each.lineno, message, nearest(each.attr, known) or COMPARE)


def _known(held: Any) -> tuple[str, ...]:  # noqa: ANN401 -- any annotation
    """Return the names that something has; none if it isn't judged."""
    if isinstance(held, Exports):
        return tuple(sorted(held.names))
    return tuple(held.model_fields) if isinstance(held, type) and issubclass(held, Model) else ()


def _is_own(held: Any, name: str) -> bool:  # noqa: ANN401 -- as above
    """Return whether a part of a brief has a property of a name."""
    return isinstance(getattr(held, name, None), property)


GIVEN: Mapping[str, Any] = {
    "brief": Brief, "ask": Ask, "theme": Theme, "section": Section, "case_study": CaseStudy, "appendix": Section,
}  # fmt: skip
"""The types of the names that every page has."""
UNKNOWN: Any = None


def _attributes(
    node: nodes.Node, named: dict[str, Any], offered: Mapping[str, Exports]
) -> Iterator[tuple[nodes.Getattr, Any]]:
    """Yield each attribute that a part of a page reads, with the type of its owner, followed from `brief` and the like.

    `named` are the types of the names so far; a name that is set to another type than before is unknown.
    """
    if isinstance(node, nodes.Getattr):
        yield node, _type(node.node, named)
    first = node.iter if isinstance(node, nodes.For) else None
    if first is not None:
        yield from _attributes(first, named, offered)
    inner = _inside(node, named)
    for child in node.iter_child_nodes():
        if child is not first:
            yield from _attributes(child, inner, offered)
    for name, kind in _set_by(node, named, offered):
        named[name] = kind if named.get(name, kind) == kind else UNKNOWN


def _inside(node: nodes.Node, named: dict[str, Any]) -> dict[str, Any]:
    """Return the types of the names inside a part of a page; names that are set inside it are lost at its end."""
    match node:
        case nodes.For():
            return {**named, "loop": UNKNOWN, **dict(_set(node.target, _element(_type(node.iter, named)), named))}
        case nodes.Macro() | nodes.CallBlock():
            # A macro's argument that has the name of a part of a brief is such a part.
            return {**named, **{name.name: GIVEN.get(name.name) for name in node.args}}
        case nodes.With():
            pairs = zip(node.targets, node.values, strict=True)
            own = dict(each for target, value in pairs for each in _set(target, _type(value, named), named))
            return {**own, **named, **dict.fromkeys(own.keys() & named.keys(), UNKNOWN)}
        case (
            nodes.Block()
            | nodes.FilterBlock()
            | nodes.AssignBlock()
            | nodes.Scope()
            | nodes.ScopedEvalContextModifier()
        ):
            return {**named}
    return named


def _set_by(node: nodes.Node, named: Mapping[str, Any], offered: Mapping[str, Exports]) -> Iterator[tuple[str, Any]]:
    """Yield each name that a statement sets for the statements after it, with its type."""
    match node:
        case nodes.Assign():
            yield from _set(node.target, _type(node.node, named), named, node.node)
        case nodes.AssignBlock():
            yield from _set(node.target, UNKNOWN, named)
        case nodes.Import():
            page = node.template.value if isinstance(node.template, nodes.Const) else ""
            yield node.target, offered.get(page, UNKNOWN)
        case nodes.FromImport():
            yield from ((name, UNKNOWN) for name in _taken(node))


def _set(
    target: nodes.Node,
    kind: Any,  # noqa: ANN401 -- any annotation
    named: Mapping[str, Any],
    value: nodes.Node | None = None,
) -> Iterator[tuple[str, Any]]:
    if isinstance(target, nodes.Name):
        yield target.name, kind
    elif isinstance(target, nodes.Tuple):
        values = value.items if isinstance(value, nodes.Tuple) and len(value.items) == len(target.items) else None
        parts = [_type(each, named) for each in values] if values else _parts(kind, len(target.items))
        for each, part in zip(target.items, parts, strict=True):
            yield from _set(each, part, named)


def _type(node: nodes.Node, named: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- as above
    """Return the type of an expression, if it is certain."""
    match node:
        case nodes.Name():
            return named.get(node.name)
        case nodes.Getattr():
            return _attribute(_type(node.node, named), node.attr)
        case nodes.Getitem():
            held = _type(node.node, named)
            return held if isinstance(node.arg, nodes.Slice) else _value(held)
        case nodes.Call(node=nodes.Getattr(node=held, attr=name)) if get_origin(_type(held, named)) is dict:
            kinds = get_args(_type(held, named))
            return {"items": list[tuple[kinds]], "values": list[kinds[1]], "get": kinds[1]}.get(name)  # type: ignore[valid-type]
        case nodes.Filter():
            return _filtered(node.name, _type(node.node, named) if node.node else UNKNOWN)
    return _common(node, named) if isinstance(node, nodes.CondExpr) else UNKNOWN


def _common(node: nodes.CondExpr, named: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- as above
    """Return the type that both answers of a condition have."""
    kinds = [_type(each, named) for each in (node.expr1, node.expr2) if each is not None]
    return kinds[0] if all(kind == kinds[0] for kind in kinds) else UNKNOWN


def _attribute(held: Any, name: str) -> Any:  # noqa: ANN401 -- as above
    """Return the type of a field or a property of a part of a brief."""
    if not (isinstance(held, type) and issubclass(held, Model)):
        return UNKNOWN
    if name in held.model_fields:
        return _plain(held.model_fields[name].annotation)
    own = getattr(held, name, None)
    return _plain(get_type_hints(own.fget).get("return")) if isinstance(own, property) and own.fget else UNKNOWN


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
    """Return the type of the items of a list, or of the values of a mapping."""
    return _plain(get_args(held)[1]) if get_origin(held) is dict else _element(held)


def _parts(held: Any, count: int) -> list[Any]:  # noqa: ANN401 -- as above
    kinds = get_args(held)
    fixed = get_origin(held) is tuple and len(kinds) == count and ... not in kinds
    return [*map(_plain, kinds)] if fixed else [UNKNOWN] * count


def _filtered(name: str, held: Any) -> Any:  # noqa: ANN401 -- as above
    if name in ("list", "sort", "reverse", "selectattr", "rejectattr", "unique"):
        return held
    return _element(held) if name in ("first", "last") else UNKNOWN

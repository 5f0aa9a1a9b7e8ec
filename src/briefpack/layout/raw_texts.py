"""Find the texts that a page prints as typed: its own, and a brief's, whose Markdown and references print too."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

import jinja2
from jinja2 import nodes

from briefpack.problem import Owner, Problem


def check(shown: str, page: str, markdown: Collection[str]) -> Iterator[Problem]:
    """Check that a page prints each text of a brief with a function; `markdown` are the fields that need one."""
    for line, field, written in _printed(page):
        if field in markdown:
            message = f'"{{{{ {written} }}}}" prints {field}: as it is typed, with its marks and references'
            hint = f"{{{{ line({written}) }}}}; or heading(), prose() or plain()"
            yield Problem(shown, line, message, hint, Owner.LAYOUT)


def lines(page: str, markdown: Collection[str]) -> Iterator[int]:
    """Yield each line of a page that prints one of some fields as it is typed."""
    return (line for line, field, _ in _printed(page) if field in markdown)


def own(page: str) -> Iterator[tuple[int, str]]:
    """Yield each numbered line of a page's own text: the parts outside its tags, and the strings within them."""
    try:
        for first, kind, value in jinja2.Environment(autoescape=True).lex(page):
            if kind in ("data", "string"):
                text = value if kind == "data" else value[1:-1]
                yield from enumerate(text.splitlines(), start=first)
    except jinja2.TemplateSyntaxError:
        # A page that another one may include, but hasn't.
        return


@lru_cache(maxsize=256)
def _printed(page: str) -> tuple[tuple[int, str, str], ...]:
    """Return the line of each expression that prints a field as it is typed, the field, and the expression."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(page)
    except jinja2.TemplateSyntaxError:
        # Composing reports it.
        return ()
    named = _named(tree)
    found = ((each, _field(each, named)) for output in tree.find_all(nodes.Output) for each in output.nodes)
    return tuple((each.lineno, field, _written(each)) for each, field in found if field)


def _named(tree: nodes.Template) -> Mapping[str, str]:
    """Return the field that each name of a page stands for: an item of a list, or a value; empty if it has several."""
    pairs = [(each.target, each.iter) for each in tree.find_all(nodes.For)]
    pairs += [(each.target, each.node) for each in tree.find_all(nodes.Assign)]
    found: dict[str, str] = {}
    for target, value in pairs:
        for name in target.find_all(nodes.Name) if not isinstance(target, nodes.Name) else (target,):
            field = value.attr if isinstance(value, nodes.Getattr) and target is name else ""
            found[name.name] = field if found.get(name.name, field) == field else ""
    for macro in tree.find_all(nodes.Macro):
        found |= {argument.name: "" for argument in macro.args}
    return found


def _field(value: nodes.Expr, named: Mapping[str, str]) -> str:
    """Return the field that an expression prints; empty if it is worked out, by a function or otherwise."""
    if isinstance(value, nodes.Getattr):
        return value.attr
    return named.get(value.name, "") if isinstance(value, nodes.Name) else ""


def _written(value: nodes.Expr) -> str:
    """Return a name with its attributes as a page has it."""
    if isinstance(value, nodes.Getattr):
        return f"{_written(value.node)}.{value.attr}"
    if isinstance(value, nodes.Getitem) and isinstance(value.arg, nodes.Const):
        return f"{_written(value.node)}[{value.arg.value!r}]"
    return value.name if isinstance(value, nodes.Name) else "…"

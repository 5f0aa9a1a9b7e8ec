"""Check the pages of a layout without writing them: their syntax, and the names that they ask for and that don't exist."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

import jinja2
from jinja2 import nodes

from briefpack import schema, store
from briefpack.layout import addresses
from briefpack.layout.model import Layout
from briefpack.pages import (
    attributes,
    loop_blocks,
    lost_values,
    object_comparisons,
    prose_in_paragraphs,
    template_errors,
    unlisting,
)
from briefpack.pages.attributes import Absent, Exports
from briefpack.pages.loop_blocks import Unscoped
from briefpack.pages.lost_values import Lost
from briefpack.pages.object_comparisons import Compared
from briefpack.pages.sandbox import COMPARE, called
from briefpack.pages.unlisting import Asked
from briefpack.problem import Problem, nearest
from briefpack.store import Store
from briefpack.text.yaml_lines import Loc, Tree


def check(root: Path, layout: Layout, tree: Tree, environment: jinja2.Environment, kept: Store) -> tuple[Problem, ...]:
    """Return the problems of every page that a layout may print; a pass is remembered, since parsing takes as long as a brief."""
    texts = _of_layout(root, layout)
    entry = store.key("unwritten pages", store.engine(), repr((sorted(texts.items()), layout.documents)))
    if kept.has_passed(entry):
        return ()
    trees, unread = _read(texts, environment)
    found = (
        *unread,
        *_problems(texts, trees, environment),
        *(_unlisting(tree, *each) for each in unlisting.find(layout, trees)),
    )
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


def _unlisting(tree: Tree, loc: Loc, asked: Asked) -> Problem:
    """Return the warning of a piece that lists no pages, and whose page may ask for them."""
    message = f'layouts/{asked.page}:{asked.line} asks for "{asked.name}", and this piece lists no pages'
    return tree.problem(loc, message, unlisting.HINT, warning=True)


def _problems(
    texts: Mapping[str, str], trees: Mapping[str, nodes.Template], environment: jinja2.Environment
) -> Iterator[Problem]:
    offered = {page: attributes.exports(page, tree) for page, tree in trees.items()}
    for page, tree in trees.items():
        yield from (_absent(page, each) for each in dict.fromkeys(attributes.absent(tree, offered)))
        yield from _uncalled(page, tree, environment)
        yield from (_lost(page, each) for each in dict.fromkeys(lost_values.find(tree)))
        found: Iterable[Unscoped | Compared] = (*loop_blocks.find(tree), *object_comparisons.find(tree))
        for each in dict.fromkeys(found):
            yield template_errors.problem(page, each.line, each.message, each.hint)
    for page, text in texts.items():
        yield from (template_errors.problem(page, line, *IN_A_PARAGRAPH) for line in prose_in_paragraphs.find(text))


IN_A_PARAGRAPH = "prose(…) writes paragraphs, which a <p> can't hold", "write <div> instead of <p>"


def _lost(page: str, found: Lost) -> Problem:
    """Return the warning of a value that is set in a loop and read after it."""
    message = (
        f'"{found.name}" is set in a loop and lost at its end: line {found.read} reads the value from before the loop'
    )
    hint = (
        f"set kept = namespace({found.name}=…) before the loop and kept.{found.name} in it, and read kept.{found.name}"
    )
    return replace(template_errors.problem(page, found.line, message, hint), warning=True)


def _uncalled(page: str, tree: nodes.Template, environment: jinja2.Environment) -> Iterator[Problem]:
    """Yield a problem for each filter and test that doesn't exist."""
    known: dict[type[nodes.Node], tuple[str, Mapping[str, object]]] = {
        nodes.Filter: ("filter", environment.filters), nodes.Test: ("test", environment.tests),
    }  # fmt: skip
    for each in tree.find_all((nodes.Filter, nodes.Test)):
        noun, names = known[type(each)]
        if each.name not in names:
            yield template_errors.problem(page, each.lineno, *template_errors.without(noun, each.name, names))


def _absent(page: str, found: Absent) -> Problem:
    held = f"layouts/{found.held.page}" if isinstance(found.held, Exports) else called(found.held)
    hint = nearest(found.name, found.known) or COMPARE
    return template_errors.problem(
        page, found.line, f'the page can\'t be written: there is no "{found.name}" in {held}', hint
    )

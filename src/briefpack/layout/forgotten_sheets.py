"""Find a style sheet that a document, a slot or a print set needs and its `styles:` lacks."""

from collections.abc import Iterator, Mapping

from briefpack import schema
from briefpack.layout import addresses, css
from briefpack.layout.model import Layout
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree

Lists = dict[Loc, tuple[str, ...]]
GIVEN = ("--foot", "--give")
"""The custom properties that the engine defines, but only in a part of a page that has a fit."""


def lists(found: Layout) -> Lists:
    """Return the style sheets of each part of a layout that has some, by its place."""
    parts = ((loc, getattr(part, "styles", ())) for loc, part in schema.walk(found))
    return {loc: styles for loc, styles in parts if styles}


def check(listed: Lists, tree: Tree, sheets: Mapping[str, str], pages: Mapping[str, str]) -> Iterator[Problem]:
    """Check that each custom property that a list of style sheets uses is defined for it, and not only for others.

    `sheets` and `pages` are texts by path from the project. The check of names reports a name that nothing defines. A
    name that a page or an edition defines may be for any list.
    """
    own = {loc: styles for loc, styles in listed.items() if loc[0] != "editions"}
    defined = {path: css.properties(text) for path, text in sheets.items()}
    anywhere = set[str]().union(
        *(css.properties(part) for page in pages.values() for _, part in css.of_page(page)),
        *(defined.get(_path(style), ()) for loc, styles in listed.items() if loc not in own for style in styles),
    )
    defined = {path: names - anywhere for path, names in defined.items()}
    for loc in own:
        yield from _check_list(tree, loc, own, sheets, defined)


def _check_list(
    tree: Tree, loc: Loc, listed: Lists, sheets: Mapping[str, str], defined: Mapping[str, set[str]]
) -> Iterator[Problem]:
    """Yield a problem for each style sheet that one list lacks, with the first name that it defines for another."""
    own = {_path(style) for style in listed[loc]}
    known = set[str]().union(*(defined.get(path, ()) for path in own))
    lacking: dict[str, tuple[str, str]] = {}
    for user in map(_path, listed[loc]):
        for _, name in css.variables(sheets.get(user, "")):
            makers = [path for path, names in defined.items() if name in names] if name not in known else ()
            if makers and (name not in GIVEN or _in_all_others(listed, loc, makers[0])):
                lacking.setdefault(makers[0], (user, name))
    for maker, (user, name) in lacking.items():
        message = f"{_name(user)} uses {name}, which only {_name(maker)} defines"
        yield tree.problem((*loc, "styles"), message, f"add {_name(maker)} before it")


def _in_all_others(listed: Lists, loc: Loc, path: str) -> bool:
    """Return whether every other list has a style sheet, so that this one seems to have lost it."""
    return all(path in map(_path, styles) for other, styles in listed.items() if other != loc)


def _path(style: str) -> str:
    return f"{addresses.FOLDER}/{style}"


def _name(path: str) -> str:
    return path.removeprefix(f"{addresses.FOLDER}/")

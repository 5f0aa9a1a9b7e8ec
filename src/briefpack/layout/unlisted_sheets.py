"""Find a style sheet that a document, a slot or a print set no longer lists: its pages have classes that nothing styles."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

import tinycss2

from briefpack.layout import addresses, classes, css, forgotten_sheets
from briefpack.layout.model import Layout, every_piece
from briefpack.problem import Problem
from briefpack.project import Project, walk
from briefpack.text.yaml_lines import Loc, Tree

LEAST_SHARE, SURE_SHARE = 0.1, 0.5
"""The share of a style sheet's rules that is for the unstyled classes of a page: to be named, and to be needed for certain."""
OF_THE_ENGINE = ("proof", "print-set")
"""How the names of the style sheets begin that aren't for a document."""
FEWEST_LISTS = 3
"""The fewest other lists that all have a style sheet, from which one without it seems to have lost it."""
TAKEN = re.compile(r"""\{%[-+]?\s*(?:extends|include)\s+["']([^"']+)["']""")
"""A page that another is made of; the macros that it imports may never be called."""


@dataclass(frozen=True)
class Sheet:
    """The classes of each selector of a style sheet, and all of them."""

    selectors: tuple[frozenset[str], ...]
    ruled: frozenset[str]

    def count(self, name: str) -> int:
        """Return how many selectors have a class."""
        return sum(name in names for names in self.selectors)


def candidates(project: Project, name: str) -> dict[str, str]:
    """Return the text of each style sheet that a layout may list, by its path from layouts/: the shared ones and its own."""
    root = (project.root / addresses.FOLDER).resolve()
    found = {path.relative_to(root).as_posix(): path for path in walk(root) if path.suffix == ".css" and path.is_file()}
    return {
        style: path.read_text(encoding="utf-8", errors="replace")
        for style, path in sorted(found.items())
        if style.split("/")[0] in ("shared", name) and not path.name.startswith(OF_THE_ENGINE)
    }


def check(project: Project, layout: tuple[Layout, Tree], texts: Mapping[str, str]) -> Iterator[Problem]:
    """Check each list of style sheets of a layout; `texts` are those of the style sheets that it may list."""
    found, tree = layout
    listed = {loc: styles for loc, styles in forgotten_sheets.lists(found).items() if loc[0] != "editions"}
    of_editions = {s for loc, styles in forgotten_sheets.lists(found).items() if loc[0] == "editions" for s in styles}
    read = {**_listed(project.root, listed), **texts}
    sheets = {style: _read(text) for style, text in read.items() if style not in of_editions}
    # A name that is misspelt, or that of a page, is reported as such.
    sound = {loc: styles for loc, styles in listed.items() if all(style in read for style in styles)}
    every = addresses.pages(project.root)
    for loc, styles in sound.items():
        yield from _check_list(tree, (loc, styles), _taken(every, _pages(found, loc)), sheets)
    yield from _check_common(tree, sound)


def _listed(root: Path, listed: forgotten_sheets.Lists) -> dict[str, str]:
    """Return the text of each style sheet in a list; a layout may have one of another layout."""
    paths = {style: root / addresses.FOLDER / style for styles in listed.values() for style in styles}
    sheets = {style: path for style, path in paths.items() if path.suffix == ".css" and path.is_file()}
    return {style: path.read_text(encoding="utf-8", errors="replace") for style, path in sheets.items()}


def home(root: Path, found: Layout, text: str) -> Loc | None:
    """Return the list of style sheets that one is for: its rules have classes of its pages, most of any; None if none is."""
    sheet, every = _read(text), addresses.pages(root)
    shares = {
        loc: _share(sheet, classes.possible(_texts(_taken(every, _pages(found, loc)))), frozenset())
        for loc in forgotten_sheets.lists(found)
        if sheet.selectors
    }
    best = max(shares, key=lambda loc: shares[loc], default=None)
    return best if best and shares[best] >= SURE_SHARE else None


def _check_list(
    tree: Tree, listed: tuple[Loc, tuple[str, ...]], taken: Mapping[str, Mapping[str, str]], sheets: Mapping[str, Sheet]
) -> Iterator[Problem]:
    """Yield a problem for each style sheet that a list lacks, the one for most of its classes first."""
    loc, styles = listed
    had = classes.possible(_texts(taken))
    own = dict.fromkeys(name for page, texts in taken.items() for name in _written(page, texts))
    ruled = frozenset[str]().union(*(sheets[style].ruled for style in styles if style in sheets))
    others = {style: sheet for style, sheet in sheets.items() if style not in styles}
    while lacking := [
        (_share(sheet, had, ruled), style) for style, sheet in others.items() if _meant(sheet, own, ruled)
    ]:
        share, style = max(lacking)
        if share < LEAST_SHARE:
            return
        sheet = others.pop(style)
        name = max((name for name in own if name in sheet.ruled - ruled), key=sheet.count)
        message = f'none of these has a rule for the class "{name}" of its pages; {style} has'
        hint = f"add {style} to the list, or rules for its classes to another style sheet"
        yield tree.problem((*loc, "styles"), message, hint, words=styles[-1], warning=share < SURE_SHARE)
        ruled |= sheet.ruled


def _meant(sheet: Sheet, own: Mapping[str, None], ruled: AbstractSet[str]) -> bool:
    return not own.keys().isdisjoint(sheet.ruled - ruled)


def _share(sheet: Sheet, had: AbstractSet[str], ruled: AbstractSet[str]) -> float:
    """Return the share of a style sheet's rules whose classes pages have, at least one of them without a rule elsewhere."""
    meant = [names for names in sheet.selectors if names <= had and not names <= ruled]
    return len(meant) / len(sheet.selectors)


def _check_common(tree: Tree, listed: forgotten_sheets.Lists) -> Iterator[Problem]:
    """Yield a warning for the one list without a style sheet that all others have, such as that of all type."""
    for style in dict.fromkeys(style for styles in listed.values() for style in styles):
        without = [loc for loc, styles in listed.items() if style not in styles]
        if len(without) == 1 and len(listed) > FEWEST_LISTS:
            message = f"{style} isn't in this list of style sheets, and is in every other"
            hint = f"add {style} at the beginning, or its pages lose the type and spacing that it sets"
            yield tree.problem((*without[0], "styles"), message, hint, words=listed[without[0]][0], warning=True)


def _taken(every: Mapping[str, str], pages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return the texts of each of some pages and of all that it takes in."""
    return {page: addresses.taken_among(every, page) for page in pages}


def _texts(taken: Mapping[str, Mapping[str, str]]) -> list[str]:
    return [text for texts in taken.values() for text in texts.values()]


def _pages(found: Layout, loc: Loc) -> tuple[str, ...]:
    """Return the pages that a list of style sheets is for."""
    match loc:
        case ("documents", str(kind)):
            spec = found.documents[kind]
            return (*dict.fromkeys(piece.page for _, piece in every_piece(spec.pieces)), spec.note)
        case ("slots", str(name)):
            return (found.slots[name].page,)
        case ("running", str(name)):
            return (found.running[name].page,)
    return ()


def _written(page: str, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the classes that a page and those that it extends or includes give to their elements."""
    todo, done = [page], set[str]()
    while todo:
        shown = f"{addresses.FOLDER}/{todo.pop(0)}"
        if shown in texts and shown not in done:
            done.add(shown)
            yield from (name for _, name in classes.written(classes.REMARK.sub(" ", texts[shown])))
            todo += TAKEN.findall(texts[shown])


def _read(text: str) -> Sheet:
    found = [names for rule in css.rules(text) if rule.type == "qualified-rule" for names in _selectors(rule.prelude)]
    return Sheet((*found,), frozenset(name for _, name in css.classes(text)))


def _selectors(prelude: list[css.Token]) -> Iterator[frozenset[str]]:
    """Yield the classes of each selector of a rule that has some; not those in `:not()` and the like."""
    bare = [token for token in prelude if token.type not in ("function", *css.BLANK)]
    for selector in tinycss2.serialize(bare).split(","):
        if names := CLASS.findall(selector):
            yield frozenset(names)


CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")

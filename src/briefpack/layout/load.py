"""Load a layout from its files, and report every problem in them at once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from briefpack import schema
from briefpack.layout import addresses, contract, editions, fonts, look, names, profiles, tokens
from briefpack.layout.editions import Edition
from briefpack.layout.look import Face, Look
from briefpack.layout.model import Layout, TokensFile
from briefpack.problem import Owner, Problems, gather, one_problem, raise_any
from briefpack.project import Project, check_links, times, walk, within
from briefpack.store import Store
from briefpack.text import legible, yaml_lines
from briefpack.text.words import NOT_LETTERS, split
from briefpack.text.yaml_lines import Tree


@dataclass(frozen=True)
class LoadedLayout:
    """A layout whose files all exist, with its look in one edition.

    `profile` is the ICC profile of the edition, if it names one, and `press_profile` the profile of a press: the
    edition's own, or else the press edition's. `words` has two parts: the ordinary words that the templates print, and
    every word that they contain in lower case.
    """

    name: str
    edition: Edition
    layout: Layout
    look: Look
    tree: Tree
    profile: Path | None = None
    words: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    press_profile: Path | None = None


PARTS = ("layouts", "charts", "fonts")


def load(project: Project, name: str, edition_name: str, kinds: tuple[str, ...] = ()) -> LoadedLayout:
    """Load the layout called `name`, with its tokens and faces. Raises Problems.

    `kinds` are the chart kinds available; without them, the sizes of charts aren't checked.
    """
    linked = [each for part in PARTS for each in check_links(project, part, "", Owner.LAYOUT)]
    raise_any(linked)
    return _load(project, name, edition_name, kinds, times(*(project.root / part for part in PARTS)))


# A process that stays for several builds reads a layout again only if a file of the designers has changed.
@lru_cache(maxsize=2)
def _load(project: Project, name: str, edition_name: str, kinds: tuple[str, ...], _times: object) -> LoadedLayout:
    gather(*(partial(legible.check, text, shown, Owner.LAYOUT) for shown, text in _texts(project)))
    (found, tree), (values, values_tree), known = gather(
        lambda: _read_layout(project, name), lambda: _read_tokens(project), lambda: faces(project)
    )
    raise_any(contract.of_paper(found, tree))
    edition = editions.named(found.editions, tree, edition_name)
    made = look.make(values, name, edition, known)
    sheets, unread = names.sheets_of(project, found)
    pages = addresses.pages(project.root)
    problems = [
        *contract.check(project, found, tree, kinds, pages),
        *unread,
        *names.check(project, sheets, pages, made, name),
        *editions.check(found.editions, tree),
        *profiles.check(project, found, tree),
        *tokens.check(project, values, values_tree, name, known),
        *tokens.check_inks(found, tree, values, values_tree, name),
    ]
    raise_any(problems)
    press = edition if edition.process_inks else editions.of(found.editions).get("press")
    return LoadedLayout(
        name,
        edition,
        found,
        made,
        tree,
        _profile(project, edition),
        press_profile=_profile(project, press),
    )


def _texts(project: Project) -> Iterator[tuple[str, str]]:
    """Yield the path from the project and the text of each page and style sheet of the layouts."""
    for path in walk(project.root / "layouts"):
        if path.suffix in (".html", ".css") and path.is_file():
            yield project.shown(path), path.read_text(encoding="utf-8", errors="replace")


def _read_layout(project: Project, name: str) -> tuple[Layout, Tree]:
    tree = yaml_lines.of_layout(project.root / "layouts" / name / "layout.yaml", f"layouts/{name}/layout.yaml")
    return schema.read_tree(Layout, tree), tree


def printed_words(project: Project, name: str, labels: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the templates that a layout may use, its own and the shared ones, and of some labels."""
    folders = (f"layouts/{name}/", "layouts/shared/")
    pages = (text for path, text in addresses.pages(project.root).items() if path.startswith(folders))
    return _words_of((*pages, *labels))


def _words_of(sources: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ordinary words that templates print, and every lower-case word they contain.

    A word is ordinary if it is printed with a capital and also occurs in lower case: `Page`, but not `Bennelong`.
    """
    printed: set[str] = set()
    lowercase: set[str] = set()
    for text in sources:
        printed |= {word.casefold() for word in split(NOT_SAID.sub(" ", text)) if not word.islower()}
        lowercase |= {word for word in NOT_LETTERS.split(text) if word.islower()}
    return frozenset(printed & lowercase), frozenset(lowercase)


NOT_SAID = re.compile(r"\{[{%#].*?[}%#]\}|<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def _read_tokens(project: Project) -> tuple[TokensFile, Tree]:
    tree = yaml_lines.of_layout(project.root / "layouts" / "tokens.yaml", "layouts/tokens.yaml")
    return schema.read_tree(TokensFile, tree), tree


def _profile(project: Project, edition: Edition | None) -> Path | None:
    return project.root / "layouts" / edition.profile if edition and edition.profile else None


def faces(project: Project) -> tuple[Face, ...]:
    """Return the faces of fonts.css. Raises Problems for every invalid rule and every damaged font file."""
    path = within(project.root / fonts.FOLDER, "fonts.css")
    if path is None:
        hint = "create it, with an @font-face rule for each font"
        raise one_problem(fonts.SHEET, None, "there is no such file", hint, Owner.LAYOUT)
    sheet = fonts.parse(yaml_lines.text(path, fonts.SHEET, Owner.LAYOUT))
    raise_any([*sheet.problems, *fonts.check_files(project.root, sheet, Store(project.store))])
    return tuple(face for _, face in sheet.faces)


def readable_faces(project: Project) -> tuple[Face, ...]:
    """Return the faces of fonts.css; none if they have problems, which loading the layout reports."""
    try:
        return faces(project)
    except Problems:
        return ()

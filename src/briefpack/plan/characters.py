"""Find the characters that no font has, and the installed fonts that a brief needs."""

from collections.abc import Iterable, Iterator, Mapping

from briefpack.brief.load import UNPRINTED
from briefpack.electorates import ElectorateSet
from briefpack.layout import added_fonts, fonts
from briefpack.layout.added_fonts import AddedFont
from briefpack.layout.load import readable_faces
from briefpack.problem import Problem
from briefpack.project import Project
from briefpack.text import yaml_lines
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

NO_FONT = 'no font has the character "{}" (U+{:04X})'
HINT = "use another character, or add a font that has it to fonts/"
MOST_NAMED = 3
Printed = list[tuple[Loc, str]]
Named = tuple[str, int | None, str]
"""A name or a text about an electorate, after the file and the line that it is in."""


def read(
    project: Project, tree: Tree, group: ElectorateSet | None, locale: Locale | None
) -> tuple[tuple[AddedFont, ...], list[Problem]]:
    """Return the installed fonts that a brief needs, and the problems with characters that no font has."""
    known = readable_faces(project)
    printed = [
        (loc, text) for loc, text in yaml_lines.texts(tree.data) if loc[0] not in UNPRINTED and loc[-1] != "means"
    ]
    # Only a language with a font of its own has labels that the other fonts may lack.
    printed += [(("language",), label) for label in (locale.labels.values() if locale and locale.family else ())]
    names = [*_names(group)] if group else []
    every = set[str]().union(*(text for _, text in printed), *(name for *_, name in names))
    # With no fonts, or a fault in their list, every character would be missing; the fault is reported instead.
    lacking = fonts.lacking(every, (project.root / "fonts" / face.path for face in known)) if known else set()
    if not lacking:
        return (), []
    added = tuple(_needed(project, lacking))
    paths = (project.root / "fonts" / face.path for each in added for face in each.faces)
    lacking = fonts.lacking(lacking, paths)
    return added, [*_problems(project, tree, printed, lacking), *_of_names(names, lacking)]


def _needed(project: Project, lacking: set[str]) -> Iterator[AddedFont]:
    """Yield the installed fonts that have some of the characters that the others lack."""
    for each in added_fonts.every(project.root):
        if fonts.lacking(lacking, [project.root / "fonts" / each.faces[0].path]) != lacking:
            yield each


def _problems(project: Project, tree: Tree, printed: Printed, lacking: set[str]) -> Iterator[Problem]:
    """Yield a problem for each place of a character that no font has; only one for those of a font to be added."""
    places = {each: loc for loc, text in reversed(printed) for each in text if each in lacking}
    by_font: dict[str, list[str]] = {}
    for each in [*dict.fromkeys(each for _, text in printed for each in text if each in places)]:
        if name := added_fonts.offered(project.root, each):
            by_font.setdefault(name, []).append(each)
    for name, characters in by_font.items():
        yield _to_be_added(tree, name, characters, places)
    rest = lacking.difference(*by_font.values())
    for loc, text in printed if rest else ():
        for each in dict.fromkeys(text):
            if each in rest:
                yield tree.problem(loc, NO_FONT.format(each, ord(each)), HINT, words=each)


def _to_be_added(tree: Tree, name: str, characters: list[str], places: Mapping[str, Loc]) -> Problem:
    """Return the problem with all the characters of one font that isn't installed."""
    named, more = characters[:MOST_NAMED], len(characters) - MOST_NAMED
    shown = ", ".join(f'"{each}"' for each in named)
    message = f"no font has the character{'s' * (len(characters) > 1)} {shown}"
    if more > 0:
        message += f" and {more} more"
    return tree.problem(places[characters[0]], message, f"briefpack fonts add {name}", words=characters[0])


def _of_names(names: Iterable[Named], lacking: set[str]) -> Iterator[Problem]:
    for path, line, name in names if lacking else ():
        for each in dict.fromkeys(name):
            if each in lacking:
                yield Problem(path, line, f"{name}: {NO_FONT.format(each, ord(each))}", HINT)


def _names(group: ElectorateSet) -> Iterator[Named]:
    """Yield the names and the texts of each electorate, with their file and their line."""
    for each in group.electorates:
        held = (role.title for role in each.member.roles) if each.member else ()
        people = (each.member.styled, each.member.party, *held) if each.member else ()
        names = (each.name, each.state.name, *people, *each.texts.values())
        yield from ((group.path, each.line, name) for name in names)
        yield from ((row.path, row.line, row.words) for rows in each.lists.values() for row in rows)

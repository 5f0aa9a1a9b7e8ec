"""Check the tokens: their layouts, their font families, and the inks of their colours."""

import re
from collections.abc import Iterator, Mapping

from briefpack.layout import css, editions
from briefpack.layout.editions import Edition
from briefpack.layout.look import Face
from briefpack.layout.model import Colour, Layout, Tokens, TokensFile
from briefpack.layout.names import ANY_FAMILY, NO_FAMILY
from briefpack.problem import Problem, nearest
from briefpack.project import Project, walk
from briefpack.text.yaml_lines import Loc, Tree


def check(project: Project, tokens: TokensFile, tree: Tree, name: str, faces: tuple[Face, ...]) -> Iterator[Problem]:
    """Check that the layouts named in the tokens exist, that fonts.css has their families, and that the look has one."""
    yield from _check_layouts(project, tokens, tree)
    known = {face.family for face in faces}
    parts: list[tuple[Loc, Tokens]] = [(("shared",), tokens.shared)]
    parts += [(("layouts", own), held) for own, held in tokens.layouts.items()]
    for loc, part in parts:
        if part.family and part.family not in known:
            yield tree.problem(
                (*loc, "family"), NO_FAMILY.format(part.family), nearest(part.family, known) or ANY_FAMILY
            )
        yield from _check_units(project, part, tree, loc)
        for token, value in part.lengths.items():
            for _, family in css.families(f"font-family: {value}") if value[0] in "\"'" else ():
                if family not in known:
                    yield tree.problem(
                        (*loc, "lengths", token), NO_FAMILY.format(family), nearest(family, known) or ANY_FAMILY
                    )
    own = tokens.layouts.get(name)
    if not (tokens.shared.family or (own and own.family)):
        yield tree.problem(("shared",), "family is missing", f"add family: {nearest('', known) or ANY_FAMILY}")


def _check_units(project: Project, part: Tokens, tree: Tree, loc: Loc) -> Iterator[Problem]:
    """Check that each number that a style sheet or page uses as a length has a unit; others may be proportions."""
    for token, value in part.lengths.items():
        if NUMBER.fullmatch(value) and float(value) and _is_length(project, token):
            message = f"{value} has no unit, and style sheets use it as a length"
            yield tree.problem((*loc, "lengths", token), message, f"{value}mm")


def _is_length(project: Project, token: str) -> bool:
    """Return whether a style sheet or page gives a token as it is to a property whose value is a length."""
    used = re.compile(rf"(?<![\w-])(?:{LENGTHS})[\w-]*\s*:[^;{{}}()*/]*var\(\s*--{re.escape(token)}\s*\)")
    files = (path for path in walk(project.root / "layouts") if path.suffix in (".css", ".html") and path.is_file())
    return any(used.search(path.read_text(encoding="utf-8", errors="replace")) for path in files)


NUMBER = re.compile(r"-?\d*\.?\d+")
LENGTHS = "margin|padding|gap|column-gap|row-gap|width|height|min-|max-|top|left|right|bottom|text-indent|font-size"
"""The properties that take lengths, not bare numbers."""


def _check_layouts(project: Project, tokens: TokensFile, tree: Tree) -> Iterator[Problem]:
    for name in tokens.layouts:
        if name not in project.layouts:
            message = f'there is no layout called "{name}"'
            yield tree.problem(("layouts", name), message, nearest(name, project.layouts))


def check_inks(found: Layout, tree: Tree, tokens: TokensFile, tokens_tree: Tree, name: str) -> Iterator[Problem]:
    """Check the colours that a layout names, and those of each edition in process inks."""
    own = tokens.layouts.get(name, Tokens())
    colours: dict[str, tuple[Loc, Colour]] = {
        token: (("shared",), colour) for token, colour in tokens.shared.colours.items()
    }
    colours |= {token: (("layouts", name), colour) for token, colour in own.colours.items()}
    yield from _check_beneath(found, tree, colours)
    for edition in editions.of(found.editions).values():
        if edition.process_inks:
            yield from _check_text(edition, tree, colours)
            yield from _check_limit(edition, tokens_tree, colours)


def _check_beneath(found: Layout, tree: Tree, colours: Mapping[str, object]) -> Iterator[Problem]:
    """Check that the colours under transparent images exist."""
    for kind, spec in found.documents.items():
        for name, place in spec.images.items():
            if place.beneath and place.beneath not in colours:
                message = f'there is no colour "{place.beneath}" in tokens.yaml'
                loc: Loc = ("documents", kind, "images", name, "beneath")
                yield tree.problem(loc, message, nearest(place.beneath, colours) or "add it there")


def _check_text(edition: Edition, tree: Tree, colours: Mapping[str, tuple[Loc, Colour]]) -> Iterator[Problem]:
    """Check that the colours for text exist."""
    for index, token in enumerate(edition.text):
        if token not in colours:
            message = f'there is no colour "{token}" in tokens.yaml'
            loc: Loc = ("editions", edition.name, "text", index)
            yield tree.problem(loc, message, nearest(token, colours) or "add it there")


def _check_limit(edition: Edition, tree: Tree, colours: Mapping[str, tuple[Loc, Colour]]) -> Iterator[Problem]:
    """Check that no colour exceeds the ink limit, and that the first colour for text is black ink only."""
    limit = edition.ink_limit_percent
    for token, (part, colour) in colours.items():
        place: Loc = (*part, "colours", token, "cmyk")
        total = sum(int(share) for share in colour.cmyk.split())
        if total > limit:
            message = f"{token} uses {total} % ink, but the {edition.name} edition allows {limit} %"
            yield tree.problem(place, message, "use less of each ink, and more black")
        if token == edition.text[0] and colour.cmyk != "0 0 0 100":
            message = f"{token} is the text colour, but is not black ink alone"
            yield tree.problem(place, message, "use cmyk: 0 0 0 100, which prints sharp")

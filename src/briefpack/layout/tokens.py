"""Check the tokens: their layouts, their font families, the inks of their colours, and the classes of their scales."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from briefpack.layout import css, editions, token_values
from briefpack.layout.editions import Edition
from briefpack.layout.look import Face
from briefpack.layout.model import Colour, Layout, Tokens, TokensFile
from briefpack.layout.names import ANY_FAMILY, NO_FAMILY
from briefpack.problem import Problem, nearest
from briefpack.project import Project
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
        yield from token_values.check(project, part, tree, loc)
        if (body := part.sizes_pt.get("body", 0)) > LARGEST_BODY_PT:
            hint = f"{body / 10:g}, if its point was lost"
            yield tree.problem((*loc, "sizes_pt", "body"), f"{body:g} pt is no size for running text", hint)
        for token, value in part.lengths.items():
            for _, family in css.families(f"font-family: {value}") if value[0] in "\"'" else ():
                if family not in known:
                    yield tree.problem(
                        (*loc, "lengths", token), NO_FAMILY.format(family), nearest(family, known) or ANY_FAMILY
                    )
    own = tokens.layouts.get(name)
    if not (tokens.shared.family or (own and own.family)):
        yield tree.problem(("shared",), "family is missing", f"add family: {nearest('', known) or ANY_FAMILY}")


LARGEST_BODY_PT = 36
"""Above any size that running text is set in, large print included."""


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
    yield from _check_scales(tokens_tree, colours)
    for edition in editions.of(found.editions).values():
        if edition.process_inks:
            yield from _check_text(edition, tree, tokens_tree, colours)
            yield from _check_limit(edition, tokens_tree, colours)


def _check_beneath(found: Layout, tree: Tree, colours: Mapping[str, object]) -> Iterator[Problem]:
    """Check that the colours under transparent images exist."""
    for kind, spec in found.documents.items():
        for name, place in spec.images.items():
            if place.beneath and place.beneath not in colours:
                message = f'there is no colour "{place.beneath}" in tokens.yaml'
                loc: Loc = ("documents", kind, "images", name, "beneath")
                yield tree.problem(loc, message, nearest(place.beneath, colours) or "add it there")


def _check_scales(tree: Tree, colours: Mapping[str, tuple[Loc, Colour]]) -> Iterator[Problem]:
    """Check that no two classes of a scale, such as scale-2 and scale-3, look the same in any edition."""
    numbered = [(found[1], token) for token in colours if (found := CLASS.fullmatch(token))]
    for (scale, one), (other_scale, other) in combinations(numbered, 2):
        if scale == other_scale:
            first, (part, second) = colours[one][1], colours[other]
            if same := next((words for words, look in LOOKS if look(first) == look(second)), None):
                message = f"{other} {same} {one}, so two classes of a map look the same"
                yield tree.problem((*part, "colours", other), message, "change one of the two")


CLASS = re.compile(r"(.+)-\d+")
LOOKS: tuple[tuple[str, Callable[[Colour], object]], ...] = (
    ("has the grey and the pattern of", lambda colour: (colour.grey, colour.pattern)),
    ("has the screen colour of", lambda colour: colour.screen),
    ("has the inks of", lambda colour: colour.cmyk),
)
"""What a colour looks like at home, on a screen and on a press."""


def _check_text(
    edition: Edition, tree: Tree, tokens_tree: Tree, colours: Mapping[str, tuple[Loc, Colour]]
) -> Iterator[Problem]:
    """Check that the colours for text exist, and that none prints in four inks."""
    for index, token in enumerate(edition.text):
        if token not in colours:
            message = f'there is no colour "{token}" in tokens.yaml'
            loc: Loc = ("editions", edition.name, "text", index)
            yield tree.problem(loc, message, nearest(token, colours) or "add it there")
        elif index and "0" not in colours[token][1].cmyk.split():
            message = f"{token} is a colour for text, and small type in four inks blurs"
            place: Loc = (*colours[token][0], "colours", token, "cmyk")
            yield tokens_tree.problem(place, message, "use three inks at most: black instead of a share of the others")


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

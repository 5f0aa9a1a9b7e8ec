"""Check the tokens: their layouts, their font families, and the inks of their colours."""

from collections.abc import Iterator

from briefpack.layout import look
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
        for token, value in part.lengths.items():
            for _, family in look.families(f"font-family: {value}") if value[0] in "\"'" else ():
                if family not in known:
                    yield tree.problem(
                        (*loc, "lengths", token), NO_FAMILY.format(family), nearest(family, known) or ANY_FAMILY
                    )
    own = tokens.layouts.get(name)
    if not (tokens.shared.family or (own and own.family)):
        yield tree.problem(("shared",), "family is missing", f"add family: {nearest('', known) or ANY_FAMILY}")


def _check_layouts(project: Project, tokens: TokensFile, tree: Tree) -> Iterator[Problem]:
    for name in tokens.layouts:
        if name not in project.layouts:
            said = f'there is no layout called "{name}"'
            yield tree.problem(("layouts", name), said, nearest(name, project.layouts))


def check_inks(found: Layout, tree: Tree, tokens: TokensFile, tokens_tree: Tree, name: str) -> Iterator[Problem]:
    """Check that text colours exist, that the first is black ink only, and that no colour exceeds the ink limit."""
    press, own = found.editions.press, tokens.layouts.get(name, Tokens())
    if press is None:
        return
    colours: dict[str, tuple[Loc, Colour]] = {
        token: (("shared",), colour) for token, colour in tokens.shared.colours.items()
    }
    colours |= {token: (("layouts", name), colour) for token, colour in own.colours.items()}
    for index, token in enumerate(press.text):
        if token not in colours:
            loc: Loc = ("editions", "press", "text", index)
            yield tree.problem(
                loc, f'there is no colour "{token}" in tokens.yaml', nearest(token, colours) or "add it there"
            )
    first = press.text[0]
    for token, (part, colour) in colours.items():
        place: Loc = (*part, "colours", token, "cmyk")
        total = sum(int(share) for share in colour.cmyk.split())
        if total > press.ink_limit_percent:
            said = f"{token} prints with {total} % of ink, and the press edition allows {press.ink_limit_percent} %"
            yield tokens_tree.problem(place, said, "less of each, with more black")
        if token == first and colour.cmyk != "0 0 0 100":
            said = f"{token} is the colour of text, and is not black ink alone"
            yield tokens_tree.problem(place, said, "cmyk: 0 0 0 100, which stays sharp")

"""Check the tokens: their layouts, families and values, the inks of their colours, and the classes of their scales."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, groupby

import tinycss2

from briefpack.layout import css, editions
from briefpack.layout.editions import Edition
from briefpack.layout.look import Face
from briefpack.layout.model import Colour, Layout, Tokens, TokensFile
from briefpack.layout.names import ANY_FAMILY, NO_FAMILY
from briefpack.problem import Problem, nearest
from briefpack.project import Project, walk
from briefpack.text.yaml_lines import Loc, Tree


def check(project: Project, tokens: TokensFile, tree: Tree, name: str, faces: tuple[Face, ...]) -> Iterator[Problem]:
    """Check that the layouts in the tokens exist, that fonts.css has their families, and that the look has one."""
    yield from _check_layouts(project, tokens, tree)
    known = {face.family for face in faces}
    parts: list[tuple[Loc, Tokens]] = [(("shared",), tokens.shared)]
    parts += [(("layouts", own), held) for own, held in tokens.layouts.items()]
    for loc, part in parts:
        if part.family and part.family not in known:
            yield tree.problem(
                (*loc, "family"), NO_FAMILY.format(part.family), nearest(part.family, known) or ANY_FAMILY
            )
        yield from _check_values(project, part, tree, loc)
        for token, value in part.lengths.items():
            for _, family in css.families(f"font-family: {value}") if value[0] in "\"'" else ():
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
            message = f'there is no layout called "{name}"'
            yield tree.problem(("layouts", name), message, nearest(name, project.layouts))


def _check_values(project: Project, part: Tokens, tree: Tree, loc: Loc) -> Iterator[Problem]:
    """Yield a problem for each token whose value isn't valid CSS where style sheets or pages use it.

    Without it, the messages would name every line of the style sheets that uses a faulty token.
    """
    for token, value in part.lengths.items():
        parsed = tinycss2.parse_component_value_list(value)
        if fault := _fault(project, token, value, parsed):
            yield tree.problem((*loc, "lengths", token), *fault)


def _fault(project: Project, token: str, value: str, parsed: Sequence[css.Token]) -> tuple[str, str] | None:
    """Return the message and the hint for a token's value, or None; look at its uses only where they matter."""
    if NUMBER.fullmatch(value) and float(value):
        used = f"{value} has no unit, and style sheets use it as a length", f"{value}mm"
        return used if _is_used(project, token, LENGTHS) else None
    if not _is_family(parsed) and _is_used(project, token, r"font(?:-family)?(?=\s*:)"):
        return f"{value} is not a CSS font family, and style sheets use it as one", _quoted(value)
    if not _may_be_length(parsed) and _is_used(project, token, LENGTHS):
        return f"{value} is not a CSS length, and style sheets use it as one", _meant(value)
    return None


UNITS = (
    "mm", "cm", "q", "pt", "pc", "in", "px", "em", "rem", "ex", "ch", "lh", "rlh", "cap", "ic", "vw", "vh", "vmin", "vmax",
    "vi", "vb",
)  # fmt: skip
WORDS = (
    "auto", "none", "normal", "inherit", "initial", "unset", "medium", "thin", "thick", "solid", "dotted", "dashed",
    "min-content", "max-content", "fit-content", "currentcolor", "transparent",
)  # fmt: skip
LENGTHS = "margin|padding|gap|column-gap|row-gap|width|height|min-|max-|top|left|right|bottom|text-indent|font-size"
"""The properties that take lengths, not bare numbers."""
NUMBER = re.compile(r"-?(?:\d++(?:\.\d++)?|\.\d++)")


def _is_family(parsed: Sequence[css.Token]) -> bool:
    """Return whether a value is a list of names with commas between them, each in quotation marks or of words alone."""
    bare = [token for token in parsed if token.type not in css.BLANK]
    names = [[*part] for is_comma, part in groupby(bare, key=lambda each: each == ",") if not is_comma]
    commas = sum(each == "," for each in bare)
    return len(names) == commas + 1 and all(
        (len(name) == 1 and name[0].type == "string") or all(token.type == "ident" for token in name) for name in names
    )


def _may_be_length(parsed: Sequence[css.Token]) -> bool:
    """Return whether each part of a value is a length, a share, a number, a function or a word of CSS."""
    return all(
        token.type in ("whitespace", "comment", "percentage", "number", "function", "hash")
        or (token.type == "dimension" and token.lower_unit in UNITS)
        or (token.type == "ident" and (token.lower_value in WORDS or token.value.startswith("--")))
        for token in parsed
    )


def _quoted(value: str) -> str:
    """Return a value with each name of a family in quotation marks of its own, and the whole in others."""
    names = (name.strip(" \"'") for name in value.split(","))
    return f"""'{", ".join(f'"{name}"' for name in names if name)}'; a name with a digit or a mark in it needs both pairs"""


def _meant(value: str) -> str:
    """Return the length that a value may be meant for."""
    found = TYPED.fullmatch(value)
    return f"{found[1].replace(',', '.')}mm" if found else "a number and its unit, such as 18mm"


TYPED = re.compile(r"(\d+(?:[.,]\d+)?)\s*[a-zA-Z]*")


def _is_used(project: Project, token: str, properties: str) -> bool:
    """Return whether a style sheet or page gives a token as it is to a property."""
    used = re.compile(
        rf"(?<![\w-])(?:{properties})[\w-]*\s*:[^;{{}}()*/]*(?:var\([^()]*\)[^;{{}}()*/]*)*var\(\s*--{re.escape(token)}\s*\)"
    )
    files = (path for path in walk(project.root / "layouts") if path.suffix in (".css", ".html") and path.is_file())
    return any(used.search(path.read_text(encoding="utf-8", errors="replace")) for path in files)


def check_inks(found: Layout, tree: Tree, tokens: TokensFile, tokens_tree: Tree, name: str) -> Iterator[Problem]:
    """Check the colours that a layout names, and the colours of each edition that prints in process inks."""
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

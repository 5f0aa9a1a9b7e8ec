"""Read a brief and a layout from their files, and report every problem in them at once."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from briefpack import electorates, schema
from briefpack.brief import figures, markdown
from briefpack.brief.model import Brief, LocalChart, LocalFact
from briefpack.electorates import Electorate, ElectorateSet, local, set_files, tables
from briefpack.layout import addresses, fonts, look, profiles
from briefpack.layout.look import Face, Look
from briefpack.layout.model import Colour, DocumentSpec, EditionSpec, Layout, SlotSpec, Tokens, TokensFile
from briefpack.plan import belongings
from briefpack.problem import Owner, Problem, Problems, gather, nearest, raise_any
from briefpack.project import Edition, Project, check_links, leads_out, walk, within
from briefpack.text import yaml_lines
from briefpack.text.yaml_lines import Loc, Tree

Kind = TypeVar("Kind", bound=schema.Model)


@dataclass(frozen=True)
class LoadedBrief:
    """A brief whose references and sums are correct.

    `said` are the warnings found while loading it. `group` is its electorate set, if it names one.
    """

    name: str
    brief: Brief
    tree: Tree
    said: tuple[Problem, ...]
    group: ElectorateSet | None = None

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """Return the warnings, each once. They are worked out on first use, because a build doesn't need them."""
        found = dict.fromkeys((*self.said, *figures.warn(self.brief, self.tree)))
        return tuple(sorted(found, key=lambda each: (each.path, each.line or 0)))


@dataclass(frozen=True)
class LoadedLayout:
    """A layout whose files all exist, with its look in one edition.

    `profile` is the ICC profile of the edition, if it names one. `words` has two parts: the ordinary words that the
    templates print, and every word that they contain in lower case.
    """

    name: str
    edition: Edition
    layout: Layout
    look: Look
    tree: Tree
    profile: Path | None = None
    words: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

    @property
    def edition_styles(self) -> tuple[str, ...]:
        """Return the style sheets that the edition adds to those of every page."""
        spec: EditionSpec | None = getattr(self.layout.editions, self.edition)
        return spec.styles if spec else ()

    @property
    def bleed_mm(self) -> float:
        """Return how far art extends beyond the trim: 0 in any edition but press."""
        press = self.layout.editions.press
        return press.bleed_mm if press and self.edition == "press" else 0.0


def brief(project: Project, name: str, kinds: tuple[str, ...]) -> LoadedBrief:
    """Load the brief called `name`; `kinds` are the chart kinds available. Raises Problems."""
    raise_any(check_links(project, f"briefs/{name}"))
    tree = yaml_lines.read(project.root / "briefs" / name / "brief.yaml", f"briefs/{name}/brief.yaml")
    found = _read(Brief, tree)
    group, problems = _group(project, found, tree)
    problems += [*figures.check(found, tree, kinds, _fields(found, group)), *_check_local(found, tree, group)]
    problems += _check_strays(tree)
    warnings = raise_any([*problems, *_check_characters(project, tree, group)])
    return LoadedBrief(name, found, tree, warnings, group)


def _check_strays(tree: Tree) -> Iterator[Problem]:
    """Find marks in the brief's texts that have no effect, and lists whose lines were folded into one."""
    for loc, text in yaml_lines.texts(tree.data):
        if loc[0] not in UNPRINTED and loc[-1] not in ADDRESSES:
            for words, said, hint in markdown.stray(text):
                yield tree.problem(loc, f'"{words}" {said}', hint, words=words)
            if items := _joined(tree, loc, text):
                said = "the list's lines are joined to one, as those of a text are that does not begin with |"
                yield tree.problem(loc, said, "| after the key, and the text beneath it", words=items[0])


def _joined(tree: Tree, loc: Loc, text: str) -> list[str]:
    """Return the list items in the file that the text runs together; a single one may just be words after a dash."""
    first, last = tree.lines[loc]
    lines = (line.strip() for line in tree.text[first:last])
    items = [line for line in lines if line.startswith("- ") and f" {line}" in text]
    return items if len(items) > 1 else []


ADDRESSES = {"url", "website", "email"}


def _check_characters(project: Project, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Find the characters in the brief's texts and the electorates' names that none of the project's faces has."""
    known = _known_faces(project)
    printed = [
        (loc, text) for loc, text in yaml_lines.texts(tree.data) if loc[0] not in UNPRINTED and loc[-1] != "means"
    ]
    names = [(each, name) for each in (group.electorates if group else ()) for name in _names(each)]
    every = set[str]().union(*(text for _, text in printed), *(name for _, name in names))
    # With no fonts, or a fault in their list, every character would be missing; the fault is reported instead.
    lacking = fonts.lacking(every, (project.root / "fonts" / face.path for face in known)) if known else set()
    hint = "another character, or a font that has it in fonts/"
    for loc, text in printed if lacking else ():
        for each in dict.fromkeys(text):
            if each in lacking:
                yield tree.problem(loc, NO_FONT.format(each, ord(each)), hint, words=each)
    for electorate, name in names if lacking else ():
        for each in dict.fromkeys(name):
            if group and each in lacking:
                yield Problem(group.path, electorate.line, f"{name}: {NO_FONT.format(each, ord(each))}", hint)


def _names(each: Electorate) -> tuple[str, ...]:
    return (each.name, each.state.name, *((each.member.styled, each.member.party) if each.member else ()))


UNPRINTED = {"queries", "relations"}
NO_FONT = 'no font has "{}" (U+{:04X})'


def both(
    project: Project, name: str, kinds: tuple[str, ...], layout_name: str, edition: Edition
) -> tuple[LoadedBrief, LoadedLayout]:
    """Load a brief and a layout. Raises the Problems of both together."""
    found, laid = gather(
        lambda: _decided(brief(project, name, kinds), edition), lambda: layout(project, layout_name, edition, kinds)
    )
    return found, laid


def _decided(found: LoadedBrief, edition: Edition) -> LoadedBrief:
    """Return the brief.

    Raises Problems if it goes to press before its author decides whether it is electoral matter, since printed copies
    can't be recalled (Commonwealth Electoral Act 1918, ss 4AA and 321D).
    """
    if edition == "press" and found.brief.electoral_matter == "undecided":
        said = "a press edition is not made while it is undecided whether the brief is electoral matter"
        hint = "electoral_matter: yes or no, once the author has decided; yes needs authorisation: too"
        raise Problems([found.tree.problem(("electoral_matter",), said, hint)])
    return found


def _group(project: Project, found: Brief, tree: Tree) -> tuple[ElectorateSet | None, list[Problem]]:
    """Return the electorate set that a brief names, or its problems."""
    if found.electorates is None:
        return None, []
    if found.electorates not in electorates.names(project):
        hint = nearest(found.electorates, electorates.names(project)) or "make one in briefs/electorates/"
        said = f'there is no electorate set called "{found.electorates}"'
        return None, [tree.problem(("electorates",), said, hint)]
    try:
        group = electorates.load(project, found.electorates)
        set_files.check(project, group)
    except Problems as error:
        return None, list(error.problems)
    return group, []


def _fields(found: Brief, group: ElectorateSet | None) -> tuple[str, ...] | None:
    """Return the names that a `local:` text may use, apart from figures; None if the set defining them didn't load."""
    if group is None and found.electorates:
        return None
    return (*local.FIELDS, *group.definitions) if group else ()


def _check_local(found: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    for loc, part in schema.walk(found):
        if isinstance(part, (LocalFact, LocalChart)) and group and part.fact not in group.definitions:
            said = f'there is no fact called "{part.fact}"'
            yield tree.problem(
                (*loc, "fact"),
                said,
                nearest(part.fact, group.definitions) or f"a fact of {tables.FOLDER}/{group.name}/set.yaml",
            )
    if group:
        yield from _check_local_parts(found, tree)


def _check_local_parts(found: Brief, tree: Tree) -> Iterator[Problem]:
    hint = "add local:, or delete electorates:"
    if found.local is None:
        yield tree.problem(("electorates",), "the brief has electorates, and nothing to say of each", hint)
    for index, theme in enumerate(found.themes):
        if theme.local is None:
            yield tree.problem(("themes", index), "the theme has no panel for an electorate", hint)


def layout(project: Project, name: str, edition: Edition, kinds: tuple[str, ...] = ()) -> LoadedLayout:
    """Load the layout called `name`, with its tokens and faces. Raises Problems.

    `kinds` are the chart kinds available; without them, the sizes of charts aren't checked.
    """
    linked = [each for part in ("layouts", "charts", "fonts") for each in check_links(project, part, "", Owner.LAYOUT)]
    raise_any(linked)
    (found, tree), (tokens, tokens_tree), faces = gather(
        lambda: _read_layout(project, name), lambda: _read_tokens(project), lambda: _faces(project)
    )
    made = look.make(tokens, name, edition, faces)
    problems = [*_check_layout(project, found, tree), *_check_styles(project, found, made, name)]
    problems += _check_unasked(project, found, tree, kinds)
    problems += _check_profiles(project, found, tree, edition)
    problems += _check_inks(found, tree, tokens, tokens_tree, name)
    problems += [
        tokens_tree.problem(("layouts", own), f'there is no layout called "{own}"', nearest(own, project.layouts))
        for own in tokens.layouts
        if own not in project.layouts
    ]
    raise_any([*problems, *_check_tokens(tokens, tokens_tree, name, faces)])
    return LoadedLayout(name, edition, found, made, tree, _profile(project, found, edition), _words(project, name))


def _read_layout(project: Project, name: str) -> tuple[Layout, Tree]:
    tree = yaml_lines.read(project.root / "layouts" / name / "layout.yaml", f"layouts/{name}/layout.yaml", Owner.LAYOUT)
    return _read(Layout, tree), tree


def _words(project: Project, name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the templates that a layout may use: its own, and the shared ones."""
    folders = (f"layouts/{name}/", "layouts/shared/")
    return belongings.layout_words(
        text for path, text in addresses.pages(project.root).items() if path.startswith(folders)
    )


def _read_tokens(project: Project) -> tuple[TokensFile, Tree]:
    tree = yaml_lines.read(project.root / "layouts" / "tokens.yaml", "layouts/tokens.yaml", Owner.LAYOUT)
    return _read(TokensFile, tree), tree


def _read(kind: type[Kind], tree: Tree) -> Kind:
    if not isinstance(tree.data, dict):
        raise Problems([tree.problem((), "the file does not begin with a key", "start from briefpack new NAME")])
    found, faults = schema.read(kind, tree.data)
    if found is None:
        raise Problems(_problem(tree, fault) for fault in faults)
    return found


def _problem(tree: Tree, fault: schema.Fault) -> Problem:
    return tree.problem(fault.loc, fault.message, fault.hint)


def _faces(project: Project) -> tuple[Face, ...]:
    """Return the faces of fonts.css. Raises Problems for every invalid rule and every damaged font file."""
    path = within(project.root / fonts.FOLDER, "fonts.css")
    if path is None:
        hint = "list the fonts there as @font-face rules"
        raise Problems([Problem(fonts.SHEET, None, "there is no such file", hint, Owner.LAYOUT)])
    sheet = fonts.parse(yaml_lines.text(path, fonts.SHEET, Owner.LAYOUT))
    raise_any([*sheet.problems, *fonts.check_files(project.root, sheet)])
    return tuple(face for _, face in sheet.faces)


def _known_faces(project: Project) -> tuple[Face, ...]:
    """Return the faces of fonts.css; none if they have problems, which loading the layout reports."""
    try:
        return _faces(project)
    except Problems:
        return ()


def _check_layout(project: Project, found: Layout, tree: Tree) -> Iterator[Problem]:
    for loc, part in schema.walk(found):
        for field in ("page", "styles", "note"):
            value = getattr(part, field, None)
            for path in (value,) if isinstance(value, str) else value or ():
                yield from _check_file(project, tree, (*loc, field), path)
    for kind, spec in found.documents.items():
        yield from _check_document(found, tree, ("documents", kind), spec)
    for held, boxes in (("slots", found.slots), ("running", found.running)):
        for name, box in boxes.items():
            yield from _check_box(found, tree, (held, name), box)


def _check_box(found: Layout, tree: Tree, loc: Loc, box: SlotSpec) -> Iterator[Problem]:
    """Check that a slot stays on the sheet; with a press edition, it may extend into the bleed."""
    spare_mm = found.editions.press.bleed_mm if found.editions.press else 0
    for side, start in (("width_mm", "left_mm"), ("height_mm", "top_mm")):
        first, size, most = getattr(box, start, 0), getattr(box, side), getattr(found.paper, side)
        if first < -spare_mm or first + size > most + spare_mm:
            said = f"the slot reaches from {first:g} to {first + size:g} mm of the paper's {most:g}"
            yield tree.problem((*loc, side), said, "a smaller one, or another place")


def _check_document(found: Layout, tree: Tree, loc: Loc, spec: DocumentSpec) -> Iterator[Problem]:
    """Check that the parts of a document exist and are complete."""
    for index, running in enumerate(spec.running):
        if running not in found.running:
            said = f'there is no running slot called "{running}"'
            hint = nearest(running, found.running) or "add it to running:"
            yield tree.problem((*loc, "running", index), said, hint)
    for index, piece in enumerate(spec.pieces):
        if piece.lists_pages and piece.pages.exactly is None:
            said = "a piece that lists pages has no certain number of them itself"
            hint = "exactly: 1, so that the others' page numbers are known before it is laid out"
            yield tree.problem((*loc, "pieces", index, "pages"), said, hint)
    if all(piece.local for piece in spec.pieces):
        yield tree.problem(
            (*loc, "pieces"), "all of its pieces are local", "add one that the nation's document has too"
        )
    if "other" not in spec.charts:
        hint = "add other: {width_mm: 119, height_mm: 10, row_mm: 9}"
        yield tree.problem((*loc, "charts"), "there is no size for other kinds of chart", hint)


def _check_unasked(project: Project, found: Layout, tree: Tree, kinds: tuple[str, ...]) -> Iterator[Problem]:
    """Check that each size and each `room:` of a document is for something that a page, brief or chart asks for."""
    asked = {
        "maps": (
            {name for page in addresses.pages(project.root).values() for name in MAP.findall(page)},
            "no page asks for a map",
        ),
        "room": (schema.fields(), "no part of a brief has a field"),
    }
    asked |= {"charts": ({*kinds, *ANY_CHART}, "there is no chart kind")} if kinds else {}
    for kind, spec in found.documents.items():
        for part, (known, said) in asked.items():
            for name in getattr(spec, part).keys() - known:
                loc = ("documents", kind, part, name)
                yield tree.problem(loc, f'{said} called "{name}"', nearest(name, known) or "delete it")


MAP = re.compile(r"\bmap\(\s*[\"']([\w-]+)")
ANY_CHART = ("local", "other")
"""The names that have a size, as chart kinds do, but aren't chart kinds."""


def _profile(project: Project, found: Layout, edition: Edition) -> Path | None:
    path: str | None = getattr(getattr(found.editions, edition), "profile", None)
    return project.root / "layouts" / path if path else None


def _check_profiles(project: Project, found: Layout, tree: Tree, edition: Edition) -> Iterator[Problem]:
    """Check that the press edition exists if it is wanted, and that each profile is of the right kind and intact."""
    if edition == "press" and found.editions.press is None:
        said = "the layout has no press edition"
        yield tree.problem(("editions",), said, "add press: to editions:, as in layouts/ijm/layout.yaml")
    for name, (kind, what, hint) in PROFILES.items():
        profile: str | None = getattr(getattr(found.editions, name), "profile", None)
        loc: Loc = ("editions", name, "profile")
        path = within(project.root / "layouts", profile) if profile else None
        if profile and path is None:
            yield tree.problem(loc, f'there is no file "{profile}" in layouts/', "copy the ICC profile there")
        elif path and profiles.kind(path.read_bytes()) != kind:
            yield tree.problem(loc, f'"{profile}" is not the ICC profile of {what}', hint)
        elif path and (said := profiles.fault(path.read_bytes())):
            yield tree.problem(loc, f'"{profile}" is damaged: {said}', "copy the ICC profile again from its source")


SCREEN = ((b"mntr", b"RGB "), "a screen", "a display profile (class mntr) for RGB, such as shared/profiles/srgb.icc")
PRESS = ((b"prtr", b"CMYK"), "a press with four inks", "an output profile (class prtr) for CMYK")
PROFILES = {"screen": SCREEN, "home": SCREEN, "press": PRESS}
"""For each edition's profile: the device class and colour space required, in bytes and in words, and a hint."""


def _check_inks(found: Layout, tree: Tree, tokens: TokensFile, tokens_tree: Tree, name: str) -> Iterator[Problem]:
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


def _check_styles(project: Project, found: Layout, made: Look, name: str) -> Iterator[Problem]:
    """Check the names in the layout's style sheets, and in every page that it might include."""
    sheets, problems = _sheets(project, found)
    yield from problems
    pages, others = addresses.pages(project.root), {*project.layouts} - {name}
    known = _known(sheets, pages, made)
    for shown, text in sheets.items():
        yield from _check_sheet(shown, text, known)
    for shown, text in pages.items():
        if shown.split("/")[1] not in others:
            yield from _check_page(shown, text, known)


@dataclass(frozen=True)
class _Known:
    """The names that style sheets and pages may use.

    `words` are all words on the pages, and `styled` all words in the style sheets.
    """

    families: set[str]
    properties: set[str]
    words: set[str]
    styled: set[str]


def _known(sheets: Mapping[str, str], pages: Mapping[str, str], made: Look) -> _Known:
    texts = [*sheets.values(), *pages.values()]
    return _Known(
        families={face.family for face in made.faces},
        properties={*look.properties(made), *OWN_PROPERTIES}.union(*map(look.given, texts)),
        words={*OWN_CLASSES, *OWN_DATA}.union(*map(WORD.findall, pages.values())),
        styled=set[str]().union(*map(WORD.findall, sheets.values())),
    )


def _check_sheet(shown: str, text: str, known: _Known) -> Iterator[Problem]:
    yield from _check_halves(shown, text)
    yield from _check_selected(shown, text, known.words)
    yield from _check_names(shown, look.families(text), known.families, NO_FAMILY, ANY_FAMILY)
    yield from _check_names(shown, look.variables(text), known.properties, NO_PROPERTY, ANY_PROPERTY)


def _check_page(shown: str, text: str, known: _Known) -> Iterator[Problem]:
    """Check the tokens that a page uses, and find attributes that are misspellings of the engine's own."""
    yield from _check_names(shown, look.variables(text), known.properties, NO_PROPERTY, ANY_PROPERTY)
    for line, words in enumerate(text.splitlines(), start=1):
        for attribute in DATA.findall(words):
            near = difflib.get_close_matches(attribute, OWN_DATA, n=1, cutoff=NEAR)
            if near and attribute not in {*OWN_DATA, *known.styled}:
                yield Problem(shown, line, f'nothing looks for the attribute "{attribute}"', near[0], Owner.LAYOUT)


def _sheets(project: Project, found: Layout) -> tuple[dict[str, str], list[Problem]]:
    """Return the text of each style sheet of the layout that can be read, and the problems of the others."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for style in sorted({style for _, part in schema.walk(found) for style in getattr(part, "styles", ())}):
        if path := within(project.root / "layouts", style):
            try:
                texts[f"layouts/{style}"] = yaml_lines.text(path, f"layouts/{style}", Owner.LAYOUT)
            except Problems as error:
                problems += error.problems
    return texts, problems


def _check_halves(shown: str, text: str) -> Iterator[Problem]:
    if half := look.unclosed(text):
        yield Problem(shown, *half, Owner.LAYOUT)


def _check_selected(shown: str, text: str, words: set[str]) -> Iterator[Problem]:
    """Find classes, ids and attributes in a style sheet that no page has, but that nearly match one that a page has.

    A page may build a name from parts or take it from the brief, so a name with no near match isn't judged.
    """
    begun = tuple(word for word in words if word.endswith("-"))
    for line, name in look.selected(text):
        if name not in words and not name.startswith(begun):
            for near in difflib.get_close_matches(name, words, n=1, cutoff=NEAR):
                yield Problem(shown, line, f'no page has the class, id or attribute "{name}"', near, Owner.LAYOUT)


WORD = re.compile(r"[A-Za-z_][\w-]*")
DATA = re.compile(r"\s(data-[\w-]+)")
OWN_CLASSES = ("points",)
"""The classes that the engine adds to elements."""
OWN_DATA = ("data-balance", "data-field", "data-fit", "data-give")
"""The attributes that the engine reads on elements, or adds to them."""
NEAR = 0.8


def _check_names(
    shown: str, named: Iterator[tuple[int, str]], known: set[str], said: str, hint: str
) -> Iterator[Problem]:
    """Check the names in a style sheet, each with its line, against the known ones."""
    for line, name in named:
        if name not in known:
            yield Problem(shown, line, said.format(name), nearest(name, known) or hint, Owner.LAYOUT)


OWN_PROPERTIES = ("--bleed", "--give")
"""The custom properties that the engine defines."""
NO_PROPERTY = 'there is no "{}" in layouts/tokens.yaml or the style sheets'
ANY_PROPERTY = "-- and a colour, size- and a size, or a length of layouts/tokens.yaml"


def _check_tokens(tokens: TokensFile, tree: Tree, name: str, faces: tuple[Face, ...]) -> Iterator[Problem]:
    """Check that fonts.css has the font families named in the tokens, and that the look has a family."""
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


NO_FAMILY = 'there is no font family "{}" in fonts/fonts.css'
ANY_FAMILY = "a family that fonts/fonts.css has"


def _check_file(project: Project, tree: Tree, loc: Loc, path: str) -> Iterator[Problem]:
    folder = project.root / "layouts"
    found = within(folder, path)
    if leads_out(folder, path):
        hint = "name a file in layouts/, such as shared/cover.html"
        yield tree.problem(loc, f'"{path}" is outside layouts/', hint, words=path)
    elif found is None:
        base = folder.resolve()
        near = nearest(path, [held.relative_to(base).as_posix() for held in walk(folder)], most=0)
        yield tree.problem(loc, f'there is no file "{path}" in layouts/', near or "make it", words=path)
    elif found.suffix != (wanted := ".css" if "styles" in loc else ".html"):
        kind, such = ("style sheet", "shared/base.css") if wanted == ".css" else ("page", "shared/cover.html")
        yield tree.problem(loc, f'"{path}" is not a {kind} ({wanted})', f"a {kind}, such as {such}", words=path)

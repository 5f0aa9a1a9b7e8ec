"""Read a brief, its electorates, its layout and the fonts that it needs, and report every problem in them at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from briefpack import electorates, layout
from briefpack.brief import accepted, load, queries, references
from briefpack.brief.load import UNPRINTED
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, gazetteer, local
from briefpack.layout import LoadedLayout, added_fonts, fonts
from briefpack.layout.added_fonts import AddedFont
from briefpack.layout.load import readable_faces
from briefpack.plan import (
    authorisation,
    fact_charts,
    image_files,
    local_data,
    local_lists,
    local_page,
    locales,
    places,
    subjects,
)
from briefpack.plan.loaded import ISSUED, LoadedBrief, reviewed
from briefpack.problem import Problem, Problems, nearest, raise_any
from briefpack.project import Project
from briefpack.store import Store
from briefpack.text import yaml_lines
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree


@dataclass(frozen=True)
class _Judged:
    """A brief with its problems; None if its model or its language can't be read."""

    problems: tuple[Problem, ...]
    found: LoadedBrief | None = None

    @property
    def refused(self) -> tuple[Problem, ...]:
        """Return the problems if any of them stops a build."""
        return self.problems if any(not each.warning for each in self.problems) else ()


def read(project: Project, name: str, layout_name: str, edition: str) -> tuple[LoadedBrief, LoadedLayout]:
    """Load a brief and a layout. Raises the Problems of both together."""
    judged = _judge(project, name)
    try:
        laid = _read_layout(project, layout_name, edition)
    except Problems as error:
        raise Problems([*judged.refused, *error.problems]) from None
    together: list[Problem] = []
    if found := judged.found:
        together += authorisation.check_press(found, laid.edition)
        together += locales.check(project, found.locale, found.brief, found.tree, laid)
    raise_any([*judged.refused, *together])
    found = _sound(judged)
    locale = locales.merged(found.locale, found.brief.language, found.group, laid.layout.labels, found.brief.labels)
    locale = locales.with_sign(locale, found.brief.currency)
    printed = layout.printed_words(project, laid.name, locale.labels.values())
    made = added_fonts.look_with(laid.look, found.added_fonts, locale.family)
    return replace(found, locale=locale), replace(laid, words=printed, look=made)


def read_brief(project: Project, name: str) -> LoadedBrief:
    """Load the brief called `name`. Raises Problems."""
    return _sound(_judge(project, name))


def _sound(judged: _Judged) -> LoadedBrief:
    raise_any(judged.refused)
    assert judged.found is not None  # noqa: S101 -- without a language or a model, there was a problem
    return judged.found


def _judge(project: Project, name: str) -> _Judged:
    """Return a brief with its problems."""
    tree, kept = load.tree(project, name), Store(project.store)
    locale, unread = locales.read(project, tree)
    group, problems = _group(project, tree, locale)
    problems += unread
    try:
        found = load.model(tree, locale)
    except Problems as error:
        return _Judged((*problems, *error.problems))
    judged = _judge_model(project, name, found, tree, group, locale, kept)
    problems += [*reviewed("check_texts", kept, tree), *judged.problems]
    if any(not each.warning for each in problems):
        problems = [each for each in problems if not accepted.is_accepted(found, each)]
    loaded = judged.found and replace(judged.found, noticed=tuple(problems))
    return _Judged(tuple(problems), loaded)


def _judge_model(
    project: Project,
    name: str,
    found: Brief,
    tree: Tree,
    group: ElectorateSet | None,
    locale: Locale | None,
    kept: Store,
) -> _Judged:
    """Return a brief that its model accepts, with the problems of its references and its meaning."""
    problems = [*authorisation.check(found, tree, group, locale), *queries.check(found, tree)]
    pictures, unusable = image_files.read(project, name, found, tree)
    problems += unusable
    group, refused = image_files.with_portraits(project, name, group)
    problems += refused
    group, refused = local_data.read(project.root / "briefs" / name, found, tree, group)
    problems += refused
    problems += [*local_page.check(found, tree, group), *places.check(found, tree, group)]
    group, refused = local_lists.read(project.root / "briefs" / name, found, tree, group, locale)
    problems += refused
    if locale:
        fields = local.names(group) if group else None
        problems += references.check(found, tree, project.chart_kinds, locale, fields)
        problems += places.check_fields(found, tree, group, locale) if group else ()
        problems += reviewed("check", kept, found, tree, locale)
        problems += fact_charts.check(found, tree, group, locale)
    problems += local_page.warn(found, tree, group)
    added, missing = _fonts(project, tree, group, locale)
    problems += missing
    if locale is None:
        return _Judged(tuple(problems))
    issued = [path.stem for path in (project.root / "briefs" / name / ISSUED).glob("*.json")]
    issue = max((int(stem) for stem in issued if stem.isdecimal()), default=0)
    return _Judged(tuple(problems), LoadedBrief(name, found, tree, locale, (), group, pictures, added, kept, issue))


def _read_layout(project: Project, name: str, edition: str) -> LoadedLayout:
    found = layout.load(project, name, edition, project.chart_kinds)
    raise_any(subjects.check(found.layout, found.tree))
    return found


def _group(project: Project, tree: Tree, locale: Locale | None) -> tuple[ElectorateSet | None, list[Problem]]:
    """Return the electorate set that a brief names, or its problems."""
    name = tree.data.get("electorates") if isinstance(tree.data, dict) else None
    if not isinstance(name, str):
        return None, []
    if name not in electorates.names(project):
        hint = nearest(name, electorates.names(project)) or "add one to briefs/electorates/"
        message = f'there is no electorate set called "{name}"'
        return None, [tree.problem(("electorates",), message, hint)]
    try:
        group = electorates.load(project, name)
        gazetteer.check(project, group)
    except Problems as error:
        return None, list(error.problems)
    language = tree.data.get("language")
    language = language if isinstance(language, str) else locales.DEFAULT
    group = electorates.translated(group, language)
    return group, [*locales.warn(group, language, locale)]


NO_FONT = 'no font has the character "{}" (U+{:04X})'
HINT = "use another character, or add a font that has it to fonts/"
MOST_NAMED = 3
Printed = list[tuple[Loc, str]]
Named = tuple[str, int | None, str]
"""A name or a text about an electorate, after the file and the line that it is in."""


def _fonts(
    project: Project, tree: Tree, group: ElectorateSet | None, locale: Locale | None
) -> tuple[tuple[AddedFont, ...], list[Problem]]:
    """Return the installed fonts that a brief needs, and the problems with characters that no font has."""
    known = readable_faces(project)
    printed = [
        (loc, text) for loc, text in yaml_lines.texts(tree.data) if loc[0] not in UNPRINTED and loc[-1] != "means"
    ]
    # Only a language with a font of its own has labels that the other fonts may lack.
    if locale and locale.family:
        printed += [(("language",), label) for label in locale.labels.values()]
    names = [*_names(group)] if group else []
    every = set[str]().union(*(text for _, text in printed), *(name for *_, name in names))
    # With no fonts, or a fault in their list, every character would be missing; the fault is reported instead.
    lacking = fonts.lacking(every, (project.root / "fonts" / face.path for face in known)) if known else set()
    if not lacking:
        return (), []
    added: list[AddedFont] = []
    for font in added_fonts.every(project.root):
        if fonts.lacking(lacking, [project.root / "fonts" / font.faces[0].path]) != lacking:
            added.append(font)
    paths = (project.root / "fonts" / face.path for font in added for face in font.faces)
    lacking = fonts.lacking(lacking, paths)
    problems = [*_problems(project, tree, printed, lacking)]
    for path, line, name in names:
        for character in sorted(lacking.intersection(name)):
            message = f"{name}: {NO_FONT.format(character, ord(character))}"
            problems.append(Problem(path, line, message, HINT))
    return tuple(added), problems


def _problems(project: Project, tree: Tree, printed: Printed, lacking: set[str]) -> Iterator[Problem]:
    """Yield a problem for each place of a character that no font has, or one for all characters of a font to add."""
    places = {each: loc for loc, text in reversed(printed) for each in text if each in lacking}
    by_font: dict[str, list[str]] = {}
    for each in [*dict.fromkeys(each for _, text in printed for each in text if each in places)]:
        if name := added_fonts.offered(project.root, each):
            by_font.setdefault(name, []).append(each)
    for name, characters in by_font.items():
        yield _to_be_added(tree, name, characters, places)
    rest = lacking.difference(*by_font.values())
    for loc, text in printed:
        for character in sorted(rest.intersection(text)):
            yield tree.problem(loc, NO_FONT.format(character, ord(character)), HINT, words=character)


def _to_be_added(tree: Tree, name: str, characters: list[str], places: Mapping[str, Loc]) -> Problem:
    """Return the problem with all the characters of one font that isn't installed."""
    named, more = characters[:MOST_NAMED], len(characters) - MOST_NAMED
    shown = ", ".join(f'"{each}"' for each in named)
    message = f"no font has the character{'s' * (len(characters) > 1)} {shown}"
    if more > 0:
        message += f" and {more} more"
    hint = f"install {name} as fonts/README.md says"
    return tree.problem(places[characters[0]], message, hint, words=characters[0])


def _names(group: ElectorateSet) -> Iterator[Named]:
    """Yield the names and the texts of each electorate, with their file and their line."""
    for each in group.electorates:
        held = (role.title for role in each.member.roles) if each.member else ()
        people = (each.member.styled, each.member.party, *held) if each.member else ()
        names = (each.name, each.state.name, *people, *each.texts.values())
        yield from ((group.path, each.line, name) for name in names)
        yield from ((row.path, row.line, row.words) for rows in each.lists.values() for row in rows)

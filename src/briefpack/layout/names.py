"""Check the names that style sheets and pages use: classes, attributes, font families and custom properties."""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from briefpack import schema, store
from briefpack.layout import addresses, classes, css, look, raw_texts, rules, templates
from briefpack.layout.look import Look
from briefpack.layout.model import Layout
from briefpack.problem import Owner, Problem, nearest
from briefpack.project import Project, walk
from briefpack.store import Store
from briefpack.text.yaml_lines import Tree


def check(
    project: Project, layout: tuple[Layout, Tree], made: Look, name: str, fields: Collection[str] = ()
) -> list[Problem]:
    """Check the names in the layout's style sheets, and in every page that it might include.

    `fields` are the fields of every part of a brief, if they are known. Splitting the files into tokens takes longer
    than loading the rest of the layout, so a pass is remembered.
    """
    sheets, problems = rules.sheets_of(project, layout[0])
    pages, others = addresses.pages(project.root), {*project.layouts} - {name}
    listed = rules.lists(layout[0])
    kept, entry = Store(project.store), _entry(sheets, pages, made, others, bool(fields), listed)
    if kept.has_passed(entry):
        return problems
    known, own = _known(sheets, pages, made, fields), _own(pages, others)
    named = [
        *_check(sheets, pages, own, known),
        *_check_classes(project, own, known),
        *rules.lacking_faces(sheets, made),
        *rules.forgotten(listed, layout[1], sheets, pages),
        *rules.ignored(sheets),
        *templates.ids(own, pages),
    ]
    # A rule that a misspelt class has is reported as misspelt.
    named += _dead_rules(project, sheets, pages, own, known) if fields and not named else ()
    if not named:
        kept.remember_pass(entry)
    return [*problems, *named]


def _entry(
    sheets: Mapping[str, str],
    pages: Mapping[str, str],
    made: Look,
    others: set[str],
    is_whole: bool,
    listed: rules.Lists,
) -> str:
    """Return the hash of everything that the check reads."""
    faces = sorted((face.family, face.weight, face.italic) for face in made.faces)
    read = (sorted(sheets.items()), sorted(pages.items()), faces, sorted(look.properties(made)), sorted(others))
    return store.key("names of a layout", store.engine(), *map(repr, (*read, is_whole, listed)))


def _dead_rules(
    project: Project, sheets: Mapping[str, str], pages: Mapping[str, str], own: Mapping[str, str], known: "_Known"
) -> Iterator[Problem]:
    unruled = {name for text in own.values() for _, name in classes.written(text)}
    unruled -= known.selected | _ruled_anywhere(project)
    yield from classes.dead_rules(project, sheets, pages, known.classes, unruled)


def _own(pages: Mapping[str, str], others: set[str]) -> dict[str, str]:
    """Return the pages that don't belong to another layout."""
    return {shown: text for shown, text in pages.items() if shown.split("/")[1] not in others}


def _check(
    sheets: Mapping[str, str], pages: Mapping[str, str], own: Mapping[str, str], known: "_Known"
) -> Iterator[Problem]:
    markdown = schema.markdown_fields() if known.fields else set[str]()
    for shown, text in sheets.items():
        yield from _check_sheet(shown, text, known)
    for shown, text in own.items():
        yield from _check_page(shown, text, known)
        yield from templates.html(shown, text, pages)
        yield from templates.fields(shown, text, known.fields) if known.fields else ()
        yield from raw_texts.check(shown, text, markdown)


@dataclass(frozen=True)
class _Known:
    """The names that style sheets and pages may use.

    `words` are all words on the pages, `tagged` the words inside tags, and `classes` the words that may be classes;
    `begun` are the beginnings of classes that pages build. `styled` are all words in the style sheets, and `selected`
    the classes, ids and attributes that these have rules for. `fields` are the fields of a brief.
    """

    families: set[str]
    properties: set[str]
    words: set[str]
    tagged: set[str]
    classes: set[str]
    begun: tuple[str, ...]
    styled: set[str]
    selected: set[str]
    fields: Collection[str]


def _known(sheets: Mapping[str, str], pages: Mapping[str, str], made: Look, fields: Collection[str]) -> _Known:
    in_pages = (text for page in pages.values() for _, text in css.of_page(page))
    return _Known(
        families={face.family for face in made.faces},
        properties={*look.properties(made), *OWN_PROPERTIES}.union(*map(css.properties, (*sheets.values(), *in_pages))),
        words={*OWN_CLASSES, *OWN_DATA}.union(*map(WORD.findall, pages.values())),
        tagged={*OWN_CLASSES, *OWN_DATA}.union(
            *map(WORD.findall, chain.from_iterable(map(TAG.findall, pages.values())))
        ),
        classes={*OWN_CLASSES, *classes.possible(pages.values())},
        begun=classes.begun(pages.values()),
        styled=set[str]().union(
            *map(
                WORD.findall,
                (*sheets.values(), *(text for page in pages.values() for text in addresses.STYLE.findall(page))),
            )
        ),
        selected=classes.ruled(sheets.values()),
        fields=fields,
    )


def _check_sheet(shown: str, text: str, known: _Known) -> Iterator[Problem]:
    if half := css.unclosed(text):
        yield Problem(shown, *half, Owner.LAYOUT)
    if line := css.swallowed_comment(text):
        yield Problem(shown, line, *css.SWALLOWED, Owner.LAYOUT)
    yield from _check_selected(shown, text, known)
    yield from _check_attributes(shown, text, known)
    yield from _check_names(shown, css.families(text), known.families, NO_FAMILY, ANY_FAMILY)
    yield from _check_names(shown, css.variables(text), known.properties, NO_PROPERTY, ANY_PROPERTY)


def _check_page(shown: str, text: str, known: _Known) -> Iterator[Problem]:
    """Check the tokens that a page uses, and find attributes that are misspellings of the engine's own."""
    used = ((above + line, name) for above, part in css.of_page(text) for line, name in css.variables(part))
    yield from _check_names(shown, used, known.properties, NO_PROPERTY, ANY_PROPERTY)
    for line, words in enumerate(text.splitlines(), start=1):
        for attribute in DATA.findall(words):
            near = difflib.get_close_matches(attribute, OWN_DATA, n=1, cutoff=NEAR)
            if near and attribute not in {*OWN_DATA, *known.styled}:
                yield Problem(shown, line, f'nothing uses the attribute "{attribute}"', near[0], Owner.LAYOUT)


def _check_classes(project: Project, pages: Mapping[str, str], known: _Known) -> Iterator[Problem]:
    """Find classes in pages that have no rule in any style sheet in layouts/, but nearly match a class that has one.

    A class without a rule may be for a layout to come, so one with no near match isn't judged, nor one that only
    begins like the other, such as `credit` and `credits`. If no page has the other, its rule may be wrong instead.
    """
    found = [
        (shown, line, name, near)
        for shown, text in pages.items()
        for line, name in classes.written(text)
        for near in difflib.get_close_matches(name, known.selected, n=1, cutoff=NEAR)
        if _is_misspelt(name, near, known)
    ]
    elsewhere = _ruled_anywhere(project) if found else set[str]()
    for shown, line, name, near in found:
        if name not in elsewhere:
            yield Problem(shown, line, f'no style sheet has a rule for the class "{name}"', near, Owner.LAYOUT)


def _ruled_anywhere(project: Project) -> set[str]:
    """Return the classes that the style sheets of all layouts have rules for."""
    sheets = (path for path in walk(project.root / "layouts") if path.suffix == ".css" and path.is_file())
    return classes.ruled(path.read_text(encoding="utf-8", errors="replace") for path in sheets)


def _check_selected(shown: str, text: str, known: _Known) -> Iterator[Problem]:
    """Find classes, ids and attributes in a style sheet that no page has, but that nearly match one that a page has.

    A page may build a name from parts or take it from the brief, so a name with no near match isn't judged.
    """
    own = {*css.classes(text)}
    begun = tuple(word for word in known.words if word.endswith("-"))
    for line, name in css.selected(text):
        if (line, name) in own:
            had, built, near_ones = known.classes, known.begun, known.classes
        else:
            had, built, near_ones = known.words, begun, known.tagged
        if name not in had and not name.startswith(built):
            for near in difflib.get_close_matches(name, sorted(near_ones), n=1, cutoff=NEAR):
                if not _is_misspelt(near, name, known):
                    message = f'no page has the class, id or attribute "{name}"'
                    yield Problem(shown, line, message, near, Owner.LAYOUT)


def _check_attributes(shown: str, text: str, known: _Known) -> Iterator[Problem]:
    """Find attributes that a style sheet prints or takes a string from, and that no page has or builds.

    One in a rule for a class that no page has isn't judged, since the rule does nothing anyway.
    """
    classed = [*css.classes(text)]
    idle = {line for line, _ in classed} - {line for line, name in classed if name in known.classes}
    begun = tuple(word for word in known.words if word.endswith("-"))
    data = sorted(each for each in known.tagged if each.startswith("data-"))
    for line, name in css.arguments_of(text, "attr"):
        if name.startswith("data-") and line not in idle and name not in known.words and not name.startswith(begun):
            near = difflib.get_close_matches(name, data, n=1, cutoff=NEAR)
            message = f'no page has the attribute "{name}", so nothing prints in its place'
            hint = near[0] if near else "give it to an element of a page, or delete this"
            yield Problem(shown, line, message, hint, Owner.LAYOUT)


def _is_misspelt(name: str, near: str, known: _Known) -> bool:
    """Return whether a page's class is misspelt, and not the style sheet's: other pages use the style sheet's word."""
    is_begun = name.startswith(near) or near.startswith(name)
    return name not in known.selected and near in known.words and not is_begun


def _check_names(
    shown: str, named: Iterator[tuple[int, str]], known: set[str], message: str, hint: str
) -> Iterator[Problem]:
    """Check the names in a style sheet, each with its line, against the known ones."""
    for line, name in named:
        if name not in known:
            yield Problem(shown, line, message.format(name), nearest(name, known) or hint, Owner.LAYOUT)


WORD = re.compile(r"[A-Za-z_][\w-]*")
TAG = re.compile(r"<[A-Za-z][^>]*>")
DATA = re.compile(r"\s(data-[\w-]+)")
OWN_CLASSES = ("more", "ordinal-ending", "points")
"""The classes that the engine adds to elements."""
OWN_DATA = (
    "data-balance", "data-field", "data-fill", "data-fit", "data-foot", "data-give", "data-grow", "data-part",
    "data-run", "data-spare", "data-without",
)  # fmt: skip
"""The attributes of elements that the engine reads or adds."""
NEAR = 0.8
OWN_PROPERTIES = ("--bleed", "--foot", "--give")
"""The custom properties that the engine defines."""
NO_PROPERTY = 'there is no "{}" in layouts/tokens.yaml or the style sheets'
ANY_PROPERTY = "use a token: --NAME for a colour or a length, --size-NAME for a size"
NO_FAMILY = 'there is no font family "{}" in fonts/fonts.css'
ANY_FAMILY = "use a family that fonts/fonts.css lists"

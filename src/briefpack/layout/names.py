"""Check the names in style sheets and pages that nothing has: print would be wrong, and WeasyPrint says nothing."""

from collections.abc import Iterable, Iterator, Mapping

from briefpack import schema, store
from briefpack.layout import css, look
from briefpack.layout.css import Name
from briefpack.layout.look import Look
from briefpack.layout.model import Layout
from briefpack.problem import Owner, Problem, Problems, nearest
from briefpack.project import Project, within
from briefpack.store import Store
from briefpack.text import yaml_lines


def sheets_of(project: Project, found: Layout) -> tuple[dict[str, str], list[Problem]]:
    """Return the text of each style sheet of the layout that can be read, and the problems of the others."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for style in sorted({style for _, part in schema.walk(found) for style in getattr(part, "styles", ())}):
        if path := within(project.root / "layouts", style):
            shown = f"layouts/{style}"
            try:
                texts[shown] = yaml_lines.text(path, shown, Owner.LAYOUT)
            except Problems as error:
                problems += error.problems
            if line := css.too_deep(texts.get(shown, "")):
                del texts[shown]
                message = f"brackets are nested more than {css.MOST_DEPTH} deep"
                problems.append(Problem(shown, line, message, "delete those that are too many", Owner.LAYOUT))
    return texts, problems


def check(
    project: Project, sheets: Mapping[str, str], pages: Mapping[str, str], made: Look, name: str
) -> tuple[Problem, ...]:
    """Return the problems of the names in a layout's style sheets, and in every page that it might include.

    A pass is remembered, for it takes longer to split the style sheets into tokens than to load the rest of the layout.
    """
    others = {*project.layouts} - {name}
    own = {shown: text for shown, text in pages.items() if shown.split("/")[1] not in others}
    families = {face.family for face in made.faces}
    read = (sorted(sheets.items()), sorted(pages.items()), sorted(families), sorted(look.properties(made)))
    kept, entry = Store(project.store), store.key("names of a layout", store.engine(), repr((read, sorted(own))))
    if kept.has_passed(entry):
        return ()
    problems = (
        *_in_sheets(sheets, families),
        *_properties(sheets, pages, own, made),
    )
    if not problems:
        kept.remember_pass(entry)
    return problems


def _in_sheets(sheets: Mapping[str, str], families: set[str]) -> Iterator[Problem]:
    for shown, text in sheets.items():
        if half := css.unclosed(text):
            yield Problem(shown, *half, Owner.LAYOUT)
        if line := css.swallowed_comment(text):
            yield Problem(shown, line, *css.SWALLOWED, Owner.LAYOUT)
        yield from _absent(shown, css.families(text), families, NO_FAMILY, ANY_FAMILY)


NO_FAMILY = 'there is no font family "{}" in fonts/fonts.css'
ANY_FAMILY = "use a family that fonts/fonts.css lists"


def _properties(
    sheets: Mapping[str, str], pages: Mapping[str, str], own: Mapping[str, str], made: Look
) -> Iterator[Problem]:
    """Yield a problem for each custom property that is used, and that no token, style sheet or page defines."""
    in_pages = [part for text in pages.values() for _, part in css.of_page(text)]
    known = {*look.properties(made), *OWN_PROPERTIES}.union(*map(css.properties, (*sheets.values(), *in_pages)))
    for shown, text in sheets.items():
        yield from _absent(shown, css.variables(text), known, NO_PROPERTY, ANY_PROPERTY)
    for shown, text in own.items():
        used = ((above + line, name) for above, part in css.of_page(text) for line, name in css.variables(part))
        yield from _absent(shown, used, known, NO_PROPERTY, ANY_PROPERTY)


OWN_PROPERTIES = ("--bleed",)
"""The custom properties that the engine defines."""
NO_PROPERTY = 'there is no "{}" in layouts/tokens.yaml or the style sheets'
ANY_PROPERTY = "use a token: --NAME for a colour or a length, --size-NAME for a size"


def _absent(shown: str, used: Iterable[Name], known: set[str], message: str, hint: str) -> Iterator[Problem]:
    for line, name in used:
        if name not in known:
            yield Problem(shown, line, message.format(name), nearest(name, known) or hint, Owner.LAYOUT)

"""Read a brief, its electorates and its layout, and report every problem in them at once."""

from collections.abc import Iterator
from dataclasses import replace

from briefpack import electorates, layout, schema
from briefpack.brief import load, queries, references
from briefpack.brief.local_page import HeadlineRule, LocalChart, LocalFact, LocalStrip
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, local, set_files, tables
from briefpack.layout import Edition, LoadedLayout, added_fonts
from briefpack.plan import (
    authorised,
    characters,
    fact_charts,
    image_files,
    local_data,
    local_lists,
    local_names,
    local_page,
    local_shares,
    local_words,
    locales,
    named_places,
    own_portraits,
    pieces,
    places,
    reviewed,
    subjects,
)
from briefpack.plan.loaded import LoadedBrief
from briefpack.problem import Problem, Problems, gather, nearest, raise_any
from briefpack.project import Project
from briefpack.store import Store
from briefpack.text.yaml_lines import Tree


def read(
    project: Project, name: str, kinds: tuple[str, ...], layout_name: str, edition: str
) -> tuple[LoadedBrief, LoadedLayout]:
    """Load a brief and a layout. Raises the Problems of both together."""
    found, laid = gather(
        lambda: read_brief(project, name, kinds), lambda: _read_layout(project, layout_name, edition, kinds)
    )
    raise_any(_check_press(found, laid.edition))
    raise_any(locales.check(project, found.locale, found.brief, found.tree, laid))
    locale = locales.merged(found.locale, found.brief.language, found.group, laid.layout.labels, found.brief.labels)
    locale = locales.with_sign(locale, found.brief.currency)
    printed = layout.printed_words(project, laid.name, locale.labels.values())
    made = added_fonts.look_with(laid.look, found.added_fonts, locale.family)
    noticed = (*found.noticed, *laid.warnings)
    return replace(found, locale=locale, noticed=noticed), replace(laid, words=printed, look=made)


def read_brief(project: Project, name: str, kinds: tuple[str, ...]) -> LoadedBrief:
    """Load the brief called `name`; `kinds` are the chart kinds available. Raises Problems."""
    tree, kept = load.tree(project, name), Store(project.store)
    locale, unread = locales.read(project, tree)
    group, problems = _group(project, tree)
    try:
        found = load.model(tree, locale)
    except Problems as error:
        raise Problems([*error.problems, *unread, *problems]) from None
    problems += [*unread, *reviewed.check_texts(tree, kept)]
    problems += [*_check_authorised(found, tree, group), *queries.check(found, tree)]
    pictures, unusable = image_files.read(project, name, found, tree)
    problems += unusable
    group, refused = own_portraits.read(project, name, group)
    problems += refused
    group, refused = local_data.read(project.root / "briefs" / name, found, tree, group)
    problems += refused
    problems += _check_local(found, tree, group)
    group, refused = local_lists.read(project.root / "briefs" / name, found, tree, group, locale)
    problems += refused
    if locale:
        problems += references.check(found, tree, kinds, locale, _fields(found, group))
        problems += [*reviewed.check(found, tree, locale, kept), *local_shares.check(found, tree, group, locale)]
        problems += authorised.check_address(found, tree, group, locale)
        problems += [*fact_charts.check(found, tree, group, locale), *named_places.warn(found, tree, group, locale)]
    problems += [*local_names.check(found, tree, group), *local_words.warn(found, tree, group)]
    added, missing = characters.read(project, tree, group, locale)
    warnings = raise_any([*problems, *missing])
    assert locale is not None  # noqa: S101 -- without it, there was a problem
    return LoadedBrief(name, found, tree, locale, warnings, group, pictures, added, kept)


def _read_layout(project: Project, name: str, edition: str, kinds: tuple[str, ...]) -> LoadedLayout:
    found = layout.load(project, name, edition, kinds)
    raise_any([*subjects.check(found.layout, found.tree), *pieces.check(found.layout, found.tree)])
    return found


def _check_press(found: LoadedBrief, edition: Edition) -> Iterator[Problem]:
    """Check that a brief that goes to press has decided whether it is electoral matter, and has a date.

    Printed copies can't be recalled. PDF/X-4 requires the date in a file's metadata.
    """
    if edition.refuses_undecided and found.brief.electoral_matter == "undecided":
        message = f"the {edition.name} edition can't be made until you decide whether the brief is electoral matter"
        hint = "set it to no; or to yes, and add authorisation:"
        yield found.tree.problem(("electoral_matter",), message, hint)
    if edition.process_inks and found.brief.date is None:
        message = f"the {edition.name} edition needs the date of the brief"
        yield found.tree.problem(("date",), message, "add date:, such as 2026-07-01")


def _group(project: Project, tree: Tree) -> tuple[ElectorateSet | None, list[Problem]]:
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
        set_files.check(project, group)
    except Problems as error:
        return None, list(error.problems)
    language = tree.data.get("language")
    if isinstance(language, str):
        group = electorates.translated(group, language)
    return group, [*group.noticed]


def _check_authorised(found: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Check that electoral matter has the particulars that the law of its country requires."""
    if found.electoral_matter != "yes":
        return
    law = group.country.authorisation if group else None
    cited = f" ({law.cited})" if law else ""
    if found.authorisation is None:
        message = f"electoral matter must name who authorised it{cited}"
        yield tree.problem(("electoral_matter",), message, "add authorisation: with name, entity and address")
        return
    for key in law.requires if law else ():
        if not getattr(found.authorisation, key):
            message = f"{key} is missing, and electoral matter must print it{cited}"
            yield tree.problem(("authorisation",), message, f"add {key}:")


def _fields(found: Brief, group: ElectorateSet | None) -> tuple[str, ...] | None:
    """Return the names that a `local:` text may use, apart from figures; None if the set defining them didn't load."""
    if group is None and found.electorates:
        return None
    return local.names(group) if group else ()


def _check_local(found: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    for loc, part in schema.walk(found):
        if isinstance(part, NUMBERS) and group and part.fact in group.texts:
            message = f'"{part.fact}" is text, and only a number can be set here'
            yield tree.problem((*loc, "fact"), message, f"write {{{part.fact}}} in one of the sentences:")
        elif isinstance(part, NUMBERS) and group and part.fact not in group.definitions:
            message = f'there is no fact called "{part.fact}"'
            yield tree.problem(
                (*loc, "fact"),
                message,
                nearest(part.fact, group.definitions) or f"a fact in {tables.FOLDER}/{group.name}/set.yaml",
            )
    yield from local_page.check(found, tree, group)
    yield from places.check(found, tree, group)


NUMBERS = (HeadlineRule, LocalChart, LocalFact, LocalStrip)
"""The parts of a brief that name a fact which is a number."""

"""Check the places that a brief names in `only:`, `except:` and `began_in:`.

A brief that names places, or has anything for electorates, needs an electorate set.
"""

from collections.abc import Iterator
from itertools import islice

from briefpack import schema
from briefpack.brief import references, variants
from briefpack.brief.blocks import ALL, ForPlaces, Places
from briefpack.brief.figures import REFERENCE, Ledger
from briefpack.brief.model import Brief
from briefpack.electorates import Electorate, ElectorateSet, gazetteer, local, tables
from briefpack.plan.loaded import NO_SET, place_of
from briefpack.problem import Problem, joined, nearest
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, texts


def check(found: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Yield a problem for each place that the brief's electorate set doesn't have, or one if it has no set."""
    if found.electorates is None:
        yield from islice(_without_set(found, tree), 1)
    if group is None:
        return
    for loc, part in schema.walk(found):
        if isinstance(part, ForPlaces) and part.only:
            yield from _check_places(part.only, tree, (*loc, "only"), group)
        if isinstance(part, ForPlaces) and part.leave_out:
            yield from _check_places(part.leave_out, tree, (*loc, "except"), group)
    for index, study in enumerate(found.case_studies):
        if study.began_in and study.began_in not in group.states:
            message, hint = f'there is no state called "{study.began_in}"', nearest(study.began_in, group.states)
            yield tree.problem(("case_studies", index, "began_in"), message, hint, words=study.began_in)


def check_fields(brief: Brief, tree: Tree, group: ElectorateSet, locale: Locale) -> Iterator[Problem]:
    """Refuse a field in a block of an electorate that lacks it, such as the member of a vacant seat."""
    blocks, ruled, names = references.local_blocks(brief), variants.ruled(brief), local.names(group)
    inside = [(loc, text) for loc, text in texts(tree.data) if references.is_inside(loc, blocks)]
    ledgers = [(each, Ledger(brief, locale, local.fields(group, each, locale))) for each in group.electorates if inside]
    for loc, found in ((loc, found) for loc, text in inside for found in REFERENCE.finditer(text)):
        if found[1] not in names:
            continue
        lacking: list[Electorate] = []
        for place, ledger in ledgers:
            parts = variants.around(loc, ruled)
            has_part = all(variants.is_in(part, place_of(place)) for part in parts)
            if has_part and not local.knows(found[1], ledger):
                lacking.append(place)
        if lacking:
            message = f"{found[0]} isn't known for {joined([each.name for each in lacking], 'and', MOST_NAMED)}"
            slugs = ", ".join(each.slug for each in lacking)
            hint = f"except: {{electorates: [{slugs}]}}, and a block with other words for them"
            yield tree.problem(loc, message, hint, words=found[0])


MOST_NAMED = 3
"""The most electorates that a message names."""


OF_A_SET = ("local", "local_data", "local_lists", "only", "leave_out", "began_in", "fact")
"""The fields that mean nothing without an electorate set."""


def _without_set(found: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a problem for each part that needs an electorate set."""
    for loc, part in schema.walk(found):
        for name in OF_A_SET:
            if getattr(part, name, None):
                key = type(part).model_fields[name].alias or name
                yield tree.problem((*loc, key), *NO_SET)


def _check_places(named: Places, tree: Tree, loc: Loc, group: ElectorateSet) -> Iterator[Problem]:
    for index, code in enumerate(named.states):
        if code not in group.states:
            message = f'there is no state called "{code}"'
            yield tree.problem((*loc, "states", index), message, nearest(code, group.states), words=code)
    for index, slug in enumerate(named.electorates):
        if slug not in (ALL, *group.by_slug):
            message = f'there is no electorate called "{slug}"'
            hint = gazetteer.hint(group, slug) or nearest(slug, group.by_slug) or f"use a slug from {group.path}"
            yield tree.problem((*loc, "electorates", index), message, hint, words=slug)
    yield from _check_readers(named, tree, loc, group)


def _check_readers(named: Places, tree: Tree, loc: Loc, group: ElectorateSet) -> Iterator[Problem]:
    """Yield a problem for each side, and each role, that no member of the set has."""
    readers = [place_of(each) for each in group.electorates]
    sides, roles = {each.side for each in readers}, {role for each in readers for role in each.roles}
    for index, side in enumerate(named.sides):
        if side not in sides:
            message = f"no {group.words.member} is on this side: {side}"
            hint = f"add sides: to members: in {tables.FOLDER}/{group.name}/set.yaml, or delete it here"
            yield tree.problem((*loc, "sides", index), message, hint, words=side)
    for index, role in enumerate(named.roles):
        if role not in roles:
            message = f'no {group.words.member} has the role "{role}"'
            hint = nearest(role, roles) or "use a role from the set's file of roles, or delete it here"
            yield tree.problem((*loc, "roles", index), message, hint, words=role)

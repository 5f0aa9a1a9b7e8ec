"""Check the places that a brief names in `only:`, `except:` and `began_in:`, and warn of names that change nothing.

A brief that names places, or has anything for electorates, needs an electorate set.
"""

import re
from collections.abc import Iterator
from itertools import islice

from briefpack import schema
from briefpack.brief import references, variants
from briefpack.brief.blocks import ALL, ForPlaces, Places
from briefpack.brief.figures import REFERENCE, Ledger
from briefpack.brief.model import Brief, CaseStudy
from briefpack.electorates import ElectorateSet, gazetteer, local
from briefpack.plan import to_print
from briefpack.plan.loaded import NO_SET
from briefpack.problem import Problem, joined, nearest
from briefpack.project import NATIONAL
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, texts


def check(found: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Yield a problem for each place that the brief's electorate set doesn't have, or one if it has no set."""
    if found.electorates is None:
        yield from islice(_without_set(found, tree), 1)
    for loc, part in schema.walk(found) if group else ():
        for key, named in (("only", part.only), ("except", part.leave_out)) if isinstance(part, ForPlaces) else ():
            if named and group:
                yield from _check_places(named, tree, (*loc, key), group)
    yield from _check_beginnings(found, tree, group)
    if group and found.electorates:
        yield from _without_effect(found, tree, group)


def check_fields(brief: Brief, tree: Tree, group: ElectorateSet, locale: Locale) -> Iterator[Problem]:
    """Refuse a field in a block of an electorate that lacks it, such as the member of a vacant seat."""
    blocks, ruled, names = references.local_blocks(brief), variants.ruled(brief), local.names(group)
    inside = [(loc, text) for loc, text in texts(tree.data) if references.is_inside(loc, blocks)]
    ledgers = [(each, Ledger(brief, locale, local.fields(group, each, locale))) for each in group.electorates if inside]
    for loc, found in ((loc, found) for loc, text in inside for found in REFERENCE.finditer(text)):
        wanted = [(each, ledger) for each, ledger in ledgers if to_print.is_for(loc, each, ruled)]
        lacking = [each for each, ledger in wanted if not local.knows(found[1], ledger)]
        if lacking and found[1] in names:
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


def _without_effect(found: Brief, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    """Yield a warning for each place in `except:` where no document has the part, and for parts that none has."""
    had: dict[Loc, frozenset[str]] = {}
    for loc, part in schema.walk(found):
        if not isinstance(part, ForPlaces) or not (part.only or part.leave_out):
            continue
        above = next((had[loc[:end]] for end in range(len(loc) - 1, 0, -1) if loc[:end] in had), None)
        everywhere = frozenset((NATIONAL, *group.by_slug)) if above is None else above
        chosen = everywhere & _covered(part.only, group) if part.only else everywhere
        had[loc] = chosen - _covered(part.leave_out, group)
        if not _known(part, group):
            continue
        if not chosen or not had[loc]:
            key, message = ("except", "this names every place that the part is for")
            if not chosen:
                key, message = ("only", "this names no place that the part around it is for")
            yield tree.problem((*loc, key), message, "correct the places, or delete the part", warning=True)
        elif part.leave_out:
            yield from _idle(part.leave_out, chosen, tree, (*loc, "except"), group)
        if part.only:
            yield from _said_twice(part.only, tree, (*loc, "only"), group)


def _known(part: ForPlaces, group: ElectorateSet) -> bool:
    """Return whether the electorate set has every place that a part names; `check` reports any that it lacks."""
    named = [each for each in (part.only, part.leave_out) if each]
    return all({*each.states} <= {*group.states} and {*each.electorates} <= {ALL, *group.by_slug} for each in named)


def _covered(named: Places | None, group: ElectorateSet) -> frozenset[str]:
    if named is None:
        return frozenset()
    if ALL in named.electorates:
        return frozenset(group.by_slug)
    of_states = (each.slug for each in group.electorates if each.state.code in named.states)
    return frozenset((*of_states, *named.electorates))


def _idle(named: Places, chosen: frozenset[str], tree: Tree, loc: Loc, group: ElectorateSet) -> Iterator[Problem]:
    for key, names in (("states", named.states), ("electorates", named.electorates)):
        for index, name in enumerate(names):
            if not chosen & _covered(Places(**{key: (name,)}), group):
                where = f", which is in {group.by_slug[name].state.code}" if key == "electorates" else ""
                message = f"{name}{where}, doesn't have this part anyway, so the exception changes nothing"
                yield tree.problem((*loc, key, index), message, "correct only: or except:", words=name, warning=True)


def _said_twice(named: Places, tree: Tree, loc: Loc, group: ElectorateSet) -> Iterator[Problem]:
    """Yield a warning for each electorate of a state that is named too: all of the state has the part."""
    for index, slug in enumerate(named.electorates):
        state = group.by_slug[slug].state.code if slug in group.by_slug else ""
        if state in named.states:
            message = f"{slug} is in {state}, and all of {state} is named too"
            hint = f"delete {state} if {slug} alone is meant, or else {slug}"
            yield tree.problem((*loc, "electorates", index), message, hint, words=slug, warning=True)


def _check_beginnings(found: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    for index, study in enumerate(found.case_studies):
        loc: Loc = ("case_studies", index, "began_in")
        if study.began_in and group and study.began_in not in group.states:
            message = f'there is no state called "{study.began_in}"'
            yield tree.problem(loc, message, nearest(study.began_in, group.states), words=study.began_in)
        elif study.began_in and group and (other := _first_place(found, study, group)) not in ("", study.began_in):
            message = f"the first event of its timeline is in {group.states[other].name}"
            yield tree.problem(loc, f"{study.began_in}, but {message}", other, words=study.began_in, warning=True)


def _first_place(found: Brief, study: CaseStudy, group: ElectorateSet) -> str:
    """Return the only state that the first event of a case study's timeline names; none if it names several."""
    chart = found.charts.get(study.timeline or "")
    first = f"{chart.rows[0].label} {chart.rows[0].note or ''}" if chart and chart.rows else ""
    named = [code for code, state in group.states.items() if re.search(rf"\b{re.escape(state.name)}\b", first)]
    return named[0] if len(named) == 1 else ""


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

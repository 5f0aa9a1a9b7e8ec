"""Check a brief's texts about each electorate: the facts that they name, the rules of headlines, and their words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from briefpack.brief import references
from briefpack.brief.figures import REFERENCE, is_outside, split
from briefpack.brief.local_page import (
    HeadlineRule,
    LocalAsk,
    LocalChart,
    LocalFact,
    LocalGlance,
    LocalPanel,
    LocalStrip,
)
from briefpack.brief.model import Brief
from briefpack.electorates import Electorate, ElectorateSet, tables
from briefpack.electorates.model import FactSpec
from briefpack.problem import Problem, nearest
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, texts


def check(brief: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Yield the problems of a brief's facts, and of the rules, strips and charts of an electorate's page."""
    if group is None:
        return
    for loc, part in walk(brief):
        if isinstance(part, HeadlineRule | LocalChart | LocalFact | LocalStrip):
            yield from _check_number(part.fact, (*loc, "fact"), tree, group)
    if brief.local is None:
        return
    yield from _check_rules(brief.local, tree, group)
    yield from _check_histories(brief.local, tree, group)
    for key in ("strips", "asks"):
        yield from _check_repeats(brief.local, key, tree)


def _check_number(fact: str, loc: Loc, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    if fact in group.texts:
        message = f'"{fact}" is text, and only a number can be set here'
        yield tree.problem(loc, message, f"write {{{fact}}} in one of the sentences:")
    elif fact not in group.definitions:
        hint = nearest(fact, group.definitions) or f"a fact in {tables.FOLDER}/{group.name}/set.yaml"
        yield tree.problem(loc, f'there is no fact called "{fact}"', hint)


def _check_rules(local: LocalGlance, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    seen: dict[str, Loc] = {}
    for index, rule in enumerate(local.headlines):
        loc: Loc = ("local", "headlines", index)
        if rule.id in seen:
            message = f'there is already a rule called "{rule.id}", on {tree.shown(seen[rule.id])}'
            yield tree.problem((*loc, "id"), message, "give one of the two another id")
        seen.setdefault(rule.id, (*loc, "id"))
        spec = group.definitions.get(rule.fact)
        if spec and spec.key == "state":
            noun = group.words.electorates
            message = f'"{rule.fact}" is about states, and a headline ranks {noun}'
            yield tree.problem((*loc, "fact"), message, f"use a fact about each {group.words.electorate}")
        if rule.among and rule.among >= len(group.electorates) / 2:
            total, noun = len(group.electorates), group.words.electorates
            message = f"{rule.among} of {total} {noun} is no finding"
            if rule.among >= total:
                message = f"there are {total} {noun}, so that every one of them is among the first {rule.among}"
            yield tree.problem((*loc, "among"), message, "use a smaller number, such as 10")


def _check_histories(local: LocalGlance, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    for index, chart in enumerate(local.charts):
        spec = group.definitions.get(chart.fact)
        if chart.kind == "survey" and spec and not spec.over:
            message = f'"{chart.fact}" has one value, and the chart shows several over time'
            hint = "use kind: bars, or add over: to the fact in set.yaml, with the column that dates its rows"
            yield tree.problem(("local", "charts", index, "kind"), message, hint)


def _check_repeats(local: LocalGlance, key: str, tree: Tree) -> Iterator[Problem]:
    """Refuse a fact that has two strips, and an ask that has two sentences."""
    seen: dict[str, Loc] = {}
    named = key.removesuffix("s") if key == "asks" else "fact"
    for index, each in enumerate(getattr(local, key)):
        wanted, loc = getattr(each, named), ("local", key, index, named)
        if wanted in seen:
            message = f'"{wanted}" is named twice, first on {tree.shown(seen[wanted])}'
            yield tree.problem(loc, message, "delete one of the two", words=wanted)
        seen.setdefault(wanted, loc)


def warn(brief: Brief, tree: Tree, group: ElectorateSet | None, locale: Locale | None) -> Iterator[Problem]:
    """Yield a warning for each text about electorates that is wrong in some of them, or in all."""
    parts = tuple(walk(brief))
    if group:
        yield from _warn_of_shares(parts, tree, group, locale) if locale else ()
        yield from _warn_of_names(brief, tree, group)
    facts, told = group.definitions if group else {}, set[int | None]()
    # Words about another fact explain why a rule never applies, and why a strip's words are there twice.
    for each in (*_about_others(parts, facts, tree), *_without_effect(parts, tree)):
        if each.line not in told:
            told.add(each.line)
            yield each


def _warn_of_shares(
    parts: Iterable[tuple[Loc, object]], tree: Tree, group: ElectorateSet, locale: Locale
) -> Iterator[Problem]:
    """Yield a warning for each fact that a brief prints as a share, if it can't be one in some electorate."""
    for loc, part in parts:
        if isinstance(part, LocalFact) and (outside := _outside(part, group)) and _is_share(part, group, locale):
            fact, (first, *others) = part.fact, outside
            more = f" and in {len(others)} more" if others else ""
            message = f'"{fact}" is a share, but is {first.facts[fact].value:f}% in {first.name}{more}'
            own = fact in (tree.data.get("local_data") or {})
            where = "the data file" if own else f"{group.definitions[fact].file} in the electorate set"
            hint = f"correct {where}; if it is a change, say so in the caption"
            yield tree.problem((*loc, "fact"), message, hint, warning=True)


def _outside(part: LocalFact, group: ElectorateSet) -> list[Electorate]:
    """Return the electorates in which a percentage can't be a share."""
    found = group.definitions.get(part.fact)
    known = [each for each in group.electorates if part.fact in each.facts] if found and found.unit == "%" else []
    outside = [each for each in known if is_outside(each.facts[part.fact].value)]
    # If no value is a share, the set has named a wrong column, and says so.
    return outside if len(outside) < len(known) else []


def _is_share(part: LocalFact, group: ElectorateSet, locale: Locale) -> bool:
    """Return whether the caption of a percentage, or its label in the set, calls it a share."""
    from briefpack.brief.review import numbers  # noqa: PLC0415 -- loads all of the review, which most builds needn't

    return any(numbers.is_share(words, locale) for words in (part.caption, group.definitions[part.fact].label))


FIELD = "{electorate"
# Beside a capital or first in a sentence, it may be a person's or a place's name, or an ordinary word: Cook, Page.
NAMED = r"(?:(?<=[a-z,;:–] )|(?:^|(?<=[.!?] ))(?P<first>[A-Z]\w*) )(?P<name>{})(?![\w-]| [A-Z])"


def _warn_of_names(brief: Brief, tree: Tree, group: ElectorateSet) -> Iterator[Problem]:
    """Yield a warning for each name of an electorate in a text that every electorate's documents print."""
    local = [(loc, words) for loc, words in texts(tree.data) if _is_for_all(loc)]
    has_local = brief.local or brief.local_lists or any(theme.local for theme in brief.themes)
    if has_local and any(FIELD in words for _, words in local):
        yield from _named_in(tree, local, group)


def _is_for_all(loc: Loc) -> bool:
    return references.is_local(loc) and not references.is_of_list(loc) and loc[-1] != "fact"


def _named_in(tree: Tree, local: list[tuple[Loc, str]], group: ElectorateSet) -> Iterator[Problem]:
    # Cities and towns may be named in any electorate's documents.
    towns = {town.name for town in group.towns} | {state.name for state in group.states.values()}
    names = typography.any_of(tuple(each.name for each in group.electorates if each.name not in towns))
    pattern = re.compile(NAMED.format(names))
    ordinary = {word for _, words in local for word in words.split()}
    for loc, words in local:
        for found in pattern.finditer(" ".join(words.split())):
            # "In Durack" names the electorate; "Jane Cook" doesn't.
            if found["first"] and found["first"].lower() not in ordinary:
                continue
            message = f'"{found["name"]}" would print in the documents of every {group.words.electorate}'
            yield tree.problem(loc, message, "{electorate}", words=found["name"], warning=True)


STEM = 4
"""In letters: the beginning that a word has in common with another of the same meaning, such as rented and renters."""
WORD = re.compile(rf"[^\W\d_]{{{STEM},}}")


def _about_others(parts: Iterable[tuple[Loc, object]], facts: Mapping[str, FactSpec], tree: Tree) -> Iterator[Problem]:
    for loc, part in parts:
        if isinstance(part, HeadlineRule | LocalChart | LocalStrip) and part.fact in facts:
            yield from _of_another(loc, part, facts, tree)
        elif isinstance(part, LocalFact) and part.fact in facts:
            yield from _captioned(loc, part, facts, tree)


def _without_effect(parts: Iterable[tuple[Loc, object]], tree: Tree) -> Iterator[Problem]:
    for loc, part in parts:
        if isinstance(part, LocalPanel | LocalAsk):
            yield from _unreached(loc, part.sentences, tree)
        elif isinstance(part, LocalGlance):
            yield from _dead_rules(loc, part.headlines, tree)
            yield from _repeated_measures(loc, part.strips, tree)


def _unreached(loc: Loc, sentences: tuple[str, ...], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each sentence that never prints: an earlier sentence needs only facts that it needs too."""
    for index, sentence in enumerate(sentences):
        needed = _named(sentence)
        before = next((n for n, earlier in enumerate(sentences[:index]) if _named(earlier) <= needed), None)
        if before is not None:
            place = tree.shown((*loc, "sentences", before))
            message = f"this is never printed: the sentence on {place} is, wherever this one could be"
            hint = "put the one with more facts first, or delete one of the two"
            yield tree.problem((*loc, "sentences", index), message, hint, warning=True)


FIELDS = {"electorate", "electorate-possessive", "state", "country"}
"""What every electorate has."""


def _named(*texts: str | None) -> frozenset[str]:
    """Return the ids of the facts and figures in some texts."""
    return frozenset(each for each in _references(*texts) if each not in FIELDS)


def _references(*texts: str | None) -> Iterator[str]:
    yield from (split(each)[0] for text in texts for each in REFERENCE.findall(text or ""))


def _dead_rules(loc: Loc, rules: tuple[HeadlineRule, ...], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each rule that never applies, as an earlier rule about its fact takes every electorate."""
    for index, rule in enumerate(rules):
        earlier = next((n for n, each in enumerate(rules[:index]) if _takes_all(each, rule)), None)
        if earlier is not None:
            other = rules[earlier]
            message = (
                f"this rule can never apply: {other.id}, on {tree.shown((*loc, 'headlines', earlier))}, comes first"
            )
            message += f" and takes every electorate where {rule.fact} is {rule.when}"
            hint = "name this rule's own fact:, or put the rule with the smaller among: first"
            yield tree.problem((*loc, "headlines", index, "fact"), message, hint, warning=True)


def _repeated_measures(loc: Loc, strips: tuple[LocalStrip, ...], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each strip that has the words of another strip, but another fact."""
    for index, strip in enumerate(strips):
        same = [n for n, each in enumerate(strips[:index]) if strip.measure and each.measure == strip.measure]
        if same:
            message = f'"{strip.measure}" is also above the strip of {strips[same[0]].fact}, on line '
            message += str(tree.line((*loc, "strips", same[0], "measure")))
            place = (*loc, "strips", index, "measure")
            yield tree.problem(place, message, f"say what {strip.fact} is", warning=True)


def _takes_all(earlier: HeadlineRule, rule: HeadlineRule) -> bool:
    """Return whether an earlier rule applies wherever a rule does, and prints with the facts that are known there."""
    same = (earlier.fact, earlier.when) == (rule.fact, rule.when)
    most = float("inf") if rule.of_median else 1
    wide = (earlier.among or most) >= (rule.among or most)
    known = _named(rule.heading, rule.standfirst) | {rule.fact}
    return same and wide and _named(earlier.heading, earlier.standfirst) <= known


def _of_another(
    loc: Loc, part: HeadlineRule | LocalChart | LocalStrip, facts: Mapping[str, FactSpec], tree: Tree
) -> Iterator[Problem]:
    """Yield a warning for a fact beside words about another fact, which they name or share words with."""
    texts, said = _said(part)
    named = [each for each in _references(*texts) if each in facts]
    if part.fact in named:
        return
    words = _stems(facts, [REFERENCE.sub(" ", said)])
    shared = {name: len(words & _stems(facts, [name, spec.label])) for name, spec in facts.items()}
    own = shared[part.fact]
    # A strip names no fact, so that its words must be clear.
    likely = [name for name in named if shared[name] > own] if texts else [*facts] if own == 0 else []
    unit = facts[part.fact].unit
    best = max(likely, key=lambda name: (shared[name], facts[name].unit == unit), default=part.fact)
    if best != part.fact and shared[best] >= min(FEWEST if not texts else 1, len(words) or FEWEST):
        message = f"{part.fact}, but the words beside it are about {best}"
        yield tree.problem((*loc, "fact"), message, f"{best}, or correct the words", warning=True)


def _captioned(loc: Loc, part: LocalFact, facts: Mapping[str, FactSpec], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for a caption with words that only another fact has, and no words that only its own fact has."""
    said = _stems(facts, [REFERENCE.sub(" ", part.caption)])
    about = {name: _stems(facts, [name, spec.label]) for name, spec in facts.items()}
    own = about[part.fact]
    others = [name for name, words in about.items() if said & words - own and own - words and not said & own - words]
    most = max((len(said & about[name]) for name in others), default=0)
    best = [name for name in others if len(said & about[name]) == most > len(said & own)]
    alike = [name for name in best if facts[name].unit == facts[part.fact].unit] or best
    if alike:
        message = f'"{part.caption}" has words of {alike[0]}, and none that tell {part.fact} from it'
        hint = f"name {alike[0]} in fact:, or write a caption for {part.fact}"
        yield tree.problem((*loc, "caption"), message, hint, warning=True)


def _said(part: HeadlineRule | LocalChart | LocalStrip) -> tuple[tuple[str, ...], str]:
    """Return the texts that may name a fact, and the words that say which one a part is about."""
    if isinstance(part, LocalStrip):
        return (), part.measure or ""
    if isinstance(part, HeadlineRule):
        return (part.heading, part.standfirst or ""), f"{part.id} {part.heading}"
    return (part.finding, part.alt), f"{part.measure or ''} {part.finding}"


def _stems(facts: Mapping[str, FactSpec], texts: Iterable[str]) -> set[str]:
    """Return the stems of words, leaving out words that many facts have, such as people."""
    return {*_stems_of(texts)} - _of_many(tuple((name, spec.label) for name, spec in facts.items()))


@lru_cache(maxsize=8)
def _of_many(facts: tuple[tuple[str, str], ...]) -> frozenset[str]:
    counts = Counter(stem for each in facts for stem in {*_stems_of(each)})
    most = max(MANY, len(facts) // 6)
    return frozenset(stem for stem, count in counts.items() if count > most)


FEWEST = 2
"""The fewest words by which a strip is about another fact, unless all of its words are."""
MANY = 3
"""A word tells facts apart only if no more facts than this have it."""


def _stems_of(texts: Iterable[str]) -> Iterator[str]:
    yield from (word[:STEM] for text in texts for word in WORD.findall(text.casefold()))

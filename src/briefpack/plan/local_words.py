"""Warn of words about electorates that don't fit their keys: they name another fact, or never print."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, split
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
from briefpack.electorates import ElectorateSet
from briefpack.electorates.model import FactSpec
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.yaml_lines import Loc, Tree

STEM = 4
"""In letters: the beginning that a word has in common with another of the same meaning, such as rented and renters."""
WORD = re.compile(rf"[^\W\d_]{{{STEM},}}")


def warn(brief: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Yield a warning for each text that says something of another fact, and for each that no electorate can have."""
    facts = group.definitions if group else {}
    parts = tuple(walk(brief))
    told: set[int | None] = set()
    # Words about another fact explain why a rule never applies, and why a strip's words are there twice.
    for each in (*_about_others(parts, facts, tree), *_without_effect(parts, tree)):
        if each.line not in told:
            told.add(each.line)
            yield each


Part = tuple[Loc, object]
"""A part of a brief, with its location."""


def _about_others(parts: Iterable[Part], facts: Mapping[str, FactSpec], tree: Tree) -> Iterator[Problem]:
    for loc, part in parts:
        if isinstance(part, HeadlineRule | LocalChart | LocalStrip) and part.fact in facts:
            yield from _of_another(loc, part, facts, tree)
        elif isinstance(part, LocalFact) and part.fact in facts:
            yield from _captioned(loc, part, facts, tree)


def _without_effect(parts: Iterable[Part], tree: Tree) -> Iterator[Problem]:
    for loc, part in parts:
        if isinstance(part, LocalPanel | LocalAsk):
            yield from _unreached(loc, part.sentences, tree)
        elif isinstance(part, LocalGlance):
            yield from _dead_rules(loc, part.headlines, tree)
            yield from _repeated_measures(loc, part.strips, tree)


def _unreached(loc: Loc, sentences: tuple[str, ...], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each sentence that never prints: an earlier one needs no fact that it doesn't need too."""
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
    """Yield a warning for each rule that never applies, since an earlier one of the same fact takes every electorate."""
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
    """Yield a warning for each strip with the words of another, which has another fact."""
    for index, strip in enumerate(strips):
        same = [n for n, each in enumerate(strips[:index]) if strip.measure and each.measure == strip.measure]
        if same:
            message = f'"{strip.measure}" is also above the strip of {strips[same[0]].fact}, on line '
            message += str(tree.line((*loc, "strips", same[0], "measure")))
            place = (*loc, "strips", index, "measure")
            yield tree.problem(place, message, f"say what {strip.fact} is", warning=True)


def _takes_all(earlier: HeadlineRule, rule: HeadlineRule) -> bool:
    """Return whether an earlier rule applies wherever a rule does, and prints whatever facts are known there."""
    same = (earlier.fact, earlier.when) == (rule.fact, rule.when)
    most = float("inf") if rule.of_median else 1
    wide = (earlier.among or most) >= (rule.among or most)
    known = _named(rule.heading, rule.standfirst) | {rule.fact}
    return same and wide and _named(earlier.heading, earlier.standfirst) <= known


def _of_another(
    loc: Loc, part: HeadlineRule | LocalChart | LocalStrip, facts: Mapping[str, FactSpec], tree: Tree
) -> Iterator[Problem]:
    """Yield a warning for a fact whose words are about another fact, which they name or whose label's words they have."""
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
    """Yield a warning for a caption that has what tells another fact from its own, and nothing that tells its own."""
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
    """Return the stems of words, but for those that many facts have, such as people."""
    return {*_stems_of(texts)} - _of_many(tuple((name, spec.label) for name, spec in facts.items()))


@lru_cache(maxsize=8)
def _of_many(facts: tuple[tuple[str, str], ...]) -> frozenset[str]:
    counts = Counter(stem for each in facts for stem in {*_stems_of(each)})
    most = max(MANY, len(facts) // 6)
    return frozenset(stem for stem, count in counts.items() if count > most)


FEWEST = 2
"""The fewest words by which a strip is about another fact, unless all of its words are."""
MANY = 3
"""The most facts that have a word which tells them from others."""


def _stems_of(texts: Iterable[str]) -> Iterator[str]:
    yield from (word[:STEM] for text in texts for word in WORD.findall(text.casefold()))

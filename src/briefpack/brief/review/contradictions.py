"""Warn of two parts of a brief that say different things of one: an event, a share, a headline and its rule."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from briefpack.brief.figures import CITATION, REFERENCE
from briefpack.brief.local_page import HeadlineRule
from briefpack.brief.model import Brief
from briefpack.brief.review import counts, statements
from briefpack.brief.review.reading import Reading, Text, elsewhere, warning
from briefpack.brief.review.statements import Date, Sentence
from briefpack.problem import Problem
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

FEWEST, FEWEST_BESIDE_A_FIGURE = 4, 2
"""How many words two accounts of one event must share, without and with the same figures."""
DATED_KINDS = {"timeline", "process"}
MOST = 400
"""The most accounts to compare, each with every other."""


@dataclass(frozen=True)
class Account:
    """An event in a text, or in a row of a chart: its words, its dates, and the figures beside it."""

    text: Text
    words: frozenset[str]
    dates: tuple[Date, ...]
    figures: frozenset[str]

    @property
    def is_drawn(self) -> bool:
        """Return whether it is in a chart."""
        return self.text.loc[0] == "charts"

    @property
    def part(self) -> Loc:
        """Return the text or chart that it is in; two dates there are taken to be two events."""
        return self.text.loc[:2] if self.is_drawn else self.text.loc


def events(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each account whose date another contradicts; a chart's date is more likely to be right."""
    locale = reading.locale
    drawn = [*_drawn(reading.brief, locale)]
    accounts = [*_told(reading.texts, locale), *drawn][:MOST]
    said: set[Account] = set()
    for one, two in combinations(accounts, 2):
        if one.part != two.part and _is_of_two_dates(one, two) and _is_one_event(one, two) and not said & {one, two}:
            odd, other = (one, two) if two.is_drawn else (two, one)
            said.add(odd)
            yield _warning(odd, other, reading.tree)
    for odd, other in _on_one_day(reading, drawn):
        if odd.text not in {each.text for each in said}:
            yield _warning(odd, other, reading.tree)


def _on_one_day(reading: Reading, drawn: list[Account]) -> Iterator[tuple[Account, Account]]:
    """Yield each date in a case study that its timeline has in another year, and the event there."""
    for number, study in enumerate(reading.brief.case_studies):
        texts = (text for text in reading.texts if text.loc[:2] == ("case_studies", number))
        told = [(each.text, date) for each in statements.read(texts) for date in statements.dates(each, reading.locale)]
        events = {each.dates[0]: each for each in drawn if each.text.loc[1] == study.timeline and len(each.dates) == 1}
        # A date beside that of the event may be its anniversary.
        untold = [event for event in events if not any(date.agrees(event) for _, date in told)]
        for text, date in told:
            near = [event for event in untold if date.day and (event.month, event.day) == (date.month, date.day)]
            if near and not any(date.agrees(event) for event in events):
                yield Account(text, frozenset(), (date,), frozenset()), events[near[0]]


def _told(texts: Iterable[Text], locale: Locale) -> Iterator[Account]:
    """Yield the sentences with a date."""
    for sentence in statements.read(text for text in texts if text.is_prose and text.key not in {"label", "note"}):
        if dates := statements.dates(sentence, locale):
            yield Account(sentence.text, _words(sentence.words, locale), dates, frozenset(sentence.figures))


def _drawn(brief: Brief, locale: Locale) -> Iterator[Account]:
    """Yield the rows of a chart with a date in its label or its `when`."""
    for name, chart in brief.charts.items():
        for index, row in enumerate(chart.rows if chart.kind in DATED_KINDS else ()):
            words = f"{row.label}. {row.note or ''}"
            for key, dated in (("when", row.when or ""), ("label", row.label)):
                if dates := statements.dates(Sentence.alone(dated), locale):
                    text = Text(("charts", name, "rows", index, key), dated)
                    yield Account(text, _words(words, locale), dates, frozenset(Sentence.alone(words).figures))
                    break


def _words(words: str, locale: Locale) -> frozenset[str]:
    """Return the stems of an account's words, without dates and small words."""
    plain = REFERENCE.sub(" ", CITATION.sub(" ", words))
    small = {*locale.drafts.small_words, *(month.casefold() for month in locale.listed("months"))}
    return _stems(plain, small)


def _is_of_two_dates(one: Account, two: Account) -> bool:
    """Return whether two accounts have the same number of dates, and exactly one differs."""
    pairs = [*zip(one.dates, two.dates, strict=False)]
    return len(one.dates) == len(two.dates) and sum(not a.agrees(b) for a, b in pairs) == 1


def _is_one_event(one: Account, two: Account) -> bool:
    """Return whether the longer account has all words of the shorter, and the same figures."""
    fewest = FEWEST_BESIDE_A_FIGURE if one.figures else FEWEST
    short, long = sorted((one.words, two.words), key=len)
    return one.figures == two.figures and len(short) >= fewest and short <= long


def _warning(odd: Account, other: Account, tree: Tree) -> Problem:
    date, right = next((a, b) for a, b in zip(odd.dates, other.dates, strict=True) if not a.agrees(b))
    shown, said = (" ".join(each.text.words[slice(*at.span)].split()) for each, at in ((odd, date), (other, right)))
    message = f'"{shown}", but {elsewhere(tree, other.text, right.span)} dates the same event to {said}'
    return warning(tree, odd.text, date.span, message, "correct one of the two")


STEM = 4
"""How many letters identify a word, whatever its ending: form and formed are one. Shorter words aren't read."""
WORD = re.compile(rf"[^\W\d_]{{{STEM},}}")


def _stems(words: str, small: Collection[str] = ()) -> frozenset[str]:
    """Return the beginnings of the words in a text, leaving out small words."""
    return frozenset(word[:STEM] for word in WORD.findall(words.casefold()) if word not in small)


OPPOSITE = {
    "highest": "lowest",
    "lowest": "highest",
    "above-median": "below-median",
    "below-median": "above-median",
}
GAP = "…"
"""In a locale's phrase, any few words of the same sentence."""


def headlines(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each rule of headlines whose heading says the opposite of its `when:`."""
    brief, tree, locale = reading.brief, reading.tree, reading.locale
    for index, rule in enumerate(brief.local.headlines if brief.local else ()):
        if said := _opposite(rule, locale):
            message = f'{rule.when}, but the heading says "{said}"'
            loc = ("local", "headlines", index, "when")
            yield tree.problem(loc, message, f"{OPPOSITE[rule.when]}, or correct the heading", warning=True)
        yield from _among(rule, ("local", "headlines", index, "among"), tree, locale)


def _among(rule: HeadlineRule, loc: Loc, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for a rule whose words name another number of places than the rule is for."""
    among = rule.among or 1
    if rule.of_median or among == 1:
        return
    words = f"{rule.heading}. {rule.standfirst or ''}"
    alone = _phrases(locale.slips.ranked_alone)
    if alone and (found := alone.search(words)):
        message = f'{among}, but "{" ".join(found[0].split())}" is true of one place'
        yield tree.problem(loc, message, "delete among:, or correct the words", warning=True)
    for found in _counted(locale).finditer(words):
        count = counts.value(found["count"], locale)
        if count not in (among, 1):
            message = f'{among}, but the words say "{" ".join(found[0].split())}"'
            yield tree.problem(loc, message, f"{count}, or correct the words", warning=True)


@lru_cache(maxsize=16)
def _counted(locale: Locale) -> re.Pattern[str]:
    """Return the pattern of a number of places: one of the ten highest."""
    counts = typography.any_of(locale.listed("number-words"))
    return re.compile(
        rf"\b(?P<count>\d{{1,3}}|{counts})\s+(?:{typography.any_of(locale.slips.superlatives)})\b", re.IGNORECASE
    )


def _opposite(rule: HeadlineRule, locale: Locale) -> str:
    """Return the words of a heading that say the opposite of its rule; none if its words say the same somewhere."""
    high, low = _phrases(locale.slips.ranked_high), _phrases(locale.slips.ranked_low)
    same, other = (high, low) if rule.of_high else (low, high)
    found = other.search(rule.heading) if other else None
    own = same.search(f"{rule.heading}. {rule.standfirst or ''}") if same else None
    return " ".join(found[0].split()) if found and not own else ""


@lru_cache(maxsize=16)
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern of phrases, each a whole word or more where the language separates its words."""
    spaced = (r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    each = (phrase.replace(rf"\s+{GAP}\s+", r"\b[^.!?;]{0,50}?\b") for phrase in spaced)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(each)})", re.IGNORECASE) if phrases else None


Place = tuple[Text, tuple[int, int], str]
"""A share in a text: its place, and its words."""


def shares(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each share in words that contradicts another of the same whole, in the same statement."""
    seen: dict[tuple[str, ...], Place] = {}
    tree, locale = reading.tree, reading.locale
    pattern = _share(locale)
    for text in reading.texts if pattern else ():
        for found in pattern.finditer(text.words) if pattern and text.is_prose else ():
            key = tuple(found["after"].casefold().split())
            share = " ".join(re.split(r"[\s-]+", found["share"].casefold()))
            first = seen.setdefault(key, (text, found.span("share"), share))
            if locale.slips.fractions[first[2]] != locale.slips.fractions[share] and first[0].loc != text.loc:
                place, other = elsewhere(tree, *first[:2]), first[0].words[slice(*first[1])]
                message = f'"{found["share"]}", but {place} says {other.lower()}'
                yield warning(tree, text, found.span("share"), message, "correct one of the two")


@lru_cache(maxsize=16)
def _share(locale: Locale) -> re.Pattern[str] | None:
    """Return a pattern for a share in words, and four words after "of": a quarter of rented homes have damp."""
    if not locale.slips.fractions or not locale.slips.share_of:
        return None
    share = typography.any_of(tuple(locale.slips.fractions)).replace(r"\ ", r"[\s-]+")
    of = typography.any_of(locale.slips.share_of)
    return re.compile(rf"(?<![\w-])(?P<share>{share})\s+(?:{of})(?P<after>(?:\s+[^\W\d_][\w’'-]*){{4}})", re.IGNORECASE)

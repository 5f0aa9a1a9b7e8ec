"""Find words and citations that repeat a figure beside them, or contradict its unit, value, place or source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from briefpack.brief.figures import CITATION, OWN, REFERENCE, Ledger, split
from briefpack.brief.model import Brief, Figure
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.brief.review.repeated import SENTENCE
from briefpack.problem import Problem, nearest
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

WITHOUT_UNIT = {"number", "count"}
WITHOUT_HEDGE = {"bare", *WITHOUT_UNIT}
CAPITAL = ("sentence", "point", "heading", "description")
"""The roles of texts that begin with a capital; a caption or a label may not."""
DIGIT = re.compile(r"\d")
BEFORE = 60
"""In letters: the words before a figure that are read."""
MONEY = re.compile(rf"(?:\b[A-Z]{{1,3}})?\\?(?:\$|{typography.SIGN})\s?$")
# A sentence begins a text or a paragraph, or follows the full stop of a word that isn't an abbreviation.
OPENING = re.compile(r"(?:^|\n\s*\n|[^\W\d_]{4}[.!?][”’\"')]*(?:\[\^[^\]]*\])*\s+)[*_“‘\"'(]*$")


@dataclass(frozen=True)
class Named:
    """A figure named in a text: its place there, the figure, its variant, its printed text, and the reference."""

    span: tuple[int, int]
    figure: Figure
    variant: str
    printed: str
    reference: str

    def around(self, words: str) -> tuple[str, str]:
        """Return the words before and after it."""
        start, end = self.span
        return words[max(0, start - BEFORE) : start], words[end : end + BEFORE]


@dataclass(frozen=True)
class Patterns:
    """The words of a locale that a figure may print itself: its scale, its unit and its hedge."""

    scale_after: re.Pattern[str]
    ends_in_scale: re.Pattern[str]
    percent_after: re.Pattern[str]
    money_after: re.Pattern[str]
    one_in_before: re.Pattern[str]
    hedge_before: re.Pattern[str]
    sure: re.Pattern[str]
    spans: re.Pattern[str]


def hedged_twice(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each figure that prints both a hedge and a plus."""
    for name, figure in reading.brief.figures.items():
        if figure.hedge and figure.plus:
            value = numbers.written(figure.value, figure.unit, reading.locale, figure.hedge, plus=True)
            message, hint = f'"{value}" says twice that it is not exact', "delete hedge: or plus:"
            yield reading.tree.problem(("figures", name, "plus"), message, hint)


def doubled(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure beside a word that it prints itself, or that needs a capital."""
    ledger, tree = reading.ledger, reading.tree
    patterns = _patterns(ledger.locale)
    for text in reading.texts:
        for named in _figures(ledger, text.words) if "{" in text.words else ():
            found = _after(named, text.words, patterns) or _before(named, text.words, patterns)
            if found:
                yield _doubled(tree, text, named, found)
            elif named.variant == "words" and DIGIT.search(named.printed):
                yield _in_digits(tree, text, named)
            elif text.role in CAPITAL:
                yield from _lower(tree, text, named)


def _figures(ledger: Ledger, words: str) -> Iterator[Named]:
    for found in REFERENCE.finditer(words):
        figure_id, variant = split(found[1])
        figure = ledger.figure(figure_id)
        try:
            printed = ledger.written(figure_id, variant) if figure else ""
        except ValueError:  # It has a problem of its own.
            continue
        if figure and printed:
            yield Named(found.span(), figure, variant, printed, found[0])


def _after(named: Named, words: str, patterns: Patterns) -> tuple[int, int] | None:
    """Return the place of a scale or a unit that is typed after a figure that prints its own."""
    _, after = named.around(words)
    found = patterns.scale_after.match(after) if patterns.ends_in_scale.search(named.printed) else None
    if named.variant not in WITHOUT_UNIT and named.figure.unit == "%":
        found = patterns.percent_after.match(after)
    elif found is None and named.variant not in WITHOUT_UNIT and numbers.is_currency(named.figure.unit):
        found = patterns.money_after.match(after)
    return (named.span[1], named.span[1] + found.end()) if found else None


def _before(named: Named, words: str, patterns: Patterns) -> tuple[int, int] | None:
    """Return the place of a currency, a "one in" or a hedge that is typed before a figure that prints its own."""
    before, _ = named.around(words)
    found = None
    if named.variant not in WITHOUT_UNIT and numbers.is_currency(named.figure.unit):
        found = MONEY.search(before)
    elif named.variant not in WITHOUT_UNIT and named.figure.unit == "one in":
        found = patterns.one_in_before.search(before)
    if found is None and named.variant not in WITHOUT_HEDGE:
        found = _hedge(named, before, patterns)
    return (named.span[0] - len(found[0]), named.span[0]) if found else None


def _hedge(named: Named, before: str, patterns: Patterns) -> re.Match[str] | None:
    found = patterns.hedge_before.search(before)
    if found is None or not (named.figure.hedge or named.figure.plus):
        return None
    # "Over about five years" and "wrote about nearly 300 cases" are right; "about about" never is.
    same = (named.figure.hedge or "") == found["hedge"].casefold()
    if same or (named.figure.plus and not patterns.spans.match(named.figure.unit)):
        return found
    return found if patterns.sure.fullmatch(found["hedge"]) and not found["topic"] else None


def _doubled(tree: Tree, text: Text, named: Named, typed: tuple[int, int]) -> Problem:
    start, end = min(typed[0], named.span[0]), max(typed[1], named.span[1])
    words = text.words[start:end]
    shown, printed = " ".join(words.split()), " ".join(words.replace(named.reference, named.printed).split())
    extra = " ".join(text.words[slice(*typed)].split())
    hint = f'delete "{extra}": the figure prints it, or another word like it, itself'
    return warning(tree, text, (start, end), f'"{shown}" would print as "{printed}"', hint)


def _in_digits(tree: Tree, text: Text, named: Named) -> Problem:
    message = f'"{named.reference}" would print in digits: "{named.printed}"'
    hint = f"{named.reference.removesuffix(':words}')}}}, or a number up to one hundred"
    return warning(tree, text, named.span, message, hint)


def _lower(tree: Tree, text: Text, named: Named) -> Iterator[Problem]:
    if named.printed[0].islower() and OPENING.search(text.words[: named.span[0]]):
        figure_id = named.reference.strip("{}").partition(":")[0]
        message = f'a sentence would begin in lower case: "{named.printed}"'
        hint = f"{{{figure_id}:capital}}" if not named.variant else "begin it with another word"
        yield warning(tree, text, named.span, message, hint)


@lru_cache(maxsize=16)
def _patterns(locale: Locale) -> Patterns:
    scales = typography.any_of((*locale.typed.scales,))
    one = typography.any_of((*locale.listed("number-words")[1:2], "1"))
    one_in = (
        locale.label("one-in", one="\0", number="")
        .strip()
        .replace("\0", f"(?:{one})")
        .replace(numbers.NO_BREAK, r"\s+")
    )
    hedges = _words((*_hedges(locale), *locale.slips.hedges))
    topics = _words((*locale.slips.about, *locale.slips.not_hedges))
    return Patterns(
        re.compile(rf"\s+(?:{scales})\b|(?:bn?|mn?|k)\b", re.IGNORECASE),
        re.compile(rf"(?:{typography.scales(locale)})\+?$"),
        re.compile(rf"\s*%|\s+(?:{_words(_meaning(locale, '%'))})(?![\w-])", re.IGNORECASE),
        re.compile(rf"\s+(?:{_words(_meaning(locale, '$'))})(?![\w-])", re.IGNORECASE),
        re.compile(rf"(?<!\w){one_in}\s+$", re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?P<topic>(?:{topics})\s+)?(?P<hedge>{hedges})\s+$", re.IGNORECASE),
        re.compile(_words(locale.slips.hedges), re.IGNORECASE),
        re.compile(_words(locale.typed.spans)),
    )


def _meaning(locale: Locale, sign: str) -> tuple[str, ...]:
    """Return the words for a unit that ends in a sign."""
    return tuple(word for word, unit in locale.slips.units.items() if unit.endswith(sign))


def _words(words: tuple[str, ...]) -> str:
    return typography.any_of(words).replace(r"\ ", r"\s+")


def _hedges(locale: Locale) -> tuple[str, ...]:
    return tuple(word for name, word in locale.labels.items() if name.startswith("hedge-"))


OF = "name the figure that counts them, or say of whom it is a share"
NOUN = re.compile(r"\*{0,3}\s+([^\W\d_]+)(?![\w-])")


def other_units(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure before a noun that contradicts its unit, or before the wrong sign."""
    ledger, tree = reading.ledger, reading.tree
    units = {each.unit for each in ledger.brief.figures.values()}
    for text in reading.texts:
        for found in REFERENCE.finditer(text.words) if "{" in text.words else ():
            noun = NOUN.match(text.words, found.end())
            name = split(found[1])[0]
            figure = ledger.brief.figures.get(name)
            after = text.words[noun.end() :] if noun else ""
            if noun and figure and _is_of_a_share(after, noun[1], figure, units, ledger.locale):
                shown = " ".join(text.words[found.start() : noun.end()].split())
                yield warning(tree, text, (found.start(), noun.end()), f'"{shown}": {name} {_said(figure)}', OF)
            elif noun and figure and _is_another(noun[1], figure, units, ledger.locale):
                meant = [other for other, each in ledger.brief.figures.items() if each.unit == noun[1]]
                hint = f"{{{nearest(name, meant) or meant[0]}}}" if len(meant) == 1 else "name the figure that is meant"
                if _means(figure, noun[1]):
                    hint = f'if "{noun[1]}" is right, correct the figure: unit: {noun[1]}'
                shown = " ".join(text.words[found.start() : noun.end()].split())
                message = f'"{shown}": {name} {_said(figure)}'
                yield warning(tree, text, (found.start(), noun.end()), message, hint)
            elif figure:
                yield from _signs(text, found, name, figure, tree, ledger.locale)


def _signs(
    text: Text, found: re.Match[str], name: str, figure: Figure, tree: Tree, locale: Locale
) -> Iterator[Problem]:
    """Yield a warning for a sign of money or per cent beside a figure that counts neither."""
    if figure.unit == "%" or numbers.is_currency(figure.unit):
        return
    before, after = MONEY.search(text.words[: found.start()]), _per_cent(locale).match(text.words, found.end())
    if before or after:
        start, end = before.start() if before else found.start(), after.end() if after else found.end()
        sign = " ".join((before or after or found)[0].split())
        hint = f'delete "{sign}", or name the figure that is meant'
        yield warning(tree, text, (start, end), f'"{text.words[start:end]}": {name} {_said(figure)}', hint)


def _said(figure: Figure) -> str:
    """Return a clause that describes a figure by its unit: is an amount of money, is a percentage, counts homes."""
    if numbers.is_currency(figure.unit):
        return "is an amount of money"
    return "is a percentage" if figure.unit == "%" else f"counts {figure.unit}"


@lru_cache(maxsize=16)
def _per_cent(locale: Locale) -> re.Pattern[str]:
    words = typography.any_of(tuple(word for word, unit in locale.slips.units.items() if unit == "%"))
    return re.compile(rf"\*{{0,3}}(?:\s?%|\s+(?:{words})(?![\w-]))", re.IGNORECASE)


def _is_another(noun: str, figure: Figure, units: set[str], locale: Locale) -> bool:
    """Return whether a noun is a unit that can't be the figure's. Children may be called pupils; hours aren't years."""
    unit, spans, measures = figure.unit, _times(locale), locale.slips.measures
    if noun == unit or not (unit.isalpha() or unit == "%" or numbers.is_currency(unit)):
        return False
    if noun in measures:
        return measures.get(unit, unit) != measures[noun]
    # An amount may come before what it pays for, as in AU$500 grants, but not before people.
    people = {*locale.slips.persons, *locale.typed.people} if numbers.is_currency(unit) and _means(figure, noun) else ()
    return noun in spans or (unit in {*spans, *measures} and noun in units) or noun in people


def _means(figure: Figure, noun: str) -> bool:
    """Return whether a noun begins what the figure means."""
    return figure.means.split()[:1] == [noun]


def _is_of_a_share(after: str, noun: str, figure: Figure, units: set[str], locale: Locale) -> bool:
    """Return whether a share comes right before a noun that other figures count, without "of": 26% homes are."""
    small = locale.drafts.small_words
    if figure.unit != "%" or noun not in units or not small:
        return False
    return bool(re.match(rf"\s+(?:{typography.any_of(small)})(?!\w)|[.,;:!?]|\s*$", after))


CLAUSE = re.compile(rf"(?:{OPENING.pattern}|[,;]\s+$)")
HALF = 50
"""The percentage that a majority is over."""


def majorities(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each share of under a half set apart after "most", and of over a half after "a minority"."""
    ledger, tree = reading.ledger, reading.tree
    for text in reading.texts:
        for found in _majority(ledger.locale).finditer(text.words) if "{" in text.words else ():
            name = split(found["id"])[0]
            figure, phrase = ledger.brief.figures.get(name), found["more"] or found["less"]
            # "Most" before an adjective may mean the superlative: most remote towns.
            one = " " in phrase or numbers.agreeing(Decimal(1), found["noun"], ledger.locale) != found["noun"]
            contradicts = figure and (figure.value < HALF if found["more"] else figure.value > HALF)
            if figure and figure.unit == "%" and contradicts and one and CLAUSE.search(text.words[: found.start()]):
                message = f'"{" ".join(found[0].split())}": {name} is {figure.value:f}%'
                hint = f'correct "{phrase}", or name the figure that is meant'
                yield warning(tree, text, found.span(), message, hint)


@lru_cache(maxsize=16)
def _majority(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a part of a whole, up to four words, and a figure in commas or brackets."""
    more, less = _words(locale.slips.majorities), _words(locale.slips.minorities)
    figure = r"\*{0,3}\{(?P<id>[^{}\s]*)\}\*{0,3}(?:\[\^[^\]\s]*\])*"
    return re.compile(
        rf"(?<![\w’'-])(?i:(?P<more>{more})|(?P<less>{less}))\s+(?P<noun>[^\W\d_]+)(?:\s+[^\W\d_][\w’'-]*){{0,3}}"
        rf"(?:(?P<bracket>\s+\()|,\s+){figure}(?(bracket)\)|,)"
    )


@lru_cache(maxsize=16)
def _times(locale: Locale) -> frozenset[str]:
    """Return the words for spans of time in the plural; a singular such as "year" may mean a school year."""
    spans = locale.typed.spans
    return frozenset(each for each in spans if not any(other != each and other.startswith(each) for other in spans))


WITHIN = re.compile(r"[a-zà-ÿ,;]\s+\*{0,3}$")
EXACT = 1000
"""The least number that "about" doesn't go with if it doesn't end in a zero."""
ROUGH = {"about", "nearly"}


def small_slips(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each misplaced capital, singular or page number, and for each exact figure called rough."""
    ledger, tree = reading.ledger, reading.tree
    for text in reading.texts:
        for found in REFERENCE.finditer(text.words) if "{" in text.words else ():
            figure_id, variant = split(found[1])
            figure = ledger.figure(figure_id)
            if variant == "capital" and WITHIN.search(text.words[: found.start()]):
                message = f'"{found[0]}" begins with a capital within a sentence'
                yield warning(tree, text, found.span(), message, f"{{{figure_id}}}")
            if figure:
                yield from _singular(text, found, figure, tree, ledger.locale)
        for found in _pages(ledger.locale).finditer(text.words) if text.is_prose else ():
            message = f'"{" ".join(found[0].split())}": pages have other numbers in each document'
            yield warning(tree, text, found.span(), message, "name the part: its heading, its ask or its theme")
    yield from _exact(ledger, tree)


def _singular(text: Text, found: re.Match[str], figure: Figure, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for the singular of a figure's unit after a number that isn't one."""
    one = numbers.agreeing(Decimal(1), figure.unit, locale)
    if not figure.unit.isalpha() or one == figure.unit or locale.form(figure.value) == "one":
        return
    noun = re.compile(rf"\s+{re.escape(one)}(?![\w-])").match(text.words, found.end())
    if noun:
        shown = " ".join(text.words[found.start() : noun.end()].split())
        message = f'"{shown}" has the singular after {figure.value:,f}'
        yield warning(tree, text, (found.start(), noun.end()), message, f"{found[0]} {figure.unit}")


def _exact(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure that is called rough and given exactly: about 4,823."""
    for name, figure in ledger.brief.figures.items():
        if figure.hedge in ROUGH and figure.value >= EXACT and figure.value % 10:
            written = numbers.written(figure.value, figure.unit, ledger.locale, figure.hedge)
            message = f'"{written}" is rough and exact at once'
            yield tree.problem(("figures", name, "hedge"), message, "round the value, or delete hedge:", warning=True)


@lru_cache(maxsize=16)
def _pages(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for the number of a page of the document itself: page 12, and not page 12 of a report."""
    pages, of = typography.any_of(locale.slips.pages), typography.any_of(locale.slips.share_of)
    return re.compile(rf"(?<![\w])(?:{pages})\s+\d{{1,3}}(?![\w.,]\d|\w)(?!,?\s+(?:{of})\b)(?!\s*[–-]\s*\d)")


def other_sources(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each citation of a sentence whose figures all have other sources."""
    for text in reading.texts:
        for sentence in SENTENCE.finditer(text.words) if "[^" in text.words and "{" in text.words else ():
            yield from _of_another(text, sentence, reading.ledger.brief, reading.tree)


def _of_another(text: Text, sentence: re.Match[str], brief: Brief, tree: Tree) -> Iterator[Problem]:
    cited = [*CITATION.finditer(sentence[0])]
    named = [name for each in REFERENCE.findall(sentence[0]) if (name := split(each)[0]) in brief.figures]
    sources = dict.fromkeys(brief.figures[name].source or OWN for name in named)
    # A figure of the organisation's own, or with an open query, may be why another source is cited; and with several
    # citations, one may be for words alone.
    if len(cited) == 1 and sources and OWN not in sources and cited[0][1] in {*brief.sources} - {*sources}:
        start = sentence.start() + cited[0].start()
        message = f'"{cited[0][0]}", but {named[0]} comes from {brief.figures[named[0]].source}'
        hint = "".join(f"[^{each}]" for each in sources)
        yield warning(tree, text, (start, start + len(cited[0][0])), message, hint)

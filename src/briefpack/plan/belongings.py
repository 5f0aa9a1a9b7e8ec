"""Collect the values that belong to each electorate, and the reasons that another's documents may print them."""

import hashlib
import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from briefpack.brief.figures import Ledger
from briefpack.electorates import Electorate, ElectorateSet, Fact, local
from briefpack.electorates.fields import rough
from briefpack.plan import values_files, values_in_words
from briefpack.plan.model import ChartRow, Drawing
from briefpack.plan.values import EMAIL, FIGURE, MEMBER, NAME, OFFICE, PHONE, WORDS, Context, Index, Value, digits, runs
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.words import NOT_LETTERS, Phrase, fold, has, lowered, split

# References, citations and link addresses, which don't print as written.
MARKUP = re.compile(r"\{[^{}]*\}|\[\^[^\]]*\]|\]\([^)]*\)")


@dataclass(frozen=True)
class Own:
    """The phrases that may explain a value in one electorate's documents or, if `slug` is None, in the national ones.

    `phrases` explain it anywhere, `weak` only if the words next to it don't make it an electorate. `labels` are the
    labels of each map, in drawing order, and `ticks` the labels of the charts whose numbers belong to no electorate.
    `spoken` are the words in the maps' alternative texts that others may share.
    """

    slug: str | None = None
    phrases: frozenset[Phrase] = frozenset()
    weak: frozenset[Phrase] = frozenset()
    labels: tuple[tuple[str, ...], ...] = ()
    ticks: frozenset[Phrase] = frozenset()
    spoken: frozenset[Phrase] = frozenset()


NATION = Own()
"""The explanations in national documents: none."""


@dataclass(frozen=True)
class Known:
    """The values of each electorate, and the words that explain them in any document; equal digests, equal contents.

    `contexts` are the words around a value where the brief or the set has it; `ordinary` and `lowercase` are the names
    that are also words of the layout's pages, or of its files.
    """

    digest: str
    names: Mapping[str, str] = field(compare=False)
    words: tuple[str, str] = field(compare=False)
    values: tuple[Value, ...] = field(compare=False)
    contexts: Mapping[Phrase, frozenset[Context]] = field(compare=False)
    ordinary: frozenset[str] = field(compare=False)
    lowercase: frozenset[str] = field(compare=False)

    def __reduce__(self) -> tuple[Callable[[bytes], "Known"], tuple[bytes]]:
        """Pickle as one block of bytes: each task carries a copy, but a worker process needs to unpack it only once."""
        return _opened, (self._packed,)

    @cached_property
    def _packed(self) -> bytes:
        values = self.digest, self.names, self.words, self.values, self.contexts, self.ordinary, self.lowercase
        return pickle.dumps(values)


@lru_cache(maxsize=4)
def _opened(packed: bytes) -> Known:
    return Known(*pickle.loads(packed))  # noqa: S301 -- pickled by the build itself


def known(
    group: ElectorateSet, ledger: Ledger, texts: Iterable[str], layout_words: tuple[frozenset[str], frozenset[str]]
) -> Known:
    """Collect each electorate's values, and the places where the brief (its `texts`) and the set share words.

    Figures, telephone numbers, texts and words of lists that the brief or the set itself prints are left out.
    """
    locale = ledger.locale
    printed = (*texts, *_common(group, locale))
    numbers = {word for text in (*printed, *_written(ledger)) for word in split(text)}
    dialled = {run for text in printed for run in runs(text)}
    has_words = any(each.texts or each.lists for each in group.electorates)
    said = [lowered(split(text)) for text in printed if has_words]
    values = tuple(
        value
        for value in merged(group, locale)
        if not (value.kind == FIGURE and numbers.issuperset(value.spelt))
        and not (value.kind == PHONE and any(digits(value.shown) in run for run in dialled))
        and not (value.kind == WORDS and any(has(text, value.phrase) for text in said))
    )
    contexts = _contexts(Index(values), (part for text in printed for part in MARKUP.split(text)))
    names = {value.phrase[0] for value in values if value.kind == NAME and len(value.phrase) == 1}
    ordinary, lowercase = layout_words
    lowercase |= {word for text in printed for word in split(text) if word.islower()}
    held = (
        {each.slug: typography.tidy(each.name, locale) for each in group.electorates},
        (_last(group.words.member), _last(group.words.electorate)),
        values, contexts, frozenset(ordinary & names), frozenset(lowercase & names),
    )  # fmt: skip
    listed = (
        held[:3],
        [(phrase, sorted(map(repr, each))) for phrase, each in sorted(contexts.items())],
        *map(sorted, held[4:]),
    )
    return Known(hashlib.sha256(repr(listed).encode()).hexdigest(), *held)


def own(electorate: Electorate | None, locale: Locale) -> Own:
    """Return the phrases that may explain a value in an electorate's documents."""
    if electorate is None:
        return NATION
    member, office = electorate.member, electorate.office
    strong = [electorate.name, electorate.far_parts, office.address, *(value for _, value in _belongings(electorate))]
    strong += [text for fact in electorate.facts.values() for text in _compared(fact, locale)]
    strong += _own_words(electorate)
    # An address is also read with a space for each of its signs.
    strong.append(NOT_LETTERS.sub(" ", office.email))
    strong += [text for change in electorate.changes for text in (change.event, change.detail)]
    strong += [member.party, member.elected_party, member.note, member.styled] if member else []
    strong += [member.salutation, *(role.title for role in member.roles)] if member else []
    weak = [office.suburb, *([_last(member.name), _last(member.elected_name)] if member else [])]
    return Own(electorate.slug, frozenset(map(fold, filter(None, strong))), frozenset(map(fold, filter(None, weak))))


def beside(own: Own, drawings: Iterable[Drawing], locale: Locale) -> Own:
    """Return the phrases with each electorate's name beside its value and the median, in drawings of electorates."""
    found = [_of_electorates(drawing, locale) for drawing in drawings if drawing.rows and drawing.rows[0].key]
    return replace(own, phrases=own.phrases.union(*found)) if found else own


def with_labels(
    own: Own, drawings: Mapping[str, Drawing], texts: Mapping[str, tuple[str, ...]], spoken: Iterable[str] = ()
) -> Own:
    """Return the phrases with the labels of maps, and the labels of charts that are the same for every place.

    `texts` are the texts in each drawing, by its name, and `spoken` are the words in maps' descriptions that may
    belong to other electorates too.
    """
    labels = tuple(words for name, words in texts.items() if drawings[name].names_electorates)
    shared = (words for name, words in texts.items() if not drawings[name].names_electorates and not LOCAL.match(name))
    return replace(own, labels=labels, ticks=_phrases(*shared), spoken=frozenset(map(fold, spoken)))


LOCAL = re.compile(r"local-\d+$")
"""The name of a chart of one electorate."""


@lru_cache(maxsize=256)
def _phrases(*texts: tuple[str, ...]) -> frozenset[Phrase]:
    return frozenset(fold(text) for words in texts for text in words)


# A drawing of all electorates may be in the documents of each.
@lru_cache(maxsize=64)
def _of_electorates(drawing: Drawing, locale: Locale) -> frozenset[Phrase]:
    """Return the phrases that a drawing of electorates, its alternative text and its file may have."""
    beside = (f"{row.label} {row.written}" for row in drawing.rows)
    # The file with its values has the bare number next to these.
    filed = (f"{row.label} {row.written} {values_files.number(row.value)}" for row in drawing.rows)
    series: dict[str, list[ChartRow]] = {}
    for row in drawing.rows:
        series.setdefault(row.series, []).append(row)
    valued = (rows for rows in series.values() if any(row.value is not None for row in rows))
    return frozenset(map(fold, (*beside, *filed, *(values_in_words.median(rows, locale) for rows in valued))))


def _last(words: str) -> str:
    return words.rpartition(" ")[2]


def merged(group: ElectorateSet, locale: Locale) -> Iterator[Value]:
    """Yield each value once, with every electorate that has it."""
    held: dict[tuple[str, Phrase], Value] = {}
    states = {each.slug: each.state.code for each in group.electorates}
    for electorate in group.electorates:
        for kind, text in (*_belongings(electorate), *_figures(electorate, locale)):
            spelt = split(text)
            key = kind, lowered(spelt)
            owners = (*(held[key].owners if key in held else ()), electorate.slug)
            held[key] = Value(kind, typography.tidy(text, locale), tuple(dict.fromkeys(owners)), spelt, key[1])
    for value in held.values():
        # A figure found in several states belongs to none of them; within a state, it belongs to all who share it.
        if value.phrase and (value.kind != FIGURE or len({states[slug] for slug in value.owners}) == 1):
            yield value


def _belongings(electorate: Electorate) -> Iterator[tuple[str, str]]:
    """Yield the values of an electorate, each with its kind."""
    member, office = electorate.member, electorate.office
    yield NAME, electorate.name
    # Addresses use the slug, which may be more than the name in lower case.
    if fold(slug := electorate.slug.replace("-", " ")) != fold(electorate.name):
        yield NAME, slug
    for name in dict.fromkeys((member.name, member.elected_name) if member else ()):
        if len(split(name)) > 1:
            yield MEMBER, name
    # One without the name, such as Minister, may be anybody's.
    if member and len(split(member.salutation)) > 1 and _last(member.name) in member.salutation:
        yield MEMBER, member.salutation
    street = office.address.rpartition(",")[2].strip()
    if len(split(street)) > 1:
        yield OFFICE, street
    if office.suburb and office.postcode:
        yield OFFICE, " ".join(filter(None, (office.suburb, office.state, office.postcode)))
    if office.phone:
        yield PHONE, office.phone
    if office.email:
        yield EMAIL, office.email
    # A single word may be anybody's.
    yield from ((WORDS, text) for text in dict.fromkeys(_own_words(electorate)) if len(split(text)) > 1)


def _own_words(electorate: Electorate) -> Iterator[str]:
    """Yield an electorate's texts and the words of its lists: each row as it prints, its cells and its address."""
    yield from electorate.texts.values()
    for row in (row for rows in electorate.lists.values() for row in rows):
        address = SCHEME.sub("", row.link)
        # Addresses are compared with their hyphens and without.
        yield from filter(None, (row.words, *row.cells, address, NOT_LETTERS.sub(" ", address)))


SCHEME = re.compile(r"^https?://(?:www\.)?")


def _figures(electorate: Electorate, locale: Locale) -> Iterator[tuple[str, str]]:
    for fact in electorate.facts.values():
        for number in split(_printed(fact.value, fact.unit, locale)):
            if _telling(number, locale):
                yield FIGURE, number


def _telling(number: str, locale: Locale) -> bool:
    """Return whether a number is distinctive: 9,300 or 13.7%, but not 21, 2021 or 2.7%."""
    count = len(digits(number))
    long = (locale.thousands in number and count >= 4) or (locale.decimal in number and count >= 5)
    return long or (number.endswith("%") and count >= 3)


def _compared(fact: Fact, locale: Locale) -> Iterator[str]:
    """Yield a fact as written, with the same fact for its state and country, and the ends of its range."""
    yield local.written(fact, locale)
    for value in (fact.state_value, fact.nation_value, fact.low, fact.high, *_around(fact)):
        if value is not None:
            yield _printed(value, fact.unit, locale)


def _around(fact: Fact) -> Iterator[Decimal | None]:
    """Yield the other values that a page may print with a fact: its range, its history, the extremes and the median."""
    yield from (rough(end) for end in (fact.low, fact.high) if end is not None)
    if fact.standing:
        yield from (fact.standing.lowest, fact.standing.median, fact.standing.highest)
    for moment in (*fact.history, *fact.nation_history):
        yield from (moment.value, moment.low, moment.high)


@lru_cache(maxsize=4096)
def _printed(value: Decimal, unit: str, locale: Locale) -> str:
    """Return a number as printed, formatted once for all the electorates that share it."""
    return numbers.written(value, unit, locale)


def _common(group: ElectorateSet, locale: Locale) -> Iterator[str]:
    """Yield the texts of a set that every electorate's documents may print."""
    yield from (group.title, group.country.name)
    # A map of all electorates says which islands it leaves out.
    yield from (each.far_parts for each in group.electorates if each.far_parts)
    for state in group.states.values():
        yield from (state.name, state.short, state.people)
    for each in group.sources.values():
        yield from filter(None, (each.publisher, each.title, each.date, each.url))
    for notice in group.notices.values():
        yield from (notice.short, notice.full.replace("{product}", "\n"))
    facts = {fact.id: fact for electorate in group.electorates for fact in electorate.facts.values()}
    for fact in facts.values():
        if fact.nation_value is not None:
            yield numbers.written(fact.nation_value, fact.unit, locale)


def _written(book: Ledger) -> Iterator[str]:
    """Yield each figure of a brief in every form it may print in."""
    for figure in book.brief.figures:
        yield from (book.written(figure), book.written(figure, "number"), *book.large(figure))


def _contexts(index: "Index", texts: Iterable[str]) -> dict[Phrase, frozenset[Context]]:
    """Return the words around each value that the texts contain."""
    found: dict[Phrase, set[Context]] = {}
    for text in texts:
        held = index.scan(text)
        for hit in held.hits:
            if hit.end:
                found.setdefault(hit.value.phrase, set()).add(held.context(hit))
    return {phrase: frozenset(contexts) for phrase, contexts in found.items()}

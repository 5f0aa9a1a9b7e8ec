"""Collect the values that belong to each electorate, find them in texts, and list those that a document may have.

A value is a run of words, however it is set: across lines, in capitals, with hyphens or ligatures.
"""

import hashlib
import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from briefpack.electorates import Electorate, ElectorateSet
from briefpack.plan import values_files
from briefpack.plan.meetings import Meeting
from briefpack.plan.model import Drawing
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.words import NOT_LETTERS, Phrase, fold, lowered, split

# References, citations and link addresses, which don't print as written.
MARKUP = re.compile(r"\{[^{}]*\}|\[\^[^\]]*\]|\]\([^)]*\)")
# Six digits or more, with the marks that people set between those of a telephone number.
DIALLED = re.compile(r"\d(?:[\s().+/\u2010\u2013-]{0,3}\d){5,}")
LEAST_DIGITS = 6
NAME, MEMBER, OFFICE, PHONE, EMAIL = "name", "member", "office", "telephone", "e-mail"


@dataclass(frozen=True)
class Value:
    """A run of words that belongs to the electorates in `owners`, by slug; `spelt` keeps its capitals."""

    kind: str
    shown: str
    owners: tuple[str, ...]
    spelt: Phrase
    phrase: Phrase


@dataclass(frozen=True)
class Hit:
    """A value found among the words of a text, from `start` up to `end`; both are 0 if it was found by its digits.

    It is `loud` if it is all in capitals.
    """

    value: Value
    start: int
    end: int
    loud: bool = False


class Index:
    """Values indexed by their first words, and telephone numbers by their digits."""

    def __init__(self, values: Iterable[Value]) -> None:
        self.first: dict[str, list[Value]] = {}
        self.dialled: dict[str, Value] = {}
        for value in values:
            self.first.setdefault(value.phrase[0], []).append(value)
            if value.kind == PHONE and len(number := _digits(value.shown).lstrip("0")) >= LEAST_DIGITS:
                self.dialled[number] = value

    def scan(self, text: str, *, address: bool = False) -> tuple[Phrase, tuple[Hit, ...]]:
        """Return the words of a text in lower case, and the values among them; an address has names in lower case."""
        words = split(text)
        folded = lowered(words)
        hits: list[Hit] = []
        for place, word in enumerate(folded):
            for value in self.first.get(word, ()):
                end = place + len(value.phrase)
                if folded[place:end] == value.phrase and _is_spelt(value, words[place:end], address=address):
                    hits.append(Hit(value, place, end, all(map(str.isupper, words[place:end]))))
        for run in map(_digits, DIALLED.findall(text)):
            hits += [Hit(value, 0, 0) for number, value in self.dialled.items() if number in run]
        return folded, tuple(hits)


def _is_spelt(value: Value, words: Phrase, *, address: bool) -> bool:
    """Return whether a name is capitalised as it should be, or all in capitals; other values always match.

    In an address, which has no capitals, a name of one word may be any word.
    """
    if value.kind != NAME:
        return True
    return len(words) > 1 if address else words == value.spelt or all(word.isupper() for word in words)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@dataclass(frozen=True)
class Own:
    """What may be in one electorate's documents or, if `slug` is None, in the national ones.

    A value may be part of one of the `phrases`. The names in `allowed` may be there unless the words next to them make
    them an electorate. `mapped` are the names on the document's maps, and in their alternative texts.
    """

    slug: str | None = None
    phrases: frozenset[Phrase] = frozenset()
    allowed: frozenset[Phrase] = frozenset()
    mapped: frozenset[Phrase] = frozenset()


NATION = Own()
"""What may be in national documents: nothing."""


@dataclass(frozen=True)
class Known:
    """The values of each electorate, and those that any document may have; equal digests, equal contents.

    `names` are those of the electorates by slug, and `words` the words for a member and an electorate. `lowercase` are
    the names of one word that are also words, and may be set in capitals.
    """

    digest: str
    names: Mapping[str, str] = field(compare=False)
    words: tuple[str, str] = field(compare=False)
    values: tuple[Value, ...] = field(compare=False)
    allowed: frozenset[Phrase] = field(compare=False)
    lowercase: frozenset[Phrase] = field(compare=False)

    def __reduce__(self) -> tuple[Callable[[bytes], "Known"], tuple[bytes]]:
        """Pickle as one block of bytes: each task carries a copy, but a worker process needs to unpack it only once."""
        return _opened, (self._packed,)

    @cached_property
    def _packed(self) -> bytes:
        return pickle.dumps((self.digest, self.names, self.words, self.values, self.allowed, self.lowercase))


@lru_cache(maxsize=4)
def _opened(packed: bytes) -> Known:
    return Known(*pickle.loads(packed))  # noqa: S301 -- pickled by the build itself


def known(
    group: ElectorateSet, locale: Locale, texts: Iterable[str], layout_words: tuple[frozenset[str], frozenset[str]]
) -> Known:
    """Collect each electorate's values, and those that the brief (its `texts`), the set or the layout prints."""
    ordinary, lowercase = layout_words
    values = tuple(_merged(group, locale))
    index, printed = Index(values), [*texts, *_common(group)]
    allowed: set[Phrase] = {(word,) for word in ordinary}
    lowercase |= {word for text in printed for word in split(text) if word.islower()}
    lower = frozenset(value.phrase for value in values if len(value.phrase) == 1 and value.phrase[0] in lowercase)
    for text in printed:
        for part in MARKUP.split(text):
            allowed |= {hit.value.phrase for hit in index.scan(part)[1]}
    names = {each.slug: typography.tidy(each.name, locale) for each in group.electorates}
    words = _last(group.words.member).casefold(), _last(group.words.electorate).casefold()
    listed = repr((names, words, values, sorted(allowed), sorted(lower)))
    return Known(hashlib.sha256(listed.encode()).hexdigest(), names, words, values, frozenset(allowed), lower)


def own(electorate: Electorate | None) -> Own:
    """Return what may be in an electorate's documents: everything that the set has about it."""
    if electorate is None:
        return NATION
    member, office = electorate.member, electorate.office
    strong = [electorate.name, electorate.far_parts, office.address, *(text for _, text in _belongings(electorate))]
    # An address is also read with a space for each of its signs.
    strong += [NOT_LETTERS.sub(" ", office.email), *electorate.texts.values()]
    for rows in electorate.lists.values():
        for row in rows:
            strong += [row.words, NOT_LETTERS.sub(" ", row.link)]
    for change in electorate.changes:
        strong += [change.event, change.detail]
    weak = [office.suburb]
    if member:
        strong += [member.party, member.elected_party, member.note, member.styled, member.salutation]
        strong += [role.title for role in member.roles]
        weak += [_last(member.name), _last(member.elected_name)]
    return Own(electorate.slug, _phrases(tuple(strong)), _phrases(tuple(weak)))


def at_meeting(found: Own, meeting: Meeting, group: ElectorateSet | None) -> Own:
    """Return what may be in a document of a meeting: where it is, whom it is with, and all about their electorates."""
    phrases = {fold(text) for text in (meeting.place,) if text}
    for each in meeting.recipients:
        phrases |= {
            fold(text) for text in (each.styled, each.office, each.address, *each.committees, *each.roles) if text
        }
        if group and each.electorate:
            phrases |= own(group.by_slug[each.electorate]).phrases
    return replace(found, phrases=found.phrases | phrases)


def beside(own: Own, drawings: Iterable[Drawing]) -> Own:
    """Return what may be in a document with some drawings: in those of electorates, each name beside its value."""
    found = [_of_electorates(drawing) for drawing in drawings if drawing.rows and drawing.rows[0].key]
    return replace(own, phrases=own.phrases.union(*found)) if found else own


def with_labels(
    own: Own, drawings: Mapping[str, Drawing], texts: Mapping[str, tuple[str, ...]], spoken: Iterable[str] = ()
) -> Own:
    """Return what may be in a document with the labels of its maps; `texts` are those in each drawing, by its name.

    `spoken` are the words in maps' descriptions that may belong to other electorates too.
    """
    named = [*spoken]
    for name, labels in texts.items():
        if drawings[name].names_electorates:
            named += labels
    return replace(own, mapped=frozenset(fold(text) for text in named if text))


@lru_cache(maxsize=256)
def _phrases(texts: tuple[str, ...]) -> frozenset[Phrase]:
    return frozenset(fold(text) for text in texts if text)


# A drawing of all electorates may be in the documents of each.
@lru_cache(maxsize=64)
def _of_electorates(drawing: Drawing) -> frozenset[Phrase]:
    """Return the names in a drawing of electorates, each before its value, as the alternative text and the file do."""
    texts: list[str] = []
    for row in drawing.rows:
        beside = f"{row.label} {row.written}"
        # The file with its values has the bare number next to these.
        texts += [beside, f"{beside} {values_files.number(row.value)}"]
    return frozenset(map(fold, texts))


def _last(words: str) -> str:
    return words.rpartition(" ")[2]


def _merged(group: ElectorateSet, locale: Locale) -> Iterator[Value]:
    """Yield each value once, with every electorate that has it."""
    held: dict[tuple[str, Phrase], Value] = {}
    for electorate in group.electorates:
        for kind, text in _belongings(electorate):
            spelt = split(text)
            key = kind, lowered(spelt)
            owners = (*(held[key].owners if key in held else ()), electorate.slug)
            held[key] = Value(kind, typography.tidy(text, locale), tuple(dict.fromkeys(owners)), spelt, key[1])
    yield from (value for value in held.values() if value.phrase)


def _belongings(electorate: Electorate) -> Iterator[tuple[str, str]]:
    """Yield the values of an electorate, each with its kind."""
    member, office = electorate.member, electorate.office
    yield NAME, electorate.name
    # Addresses use the slug, which may be more than the name in lower case.
    if fold(slug := electorate.slug.replace("-", " ")) != fold(electorate.name):
        yield NAME, slug
    if member:
        people = [member.name, member.elected_name]
        # One without the name, such as Minister, may be anybody's.
        people += [member.salutation] if _last(member.name) in member.salutation else []
        yield from ((MEMBER, name) for name in dict.fromkeys(people) if len(split(name)) > 1)
    street = office.address.rpartition(",")[2].strip()
    if len(split(street)) > 1:
        yield OFFICE, street
    if office.suburb and office.postcode:
        yield OFFICE, " ".join(filter(None, (office.suburb, office.state, office.postcode)))
    yield from ((kind, text) for kind, text in ((PHONE, office.phone), (EMAIL, office.email)) if text)


def _common(group: ElectorateSet) -> Iterator[str]:
    """Yield the texts of a set that every electorate's documents may print."""
    yield from (group.title, group.country.name)
    # A map of all electorates says which islands it leaves out.
    yield from (each.far_parts for each in group.electorates if each.far_parts)
    for state in group.states.values():
        yield from (state.name, state.short, state.people)
    for source in group.sources.values():
        yield from filter(None, (source.publisher, source.title, source.date, source.url))
    for notice in group.notices.values():
        yield from (notice.short, notice.full.replace("{product}", "\n"))

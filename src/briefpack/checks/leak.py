"""Find anything in a document that belongs to another electorate: a name, a member, an office, a telephone number.

A value is a run of words. Another electorate's document may have it only if it is allowed there:

- it is part of the document's own electorate data (`Sydney` in `North Sydney`);
- it is part of a name on a map in the document, or in its alternative text (`Mitchell` in `Mitchell Park`);
- the brief or the electorate set prints it, it is a word of the layout's pages (`Page 3`), the suburb of the
  electorate's office or its member's surname, unless the words next to it make it an electorate (`Member for Page`).

It can't see a surname or a first name alone (`Dear Ms Price`), a party or a number. The scopes of names keep these
apart; this check is the second guard.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefpack.checks import places
from briefpack.checks.findings import Findings, Found
from briefpack.checks.places import Place
from briefpack.checks.read import passages
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.passages import ALT, LINK, TEXT, Passage
from briefpack.plan.belongings import EMAIL, MEMBER, NAME, OFFICE, PHONE, Hit, Index, Known, Own, Value
from briefpack.text.words import NOT_LETTERS, Phrase


def electorate(finished: Finished) -> Findings:
    """Find a document that doesn't name its own electorate, or has something that belongs to another."""
    around, document = finished.expected.around, finished.expected.document
    if around is None or document is None:
        return
    own = document.electorate
    if own and not names(around.known, own, finished.texts):
        yield Found(None, f"the document doesn't name its electorate, {around.names[own]}")
    for leak in found(around.known, finished.expected.own, passages.of(finished)):
        page, boxes = _place(finished, leak)
        yield Found(page, leak.message(around.known), boxes, (leak.values[0].shown,))


@dataclass(frozen=True)
class Leak:
    """The values of another electorate in one kind of place, and the first text that has the first value."""

    passage: Passage
    values: tuple[Value, ...]

    def message(self, known: Known) -> str:
        """Return the message about the first value, with the number of others."""
        first, count = self.values[0], len(self.values) - 1
        more = f", and {count} more of its values" if count else ""
        return f'{self.passage.place} contains "{first.shown}", {_role(known, first)}{more}'


def found(known: Known, own: Own, passages: Iterable[Passage]) -> Iterator[Leak]:
    """Yield the values of other electorates, place by place."""
    seen: dict[tuple[str, str], dict[Value, Passage]] = {}
    for passage in passages:
        for value in _leaked(known, own, passage):
            seen.setdefault((passage.place, value.owners[0]), {}).setdefault(value, passage)
    yield from (Leak(next(iter(values.values())), tuple(values)) for _, values in sorted(seen.items()))


def _place(finished: Finished, leak: Leak) -> Place:
    """Return the page of a leak, and where its values are."""
    passage, shown = leak.passage, [value.shown for value in leak.values]
    if passage.place == ALT:
        return places.spoken(finished, passage.text)
    if passage.place == LINK:
        return places.links(finished, passage.text)
    if passage.place != TEXT:
        return passage.page, ()
    page = passage.page or places.first(finished, shown[0])[0]
    return page, tuple(box for each in shown for box in places.words(finished, page, each)) if page else ()


def names(known: Known, slug: str, texts: Iterable[str]) -> bool:
    """Return whether any of the texts names an electorate."""
    for text in texts:
        for hit in _scan(_index(known), text, address=False)[1]:
            if hit.value.kind == NAME and slug in hit.value.owners:
                return True
    return False


@lru_cache(maxsize=4)
def _index(known: Known) -> Index:
    """Return the values of a set, indexed once a process."""
    return Index(known.values)


@lru_cache(maxsize=1024)
def _scan(index: Index, text: str, *, address: bool) -> tuple[Phrase, tuple[Hit, ...]]:
    """Scan a text once for all the documents that share it."""
    return index.scan(text, address=address)


def _role(known: Known, value: Value) -> str:
    """Return a description of a value: its kind, and the electorate it belongs to."""
    member, electorate = known.words
    whose = " or ".join(known.names[slug] for slug in value.owners[:2])
    return {
        NAME: f"the name of another {electorate}",
        MEMBER: f"the {member} for {whose}",
        OFFICE: f"the office address of {whose}",
        PHONE: f"the phone number of {whose}",
        EMAIL: f"the email address of {whose}",
    }[value.kind]


def _leaked(known: Known, own: Own, passage: Passage) -> Iterator[Value]:
    # In an address, a hyphen may be part of a name or replace a space.
    for text in (passage.text, NOT_LETTERS.sub(" ", passage.text)) if passage.address else (passage.text,):
        words, hits = _scan(_index(known), text, address=passage.address)
        for hit in hits:
            if own.slug not in hit.value.owners and not _is_allowed(known, own, words, hit):
                yield hit.value


def _is_allowed(known: Known, own: Own, words: Phrase, hit: Hit) -> bool:
    phrase = hit.value.phrase
    is_word = hit.loud and phrase in known.lowercase
    if is_word or _is_within(words, hit, own.phrases | own.mapped):
        return True
    beside = (*words[max(0, hit.start - 2) : hit.start], *words[hit.end : hit.end + 1])
    is_seat = hit.value.kind == NAME and not set(known.words).isdisjoint(beside)
    return not is_seat and (phrase in own.allowed or phrase in known.allowed)


def _is_within(words: Phrase, hit: Hit, phrases: Iterable[Phrase]) -> bool:
    """Return whether a hit is part of one of the phrases."""
    for phrase in phrases if hit.end else ():
        for start in range(max(0, hit.end - len(phrase)), hit.start + 1):
            if words[start : start + len(phrase)] == phrase:
                return True
    return False

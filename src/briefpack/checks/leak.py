"""Find anything in a document that belongs to another electorate: a name, a member, an office, a number.

A value is a run of words. It may appear in another electorate's document only if something there explains it:

- it is part of the document's own electorate data (`Sydney` in `North Sydney`);
- the brief or the electorate set has it too, between the same words (`Melbourne` in `Melbourne Airport`);
- a map in the document has it as a label, and it is next to another label of that map, in the page's text or as drawn;
- the alternative text of a map in the document says it: a neighbour's name, or a number that is also the electorate's
  area;
- it is a number that a chart of the document has as a label, such as the figure at a tick of its axis;
- it is also the suburb of the electorate's office, its member's surname, a text of its own in the brief (the cell of a
  table), or an ordinary word of the layout's pages (`Page 3`), unless the words next to it make it an electorate
  (`Member for Page`).

It can't see a surname or a first name alone (`Dear Ms Price`), a party, a number of few digits (21, 2.7%), or one with
other decimals than pages print (34.21). The scopes of names keep these apart; this check is the second guard.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from briefpack.checks import places
from briefpack.checks.findings import Findings, Found
from briefpack.checks.places import Place
from briefpack.checks.read import passages
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.passages import ALT, LINK, ON_MAPS, TEXT, Passage
from briefpack.plan.belongings import Known, Own
from briefpack.plan.values import EMAIL, FIGURE, MEMBER, NAME, OFFICE, PHONE, WORDS, Context, Hit, Index, Scan, Value
from briefpack.text.words import NOT_LETTERS, Phrase, fold, has


def electorate(finished: Finished) -> Findings:
    """Find a document that doesn't name its own electorate, or has something that belongs to another."""
    around, document = finished.expected.around, finished.expected.document
    if around is None or document is None:
        return
    own = document.electorate
    if own and not names(around.known, own, finished.texts):
        yield Found(None, f"the document doesn't name its electorate, {around.names[own]}")
    for each in found(around.known, finished.expected.own, passages.of(finished)):
        if leak := _without_labels(finished, each):
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


def _without_labels(finished: Finished, leak: Leak) -> Leak | None:
    """Return a leak without the names that the document has only as labels of its maps; None if nothing is left.

    Where a label is on one line with other text, a page's text has that in between. The drawing order hasn't.
    """
    if leak.passage.place != TEXT:
        return leak
    maps = [[fold(label) for label in labels] for labels in finished.expected.own.labels]
    left = tuple(value for value in leak.values if not (value.kind == NAME and _is_only_drawn(finished, value, maps)))
    return replace(leak, values=left) if left else None


def _is_only_drawn(finished: Finished, value: Value, maps: Sequence[Sequence[Phrase]]) -> bool:
    """Return whether every run with a value is a whole label, drawn just before or after another label of its map."""
    if not any(value.phrase in labels for labels in maps):
        return False
    drawn = [[fold(run.text) for run in page.runs] for page in finished.objects]
    places = [
        (runs[max(0, index - 1) : index], run, runs[index + 1 : index + 2])
        for runs in drawn
        for index, run in enumerate(runs)
        if has(run, value.phrase)
    ]
    return bool(places) and all(
        any(run in labels and any(each in labels for each in (*before, *after)) for labels in maps)
        for before, run, after in places
    )


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
    scans = (_scan(_index(known), text, address=False) for text in texts)
    return any(hit.value.kind == NAME and slug in hit.value.owners for scan in scans for hit in scan.hits)


@lru_cache(maxsize=4)
def _index(known: Known) -> Index:
    """Return the values of a set, indexed once a process."""
    return Index(known.values)


@lru_cache(maxsize=1024)
def _scan(index: Index, text: str, *, address: bool) -> Scan:
    """Scan a text once for all the documents that share it."""
    return index.scan(text, address=address)


@lru_cache(maxsize=64)
def _drawn(labels: tuple[str, ...]) -> frozenset[str]:
    """Return the words in a map's labels."""
    return frozenset(word for label in labels for word in fold(label))


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
        FIGURE: f"a figure of {whose}",
        WORDS: f"a text about {whose}",
    }[value.kind]


def _leaked(known: Known, own: Own, passage: Passage) -> Iterator[Value]:
    index = _index(known)
    # In an address, a hyphen may be part of a name or replace a space.
    for text in (passage.text, NOT_LETTERS.sub(" ", passage.text)) if passage.address else (passage.text,):
        scan = _scan(index, text, address=passage.address)
        for hit in scan.hits:
            if own.slug not in hit.value.owners and not _explained(known, own, passage, scan, hit):
                yield hit.value


def _explained(known: Known, own: Own, passage: Passage, scan: Scan, hit: Hit) -> bool:
    if not hit.end:
        return False
    if _within(scan.folded, hit, own.phrases) or _meets(known.contexts, scan, hit):
        return True
    if _is_mapped(own, passage, scan, hit):
        return True
    if hit.value.kind == FIGURE and _within(scan.folded, hit, own.ticks):
        return True
    if _is_seat(known, scan, hit):
        return False
    return (
        _within(scan.folded, hit, own.weak) or _is_alone(known.contexts, hit) or _is_ordinary(known, passage, scan, hit)
    )


def _is_mapped(own: Own, passage: Passage, scan: Scan, hit: Hit) -> bool:
    """Return whether a map in the document has a value as a label, or its alternative text says it."""
    if passage.place == ALT and hit.value.kind in (NAME, FIGURE) and hit.value.phrase in own.spoken:
        return True
    if passage.place == ALT and any(_is_listed(labels, scan, hit) for labels in own.labels):
        return True
    return passage.place in ON_MAPS and any(_is_label(_drawn(labels), scan, hit) for labels in own.labels)


def _within(folded: Phrase, hit: Hit, phrases: Iterable[Phrase]) -> bool:
    """Return whether a hit is part of one of the phrases."""
    for phrase in phrases:
        length = len(phrase)
        for start in range(max(0, hit.end - length), hit.start + 1):
            if folded[start : start + length] == phrase:
                return True
    return False


def _meets(contexts: Mapping[Phrase, frozenset[Context]], scan: Scan, hit: Hit) -> bool:
    """Return whether the words around a hit explain it."""
    here = scan.context(hit)
    return any(_alike(here, there) for there in contexts.get(hit.value.phrase, ()) if any(there))


def _is_alone(contexts: Mapping[Phrase, frozenset[Context]], hit: Hit) -> bool:
    """Return whether the brief or the set has a value with no words around it, as in the cell of a table."""
    return any(not any(there) for there in contexts.get(hit.value.phrase, ()))


def _alike(here: Context, there: Context) -> bool:
    """Return whether the words on both sides match, or two words on one side, or the adjacent word on each.

    A partial match is enough because something printed beside a text, such as a note or a folio, may interrupt it.
    """
    agree = [one is not None and one == other for one, other in zip(here, there, strict=True)]
    whole = all(same for same, word in zip(agree, there, strict=True) if word is not None)
    return whole or all(agree[:2]) or all(agree[2:]) or all(agree[1:3])


def _is_label(drawn: frozenset[str], scan: Scan, hit: Hit) -> bool:
    """Return whether a hit is a map label: next to another word of the map's labels, or the only label there is."""
    beside = {*scan.folded[max(0, hit.start - 1) : hit.start], *scan.folded[hit.end : hit.end + 1]}
    return drawn.issuperset(hit.value.phrase) and (drawn == set(hit.value.phrase) or not drawn.isdisjoint(beside))


def _is_listed(labels: Iterable[str], scan: Scan, hit: Hit) -> bool:
    """Return whether a hit is a whole label of a map, in a text that says another label of that map."""
    phrases = [fold(label) for label in labels]
    others = (phrase for phrase in phrases if phrase != hit.value.phrase)
    return hit.value.phrase in phrases and any(has(scan.folded, phrase) for phrase in others)


def _is_seat(known: Known, scan: Scan, hit: Hit) -> bool:
    """Return whether the words next to a name make it an electorate: Member for Page, the electorate of Page."""
    beside = (*scan.folded[max(0, hit.start - 2) : hit.start], *scan.folded[hit.end : hit.end + 1])
    return hit.value.kind == NAME and not {word.casefold() for word in known.words}.isdisjoint(beside)


def _is_ordinary(known: Known, passage: Passage, scan: Scan, hit: Hit) -> bool:
    """Return whether a name is an ordinary word of the layout's pages, or a lower-case word set in capitals."""
    if hit.value.kind != NAME or len(hit.value.phrase) > 1:
        return False
    [word], [shown] = hit.value.phrase, scan.words[hit.start : hit.end]
    return word in known.ordinary or ((passage.address or shown.isupper()) and word in known.lowercase)

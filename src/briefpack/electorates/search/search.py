"""Split a typed search, and find the electorates that it may mean and how certain each of them is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product, starmap

from briefpack.electorates.electorate import Electorate
from briefpack.electorates.gazetteer import Locality
from briefpack.electorates.search.directory import (
    CERTAINTIES,
    Certainty,
    Directory,
    How,
    Person,
    Reason,
    Subject,
    box_note,
    least,
    of_localities,
    of_po_box,
    of_postcode,
    reasons_of,
)  # fmt: skip
from briefpack.problem import nearest
from briefpack.text.spelling import close, errors, errors_allowed, fold

SHORTEST_PART = 3
"""The fewest letters to search for as part of a name."""

MOST_WORDS = 30
"""The most words that are read, counted from the end; no address is longer."""
MOST_CODE_WORDS = 3
"""The most words into which people split a postcode, such as SW1A 0AA."""


@dataclass(frozen=True)
class Hit:
    """An electorate that may be the one meant, how certain that is, and every reason why."""

    electorate: Electorate
    certainty: Certainty
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Answer:
    """The hits of a search, most certain first, with notes; `suggestions` are for a search that finds nothing."""

    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    suggestions: str = ""


@dataclass(frozen=True)
class Query:
    """The words of a name or an address, and the state and postcode typed with them."""

    words: tuple[str, ...]
    state: str | None = None
    code: str | None = None

    @property
    def text(self) -> str:
        """Return the words as one text, with spaces between them."""
        return " ".join(self.words)


def run(directory: Directory, typed: str) -> Answer:
    """Find every electorate that the words may mean.

    Whole names, postcodes and addresses come first. Parts of names are tried only if those find nothing, and typing
    errors only if parts of names find nothing either.
    """
    asked = _read(directory, typed)
    alone = next((query.state for query in asked if query.state and not (query.words or query.code)), None)
    for step in STEPS[:1] if alone else STEPS:
        for query in asked:
            if found := tuple(step(directory, query)):
                return Answer(_settled(directory, found), _notes(typed, found, nearly=step in NEARLY))
    boxes = (
        box_note(directory, query.code) for query in asked if query.code and query.code in directory.gazetteer.boxes
    )
    return Answer((), tuple(dict.fromkeys(boxes)), _suggestions(directory, typed, alone))


def _notes(typed: str, found: Sequence[Reason], *, nearly: bool) -> tuple[str, ...]:
    near = f'Nothing is called "{" ".join(typed.split())}". The closest match:' if nearly else ""
    return tuple(dict.fromkeys(filter(None, (near, *(reason.note for reason in found)))))


def _suggestions(directory: Directory, typed: str, state: str | None) -> str:
    """Return the names nearest to words that found nothing, or a hint for a state typed alone."""
    if state:
        return f"a suburb or postcode ({directory.group.states[state].name}), or briefpack list electorates"
    names = {each.name for each in directory.group.electorates} | {person.name for person in directory.people}
    names |= {place.name for place in directory.gazetteer.localities}
    return nearest(typed.title(), names, most=0)


def _settled(directory: Directory, found: Sequence[Reason]) -> tuple[Hit, ...]:
    """Return one hit for each electorate; none is certain if another is at least likely."""
    gathered: dict[str, list[Reason]] = {}
    for reason in dict.fromkeys(found):
        gathered.setdefault(reason.slug, []).append(reason)
    best = {slug: min((each.certainty for each in those), key=CERTAINTIES.index) for slug, those in gathered.items()}
    rivals = [slug for slug, certainty in best.items() if certainty != "possible"]
    named = {reason.slug for reason in found if reason.named}
    hits = []
    for slug, those in gathered.items():
        limit: Certainty = "certain" if len(rivals) < 2 else "likely" if slug in named or not named else "possible"
        certainty = least(best[slug], limit)
        hits.append(Hit(directory.group.by_slug[slug], certainty, tuple(those)))
    return tuple(sorted(hits, key=lambda hit: CERTAINTIES.index(hit.certainty)))


def _limited(found: Sequence[Reason], limit: Certainty) -> Iterator[Reason]:
    return (replace(reason, certainty=least(reason.certainty, limit)) for reason in found)


def _names(directory: Directory, query: Query) -> Iterator[tuple[str, Subject]]:
    """Yield the electorates and people that a query may mean, each with its name written out in full."""
    for name, state, subject in () if query.code else directory.names:
        if query.state in {None, state}:
            yield name, subject


def _localities(directory: Directory, query: Query, keys: Iterable[str]) -> tuple[Locality, ...]:
    """Return the localities with these names that are in the state and postcode typed, if any were."""
    return tuple(
        place
        for key in keys
        for place in directory.localities[key]
        if query.state in {None, place.state} and query.code in {None, place.postcode}
    )


def _localities_called(directory: Directory, query: Query, words: str) -> tuple[Locality, ...]:
    readings = directory.spelling.readings(words)
    keys = dict.fromkeys(key for reading in readings for key in directory.closed.get(close(reading), ()))
    return _localities(directory, query, keys)


def _whole(directory: Directory, query: Query) -> Iterator[Reason]:
    """Find postcodes, full names, surnames, and electorates by a phrase within their names."""
    if not query.words:
        yield from _by_code(directory, query) if query.code else ()
        return
    readings = directory.spelling.readings(query.text)
    for key, subject in _names(directory, query):
        if how := _how_whole(key, subject, readings):
            yield from reasons_of(directory, subject, how)
    if here := _localities_called(directory, query, query.text):
        yield from of_localities(directory, here, "exact")


def _how_whole(key: str, subject: Subject, readings: Sequence[str]) -> How | None:
    for reading in readings:
        if reading and close(reading) == close(key):
            return "exact"
        if isinstance(subject, Person) and (how := _how_person(key, reading)):
            return how
        if isinstance(subject, Electorate) and reading and f" {reading} " in f" {key} ":
            return "word"
    return None


def _how_person(key: str, reading: str) -> How | None:
    """Return how words match a person's name: in full, with a title, a middle name or by surname; None if not."""
    name, typed = key.split(), reading.split()
    if sorted(name) == sorted(typed) or (len(name) > 1 and f" {key} " in f" {reading} "):
        return "exact"
    if len(typed) > 1 and (name[0], name[-1]) == (typed[0], typed[-1]):
        return "order"
    return "surname" if typed and len(typed) < len(name) and name[-len(typed) :] == typed else None


def _by_code(directory: Directory, query: Query, limit: Certainty = "certain") -> Iterator[Reason]:
    """Find the electorates of the postcode typed; they are only likely if it isn't in the state typed."""
    code = directory.gazetteer.postcodes.get(query.code or "")
    if code is None:
        return of_po_box(directory, query.code or "")
    states = {place.state for place in directory.by_postcode.get(code.code, ())}
    elsewhere = query.state and states and query.state not in states
    return of_postcode(directory, code, "likely" if elsewhere else limit)


def _address(directory: Directory, query: Query) -> Iterator[Reason]:
    """Find the suburb at the end of an address, or at least its postcode."""
    if not (query.code or query.state or any(word[0].isdigit() for word in query.words)):
        return
    found = tuple(_ending(directory, query))
    yield from found
    if query.code and query.words and not found:
        yield from _by_code(directory, query, "likely")


def _ending(directory: Directory, query: Query) -> Iterator[Reason]:
    """Find the longest run of words at the end that is the full name of a locality."""
    for start in range(1, len(query.words)):
        if here := _localities_called(directory, query, " ".join(query.words[start:])):
            yield from of_localities(directory, here, "exact")
            return


def _part(directory: Directory, query: Query) -> Iterator[Reason]:
    """Find names with the words in another order, with a word that starts with them, or with others between them."""
    for fits, how in PARTS:
        if found := tuple(_compared(directory, query, fits, how)):
            several = how != "order" and len({reason.slug for reason in found}) > 1
            yield from _limited(found, "possible" if several else "certain")
            return


def _compared(directory: Directory, query: Query, fits: Callable[[str, str], bool], how: How) -> Iterator[Reason]:
    readings = directory.spelling.readings(query.text)
    for key, subject in _names(directory, query):
        names = (key, key.partition(" ")[2]) if isinstance(subject, Person) else (key,)
        if any(starmap(fits, product(names, readings))):
            yield from reasons_of(directory, subject, how)
    keys = [key for key in directory.localities if any(starmap(fits, product((key,), readings)))]
    yield from of_localities(directory, _localities(directory, query, keys), how)


def _is_reordered(key: str, reading: str) -> bool:
    return len(key) == len(reading) and sorted(key.split()) == sorted(reading.split())


def _contains(after: str, key: str, reading: str) -> bool:
    """Return whether a name has the words typed, or words that begin with them, unless `after` is a space."""
    return reading in key and f" {reading}{after}" in f" {key} " and len(close(reading)) >= SHORTEST_PART


def _has_words(key: str, reading: str) -> bool:
    """Return whether a name has all the words typed, with others between them: Cocos (Keeling) Islands."""
    return " " in reading and {*reading.split()} <= {*key.split()}


PARTS: tuple[tuple[Callable[[str, str], bool], How], ...] = (
    (_is_reordered, "order"), (partial(_contains, " "), "word"), (partial(_contains, ""), "part"),
    (_has_words, "word"),
)  # fmt: skip
"""The ways in which a name may contain the words typed, closest match first."""


def _misspelt(directory: Directory, query: Query) -> Iterator[Reason]:
    """Find the names with the fewest typing errors; if there are several, each is only possible."""
    for most in range(1, errors_allowed(query.text) + 1):
        found = tuple(_compared(directory, query, partial(_is_misspelt, most), "typo"))
        if found:
            several = len({fold(reason.name) for reason in found}) > 1
            yield from _limited(found, "possible" if several else "certain")
            return


def _is_misspelt(most: int, key: str, reading: str) -> bool:
    return errors(reading, key, most) <= most


def _at_an_end(directory: Directory, query: Query) -> Iterator[Reason]:
    """Find the longest name at the end of the words, and the longest at their start, ignoring the other words."""
    count = len(query.words)
    endings = (query.words[start:] for start in range(1, count))
    beginnings = (query.words[:end] for end in range(count - 1, 0, -1))
    for parts in (endings, beginnings):
        found = (tuple(_whole(directory, replace(query, words=words))) for words in parts)
        yield from _limited(next(filter(None, found), ()), "possible")


STEPS = (_whole, _address, _part, _misspelt, _at_an_end)
"""The steps of a search; each is taken only if the steps before it found nothing."""
NEARLY = (_misspelt, _at_an_end)
"""The steps that find something other than the words typed."""


def _read(directory: Directory, typed: str) -> tuple[Query, ...]:
    """Return every reading of the words that somebody typed, the most literal first."""
    whole = Query(tuple(fold(typed).split()[-MOST_WORDS:]))
    parted = _without_ends(directory, whole)
    return tuple(dict.fromkeys((whole, parted, _without_first_code(directory, parted))))


def _without_ends(directory: Directory, query: Query) -> Query:
    """Take the state, the postcode and the country off the end, in any order."""
    while shorter := next(_shortened(directory, query), None):
        query = shorter
    return query


def _shortened(directory: Directory, query: Query) -> Iterator[Query]:
    if not query.state:
        for name, code in directory.states.items():
            if (words := _before(query.words, name)) is not None:
                yield replace(query, words=words, state=code)
    if not query.code:
        for count in range(min(MOST_CODE_WORDS, len(query.words)), 0, -1):
            if found := directory.postcode("".join(query.words[-count:])):
                yield replace(query, words=query.words[:-count], code=found)
    if (words := _before(query.words, fold(directory.group.country.name))) is not None:
        yield replace(query, words=words)


def _before(words: tuple[str, ...], ending: str) -> tuple[str, ...] | None:
    last = tuple(ending.split())
    return words[: -len(last)] if last and words[-len(last) :] == last else None


def _without_first_code(directory: Directory, query: Query) -> Query:
    """Take a complete postcode off the start: "3121 Richmond"."""
    for count in range(min(MOST_CODE_WORDS, len(query.words)), 0, -1):
        code = directory.codes.get("".join(query.words[:count]))
        if code and not query.code:
            return replace(query, words=query.words[count:], code=code)
    return query

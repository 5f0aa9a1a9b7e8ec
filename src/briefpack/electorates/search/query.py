"""Split what somebody typed into titles, the words of a name or an address, a state and a postcode."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack.electorates.search.directory import Directory
from briefpack.text.spelling import fold

MOST_WORDS = 30
"""The most words that are read, counted from the end; no address is longer."""
MOST_CODE_WORDS = 3
"""The most words into which people split a postcode, such as SW1A 0AA."""


@dataclass(frozen=True)
class Query:
    """The words of a name or an address, and the state and postcode typed with them.

    `seat` is true if the words can only be an electorate's name ("Member for Wentworth"); `before` is the text
    before that, which may be its member's name ("Allegra Spender, Member for Wentworth").
    """

    words: tuple[str, ...]
    state: str | None = None
    code: str | None = None
    seat: bool = False
    before: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the words as one text, with spaces between them."""
        return " ".join(self.words)


def read(directory: Directory, typed: str) -> tuple[Query, ...]:
    """Return every way to split what somebody typed, the most literal first."""
    whole = Query(tuple(fold(typed).split()[-MOST_WORDS:]))
    seat = _seat(directory, whole)
    if seat:
        return tuple(dict.fromkeys((seat, _without_ends(directory, seat))))
    parted = _without_ends(directory, whole)
    return tuple(dict.fromkeys((whole, parted, _without_first_code(directory, parted))))


def without_titles(directory: Directory, words: Sequence[str]) -> tuple[str, ...]:
    """Return a person's name without titles and post-nominals."""
    titles = {fold(title) for title in (*directory.search.titles, directory.group.words.post_nominal or "")}
    kept = list(words)
    for end in (0, -1):
        while kept and kept[end] in titles:
            del kept[end]
    return tuple(kept)


def _seat(directory: Directory, query: Query) -> Query | None:
    """Return the query for "Wentworth" in "the Hon Member for Wentworth MP" or "Wentworth electorate", or None."""
    words = without_titles(directory, query.words)
    for phrase in sorted((tuple(fold(phrase).split()) for phrase in directory.search.seats), key=len, reverse=True):
        count = len(phrase)
        for place in range(len(words) - count):
            if words[place : place + count] == phrase:
                return replace(query, words=words[place + count :], seat=True, before=words[:place])
        if len(words) > count and words[-count:] == phrase:
            return replace(query, words=words[:-count], seat=True)
    return None


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
    """Return the words before an ending; None if they don't end with it."""
    last = tuple(ending.split())
    return words[: -len(last)] if last and words[-len(last) :] == last else None


def _without_first_code(directory: Directory, query: Query) -> Query:
    """Take a complete postcode off the start: "3121 Richmond"."""
    for count in range(min(MOST_CODE_WORDS, len(query.words)), 0, -1):
        code = directory.codes.get("".join(query.words[:count]))
        if code and not query.code:
            return replace(query, words=query.words[count:], code=code)
    return query

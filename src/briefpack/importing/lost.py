"""Find the words of a draft that are neither in its brief nor in the list of leftovers."""

from collections import Counter
from collections.abc import Iterable, Iterator

from briefpack.importing.blocks import passages_of
from briefpack.importing.draft import Draft, Leftover, Picture, Place
from briefpack.text import words

REASON = "not in any field of the brief"


def find(draft: Draft, written: Iterable[str]) -> Iterator[Leftover]:
    """Yield the words of each passage of a draft that are missing from what was written."""
    left = Counter(word for text in written for word in words.fold(text))
    for text, place in spoken(draft):
        missing = []
        for word in words.fold(text):
            if left[word]:
                left[word] -= 1
            else:
                missing.append(word)
        if missing:
            yield Leftover(" ".join(missing), place, REASON)


def spoken(draft: Draft) -> Iterator[tuple[str, Place | None]]:
    """Yield all words of a draft, each with its place: its title, its text, its notes, and the remarks on it."""
    yield draft.title, None
    yield draft.subtitle, None
    for block in draft.blocks:
        if isinstance(block, Picture):
            yield block.alt, block.place
        yield from ((passage.words, passage.place) for passage in passages_of(block))
    # A note that is written twice becomes one source.
    for note in dict.fromkeys(note.words for note in draft.notes):
        yield note, None
    for remark in draft.remarks:
        if remark.kind != "insertion":
            yield remark.words, remark.place

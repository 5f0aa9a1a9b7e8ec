"""Report the numbers of a draft that aren't figures because they have no unit."""

from collections.abc import Iterable, Iterator

from briefpack.importing.figures import Proposed
from briefpack.importing.found import Spoken
from briefpack.text import typography
from briefpack.text.locale import Locale

MOST_SHOWN = 20


def report(spoken: Iterable[Spoken], proposed: Proposed, locale: Locale) -> Iterator[str]:
    """Yield one sentence that lists the numbers left as typed, each with its place; nothing if there are none."""
    found = [number for each in spoken for number in _numbers(each, proposed, locale)]
    if found:
        more = f" and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
        yield f"numbers without a unit stay as typed: {', '.join(found[:MOST_SHOWN])}{more}"


def _numbers(spoken: Spoken, proposed: Proposed, locale: Locale) -> Iterator[str]:
    passage = spoken.passage
    links = proposed.links.get(passage.place.paragraph, ())
    for start, end in typography.loose_places(passage.words, locale):
        if not any(link.start < end + passage.offset and start + passage.offset < link.end for link in links):
            yield f"“{passage.words[start:end]}” (paragraph {passage.place.paragraph})"

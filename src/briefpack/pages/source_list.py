"""Number the sources of a brief, and those of the facts about electorates that it prints, in one list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefpack import schema
from briefpack.brief.figures import REFERENCE, split
from briefpack.brief.model import Brief, Source
from briefpack.electorates import ElectorateSet

Work = tuple[str, str | None, str | None]
"""What makes two sources the same: the publisher, the title and the date."""


@dataclass(frozen=True)
class SourceList:
    """The sources of a brief in order, then those of the electorate set's facts that it prints; each work once.

    The list is that of the whole brief, so a source has the same number in every document.
    """

    sources: tuple[Source, ...]
    numbers: Mapping[Work, int]

    def number(self, source: Source) -> int | None:
        """Return the number of a source; None if it isn't in the list."""
        return self.numbers.get(_work(source))


def of(brief: Brief, group: ElectorateSet | None) -> SourceList:
    """Return the list of a brief's sources."""
    every = (*brief.sources.values(), *(_of_set(brief, group) if group else ()))
    works: dict[Work, Source] = {}
    for source in every:
        works.setdefault(_work(source), source)
    return SourceList(tuple(works.values()), {work: number for number, work in enumerate(works, start=1)})


def _work(source: Source) -> Work:
    return source.publisher, source.title, source.date


def _of_set(brief: Brief, group: ElectorateSet) -> Iterator[Source]:
    """Yield the sources of the facts that a brief prints, and that of the members if it has a page for each of them."""
    for fact in dict.fromkeys(_facts(brief)):
        if fact in group.definitions:
            yield group.sources[group.definitions[fact].source]
    if brief.local and group.members_source:
        yield group.sources[group.members_source]


def _facts(brief: Brief) -> Iterator[str]:
    """Yield the facts that a brief names, in its keys and in its text; a figure's name is its own."""
    for _, part in schema.walk(brief):
        for field, value in part:
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, str):
                    names = [text] if "fact" in field else [split(found)[0] for found in REFERENCE.findall(text)]
                    yield from (name for name in names if name not in brief.figures)

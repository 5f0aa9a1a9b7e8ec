"""Number the sources of a brief and of facts about electorates, and show them as pages print them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote

from briefpack import schema
from briefpack.brief import markdown
from briefpack.brief.evidence import Source
from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet
from briefpack.text.locale import Locale

Work = tuple[str, str | None, str | None]
"""What makes two sources the same: the publisher, the title and the date."""


@dataclass(frozen=True)
class SourceList:
    """The sources of a brief in order, then the sources of the electorate set's facts that it prints; each work once.

    The list covers the whole brief, so a source has the same number in every document.
    """

    sources: tuple[Source, ...]
    numbers: Mapping[Work, int]

    def number(self, source: Source) -> int | None:
        """Return the number of a source; None if it isn't in the list."""
        return self.numbers.get(_work(source))


def listed(brief: Brief, group: ElectorateSet | None) -> SourceList:
    """Return the list of a brief's sources."""
    every = (*brief.sources.values(), *(_of_set(brief, group) if group else ()))
    works: dict[Work, Source] = {}
    for source in every:
        works.setdefault(_work(source), source)
    return SourceList(tuple(works.values()), {work: number for number, work in enumerate(works, start=1)})


def _work(source: Source) -> Work:
    return source.publisher, source.title, source.date


def _of_set(brief: Brief, group: ElectorateSet) -> Iterator[Source]:
    """Yield the sources of the facts that a brief prints, and the members' source if it has a page for each of them."""
    for fact in dict.fromkeys(_facts_named(brief)):
        if fact in group.definitions:
            yield group.sources[group.definitions[fact].source]
    if brief.local and group.members_source:
        yield group.sources[group.members_source]


def _facts_named(brief: Brief) -> Iterator[str]:
    """Yield the facts that a brief names, in its keys and in its text; a figure's name is its own."""
    for _, part in schema.walk(brief):
        for field, value in part:
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, str):
                    names = [text] if "fact" in field else [split(found)[0] for found in REFERENCE.findall(text)]
                    yield from (name for name in names if name not in brief.figures)


@dataclass(frozen=True)
class ShownSource:
    """A source as a page shows it.

    `what` describes it, if it has no title. `number` is its place in the list of all sources. `short` is its address
    without the parts that readers needn't type; `broken` also has places where a line may break.
    """

    id: str
    publisher: str
    title: str | None
    date: str | None
    url: str | None
    number: int | None = None
    what: str | None = None

    @property
    def short(self) -> str:
        """Return the address without its scheme and www, with letters decoded."""
        return ENCODED.sub(_decoded, re.sub(r"^https?://(www\.)?", "", self.url or "").rstrip("/"))

    @property
    def broken(self) -> str:
        """Return the address with breaks allowed after slashes, hyphens and underscores and before encoded spaces."""
        # With <wbr>, each part would become a link of its own.
        return re.sub(r"(?<=[/_-])(?=[^/_-])|(?=%20)", "\u200b", self.short)

    @property
    def host(self) -> str:
        """Return the host of the address."""
        return self.short.partition("/")[0]


def _decoded(found: re.Match[str]) -> str:
    """Decode percent-encoded letters; decoding anything else, such as a slash, would change the address."""
    text = unquote(found[0])
    return text if all(letter.isalnum() or letter in "-,'()" for letter in text) else found[0]


ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def of_brief(ledger: Ledger, listed: SourceList, source_id: str) -> ShownSource:
    """Return a source of the brief."""
    return _shown(ledger, listed, source_id, ledger.brief.sources[source_id])


def in_list(ledger: Ledger, listed: SourceList) -> tuple[ShownSource, ...]:
    """Return the list of all sources, in order."""
    return tuple(_shown(ledger, listed, "", source) for source in listed.sources)


def _shown(ledger: Ledger, listed: SourceList, source_id: str, source: Source) -> ShownSource:
    plain = partial(markdown.plain, ledger=ledger)
    title = plain(source.title) if source.title else None
    date = plain(source.date) if source.date else None
    what = plain(source.what) if source.what and not title else None
    return ShownSource(source_id, plain(source.publisher), title, date, source.url, listed.number(source), what)


def far_parts(group: ElectorateSet | None, locale: Locale) -> str:
    """Return the islands that a map of all electorates leaves out."""
    parts = (each.far_parts for each in group.electorates) if group else ()
    return locale.label("semicolon").join(filter(None, parts))


def of_facts(group: ElectorateSet | None, listed: SourceList, facts: Iterable[str]) -> tuple[ShownSource, ...]:
    """Return the sources of facts about electorates, each once."""
    found = dict.fromkeys(group.definitions[fact].source for fact in facts) if group else {}
    named = ((each, group.sources[each]) for each in found) if group else ()
    return tuple(
        ShownSource(key, each.publisher, each.title, each.date, each.url, listed.number(each)) for key, each in named
    )

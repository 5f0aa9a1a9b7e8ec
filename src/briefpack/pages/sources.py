"""Show the sources of a brief, and those of facts about electorates, as pages print them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote

from briefpack.brief import markdown
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Source
from briefpack.electorates import ElectorateSet
from briefpack.pages.source_list import SourceList
from briefpack.text.locale import Locale

ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True)
class ShownSource:
    """A source as a page shows it.

    `what` says what it is, if it has no title. `number` is its place in the list of all sources. `short` is its address without the parts that readers needn't type; `broken` also has places where a line may break.
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

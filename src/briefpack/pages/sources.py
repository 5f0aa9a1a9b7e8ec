"""Show the sources of a brief, and those of facts about electorates, as pages print them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote

from briefpack.brief import markdown
from briefpack.brief.figures import Ledger
from briefpack.electorates import ElectorateSet
from briefpack.text.locale import Locale

ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True)
class ShownSource:
    """A source as a page shows it.

    `short` is its address without the parts that readers needn't type; `broken` also has places where a line may break.
    """

    id: str
    publisher: str
    title: str | None
    date: str | None
    url: str | None

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


def of_brief(ledger: Ledger, source_id: str) -> ShownSource:
    """Return a source of the brief."""
    source = ledger.brief.sources[source_id]
    plain = partial(markdown.plain, ledger=ledger)
    title = plain(source.title) if source.title else None
    date = plain(source.date) if source.date else None
    return ShownSource(source_id, plain(source.publisher), title, date, source.url)


def far_parts(group: ElectorateSet | None, locale: Locale) -> str:
    """Return the islands that a map of all electorates leaves out."""
    parts = (each.far_parts for each in group.electorates) if group else ()
    return locale.label("semicolon").join(filter(None, parts))


def of_facts(group: ElectorateSet | None, facts: Iterable[str]) -> tuple[ShownSource, ...]:
    """Return the sources of facts about electorates, each once."""
    found = dict.fromkeys(group.definitions[fact].source for fact in facts) if group else {}
    named = ((each, group.sources[each]) for each in found) if group else ()
    return tuple(ShownSource(key, each.publisher, each.title, each.date, each.url) for key, each in named)

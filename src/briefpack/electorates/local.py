"""Put together a brief's content about one electorate: its fields, facts and sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from briefpack.brief import markdown
from briefpack.brief.figures import REFERENCE, Ledger
from briefpack.brief.model import Brief, LocalChart, LocalFact, Source
from briefpack.electorates.electorate import Electorate, ElectorateSet, Fact, ListedRow, State
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale

FIELDS = (
    "electorate",
    "electorate-possessive",
    "state",
    "state-short",
    "people",
    "country",
    "member",
    "party",
    "members-date",
)
"""The fields that a `local:` text may name, in addition to facts and figures."""


def fields(group: ElectorateSet, electorate: Electorate, locale: Locale) -> Mapping[str, str]:
    """Return every field and fact of an electorate as printed; unknown ones are left out."""
    member, state = electorate.member, electorate.state
    named = {
        "electorate": electorate.name,
        "electorate-possessive": locale.label("possessive", name=electorate.name),
        "state": in_a_sentence(state, locale),
        "state-short": _with_article(state.short, locale, the=state.the),
        "people": state.people or locale.label("people-in", place=in_a_sentence(state, locale)),
        "country": _with_article(group.country.name, locale, the=group.country.the),
        "member": member.styled if member else "",
        "party": member.party if member else "",
        "members-date": numbers.date(member.as_at if member else group.as_at, locale),
    }
    facts = {fact.id: written(fact, locale) for fact in electorate.facts.values()}
    texts = {name: markdown.escaped(text) for name, text in electorate.texts.items()}
    return {name: typography.tidy(value, locale) for name, value in (named | facts | texts).items() if value}


def in_a_sentence(state: State, locale: Locale) -> str:
    """Return a state's name as it reads in a sentence, with its article if it has one."""
    return _with_article(state.name, locale, the=state.the)


def _with_article(name: str, locale: Locale, *, the: bool) -> str:
    return locale.label("with-article", name=name) if the else name


def written(fact: Fact, locale: Locale) -> str:
    """Return a fact as printed; an estimate is marked as one."""
    return numbers.after_hedge(*parted(fact, locale), locale)


def parted(fact: Fact, locale: Locale) -> tuple[str, str]:
    """Return the two parts of a fact in large type: its hedge, if any, and its number."""
    return numbers.hedged("about" if fact.estimate else None, locale), numbers.written(fact.value, fact.unit, locale)


def known(facts: Iterable[LocalFact], electorate: Electorate) -> tuple[LocalFact, ...]:
    """Return the wanted facts that the electorate has, in order."""
    return tuple(wanted for wanted in facts if wanted.fact in electorate.facts)


def sentence(sentences: Iterable[str], book: Ledger) -> str:
    """Return the first sentence whose fields are all known; an empty text if there is none."""
    for text in sentences:
        named = [found.partition(":")[0] for found in REFERENCE.findall(text)]
        if all(name in book.fields or name in book.brief.figures for name in named):
            return text
    return ""


@dataclass(frozen=True)
class ShownFact:
    """A fact as a page shows it, with the values of the state and the nation where they can be compared.

    `number` is set large, and `hedge` is the word set small before it.
    """

    written: str
    hedge: str
    number: str
    caption: str
    estimate: bool
    of_state: bool
    state: str
    nation: str
    source: Source


@dataclass(frozen=True)
class ShownList:
    """A list of an electorate as a page shows it: its first rows, and how many more there are.

    Without rows, it has the words to print instead, in `empty`.
    """

    heading: str
    rows: tuple[ListedRow, ...]
    more: int
    empty: str


@dataclass(frozen=True)
class LocalContent:
    """A brief's content about one electorate, ready for its pages; `_written` collects the facts used so far."""

    brief: Brief
    group: ElectorateSet
    electorate: Electorate
    locale: Locale
    fields: Mapping[str, str]
    _written: dict[LocalFact, ShownFact] = field(default_factory=dict)

    @property
    def possessive(self) -> str:
        """Return the electorate's name in the possessive."""
        return self.fields["electorate-possessive"]

    @property
    def charts(self) -> tuple[tuple[str, LocalChart], ...]:
        """Return the electorate's charts that can be drawn, each with its name in the document."""
        charts = self.brief.local.charts if self.brief.local else ()
        return tuple((f"local-{n}", chart) for n, chart in enumerate(charts) if chart.fact in self.electorate.facts)

    def facts(self, wanted: Iterable[LocalFact], most: int) -> tuple[ShownFact, ...]:
        """Return the first facts, up to `most`, that the electorate has."""
        found = known(wanted, self.electorate)[:most]
        for each in found:
            if each not in self._written:
                self._written[each] = self._shown(each)
        return tuple(self._written[each] for each in found)

    def sentence(self, sentences: Iterable[str]) -> str:
        """Return the first sentence whose fields are all known; an empty text if there is none."""
        return sentence(sentences, Ledger(self.brief, self.locale, self.fields))

    def listed(self, list_id: str | None, most: int | None = None) -> ShownList | None:
        """Return a list of the electorate, with at most `most` rows; None if nothing of it prints."""
        wanted = self.brief.local_lists.get(list_id or "")
        rows = self.electorate.lists.get(list_id or "", ())
        if wanted is None or not (rows or (wanted.empty and most is None)):
            return None
        limit = min(filter(None, (wanted.at_most, most)), default=len(rows))
        return ShownList(wanted.heading or "", rows[:limit], len(rows[limit:]), "" if rows else wanted.empty or "")

    def credits(self, facts: Iterable[ShownFact]) -> tuple[str, ...]:
        """Return the credits for facts: each publisher once, with all its sources."""
        found = dict.fromkeys(fact.source for fact in facts)
        publishers = dict.fromkeys(source.publisher for source in found)
        return tuple(_credit(self.locale, *(each for each in found if each.publisher == name)) for name in publishers)

    def chart_credit(self, chart: LocalChart) -> str:
        """Return the credit for a chart of the electorate."""
        return _credit(self.locale, self.group.sources[self.electorate.facts[chart.fact].source])

    def _shown(self, wanted: LocalFact) -> ShownFact:
        fact = self.electorate.facts[wanted.fact]
        state, nation = (_plainly(value, fact.unit, self.locale) for value in (fact.state_value, fact.nation_value))
        of_state = fact.level == "state"
        source = self.group.sources[fact.source]
        hedge, number = parted(fact, self.locale)
        return ShownFact(
            written(fact, self.locale), hedge, number, wanted.caption, fact.estimate, of_state, state, nation, source
        )


def _credit(locale: Locale, first: Source, *more: Source) -> str:
    """Return the credit for one publisher's sources: its name, and the title and date of each."""
    comma, semicolon = locale.label("comma"), locale.label("semicolon")
    titled = (comma.join(filter(None, (each.title, _unbroken(each.date or "")))) for each in (first, *more))
    return typography.tidy(comma.join(filter(None, (first.publisher, semicolon.join(filter(None, titled))))), locale)


def _unbroken(date: str) -> str:
    return date.replace(" ", numbers.NO_BREAK)


def _plainly(value: Decimal | None, unit: str, locale: Locale) -> str:
    return "" if value is None else numbers.written(value, unit, locale)

"""Says of one electorate what a brief has to say: its fields, and the facts and sentences that it has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from briefpack import electorates, numerals
from briefpack.electorates import Electorate, ElectorateSet, Fact
from briefpack.ledger import REFERENCE, Ledger
from briefpack.model import Brief, LocalChart, LocalFact, Source

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
"""What the text of a `local:` part may name besides facts and figures."""


def fields(group: ElectorateSet, electorate: Electorate) -> Mapping[str, str]:
    """Every field and fact of an electorate, as written; what is not known is not there."""
    member = electorate.member
    named = {
        "electorate": electorate.name,
        "electorate-possessive": electorates.possessive(electorate.name),
        "state": electorate.state.named,
        "state-short": f"{'the ' if electorate.state.the else ''}{electorate.state.short}",
        "people": electorate.state.people,
        "country": f"{'the ' if group.country.the else ''}{group.country.name}",
        "member": member.styled if member else "",
        "party": member.party if member else "",
        "members-date": numerals.date(member.as_at if member else group.as_at),
    }
    facts = {fact.id: written(fact) for fact in electorate.facts.values()}
    return {name: numerals.tidy(value) for name, value in (named | facts).items() if value}


def written(fact: Fact) -> str:
    """A fact as written; one that is an estimate says so."""
    return " ".join(filter(None, parted(fact)))


def parted(fact: Fact) -> tuple[str, str]:
    """A fact as it is set large: its hedge, and the number that it hedges."""
    return ("about" if fact.estimate else "", numerals.written(fact.value, fact.unit))


def known(facts: Iterable[LocalFact], electorate: Electorate) -> tuple[LocalFact, ...]:
    """Those of the facts wanted that the electorate has, in order."""
    return tuple(wanted for wanted in facts if wanted.fact in electorate.facts)


def sentence(sentences: Iterable[str], book: Ledger) -> str:
    """The first sentence of which every field is known; an empty one if there is none."""
    for text in sentences:
        named = [found.partition(":")[0] for found in REFERENCE.findall(text)]
        if all(name in book.fields or name in book.brief.figures for name in named):
            return text
    return ""


@dataclass(frozen=True)
class ShownFact:
    """A fact as a page shows it, with the same of the state and the country where they can be compared.

    `number` is what is set large of it, and `hedge` the word that stands small before the number.
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
class Said:
    """What the brief says of one electorate, ready for its pages; `shown` are the facts written so far."""

    brief: Brief
    group: ElectorateSet
    electorate: Electorate
    fields: Mapping[str, str]
    shown: dict[LocalFact, ShownFact] = field(default_factory=dict)

    @property
    def possessive(self) -> str:
        """The electorate's name with its apostrophe."""
        return self.fields["electorate-possessive"]

    @property
    def charts(self) -> tuple[tuple[str, LocalChart], ...]:
        """The charts of the electorate that can be drawn, each with its name in the document."""
        charts = self.brief.local.charts if self.brief.local else ()
        return tuple((f"local-{n}", chart) for n, chart in enumerate(charts) if chart.fact in self.electorate.facts)

    def facts(self, wanted: Iterable[LocalFact], most: int) -> tuple[ShownFact, ...]:
        """The first facts, up to `most`, that the electorate has."""
        found = known(wanted, self.electorate)[:most]
        for each in found:
            if each not in self.shown:
                self.shown[each] = self._shown(each)
        return tuple(self.shown[each] for each in found)

    def sentence(self, sentences: Iterable[str]) -> str:
        """The first sentence of which every field is known."""
        return sentence(sentences, Ledger(self.brief, self.fields))

    def credits(self, facts: Iterable[ShownFact]) -> tuple[str, ...]:
        """Who is to be credited for facts: each publisher once, with all that is taken from it."""
        found = dict.fromkeys(fact.source for fact in facts)
        publishers = dict.fromkeys(source.publisher for source in found)
        return tuple(_credit(*(each for each in found if each.publisher == name)) for name in publishers)

    def chart_credit(self, chart: LocalChart) -> str:
        """Who is to be credited for a chart of the electorate."""
        return _credit(self.group.sources[self.electorate.facts[chart.fact].source])

    def _shown(self, wanted: LocalFact) -> ShownFact:
        fact = self.electorate.facts[wanted.fact]
        state, nation = (_plainly(value, fact.unit) for value in (fact.state_value, fact.nation_value))
        of_state = fact.level == "state"
        source = self.group.sources[fact.source]
        return ShownFact(written(fact), *parted(fact), wanted.caption, fact.estimate, of_state, state, nation, source)


def _credit(first: Source, *more: Source) -> str:
    """One publisher's sources: its name, and the title and date of each."""
    titled = (", ".join(filter(None, (each.title, _unbroken(each.date or "")))) for each in (first, *more))
    return numerals.tidy(", ".join(filter(None, (first.publisher, "; ".join(filter(None, titled))))))


def _unbroken(date: str) -> str:
    return date.replace(" ", numerals.NO_BREAK)


def _plainly(value: Decimal | None, unit: str) -> str:
    return "" if value is None else numerals.written(value, unit)

"""Put together a brief's content about one electorate: its fields, facts, sentences and headline."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from briefpack.brief import markdown
from briefpack.brief.evidence import Source
from briefpack.brief.figures import REFERENCE, Ledger
from briefpack.brief.local_page import HeadlineRule, LocalAsk, LocalChart, LocalFact, LocalStrip, Rank
from briefpack.brief.model import Ask, Brief, Theme
from briefpack.electorates.electorate import Electorate, ElectorateSet, Fact, ListedRow, Standing, State
from briefpack.electorates.fields import VARIANTS, Fields, rough
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale

FIELDS = (
    "electorate", "electorate-possessive", "state", "state-short", "people", "country", "member", "salutation", "party",
    "members-date",
)  # fmt: skip
"""The fields that a `local:` text may name, in addition to facts and figures."""
FEWEST_STRIPS = 2
"""How many strips a page has at least, if it can: one alone leaves the room beside the map empty."""


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
        "salutation": salutation(electorate, locale),
        "party": member.party if member else "",
        "members-date": numbers.date(member.as_at if member else group.as_at, locale),
    }
    facts = {fact.id: written(fact, locale) for fact in electorate.facts.values()}
    facts |= {name: value for fact in electorate.facts.values() for name, value in _range(fact, locale)}
    texts = {name: markdown.escaped(text) for name, text in electorate.texts.items()}
    written_out = {name: typography.tidy(value, locale) for name, value in (named | facts | texts).items() if value}
    return Fields(written_out, electorate.facts, locale)


def salutation(electorate: Electorate, locale: Locale) -> str:
    """Return the words after "Dear": the set's own, or those of the language, from which no gender follows."""
    if electorate.member is None:
        return locale.label("salutation-of-seat", name=electorate.name)
    return electorate.member.salutation or locale.label("salutation", name=electorate.member.name)


def names(group: ElectorateSet) -> tuple[str, ...]:
    """Return every name that a `local:` text may use: fields, facts, ends of ranges, and `{fact:median}` and so on."""
    ranged = (fact_id for fact_id, spec in group.definitions.items() if spec.low or spec.error)
    ends = (f"{fact_id}-{end}" for fact_id in ranged for end in ("low", "high"))
    beside = (f"{fact_id}:{variant}" for fact_id in group.definitions for variant in VARIANTS)
    return (*FIELDS, *group.definitions, *group.texts, *ends, *beside)


def _range(fact: Fact, locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield the names of the two ends of a fact's range, with each as printed; nothing if it has no range."""
    for name, end in (("low", fact.low), ("high", fact.high)):
        if end is not None:
            yield f"{fact.id}-{name}", numbers.written(end, fact.unit, locale)


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
    found = ((wanted, electorate.facts.get(wanted.fact)) for wanted in facts)
    return tuple(each for each, fact in found if fact and (each.at_least is None or fact.value >= each.at_least))


def sentence(sentences: Iterable[str], book: Ledger) -> str:
    """Return the first sentence whose fields are all known; an empty text if there is none."""
    return next((text for text in sentences if _says(text, book)), "")


def _says(text: str, book: Ledger) -> bool:
    return all(knows(found, book) for found in REFERENCE.findall(text))


def knows(reference: str, book: Ledger) -> bool:
    """Return whether a reference has a value: a figure of the brief, or a field that the electorate has."""
    name, _, variant = reference.partition(":")
    if book.figure(name):
        return True
    return name in book.fields and (variant in ("", *numbers.VARIANTS) or reference in book.fields)


@dataclass(frozen=True)
class ShownFact:
    """A fact as a page shows it, with the values of the state and the nation where they can be compared.

    `number` is set large, and `hedge` is the word set small before it.
    """

    id: str
    written: str
    hedge: str
    number: str
    caption: str
    estimate: bool
    of_state: bool
    state: str
    nation: str
    source: Source
    wide: bool = False


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
class Headline:
    """The headline of an electorate's page: the id of its rule, which is empty if none applies, and its words."""

    rule: str
    heading: str
    standfirst: str


@dataclass(frozen=True)
class ShownAsk:
    """An ask that touches an electorate: its number in the brief, and the sentence about it."""

    number: int
    ask: Ask
    sentence: str


@dataclass(frozen=True)
class NamedFact:
    """A fact that a page's words name: its source, and its range in words if it is an estimate with one."""

    estimate: bool
    range: str
    source: Source


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

    @property
    def headline(self) -> Headline:
        """Return the headline of the electorate's page, from the first rule that applies or else from the brief."""
        own, rule = self.brief.local, self._rule
        assert own is not None  # noqa: S101 -- there is no page without local:
        words = rule or own
        return Headline(rule.id if rule else "", words.heading, words.standfirst or "")

    @cached_property
    def _rule(self) -> HeadlineRule | None:
        """Return the first rule for the headline that applies; None if none does."""
        rules = self.brief.local.headlines if self.brief.local else ()
        book = Ledger(self.brief, self.locale, self.fields)

        def says(rule: HeadlineRule) -> bool:
            return _says(f"{rule.heading} {rule.standfirst or ''}", book)

        return choose(rules, self.electorate.facts.get, says)

    def asks(self, most: int) -> tuple[ShownAsk, ...]:
        """Return the asks that touch the electorate, in the order of the brief.

        The headline's ask is chosen first, then an ask with a sentence about the headline's fact, then the asks that
        are named first, up to `most` in all. A sentence about that fact comes before the ask's other sentences.
        """
        rule, listed = self._rule, self.brief.local.asks if self.brief.local else ()
        said = [(each.ask, words) for each in listed if self._stands_out(each) for words in each.sentences]
        if rule:
            said.sort(key=lambda pair: (pair[0] != rule.ask, rule.fact not in _named_in(pair[1])))
        sentences: dict[str, str] = {}
        for ask, words in said:
            if ask not in sentences and len(sentences) < most and self.sentence([words]):
                sentences[ask] = words
        asks = enumerate(self.brief.asks, start=1)
        return tuple(ShownAsk(number, ask, sentences[ask.id]) for number, ask in asks if ask.id in sentences)

    def _stands_out(self, wanted: LocalAsk | LocalStrip) -> bool:
        """Return whether the number of an ask or a strip has the place that it must have; True if any place will do."""
        rank = wanted.stands_out
        fact = self.electorate.facts.get(rank.fact) if rank else None
        return rank is None or bool(fact and fact.standing and _reaches(rank, fact.standing))

    def strips(self, beside: Iterable[ShownAsk] | None) -> list[LocalStrip]:
        """Return the strips about some asks, and about no ask; all strips if `beside` is None.

        The strip of the headline's fact comes first, then the other strips about the headline's ask.
        """
        rule, listed = self._rule, self.brief.local.strips if self.brief.local else ()
        shown = None if beside is None else {each.ask.id for each in beside}
        about = [each for each in listed if shown is None or each.ask is None or each.ask in shown]
        standing = [each for each in about if self._stands_out(each)]
        about = standing if len(standing) >= FEWEST_STRIPS else about
        return sorted(about, key=lambda each: (each.fact != rule.fact, each.ask != rule.ask)) if rule else about

    def facts(self, wanted: Iterable[LocalFact], most: int) -> tuple[ShownFact, ...]:
        """Return the first facts, up to `most`, that the electorate has, with its headline's fact first."""
        rule = self._rule
        leading = sorted(wanted, key=lambda each: not (rule and each.fact == rule.fact))
        found = known(leading, self.electorate)[:most]
        for each in found:
            if each not in self._written:
                self._written[each] = self._shown(each)
        return tuple(self._written[each] for each in found)

    def tells_of(self, of: Ask | Theme) -> bool:
        """Return whether an ask or a theme has words for the electorate that its page can print.

        Words for the nation take the place of a sentence whose number the electorate hasn't.
        """
        words = of.local
        if words is None:
            return False
        alone = not (words.facts and of.national)
        said = known(words.facts, self.electorate) or (alone and self.sentence(words.sentences))
        return bool(said or self.listed(words.local_list, 1))

    def sentence(self, sentences: Iterable[str]) -> str:
        """Return the first sentence whose fields are all known; an empty text if there is none."""
        return sentence(sentences, Ledger(self.brief, self.locale, self.fields))

    def listed(self, list_id: str | None, most: int | None = None) -> ShownList | None:
        """Return a list of the electorate, with at most `most` rows; None if it prints nothing."""
        wanted = self.brief.local_lists.get(list_id or "")
        rows = self.electorate.lists.get(list_id or "", ())
        if wanted is None or not (rows or (wanted.empty and most is None)):
            return None
        limit = min(filter(None, (wanted.at_most, most)), default=len(rows))
        return ShownList(wanted.heading or "", rows[:limit], len(rows[limit:]), "" if rows else wanted.empty or "")

    def named(self, texts: Iterable[str], facts: Iterable[str]) -> tuple[NamedFact, ...]:
        """Return the facts that some texts name, and some others, each once."""
        named = (name for text in texts for name in _named_in(text))
        known = (self.electorate.facts.get(name) for name in dict.fromkeys((*named, *facts)))
        return tuple(self._named(fact) for fact in known if fact)

    def _named(self, fact: Fact) -> NamedFact:
        low, high = (_plainly(rough(end), fact.unit, self.locale) if end else "" for end in (fact.low, fact.high))
        ends = self.locale.label("from-to", low=low, high=high) if low and high and low != high else ""
        measures = {strip.fact: strip.measure for strip in self.brief.local.strips} if self.brief.local else {}
        name = measures.get(fact.id) or fact.label
        said = self.locale.label("value-of", name=name, value=ends) if ends and fact.estimate else ""
        return NamedFact(fact.estimate, said, self.group.sources[fact.source])

    def credits(
        self, facts: Iterable[ShownFact | NamedFact], charts: Iterable[tuple[str, LocalChart]] = ()
    ) -> tuple[str, ...]:
        """Return the credits for facts and charts: each publisher once, with all its sources."""
        charted = (self.group.sources[self.electorate.facts[chart.fact].source] for _, chart in charts)
        found = dict.fromkeys((*(fact.source for fact in facts), *charted))
        publishers = dict.fromkeys(source.publisher for source in found)
        return tuple(_credit(self.locale, *(each for each in found if each.publisher == name)) for name in publishers)

    def _shown(self, wanted: LocalFact) -> ShownFact:
        fact = self.electorate.facts[wanted.fact]
        state, nation = (_plainly(value, fact.unit, self.locale) for value in (fact.state_value, fact.nation_value))
        of_state = fact.level == "state"
        source = self.group.sources[fact.source]
        hedge, number = parted(fact, self.locale)
        hedge = hedge or numbers.hedged(wanted.hedge, self.locale)
        return ShownFact(
            fact.id,
            numbers.after_hedge(hedge, number, self.locale),
            hedge,
            number,
            wanted.caption,
            fact.estimate,
            of_state,
            state,
            nation,
            source,
            fact.wide,
        )


def _named_in(text: str) -> list[str]:
    return [found.partition(":")[0] for found in REFERENCE.findall(text)]


def _credit(locale: Locale, first: Source, *more: Source) -> str:
    """Return the credit for one publisher's sources: its name, and the title and date of each."""
    comma, semicolon = locale.label("comma"), locale.label("semicolon")
    titled = (
        comma.join(filter(None, (each.title, (each.date or "").replace(" ", numbers.NO_BREAK))))
        for each in (first, *more)
    )
    return typography.tidy(comma.join(filter(None, (first.publisher, semicolon.join(filter(None, titled))))), locale)


def _plainly(value: Decimal | None, unit: str, locale: Locale) -> str:
    return "" if value is None else numbers.written(value, unit, locale)


def choose(
    rules: Iterable[HeadlineRule], facts: Callable[[str], Fact | None], says: Callable[[HeadlineRule], bool]
) -> HeadlineRule | None:
    """Return the rule whose words an electorate's page has as its headline; None if no rule applies.

    `facts` looks up a fact of the electorate, and `says` tells whether everything that a rule's words name is known
    there. Rules about the highest and lowest come first: the rule with the best rank and, of equal ranks, the first
    rule. Of the rules about the median, the rule whose number is furthest from it applies.
    """
    known = [(rule, fact.standing) for rule in rules if (fact := facts(rule.fact)) and fact.standing and says(rule)]
    reached = [(rule, standing) for rule, standing in known if _reaches(rule, standing)]
    return min(reached, key=lambda each: _order(*each))[0] if reached else None


def _order(rule: Rank, standing: Standing) -> tuple[bool, float]:
    """Return what is least for the rule that comes first."""
    beyond = _perhaps_beyond(rule, standing)
    return rule.of_median, beyond - _before_median(standing) if rule.of_median else beyond


def _reaches(rank: Rank, standing: Standing) -> bool:
    """Return whether an electorate has a place for certain."""
    beyond = _perhaps_beyond(rank, standing)
    if rank.of_median:
        return beyond < min(_before_median(standing), rank.among or standing.total)
    return beyond < (rank.among or 1)


def _before_median(standing: Standing) -> float:
    """Return how many places there are before the median."""
    return (standing.total - 1) / 2


def _perhaps_beyond(rank: Rank, standing: Standing) -> int:
    """Return how many others may be as high, or as low, as an electorate."""
    return standing.perhaps_above if rank.of_high else standing.perhaps_below

"""Define an electorate set as it is loaded, find one of its electorates by name, and name its states in a language."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

from briefpack.electorates.model import Country, FactSpec, Notice, SetSource, StateSpec, Translation, Words
from briefpack.text import numbers

VACANT = "vacant"
"""The word that replaces a member's name when the seat is vacant."""


@dataclass(frozen=True)
class State:
    """A state, or another part of the country with electorates of its own."""

    code: str
    name: str
    short: str
    the: bool
    people: str


@dataclass(frozen=True)
class Role:
    """A member's role in government, as it prints, and the date of that information."""

    title: str
    as_at: datetime.date
    # A row that only moves to another line prints as before.
    line: int | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Member:
    """An electorate's sitting member, and the person and party that it elected.

    `side` is government, opposition or cross-bench, or empty if the set doesn't say which parties govern.
    `title` is the word for this member, such as Députée, and `salutation` a letter's greeting, without its "Dear".
    Both are empty if the set doesn't have them in the language of the brief; `roles` has none in another language.
    """

    name: str
    party: str
    elected_name: str
    elected_party: str
    as_at: datetime.date
    note: str
    post_nominal: str | None
    roles: tuple[Role, ...] = ()
    title: str = ""
    salutation: str = ""
    side: str = ""

    @property
    def listed_at(self) -> datetime.date:
        """Return the oldest date among the member's details and roles."""
        return min(self.as_at, *(role.as_at for role in self.roles)) if self.roles else self.as_at

    @property
    def changed(self) -> bool:
        """Return whether the person or the party isn't the one elected."""
        elected = (self.elected_name or self.name, self.elected_party or self.party)
        return (self.name, self.party) != elected

    @property
    def styled(self) -> str:
        """Return the name with its post-nominals, kept on one line."""
        return numbers.NO_BREAK.join(filter(None, (self.name, self.post_nominal)))


@dataclass(frozen=True)
class FormOfAddress:
    """How a member is addressed in one language; the fields are those of the member."""

    title: str = ""
    salutation: str = ""
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Office:
    """A member's office, telephone number and email address; anything unknown is empty."""

    address: str
    suburb: str
    state: str
    postcode: str
    phone: str
    email: str


@dataclass(frozen=True)
class Change:
    """A change to an electorate's member after the election."""

    date: datetime.date
    event: str
    detail: str


@dataclass(frozen=True)
class Moment:
    """A number's earlier or present value; `breaks` if it doesn't compare with the values before it."""

    when: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    breaks: bool = False


@dataclass(frozen=True)
class Standing:
    """The rank of a number among the numbers of all electorates.

    `above` and `below` count the other electorates with a higher or a lower number, before it is rounded to print.
    `perhaps_above` and `perhaps_below` count the electorates that may be as high or as low, given the range of each
    estimate; for an exact number that no other electorate has, they equal `above` and `below`.
    """

    total: int
    above: int
    below: int
    perhaps_above: int
    perhaps_below: int
    median: Decimal
    lowest: Decimal
    highest: Decimal

    @property
    def shared(self) -> bool:
        """Return whether another electorate has the same number."""
        return self.total - self.above - self.below > 1

    @property
    def unsure(self) -> bool:
        """Return whether ranges allow another place, counted from the nearer end."""
        if self.above <= self.below:
            return self.above != self.perhaps_above
        return self.below != self.perhaps_below


@dataclass(frozen=True)
class Fact:
    """A number about an electorate or its state, with the state and national values where they can be given.

    `exact` is the number before it was rounded, as far as the set has it. `low` and `high` are the ends of its range,
    if it is an estimate or a survey's. `standing` is its place among all electorates, and `history` its values over
    time; both are None or empty if the set has none.
    """

    id: str
    value: Decimal
    unit: str
    label: str
    level: Literal["electorate", "state"]
    estimate: bool
    source: str
    as_at: str
    state_value: Decimal | None
    nation_value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    exact: Decimal | None = None
    standing: Standing | None = None
    history: tuple[Moment, ...] = ()
    nation_history: tuple[Moment, ...] = ()

    @property
    def wide(self) -> bool:
        """Return whether the range is so wide that the number says little: over half of the number."""
        return self.low is not None and self.high is not None and self.high - self.low > abs(self.value) / 2


@dataclass(frozen=True)
class ListedRow:
    """A row of a brief's list about one electorate: its words as they print, plain and as HTML, and any link.

    `cells` are the cells of the file that the words are made of. `line` is the row's line in the file at `path`.
    """

    words: str
    html: str
    cells: tuple[str, ...]
    link: str
    # A row that only moves to another line prints as before.
    path: str = field(default="", repr=False, compare=False)
    line: int | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Portrait:
    """A member's portrait: its path in the project, its credit, the last day of its consent, and its hash.

    `line` is its line in the file of credits, and `alt` its alternative text, if it needs one of its own. A page
    depends on the whole record, and so on the bytes of the file.
    """

    shown: str
    credit: str
    until: datetime.date | None
    sha256: str
    line: int
    alt: str = ""


@dataclass(frozen=True)
class Electorate:
    """One electorate; `line` is its line in the file of electorates, `far_parts` any parts off its state's map.

    `texts` are its facts that are texts, by id, and `lists` the rows of each list of the brief.
    """

    slug: str
    name: str
    state: State
    member: Member | None
    no_member: Literal["", "vacant", "unknown"]
    office: Office
    far_parts: str
    changes: tuple[Change, ...]
    facts: Mapping[str, Fact]
    words: Words
    line: int
    portrait: Portrait | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[ListedRow, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipient:
    """A person, or a body such as a committee, whom documents are for.

    `title` stands before the name and `post_nominal` after it, and `office` says what they are; a member has a `seat`
    instead, the name of the electorate whose slug is in `electorate`. `state` is theirs, if they have one. `as_at` is
    the date of all this in words, and `until` the day on which they left.
    """

    name: str
    title: str = ""
    post_nominal: str = ""
    salutation: str = ""
    office: str = ""
    side: str = ""
    party: str = ""
    committees: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    electorate: str = ""
    seat: str = ""
    state: State | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    source: str = ""
    as_at: str = ""
    # A row that only moves to another line prints as before.
    until: datetime.date | None = field(default=None, repr=False, compare=False)

    @property
    def styled(self) -> str:
        """Return the name with the title before it, and with the letters after it on one line."""
        return f"{self.title} {self.name}{numbers.NO_BREAK}{self.post_nominal}".strip()


@dataclass(frozen=True)
class Town:
    """A place to label on a map; rank 1 is the most important."""

    name: str
    state: State
    longitude: float
    latitude: float
    rank: int


@dataclass(frozen=True)
class Settlement:
    """A town or suburb in an electorate; rank 1 is the most important there. `office` says that its office is there."""

    name: str
    longitude: float
    latitude: float
    rank: int
    kind: str = ""
    office: bool = False


OF_THE_SET = (
    "name", "title", "language", "words", "country", "states", "sources", "notices", "notice", "as_at", "members_source",
)  # fmt: skip
"""The attributes of a set that a page may read, because they are the same for all its electorates."""


@dataclass(frozen=True)
class ElectorateSet:
    """The electorates of a parliament, sorted by slug; `path` is their file, as problems name it.

    `definitions` are the facts that are numbers, and `texts` the ids of the facts that are texts. `hexes` are the
    places of its electorates on a map of hexagons, and `places` the towns and suburbs of each. `forms_of_address` are
    by language and then by slug, and `recipients` people who represent no electorate, such as senators.
    """

    name: str
    title: str
    language: str
    words: Words
    translations: Mapping[str, Translation]
    country: Country
    # A page that prints the set itself shows none of these.
    electorates: tuple[Electorate, ...] = field(repr=False)
    states: Mapping[str, State]
    sources: Mapping[str, SetSource]
    notices: Mapping[str, Notice]
    towns: tuple[Town, ...] = field(repr=False)
    definitions: Mapping[str, FactSpec]
    as_at: datetime.date
    files: Mapping[str, Path] = field(repr=False)
    path: str
    hexes: Mapping[str, tuple[int, int]] = field(default_factory=dict, repr=False)
    texts: tuple[str, ...] = ()
    places: Mapping[str, tuple[Settlement, ...]] = field(default_factory=dict, repr=False)
    members_source: str = ""
    forms_of_address: Mapping[str, Mapping[str, FormOfAddress]] = field(default_factory=dict, repr=False)
    recipients: tuple[Recipient, ...] = ()

    @cached_property
    def by_slug(self) -> Mapping[str, Electorate]:
        """Return the electorates by slug."""
        return {electorate.slug: electorate for electorate in self.electorates}

    def notice(self, notice: str, product: str) -> str:
        """Return a notice's full wording, for the product that carries it."""
        return self.notices[notice].full.replace("{product}", product)


def translation(group: ElectorateSet, language: str) -> Translation | None:
    """Return a set's words in a language, or in the language that it is a variant of; None without a translation."""
    return group.translations.get(language) or group.translations.get(_base(language))


def is_own(group: ElectorateSet, language: str) -> bool:
    """Return whether a language is a set's own, or a variant of it."""
    return _base(language) == _base(group.language)


def _base(language: str) -> str:
    return language.partition("-")[0].casefold()


def translated(group: ElectorateSet, language: str) -> ElectorateSet:
    """Return a set in a language: its members as that language addresses them, its country and its states."""
    found, own = translation(group, language), is_own(group, language)
    base = group.language if own else _base(language)
    forms = group.forms_of_address.get(language) or group.forms_of_address.get(base, {})
    words = group.words if own else found
    post_nominal = words.post_nominal if words else None
    members = (_addressed(each, forms.get(each.slug, FormOfAddress()), post_nominal) for each in group.electorates)
    group = replace(group, electorates=tuple(members))
    if found is None or not (found.country or found.states):
        return group
    states = {code: named(state, found.states) for code, state in group.states.items()}
    return replace(
        group,
        country=group.country.model_copy(update={"name": found.country or group.country.name}),
        states=states,
        electorates=tuple(replace(each, state=states[each.state.code]) for each in group.electorates),
        towns=tuple(replace(each, state=states[each.state.code]) for each in group.towns),
    )


def _addressed(electorate: Electorate, form: FormOfAddress, post_nominal: str | None) -> Electorate:
    if electorate.member is None:
        return electorate
    title, salutation, roles = form.title, form.salutation, form.roles
    member = replace(electorate.member, post_nominal=post_nominal, title=title, salutation=salutation, roles=roles)
    return replace(electorate, member=member)


def named(state: State, specs: Mapping[str, StateSpec]) -> State:
    """Return a state with the name, the short name and the people that a translation gives it."""
    spec = specs.get(state.code)
    if spec is None:
        return state
    return State(state.code, spec.name, spec.short or state.short, spec.the, spec.people or "")

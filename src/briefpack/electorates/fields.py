"""Write the fields of an electorate, and the numbers that go with each of its facts, such as its median."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from briefpack.electorates.electorate import Fact, Standing
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale

LARGEST_IN_WORDS = 10
"""The first whole number that running text sets in digits."""


class Fields(Mapping[str, str]):
    """An electorate's fields by name; `{children:median}` and the like are written when they are looked up."""

    def __init__(self, named: Mapping[str, str], facts: Mapping[str, Fact], locale: Locale) -> None:
        """Keep the fields that are written already, and the facts to write the rest from."""
        self._named, self._facts, self._locale = named, facts, locale

    def __getitem__(self, name: str) -> str:
        """Return a field as printed. Raises KeyError if the electorate has none of that name."""
        fact_id, _, variant = name.partition(":")
        if not variant:
            return self._named[name]
        return typography.tidy(VARIANTS[variant](self._facts[fact_id], self._locale), self._locale)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the fields that are written already."""
        return iter(self._named)

    def __len__(self) -> int:
        """Return how many fields are written already."""
        return len(self._named)


def _standing(fact: Fact) -> Standing:
    if fact.standing is None:
        raise KeyError(fact.id)
    return fact.standing


def _beyond(count: int, fact: Fact, locale: Locale) -> str:
    """Write how many electorates are higher or lower. Raises KeyError for a rounded share that another also has."""
    if fact.unit in PERCENTAGES and not fact.estimate and _standing(fact).shared:
        raise KeyError(fact.id)
    return _count(count, fact, locale)


PERCENTAGES = ("%", "percentage points")


def _amount(value: Decimal | None, fact: Fact, locale: Locale) -> str:
    if value is None:
        raise KeyError(fact.id)
    return numbers.written(value, fact.unit, locale)


def rough(value: Decimal) -> Decimal:
    """Return the end of a range with three significant digits: more would claim to know it better than its middle."""
    places = value.adjusted() + 1 - DIGITS_OF_A_RANGE
    return value.quantize(Decimal(1).scaleb(places)).quantize(Decimal(1)) if places > 0 else value


DIGITS_OF_A_RANGE = 3


def _count(count: int, fact: Fact, locale: Locale) -> str:
    """Write a number of electorates; "about" so many if the fact is an estimate."""
    value = Decimal(count)
    words = numbers.words(value, locale) if count < LARGEST_IN_WORDS else numbers.number(value, locale)
    return numbers.after_hedge(numbers.hedged("about" if fact.estimate else None, locale), words, locale)


def _margin(fact: Fact, locale: Locale) -> str:
    if fact.low is None or fact.high is None:
        raise KeyError(fact.id)
    return numbers.number((fact.high - fact.low) / 2, locale)


VARIANTS: Mapping[str, Callable[[Fact, Locale], str]] = {
    "more": lambda fact, locale: _beyond(_standing(fact).above, fact, locale),
    "fewer": lambda fact, locale: _beyond(_standing(fact).below, fact, locale),
    "median": lambda fact, locale: _amount(_standing(fact).median, fact, locale),
    "state": lambda fact, locale: _amount(fact.state_value, fact, locale),
    "country": lambda fact, locale: _amount(fact.nation_value, fact, locale),
    "margin": _margin,
}
"""What a text may name beside a fact: `{children:more}` is how many electorates have more children."""

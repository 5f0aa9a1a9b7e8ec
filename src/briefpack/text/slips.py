"""List the words of a language by which a review finds what an author or an editor missed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from briefpack.text.draft_words import STRICT


@dataclass(frozen=True)
class Slips:
    """The words by which a review finds what an author or an editor missed.

    `weekdays` begin with Monday, and `units` gives the unit meant by each word that isn't one. `placeholders` are found in
    any case if they are in lower case. `notes` and `blanks` begin a note in brackets (a blank in capitals, or with a
    question mark), `prompts` are a template's sentences, and `names` only look like a placeholder. `shares` are words for
    a part of a whole, `share_of` comes before the whole, `changes` are words for another percentage, and `wholes` nouns
    that a percentage may exceed. A number before
    `asks` or `called_asks` counts the asks, unless one of `parts_of_asks` is before it. `hedges` are words before a number
    that isn't exact, unless one of `not_hedges` is before them, or a word for speech in `about`. `not_alternatives` say
    nothing of an image, `years` are the nouns of a period, `rest` are names of a part of a chart that say nothing of it,
    and `boxes` begin an address that is no street's. `persons` are nouns for who is in a picture, unless a word of
    `absent` is before them.
    `doubled` are words that may follow themselves, and `abbreviations` end in a full stop that ends no sentence. `periods`
    gives the word that joins two years after each word before them, `counted` the nouns for each part of a brief, and
    `phones` the numbers of digits that a phone number may have after each beginning. `drawn` are the nouns for what each
    kind of chart draws, and `for_one` is before the number that one mark stands for. After a cost, `yearly` says that it
    is for one year, and `over` that it is for the years after it. `numbered` come before a number that charts don't have.
    `fractions` gives the percentage for a share in words, and `multiples` the factor for words such as doubled; `out_of`
    joins a part to the whole, and `above` and `below` come before a share that is only near,
    those of `close` before one that is very near. `credits` are labels of a
    credit, and `roles` words in the title of somebody's post. `rises` and `falls` are verbs for a change, `by` comes before its size, `from_to` the words before
    its two values, and `pages` come before the number of a page. `ranked_high` and `ranked_low` say of a place that it has
    more, or fewer, than others, `ranked_alone` that no other is like it, and `superlatives` follow the number of such
    places; `most` and `least` say it of a row of a chart, and `comparatives` gives more or less for what is
    said of one beside another. `publishers` are in the names of institutions. `vague_dates` are words of a date that no scale of time shows, and `totals` labels of a row that sums up
    others. `found_at` are words for where a picture was found, which credit nobody. `since` and `in_a_year` come before a
    year, `marked` after the rows that an alternative text says are marked, `last_rows` before the last of them, and
    `later` after the time between two events, for which `spans_of_time` gives the months in each unit. `other_months` gives the month for the name of each in other languages.
    `begins` comes before the date from which something is to be, and `due` before that by which it is. `than` gives more or
    less for the words that compare two figures.
    """

    weekdays: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    placeholders: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    share_of: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    projections: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    called_asks: tuple[str, ...] = ()
    parts_of_asks: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    not_hedges: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    not_alternatives: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    periods: Mapping[str, str] = field(default_factory=dict)
    counted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phones: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    drawn: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    for_one: tuple[str, ...] = ()
    yearly: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    fractions: Mapping[str, float] = field(default_factory=dict)
    multiples: Mapping[str, float] = field(default_factory=dict)
    out_of: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    rises: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    from_to: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[str, ...] = ()
    vague_dates: tuple[str, ...] = ()
    ranked_high: tuple[str, ...] = ()
    ranked_low: tuple[str, ...] = ()
    ranked_alone: tuple[str, ...] = ()
    superlatives: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    comparatives: Mapping[str, str] = field(default_factory=dict)
    publishers: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    found_at: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    in_a_year: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    last_rows: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    spans_of_time: Mapping[str, int] = field(default_factory=dict)
    other_months: Mapping[str, str] = field(default_factory=dict)
    begins: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    than: Mapping[str, str] = field(default_factory=dict)
    __pydantic_config__: ClassVar = STRICT

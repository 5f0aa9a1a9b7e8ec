"""List the words of a language by which a review finds what an author missed, and an import the parts of a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

STRICT = {"extra": "forbid"}
"""The pydantic setting that refuses unknown keys."""


@dataclass(frozen=True)
class Slips:
    """The words by which a review finds what an author or an editor missed.

    `weekdays` begin with Monday, and `units` gives the unit meant by each word that isn't one. `placeholders` are
    found in any case if they are in lower case. `notes` and `blanks` begin a note in brackets (a blank in capitals,
    or with a question mark), `prompts` are a template's sentences, and `names` only look like a placeholder.
    `shares` are words for a part of a whole, and `changes` for another percentage. A number before `asks` counts
    the asks, unless one of `parts_of_asks` is before it. `hedges` are words before a number that isn't exact,
    unless one of `not_hedges` is before them, or a word for speech in `about`. `not_alternatives` say nothing of an
    image, `years` are the nouns of a period, `rest` are names of a part of a chart that say nothing of it, and
    `boxes` begin an address that is no street's. `persons` are nouns for who is in a picture, unless a word of
    `absent` is before them. After a cost, `yearly` says that it is for one year, and `over` that it is for the
    years after it. `numbered` are called by a number elsewhere: table 3. `credits` are labels of a credit, and
    `found_at` words for where a picture was found, which credit nobody. `laws` are words of a law's name, which has
    no age.
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
    asks: tuple[str, ...] = ()
    parts_of_asks: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    not_hedges: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    not_alternatives: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    yearly: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    found_at: tuple[str, ...] = ()
    __pydantic_config__: ClassVar = STRICT


@dataclass(frozen=True)
class Drafts:
    """The words by which the parts of a draft are recognised when it is imported.

    The first lists are words of headings; `ask` begins the heading of a single ask. `ask_leads` are words of a sentence
    that asks for something, `fields` the labels of lines, by the key of an ask, and `captions` begin a caption. `ibid`
    is a note that repeats the one before. `currencies` gives the unit that is meant by a sign alone, and no noun that a
    number counts is among the `small_words`. `number_signs` come between a label and its number, `contents` head a
    table of contents, and `bylines` begin a line that names the author of a draft.
    """

    foreword: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    case_studies: tuple[str, ...] = ()
    appendices: tuple[str, ...] = ()
    glossary: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    ask_leads: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    captions: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    number_signs: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    ibid: tuple[str, ...] = ()
    currencies: Mapping[str, str] = field(default_factory=dict)
    small_words: tuple[str, ...] = ()
    __pydantic_config__: ClassVar = STRICT

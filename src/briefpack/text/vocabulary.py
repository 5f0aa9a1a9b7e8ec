"""List the words of a language by which a review finds what an author missed, and an import the parts of a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

STRICT = {"extra": "forbid"}
"""The pydantic setting that refuses unknown keys."""
Words = tuple[str, ...]
"""Words as the file of a language lists them."""


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

    weekdays: Words = ()
    units: Mapping[str, str] = field(default_factory=dict)
    placeholders: Words = ()
    unwritten: Words = ()
    notes: Words = ()
    blanks: Words = ()
    prompts: Words = ()
    names: Words = ()
    shares: Words = ()
    share_of: Words = ()
    changes: Words = ()
    asks: Words = ()
    parts_of_asks: Words = ()
    hedges: Words = ()
    not_hedges: Words = ()
    about: Words = ()
    not_alternatives: Words = ()
    years: Words = ()
    rest: Words = ()
    boxes: Words = ()
    laws: Words = ()
    persons: Words = ()
    absent: Words = ()
    over: Words = ()
    yearly: Words = ()
    numbered: Words = ()
    credits: Words = ()
    found_at: Words = ()
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

    foreword: Words = ()
    asks: Words = ()
    ask: Words = ()
    themes: Words = ()
    case_studies: Words = ()
    appendices: Words = ()
    glossary: Words = ()
    sources: Words = ()
    contacts: Words = ()
    ask_leads: Words = ()
    fields: Mapping[str, Words] = field(default_factory=dict)
    captions: Words = ()
    bylines: Words = ()
    number_signs: Words = ()
    contents: Words = ()
    ibid: Words = ()
    currencies: Mapping[str, str] = field(default_factory=dict)
    small_words: Words = ()
    __pydantic_config__: ClassVar = STRICT

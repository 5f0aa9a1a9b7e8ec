"""Define the words of a language by which an import recognises the parts of a draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

STRICT = {"extra": "forbid"}
"""The pydantic setting that refuses unknown keys."""


@dataclass(frozen=True)
class Drafts:
    """The words by which the parts of a draft are recognised when it is imported.

    The first lists are words of headings; `ask` begins the heading of a single ask. `ask_leads` are words of a sentence
    that asks for something, `fields` the labels of lines, by the key of an ask, `captions` begin a caption, and `photo_credits`
    a photographer's name. `laws` end
    the name of a law, before its year. `ibid` is a note that repeats the one before. `currencies` gives the unit that is
    meant by a sign alone, `scales_of_rates` are words between “per” and a noun, and `small_words` end the search for a
    noun after a number, and `counters` are those nouns in a language without plurals. `number_signs` come between a label
    and its number, `contents` head a table of contents, and `bylines` begin a line that names the draft's author.
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
    photo_credits: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    number_signs: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    ibid: tuple[str, ...] = ()
    currencies: Mapping[str, str] = field(default_factory=dict)
    scales_of_rates: tuple[str, ...] = ()
    small_words: tuple[str, ...] = ()
    __pydantic_config__: ClassVar = STRICT

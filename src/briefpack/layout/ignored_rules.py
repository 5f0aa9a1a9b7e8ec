"""Find what print ignores in style sheets: rules for a screen, pages, strings and counters without a rule, misspelt marks."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import tinycss2

from briefpack.layout import css
from briefpack.problem import Owner, Problem, nearest

Token = Any
"""A token of tinycss2's, which is untyped."""
STRINGS, COUNTERS = ("string",), ("counter", "counters")
COUNTING = ("counter-set", "counter-reset", "counter-increment")
OWN_COUNTERS = ("page", "pages", "footnote", "list-item")
"""The counters that WeasyPrint sets itself."""
OWN_PAGES = ("auto", "inherit", "initial", "unset")


def check(sheets: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the problems and warnings of the style sheets of a layout, by path from the project."""
    named = {name for text in sheets.values() for name in _pages_ruled(text)}
    for asked, setting, noun in ((STRINGS, ("string-set",), "string"), (COUNTERS, COUNTING, "counter")):
        known = {name for text in sheets.values() for name in css.words_of(text, *setting)}
        for shown, text in sheets.items():
            for line, name in css.arguments_of(text, *asked):
                if name not in known and name not in OWN_COUNTERS:
                    message = f'no rule sets the {noun} "{name}", so nothing prints in its place'
                    hint = nearest(name, known) or f"add {setting[0]}: {name} … to a rule"
                    yield _problem(shown, line, message, hint, warning=noun == "counter")
    for shown, text in sheets.items():
        for rule in css.rules(text):
            yield from _check_rule(shown, rule)
        for line, name in _pages_used(text):
            if name not in named:
                message = (
                    f'no style sheet has an @page rule called "{name}", so the pages have the margins of the others'
                )
                yield _problem(shown, line, message, nearest(name, named) or f"add @page {name} {{ … }}", warning=True)


def _check_rule(shown: str, rule: Token) -> Iterator[Problem]:
    if rule.type == "at-rule" and rule.lower_at_keyword == "media" and (media := _of_a_screen(rule.prelude)):
        message = f"the rules in @media {media} never apply to a PDF"
        yield _problem(shown, rule.source_line, message, "write them without @media, or delete them", warning=True)
    for line, name in _misspelt_marks(rule.content or []) if hasattr(rule, "content") else ():
        yield _problem(shown, line, f'"!{name}" means nothing, so the declaration is ignored', "!important")


def _of_a_screen(prelude: Sequence[Token]) -> str:
    """Return the media of a rule if a PDF is none of them; nothing if it may be one."""
    media = [each.strip().lower() for each in tinycss2.serialize(prelude).split(",")]
    return ", ".join(media) if all(each in SCREENS or each.startswith(BEGUN) for each in media) else ""


SCREENS = ("screen", "only screen", "handheld", "tv", "projection", "speech")
BEGUN = ("screen and", "only screen and")


def _misspelt_marks(tokens: Sequence[Token]) -> Iterator[css.Name]:
    """Yield each word after an exclamation mark that isn't `important`, with its line."""
    for mark, after in pairwise(tokens):
        if mark == "!" and after.type == "ident" and after.lower_value != "important":
            yield after.source_line, after.value


def _pages_ruled(text: str) -> Iterator[str]:
    """Yield the name of each kind of page that a style sheet has a rule for."""
    for rule in css.top_rules(text):
        if rule.type == "at-rule" and rule.lower_at_keyword == "page":
            words = [each for each in rule.prelude if each.type not in css.BLANK]
            yield from (each.value for each in words[:1] if each.type == "ident")


def _pages_used(text: str) -> Iterator[css.Name]:
    for line, name in css.values_of(text, "page"):
        if name.lower() not in OWN_PAGES:
            yield line, name


def _problem(shown: str, line: int, message: str, hint: str, *, warning: bool = False) -> Problem:
    return Problem(shown, line, message, hint, Owner.LAYOUT, warning=warning)

"""Warn of a case study with another's name, an ask of another theme, a source that it doesn't cite, or a date after the brief."""

import re
from collections.abc import Iterator
from functools import lru_cache

from briefpack.brief.blocks import Quote
from briefpack.brief.figures import CITATION
from briefpack.brief.model import Brief, CaseStudy
from briefpack.brief.review.printed import Text, warning
from briefpack.brief.review.statements import month_number
from briefpack.problem import Problem, nearest
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, texts

FEWEST = 2
"""The fewest mentions of a name that make it the person of a story."""
MONTHS = 12


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each part of a case study that seems to be another's."""
    people = [_person(study) for study in brief.case_studies]
    for index, study in enumerate(brief.case_studies):
        loc: Loc = ("case_studies", index)
        others = [name for name in people if name and name != people[index] and not _says(_prose(study), name)]
        yield from _names(loc, study, people[index], others, tree)
        yield from _asks(loc, study, brief, tree)
        yield from _source(loc, study, brief, tree)
        yield from _future(loc, brief, tree, locale)


def _person(study: CaseStudy) -> str:
    """Return the name of the person of a story: its id as a word that the story has several times."""
    name = study.id.partition("-")[0].capitalize()
    return name if len(re.findall(rf"\b{re.escape(name)}\b", _prose(study))) >= FEWEST else ""


def _prose(study: CaseStudy) -> str:
    return " ".join(block.text for block in study.blocks if block.text)


def _says(words: str, name: str) -> bool:
    return bool(re.search(rf"\b{re.escape(name)}\b", words))


def _names(loc: Loc, study: CaseStudy, own: str, others: list[str], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each short text of a story that names only the person of another."""
    short = [((*loc, key), getattr(study, key) or "") for key in ("label", "heading", "standfirst", "note")]
    short += [((*loc, *place, "who"), part.who) for place, part in walk(study) if isinstance(part, Quote)]
    for place, words in short if own else ():
        for name in others:
            if _says(words, name) and not _says(words, own) and place in tree.lines:
                message = f'"{name}" is the name in another case study, and this one is about {own}'
                yield tree.problem(place, message, f"check whether {own} is meant", words=name, warning=True)


def _asks(loc: Loc, study: CaseStudy, brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each ask that a story is said to support, and that its own theme doesn't have."""
    themes = {ask.id: ask.theme for ask in brief.asks}
    of_theme = [name for name, theme in themes.items() if theme == study.theme]
    for index, name in enumerate(study.asks if study.theme else ()):
        if name in themes and name not in of_theme:
            message = f"{name} is an ask of {themes[name]}, but this case study is of {study.theme}, so neither prints the other"
            others = [each for each in of_theme if each not in study.asks]
            hint = f"{nearest('', others) or f'delete {name}'}, or correct theme: on {tree.shown((*loc, 'theme'))}"
            yield tree.problem((*loc, "asks", index), message, hint, words=name, warning=True)


def _source(loc: Loc, study: CaseStudy, brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for the source of a story whose text, quotations and timeline all name others."""
    said = [words for block in study.blocks for _, words in texts(block.model_dump())]
    cited = {each for words in said for each in CITATION.findall(words)}
    cited |= {part.source for _, part in walk(study) if isinstance(part, Quote)}
    chart = brief.charts.get(study.timeline or "")
    cited |= {*chart.sources} if chart else set()
    if study.source and cited and study.source not in cited:
        message = f"{study.source} is cited nowhere in this case study, which cites {', '.join(sorted(cited))}"
        yield tree.problem(
            (*loc, "source"), message, "check whose story the source tells", words=study.source, warning=True
        )


def _future(loc: Loc, brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each month of a story that is after the brief, unless a word says that it is still to come."""
    for place, words in texts(tree.data["case_studies"][int(loc[1])], loc) if brief.date else ():
        for found in _month(locale).finditer(words):
            month = month_number(found["month"], locale)
            if brief.date and month and (int(found["year"]), month) > (brief.date.year, brief.date.month):
                message = f'"{" ".join(found[0].split())}" is after the brief, and this case study tells of it as past'
                yield warning(tree, Text(place, words), found.span(), message, "correct the month or the year")


@lru_cache(maxsize=16)
def _month(locale: Locale) -> re.Pattern[str]:
    """Return a pattern for a month and its year, and nothing for one after a word such as until."""
    coming = tuple(word for word in locale.slips.projections)
    before = "".join(rf"(?<!\b{re.escape(word)}\s)" for word in coming)
    return re.compile(rf"{before}\b(?P<month>{typography.month_names(locale)})\s+(?P<year>(?:19|20)\d\d)(?!\d)")

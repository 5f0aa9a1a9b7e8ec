"""Warn of a figure before a noun that is the unit of another: `{hours} years`."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.model import Figure
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem, nearest
from briefpack.text import numbers, typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

MONEY = re.compile(rf"(?:\b[A-Z]{{1,3}})?\\?(?:\$|{typography.SIGN})\s?$")
OF = "name the figure that counts them, or say of whom it is a share"
NOUN = re.compile(r"\*{0,3}\s+([^\W\d_]+)(?![\w-])")


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure before years, months or the like that its unit isn't, and the other way round."""
    units = {each.unit for each in ledger.brief.figures.values()}
    for text in texts:
        for found in REFERENCE.finditer(text.words) if "{" in text.words else ():
            noun = NOUN.match(text.words, found.end())
            name = split(found[1])[0]
            figure = ledger.brief.figures.get(name)
            after = text.words[noun.end() :] if noun else ""
            if noun and figure and _is_of_a_share(after, noun[1], figure, units, ledger.locale):
                shown = " ".join(text.words[found.start() : noun.end()].split())
                yield warning(tree, text, (found.start(), noun.end()), f'"{shown}": {name} {_said(figure)}', OF)
            elif noun and figure and _is_another(noun[1], figure, units, ledger.locale):
                meant = [other for other, each in ledger.brief.figures.items() if each.unit == noun[1]]
                hint = f"{{{nearest(name, meant) or meant[0]}}}" if len(meant) == 1 else "name the figure that is meant"
                shown = " ".join(text.words[found.start() : noun.end()].split())
                message = f'"{shown}": {name} {_said(figure)}'
                yield warning(tree, text, (found.start(), noun.end()), message, hint)
            elif figure:
                yield from _signs(text, found, name, figure, tree, ledger.locale)


def _signs(
    text: Text, found: re.Match[str], name: str, figure: Figure, tree: Tree, locale: Locale
) -> Iterator[Problem]:
    """Yield a warning for a sign of money or per cent beside a figure that counts neither."""
    if figure.unit == "%" or numbers.is_currency(figure.unit):
        return
    before, after = MONEY.search(text.words[: found.start()]), _per_cent(locale).match(text.words, found.end())
    if before or after:
        start, end = before.start() if before else found.start(), after.end() if after else found.end()
        sign = " ".join((before or after or found)[0].split())
        hint = f'delete "{sign}", or name the figure that is meant'
        yield warning(tree, text, (start, end), f'"{text.words[start:end]}": {name} {_said(figure)}', hint)


def _said(figure: Figure) -> str:
    """Return what a figure is, by its unit."""
    if numbers.is_currency(figure.unit):
        return "is an amount of money"
    return "is a percentage" if figure.unit == "%" else f"counts {figure.unit}"


@lru_cache(maxsize=16)
def _per_cent(locale: Locale) -> re.Pattern[str]:
    words = typography.any_of(tuple(word for word, unit in locale.slips.units.items() if unit == "%"))
    return re.compile(rf"\*{{0,3}}(?:\s?%|\s+(?:{words})(?![\w-]))", re.IGNORECASE)


def _is_another(noun: str, figure: Figure, units: set[str], locale: Locale) -> bool:
    """Return whether a noun is a unit that can't be the figure's. Children may be called pupils; hours aren't years."""
    unit, spans = figure.unit, _spans(locale)
    if noun == unit or not (unit.isalpha() or unit == "%" or numbers.is_currency(unit)):
        return False
    return noun in spans or (unit in spans and noun in units)


def _is_of_a_share(after: str, noun: str, figure: Figure, units: set[str], locale: Locale) -> bool:
    """Return whether a noun that other figures count comes right after a share, and is no adjective: 26% homes are."""
    small = locale.drafts.small_words
    if figure.unit != "%" or noun not in units or not small:
        return False
    return bool(re.match(rf"\s+(?:{typography.any_of(small)})(?!\w)|[.,;:!?]|\s*$", after))


@lru_cache(maxsize=16)
def _spans(locale: Locale) -> frozenset[str]:
    """Return the plurals of the words for spans of time; "year" may be that of a school."""
    spans = locale.typed.spans
    return frozenset(each for each in spans if not any(other != each and other.startswith(each) for other in spans))

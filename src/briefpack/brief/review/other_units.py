"""Warn of a figure before a noun that is the unit of another: `{hours} years`."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.model import Figure
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem, nearest
from briefpack.text import numbers
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

NOUN = re.compile(r"\*{0,3}\s+([^\W\d_]+)(?![\w-])")


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure before years, months or the like that its unit isn't, and the other way round."""
    units = {each.unit for each in ledger.brief.figures.values()}
    for text in texts:
        for found in REFERENCE.finditer(text.words) if "{" in text.words else ():
            noun = NOUN.match(text.words, found.end())
            name = split(found[1])[0]
            figure = ledger.brief.figures.get(name)
            if noun and figure and _is_another(noun[1], figure, units, ledger.locale):
                meant = [other for other, each in ledger.brief.figures.items() if each.unit == noun[1]]
                hint = f"{{{nearest(name, meant) or meant[0]}}}" if len(meant) == 1 else "name the figure that is meant"
                message = f'"{" ".join(text.words[found.start() : noun.end()].split())}": {name} counts {figure.unit}'
                yield warning(tree, text, (found.start(), noun.end()), message, hint)


def _is_another(noun: str, figure: Figure, units: set[str], locale: Locale) -> bool:
    """Return whether a noun is a unit that can't be the figure's. Children may be called pupils; hours aren't years."""
    unit, spans = figure.unit, _spans(locale)
    if not unit.isalpha() or numbers.is_currency(unit) or noun == unit:
        return False
    return noun in spans or (unit in spans and noun in units)


@lru_cache(maxsize=16)
def _spans(locale: Locale) -> frozenset[str]:
    """Return the plurals of the words for spans of time; "year" may be that of a school."""
    spans = locale.typed.spans
    return frozenset(each for each in spans if not any(other != each and other.startswith(each) for other in spans))

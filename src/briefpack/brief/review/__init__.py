"""Find the mistakes in a brief that its keys and ids don't show: what an editor would refuse, and would query."""

import datetime
from collections.abc import Iterable, Iterator

from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief
from briefpack.brief.review import (
    addresses,
    alternatives,
    asks,
    beside_figures,
    captions,
    cells,
    contacts,
    dates,
    laws,
    lookalikes,
    marks,
    money,
    months,
    other_units,
    pasted,
    periods,
    pictures,
    placed_twice,
    placeholders,
    printed,
    punctuation,
    repeats,
    sentences,
    shares,
    sources,
    spellings,
    starts,
    timelines,
    twice,
    typed_numbers,
    units,
    unused,
    yearly,
)
from briefpack.brief.review.printed import Text
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree


def check(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a problem for each figure that can't print as it is meant, and a warning beside each that may be its cause."""
    yield from units.check(brief, tree, locale)
    yield from shares.check(brief, tree)
    yield from beside_figures.check(brief, tree, locale)
    yield from lookalikes.check(brief, tree)
    yield from cells.check(tree)
    yield from money.check(Ledger(brief, locale), tree)


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for anything that a careful reader would query."""
    ledger, texts = Ledger(brief, locale), printed.read(tree)
    if brief.electoral_matter == "undecided":
        message = "it is undecided whether this brief is electoral matter"
        yield tree.problem(("electoral_matter",), message, "write yes or no once the author has decided", warning=True)
    counted = (*marks.warn(texts, tree, locale), *asks.warn(brief, texts, tree, locale))
    yield from counted
    files = pictures.files_instead(brief, locale)
    yield from _others(typed_numbers.warn(ledger, [text for text in texts if text.loc not in files], tree), counted)
    yield from sources.warn(ledger, tree)
    yield from cells.warn_unused(tree)
    yield from beside_figures.warn(ledger, texts, tree)
    yield from placeholders.warn(texts, tree, locale)
    yield from dates.warn(brief, texts, tree, locale)
    yield from months.warn(brief, texts, tree, locale)
    yield from shares.warn(brief, texts, tree, locale)
    yield from repeats.warn(brief, texts, tree)
    yield from lookalikes.warn(tree, locale)
    yield from pictures.warn(brief, tree, locale)
    yield from timelines.warn(brief, tree, locale)
    yield from addresses.warn(tree)
    yield from pasted.warn(texts, tree)
    yield from captions.warn(brief, tree)
    yield from money.warn(ledger, tree)
    yield from twice.warn(brief, tree)
    yield from contacts.warn(brief, tree, locale)
    yield from periods.warn(texts, tree, locale)
    yield from punctuation.warn(texts, tree, locale)
    yield from sentences.warn(texts, tree, locale)
    yield from unused.warn(ledger, tree)
    yield from _contradictions(ledger, texts, tree)


def _contradictions(ledger: Ledger, texts: tuple[Text, ...], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each two parts of a brief that say different things of one."""
    brief, locale = ledger.brief, ledger.locale
    yield from units.warn(brief, tree)
    yield from placed_twice.warn(brief, tree)
    yield from alternatives.warn(ledger, tree)
    yield from yearly.warn(ledger, texts, tree)
    yield from other_units.warn(ledger, texts, tree)
    yield from laws.warn(texts, tree, locale)
    yield from starts.warn(ledger, tree)
    yield from spellings.warn(brief, texts, tree)


def _others(found: Iterable[Problem], counted: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the warnings about numbers that no other warning is about; a note mark may be in a bracket."""
    places = {(each.line, (each.column or 0) + inside) for each in counted for inside in (0, 1)}
    yield from (each for each in found if (each.line, each.column) not in places)


def warn_of_date(brief: Brief, tree: Tree, today: datetime.date) -> Iterator[Problem]:
    """Yield a warning if a brief is dated years from today."""
    yield from dates.ahead(brief, tree, today)

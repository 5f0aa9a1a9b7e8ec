"""Find the mistakes in a brief that its keys and ids don't show: what an editor would refuse, and would query."""

import datetime
from collections.abc import Iterable, Iterator

from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief
from briefpack.brief.review import (
    added_by_the_layout,
    addresses,
    alternatives,
    asks,
    beside_figures,
    bodies,
    borrowed,
    captions,
    cells,
    chart_periods,
    cited,
    column_headings,
    column_totals,
    compared_rows,
    contacts,
    counted_in_words,
    dates,
    directions,
    exchanged,
    exchanged_values,
    expansions,
    fractional_shares,
    growth,
    language,
    laws,
    left_out,
    limits,
    listed_counts,
    lookalikes,
    marked_rows,
    marks,
    misplaced_captions,
    money,
    months,
    names,
    ordinals,
    other_months,
    other_units,
    other_years,
    outliers,
    over_years,
    pasted,
    periods,
    pictures,
    placed_twice,
    placeholders,
    printed,
    punctuation,
    ranked_words,
    repeated_rows,
    repeats,
    row_labels,
    said_twice,
    same_cell,
    same_claim,
    same_event,
    sentences,
    shares,
    shares_in_headings,
    shares_in_words,
    small_slips,
    source_dates,
    sources,
    spellings,
    starts,
    stated_periods,
    stories,
    summary_rows,
    superlatives,
    swapped,
    time_between,
    timelines,
    twice,
    typed_numbers,
    unexplained,
    units,
    unused,
    yearly,
    years,
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
    if doubted := [*dates.too_early(brief, tree, locale)]:
        yield from doubted
        # What follows from a mistaken date would hide it among a dozen others.
        brief = brief.model_copy(update={"date": None})
    ledger, texts = Ledger(brief, locale), printed.read(tree)
    if brief.electoral_matter == "undecided":
        message = "it is undecided whether this brief is electoral matter"
        yield tree.problem(("electoral_matter",), message, "write yes or no once the author has decided", warning=True)
    counted = (*marks.warn(texts, tree, locale), *asks.warn(brief, texts, tree, locale))
    yield from counted
    left = {*pictures.files_instead(brief, locale)} | added_by_the_layout.numbered(brief, tree, locale)
    yield from _others(typed_numbers.warn(ledger, [text for text in texts if text.loc not in left], tree), counted)
    yield from sources.warn(ledger, tree)
    yield from cells.warn_unused(tree)
    yield from beside_figures.warn(ledger, texts, tree)
    yield from placeholders.warn(texts, tree, locale)
    yield from dates.warn(brief, texts, tree, locale)
    yield from months.warn(brief, texts, tree, locale)
    yield from shares.warn(brief, texts, tree, locale)
    yield from repeats.warn(brief, texts, tree)
    yield from said_twice.warn(brief, texts, tree)
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
    yield from swapped.warn(brief, tree)
    yield from exchanged.warn(brief, tree, locale)
    yield from added_by_the_layout.warn(brief, tree, locale)
    yield from stories.warn(brief, tree, locale)
    yield from directions.warn(ledger, texts, tree)
    yield from ranked_words.warn(brief, tree, locale)
    yield from limits.warn(brief, tree)
    yield from left_out.warn(brief, tree)
    yield from small_slips.warn(ledger, texts, tree)
    yield from cited.warn(ledger, texts, tree)
    yield from misplaced_captions.warn(brief, tree, locale)
    yield from _values(ledger, texts, tree)
    yield from language.warn(texts, tree, locale)
    yield from summary_rows.warn(brief, tree, locale)
    yield from alternatives.warn(ledger, tree)
    yield from marked_rows.warn(ledger, tree)
    yield from time_between.warn(ledger, tree)
    yield from yearly.warn(ledger, texts, tree)
    yield from over_years.warn(ledger, texts, tree)
    yield from other_units.warn(ledger, texts, tree)
    yield from laws.warn(texts, tree, locale)
    yield from starts.warn(ledger, tree)
    yield from stated_periods.warn(ledger, texts, tree)
    yield from other_months.warn(brief, texts, tree, locale)
    yield from names.warn(texts, tree)
    yield from bodies.warn(texts, tree)
    yield from expansions.warn(texts, tree)
    yield from listed_counts.warn(texts, tree, locale)
    yield from same_claim.warn(texts, tree, locale)
    yield from same_event.warn(brief, texts, tree, locale)
    yield from counted_in_words.warn(ledger, texts, tree)
    yield from ordinals.warn(ledger, texts, tree)
    yield from spellings.warn(brief, texts, tree)
    yield from unexplained.warn(brief, texts, tree)
    yield from years.warn(brief, tree, locale)
    yield from row_labels.warn(brief, tree, locale)
    yield from borrowed.warn(brief, tree)
    yield from source_dates.warn(brief, tree, locale)


def _values(ledger: Ledger, texts: tuple[Text, ...], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each value that others contradict, or the words about it."""
    brief, locale = ledger.brief, ledger.locale
    yield from outliers.warn(brief, tree)
    yield from exchanged_values.warn(brief, tree)
    yield from other_years.warn(brief, tree)
    yield from fractional_shares.warn(brief, tree, locale)
    yield from shares_in_words.warn(brief, tree, locale)
    yield from shares_in_headings.warn(ledger, texts, tree)
    yield from same_cell.warn(brief, tree)
    yield from repeated_rows.warn(brief, tree)
    yield from column_headings.warn(brief, tree, locale)
    yield from column_totals.warn(brief, tree)
    yield from growth.warn(ledger, texts, tree)
    yield from superlatives.warn(brief, tree, locale)
    yield from compared_rows.warn(brief, tree, locale)
    yield from chart_periods.warn(brief, tree, locale)


def _others(found: Iterable[Problem], counted: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the warnings about numbers that no other warning is about; a note mark may be in a bracket."""
    places = {(each.line, (each.column or 0) + inside) for each in counted for inside in (0, 1)}
    yield from (each for each in found if (each.line, each.column) not in places)


def warn_of_facts(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each fact beside a word that it prints itself; a brief's figures are those facts."""
    yield from beside_figures.warn(Ledger(brief, locale), printed.read(tree), tree)


def warn_of_date(brief: Brief, tree: Tree, today: datetime.date) -> Iterator[Problem]:
    """Yield a warning if a brief is dated years from today."""
    yield from dates.ahead(brief, tree, today)

"""Look up a brief's figures and sources by id, and write them out."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from briefpack.brief.charts import Chart
from briefpack.brief.evidence import Figure
from briefpack.brief.model import Brief
from briefpack.text import numbers
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

REFERENCE = re.compile(r"\{(?!lang=)([^{}\s]*)\}")
CITATION = re.compile(r"\[\^([^\]\s]*)\]")
OWN = "own"
NEW = "add it under figures: or delete it here"
"""What to do about the id of a figure that doesn't exist."""
ASKS = "asks"
"""The figure that every brief has, unless it defines one of that name: the number of its asks."""
WHOLE = 100


def cells(tree: Tree) -> frozenset[str]:
    """Return the ids of the figures that are cells of data files, which no text may name."""
    return frozenset(str(loc[1]) for loc in tree.origins if len(loc) == 2 and loc[0] == "figures")


@dataclass(frozen=True)
class Ledger:
    """A brief's figures and sources, ready to print, with the fields of an electorate if there is one.

    `note` is called with the id of each figure that is written.
    """

    brief: Brief
    locale: Locale
    fields: Mapping[str, str] = field(default_factory=dict)
    note: Callable[[str], object] = field(default=lambda _figure_id: None, compare=False, repr=False)

    def written(self, figure_id: str, variant: str = "") -> str:
        """Return a figure as it prints. Raises KeyError for an unknown id, ValueError for an unknown variant."""
        # Figures first: a page that reads an electorate's field can't be shared.
        figure = self.figure(figure_id)
        if figure is None:
            return self._field(figure_id, variant)
        self.note(figure_id)
        return numbers.written(figure.value, figure.unit, self.locale, figure.hedge, figure.plus, figure.form, variant)

    def _field(self, name: str, variant: str) -> str:
        """Return a field of an electorate, or one of the numbers that go with a fact, such as its median."""
        if variant == "capital":
            return self.fields[name][:1].upper() + self.fields[name][1:]
        if variant and (whole := f"{name}:{variant}") in self.fields:
            return self.fields[whole]
        value = self.fields[name]
        if variant not in ("", *numbers.VARIANTS):
            raise ValueError(f"it has no {variant}")
        return value

    def figure(self, figure_id: str) -> Figure | None:
        """Return a figure of the brief, or the number of its asks; None if it has none of that name."""
        if figure_id == ASKS and ASKS not in self.brief.figures:
            return Figure(value=Decimal(len(self.brief.asks)), unit=ASKS, form="words", means="asks", source=OWN)
        return self.brief.figures.get(figure_id)

    def large(self, figure_id: str) -> tuple[str, str]:
        """Return a figure in the two parts in which it is set large: its hedge, and its number."""
        figure = self.brief.figures[figure_id]
        self.note(figure_id)
        number = numbers.written(figure.value, figure.unit, self.locale, plus=figure.plus, form=figure.form)
        return numbers.hedged(figure.hedge, self.locale), number

    def fill(self, text: str) -> str:
        """Return the text with each `{figure}` written out, and its unit in the singular where the number takes it."""
        return "".join(self._filled(text))

    def _filled(self, text: str) -> Iterator[str]:
        done = 0
        for found in REFERENCE.finditer(text):
            yield text[done : found.start()]
            yield self.written(*split(found[1]))
            done = found.end()
            if noun := self._one_of(found, text):
                yield text[done] + noun[1]
                done = noun[0]
        yield text[done:]

    def _one_of(self, found: re.Match[str], text: str) -> tuple[int, str] | None:
        """Return the end and the singular of the unit after a figure of 1; None if no such unit follows."""
        figure = self.figure(split(found[1])[0])
        if figure is None or self.locale.form(figure.value) != "one":
            return None
        noun = re.compile(rf"\s{re.escape(figure.unit)}(?!\w)(?:([’'])(?!\w))?").match(text, found.end())
        one = numbers.agreeing(figure.value, figure.unit, self.locale)
        return (noun.end(), f"{one}{noun[1]}{self.locale.singulars.possessive}" if noun[1] else one) if noun else None

    def chart_sources(self, chart_id: str) -> tuple[str, ...]:
        """Return the sources that a chart credits or, by default, the sources of its figures, with `own` last."""
        chart = self.brief.charts[chart_id]
        if chart.sources:
            return chart.sources
        figure_ids = self._drawn(chart)
        found = dict.fromkeys(self.brief.figures[figure_id].source for figure_id in figure_ids)
        named = [source for source in found if source and source != OWN]
        return (*named, *([OWN] if OWN in found else []))

    def chart_figures(self, chart_id: str) -> tuple[str, ...]:
        """Return the figures that a chart draws, and the figures that its labels and notes name."""
        chart = self.brief.charts[chart_id]
        texts = [text for row in chart.rows for text in (row.label, row.series, row.note, row.group, row.when)]
        asks = self.brief.asks if chart.rows_from else ()
        texts += [text for ask in asks for text in (ask.title, None if ask.annual else ask.legislation or ask.period)]
        named = (split(found)[0] for text in texts for found in REFERENCE.findall(text or ""))
        return tuple(dict.fromkeys([*self._drawn(chart), *named]))

    def _drawn(self, chart: Chart) -> list[str]:
        drawn = (figure_id for row in chart.rows for figure_id in (row.figure, row.low, row.high) if figure_id)
        asks = self.brief.asks if chart.rows_from else ()
        return [*drawn, *(ask.annual for ask in asks if ask.annual)]


def split(reference: str) -> tuple[str, str]:
    """Return the id of a figure in a reference, and the variant that the reference asks for."""
    figure_id, _, variant = reference.partition(":")
    return figure_id, variant


def is_outside(value: Decimal) -> bool:
    """Return whether a percentage can't be a part of a whole."""
    return not 0 <= value <= WHOLE

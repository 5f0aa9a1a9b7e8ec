"""Define the keys of a chart: its kind, its finding and its rows."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from briefpack import schema
from briefpack.brief.data.keys import ChartRows


def _listed(value: object) -> object:
    """Return a list of one id for an id alone."""
    return [value] if isinstance(value, str) else value


Facts = Annotated[
    tuple[schema.Id, ...], BeforeValidator(_listed, json_schema_input_type=schema.Id | tuple[schema.Id, ...])
]


class Row(schema.Model):
    """One mark, or group of marks, in a chart."""

    label: schema.Label
    figure: schema.FigureId | None = None
    low: schema.FigureId | None = None
    """the figure at the lower end of its range"""
    high: schema.FigureId | None = None
    """the figure at the upper end of its range"""
    series: schema.Plain | None = None
    """the line, part, moment or small chart that it belongs to"""
    note: Annotated[schema.Plain, schema.Words("sentence")] | None = None
    group: schema.Plain | None = None
    when: schema.Plain | None = None
    """the date of a timeline's row, as printed"""
    strong: schema.YesNo = False
    """yes for the row that the finding is about"""


class Event(schema.Model):
    """Something that happened while the values of a chart changed."""

    when: schema.Plain
    """its date, as printed: July 2023"""
    label: schema.Label


class Chart(schema.Model):
    """A chart of figures, titled with its finding."""

    kind: schema.Code
    finding: schema.Heading
    subtitle: Annotated[schema.Line, schema.Words("label")] | None = None
    """who or what is counted, the unit and the period, printed below the finding"""
    marked: schema.Plain | None = None
    """what `strong` means of a row that is read out: this ask would help"""
    alt: schema.Description
    rows: tuple[Row, ...] = ()
    data: ChartRows | None = None
    """the rows, from a data file, in place of rows:"""
    rows_from: Literal["asks"] | None = None
    """asks: one row per ask, with its annual cost"""
    fact: Facts = ()
    """a fact of the electorate set, or several, in place of rows: one mark an electorate"""
    measures: tuple[schema.Plain, ...] = ()
    """with fact, the words for each fact, in place of its label in the set"""
    named: tuple[schema.Id, ...] = Field(default=(), max_length=3)
    """with fact, the electorates to emphasise and name, by their slugs"""
    classes: tuple[schema.Amount, ...] = Field(default=(), max_length=4)
    """the values at which the next class of a map begins: [5, 10, 15]"""
    hexagons: schema.YesNo = False
    """yes draws a map with one hexagon an electorate"""
    mark: schema.PositiveAmount | None = None
    """how many one mark stands for, of a unit chart or of nested parts"""
    shares: schema.YesNo = False
    """yes for stacked parts that are shares of 100%"""
    events: tuple[Event, ...] = Field(default=(), max_length=2)
    """up to two events, marked on a line chart"""
    every_cell: schema.Plain | None = None
    """the series that every small chart shows, as a thin line"""
    note: schema.Sentence | None = None
    sources: tuple[schema.SourceId, ...] = ()
    """ids of sources to credit, if the rows' figures name none"""

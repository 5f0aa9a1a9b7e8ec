"""Define the keys of a brief's own page and panels about each electorate."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from briefpack import schema
from briefpack.brief.data.keys import Rows
from briefpack.schema import Code, Heading, Line, Model


class LocalFact(schema.Model):
    """A fact about an electorate, by its id in the electorate set, with a caption."""

    fact: schema.Id
    caption: schema.Line
    at_least: schema.Amount | None = None
    """the least number to print; an electorate with less counts as without the fact"""
    hedge: Literal["about"] | None = None
    """about, for the estimate of a survey; other estimates have it anyway"""


class LocalPanel(schema.Model):
    """The panel for an electorate: the first fact, and the first sentence, for which the electorate has data.

    Its text may contain `{electorate}`, `{state}` and the other fields of an electorate, and `{fact-id}`.
    """

    heading: Annotated[schema.Plain, schema.Words("heading")] = ""
    """by default, the electorate's name and its state"""
    facts: tuple[LocalFact, ...] = Field(min_length=1)
    """in order of preference; the first that is known for an electorate is printed, its headline's before others"""
    sentences: tuple[schema.Sentence, ...] = ()
    """in order of preference; the first whose facts are all known is printed"""
    note: schema.Sentence | None = None
    """small print in place of the fact's source, such as its survey's error, if all that it names is known"""
    local_list: schema.ListId | None = None
    """the id of a list under local_lists:, which prints in place of all facts but the first"""


class LocalChart(schema.Model):
    """A chart of a fact: bars beside the electorate's state and country, or a strip of all electorates."""

    fact: schema.Id
    kind: Literal["bars", "strip", "survey"] = "bars"
    """bars beside its state and country; strip among all electorates; survey over time, with a survey's limits"""
    measure: schema.Plain | None = None
    """the words above a strip, in place of the fact's label in the set"""
    finding: schema.Heading
    subtitle: Annotated[schema.Line, schema.Words("label")] | None = None
    """who is counted, the unit and the period, below the finding"""
    alt: schema.Description


class Rank(schema.Model):
    """A place among the numbers of all electorates, at which a number stands out."""

    fact: schema.Id
    when: Literal["highest", "lowest", "above-median", "below-median"]
    """of the rules about the median, the one whose number is furthest from it applies"""
    among: int | None = Field(default=None, ge=1)
    """10 if it must be among the ten highest or lowest; without it, the first"""

    @property
    def of_median(self) -> bool:
        """Return whether the rule compares with the median."""
        return self.when.endswith("-median")

    @property
    def of_high(self) -> bool:
        """Return whether the rule is about high numbers."""
        return self.when in ("highest", "above-median")


class HeadlineRule(Rank):
    """A headline for the electorates where a number stands out among those of all electorates.

    Its words may also name the number's place: `{fact:more}`, `{fact:median}` and so on.
    """

    id: schema.Id
    heading: schema.Heading
    standfirst: schema.Sentence | None = None
    ask: schema.AskId | None = None
    """the ask that the words are about, which is then among those shown"""


class LocalStrip(schema.Model):
    """A strip with a mark for each electorate, on which one stands out."""

    fact: schema.Id
    measure: schema.Plain | None = None
    """the words above it, in place of the fact's label in the set"""
    ask: schema.AskId | None = None
    """an ask: on an electorate's page, the strip prints only if this is among its asks"""
    stands_out: Rank | None = None
    """the place that a number must have for the strip to print, unless fewer than two would be left"""


class LocalAsk(schema.Model):
    """An ask that touches an electorate, with a sentence about it."""

    ask: schema.AskId
    stands_out: Rank | None = None
    """the place that a number must have; elsewhere the next ask prints"""
    sentences: tuple[schema.Sentence, ...] = Field(min_length=1)
    """in order of preference; without one whose facts are all known, the next ask prints"""


class LocalNation(schema.Model):
    """The same page for the nation: a chart of all electorates, and their strips."""

    heading: schema.Heading
    standfirst: schema.Sentence | None = None
    chart: schema.ChartId | None = None
    """a chart under charts:, such as a map with one hexagon each"""
    sentences: tuple[schema.Sentence, ...] = ()


class LocalGlance(schema.Model):
    """An electorate on one page: where it ranks, how its state fares, and the asks that touch it."""

    heading: schema.Heading
    """the headline where none of the rules under headlines: applies"""
    standfirst: schema.Sentence | None = None
    headlines: tuple[HeadlineRule, ...] = ()
    """of equal places, in order of preference"""
    strips: tuple[LocalStrip, ...] = ()
    """the first four whose numbers are known are shown"""
    asks: tuple[LocalAsk, ...] = ()
    """in order of preference; the first three are shown"""
    figure: LocalFact | None = None
    """a fact set large, below the charts"""
    nation: LocalNation | None = None
    facts: tuple[LocalFact, ...] = ()
    charts: tuple[LocalChart, ...] = ()
    sentences: tuple[schema.Sentence, ...] = ()
    local_lists: tuple[schema.ListId, ...] = ()
    """the ids of lists under local_lists:"""


class ListRows(Rows):
    """The rows of a list, from a data file: any number for each electorate, and none for most."""

    electorate: Code = "electorate"
    """the column with each row's electorate, by its name or its slug"""


class ListCell(ListRows):
    """A text or a number about each of some electorates: one cell of a data file for each."""

    column: Code


class LocalText(Model):
    """A text for each of some electorates, which a `local:` text prints by its id; with a unit, it is a fact."""

    data: ListCell
    label: Code | None = None
    """the meaning of a number, in a few words"""


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


Items = Annotated[
    tuple[Line, ...], BeforeValidator(_several, json_schema_input_type=Line | tuple[Line, ...]), Field(min_length=1)
]


class LocalList(Model):
    """A list of what an electorate has, printed in its documents only."""

    data: ListRows
    heading: Heading | None = None
    """printed above the rows; it may contain {electorate}"""
    item: Items
    """how a row prints: {column}, {other column}; of several, the first whose cells are all filled in"""
    link: Code | None = None
    """the column with each row's web or e-mail address"""
    at_most: int | None = Field(default=None, ge=1)
    """the most rows that print; “and four more” follows them"""
    empty: Line | None = None
    """printed for an electorate without rows; by default, nothing is"""

"""Define the keys of a brief, and what each may contain."""

from decimal import Decimal
from typing import Literal

from pydantic import (
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from briefpack.schema import Day, Email, Id, Line, Model, Plain, Prose, Unit, Web, YesNo


class Organisation(Model):
    """The organisation that publishes the brief."""

    name: Plain
    short_name: Plain
    website: Web


class Contact(Model):
    """A person readers can call or write to."""

    name: Plain
    role: Plain
    email: Email | None = None
    phone: Plain | None = None


class Authorisation(Model):
    """The particulars that printed electoral matter must carry; the electorate set names the law."""

    name: Plain
    entity: Plain | None = None
    address: Plain


class Printer(Model):
    """The printer's name and address, where a state's law requires them."""

    name: Plain
    address: Plain


class Query(Model):
    """One of the author's open questions about the text; `check` lists it, and it never prints."""

    about: Plain
    question: Plain


class Source(Model):
    """The source of a fact, as a citation prints it."""

    publisher: Plain
    title: Plain | None = None
    date: Plain | None = None
    url: Web | None = None


class Figure(Model):
    """A number, written once, with its unit, date and source."""

    value: Decimal
    unit: Unit = Field(
        description="AU$, £, IDR, %, one in, per thousand people, or the things counted: people, reports, years"
    )
    hedge: Literal["about", "nearly", "over", "more than", "at least", "up to", "less than"] | None = None
    plus: YesNo = Field(default=False, description="yes prints 480,000+")
    form: Literal["auto", "full", "words", "ordinal"] = Field(
        default="auto", description="auto writes 50 million; full writes 50,000,000; words writes seven"
    )
    means: Plain = Field(description="the number's meaning, in a few words")
    as_at: Plain | None = None
    source: Id | None = Field(default=None, description="a source's id, or own for the organisation's own number")
    query: Id | None = Field(default=None, description="the open query about it, in place of a source")


class Relation(Model):
    """An equation or comparison that must be true of the figures, such as `total = annual × years`."""

    holds: Plain
    query: Id | None = Field(default=None, description="the open query that explains why it is false")


class Row(Model):
    """One mark, or group of marks, in a chart."""

    label: Plain
    figure: Id | None = None
    note: Plain | None = None
    group: Plain | None = None
    when: Plain | None = Field(default=None, description="the date of a timeline's row, as printed")
    strong: YesNo = Field(default=False, description="yes for the row that the finding is about")


class Chart(Model):
    """A chart of figures, titled with its finding."""

    kind: Plain
    finding: Line
    alt: Plain
    rows: tuple[Row, ...] = ()
    rows_from: Literal["asks"] | None = Field(default=None, description="asks: one row per ask, with its annual cost")
    mark: Decimal | None = Field(default=None, gt=0, description="how many one mark of a unit chart stands for")
    note: Line | None = None
    sources: tuple[Id, ...] = Field(default=(), description="ids of sources to credit, if the rows' figures name none")


class KeyFigure(Model):
    """A figure set large, with its meaning beneath."""

    figure: Id
    caption: Line


class Table(Model):
    """Rows of text under column headings; the first cell of each row is its heading."""

    caption: Line
    columns: tuple[Line, ...] = Field(min_length=2)
    rows: tuple[tuple[Line, ...], ...] = Field(min_length=1)


class Quote(Model):
    """Somebody's exact words."""

    words: Plain
    who: Line
    source: Id


class Block(Model):
    """One item of body text, with exactly one of these keys."""

    text: Prose | None = None
    figure: KeyFigure | None = None
    chart: Id | None = None
    table: Table | None = None
    quote: Quote | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "Block":
        if len(self.model_fields_set) != 1:
            kinds = ", ".join(type(self).model_fields)
            raise PydanticCustomError("block", "a block has exactly one key", {"hint": f"one of {kinds}"})
        return self


class Section(Model):
    """A section of the pack's body, with its heading."""

    id: Id
    label: Plain = Field(description="the short name in running heads and contents")
    heading: Line
    standfirst: Line | None = None
    blocks: tuple[Block, ...] = Field(min_length=1)


class Panel(Model):
    """The panel of a leave-behind: two or three facts, and a sentence that ties the ask to the place."""

    heading: Plain
    facts: tuple[KeyFigure, ...] = Field(min_length=2, max_length=3)
    sentence: Line


class LocalFact(Model):
    """A fact about an electorate, by its id in the electorate set, with a caption."""

    fact: Id
    caption: Line


class LocalPanel(Model):
    """The panel for an electorate: the first facts, and the first sentence, for which the electorate has data.

    Its text may contain `{electorate}`, `{state}` and the other fields of an electorate, and `{fact-id}`.
    """

    heading: Plain
    facts: tuple[LocalFact, ...] = Field(
        min_length=2, description="in order of preference; any unknown for an electorate are left out"
    )
    sentences: tuple[Line, ...] = Field(
        min_length=1, description="in order of preference; the first whose facts are all known is printed"
    )


class LocalChart(Model):
    """A bar chart that compares an electorate with its state and its country."""

    fact: Id
    finding: Line
    alt: Plain


class LocalGlance(Model):
    """An electorate on one page, printed instead of the brief on one page."""

    heading: Line
    standfirst: Line
    facts: tuple[LocalFact, ...] = Field(min_length=3)
    charts: tuple[LocalChart, ...] = Field(min_length=1)
    sentences: tuple[Line, ...] = ()


class Theme(Model):
    """A group of asks made for the same reason."""

    id: Id
    label: Plain
    heading: Line
    standfirst: Line | None = None
    blocks: tuple[Block, ...] = Field(min_length=1)
    national: Panel
    local: LocalPanel | None = None


class Reason(Model):
    """A point, with a sentence or two to support it."""

    point: Line
    text: Line


class LeaveBehind(Model):
    """The text of an ask's leave-behind, for a reader with one minute."""

    headline: Line
    standfirst: Line
    reasons: tuple[Reason, ...] = Field(min_length=3, max_length=3)
    chart: Id | None = None
    figure: KeyFigure | None = None
    action: Prose

    @model_validator(mode="after")
    def _one_to_show(self) -> "LeaveBehind":
        if (self.chart is None) == (self.figure is None):
            raise PydanticCustomError(
                "shown",
                "a leave-behind needs a chart or a figure, not both",
                {"hint": "use chart: with the id of a chart, or figure: with a figure and its caption"},
            )
        return self


class Ask(Model):
    """Something the organisation wants the reader to support."""

    id: Id
    theme: Id
    title: Line = Field(description="its name in tables and lists")
    headline: Line = Field(description="its main point")
    asked: Line = Field(description="the ask in a sentence")
    amount: Id | None = Field(default=None, description="the figure for its total cost")
    legislation: Line | None = Field(default=None, description="the law to change, for an ask without an amount")
    period: Line
    annual: Id | None = None
    who_decides: Line
    why: tuple[Block, ...] = Field(min_length=1)
    buys: tuple[Line, ...] = Field(min_length=1, description="the things that it buys or does")
    key_figure: KeyFigure | None = None
    chart: Id | None = None
    leave_behind: LeaveBehind

    @model_validator(mode="after")
    def _money_or_law(self) -> "Ask":
        if (self.amount is None) == (self.legislation is None):
            raise PydanticCustomError(
                "ask",
                "an ask needs an amount or legislation, not both",
                {"hint": "use amount: with the id of a figure, or legislation: with the law to change"},
            )
        return self


class CaseStudy(Model):
    """A true story, told in prose and as a timeline."""

    id: Id
    theme: Id
    label: Plain = Field(description="the short name in running heads and contents")
    heading: Line
    standfirst: Line
    blocks: tuple[Block, ...] = Field(min_length=1)
    timeline: Id = Field(description="a chart of kind timeline")
    note: Line | None = Field(default=None, description="printed at its end: a pseudonym, a consent")
    source: Id | None = None


class Glance(Model):
    """The brief on one page."""

    heading: Line
    standfirst: Line
    figures: tuple[KeyFigure, ...] = Field(min_length=3, max_length=6)
    points: tuple[Reason, ...] = Field(min_length=1, max_length=4)


class Brief(Model):
    """One complete policy brief."""

    title: Plain
    label: Plain = Field(description="the kind of document and its occasion: Briefing pack · Federal election 2025")
    short_title: Plain
    subject: Plain
    keywords: tuple[Plain, ...] = ()
    language: Plain = Field(default="en-AU", description="the name of a file in layouts/shared/locales/")
    labels: dict[Id, Plain] = Field(default={}, description="replacements for labels of the language's file")
    date: Day
    layout: Id | None = Field(default=None, description="its layout, a folder in layouts/")
    organisation: Organisation
    electoral_matter: Literal["undecided", "yes", "no"]
    authorisation: Authorisation | None = None
    printer: Printer | None = None
    contacts: tuple[Contact, ...] = Field(min_length=1)
    queries: dict[Id, Query] = {}
    sources: dict[Id, Source]
    figures: dict[Id, Figure]
    relations: tuple[Relation, ...] = ()
    charts: dict[Id, Chart] = {}
    glance: Glance
    electorates: Id | None = Field(default=None, description="the electorate set that the brief is for")
    local: LocalGlance | None = None
    sections: tuple[Section, ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = Field(min_length=1)
    asks: tuple[Ask, ...] = Field(min_length=1)
    asks_annual: Id | None = Field(default=None, description="the figure for the total of the asks' yearly costs")
    case_studies: tuple[CaseStudy, ...] = ()

"""Define the keys of a brief, and what each may contain."""

import re
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from briefpack.brief.blocks import Block, ForPlaces, KeyFigure
from briefpack.brief.charts import Chart
from briefpack.brief.data.keys import DataFile
from briefpack.brief.evidence import Accepted, Figure, Query, Relation, Source
from briefpack.brief.images import Image, ImageFile, Logo, Partner
from briefpack.brief.local_page import LocalGlance, LocalList, LocalPanel, LocalText
from briefpack.schema import (
    AskId,
    ChartId,
    Code,
    Day,
    Electoral,
    Email,
    FigureId,
    Heading,
    Id,
    ImageId,
    Label,
    Line,
    Model,
    Plain,
    Prose,
    Sentence,
    SourceId,
    ThemeId,
    Unit,
    Web,
    Words,
    YesNo,
)  # fmt: skip
from briefpack.text.yaml_lines import Data

MOST_ASKS = 30
MARKUP = re.compile(r"\[\^[^\]]*\]|[*_]")


def _by_default(**defaults: str) -> Any:  # noqa: ANN401 -- pydantic names no type for it
    """Return a validator that fills each missing key from another, without notes and emphasis."""

    def fill(cls: type[Model], data: Data) -> Data:  # noqa: ARG001 -- called as a class method
        if not isinstance(data, dict):
            return data
        taken = {key: data[other] for key, other in defaults.items() if key not in data and other in data}
        return data | {key: MARKUP.sub("", text) for key, text in taken.items() if isinstance(text, str)}

    return model_validator(mode="before")(fill)


class Organisation(Model):
    """The organisation that publishes the brief."""

    name: Plain
    short_name: Plain = ""
    """its name in credits; by default, its name"""
    website: Web | None = None
    about: Annotated[Prose, Words()] | None = None
    """the organisation in a few paragraphs, for a reader new to it"""
    logo: Logo | None = None

    _named = _by_default(short_name="name")


class OwnCurrency(Model):
    """A currency that readers need no code for: its amounts print with a sign of its own."""

    unit: Unit
    """its unit in figures, such as AU$"""
    sign: Plain
    """the sign that prints, such as $"""
    note: Sentence | None = None
    """the note that says which currency the sign means"""


class Contact(Model):
    """A person readers can call or write to."""

    name: Plain
    role: Plain | None = None
    email: Email | None = None
    phone: Code | None = None


class Authorisation(Model):
    """The particulars that printed electoral matter must carry; the electorate set names the law."""

    name: Plain
    entity: Plain | None = None
    address: Plain


class Printer(Model):
    """The printer's name and address, where a state's law requires them."""

    name: Plain
    address: Plain


class Letter(Model):
    """A foreword in the form of a letter, with the name of its author."""

    heading: Heading | None = None
    blocks: tuple[Block, ...] = Field(min_length=1)
    name: Plain
    role: Plain | None = None
    signature: ImageFile | None = None
    """the file of the signature in images/"""
    portrait: ImageId | None = None
    """the id of an image of the author"""


Start = Annotated[
    Literal["page"] | None, Field(description="page: always start a new page, even if it would fit on the last one")
]
"""Where a part of a pack begins: by default on the page of the part before it, if it fits there."""


class Part(ForPlaces):
    """A part of the pack's body with a heading."""

    id: Id
    label: Label = ""
    """the short name in running heads and contents; by default, its heading"""
    heading: Heading
    standfirst: Sentence | None = None
    blocks: tuple[Block, ...] = Field(min_length=1)
    start: Start = None

    _labelled = _by_default(label="heading")


class Section(Part):
    """A section of the pack's body, or an appendix."""


class Term(Model):
    """A term of the glossary."""

    term: Plain
    meaning: Sentence


class Panel(Model):
    """The panel of a leave-behind: a large number, and a sentence that ties the ask to the place."""

    heading: Annotated[Plain, Words("heading")] = ""
    """by default, the place's name"""
    map: YesNo = True
    """no if the number is about somewhere else than the country"""
    image: ImageId | None = None
    """the id of an image under images:, such as a map of that place, shown beside the number"""
    facts: tuple[KeyFigure, ...] = Field(min_length=1, max_length=3)
    """the first prints; a layout of your own may print them all"""
    sentence: Sentence | None = None
    note: Sentence | None = None
    """small print in place of the number's source, such as its survey's error"""


class Theme(Model):
    """A group of asks made for the same reason."""

    id: Id
    label: Label = ""
    """its name on the cover and in running heads; by default, its heading"""
    heading: Heading
    standfirst: Sentence | None = None
    blocks: tuple[Block, ...] = ()
    image: ImageId | None = None
    """the id of an image under images:"""
    national: Panel | None = None
    """the panel of its national leave-behinds"""
    local: LocalPanel | None = None
    """the panel of its leave-behinds for electorates"""
    start: Start = None

    _labelled = _by_default(label="heading")


class Reason(Model):
    """A point, with a sentence or two to support it."""

    point: Annotated[Line, Words("point")]
    text: Sentence


class Actions(ForPlaces):
    """The things to do of some readers, by their places, sides or roles."""

    actions: tuple[Sentence, ...] = Field(min_length=1, max_length=3)


class LeaveBehind(Model):
    """The text of an ask's leave-behind, for a reader with one minute."""

    headline: Heading
    standfirst: Sentence | None = None
    reasons: tuple[Reason, ...] = Field(min_length=1, max_length=6)
    chart: ChartId | None = None
    figure: KeyFigure | None = None
    action: Prose | None = None
    """what you ask of the reader, as text"""
    actions: tuple[Sentence, ...] = Field(default=(), max_length=3)
    """the same as up to three things to do, each beginning with its verb"""
    actions_for: tuple[Actions, ...] = ()
    """in place of actions for some readers: the first that fits a reader prints"""

    @model_validator(mode="before")
    @classmethod
    def _one_of_two(cls, data: object) -> object:
        for one, other in (("chart", "figure"), ("action", "actions")):
            given = [key for key in data if key in {one, other} and data[key]] if isinstance(data, dict) else []
            if len(given) > 1:
                context = {"hint": f"delete {one}: or {other}:", "at": (given[1],)}
                raise PydanticCustomError("both", f"a leave-behind has {one}: or {other}:, not both", context)
        return data


class Question(Model):
    """A question that a reader may ask, and our answer; neither prints in anything meant for the reader."""

    question: Sentence
    answer: Sentence


class Ask(ForPlaces):
    """Something the organisation wants the reader to support."""

    id: Id
    theme: ThemeId | None = None
    title: Annotated[Line, Words("label")]
    """its name in tables and lists"""
    headline: Heading = ""
    """its main point; by default, its title"""
    summary: Line | None = None
    """what it does, in about 12 words, under its title in the table of asks"""
    asked: Sentence | None = None
    """the ask in a sentence"""
    amount: FigureId | None = None
    """the figure for its total cost"""
    legislation: Line | None = None
    """the law to change"""
    period: Line | None = None
    annual: FigureId | None = None
    who_decides: Line | None = None
    why: tuple[Block, ...] = ()
    buys: tuple[Sentence, ...] = ()
    """the things that it buys or does"""
    key_figure: KeyFigure | None = None
    chart: ChartId | None = None
    image: ImageId | None = None
    """the id of an image under images:"""
    link: Web | None = None
    """the page about it, for its leave-behind's code; by default, its first source's"""
    national: Panel | None = None
    """its number for the nation; by default, its theme's"""
    local: LocalPanel | None = None
    """its number for an electorate; by default, its theme's"""
    leave_behind: LeaveBehind | None = None
    """without it, the ask has no leave-behind"""
    start: Start = None
    questions: tuple[Question, ...] = ()
    """what a reader may ask, and our answers, for our own sheet of a meeting"""

    _named = _by_default(headline="title")


class CaseStudy(Part):
    """A true story, told in prose and, if it has one, as a timeline."""

    theme: ThemeId | None = None
    """it follows the asks of this theme"""
    asks: tuple[AskId, ...] = ()
    """the asks of its theme that it supports; by default, all"""
    timeline: ChartId | None = None
    """a chart of kind timeline or, without dates, process"""
    image: ImageId | None = None
    """the id of an image under images:"""
    note: Sentence | None = None
    """printed at its end: a pseudonym, a consent"""
    source: SourceId | None = None
    began_in: Code | None = None
    """the code of the state where it began, such as TAS"""


class Glance(Model):
    """The brief on one page."""

    heading: Heading
    standfirst: Sentence | None = None
    about: Line | None = None
    """who asks, in about 30 words, beside the heading"""
    note: Sentence | None = None
    """small print under the table of asks, such as their currency"""
    figures: tuple[KeyFigure, ...] = ()
    points: tuple[Reason, ...] = ()


class Brief(Model):
    """One complete policy brief; only its title and its organisation are required."""

    title: Label
    label: Label | None = None
    """the kind of document and its occasion: Briefing pack · Federal election 2025"""
    short_title: Label = ""
    """its title in notices; by default, its title"""
    subject: Plain = ""
    """what it is about, in a line; by default, its title"""
    keywords: tuple[Plain, ...] = ()
    language: Code = "en-AU"
    """the name of a file in layouts/shared/locales/"""
    labels: dict[Id, Code] = {}
    """replacements for labels of the language's file"""
    date: Day | None = None
    layout: Id | None = None
    """its layout, a folder in layouts/"""
    organisation: Organisation
    partners: tuple[Partner, ...] = ()
    electoral_matter: Electoral = "undecided"
    authorisation: Authorisation | None = None
    printer: Printer | None = None
    contacts: tuple[Contact, ...] = ()
    queries: dict[Id, Query] = {}
    accept: tuple[Accepted, ...] = ()
    """the warnings that need no change, each with a reason"""
    sources: dict[Id, Source] = {}
    data: dict[Id, DataFile] = {}
    """the spreadsheets that its numbers come from"""
    currency: OwnCurrency | None = None
    """the currency that prints with a short sign"""
    figures: dict[Id, Figure] = {}
    relations: tuple[Relation, ...] = ()
    charts: dict[Id, Chart] = {}
    images: dict[Id, Image] = {}
    cover_image: ImageId | None = None
    """the id of an image under images:"""
    glance: Glance | None = None
    electorates: Id | None = None
    """the electorate set that the brief is for"""
    local: LocalGlance | None = None
    local_data: dict[Id, LocalText] = {}
    """texts and numbers about electorates, from data files with a row for each that has one"""
    local_lists: dict[Id, LocalList] = {}
    """lists of what each electorate has, from data files with any number of rows for each"""
    foreword: Letter | None = None
    sections: tuple[Section, ...] = ()
    themes: tuple[Theme, ...] = ()
    asks: tuple[Ask, ...] = Field(default=(), max_length=MOST_ASKS)
    asks_annual: FigureId | None = None
    """the figure for the total of the asks' yearly costs"""
    case_studies: tuple[CaseStudy, ...] = ()
    appendices: tuple[Section, ...] = ()
    """sections that follow the asks"""
    glossary: tuple[Term, ...] = ()

    _titled = _by_default(short_title="title", subject="title")

"""Define the keys of a brief, an electorate set, a layout and its tokens, and what each may contain."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from briefpack import numerals
from briefpack.problem import nearest
from briefpack.source import Data, Loc

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Lower-case words joined by hyphens."""


def _one_paragraph(value: str) -> str:
    """Return the text; refuse a list, a quotation or a second paragraph, which would print as part of the first."""
    if found := SEVERAL.search(value):
        hint = "one paragraph: a list or another stands in the text of a block"
        said = (
            "goes on after an empty line" if found[0].isspace() else f'has a line that begins with "{found[0].strip()}"'
        )
        raise PydanticCustomError("paragraph", "{said}, and is to be one paragraph", {"said": said, "hint": hint})
    return value


SEVERAL = re.compile(r"^ {0,3}(?:[-+*]|\d{1,9}[.)]|>)[ \n]|\n[ \t]*\n", re.MULTILINE)

Line = Annotated[str, StringConstraints(min_length=1), AfterValidator(_one_paragraph)]
"""One paragraph of Markdown; `{figure-id}` prints a figure, `[^source-id]` cites a source."""

Prose = Annotated[str, StringConstraints(min_length=1)]
"""Markdown of any length, lists included, with the same references as a Line."""

Plain = Annotated[str, StringConstraints(min_length=1)]
"""Text without Markdown; it may contain `{figure-id}`."""


WEB, EMAIL = r"^https?://[^\s/.]+\.\S+$", r"^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$"
Web = Annotated[str, StringConstraints(pattern=WEB)]
"""The full address of a web page."""

Email = Annotated[str, StringConstraints(pattern=EMAIL)]


def _read_date(value: object) -> object:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("date", "is not a date", {"hint": "write it as 2025-05-03"}) from None
    return value


def _read_yes(value: object) -> object:
    answers = {"yes": True, "no": False}
    if isinstance(value, str):
        if value not in answers:
            raise PydanticCustomError("yes_or_no", "is neither yes nor no", {"hint": "yes or no"})
        return answers[value]
    return value


def _read_length(value: object) -> object:
    """Return the value; refuse text that would end its CSS declaration and start another."""
    if isinstance(value, str) and (
        re.search(r"[;{}\\@]|/\*", value)
        or value.count("(") != value.count(")")
        or any(value.count(mark) % 2 for mark in "\"'")
    ):
        raise PydanticCustomError("length", "is not one value of CSS", {"hint": "one value, such as 18mm, without ;"})
    if isinstance(value, str) and SPACED.fullmatch(value.strip()):
        raise PydanticCustomError("length", "has a space before its unit", {"hint": "".join(value.split())})
    return value


def _check_unit(value: str) -> str:
    """Return the unit; refuse a currency with anything added, since only a currency alone prints before its number."""
    if numerals.names_money(value) and not numerals.is_currency(value):
        raise PydanticCustomError("unit", "is not a unit", {"hint": UNITS})
    return value


UNITS = "a currency alone, such as £, NZ$ or GBP; millions belong in the value, and “a year” in the text"

SPACED = re.compile(r"[-+]?[\d.]+\s+(?:%|[A-Za-z]+)")

Unit = Annotated[Plain, AfterValidator(_check_unit)]
"""The thing that a number counts, or its currency."""

Length = Annotated[Plain, BeforeValidator(_read_length, json_schema_input_type=str)]
Millimetres = Annotated[float, Field(gt=0, le=2000)]
Points = Annotated[float, Field(gt=0, le=500)]
Page = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The path of a Jinja2 template from layouts/."""

Sheet = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The path of a style sheet from layouts/."""

ProfilePath = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The path of an ICC profile from layouts/."""

Day = Annotated[datetime.date, BeforeValidator(_read_date, json_schema_input_type=str)]
YesNo = Annotated[bool, BeforeValidator(_read_yes, json_schema_input_type=Literal["yes", "no"])]


class Model(BaseModel):
    """A frozen part of a YAML file, which refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False)


class Named(Model):
    """Something identified by its id alone."""

    id: Id


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
    """The particulars that printed electoral matter must carry (Commonwealth Electoral Act 1918, s 321D)."""

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
        description="AU$, £, IDR, %, one in, per thousand people, or what is counted: people, reports, years"
    )
    hedge: Literal["about", "nearly", "over", "more than", "at least", "up to", "less than"] | None = None
    plus: YesNo = Field(default=False, description="yes prints 480,000+")
    form: Literal["auto", "full", "words", "ordinal"] = Field(
        default="auto", description="auto writes 50 million; full writes 50,000,000; words writes seven"
    )
    means: Plain = Field(description="what the number says, in a few words")
    as_at: Plain | None = None
    source: Id | None = Field(default=None, description="a source's id, or own for the organisation's own number")
    query: Id | None = Field(default=None, description="the open query about it; stands in for a source")


class Relation(Model):
    """An equation or comparison that must be true of the figures, such as `total = annual × years`."""

    holds: Plain
    query: Id | None = Field(default=None, description="the open query that admits that it does not hold")


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
    rows_from: Literal["asks"] | None = Field(default=None, description="asks: one row an ask, with its annual cost")
    mark: Decimal | None = Field(default=None, gt=0, description="how many one mark of a unit chart stands for")
    note: Line | None = None
    sources: tuple[Id, ...] = Field(default=(), description="ids to credit, where the rows' figures do not say")


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
        min_length=2, description="in order of choice; those unknown here are left out"
    )
    sentences: tuple[Line, ...] = Field(
        min_length=1, description="in order of choice; the first whose facts are known is printed"
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
                "a leave-behind has a chart or a figure, and not both",
                {"hint": "chart: names one of charts:; figure: is a figure and its caption"},
            )
        return self


class Ask(Model):
    """Something the organisation wants the reader to support."""

    id: Id
    theme: Id
    title: Line = Field(description="what it is called, in tables and lists")
    headline: Line = Field(description="its point")
    asked: Line = Field(description="the ask in a sentence")
    amount: Id | None = Field(default=None, description="the figure of its whole cost")
    legislation: Line | None = Field(default=None, description="the law to change, for an ask without an amount")
    period: Line
    annual: Id | None = None
    who_decides: Line
    why: tuple[Block, ...] = Field(min_length=1)
    buys: tuple[Line, ...] = Field(min_length=1, description="what it buys, or does")
    key_figure: KeyFigure | None = None
    chart: Id | None = None
    leave_behind: LeaveBehind

    @model_validator(mode="after")
    def _money_or_law(self) -> "Ask":
        if (self.amount is None) == (self.legislation is None):
            raise PydanticCustomError(
                "ask",
                "an ask has an amount or legislation, and not both",
                {"hint": "amount: names a figure; legislation: says which law"},
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
    label: Plain = Field(description="what kind of document, on what occasion: Briefing pack · Federal election 2025")
    short_title: Plain
    subject: Plain
    keywords: tuple[Plain, ...] = ()
    language: Plain = "en-AU"
    date: Day
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
    asks_annual: Id | None = Field(default=None, description="the figure that the asks' yearly costs come to")
    case_studies: tuple[CaseStudy, ...] = ()


# Electorate sets (set.yaml), for any country.


class Words(Model):
    """The words for an electorate and its member."""

    electorate: Plain = Field(description="electorate, riding, constituency")
    electorates: Plain = Field(description="the plural of electorate")
    member: Plain = Field(description="member, deputy, representative")
    post_nominal: Plain | None = Field(default=None, description="letters after a member's name: MP")


POSTCODE_FORM = r"^[9A]([9A \-]{0,14}[9A])?$"
PostcodeForm = Annotated[str, StringConstraints(pattern=POSTCODE_FORM)]
"""The format of a postcode: 9 is any digit, A any capital letter."""


class Country(Model):
    """The country that the states belong to."""

    name: Plain
    the: YesNo = Field(default=False, description="yes for the Netherlands")
    key: Plain | None = Field(default=None, description="what stands for the whole country in a file's state column")
    postcodes: tuple[PostcodeForm, ...] = Field(
        default=(), description="the forms of a postcode, 9 for a digit and A for a letter: 9999, or AA9A 9AA"
    )


class StateSpec(Model):
    """A state, or another part of the country with electorates of its own."""

    name: Plain
    short: Plain | None = Field(default=None, description="its abbreviation as printed; otherwise its code")
    the: YesNo = Field(default=False, description="yes for the Northern Territory")
    people: Plain | None = Field(default=None, description="Victorians; otherwise people in, and its name")


class SetSource(Source):
    """The source of some of a set's data, with its licence."""

    licence: Plain | None = None


class Notice(Model):
    """The attribution that a licence requires; `{product}` is the product that carries it."""

    short: Plain = Field(description="the credit beside a map or a chart")
    full: Plain = Field(description="the full wording, printed once")


class MembersSpec(Model):
    """The source of the members' names and offices."""

    as_at: Plain = Field(description="the column of electorates with the day of each member's row")
    source: Id
    election: Plain | None = Field(default=None, description="when they were elected: 2025 federal election")


class SearchSpec(Model):
    """The ways people write the names they search for, and the answers that are less certain."""

    abbreviations: dict[Plain, tuple[Plain, ...]] = Field(
        default={}, description="short forms in names of places, each with the full forms, the likeliest first"
    )
    titles: tuple[Plain, ...] = Field(default=(), description="words before or after a person's name: the, Hon, Dr")
    seats: tuple[Plain, ...] = Field(default=(), description="words around an electorate's name: member for, seat of")
    computed_when: dict[Plain, Plain] = Field(
        default={}, description="a row of postcodes with these values was worked out, not taken from an official list"
    )
    check_at: Web | None = Field(default=None, description="where to check which electorate an address is in")


class StateException(Model):
    """A place that votes in another state's electorate."""

    postcode: Plain
    locality: Plain | None = Field(default=None, description="as in localities; without it, the postcode's row alone")
    electorate: Id
    reason: Plain


class FactSpec(Model):
    """A number about each electorate or its state, taken from a column of a file."""

    file: Id = Field(description="a file's id in files:")
    column: Plain
    label: Plain = Field(description="what it says, in a few words")
    source: Id
    key: Literal["slug", "state"] = Field(
        default="slug", description="the column that says whose the row is: an electorate's slug, or a state's code"
    )
    where: dict[Plain, Plain] = Field(default={}, description="only the rows with these values in these columns")
    unit: Unit = Field(description="as in a brief's figures: AU$, %, people, households")
    as_at: Plain
    estimate_when: dict[Plain, Plain] = Field(default={}, description="a row with these values is an estimate")
    omit_when: dict[Plain, Plain] = Field(default={}, description="a row with these values is not to be printed")
    compare: Literal["sum", "mean", "none"] = Field(
        default="none", description="how the state's and the country's value is made of the rows"
    )
    weight: Plain | None = Field(default=None, description="the column that a mean is weighted by")

    @model_validator(mode="after")
    def _mean_has_weight(self) -> "FactSpec":
        if (self.compare == "mean") != (self.weight is not None):
            raise PydanticCustomError(
                "weight", "a mean has a weight, and nothing else has one", {"hint": "weight: and a column of numbers"}
            )
        return self


class SetFile(Model):
    """A set of electorates: the words for them, their data files, and the facts about each."""

    title: Plain
    words: Words
    country: Country
    states: dict[Plain, StateSpec] = Field(min_length=1, description="by the code that the files use")
    files: dict[Id, Plain] = Field(
        description=(
            "electorates, boundaries, changes, postcodes, localities, po-boxes, former, towns, places, "
            "and files of facts"
        )
    )
    members: MembersSpec
    search: SearchSpec = SearchSpec()
    exceptions: tuple[StateException, ...] = Field(
        default=(), description="places whose electorate is in another state, each with its reason"
    )
    sources: dict[Id, SetSource]
    notices: dict[Id, Notice] = {}
    facts: dict[Id, FactSpec] = {}


# Layouts (layout.yaml) and tokens (tokens.yaml).


class Pages(Model):
    """The number of pages a piece may have: `exactly: 1` or `at_most: 40`."""

    exactly: int | None = Field(default=None, ge=1)
    at_most: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_of_both(self) -> "Pages":
        if (self.exactly is None) == (self.at_most is None):
            said = "there is no limit" if self.exactly is None else "there are two limits"
            raise PydanticCustomError("pages", "{said}", {"said": said, "hint": "exactly: 1, or at_most: 40"})
        return self

    def __str__(self) -> str:
        """Return the limit in words."""
        return f"exactly {self.exactly}" if self.exactly else f"at most {self.at_most}"

    def allow(self, count: int) -> bool:
        """Return whether this many pages are within the limit."""
        return count == self.exactly if self.exactly else count <= (self.at_most or 1)


def _read_range(value: object) -> object:
    if isinstance(value, str):
        low, to, high = value.partition(" to ")
        if not to:
            raise PydanticCustomError("range", "is not from one share to another", {"hint": "such as 0.95 to 1.00"})
        return {"smallest": low.strip(), "largest": high.strip()}
    return value


class Range(Model):
    """The smallest and the largest type size, as shares of the size that the layout sets."""

    smallest: float = Field(gt=0.5, le=1)
    largest: float = Field(ge=1, lt=2)


class Fit(Model):
    """The limits within which the engine may change type and spacing so that a sheet fills its pages."""

    fit: Annotated[Range, BeforeValidator(_read_range, json_schema_input_type=str)] = Field(
        description="0.94 to 1.06: of the type size"
    )
    pages: Pages
    give_mm: float = Field(default=0, ge=0, le=2000, description="the most that one `data-give` space may grow")


class Box(Model):
    """A size in millimetres."""

    width_mm: Millimetres
    height_mm: Millimetres


class PieceSpec(Model):
    """A run of pages made from one HTML template.

    With `lists_pages`, it is laid out after the others and given the page number of each id in them. With `local`,
    it is only in documents for electorates, and only if the brief has `local:`.
    """

    id: Id
    page: Page
    pages: Pages
    lists_pages: bool = False
    local: bool = False


class ChartSize(Model):
    """The size of a kind of chart: a base height, and an extra height for each row."""

    width_mm: Millimetres
    height_mm: float = Field(ge=0, le=2000)
    row_mm: float = Field(default=0, ge=0, le=2000)


class DocumentSpec(Model):
    """A kind of document that the layout makes."""

    title: Plain
    styles: tuple[Sheet, ...] = Field(min_length=1)
    pieces: tuple[PieceSpec, ...] = Field(min_length=1)
    running: tuple[Id, ...] = ()
    citations: Literal["footnotes", "list"] = Field(
        description="footnotes on the page that cites, or one list at the end"
    )
    note: Page = Field(description="the page that writes one citation")
    charts: dict[Id, ChartSize] = Field(description="by chart kind; `other` is for every kind not named")
    maps: dict[Id, Box] = Field(default={}, description="the sizes at which an electorate's map is drawn")
    room: dict[Plain, Annotated[int, Field(ge=1)]] = Field(
        default={}, description="about how many words each field has room for"
    )
    smallest_type_pt: Points


class SlotSpec(Box):
    """A fixed-size box in a piece, filled from a template of its own."""

    page: Page
    styles: tuple[Sheet, ...] = Field(min_length=1)


class RunningSpec(SlotSpec):
    """A slot in the same place on every page of a document, such as a folio; it is tagged as an artifact."""

    left_mm: float = Field(ge=-2000, le=2000)
    top_mm: float = Field(ge=-2000, le=2000)
    skip: int = Field(default=0, ge=0, description="how many pages at the start go without it")


class PrintSetSpec(Model):
    """The first sheet of a print set, which lists its contents and says how to print it."""

    page: Page
    styles: tuple[Sheet, ...] = Field(min_length=1)


class EditionSpec(Model):
    """The changes for one edition: style sheets applied after each page's own.

    With an ICC profile for its colours, a document for a screen or a home printer claims PDF/A-2a.
    """

    styles: tuple[Sheet, ...] = ()
    profile: ProfilePath | None = Field(default=None, description="the ICC profile of its colours, from layouts/")


class PressSpec(EditionSpec):
    """The printing condition of the press edition, and the limits that a print shop sets (ISO 15930-7)."""

    bleed_mm: float = Field(ge=0, le=20, description="how far art goes on beyond the sheet's edge")
    ink_limit_percent: int = Field(ge=100, le=400, description="the most ink in one place, all four together")
    profile: ProfilePath = Field(description="the ICC profile of the printing condition, a path from layouts/")
    condition: Plain = Field(description="its name in the characterisation data registry of color.org, such as FOGRA39")
    text: tuple[Id, ...] = Field(min_length=1, description="the colours that text may have; the first is 0 0 0 100")


class Editions(Model):
    """The changes for each edition."""

    screen: EditionSpec = EditionSpec()
    home: EditionSpec = EditionSpec()
    press: PressSpec | None = None


class Layout(Model):
    """A designer's contract with the engine: paper, documents, templates, slots and sizes."""

    title: Plain
    paper: Box
    documents: dict[Literal["pack", "leave-behind"], DocumentSpec] = Field(min_length=1)
    slots: dict[Id, SlotSpec] = {}
    running: dict[Id, RunningSpec] = {}
    fits: dict[Id, Fit] = {}
    editions: Editions = Editions()
    print_set: PrintSetSpec | None = None


Pattern = Literal["none", "diagonal", "crossed", "level"]


class Colour(Model):
    """One colour, with its value in each edition."""

    screen: Annotated[str, StringConstraints(pattern=r"^#[0-9A-F]{6}$")]
    grey: Annotated[str, StringConstraints(pattern=r"^#[0-9A-F]{6}$")]
    cmyk: Annotated[str, StringConstraints(pattern=r"^(\d{1,2}|100)( (\d{1,2}|100)){3}$")]
    pattern: Pattern = Field(default="none", description="what a mark is hatched with where it is printed in grey")


class Tokens(Model):
    """The values that a layout's CSS and charts refer to by name."""

    family: Plain | None = None
    colours: dict[Id, Colour] = {}
    sizes_pt: dict[Id, Points] = {}
    lengths: dict[Id, Length] = {}


class TokensFile(Model):
    """The tokens that all layouts share, and each layout's changes to them."""

    shared: Tokens
    layouts: dict[Id, Tokens] = {}


@dataclass(frozen=True)
class Fault:
    """A value that the model refuses."""

    loc: Loc
    message: str
    hint: str
    words: str = ""


Kind = TypeVar("Kind", bound=Model)


def read(kind: type[Kind], data: Data) -> tuple[Kind | None, tuple[Fault, ...]]:
    """Return a model of the data; or None, and every fault in the data."""
    try:
        return kind.model_validate(data), ()
    except ValidationError as error:
        schema = kind.model_json_schema(by_alias=False)
        details = [detail for detail in error.errors(include_url=False) if not _follows(detail)]
        return None, tuple(_fault(detail, schema) for detail in details)


Value = TypeVar("Value")


_ADAPTERS: dict[object, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    """Return the adapter that reads and writes a kind of value; each process makes it once."""
    return _ADAPTERS.get(kind) or _ADAPTERS.setdefault(kind, TypeAdapter(kind))


def to_json(value: object) -> bytes:
    """Return a dataclass of plain values as one line of JSON."""
    return _adapter(type(value)).dump_json(value)


def from_json(kind: type[Value], data: bytes) -> Value | None:
    """Return the dataclass that `to_json` wrote; None if the data is not of that kind."""
    try:
        found: Value = _adapter(kind).validate_json(data, strict=True)
    except ValidationError:
        return None
    return found


def _follows(detail: ErrorDetails) -> bool:
    """Return whether a list is reported as too short only because some of its items have faults."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def schema(kind: type[Model]) -> dict[str, Any]:
    """Return the JSON Schema of a model, for editors that suggest keys and underline mistakes."""
    whole: dict[str, Any] = _editable(kind.model_json_schema())
    return whole


def _editable(node: Any) -> Any:  # noqa: ANN401 -- a part of a JSON Schema may be anything
    """Return the schema with numbers allowed as free text: editors read 2024 as a number, the engine as text."""
    if isinstance(node, list):
        return [_editable(item) for item in node]
    if not isinstance(node, dict):
        return node
    inside = {key: _editable(value) for key, value in node.items()}
    if node.get("type") == "string" and not {"pattern", "enum", "const", "format"} & set(node):
        inside["type"] = ["string", "number"]
    return inside


def fields() -> set[str]:
    """Return the field names of every part of a brief."""
    return {name for part in Model.__subclasses__() for name in part.model_fields}


def walk(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, Model]]:
    """Yield every model inside a value, with its location."""
    if isinstance(value, Model):
        yield loc, value
        for field in type(value).model_fields:
            yield from walk(getattr(value, field), (*loc, field))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*loc, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*loc, key))


def _fault(detail: ErrorDetails, schema: dict[str, Any]) -> Fault:
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    found, kind = detail["input"], detail["type"]
    if kind == "missing":
        about = _at(schema, schema, loc).get("description", "")
        return Fault(loc[:-1], f"{loc[-1]} is missing", f"add {loc[-1]}:{f' ({about})' if about else ''}")
    if kind == "extra_forbidden":
        keys = _at(schema, schema, loc[:-1]).get("properties", {})
        return Fault(
            loc,
            f'there is no key called "{loc[-1]}" here',
            nearest(str(loc[-1]), keys) or "delete it, or write what it says under another key",
        )
    if "[key]" in detail["loc"] and kind == "literal_error":
        return Fault(loc, f'there is no "{loc[-1]}"', str(detail["ctx"]["expected"]).replace("'", ""))
    if kind == "string_pattern_mismatch":
        return Fault(loc, f"{_shown(found)} does not have the right form", FORMS[detail["ctx"]["pattern"]])
    message, hint = _said(detail, found)
    return Fault(loc, message, hint)


def _said(detail: ErrorDetails, found: object) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    if found is None:
        return "it is empty", "write it, or delete the key"
    if kind == "literal_error":
        return f"{_shown(found)} is not a right answer", str(context["expected"]).replace("'", "")
    if kind in SAID:
        message, hint = SAID[kind]
        return message.format(found=_shown(found), **context), hint.format(found=_shown(found), **context)
    hint = context.get("hint", "see the example in README.md")
    return detail["msg"] if not isinstance(found, str) else f"{_shown(found)} {detail['msg']}", hint


def _shown(found: object) -> str:
    if isinstance(found, dict):
        return "a group of keys"
    if isinstance(found, (list, tuple)):
        return "a list"
    words = " ".join(str(found).split())
    return f'"{words if len(words) <= LONG else words[:LONG] + "…"}"'


LONG = 200

SAID = {
    "string_type": ("there is {found} where a text belongs", "write it as one text"),
    "string_too_short": ("it is empty", "write it, or delete the key"),
    "string_too_long": ("{found} is longer than {max_length} characters", "a shorter one"),
    "decimal_parsing": ("{found} is not a number", "digits alone, without commas or words: 320000000"),
    "decimal_type": ("there is {found} where a number belongs", "digits alone: 320000000"),
    "finite_number": ("{found} is not a number that can be printed", "digits alone, such as 46 or 320000000"),
    "float_parsing": ("{found} is not a number", "digits alone, such as 46 or 7.5"),
    "float_type": ("there is {found} where a number belongs", "digits alone, such as 46 or 7.5"),
    "int_parsing": ("{found} is not a whole number", "digits alone"),
    "int_type": ("there is {found} where a number belongs", "digits alone"),
    "greater_than": ("{found} is too small", "more than {gt:g}"),
    "greater_than_equal": ("{found} is too small", "at least {ge:g}"),
    "less_than": ("{found} is too large", "less than {lt:g}"),
    "less_than_equal": ("{found} is too large", "at most {le:g}"),
    "bool_parsing": ("{found} is neither yes nor no", "yes or no"),
    "bool_type": ("there is {found} where yes or no belongs", "yes or no"),
    "too_short": ("there are {actual_length}, fewer than the {min_length} needed", "add some"),
    "too_long": ("there are {actual_length}, more than the {max_length} that fit", "take some out"),
    "model_type": ("there is {found} where a group of keys belongs", "keys on lines of their own, two spaces in"),
    "dict_type": ("there is {found} where a group of keys belongs", "keys on lines of their own, two spaces in"),
    "tuple_type": ("there is {found} where a list belongs", "lines that begin with a hyphen"),
}
"""The message and the hint for each type of pydantic error."""


FORMS = {
    POSTCODE_FORM: "9 for each digit and A for each letter: 9999, or AA9A 9AA",
    WEB: "a web address, whole: https://www.example.org.au/report",
    EMAIL: "an e-mail address: name@example.org.au",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case words joined by hyphens: scam-losses-2024",
    r"^#[0-9A-F]{6}$": "a colour such as #16243A, in capitals",
    r"^(\d{1,2}|100)( (\d{1,2}|100)){3}$": "four percentages: 85 70 40 50",
}
"""The hint for each pattern that a text may have to match."""


def _at(schema: dict[str, Any], node: dict[str, Any], loc: Loc) -> dict[str, Any]:
    """Return the part of a JSON Schema that describes the value at `loc`."""
    node = _resolved(schema, node)
    if not loc:
        return node
    key, rest = loc[0], loc[1:]
    if isinstance(key, int):
        return _at(schema, node.get("items", {}), rest)
    named = next(iter(node.get("patternProperties", {}).values()), node.get("additionalProperties", {}))
    below = node.get("properties", {}).get(key, named)
    found = below if isinstance(below, dict) else {}
    return found if not rest and "description" in found else _at(schema, found, rest)


def _resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    choices = [choice for choice in node.get("anyOf", ()) if choice.get("type") != "null"]
    if choices:
        return _resolved(schema, choices[0])
    if "$ref" in node:
        return _resolved(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    return node

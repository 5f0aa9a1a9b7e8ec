"""Define the keys of a layout and its tokens, and what each may contain."""

import math
import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from briefpack.geometry import PT_PER_MM, Frame
from briefpack.schema import FileName, Id, Length, Millimetres, Model, Page, Plain, Points, ProfilePath, Sheet, YesNo
from briefpack.text.yaml_lines import Loc


class Pages(Model):
    """The number of pages a piece may have: `exactly: 1` or `at_most: 40`."""

    exactly: int | None = Field(default=None, ge=1)
    at_most: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_of_both(self) -> "Pages":
        if (self.exactly is None) == (self.at_most is None):
            message = (
                "neither exactly: nor at_most: is given"
                if self.exactly is None
                else "both exactly: and at_most: are given"
            )
            raise PydanticCustomError("pages", "{message}", {"message": message, "hint": "exactly: 1, or at_most: 40"})
        return self

    def __str__(self) -> str:
        """Return the limit in words."""
        return f"exactly {self.exactly}" if self.exactly else f"at most {self.at_most}"

    @property
    def least(self) -> int:
        """Return the fewest pages within the limit."""
        return self.exactly or 1

    @property
    def most(self) -> float:
        """Return the most pages within the limit, which may be infinite."""
        return self.exactly or self.at_most or math.inf

    def allow(self, count: int) -> bool:
        """Return whether this many pages are within the limit."""
        return self.least <= count <= self.most


ANY_NUMBER = Pages.model_construct()
"""The limit of a piece that may have as many pages as it needs."""


FACTORS = "the smallest and the largest type, such as 0.95 to 1.00"
PER_CENT_FROM = 20
"""The number from which the end of a fit must be meant in per cent."""


def _read_range(value: object, hint: str = FACTORS) -> object:
    if isinstance(value, str):
        low, to, high = value.partition(" to ")
        if not to:
            raise PydanticCustomError("range", "is not a range", {"hint": hint})
        low, high = low.strip(), high.strip()
        if hint == FACTORS and all(NUMBER.fullmatch(each) and float(each) >= PER_CENT_FROM for each in (low, high)):
            shares = f"{float(low) / 100:.2f} to {float(high) / 100:.2f}"
            raise PydanticCustomError("range", "is in per cent; a fit is a share of the size", {"hint": shares})
        if NUMBER.fullmatch(low) and NUMBER.fullmatch(high) and float(low) > float(high):
            raise PydanticCustomError(
                "range",
                "begins with the larger number",
                {"hint": f"the smallest, then the largest: {high} to {low}, if the two are exchanged"},
            )
        return {"smallest": low, "largest": high}
    return value


NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Range(Model):
    """The smallest and the largest type size, as shares of the size that the layout sets."""

    smallest: float = Field(gt=0.5, le=1)
    largest: float = Field(ge=1, lt=2)


class Fit(Model):
    """The limits within which the engine may change type and spacing so that a sheet fills its pages."""

    fit: Annotated[Range, BeforeValidator(_read_range, json_schema_input_type=str)]
    """0.94 to 1.06: of the type size"""
    pages: Pages = ANY_NUMBER
    """how many pages it fills; without it, as many as it needs"""
    give_mm: float = Field(default=0, ge=0, le=2000)
    """the most that a share of 1 in `data-give` adds to a space"""


class Box(Model):
    """A size in millimetres."""

    width_mm: Millimetres
    height_mm: Millimetres


def _read_paper(value: object) -> object:
    """Return the size of a paper; refuse its name, and say which size it has."""
    size = PAPERS.get(re.sub(r"\W", "", value).lower()) if isinstance(value, str) else None
    if size:
        hint = f"{{width_mm: {size[0]:g}, height_mm: {size[1]:g}}}"
        raise PydanticCustomError("paper", "is the name of a paper, not its size", {"hint": hint})
    return value


PAPERS = {
    "a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "a6": (105, 148), "b5": (176, 250), "dl": (99, 210),
    "letter": (215.9, 279.4), "usletter": (215.9, 279.4), "legal": (215.9, 355.6),
}  # fmt: skip
"""The usual papers, upright, in millimetres."""
Paper = Annotated[Box, BeforeValidator(_read_paper)]


class PieceSpec(Model):
    """A run of pages made from one HTML template.

    With `lists_pages`, it is laid out after the others and given the page number of each id in them; with
    `lists_links`, the pages that link to each. With `place`, its page is written for each electorate. With `local`, so
    it is, and only for electorates, and only if the brief has `local:`. Its own `pieces` follow each item that it is
    made for, and are made for the things that belong to that item. A piece that may have any number of pages follows
    the piece before it on its last page, unless it `starts` a page: always, or if it takes much more than half of one.
    """

    id: Id
    page: Page
    pages: Pages = ANY_NUMBER
    """how many pages it may have; without it, as many as it needs"""
    each: Plain | None = None
    """ask, section, theme …: a piece for each of them, in order"""
    needs: Plain | None = None
    """a key of the brief, such as glance: no piece without it"""
    without: Plain | None = None
    """theme: only the items of `each:` that have no theme"""
    lists_pages: bool = False
    lists_links: bool = False
    place: bool = False
    local: bool = False
    starts: Literal["page", "half"] | None = None
    """page: it shares its pages with no other piece; half: only if it takes about half of one, or less"""
    pieces: tuple["PieceSpec", ...] = ()
    """the pieces that follow each theme, in order"""


def every_piece(specs: tuple[PieceSpec, ...], loc: Loc = ()) -> Iterator[tuple[Loc, PieceSpec]]:
    """Yield every piece, and the pieces inside it, in order, with its place in the document."""
    for index, spec in enumerate(specs):
        own = (*loc, "pieces", index)
        yield own, spec
        yield from every_piece(spec.pieces, own)


class ChartSize(Model):
    """The size of a kind of chart: a base height, and an extra height for each row and for each series."""

    width_mm: Millimetres
    height_mm: float = Field(ge=0, le=2000)
    row_mm: float = Field(default=0, ge=0, le=2000)
    series_mm: float = Field(default=0, ge=0, le=2000)
    most_rows: int = Field(default=100, ge=1, le=100)
    """of an `ask-` size: with more rows, the kind's own size"""
    grow_mm: float = Field(default=0, ge=0, le=2000)
    """how much taller it may be, to fill its page"""


Side = Literal["top", "right", "bottom", "left"]


class MapPlace(Box):
    """The size of a map, how it is drawn, and the margins within it that the electorate keeps free.

    `outlined` and `filled` show an electorate with its places and neighbours; `cover` does so on a dark field.
    `locator` shows it in its state or nation, and `state` in its state, both without a word. If land would fill the
    strip of `band_mm` at the top of a cover, the strip is kept plain.
    """

    style: Literal["outlined", "filled", "cover", "locator", "state"] = "state"
    left_mm: float = Field(default=0, ge=0, le=2000)
    right_mm: float = Field(default=0, ge=0, le=2000)
    top_mm: float = Field(default=0, ge=0, le=2000)
    bottom_mm: float = Field(default=0, ge=0, le=2000)
    band_mm: float = Field(default=0, ge=0, le=2000)


class ImagePlace(Box):
    """A place for images: the most that an image takes, and the sides on which it runs into the bleed."""

    crop: YesNo = False
    """yes fills the place, and cuts off what doesn't fit round the focus"""
    bleed: tuple[Side, ...] = ()
    """the sides on which it extends beyond the page, in an edition with a bleed"""
    grow_mm: float = Field(default=0, ge=0, le=2000)
    """how much taller it may be, to fill its page"""
    tall_mm: Millimetres | None = None
    """its height for an image that is taller than wide"""
    beneath: Id | None = None
    """the colour under a transparent image, from tokens.yaml"""


class DocumentSpec(Model):
    """A kind of document that the layout makes."""

    title: Plain
    made_for: tuple[Plain, ...] = Field(alias="for", min_length=1)
    """nation, electorate or meeting, each alone or × ask: a document for each; or day, for all its meetings"""
    internal: YesNo = False
    """yes for a document of our own: it may name our people and print our notes, and has a folder apart"""
    file: FileName | None = None
    """the name of its files: {place}-pack"""
    paper: Paper | None = None
    """its size, if it isn't the layout's"""
    styles: tuple[Sheet, ...] = Field(min_length=1)
    pieces: tuple[PieceSpec, ...] = Field(min_length=1)
    running: tuple[Id, ...] = ()
    citations: Literal["footnotes", "list", "numbered"]
    """footnotes on each page; a list at the end, in order of citation; or numbers in one list of all sources"""
    note: Page
    """the page that writes one citation"""
    charts: dict[Id, ChartSize]
    """by chart kind; `other` is for every kind not named"""
    maps: dict[Id, MapPlace] = {}
    """the sizes and styles in which an electorate's map is drawn"""
    images: dict[Id, ImagePlace] = {}
    """the places for images; no other place can have one"""
    room: dict[Plain, Annotated[int, Field(ge=1)]] = {}
    """about how many words each field has room for"""
    tallest_chart_mm: Millimetres = 2000
    """the height of a chart beside which the fields still have their room"""
    smallest_type_pt: Points


class SlotSpec(Box):
    """A fixed-size box in a piece, filled from a template of its own."""

    page: Page
    styles: tuple[Sheet, ...] = Field(min_length=1)


class RunningSpec(SlotSpec):
    """A slot in the same place on every page of a document, such as a folio; it is tagged as an artifact."""

    left_mm: float = Field(ge=-2000, le=2000)
    top_mm: float = Field(ge=-2000, le=2000)
    skip: int = Field(default=0, ge=0)
    """how many pages at the start go without it"""

    @property
    def frame(self) -> Frame:
        """Return its place on each page."""
        return Frame(*(size * PT_PER_MM for size in (self.left_mm, self.top_mm, self.width_mm, self.height_mm)))


class PrintSetSpec(Model):
    """The first sheet of a print set, which lists its contents and says how to print it."""

    page: Page
    styles: tuple[Sheet, ...] = Field(min_length=1)


class EditionSpec(Model):
    """A layout's changes to an edition; its style sheets are applied after each page's own.

    With an ICC profile for its colours, a document for a screen or a home printer claims PDF/A-3a.
    """

    styles: tuple[Sheet, ...] = ()
    profile: ProfilePath | None = None
    """the ICC profile of its colours, from layouts/"""
    colours: Literal["rgb", "grey"] = "rgb"
    """the value of each token that it prints with"""
    smallest_type_pt: Points = 1
    """the smallest type allowed"""
    least_dpi: float = Field(default=1, ge=1, le=2400)
    """the lowest image resolution allowed"""


Bleed = Annotated[float, Field(ge=0, le=20, description="how far artwork extends beyond the trim")]
InkLimit = Annotated[int, Field(ge=100, le=400, description="the total ink limit: all four inks in one place")]
Condition = Annotated[
    Plain,
    Field(description="its name in the characterisation data registry of color.org, such as FOGRA39"),
]
TextColours = Annotated[
    tuple[Id, ...], Field(min_length=1, description="the colours allowed for text; the first is 0 0 0 100")
]


class PressSpec(EditionSpec):
    """The printing condition of the press edition, and the limits that a print shop sets (ISO 15930-7)."""

    bleed_mm: Bleed
    ink_limit_percent: InkLimit
    profile: ProfilePath
    """the ICC profile of the printing condition, a path from layouts/"""
    condition: Condition
    text: TextColours


class LikeSpec(EditionSpec):
    """A further edition: another edition, with changes."""

    like: Id
    """the edition that it is based on, such as home"""
    bleed_mm: Bleed = 0
    ink_limit_percent: InkLimit = 100
    condition: Condition = ""
    text: TextColours = ()


class Editions(Model):
    """The changes to each edition, and further editions by name."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, LikeSpec] = Field(init=False)

    screen: EditionSpec = EditionSpec()
    home: EditionSpec = EditionSpec()
    press: PressSpec | None = None


class Layout(Model):
    """A designer's contract with the engine: paper, documents, templates, slots and sizes."""

    title: Plain
    labels: dict[Id, Plain] = {}
    """labels for its own pages, and replacements for labels of the language's file"""
    paper: Paper
    documents: dict[Id, DocumentSpec] = Field(min_length=1)
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
    pattern: Pattern = "none"
    """the hatching of its marks where they are printed in grey"""


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

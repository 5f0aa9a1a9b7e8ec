"""Define the blocks that the body of a pack is made of, and the places that a part of a brief is for."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from briefpack.brief.data.keys import TableRows, may_leave_out
from briefpack.schema import ChartId, Code, FigureId, Heading, Id, ImageId, Line, ListId, Model, Plain, Prose, SourceId

ALL = "all"
"""The word for every electorate, in a list of electorates."""

Side = Literal["government", "opposition", "cross-bench"]


class Places(Model):
    """States and electorates, by their codes and slugs in the electorate set; [all] is every electorate.

    Or the electorates of members, by their side in the parliament and their roles.
    """

    states: tuple[Code, ...] = ()
    electorates: tuple[Id, ...] = ()
    """by slug, or [all]: each electorate, not the nation"""
    sides: tuple[Side, ...] = ()
    """those of the members on these sides"""
    roles: tuple[Code, ...] = ()
    """those of the members with these roles, as the set has them"""

    @model_validator(mode="after")
    def _not_empty(self) -> "Places":
        if not (self.states or self.electorates or self.sides or self.roles):
            hint = "states: [NSW, VIC], or electorates: [sydney]"
            raise PydanticCustomError("places", "no place is named", {"hint": hint})
        return self


class ForPlaces(Model):
    """A part of a brief that only some places have."""

    only: Places | None = None
    """the places whose documents have it; no other does"""
    leave_out: Places | None = Field(default=None, alias="except")
    """the places whose documents don't have it; every other does"""


class KeyFigure(Model):
    """A figure set large, with its meaning beneath."""

    figure: FigureId
    caption: Line


class Table(Model):
    """Rows of text under column headings; the first cell of each row is its heading."""

    caption: Line
    columns: tuple[Line, ...] = Field(min_length=2)
    rows: tuple[tuple[Line, ...], ...] = Field(min_length=1)
    data: TableRows | None = None
    """the rows, from a data file, in place of rows:; its columns are the headings"""

    model_config, _filled = may_leave_out(columns=["-", "-"], rows=[["-", "-"]])


class Quote(Model):
    """Somebody's exact words."""

    words: Plain
    who: Line
    source: SourceId


def _by_id(value: object) -> object:
    """Return the keys of an image block that gives the image's id alone."""
    return {"image": value} if isinstance(value, str) else value


class PlacedImage(Model):
    """An image between the blocks of a part, and how much of the page it takes."""

    image: ImageId
    """the id of an image under images:"""
    size: Literal["column", "full-width", "full-page"] = "column"


class Block(ForPlaces):
    """One item of body text: exactly one of these, and perhaps the places that it is for."""

    text: Prose | None = None
    heading: Heading | None = None
    """a heading within a part, above the block that follows it"""
    figure: KeyFigure | None = None
    chart: ChartId | None = None
    table: Table | None = None
    quote: Quote | None = None
    local_list: ListId | None = None
    """the id of a list under local_lists:"""
    image: Annotated[PlacedImage | None, BeforeValidator(_by_id, json_schema_input_type=str | PlacedImage)] = None

    @model_validator(mode="before")
    @classmethod
    def _exactly_one(cls, data: object) -> object:
        kinds = [name for name in cls.model_fields if name not in ForPlaces.model_fields]
        if not isinstance(data, dict):
            return data
        given = [name for name in data if name in kinds]
        # Another key is a mistake of its own.
        if not given and not {*data} - {"only", "except"}:
            raise PydanticCustomError(
                "block", "this block has nothing to print", {"hint": f"add one of {', '.join(kinds)}"}
            )
        if len(given) > 1:
            fault = f"this block already has {given[0]}:"
            hint = f"put a hyphen before {given[1]}:, to begin a block of its own"
            raise PydanticCustomError("block", "{fault}", {"fault": fault, "hint": hint, "at": (given[1],)})
        return data

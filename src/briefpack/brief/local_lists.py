"""Define a brief's own lists, texts and numbers about electorates, from the rows of data files."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from briefpack.brief.data.keys import Rows
from briefpack.schema import Code, Heading, Line, Model


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

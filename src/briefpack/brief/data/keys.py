"""Define the keys of a data file, and of the charts, tables and figures that are filled from one."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from briefpack.schema import Code, Id, Model, QueryId, SourceId, Unit, YesNo
from briefpack.text.yaml_lines import Data

Columns = dict[Code, str]


def _headed(value: object) -> object:
    """Return the keys of a column that is given by its heading alone."""
    return {"heading": value} if isinstance(value, str) else value


def _named(value: object) -> object:
    """Return columns with the name of each in print; a single column needs none."""
    if isinstance(value, str):
        return {value: ""}
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return {each: each if len(value) > 1 else "" for each in value}
    return value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...])]
SeveralColumns = Annotated[Columns, BeforeValidator(_named, json_schema_input_type=str | tuple[str, ...] | Columns)]
Line = Annotated[int, Field(ge=1)]


def may_leave_out(**instead: Any) -> tuple[ConfigDict, Any]:  # noqa: ANN401 -- pydantic names no type for it
    """Return the config and the validator of a model whose keys may be left out beside `data:`, with these defaults."""

    def fill(cls: type[Model], data: Data) -> Data:  # noqa: ARG001 -- called as a class method
        return {**instead, **data} if isinstance(data, dict) and "data" in data else data

    def loosen(schema: dict[str, Any]) -> None:
        schema["required"] = [key for key in schema["required"] if key not in instead]

    return ConfigDict(json_schema_extra=loosen), model_validator(mode="before")(fill)


class Column(Model):
    """A column of a data file: its heading there, and its unit if it has one of its own."""

    heading: Code
    unit: Unit | None = None
    text: YesNo = False
    """yes if its cells are text, though some look like numbers"""


class DataFile(Model):
    """A file of numbers in the brief's `data/`, with the unit, source and date of all of them."""

    file: Code
    """the name of a .csv, .xlsx or .ods file in data/"""
    sheet: Code | None = None
    """the name of a sheet, if the file has several"""
    header: Line | None = None
    """the line of the column names; by default, the first that isn't empty"""
    columns: dict[Code, Annotated[Column, BeforeValidator(_headed, json_schema_input_type=str | Column)]] = {}
    """short names for columns, each with its heading in the file"""
    unit: Unit | None = None
    """the unit of its numbers, as in a figure"""
    source: SourceId | None = None
    """a source's id, or own"""
    query: QueryId | None = None
    """the open query about its numbers, in place of a source"""
    as_at: Code | None = None


class Rows(Model):
    """The rows that are taken from a data file, or from a file named here."""

    from_: Id | None = Field(default=None, alias="from")
    """the id of a data file under data:"""
    file: Code | None = None
    """the name of a file in data/, in place of from:"""
    sheet: Code | None = None
    header: Line | None = None
    unit: Unit | None = None
    source: SourceId | None = None
    query: QueryId | None = None
    as_at: Code | None = None
    where: dict[Code, Texts] = {}
    """columns, each with the value, or a list of values, of the rows taken"""

    @model_validator(mode="before")
    @classmethod
    def _check_is_group(cls, data: Data) -> Data:
        if isinstance(data, str):
            raise PydanticCustomError("rows", "is neither from: nor file:", {"hint": FROM_OR_FILE})
        return data


FROM_OR_FILE = "write from: with the id of a data file under data:, or file: with a name in data/"


class ChartRows(Rows):
    """The rows of a chart, from a data file."""

    label: Code
    """the column of the rows' labels"""
    values: SeveralColumns = {}
    """the columns of numbers; each of several is a series"""
    low: Code | None = None
    """the column of the lower ends of the rows' ranges"""
    high: Code | None = None
    """the column of the upper ends"""
    series: Code | None = None
    """the column of the rows' series"""
    note: Code | None = None
    """the column of the rows' notes"""
    group: Code | None = None
    """the column of the rows' groups"""
    when: Code | None = None
    """the column of the dates of a timeline"""
    strong: Texts = ()
    """the labels or series that the finding is about"""


class TableRows(Rows):
    """The rows of a table, from a data file."""

    columns: SeveralColumns = {}
    """the columns, in order; by default, all"""


class Cell(Rows):
    """The value of a figure, from one cell of a data file."""

    column: Code

"""Define the types of the keys that all YAML files share, and report values that have the wrong type."""

import ast
import datetime
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from types import NoneType
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError

from briefpack.problem import Problem, Problems
from briefpack.schema import faults
from briefpack.schema.faults import EMAIL, FILE_NAME, ID, WEB, Fault
from briefpack.text import entry, numbers
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Data, Loc, Tree

Id = Annotated[str, StringConstraints(pattern=ID, max_length=60)]
"""Lower-case words joined by hyphens."""


def _one_paragraph(value: str) -> str:
    """Return the text; refuse a list, a quotation or a second paragraph, which would print as part of the first."""
    if found := SEVERAL.search(value):
        hint = "put lists and further paragraphs in the text of a block"
        fault = (
            "continues after an empty line"
            if found[0].isspace()
            else f'has a line that begins with "{found[0].strip()}"'
        )
        raise PydanticCustomError("paragraph", "{fault}, but must be one paragraph", {"fault": fault, "hint": hint})
    return value


SEVERAL = re.compile(r"^ {0,3}(?:[-+*]|\d{1,9}[.)]|>)[ \n]|\n[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True)
class Names:
    """The mark of a type whose text is an id, with the part of the brief that defines it."""

    part: str


AskId = Annotated[Id, Names("asks")]
ChartId = Annotated[Id, Names("charts")]
FigureId = Annotated[Id, Names("figures")]
ImageId = Annotated[Id, Names("images")]
ListId = Annotated[Id, Names("local_lists")]
QueryId = Annotated[Id, Names("queries")]
SourceId = Annotated[Id, Names("sources")]
ThemeId = Annotated[Id, Names("themes")]


@dataclass(frozen=True)
class Words:
    """The mark of a type whose text prints as typed, with its role on the page; the review reads no other text."""

    role: Literal["sentence", "point", "heading", "label", "description", "words"] = "words"


@dataclass(frozen=True)
class Markdown:
    """The mark of a type whose text is Markdown, so that a page must print it with a function."""


Line = Annotated[str, StringConstraints(min_length=1), AfterValidator(_one_paragraph), Markdown(), Words()]
"""One paragraph of Markdown; `{figure-id}` prints a figure, `[^source-id]` cites a source."""

Prose = Annotated[str, StringConstraints(min_length=1), Markdown(), Words("sentence")]
"""Markdown of any length, lists included, with the same references as a Line."""

Plain = Annotated[str, StringConstraints(min_length=1), Words()]
"""Text without Markdown; it may contain `{figure-id}`."""

Sentence = Annotated[Line, Words("sentence")]
"""A Line of whole sentences."""

Heading = Annotated[Line, Words("heading")]
Label = Annotated[Plain, Words("label")]
Description = Annotated[Plain, Words("description")]
"""Alternative text."""

Code = Annotated[str, StringConstraints(min_length=1)]
"""Text that doesn't print as typed: a column, a file, a question."""


Web = Annotated[str, StringConstraints(pattern=WEB)]
"""The full address of a web page."""

Email = Annotated[str, StringConstraints(pattern=EMAIL)]


def _read_date(value: object, info: ValidationInfo) -> object:
    return _entered(entry.date, value, info.context) if isinstance(value, str) else value


def _read_amount(value: object, info: ValidationInfo) -> object:
    return _entered(entry.number, value, info.data.get("unit"), info.context) if isinstance(value, str) else value


def _entered(reading: Callable[..., object], *typed: object) -> object:
    try:
        return reading(*typed)
    except entry.RefusedError as error:
        raise PydanticCustomError("entry", "{fault}", {"fault": str(error), "hint": error.hint}) from None


def _read_yes(value: object) -> object:
    if isinstance(value, str):
        answer = entry.answer(value)
        if answer is None:
            raise PydanticCustomError("yes_or_no", "is neither yes nor no", {"hint": "yes or no"})
        return answer
    return value


def _read_answer(value: object) -> object:
    """Return yes and no as they are spelt in a list of options; leave other options alone."""
    answer = entry.answer(value) if isinstance(value, str) else None
    return value if answer is None else "yes" if answer else "no"


def _read_length(value: object) -> object:
    """Return the value; refuse text that would end its CSS declaration and start another."""
    if isinstance(value, str) and (
        re.search(r"[;{}\\@]|/\*", value)
        or value.count("(") != value.count(")")
        or any(value.count(mark) % 2 for mark in "\"'")
    ):
        raise PydanticCustomError(
            "length", "is not a single CSS value", {"hint": "use one value, such as 18mm, without ;"}
        )
    if isinstance(value, str) and SPACED.fullmatch(value.strip()):
        raise PydanticCustomError("length", "has a space before its unit", {"hint": "".join(value.split())})
    return value


def _check_unit(value: str) -> str:
    """Return the unit; refuse a currency with anything added, since only a currency alone prints before its number."""
    if numbers.names_money(value) and not numbers.is_currency(value):
        raise PydanticCustomError("unit", "is not a unit", {"hint": UNITS})
    return value


UNITS = "use a currency alone, such as £, NZ$ or GBP; multiply thousands or millions into the values, and put “a year” in the text"

SPACED = re.compile(r"[-+]?[\d.]+\s+(?:%|[A-Za-z]+)")

Unit = Annotated[Code, AfterValidator(_check_unit)]
"""The thing that a number counts, or its currency."""

Length = Annotated[Code, BeforeValidator(_read_length, json_schema_input_type=str)]
Millimetres = Annotated[float, Field(gt=0, le=2000)]
Points = Annotated[float, Field(gt=0, le=500)]
Page = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The path of a Jinja2 template from layouts/."""

Sheet = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The path of a style sheet from layouts/."""

ProfilePath = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The path of an ICC profile from layouts/."""

FileName = Annotated[str, StringConstraints(pattern=FILE_NAME, max_length=100)]
"""The name of a kind's files, without .pdf; names in braces stand for the place and the ask of each."""

ANSWER = StringConstraints(pattern="^([Yy]es|YES|[Nn]o|NO|[Tt]rue|TRUE|[Ff]alse|FALSE)$")
Day = Annotated[datetime.date, BeforeValidator(_read_date, json_schema_input_type=str)]
Answer = Literal["yes", "no"]
YesNo = Annotated[bool, BeforeValidator(_read_yes, json_schema_input_type=Answer | Annotated[str, ANSWER] | bool)]
Amount = Annotated[Decimal, BeforeValidator(_read_amount)]
"""A number, which may be typed with separators or, after a model's `unit`, with the sign of that unit."""

PositiveAmount = Annotated[Decimal, Field(gt=0), BeforeValidator(_read_amount)]

Electoral = Annotated[
    Literal["undecided", "yes", "no"],
    BeforeValidator(_read_answer, json_schema_input_type=Literal["undecided"] | Answer | Annotated[str, ANSWER] | bool),
]


class Model(BaseModel):
    """A frozen part of a YAML file, which refuses unknown keys."""

    # Workers read no YAML, so the validators are built when a file is first read: 0.14 s that they save.
    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False, defer_build=True,
        # Two equal texts stay two: a problem is reported at the one that prints.
        cache_strings="keys",
    )  # fmt: skip

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema, with the docstring below each field as its description."""
        found = handler(core)
        properties = handler.resolve_ref_schema(found)["properties"]
        # Pydantic could do so itself, but would read the source of each model even where nobody asks for a schema.
        for name, docstring in _docstrings(cls):
            properties[cls.model_fields[name].alias or name]["description"] = docstring
        return found

    @classmethod
    def for_editors(cls) -> dict[str, Any]:
        """Return the model as a JSON Schema, by which editors suggest keys and underline mistakes."""
        whole: dict[str, Any] = _editable(cls.model_json_schema())
        return whole


def _docstrings(kind: type[Model]) -> Iterator[tuple[str, str]]:
    """Yield the name of each field of a model, those of its parents included, that has a docstring, and that."""
    for parent in reversed(kind.mro()[: -len(Model.mro())]):
        for node in ast.walk(ast.parse(inspect.getsource(parent))):
            for field, below in pairwise(node.body if isinstance(node, ast.ClassDef) else ()):
                match field, below:
                    case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(docstring))):
                        yield name, docstring


class Named(Model):
    """Something identified by its id alone."""

    id: Id


Kind = TypeVar("Kind")


def read(kind: type[Kind], data: Data, locale: Locale | None = None) -> tuple[Kind | None, tuple[Fault, ...]]:
    """Return a model, or a dataclass, of the data; or None, and every fault in the data.

    With a locale, dates and amounts may be typed as is usual in its language.
    """
    # An adapter of a model doesn't heed the model's `cache_strings`.
    validate = kind.model_validate if issubclass(kind, BaseModel) else _adapter(kind).validate_python
    try:
        return validate(data, context=locale), ()
    except ValidationError as error:
        schema = _described(kind)
        details = [detail for detail in error.errors(include_url=False) if not _follows(detail)]
        details = [detail for detail in details if not faults.follows(detail, details)]
        return None, tuple(faults.read(detail, schema, data) for detail in details)


def read_tree(
    kind: type[Kind],
    tree: Tree,
    start: str = "start from briefpack new NAME",
    locale: Locale | None = None,
    meant: Callable[[Loc], str] = lambda _loc: "",
) -> Kind:
    """Return a model of a YAML file. Raises Problems; `start` says how to begin a file that has no keys.

    If the text at a location isn't a valid id, `meant` returns the id that was meant; an empty text if that is
    unknown.
    """
    if not isinstance(tree.data, dict):
        raise Problems(tree.problems or [tree.problem((), "the file doesn't begin with a key", start)])
    found, refused = read(kind, tree.data, locale)
    if found is None or tree.problems:
        raise Problems([*tree.problems, *_independent(refused, tree, meant)])
    return found


def _independent(refused: Iterable[Fault], tree: Tree, meant: Callable[[Loc], str]) -> Iterator[Problem]:
    """Yield a problem for each fault that is on the line of no mistake of syntax."""
    lines = {(problem.path, problem.line) for problem in tree.problems}
    for fault in refused:
        hint = (fault.is_id and meant(fault.loc)) or fault.hint
        problem = tree.problem(fault.loc, fault.message, hint)
        if (problem.path, problem.line) not in lines:
            yield problem


Value = TypeVar("Value")


_ADAPTERS: dict[object, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    """Return the adapter that reads and writes a kind of value; each process makes it once."""
    return _ADAPTERS.get(kind) or _ADAPTERS.setdefault(kind, TypeAdapter(kind))


_SCHEMAS: dict[object, dict[str, Any]] = {}


def _described(kind: type) -> dict[str, Any]:
    """Return the JSON Schema that a fault's place is looked up in; each process makes it once."""
    return _SCHEMAS.get(kind) or _SCHEMAS.setdefault(kind, _adapter(kind).json_schema())


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
    return {name for part in parts() for name in part.model_fields}


def parts() -> list[type[Model]]:
    """Return the models of every part of a brief, a layout and an electorate set."""
    parts = [*Model.__subclasses__()]
    for part in parts:
        parts += part.__subclasses__()
    return parts


def marks(*of: object) -> Iterator[object]:
    """Yield the marks of a type, and of the types that it is made of."""
    for each in of:
        yield each
        yield from marks(*get_args(each))


def walk(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, Model]]:
    """Yield every model inside a value, with its location."""
    if isinstance(value, tuple):
        parts: Iterable[tuple[str | int, object]] = enumerate(value)
    elif isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, Model):
        yield loc, value
        parts = value
    else:
        return
    for key, part in parts:
        # Most parts are plain, and it takes pydantic long to say that one isn't a model.
        if type(part) not in PLAIN:
            yield from walk(part, (*loc, key))


PLAIN = {str, int, bool, Decimal, NoneType}
"""The types of values that hold no model."""

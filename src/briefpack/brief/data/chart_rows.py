"""Fill the rows of a chart from a data file: one for each row there and each of its columns of numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefpack.brief.data.filling import Columns, Filling
from briefpack.brief.data.keys import ChartRows
from briefpack.brief.data.sheets import Sheet
from briefpack.tables import Row
from briefpack.text.yaml_lines import Data, Loc

TEXTS = ("label", "note", "group", "when")
ENDS = ("low", "high")


@dataclass(frozen=True)
class _Mark:
    """A row of a chart: the row of the file that it comes from, and the columns of its numbers by their keys."""

    row: Row
    series: str
    numbers: Mapping[str, str]


def fill(filling: Filling, loc: Loc, chart: dict[str, Data]) -> None:
    """Fill the rows of a chart that names a data file."""
    found = filling.open(ChartRows, chart, loc, "rows")
    if not found:
        return
    wanted, sheet = found
    named: dict[Loc, str | None] = {(key,): getattr(wanted, key) for key in (*TEXTS, *ENDS, "series")}
    columns = filling.columns(sheet, loc, {**named, **{("values", name): name for name in wanted.values}})
    rows = filling.sheets.rows(sheet, wanted.where, (*loc, "data"))
    if columns is None or not filling.fits(len(rows) * max(len(wanted.values), 1), loc):
        return
    marks = [mark for row in rows for mark in _marks(row, wanted, columns)]
    if rows and not marks:
        hint = "name other columns in values:, or other rows in where:"
        filling.sheets.say((*loc, "data"), f"the cells that it takes from {sheet.table.file} are empty", hint)
    del chart["data"]
    chart["rows"] = []
    for mark in marks:
        place = (*loc, "rows", len(chart["rows"]))
        chart["rows"].append(_filled(filling, sheet, mark, wanted, columns))
        _trace(filling, sheet, mark, columns, place)


def _marks(row: Row, wanted: ChartRows, columns: Columns) -> Iterator[_Mark]:
    """Yield the marks of one row of a file; a mark without a number has none, unless no mark has one."""
    ends = {key: columns[key,] for key in ENDS if (key,) in columns}
    each = [(name, {"figure": columns["values", column], **ends}) for column, name in wanted.values.items()]
    for name, numbers in each or [("", ends)]:
        there = {key: heading for key, heading in numbers.items() if row[heading]}
        if there or not numbers:
            yield _Mark(row, row[columns["series",]] if ("series",) in columns else name, there)


def _filled(filling: Filling, sheet: Sheet, mark: _Mark, wanted: ChartRows, columns: Columns) -> dict[str, str]:
    """Return the keys of a row of a chart."""
    texts = {key: mark.row[columns[key,]] for key in TEXTS if (key,) in columns}
    found = {key: text for key, text in texts.items() if text or key == "label"}
    found |= {"series": mark.series} if mark.series else {}
    found |= {"strong": "yes"} if {texts["label"], mark.series} & {*wanted.strong} else {}
    about = ", ".join(filter(None, (mark.series, texts["label"])))
    means = {key: f"{heading}, {about}" for key, heading in mark.numbers.items()}
    return found | {key: filling.figure(sheet, mark.row, heading, means[key]) for key, heading in mark.numbers.items()}


def _trace(filling: Filling, sheet: Sheet, mark: _Mark, columns: Columns, place: Loc) -> None:
    """Add the origins of a row of a chart."""
    filling.origins[place] = sheet.table.place(mark.row)
    headings = {key: columns[key,] for key in TEXTS if (key,) in columns} | {**mark.numbers}
    for key, heading in headings.items():
        filling.origins[*place, key] = sheet.table.place(mark.row, heading)

"""Write the rows of a chart that listeners go through one by one: steps, events, and figures side by side."""

from briefpack.plan.model import ChartRow, Drawing
from briefpack.text.locale import Locale

LISTED = ("process", "timeline", "numbers")
"""The kinds of charts that are heard as a list; the others are heard as a picture with its values."""


def of(drawing: Drawing, marked: str, locale: Locale) -> tuple[str, ...]:
    """Return the rows of a chart as the items of a list, or none if it isn't heard as one.

    `marked` is what it means that a row is emphasised, and is heard after it.
    """
    rows = drawing.rows if drawing.kind in LISTED else ()
    return tuple(_with_mark(_item(row, locale), marked if row.strong else "", locale) for row in rows)


def table(drawing: Drawing, locale: Locale) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table that tells a drawing of several series: its header, then a row for each moment."""
    series = list(dict.fromkeys(row.series for row in drawing.rows))
    cells = {(row.label, row.series): _cell(row, locale) for row in drawing.rows}
    moments = dict.fromkeys(row.label for row in drawing.rows)
    none = locale.label("not-available")
    rows = ((moment, *(cells.get((moment, each), none) for each in series)) for moment in moments)
    return ((locale.label("when-column"), *series), *rows)


def _cell(row: ChartRow, locale: Locale) -> str:
    if not row.low_written:
        return row.written
    return locale.label("value-in-range", value=row.written, low=row.low_written, high=row.high_written)


def _item(row: ChartRow, locale: Locale) -> str:
    """Return a row in words, with one colon: before its value or its note or, without these, after its date."""
    told = locale.label("value-noted", value=row.written, note=row.note) if row.written and row.note else ""
    told = told or row.written or row.note
    names = (row.when, row.label) if told else (row.when,)
    name = locale.label("comma").join(filter(None, names))
    return locale.label("value-of", name=name, value=told or row.label) if name else told or row.label


def _with_mark(item: str, marked: str, locale: Locale) -> str:
    """Return an item with what its mark means, before the full stop if it has one."""
    if not marked:
        return item
    stop = locale.label("full-stop") if item.endswith(locale.label("full-stop")) else ""
    return locale.label("value-noted", value=item.removesuffix(stop), note=marked) + stop

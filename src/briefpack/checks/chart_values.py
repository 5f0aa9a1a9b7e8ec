"""Check that the drawing of each chart, its alternative text and its file give the same values."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from briefpack.checks.findings import Findings, Found, others, quoted
from briefpack.checks.read import passages
from briefpack.checks.read.finished import Finished, normalised
from briefpack.plan import ChartRow, Drawing, says

MOST = 12
"""The most values that an alternative text has to give one by one; of more, it gives the ends and the extremes."""
DIGITS = re.compile(r"\d[\d.,\s]*")


def agree(finished: Finished) -> Findings:
    """Find charts whose values their alternative text, their file or their drawing lacks."""
    document = finished.expected.document
    files, drawings = (document.files, document.drawings) if document else ({}, {})
    attached = {*passages.attached_texts(finished)} if files else set()
    for name, file in files.items():
        drawing, chart = drawings.get(name), f"the chart {quoted(file.name.removesuffix('.csv'))}"
        if drawing and (lost := _unsaid(drawing, finished.alts)):
            values = f"{quoted(lost[0])}{others(len(lost), 'value')}"
            yield Found(None, f"the alternative text of {chart} lacks {values}")
        if drawing and not _is_drawn(drawing, finished.expected.drawn.get(name, ())):
            yield Found(None, f"the drawing of {chart} has none of the values of its rows")
        if file.data.decode() not in attached:
            yield Found(None, f"the file with the values of {chart} isn't attached")


def _unsaid(drawing: Drawing, alts: Iterable[str]) -> list[str]:
    """Return the values that the alternative text of a drawing lacks: that is the one of all which has the most of them."""
    wanted = [*dict.fromkeys(_wanted(drawing))]
    lacking = ([value for value in wanted if not says(alt, value)] for alt in alts)
    return min(lacking, key=len, default=wanted)


def _wanted(drawing: Drawing) -> Iterator[str]:
    """Yield the values, as they print, that an alternative text has to give."""
    rows = [row for row in drawing.rows if _has_value(row)]
    for row in rows if len(rows) <= MOST else _telling(rows):
        yield from filter(None, (row.written, row.low_written, row.high_written))


def _has_value(row: ChartRow) -> bool:
    return row.value is not None or row.low is not None


def _telling(rows: Iterable[ChartRow]) -> Iterator[ChartRow]:
    """Yield the ends and the extremes of each series; electorates have no first and no last."""
    by_series = attrgetter("group", "series")
    for _, group in groupby(sorted(rows, key=by_series), by_series):
        series = [*group]
        yield from (min(series, key=_size), max(series, key=_size))
        if not series[0].key:
            yield from (series[0], series[-1])


def _size(row: ChartRow) -> float:
    return row.value or 0.0


def _is_drawn(drawing: Drawing, texts: tuple[str, ...]) -> bool:
    """Return whether a drawing has a value of its rows, perhaps without its unit, if it has numbers and few rows."""
    values = [*dict.fromkeys(_wanted(drawing))]
    drawn = normalised(" ".join(texts))
    if len(drawing.rows) > MOST or not any(map(str.isdigit, drawn)):
        return True
    return any(normalised(part) in drawn for value in values for part in (value, *DIGITS.findall(value)))

"""Check that each chart compares like with like, and has the same values in its drawing, alternative text and file."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from briefpack.checks.findings import Findings, Found, others, quoted
from briefpack.checks.read.finished import Finished, normalised
from briefpack.plan import ChartRow, Drawing, says, values_in_words
from briefpack.plan.model import ValuesFile

MOST = 12
"""The most values that an alternative text has to give one by one; of more, it gives the ends and the extremes."""
APART = ("numbers", "strip", "map-of-nation", "process", "timeline")
"""The kinds that compare no value with the next, so that their units may differ."""
DIGITS = re.compile(r"\d[\d.,\s]*")


def in_alternative_text(finished: Finished) -> Findings:
    """Find charts whose alternative text, or the list or table that stands for it, lacks a value."""
    described = [text for page in finished.reads for text in page.described]
    for _, file, drawing in _charts(finished):
        lost = _unsaid(_wanted(drawing), described) if drawing else ()
        if lost:
            values = f"{quoted(lost[0])}{others(len(lost), 'value')}"
            yield Found(None, f"the alternative text of {_called(file)} lacks {values}")


def agree(finished: Finished) -> Findings:
    """Find charts whose values their file or their drawing lacks."""
    charts = [*_charts(finished)]
    attached = {file.text for file in finished.attached} if charts else set()
    for name, file, drawing in charts:
        few = drawing is not None and len(drawing.rows) <= MOST
        if drawing and few and not _is_drawn(_wanted(drawing), finished.expected.drawn.get(name, ())):
            yield Found(None, f"the drawing of {_called(file)} has none of the values of its rows")
        if file.data.decode() not in attached:
            yield Found(None, f"the file with the values of {_called(file)} isn't attached")


def _charts(finished: Finished) -> Iterator[tuple[str, ValuesFile, Drawing | None]]:
    """Yield the name of each chart of a document, the file with its values, and its drawing, if it has one."""
    document = finished.expected.document
    for name, file in document.files.items() if document else ():
        yield name, file, document.drawings.get(name) if document else None


def _called(file: ValuesFile) -> str:
    return f"the chart {quoted(file.name.removesuffix('.csv'))}"


def compare_like(finished: Finished) -> Findings:
    """Find charts with values in more than one unit on one scale."""
    document = finished.expected.document
    for name, drawing in document.drawings.items() if document else ():
        units = [*dict.fromkeys(row.unit for row in drawing.rows if row.value is not None)]
        if drawing.kind not in APART and len(units) > 1:
            yield Found(None, f"the chart {quoted(name)} compares {quoted(units[0])} with {quoted(units[1])}")


def _unsaid(wanted: tuple[str, ...], alts: Iterable[str]) -> tuple[str, ...]:
    """Return the values of a drawing that its alternative text lacks: its text is taken to be the fullest one."""
    return min((_lacking(wanted, alt) for alt in alts), key=len, default=wanted)


# Most charts are the same in every electorate, and so are most alternative texts.
@lru_cache(maxsize=4096)
def _lacking(wanted: tuple[str, ...], alt: str) -> tuple[str, ...]:
    return tuple(value for value in wanted if not says(alt, value))


def _wanted(drawing: Drawing) -> tuple[str, ...]:
    """Return the values, as they print, that an alternative text has to give, each once."""
    rows = [row for row in drawing.rows if row.value is not None or row.low is not None]
    telling = rows if len(rows) <= MOST else _telling(rows)
    values = (value for row in telling for value in (row.written, row.low_written, row.high_written) if value)
    return tuple(dict.fromkeys(values))


def _telling(rows: Iterable[ChartRow]) -> Iterator[ChartRow]:
    """Yield the ends and the extremes of each series; electorates have no first and no last."""
    by_series = attrgetter("group", "series")
    for _, group in groupby(sorted(rows, key=by_series), by_series):
        series = [*group]
        yield from (min(series, key=values_in_words.exact), max(series, key=values_in_words.exact))
        if not series[0].key:
            yield from (series[0], series[-1])


@lru_cache(maxsize=1024)
def _is_drawn(values: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    """Return whether a drawing has a value of its rows, perhaps without its unit, if it has numbers."""
    drawn = normalised(" ".join(texts))
    if not any(map(str.isdigit, drawn)):
        return True
    return any(normalised(part) in drawn for value in values for part in (value, *DIGITS.findall(value)))

"""Write a chart's values in words, for readers who can't see it: their ranks, and the rows of lists and tables."""

import bisect
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from itertools import groupby, pairwise

from briefpack.plan.model import ChartRow, Drawing
from briefpack.text import numbers
from briefpack.text.locale import Locale

MOST = 12
"""The most values that a text gives one by one; of more, it gives the ends, the extremes and the emphasised ones."""
FEW = 4
"""The most values of a series that are given one by one in any case."""
BY_ROW = ("dots", "stacked")
"""The kinds of charts that are read row by row, as are several lines; the others are read series by series."""
LINES = ("line", "-survey")
"""The kinds of charts with lines, and a state's survey over the years."""
NUMBERED = ("process",)
"""The kinds of charts whose rows are numbered."""
SPACES = re.compile(r"\s+")


def with_values(text: str, drawing: Drawing, locale: Locale) -> str:
    """Return an alternative text, followed by the values of its chart that it doesn't say itself."""
    stop, said = locale.label("full-stop"), text.rstrip()
    sentences = [f"{each}{stop}" for each in _sentences(drawing, said, locale)]
    if sentences and said[-1:].isalnum():
        said += stop
    for sentence in sentences:
        said = locale.label("alt-with-values", text=said, values=sentence) if said else sentence
    return said


def _sentences(drawing: Drawing, said: str, locale: Locale) -> Iterator[str]:
    """Yield a sentence for each series, or each row, that has something unsaid, and one for the events."""
    rows, hidden = _shown(drawing.rows)
    short = sum(map(_has_value, rows)) <= MOST
    several = drawing.kind in LINES and len({row.label for row in rows}) < len(rows)
    by_row = short and (several or drawing.kind in BY_ROW)
    names = {row: _name(row, number, drawing.kind, locale, by_row=by_row) for number, row in enumerate(rows, start=1)}
    unsaid = _unsaid(rows, said)
    for heading, group in _grouped(rows, by_row=by_row).items():
        ranked = dict.fromkeys(group, "") if short or len(group) <= FEW else _telling(group, locale)
        picked = {row: rank for row, rank in ranked.items() if row in unsaid}
        items = _of_electorates(group, picked, locale) if group[0].key else _items(picked, names, locale)
        yield from _sentence(heading, items, locale)
        yield from _sentence("", _by_class(group, drawing, locale), locale)
    yield from _sentence("", (locale.label("dots-missing", number=str(count)) for count in hidden.values()), locale)
    events = (_pair(each.when, each.label, locale) for each in drawing.options.events if each.label not in said)
    yield from _sentence("", events, locale)


def _by_class(rows: Sequence[ChartRow], drawing: Drawing, locale: Locale) -> Iterator[str]:
    """Yield how many electorates are in each class of a map that the brief gives its classes."""
    if rows[0].key and drawing.options.classes:
        for name, count in _counted(rows, drawing.options.classes, locale):
            yield locale.label("electorates-in-class", count, number=str(count), name=name)


def _shown(rows: Sequence[ChartRow]) -> tuple[list[ChartRow], Counter[str]]:
    """Return the rows that can be said, and how many electorates a chart leaves out, by the text in their place."""
    said = [row for row in rows if row.value is not None or not row.key]
    return said, Counter(row.written for row in rows if row.value is None and row.key and row.written)


def _has_value(row: ChartRow) -> bool:
    return bool(row.written or row.low_written)


def _sentence(heading: str, items: Iterable[str], locale: Locale) -> Iterator[str]:
    stop = locale.label("full-stop")
    values = locale.label("semicolon").join(item.removesuffix(stop) for item in items)
    if values:
        values = values[:1].upper() + values[1:]
        heading = heading[:1].upper() + heading[1:].removesuffix(stop)
        yield locale.label("values-of", name=heading, values=values) if heading else values


def _grouped(rows: Iterable[ChartRow], *, by_row: bool) -> dict[str, list[ChartRow]]:
    """Return the rows by their group and their series or, row by row, by their group and their label."""
    found: dict[str, list[ChartRow]] = {}
    for row in rows:
        heading = row.label if by_row and row.series else row.series
        found.setdefault(", ".join(filter(None, (row.group, heading))), []).append(row)
    return found


def _name(row: ChartRow, number: int, kind: str, locale: Locale, *, by_row: bool) -> str:
    name = row.series if by_row and row.series else row.label
    name = _pair(row.when, name, locale) if row.when else name
    return locale.label("step", number=str(number), text=name) if kind in NUMBERED else name


def _item(row: ChartRow, name: str, rank: str, locale: Locale) -> str:
    """Return a row in words: its name, and its value, its range and its note if it has them."""
    value = _value(row, locale)
    if value and row.note:
        value = locale.label("value-noted", value=value, note=row.note)
    item = _pair(name, value or row.note, locale)
    return locale.label("value-ranked", rank=rank, value=item) if rank else item


def _value(row: ChartRow, locale: Locale) -> str:
    """Return a row's value as it is written, with its range if it has one."""
    if not row.low_written:
        return row.written
    label = "value-in-range" if row.written else "from-to"
    return locale.label(label, value=row.written, low=row.low_written, high=row.high_written)


def _items(picked: Mapping[ChartRow, str], names: Mapping[ChartRow, str], locale: Locale) -> Iterator[str]:
    """Yield rows in words; neighbouring rows with the same value, and nothing else to say, are said together."""
    for _, group in groupby(picked, key=partial(_alike, picked=picked, names=names)):
        rows = [*group]
        if len(rows) > 1:
            joined = locale.label("name-comma").join(names[row] for row in rows)
            yield locale.label("value-of-each", names=joined, value=rows[0].written)
        else:
            yield _item(rows[0], names[rows[0]], picked[rows[0]], locale)


def _alike(row: ChartRow, picked: Mapping[ChartRow, str], names: Mapping[ChartRow, str]) -> object:
    """Return the value that rows spoken together share, or the row itself if it has more to say."""
    plain = row.written and names[row] and not (row.low_written or row.note or picked[row])
    return row.written if plain else row


def _pair(name: str, value: str, locale: Locale) -> str:
    return locale.label("value-of", name=name, value=value) if name and value else name or value


def _telling(rows: Sequence[ChartRow], locale: Locale) -> dict[ChartRow, str]:
    """Return the most telling rows of a long series, in its order: the ends, the extremes and the emphasised rows.

    Each has its rank, if it is an end or an extreme. Electorates have no first and no last.
    """
    valued = [row for row in rows if row.value is not None] or list(rows)
    extremes = {"value-lowest": min(valued, key=exact), "value-highest": max(valued, key=exact)}
    ends = {} if rows[0].key else {"value-first": rows[0], "value-last": rows[-1]}
    strong = [row for row in rows if row.strong]
    # A series that is emphasised as a whole has no row that says more than the others.
    found: dict[ChartRow, list[str]] = {row: [] for row in strong if len(strong) < len(rows)}
    for label, row in (*ends.items(), *extremes.items()):
        found.setdefault(row, []).append(locale.label(label))
    comma = locale.label("comma")
    return {row: comma.join(found[row]) for row in rows if row in found}


def _of_electorates(rows: Sequence[ChartRow], picked: Mapping[ChartRow, str], locale: Locale) -> Iterator[str]:
    """Yield the values picked from electorates, highest first, with the rank of the only strong one, and the median.

    A name is always beside its value, so that another electorate's documents may have it. Electorates that a map only
    labels come last, as they have no rank.
    """
    strong = [row for row in rows if row.strong]
    if len(strong) == 1:
        words = rank(strong[0], rows, locale)
        value = locale.label("rank-of-value", value=strong[0].written, rank=words)
        yield _pair(strong[0].label, value, locale)
    others = sorted((row for row in picked if strong != [row]), key=exact, reverse=True)
    yield from (_item(row, row.label, picked[row], locale) for row in others if picked[row])
    yield median(rows, locale)
    yield from (_item(row, row.label, "", locale) for row in others if not picked[row])


def _unsaid(rows: Sequence[ChartRow], said: str) -> frozenset[ChartRow]:
    """Return the rows that a text doesn't say; a value that several rows have must be in the text as often."""
    folded = _folded(said)
    wanted = Counter(part for row in rows for part in _parts(row))
    missing = {part for part, count in wanted.items() if _times(part, folded) < count}
    return frozenset(row for row in rows if not missing.isdisjoint(_parts(row)))


def _parts(row: ChartRow) -> tuple[str, ...]:
    """Return the texts by which a row is found in words: its values or, without any, its label, date and note."""
    values = row.written, row.low_written, row.high_written
    texts = values if _has_value(row) else (row.when, row.label, row.note)
    return tuple(_folded(text) for text in texts if text)


def says(text: str, value: str) -> bool:
    """Return whether a text has a value, and not only as the end of another number."""
    return _times(_folded(value), _folded(text)) > 0


def _times(part: str, folded: str) -> int:
    """Count how often a text has a value, not counting the ends of longer numbers: 5% isn't in 2.5%."""
    return len(re.findall(rf"(?<![a-z\d.,]){re.escape(part)}(?![a-z\d]|[.,]\d)", folded)) if part in folded else 0


# Each value is looked for in many texts, and each text in many documents.
@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return SPACES.sub(" ", text).casefold()


def rank(row: ChartRow, rows: Sequence[ChartRow], locale: Locale) -> str:
    """Return the rank of a row in words, counted from the nearer end: 34th lowest of 150.

    It is equal if another has its value before rounding, and an estimate if its range allows another.
    """
    own = exact(row)
    values = [exact(each) for each in rows if each.value is not None and row.value is not None]
    below, above = (sum(sign * (value - own) > 0 for value in values) for sign in (-1, 1))
    place, end = (below, "lowest") if below < above else (above, "highest")
    name, ordinal = (f"rank-from-{end}" if place else f"rank-{end}"), numbers.ordinal_in_digits(place + 1, locale)
    words = locale.label(name, ordinal=ordinal, total=str(len(values)))
    if len(values) - below - above > 1:
        words = locale.label("rank-equal", rank=words)
    return locale.label("rank-estimated", rank=words) if row.unsure else words


def exact(row: ChartRow) -> float:
    """Return the number that a row's rank goes by: its value before it was rounded."""
    return (row.value or 0.0) if row.exact is None else row.exact


def median(rows: Sequence[ChartRow], locale: Locale) -> str:
    """Return the median of rows with values: as written in a row that has it, or with as many decimals as they have."""
    values = [row.value for row in rows if row.value is not None]
    middle = statistics.median(values)
    places = max(map(_decimals, values))
    exact = Decimal(f"{round(middle, places):.10g}")
    written = (row.written for row in rows if row.value == middle)
    return locale.label("median", value=next(written, "") or numbers.counted(exact, rows[0].unit, locale))


def _counted(rows: Sequence[ChartRow], limits: Sequence[float], locale: Locale) -> Iterator[tuple[str, int]]:
    """Yield the name of each class, highest first, and its number of rows; `limits` are where the next begins."""
    values = [row.value for row in rows if row.value is not None]
    counts = Counter(bisect.bisect_right(limits, value) for value in values)
    places = max(map(_decimals, (*values, *limits)), default=0)
    named = list(_class_names(limits, rows[0].unit, places, locale))
    yield from ((name, counts[place]) for place, name in reversed([*enumerate(named)]) if counts[place])


def _class_names(limits: Sequence[float], unit: str, places: int, locale: Locale) -> Iterator[str]:
    """Yield the names of classes as in the map's key, without overlap: under 5%, 5.0% to 9.9%, 10% or more."""
    finest = 10.0**-places
    fewest = min(map(_decimals, limits))
    yield locale.label("class-under", value=_limit_written(limits[0], unit, fewest, locale))
    for low, high in pairwise(limits):
        first, last = (_limit_written(each, unit, places, locale) for each in (low, high - finest))
        yield locale.label("class-range", low=first, high=last) if first != last else first
    yield locale.label("class-over", value=_limit_written(limits[-1], unit, fewest, locale))


def _limit_written(value: float, unit: str, places: int, locale: Locale) -> str:
    plain = Decimal(f"{value:.10g}")
    most = max(places, -int(plain.as_tuple().exponent))
    return numbers.written(Decimal(f"{plain:.{most}f}"), unit, locale)


def _decimals(value: float) -> int:
    return len(f"{value:.10g}".partition(".")[2])


LISTED = ("process", "timeline", "numbers")
"""The kinds of charts that are heard as a list; the others are heard as a picture with its values."""


def listed(drawing: Drawing, marked: str, locale: Locale) -> tuple[str, ...]:
    """Return the rows of a chart as the items of a list, or none if it isn't heard as one.

    `marked` is the meaning of an emphasised row's mark, and is heard after the row.
    """
    rows = drawing.rows if drawing.kind in LISTED else ()
    return tuple(_with_mark(_listed_item(row, locale), marked if row.strong else "", locale) for row in rows)


def table(drawing: Drawing, locale: Locale) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table that tells a drawing of several series: its header, then a row for each moment."""
    series = list(dict.fromkeys(row.series for row in drawing.rows))
    cells = {(row.label, row.series): _value(row, locale) for row in drawing.rows}
    moments = dict.fromkeys(row.label for row in drawing.rows)
    none = locale.label("not-available")
    rows = ((moment, *(cells.get((moment, each), none) for each in series)) for moment in moments)
    return ((locale.label("when-column"), *series), *rows)


def _listed_item(row: ChartRow, locale: Locale) -> str:
    """Return a row in words, with one colon: before its value or its note or, without these, after its date."""
    told = locale.label("value-noted", value=row.written, note=row.note) if row.written and row.note else ""
    told = told or row.written or row.note
    names = (row.when, row.label) if told else (row.when,)
    name = locale.label("comma").join(filter(None, names))
    return _pair(name, told or row.label, locale)


def _with_mark(item: str, marked: str, locale: Locale) -> str:
    """Return an item with the meaning of its mark, before the full stop if it has one."""
    if not marked:
        return item
    stop = locale.label("full-stop") if item.endswith(locale.label("full-stop")) else ""
    return locale.label("value-noted", value=item.removesuffix(stop), note=marked) + stop

"""Write the values of a chart in words, which its alternative text gives to readers who can't see it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import groupby

from briefpack.plan import map_classes, ranks
from briefpack.plan.model import ChartRow, Drawing
from briefpack.text.locale import Locale

MOST = 12
"""The most values that a text gives one by one; of more, it gives the ends, the extremes and those emphasised."""
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
    by_row = short and _is_by_row(drawing.kind, rows)
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
        for name, count in map_classes.counted(rows, drawing.options.classes, locale):
            yield locale.label("electorates-in-class", count, number=str(count), name=name)


def _shown(rows: Sequence[ChartRow]) -> tuple[list[ChartRow], Counter[str]]:
    """Return the rows that can be said, and how many electorates a chart leaves out, by what it prints in their place."""
    said = [row for row in rows if row.value is not None or not row.key]
    return said, Counter(row.written for row in rows if row.value is None and row.key and row.written)


def _is_by_row(kind: str, rows: Sequence[ChartRow]) -> bool:
    """Return whether a chart is read row by row: lines are, if several have a value for the same row."""
    return kind in BY_ROW or (kind in LINES and len({row.label for row in rows}) < len(rows))


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
    value = row.written
    if row.low_written:
        label = "value-in-range" if value else "from-to"
        value = locale.label(label, value=value, low=row.low_written, high=row.high_written)
    if value and row.note:
        value = locale.label("value-noted", value=value, note=row.note)
    item = _pair(name, value or row.note, locale)
    return locale.label("value-ranked", rank=rank, value=item) if rank else item


def _items(picked: Mapping[ChartRow, str], names: Mapping[ChartRow, str], locale: Locale) -> Iterator[str]:
    """Yield rows in words; those in a row that have the same value, and nothing else, are said together."""
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
    """Return the rows that say the most of a long series, in its order: the ends, the extremes and those emphasised.

    Each has its rank, if it is an end or an extreme. Electorates have no first and no last.
    """
    valued = [row for row in rows if row.value is not None] or list(rows)
    extremes = {"value-lowest": min(valued, key=ranks.exact), "value-highest": max(valued, key=ranks.exact)}
    ends = {} if rows[0].key else {"value-first": rows[0], "value-last": rows[-1]}
    strong = [row for row in rows if row.strong]
    # A series that is emphasised as a whole has no row that says more than the others.
    found: dict[ChartRow, list[str]] = {row: [] for row in strong if len(strong) < len(rows)}
    for label, row in (*ends.items(), *extremes.items()):
        found.setdefault(row, []).append(locale.label(label))
    comma = locale.label("comma")
    return {row: comma.join(found[row]) for row in rows if row in found}


def _of_electorates(rows: Sequence[ChartRow], picked: Mapping[ChartRow, str], locale: Locale) -> Iterator[str]:
    """Yield the values picked of electorates, from the highest, with the rank of the one that stands out, and the median.

    A name is always beside its value, so that another electorate's documents may have it. Those that a map only labels come
    last, as they have no rank.
    """
    strong = [row for row in rows if row.strong]
    if len(strong) == 1:
        words = ranks.rank(strong[0], rows, locale)
        value = locale.label("rank-of-value", value=strong[0].written, rank=words)
        yield _pair(strong[0].label, value, locale)
    others = sorted((row for row in picked if strong != [row]), key=ranks.exact, reverse=True)
    yield from (_item(row, row.label, picked[row], locale) for row in others if picked[row])
    yield ranks.median(rows, locale)
    yield from (_item(row, row.label, "", locale) for row in others if not picked[row])


def _unsaid(rows: Sequence[ChartRow], said: str) -> frozenset[ChartRow]:
    """Return the rows that a text doesn't say: a value that several rows have is said if the text has it as often."""
    folded = _folded(said)
    wanted = Counter(part for row in rows for part in _parts(row))
    missing = {part for part, count in wanted.items() if _times(part, folded) < count}
    return frozenset(row for row in rows if not missing.isdisjoint(_parts(row)))


def _parts(row: ChartRow) -> tuple[str, ...]:
    """Return the texts by which a row is said: its values or, without any, its words."""
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

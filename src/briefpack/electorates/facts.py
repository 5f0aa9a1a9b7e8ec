"""Read the facts about each electorate, with their ranges, history, ranks and the values to compare them with."""

import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from briefpack.electorates.electorate import Fact, Moment, Standing
from briefpack.electorates.model import FactSpec, SetFile
from briefpack.electorates.tables import OF_SLUGS, OF_STATES, Files, few
from briefpack.problem import nearest
from briefpack.text.tables import Row, Table
from briefpack.text.yaml_lines import Loc


def _has_columns(files: Files, table: Table, loc: Loc, wanted: Mapping[str, Iterable[str]]) -> bool:
    missing = [(key, column) for key, columns in wanted.items() for column in columns if column not in table.columns]
    for key, column in missing:
        message = f'there is no column called "{column}" in {table.file}'
        hint = nearest(column, table.columns) or f"use one of the {len(table.columns)} columns of {table.file}"
        files.problems.append(files.tree.problem((*loc, key), message, hint, words=column))
    return not missing


Range = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class _Cell:
    """A number from a file of facts, before it is compared with others; `exact` and its range are not rounded."""

    value: Decimal
    exact: Decimal
    weight: Decimal | None
    estimate: bool
    omitted: bool
    ends: Range
    exact_ends: Range


@dataclass(frozen=True)
class Ranked:
    """A number to rank: its range, which is the number itself if it is exact; `printed` unless it is too uncertain.

    `rounded` is the number as it prints, if that is less exact: two that print alike may have different ranks.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    printed: bool = True
    rounded: Decimal | None = None

    @property
    def shown(self) -> Decimal:
        """Return the number as it prints."""
        return self.value if self.rounded is None else self.rounded


def read(files: Files, known: Mapping[str, Row]) -> Mapping[str, Mapping[str, Fact]]:
    """Return each electorate's facts by its slug, without any that are unknown or mustn't print."""
    found: dict[str, dict[str, Fact]] = {slug: {} for slug in known}
    for fact_id, spec in files.spec.numbers.items():
        cells = _cells(files, fact_id, spec, known)
        states, nation = _state_values(spec, cells, known), _nation_value(spec, cells, known, files.spec)
        places = _standings(cells) if spec.key == "slug" else {}
        histories = _histories(files, spec, cells) if spec.over else {}
        for slug, row in known.items():
            cell = cells.get(row[spec.key])
            if cell is None or cell.omitted:
                continue
            found[slug][fact_id] = Fact(
                id=fact_id, value=cell.value, unit=spec.unit, label=spec.label,
                level="state" if spec.key == "state" else "electorate", estimate=cell.estimate, source=spec.source,
                as_at=spec.as_at, state_value=states.get(row["state"]), nation_value=nation, low=cell.ends[0],
                high=cell.ends[1], exact=cell.exact, standing=places.get(slug),
                history=histories.get(row[spec.key], ()),
                nation_history=histories.get(files.spec.country.key or "", ()),
            )  # fmt: skip
    return found


def _standings(cells: Mapping[str, _Cell]) -> Mapping[str, Standing]:
    """Return the rank of each number; a number that mustn't print counts wherever its range may put it."""
    anywhere = Decimal("-Infinity"), Decimal("Infinity")
    ranked = {}
    for key, cell in cells.items():
        unknown = anywhere if cell.omitted else (cell.exact, cell.exact)
        low, high = cell.exact_ends
        ends = (low, high) if low is not None and high is not None else unknown
        ranked[key] = Ranked(cell.exact, *ends, printed=not cell.omitted, rounded=cell.value)
    return standings(ranked)


def _histories(files: Files, spec: FactSpec, cells: Mapping[str, _Cell]) -> Mapping[str, tuple[Moment, ...]]:
    """Return the values of a fact over time, by slug or by state, in the file's order."""
    table, found = files.table(spec.file), dict[str, tuple[Moment, ...]]()
    kept = {column: value for column, value in spec.where.items() if column != spec.over}
    for row in table.rows if table else ():
        key = row[spec.key]
        if table and row.has(kept):
            value, when = files.number(table, row, spec.column), row[spec.over or ""]
            if value is not None and key in cells:
                value = rounded(value, spec)
                ends = _range(files, table, row, spec, value)
                found[key] = (*found.get(key, ()), Moment(when, value, *ends, breaks=when == spec.break_at))
    return found


def texts(files: Files, known: Mapping[str, Row]) -> Mapping[str, Mapping[str, str]]:
    """Return the texts of each electorate by its slug, without any that are unknown or mustn't print."""
    found: dict[str, dict[str, str]] = {slug: {} for slug in known}
    for fact_id, spec in files.spec.texts.items():
        rows = _rows(files, fact_id, spec, known)
        for slug, row in known.items():
            cells = rows.get(row[spec.key])
            if cells and cells[spec.column] and not (spec.omit_when and cells.has(spec.omit_when)):
                found[slug][fact_id] = " ".join(cells[spec.column].split())
    return found


def _cells(files: Files, fact_id: str, spec: FactSpec, known: Mapping[str, Row]) -> Mapping[str, _Cell]:
    table, cells = files.table(spec.file), dict[str, _Cell]()
    for key, row in _rows(files, fact_id, spec, known).items():
        cell = _cell(files, table, row, spec) if table else None
        if cell:
            cells[key] = cell
    return cells


COLUMNS = ("weight", "count", "low", "high", "range_of", "error", "over")
"""The keys of a fact that name one column."""


def _wanted(spec: FactSpec) -> Mapping[str, Iterable[str]]:
    return {
        "key": (spec.key,),
        "column": (spec.column,),
        "where": spec.where,
        "estimate_when": spec.estimate_when,
        "omit_when": spec.omit_when,
        **{key: (column,) for key in COLUMNS if (column := getattr(spec, key))},
    }


def _rows(files: Files, fact_id: str, spec: FactSpec, known: Mapping[str, Row]) -> Mapping[str, Row]:
    """Return one row for each electorate or state; add a problem for any that is repeated, missing or unknown."""
    table, loc = files.table(spec.file), ("facts", fact_id)
    if table is None or not _has_columns(files, table, loc, _wanted(spec)):
        return {}
    rows = [row for row in table.rows if row.has(spec.where)]
    which = "".join(f', {column} "{value}"' for column, value in spec.where.items())
    if spec.where and not rows:
        message, value = f"no row of {table.file} has{which.lstrip(',')}", next(iter(spec.where.values()))
        files.problems.append(files.tree.problem((*loc, "where"), message, "add the rows", words=value))
        return {}
    noun, wanted, allowed, unknown = "electorate", {*known}, {*files.slugs}, OF_SLUGS
    if spec.key == "state":
        noun, wanted, unknown = "state", {*files.spec.states}, OF_STATES
        allowed = {*wanted, *filter(None, [files.spec.country.key])}
    found: dict[str, Row] = {}
    for row in rows:
        key = row[spec.key]
        if key in found:
            message = f'there is already a row for "{key}"{which} on line {found[key].line}'
            files.say(table, row, message, "delete one of the two")
        elif key in allowed:
            found[key] = row
        elif allowed:
            files.say(table, row, f'there is no {noun} called "{key}"', nearest(key, allowed) or unknown)
    missing = sorted(wanted - found.keys()) if spec.covers == "all" else []
    if missing:
        hint = "add it, and leave unknown cells empty, or write covers: some"
        files.say(table, None, f"there is no row for {few(missing)}{which}", hint)
    return found


def _cell(files: Files, table: Table, row: Row, spec: FactSpec) -> _Cell | None:
    found = files.number(table, row, spec.column)
    weight = files.number(table, row, spec.weight) if spec.weight else Decimal(1)
    if found is None:
        return None
    value, exact = rounded(found, spec), _exact(files, table, row, spec, found, weight)
    estimate, omitted = (bool(values) and row.has(values) for values in (spec.estimate_when, spec.omit_when))
    ends = _range(files, table, row, spec, value)
    exact_ends = ends if exact == value else _range(files, table, row, spec, exact)
    return _Cell(value, exact, weight, estimate, omitted, ends, exact_ends)


def _state_values(spec: FactSpec, cells: Mapping[str, _Cell], known: Mapping[str, Row]) -> Mapping[str, Decimal | None]:
    parts: dict[str, list[str]] = {}
    for slug, row in known.items():
        parts.setdefault(row["state"], []).append(slug)
    return {} if spec.key == "state" else {state: _together(spec, cells, slugs) for state, slugs in parts.items()}


def _nation_value(
    spec: FactSpec, cells: Mapping[str, _Cell], known: Mapping[str, Row], whole: SetFile
) -> Decimal | None:
    """Return the value in the country's own row or, without one, the value for its states or electorates together."""
    if spec.key == "slug":
        return _together(spec, cells, known)
    own = cells.get(whole.country.key or "")
    return own.value if own else _together(spec, cells, whole.states)


def _together(spec: FactSpec, cells: Mapping[str, _Cell], keys: Iterable[str]) -> Decimal | None:
    """Return the sum or weighted mean of some rows; None if any of them is missing, an estimate or omitted."""
    found = [cells.get(key) for key in keys]
    firm = [(cell.value, cell.weight) for cell in found if cell and not cell.estimate and not cell.omitted]
    pairs = [(value, weight) for value, weight in firm if weight is not None]
    weights = sum((weight for _, weight in pairs), Decimal(0))
    if spec.compare == "none" or len(pairs) < len(found) or not weights:
        return None
    if spec.compare == "sum":
        return sum((value for value, _ in pairs), Decimal(0))
    finest = min(int(value.as_tuple().exponent) for value, _ in pairs)
    exact = sum((value * weight for value, weight in pairs), Decimal(0)) / weights
    return exact.quantize(Decimal(1).scaleb(finest), ROUND_HALF_UP)


ERRORS = Decimal("1.96")
"""How many standard errors a 95 % confidence interval reaches to each side."""
PERCENT = Decimal(100)
FINEST = Decimal("1e-9")
"""The step of a share that is worked out from its count."""


def rounded(value: Decimal, spec: FactSpec) -> Decimal:
    """Return a number with the decimal places that its fact prints."""
    return value if spec.decimals is None else value.quantize(Decimal(1).scaleb(-spec.decimals), ROUND_HALF_UP)


def _exact(files: Files, table: Table, row: Row, spec: FactSpec, value: Decimal, whole: Decimal | None) -> Decimal:
    """Return a number before it was rounded: a share is worked out from its count, if the fact names one."""
    count = files.number(table, row, spec.count)
    return (PERCENT * count / whole).quantize(FINEST) if count is not None and whole else value


def _range(files: Files, table: Table, row: Row, spec: FactSpec, value: Decimal) -> Range:
    """Return the ends of a number's range; both are None without a range."""
    if spec.error:
        return _of_survey(files.number(table, row, spec.error), spec, value)
    low, high = (files.number(table, row, column) for column in (spec.low, spec.high))
    whole = files.number(table, row, spec.range_of) if spec.range_of else value
    if low is None or high is None or not whole:
        return None, None
    low, high = (_as_precise(value * end / whole, value) for end in (low, high))
    # A number that is rounded further than its range may lie outside it.
    return min(low, value), max(high, value)


def _of_survey(error: Decimal | None, spec: FactSpec, value: Decimal) -> Range:
    if error is None:
        return None, None
    reach = ERRORS * error / PERCENT * value
    # No survey finds fewer than nobody, or more than everybody.
    most = PERCENT if spec.unit == "%" else value + reach
    return _as_precise(max(value - reach, Decimal(0)), value), _as_precise(min(value + reach, most), value)


def _as_precise(end: Decimal, value: Decimal) -> Decimal:
    return end.quantize(Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))), ROUND_HALF_UP)


def standings(numbers: Mapping[str, Ranked]) -> dict[str, Standing]:
    """Return the standing of each number that prints, by the same key."""
    printed = sorted(each.value for each in numbers.values() if each.printed)
    lows, highs = (sorted(getattr(each, end) for each in numbers.values()) for end in ("low", "high"))
    if not printed:
        return {}
    shown = sorted(each.shown for each in numbers.values() if each.printed)
    finest = min(int(each.as_tuple().exponent) for each in shown)
    median = statistics.median(shown).quantize(Decimal(1).scaleb(min(0, finest)), ROUND_HALF_UP)
    found = {}
    for key, each in numbers.items():
        if each.printed:
            found[key] = Standing(
                total=len(printed),
                above=len(printed) - bisect_right(printed, each.value),
                below=bisect_left(printed, each.value),
                perhaps_above=len(highs) - bisect_left(highs, each.low) - 1,
                perhaps_below=bisect_right(lows, each.high) - 1,
                median=median,
                lowest=shown[0],
                highest=shown[-1],
            )
    return found

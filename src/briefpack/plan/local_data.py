"""Read a brief's own texts and numbers about electorates from its data files, and add them to its electorates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from briefpack.brief.data.sheets import Sheets
from briefpack.brief.figures import OWN
from briefpack.brief.local_page import LocalText
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, Fact, facts, local
from briefpack.electorates.model import FactSpec, SetSource
from briefpack.electorates.tables import DIGITS_ONLY, NUMBER
from briefpack.plan.local_table import LocalTable
from briefpack.problem import Problem, or_nearest
from briefpack.text.tables import Row
from briefpack.text.yaml_lines import Loc, Tree


@dataclass(frozen=True)
class _Cells:
    """A column of a data file, with the row of each electorate that has a cell there, by slug."""

    table: LocalTable
    column: str
    rows: Mapping[str, Row]


def read(
    folder: Path, brief: Brief, tree: Tree, group: ElectorateSet | None
) -> tuple[ElectorateSet | None, list[Problem]]:
    """Return the electorates with the brief's own texts and numbers, and the problems of these and of their files."""
    problems = [*_check(brief, tree, group)]
    if not brief.local_data or group is None:
        return group, problems
    sheets = Sheets(tree, folder)
    for name, wanted in brief.local_data.items():
        cells = _cells(name, wanted, sheets, group)
        if cells is None:
            group = _with_nothing(group, name)
        elif unit := cells.table.sheet.unit(cells.column)[0]:
            group = _with_numbers(group, name, wanted.label, brief, cells, unit)
        else:
            group = _with_texts(group, name, cells)
    return group, [*problems, *sheets.problems]


def _check(brief: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Check that nothing has the id of a fact or of a field."""
    for name in brief.local_data:
        if group and name in local.names(group):
            message = f'every electorate already has "{name}"'
            yield tree.problem(("local_data", name), message, "use another id, here and wherever it is named")


def _cells(name: str, wanted: LocalText, sheets: Sheets, group: ElectorateSet) -> _Cells | None:
    """Return the column of a text or a number, with the rows in which it is filled; None if there is no such column."""
    loc: Loc = ("local_data", name, "data")
    sheet = sheets.open(wanted.data, loc)
    if sheet is None:
        return None
    table = LocalTable(sheets, sheet, wanted.data, loc, group)
    wanted_rows, column = [*table.rows()], table.column(wanted.data.column, (*loc, "column"))
    if column is None:
        return None
    rows: dict[str, Row] = {}
    for slug, row in wanted_rows:
        if slug in rows:
            table.say(row, None, f'there is already a row for "{slug}"', "delete one of the two")
        elif row[column]:
            rows[slug] = row
    return _Cells(table, column, rows)


def _with_texts(group: ElectorateSet, name: str, cells: _Cells) -> ElectorateSet:
    electorates = dict(group.by_slug)
    for slug, row in cells.rows.items():
        texts = {**electorates[slug].texts, name: " ".join(row[cells.column].split())}
        electorates[slug] = replace(electorates[slug], texts=texts)
    return replace(group, electorates=tuple(electorates.values()), texts=(*group.texts, name))


def _with_numbers(
    group: ElectorateSet, name: str, label: str | None, brief: Brief, cells: _Cells, unit: str
) -> ElectorateSet:
    """Return the electorates with their numbers as a fact; add problems if the fact lacks a source or the like."""
    keys = cells.table.sheet.keys
    source, missing = _source(brief, keys.source or ""), [*_missing(cells, label, brief)]
    if source is None or missing:
        cells.table.sheets.problems += missing
        return _with_nothing(group, name)
    key = f"{keys.source}-of-the-brief"
    spec = FactSpec(
        file=name, column=cells.column, label=label or "", source=key, unit=unit, as_at=keys.as_at or "", covers="some"
    )
    electorates = dict(group.by_slug)
    for slug, fact in _facts(name, spec, _numbers(cells)).items():
        electorates[slug] = replace(electorates[slug], facts={**electorates[slug].facts, name: fact})
    return replace(
        group,
        electorates=tuple(electorates.values()),
        definitions={**group.definitions, name: spec},
        sources={**group.sources, key: source},
    )


def _with_nothing(group: ElectorateSet, name: str) -> ElectorateSet:
    """Return the electorates with a fact without values, so that a text that names it isn't a problem too."""
    spec = FactSpec(file=name, column=name, label=name, source=name, unit="%", as_at="-", covers="some")
    return replace(group, definitions={**group.definitions, name: spec})


def _missing(cells: _Cells, label: str | None, brief: Brief) -> Iterator[Problem]:
    """Yield a problem for each thing that a fact has, and this number lacks."""
    loc, sheet, tree = cells.table.loc, cells.table.sheet, cells.table.sheets.tree
    if not label:
        hint = "say what the number means, in a few words; or delete unit: if it is a text"
        yield tree.problem(loc[:-1], "label is missing, which a number needs", hint)
    for key, hint in (("source", "add the id of a source, or own"), ("as_at", "add the day or year of its numbers")):
        if not getattr(sheet.keys, key):
            yield tree.problem(sheet.loc, f"{key} is missing, which a number about an electorate needs", hint)
    named = sheet.keys.source
    if named and _source(brief, named) is None and sheet.keys.file and sheet.loc == loc:
        hint = or_nearest("add it under sources:", named, brief.sources)
        yield tree.problem((*sheet.loc, "source"), f'there is no source called "{named}"', hint)


def _source(brief: Brief, name: str) -> SetSource | None:
    """Return a source of the brief, or the organisation itself, as the source of a fact."""
    if name == OWN:
        return SetSource(publisher=brief.organisation.name)
    found = brief.sources.get(name)
    return SetSource(publisher=found.publisher, title=found.title, date=found.date, url=found.url) if found else None


def _numbers(cells: _Cells) -> dict[str, Decimal]:
    """Return the number of each electorate by its slug; a cell that isn't a number is a problem."""
    numbers = {}
    for slug, row in cells.rows.items():
        text = row[cells.column].replace("−", "-")
        if NUMBER.fullmatch(text):
            numbers[slug] = Decimal(text)
        else:
            cells.table.say(row, cells.column, f'"{text}" is not a number', DIGITS_ONLY)
    return numbers


def _facts(name: str, spec: FactSpec, numbers: Mapping[str, Decimal]) -> dict[str, Fact]:
    standings = facts.standings({slug: facts.Ranked(value, value, value) for slug, value in numbers.items()})
    return {
        slug: Fact(
            id=name, value=value, unit=spec.unit, label=spec.label, level="electorate", estimate=False,
            source=spec.source, as_at=spec.as_at, state_value=None, nation_value=None, standing=standings[slug],
        )
        for slug, value in numbers.items()
    }  # fmt: skip

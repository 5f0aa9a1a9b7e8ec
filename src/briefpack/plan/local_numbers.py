"""Add a brief's own numbers about electorates to their facts, from the cells of a data file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from briefpack.brief.data.sheets import Sheet, Sheets
from briefpack.brief.figures import OWN
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, standing
from briefpack.electorates.electorate import Fact
from briefpack.electorates.model import FactSpec, SetSource
from briefpack.electorates.tables import NUMBER
from briefpack.problem import Problem, nearest
from briefpack.tables import Row
from briefpack.text.yaml_lines import Loc


@dataclass(frozen=True)
class Cells:
    """A column of a data file, with the row of each electorate that has a cell there, by slug."""

    sheets: Sheets
    loc: Loc
    sheet: Sheet | None = None
    column: str = ""
    rows: Mapping[str, Row] = field(default_factory=dict)


def add(group: ElectorateSet, name: str, label: str | None, brief: Brief, cells: Cells) -> ElectorateSet:
    """Return the electorates with a number each, as a fact; as they are, with its problems, if it lacks what a fact has."""
    sheet = cells.sheet
    source = _source(brief, sheet.keys.source or "") if sheet else None
    missing = [*_missing(cells, label, brief)]
    if sheet is None or source is None or missing:
        cells.sheets.problems += missing
        return unreadable(group, name)
    key = _free(group, sheet.keys.source or "", source)
    spec = FactSpec(
        file=name,
        column=cells.column,
        label=label or "",
        source=key,
        unit=sheet.unit(cells.column)[0] or "",
        as_at=sheet.keys.as_at or "",
        covers="some",
    )
    return _with(group, name, spec, source, _numbers(cells))


def unreadable(group: ElectorateSet, name: str) -> ElectorateSet:
    """Return the electorates with a fact that none has a value of: what names it has no problem of its own."""
    spec = FactSpec(file=name, column=name, label=name, source=name, unit="%", as_at="-", covers="some")
    return replace(group, definitions={**group.definitions, name: spec})


def _missing(cells: Cells, label: str | None, brief: Brief) -> Iterator[Problem]:
    """Yield a problem for each thing that a fact has, and this number lacks."""
    sheet, tree = cells.sheet, cells.sheets.tree
    if not label:
        hint = "say what the number means, in a few words; or delete unit: if it is a text"
        yield tree.problem(cells.loc[:-1], "label is missing, which a number needs", hint)
    for key in ("source", "as_at") if sheet else ():
        if sheet and not getattr(sheet.keys, key):
            hint = "add the id of a source, or own" if key == "source" else "add the day or year of its numbers"
            yield tree.problem(sheet.loc, f"{key} is missing, which a number about an electorate needs", hint)
    named = sheet.keys.source if sheet else None
    if sheet and named and _source(brief, named) is None and sheet.keys.file and sheet.loc == cells.loc:
        hint = nearest(named, brief.sources) or "add it under sources:"
        yield tree.problem((*sheet.loc, "source"), f'there is no source called "{named}"', hint)


def _source(brief: Brief, name: str) -> SetSource | None:
    """Return a source of the brief, or the organisation itself, as the source of a fact."""
    if name == OWN:
        return SetSource(publisher=brief.organisation.name)
    found = brief.sources.get(name)
    return SetSource(publisher=found.publisher, title=found.title, date=found.date, url=found.url) if found else None


def _free(group: ElectorateSet, name: str, source: SetSource) -> str:
    """Return an id for a source that the set gives to no other."""
    while group.sources.get(name, source) != source:
        name = f"{name}-of-the-brief"
    return name


def _numbers(cells: Cells) -> dict[str, Decimal]:
    """Return the number of each electorate by its slug; a cell that isn't a number is a problem."""
    found = {}
    for slug, row in cells.rows.items():
        text = row[cells.column].replace("−", "-")
        if NUMBER.fullmatch(text):
            found[slug] = Decimal(text)
        elif cells.sheet:
            place = cells.sheet.table.place(row, cells.column)
            message = f'{place.name or cells.column}: "{text}" is not a number'
            hint = "use digits only, without commas or words: 121536"
            cells.sheets.problems.append(Problem(place.path, place.line, message, hint))
    return found


def _with(
    group: ElectorateSet, name: str, spec: FactSpec, source: SetSource, numbers: Mapping[str, Decimal]
) -> ElectorateSet:
    standings = standing.of({slug: standing.Ranked(value, value, value) for slug, value in numbers.items()})
    electorates = []
    for each in group.electorates:
        if each.slug in numbers:
            fact = Fact(
                id=name,
                value=numbers[each.slug],
                unit=spec.unit,
                label=spec.label,
                level="electorate",
                estimate=False,
                source=spec.source,
                as_at=spec.as_at,
                state_value=None,
                nation_value=None,
                standing=standings[each.slug],
            )
            electorates.append(replace(each, facts={**each.facts, name: fact}))
        else:
            electorates.append(each)
    return replace(
        group,
        electorates=tuple(electorates),
        definitions={**group.definitions, name: spec},
        sources={**group.sources, spec.source: source},
    )

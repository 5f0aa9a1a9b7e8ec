"""Read a brief's own texts and numbers about electorates from its data files, and add them to its electorates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from briefpack.brief.data.sheets import Sheet, Sheets
from briefpack.brief.figures import OWN
from briefpack.brief.local_lists import LocalText
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, Fact, facts, gazetteer, local
from briefpack.electorates.model import FactSpec, SetSource
from briefpack.electorates.tables import NUMBER
from briefpack.problem import Problem, nearest, or_nearest
from briefpack.text.spelling import fold
from briefpack.text.tables import Row
from briefpack.text.yaml_lines import Loc, Tree


@dataclass(frozen=True)
class ElectorateRows:
    """The rows of a data file about electorates; the problems of rows are added to the problems of the sheets."""

    sheets: Sheets
    sheet: Sheet
    group: ElectorateSet

    @cached_property
    def _slugs(self) -> dict[str, str]:
        """Return the slug of each electorate by its slug, and by its name in its form for comparison."""
        return {name: each.slug for each in self.group.electorates for name in (each.slug, fold(each.name))}

    def slug(self, row: Row, column: str) -> str | None:
        """Return the slug of a row's electorate; None, with its problem, if there is no such electorate."""
        named, noun = row[column], self.group.words.electorate
        found = self._slugs.get(named) or self._slugs.get(fold(named))
        if row.misfit:
            self.sheets.problems.append(row.misfit)
        elif not named:
            self.say(row, column, f"the row names no {noun}", "fill in its name, or delete the row")
        elif not found:
            names = [each.name if any(map(str.isupper, named)) else each.slug for each in self.group.electorates]
            near = gazetteer.hint(self.group, "-".join(fold(named).split())) or nearest(named, names, most=0)
            hint = near or f"use a name or a slug from {self.group.path.rpartition('/')[2]}"
            self.say(row, column, f'there is no {noun} called "{named}"', hint)
        return None if row.misfit else found

    def say(self, row: Row, column: str | None, message: str, hint: str) -> None:
        """Add a problem at a row of the file, or at a cell of it."""
        place = self.sheet.table.place(row, column)
        where = f"{place.name}: " if place.name else ""
        self.sheets.problems.append(Problem(place.path, place.line, where + message, hint))


@dataclass(frozen=True)
class _Cells:
    """A column of a data file, with the row of each electorate that has a cell there, by slug."""

    sheets: Sheets
    loc: Loc
    sheet: Sheet
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
        elif cells.sheet.unit(cells.column)[0]:
            group = _with_numbers(group, name, wanted.label, brief, cells)
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
    electorate, column = (
        sheets.column(sheet, getattr(wanted.data, key), (*loc, key)) for key in ("electorate", "column")
    )
    found: dict[str, Row] = {}
    rows = ElectorateRows(sheets, sheet, group)
    for row in sheets.rows(sheet, wanted.data.where, loc) if electorate and column else ():
        slug = rows.slug(row, electorate or "")
        if slug in found:
            rows.say(row, electorate, f'there is already a row for "{row[electorate or ""]}"', "delete one of the two")
        elif slug and row[column or ""]:
            found[slug] = row
    return _Cells(sheets, loc, sheet, column, found) if column else None


def _with_texts(group: ElectorateSet, name: str, cells: _Cells) -> ElectorateSet:
    texts = {slug: " ".join(row[cells.column].split()) for slug, row in cells.rows.items()}
    electorates = tuple(
        replace(each, texts={**each.texts, name: texts[each.slug]}) if each.slug in texts else each
        for each in group.electorates
    )
    return replace(group, electorates=electorates, texts=(*group.texts, name))


def _with_numbers(group: ElectorateSet, name: str, label: str | None, brief: Brief, cells: _Cells) -> ElectorateSet:
    """Return the electorates with their numbers as a fact; add problems if the fact lacks a source or the like."""
    keys = cells.sheet.keys
    source, missing = _source(brief, keys.source or ""), [*_missing(cells, label, brief)]
    if source is None or missing:
        cells.sheets.problems += missing
        return _with_nothing(group, name)
    key, unit = _free(group, keys.source or "", source), cells.sheet.unit(cells.column)[0] or ""
    spec = FactSpec(
        file=name, column=cells.column, label=label or "", source=key, unit=unit, as_at=keys.as_at or "", covers="some"
    )
    made = _facts(name, spec, _numbers(cells))
    return replace(
        group,
        electorates=tuple(
            replace(each, facts={**each.facts, name: made[each.slug]}) if each.slug in made else each
            for each in group.electorates
        ),
        definitions={**group.definitions, name: spec},
        sources={**group.sources, key: source},
    )


def _with_nothing(group: ElectorateSet, name: str) -> ElectorateSet:
    """Return the electorates with a fact without values, so that a text that names it isn't a problem too."""
    spec = FactSpec(file=name, column=name, label=name, source=name, unit="%", as_at="-", covers="some")
    return replace(group, definitions={**group.definitions, name: spec})


def _missing(cells: _Cells, label: str | None, brief: Brief) -> Iterator[Problem]:
    """Yield a problem for each thing that a fact has, and this number lacks."""
    sheet, tree = cells.sheet, cells.sheets.tree
    if not label:
        hint = "say what the number means, in a few words; or delete unit: if it is a text"
        yield tree.problem(cells.loc[:-1], "label is missing, which a number needs", hint)
    for key, hint in (("source", "add the id of a source, or own"), ("as_at", "add the day or year of its numbers")):
        if not getattr(sheet.keys, key):
            yield tree.problem(sheet.loc, f"{key} is missing, which a number about an electorate needs", hint)
    named = sheet.keys.source
    if named and _source(brief, named) is None and sheet.keys.file and sheet.loc == cells.loc:
        hint = or_nearest("add it under sources:", named, brief.sources)
        yield tree.problem((*sheet.loc, "source"), f'there is no source called "{named}"', hint)


def _source(brief: Brief, name: str) -> SetSource | None:
    """Return a source of the brief, or the organisation itself, as the source of a fact."""
    if name == OWN:
        return SetSource(publisher=brief.organisation.name)
    found = brief.sources.get(name)
    return SetSource(publisher=found.publisher, title=found.title, date=found.date, url=found.url) if found else None


def _free(group: ElectorateSet, name: str, source: SetSource) -> str:
    while group.sources.get(name, source) != source:
        name = f"{name}-of-the-brief"
    return name


def _numbers(cells: _Cells) -> dict[str, Decimal]:
    """Return the number of each electorate by its slug; a cell that isn't a number is a problem."""
    found = {}
    for slug, row in cells.rows.items():
        text = row[cells.column].replace("−", "-")
        if NUMBER.fullmatch(text):
            found[slug] = Decimal(text)
        else:
            place = cells.sheet.table.place(row, cells.column)
            message = f'{place.name or cells.column}: "{text}" is not a number'
            hint = "use digits only, without commas or words: 121536"
            cells.sheets.problems.append(Problem(place.path, place.line, message, hint))
    return found


def _facts(name: str, spec: FactSpec, numbers: Mapping[str, Decimal]) -> dict[str, Fact]:
    standings = facts.standings({slug: facts.Ranked(value, value, value) for slug, value in numbers.items()})
    return {
        slug: Fact(
            id=name, value=value, unit=spec.unit, label=spec.label, level="electorate", estimate=False,
            source=spec.source, as_at=spec.as_at, state_value=None, nation_value=None, standing=standings[slug],
        )
        for slug, value in numbers.items()
    }  # fmt: skip

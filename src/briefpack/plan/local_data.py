"""Read a brief's own texts and numbers about electorates from its data files, and add them to its electorates."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from briefpack.brief.data.sheets import Sheets
from briefpack.brief.local_lists import LocalText
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, local
from briefpack.plan import local_numbers
from briefpack.plan.electorate_rows import ElectorateRows
from briefpack.plan.local_numbers import Cells
from briefpack.problem import Problem
from briefpack.tables import Row
from briefpack.text.yaml_lines import Loc, Tree


def read(
    folder: Path, brief: Brief, tree: Tree, group: ElectorateSet | None
) -> tuple[ElectorateSet | None, list[Problem]]:
    """Return the electorates with the brief's own texts and numbers, and the problems of those and of their files."""
    problems = [*_check(brief, tree, group)]
    if not brief.local_data or group is None:
        return group, problems
    sheets = Sheets(tree, folder)
    for name, wanted in brief.local_data.items():
        group = _with(group, name, wanted, brief, sheets)
    return group, [*problems, *sheets.problems]


def _with(group: ElectorateSet, name: str, wanted: LocalText, brief: Brief, sheets: Sheets) -> ElectorateSet:
    """Return the electorates with a text or, if its column has a unit, with a number."""
    found = _cells(name, wanted, sheets, group)
    if not found.sheet or not found.column:
        return local_numbers.unreadable(group, name)
    if found.sheet.unit(found.column)[0]:
        return local_numbers.add(group, name, wanted.label, brief, found)
    electorates = tuple(
        replace(each, texts={**each.texts, name: _text(found, each.slug)}) if each.slug in found.rows else each
        for each in group.electorates
    )
    return replace(group, electorates=electorates, texts=(*group.texts, name))


def _text(found: Cells, slug: str) -> str:
    return " ".join(found.rows[slug][found.column].split())


def _check(brief: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Check that there are electorates, and that none has the id of a fact or of a field."""
    if brief.local_data and brief.electorates is None:
        yield tree.problem(
            ("local_data",), "the brief names no electorate set", "add electorates: and the name of a set"
        )
    for name in brief.local_data:
        if group and name in local.names(group):
            message = f'every electorate already has "{name}"'
            yield tree.problem(("local_data", name), message, "use another id, here and wherever it is named")


def _cells(name: str, wanted: LocalText, sheets: Sheets, group: ElectorateSet) -> Cells:
    """Return the rows of the electorates with a filled cell, by slug, and the column of those cells."""
    loc: Loc = ("local_data", name, "data")
    sheet = sheets.open(wanted.data, loc)
    if sheet is None:
        return Cells(sheets, loc)
    named = [sheets.column(sheet, getattr(wanted.data, key), (*loc, key)) for key in ("electorate", "column")]
    electorate, column = named
    found: dict[str, Row] = {}
    rows = ElectorateRows(sheets, sheet, group)
    for row in sheets.rows(sheet, wanted.data.where, loc) if electorate and column else ():
        slug = rows.slug(row, electorate or "")
        if slug in found:
            rows.say(row, electorate, f'there is already a row for "{row[electorate or ""]}"', "delete one of the two")
        elif slug and row[column or ""]:
            found[slug] = row
    return Cells(sheets, loc, sheet, column or "", found)

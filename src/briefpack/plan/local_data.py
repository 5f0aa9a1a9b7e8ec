"""Read a brief's own texts about electorates from its data files, and add them to its electorates."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from briefpack.brief.data.sheets import Sheets
from briefpack.brief.local_lists import LocalText
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, local
from briefpack.plan.electorate_rows import ElectorateRows
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree


def read(
    folder: Path, brief: Brief, tree: Tree, group: ElectorateSet | None
) -> tuple[ElectorateSet | None, list[Problem]]:
    """Return the electorates with the brief's own texts about them, and the problems of those and of their files."""
    problems = [*_check(brief, tree, group)]
    if not brief.local_data or group is None:
        return group, problems
    sheets = Sheets(tree, folder)
    found = {name: _texts(name, wanted, sheets, group) for name, wanted in brief.local_data.items()}
    electorates = tuple(
        replace(
            each,
            texts={**each.texts, **{name: texts[each.slug] for name, texts in found.items() if each.slug in texts}},
        )
        for each in group.electorates
    )
    return replace(group, electorates=electorates, texts=(*group.texts, *found)), [*problems, *sheets.problems]


def _check(brief: Brief, tree: Tree, group: ElectorateSet | None) -> Iterator[Problem]:
    """Check that there are electorates, and that no text has the id of a fact or of a field."""
    if brief.local_data and brief.electorates is None:
        yield tree.problem(
            ("local_data",), "the brief names no electorate set", "add electorates: and the name of a set"
        )
    for name in brief.local_data:
        if group and name in (*group.definitions, *group.texts, *local.FIELDS):
            message = f'every electorate already has "{name}"'
            yield tree.problem(("local_data", name), message, "use another id, here and wherever it is named")


def _texts(name: str, wanted: LocalText, sheets: Sheets, group: ElectorateSet) -> Mapping[str, str]:
    """Return the text of each electorate that has one, by slug."""
    loc: Loc = ("local_data", name, "data")
    sheet = sheets.open(wanted.data, loc)
    if sheet is None:
        return {}
    named = [sheets.column(sheet, getattr(wanted.data, key), (*loc, key)) for key in ("electorate", "column")]
    electorate, column = named
    found: dict[str, str] = {}
    rows = ElectorateRows(sheets, sheet, group)
    for row in sheets.rows(sheet, wanted.data.where, loc) if electorate and column else ():
        slug = rows.slug(row, electorate or "")
        if slug in found:
            rows.say(row, electorate, f'there is already a row for "{row[electorate or ""]}"', "delete one of the two")
        elif slug and row[column or ""]:
            found[slug] = " ".join(row[column or ""].split())
    return found

"""Read a brief's lists about each electorate from its data files, and add their rows to its electorates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefpack.brief import markdown
from briefpack.brief.blocks import Block
from briefpack.brief.data.sheets import Sheets
from briefpack.brief.figures import Ledger
from briefpack.brief.local_page import LocalGlance, LocalList, LocalPanel
from briefpack.brief.model import Brief
from briefpack.electorates import ElectorateSet, ListedRow
from briefpack.plan.local_table import LocalTable
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.schema.faults import EMAIL, WEB
from briefpack.text.locale import Locale
from briefpack.text.tables import NO_RESULT, UNCALCULATED, Row
from briefpack.text.yaml_lines import Loc, Tree

PLACE = re.compile(r"\{([^{}]*)\}")
Rows = Mapping[str, tuple[ListedRow, ...]]
"""The rows of a list by the slug of their electorate."""


def read(
    folder: Path, brief: Brief, tree: Tree, group: ElectorateSet | None, locale: Locale | None
) -> tuple[ElectorateSet | None, list[Problem]]:
    """Return the electorates with the rows of the brief's lists, and the problems of the lists and their files."""
    problems = [*_check(brief, tree)]
    if not brief.local_lists or group is None or locale is None:
        return group, problems
    sheets = Sheets(tree, folder)
    found: dict[str, Rows] = {}
    for name, wanted in brief.local_lists.items():
        loc: Loc = ("local_lists", name)
        if sheet := sheets.open(wanted.data, (*loc, "data")):
            table = LocalTable(sheets, sheet, wanted.data, (*loc, "data"), group)
            found[name] = _Reading(loc, wanted, table, Ledger(brief, locale)).rows()
    electorates = dict(group.by_slug)
    for name, rows in found.items():
        for slug, listed in rows.items():
            lists = {**electorates[slug].lists, name: listed}
            electorates[slug] = replace(electorates[slug], lists=lists)
    return replace(group, electorates=tuple(electorates.values())), [*problems, *sheets.problems]


def _check(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Check that each list prints."""
    printed = {*_printed(brief)}
    # An unknown name may be meant for any of them.
    for name in brief.local_lists:
        if name not in printed and printed <= brief.local_lists.keys():
            hint = f"print it with a block, - local_list: {name}, or delete it"
            yield tree.problem(("local_lists", name), "this list is never printed", hint, warning=True)
    for loc, part in walk(brief):
        blocks = getattr(part, "blocks", ())
        if blocks and all(isinstance(each, Block) and each.local_list for each in blocks):
            message = "this part has only lists about electorates: elsewhere, its heading would print alone"
            yield tree.problem((*loc, "blocks"), message, "add a block that every document prints")


def _printed(brief: Brief) -> Iterator[str]:
    for _, part in walk(brief):
        if isinstance(part, Block | LocalPanel) and part.local_list:
            yield part.local_list
        if isinstance(part, LocalGlance):
            yield from part.local_lists


@dataclass(frozen=True)
class _Item:
    """A form in which a row may print: its text, with C0, C1 … for its cells, and the columns of these cells."""

    text: str
    columns: Mapping[str, str]


@dataclass(frozen=True)
class _Reading:
    """A list as its file is read; `first` has the line on which each electorate first has each of its rows."""

    loc: Loc
    wanted: LocalList
    table: LocalTable
    ledger: Ledger
    first: dict[tuple[str, str], int] = field(default_factory=dict)

    def rows(self) -> Rows:
        """Return the rows of each electorate in the order of the file; none if a column is missing."""
        link = self.table.column(self.wanted.link, (*self.loc, "link")) if self.wanted.link else ""
        items, rows = [*self._items()], [*self.table.rows()]
        found: dict[str, tuple[ListedRow, ...]] = {}
        if link is None or len(items) < len(self.wanted.item):
            return found
        for slug, row in rows:
            if listed := self._row(row, items, link, slug):
                found[slug] = (*found.get(slug, ()), listed)
        return found

    def _items(self) -> Iterator[_Item]:
        """Yield the forms in which a row may print; a form that can't be printed is a problem instead."""
        for index, text in enumerate(self.wanted.item):
            loc: Loc = (*self.loc, "item", index)
            loc = loc if loc in self.table.sheets.tree.lines else loc[:-1]
            if fault := _fault(text):
                self.table.sheets.say(loc, *fault)
                continue
            names = [*dict.fromkeys(PLACE.findall(text))]
            headings = [self.table.column(name, loc) for name in names]
            # Capitals, so that no figure of the brief has such an id.
            columns = {f"C{number}": heading for number, heading in enumerate(headings) if heading}
            if len(columns) == len(names):
                yield _Item(PLACE.sub(lambda found: f"{{C{names.index(found[1])}}}", text), columns)  # noqa: B023 -- called at once

    def _row(self, row: Row, items: Iterable[_Item], link: str, slug: str) -> ListedRow | None:
        """Return a row as it prints; None, with its problem, if it can't be printed or is there already."""
        item = next((each for each in items if all(row[heading] for heading in each.columns.values())), None)
        if item is None:
            empty = next(heading for each in items for heading in each.columns.values() if not row[heading])
            hint = f"fill it in, or add a form without {{{empty}}} to item:"
            self.table.say(row, empty, "the cell is empty, and item: prints it", hint)
            return None
        cells = {key: " ".join(row[heading].split()) for key, heading in item.columns.items()}
        if pending := next((heading for key, heading in item.columns.items() if cells[key] == NO_RESULT), None):
            self.table.say(row, pending, "the formula has no result yet", UNCALCULATED)
            return None
        ledger = replace(self.ledger, fields={key: markdown.escaped(cell) for key, cell in cells.items()})
        words = markdown.plain(item.text, ledger)
        if line := self.first.get((slug, words)):
            self.table.say(row, None, f"the row is already on line {line}", "delete one of the two")
        self.first.setdefault((slug, words), row.line)
        html = markdown.line(item.text, ledger, lambda _source: "")
        place = self.table.sheet.table.place(row)
        return ListedRow(words, html, tuple(cells.values()), self._address(row, link), place.path, place.line)

    def _address(self, row: Row, column: str) -> str:
        """Return the address that a row links to; empty, with its problem, if it isn't one."""
        address = row[column] if column else ""
        if re.match(EMAIL, address):
            return f"mailto:{address}"
        if address and not re.match(WEB, address):
            whole = f"https://{address}"
            hint = whole if re.match(WEB, whole) else "begin it with https://, or clear the cell"
            self.table.say(row, column, f'"{address}" is not a web address or an e-mail address', hint)
        return address


def _fault(item: str) -> tuple[str, str] | None:
    """Return the message and the hint about an item that can't be printed; None if it can."""
    if re.search(r"[{}]", PLACE.sub("", item)):
        return "a brace isn't part of a column's name", "write {column}, with one brace on each side"
    if "[^" in item:
        return "an item can't cite a source", "cite it in heading:"
    if not PLACE.search(item):
        return "it prints no column: every row would be the same", "write the name of a column in braces: {name}"
    return None

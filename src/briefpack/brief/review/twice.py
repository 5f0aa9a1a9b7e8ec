"""Warn of what a brief has twice and should have once: contacts, terms, addresses, captions, rows and the like."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from briefpack.brief.blocks import Table
from briefpack.brief.model import Brief
from briefpack.brief.review import cells
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.yaml_lines import Loc, Tree

Item = tuple[Loc, str]
"""A location, and the words there that should be there once."""


def warn(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each item that an earlier one of the same kind repeats."""
    for key in ("email", "phone", "name"):
        contacts = ((("contacts", n, key), getattr(each, key) or "") for n, each in enumerate(brief.contacts))
        yield from _repeated(tree, contacts, "is another contact's {key} too", "give each contact their own")
    yield from _of_the_brief(brief, tree)
    yield from _sources(brief, tree)
    yield from _figures(brief, tree)
    for loc, part in walk(brief):
        if isinstance(part, Table):
            yield from _of_a_table(loc, part, tree)


def _of_the_brief(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each part of a list that the list has already."""
    terms = ((("glossary", n, "term"), each.term) for n, each in enumerate(brief.glossary))
    yield from _repeated(tree, terms, "is in the glossary twice", "delete one of the two, or merge them")
    keywords = ((("keywords", n), each) for n, each in enumerate(brief.keywords))
    yield from _repeated(tree, keywords, "is a keyword twice", "delete one of the two")
    relations = ((("relations", n, "holds"), each.holds) for n, each in enumerate(brief.relations))
    yield from _repeated(tree, relations, "is a relation twice", "delete one of the two")
    partners = ((("partners", n, "name"), each.name) for n, each in enumerate(brief.partners))
    yield from _repeated(tree, partners, "is a partner twice", "delete one of the two")
    files = ((("images", name, "file"), each.file) for name, each in brief.images.items())
    yield from _repeated(tree, files, "is the file of another image too", "name another file, or use one id for both")
    alternatives = [(("charts", name, "alt"), each.alt) for name, each in brief.charts.items()]
    alternatives += [(("images", name, "alt"), each.alt) for name, each in brief.images.items()]
    message = "is the alternative text of something else too"
    yield from _repeated(tree, alternatives, message, "write what this one shows", MOST_SHOWN)
    findings = ((("charts", name, "finding"), each.finding) for name, each in brief.charts.items())
    yield from _repeated(tree, findings, "is the finding of another chart too", "write what this one shows")
    yield from _headings(brief, tree)
    handed = [(n, ask.leave_behind) for n, ask in enumerate(brief.asks) if ask.leave_behind]
    standfirsts = ((("asks", n, "leave_behind", "standfirst"), each.standfirst or "") for n, each in handed)
    headlines = ((("asks", n, "leave_behind", "headline"), each.headline) for n, each in handed)
    yield from _repeated(tree, headlines, "is the headline of another leave-behind too", "write this ask's own")
    yield from _repeated(tree, standfirsts, "is the standfirst of another leave-behind too", "write this ask's own")


YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
MOST_SHOWN = 60
"""In letters: the most that is quoted of a text."""


def _headings(brief: Brief, tree: Tree) -> Iterator[Problem]:
    titled: list[Item] = [(("asks", n, "title"), each.title) for n, each in enumerate(brief.asks)]
    yield from _repeated(tree, titled, "is another ask's title too", "say what sets this ask apart")
    for part in ("sections", "themes", "case_studies", "appendices"):
        headed = (((part, n, "heading"), each.heading) for n, each in enumerate(getattr(brief, part)))
        yield from _repeated(tree, headed, "is the heading of another part too", "give each part its own heading")
    for index, ask in enumerate(brief.asks):
        bought = ((("asks", index, "buys", n), each) for n, each in enumerate(ask.buys))
        yield from _repeated(tree, bought, "is in this list twice", "delete one of the two", MOST_SHOWN)
        behind = ask.leave_behind
        reasons = enumerate(behind.reasons if behind else ())
        points = ((("asks", index, "leave_behind", "reasons", n, "point"), each.point) for n, each in reasons)
        yield from _repeated(tree, points, "is the point of another reason too", "make a point of its own")


def _of_a_table(loc: Loc, table: Table, tree: Tree) -> Iterator[Problem]:
    # Columns in pairs may have one heading: what it costs, and what that saves.
    for index, (one, two) in enumerate(pairwise(table.columns), start=1):
        if _folded(one) == _folded(two):
            message, hint = f'"{two}" is the heading of the column before it too', "give each column its own heading"
            yield tree.problem((*loc, "columns", index), message, hint, warning=True)
    header = tuple(map(_folded, table.columns))
    seen: set[tuple[str, ...]] = set()
    for index, row in enumerate(table.rows):
        cells = tuple(map(_folded, row))
        if cells == header:
            message = "this row repeats the headings of the columns"
            yield tree.problem((*loc, "rows", index), message, "delete the row", warning=True)
        elif cells in seen:
            message = "this row is in the table twice"
            yield tree.problem((*loc, "rows", index), message, "delete one of the two", warning=True)
        seen.add(cells)


def _sources(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each source that repeats another, or has another's address."""
    records: dict[tuple[str, ...], str] = {}
    addresses: dict[str, str] = {}
    for name, source in brief.sources.items():
        record = tuple(_folded(each or "") for each in (source.publisher, source.title, source.date))
        same = records.setdefault(record, name)
        other = addresses.setdefault((source.url or name).rstrip("/"), name)
        if same != name and source.title:
            message = f"this is the same source as {same}, on line {tree.line(('sources', same))}"
            yield tree.problem(("sources", name), message, "cite one of the two, and delete the other", warning=True)
        elif other != name and record != tuple(_folded(each or "") for each in _record(brief, other)):
            message = f"this is also the address of {other}, on line {tree.line(('sources', other, 'url'))}"
            hint = "give each source its own address"
            yield tree.problem(("sources", name, "url"), message, hint, words=source.url or "", warning=True)


def _record(brief: Brief, name: str) -> tuple[str | None, ...]:
    source = brief.sources[name]
    return source.publisher, source.title, source.date


def _figures(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure with the meaning of another: the two may come to differ, or differ already."""
    seen: dict[tuple[str, ...], str] = {}
    held = cells.taken(tree)
    for name, figure in brief.figures.items():
        # Nobody wrote the meaning of a data file's cell; a row that is there twice has a warning of its own.
        if name in held:
            continue
        dated = "" if YEAR.search(figure.means) else _folded(figure.as_at or "")
        key = (_folded(figure.means), figure.unit, dated)
        first = seen.setdefault(key, name)
        if first != name:
            other = brief.figures[first].value
            values = "" if other == figure.value else f", with the value {other:,f} there and {figure.value:,f} here"
            message = f"this means the same as {first}, on line {tree.line(('figures', first))}{values}"
            hint = f"say in means: what sets {name} apart, or use one figure"
            yield tree.problem(("figures", name, "means"), message, hint, warning=True)


def _repeated(tree: Tree, items: Iterable[Item], message: str, hint: str, most: int = 1000) -> Iterator[Problem]:
    seen: dict[str, Loc] = {}
    for loc, words in items:
        folded = _folded(words)
        first = seen.setdefault(folded, loc) if folded else loc
        if first != loc:
            shown = words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]}…"
            said = message.format(key=NAMES.get(str(loc[-1]), loc[-1]))
            told = f'"{" ".join(shown.split())}" {said}, on line {tree.line(first)}'
            yield tree.problem(loc, told, hint, warning=True)


NAMES = {"email": "e-mail address", "phone": "phone number"}


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")

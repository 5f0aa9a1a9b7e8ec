"""Warn of repeated sentences, figures, contacts, terms, captions, rows and the like, which a brief should have once."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from briefpack.brief.blocks import Table
from briefpack.brief.figures import CITATION, REFERENCE, split
from briefpack.brief.model import Brief
from briefpack.brief.review import data_files
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.yaml_lines import Loc, Tree

FEWEST_WORDS = 8
SHOWN_WORDS = 7
SENTENCE = re.compile(r"\S.*?(?:[.!?…](?:[\"”’')*_]|\[\^[^\]]*\])*(?=\s|$)|\n\s*\n|\Z)", re.DOTALL)
Place = tuple[Text, tuple[int, int]]
"""A sentence: its text, and its start and end there."""
WORD = re.compile(r"\{[^{}:]*|[^\W_]+(?:['’-][^\W_]+)*")


def sentences(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each sentence of a document that it has already printed."""
    only_some = {
        loc for loc, part in walk(reading.brief) if getattr(part, "only", None) or getattr(part, "leave_out", None)
    }
    seen: dict[tuple[str, ...], list[Place]] = {}
    for text, span in (place for each in reading.texts for place in _sentences(each)):
        words = _folded_sentence(text.words[slice(*span)])
        if len(words) >= FEWEST_WORDS:
            earlier = seen.setdefault(words, [])
            first = next((each for each in earlier if _together(each[0].loc, text.loc, only_some)), None)
            if first:
                yield _warning(reading.tree, first, (text, span))
            earlier.append((text, span))


def _sentences(text: Text) -> Iterator[Place]:
    for found in SENTENCE.finditer(text.words) if text.role == "sentence" else ():
        yield text, found.span()


def _folded_sentence(sentence: str) -> tuple[str, ...]:
    """Return the words of a sentence, without its case, punctuation and citations."""
    return tuple(WORD.findall(CITATION.sub("", sentence).casefold()))


def _together(one: Loc, two: Loc, only_some: set[Loc]) -> bool:
    """Return whether two texts print in one document."""
    # Parts that are each for some places only may be for different places.
    return _document(one) == _document(two) and not (_part(one, only_some) and _part(two, only_some))


def _document(loc: Loc) -> Loc:
    """Return the document that a text is for: the pack, an ask's leave-behind, or the panel or page of a place."""
    # An electorate's page has one of the headlines, and the nation's page none.
    if "leave_behind" in loc or loc[:2] == ("local", "headlines") or loc[:2] == ("local", "nation"):
        return loc[:3]
    return next((loc[: loc.index(part) + 1] for part in ("national", "local", "glance") if part in loc), ())


def _part(loc: Loc, only_some: set[Loc]) -> Loc:
    return next((loc[:length] for length in range(1, len(loc)) if loc[:length] in only_some), ())


def _warning(tree: Tree, first: Place, second: Place) -> Problem:
    text, (start, end) = second
    opening = tree.problem(first[0].loc, "", "", words=_opening(first), nth=0).line
    shown = " ".join(text.words[start:end].split()[:SHOWN_WORDS])
    message = f'"{shown}…" is also on line {opening}'
    length = len(_opening(second))
    return warning(tree, text, (start, start + length), message, "delete one of the two, or reword it")


def _opening(place: Place) -> str:
    """Return the first words of a sentence, which a line of the file may end after."""
    text, (start, end) = place
    words = re.match(rf"\S+(?:\s+\S+){{0,{SHOWN_WORDS - 1}}}", text.words[start:end])
    return words[0] if words else ""


COUNTED = 2
"""How much of a location names the ask: `asks`, and its place among them."""


def on_a_leave_behind(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure in a leave-behind's text that an earlier sentence of it prints."""
    tree = reading.tree
    seen: dict[tuple[Loc, str], Loc] = {}
    for text in reading.texts:
        if text.loc[0] != "asks" or "leave_behind" not in text.loc[COUNTED : COUNTED + 1]:
            continue
        for found in REFERENCE.finditer(text.words):
            name = split(found[1])[0]
            first = seen.setdefault((text.loc[:COUNTED], name), text.loc) if name in reading.brief.figures else text.loc
            if first is not text.loc:
                message = f"{name} is in this leave-behind twice, first on line {tree.line(first)}"
                hint = "say it once, or use the room for another fact"
                yield warning(tree, text, found.span(), message, hint)


Item = tuple[Loc, str]
"""A location, and the words there that should be there once."""


def items(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each item that repeats an earlier item of the same kind."""
    brief, tree = reading.brief, reading.tree
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
    """Yield a warning for each source that repeats another source, or has its address."""
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
    held = data_files.taken(tree)
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

"""Check that a brief's references resolve, that its sums add up, and that its figures have sources."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefpack.brief import passages, relations, roles, variants
from briefpack.brief.blocks import Block, Table
from briefpack.brief.figures import CITATION, NEW, OWN, REFERENCE, Ledger, cells, split
from briefpack.brief.model import Brief
from briefpack.problem import Problem, joined, or_nearest
from briefpack.schema import walk
from briefpack.schema.faults import BY_ID
from briefpack.text import numbers
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, occurrence, texts

BRACE = re.compile(r"\{[^{}]*\}|[{}]")
SEVERAL_BRACES = re.compile(r"\{{2,}([^{}]*)\}+|\{([^{}]*)\}{2,}")
# A citation with a space in it or without its closing bracket; in other brackets, (^id); with its ^ after the id; or
# with a character like a ^.
HALF_CITATION = re.compile(
    r"\[\^(?:[^\]\n]*\]|[\w-]*)"
    r"|[(\[\uff3b]\s*[\u02c6\uff3e\u2303\u2038\ua788\u02c4^]\s*[A-Za-z][\w-]*\s*[)\]\uff3d]|\[[\w-]+\^\]"
)
# A citation without its ^, or a figure in the wrong brackets.
BRACKETED = re.compile(r"(?<!\\)\[\s*([a-z0-9]+(?:-[a-z0-9]+)+)\s*\](?![(:{])")
# A line of a text up to the braces of a rule that was meant as a key: `only: {states: [NSW]}`.
RULED = re.compile(r"^ *(?:only|except): *\Z", re.MULTILINE)
HEADING = re.compile(r"^[ ]{0,3}#{1,6}(?!\S).*", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]^]*\]\(<?([^)\s>]*)")
# The id, in `briefpack explain`, of the check made here.
UNSOURCED = "figure-unsourced"
BLOCKS = ("charts", "figures", "images")
"""The parts of a brief whose things a block shows by their id."""
COSTS = ("amount", "annual")

SINGULAR = {"queries": "query", "local_lists": "list"}


def check(
    brief: Brief, tree: Tree, kinds: tuple[str, ...], locale: Locale, local: tuple[str, ...] | None = ()
) -> Iterator[Problem]:
    """Yield the problems in a brief: references that don't resolve, sums that don't add up, unsourced figures.

    `local` lists the names that a text about electorates may use in addition to figures; None if they aren't known.
    """
    yield from _check_names(brief, tree)
    yield from _check_texts(Ledger(brief, locale), tree, local)
    yield from _check_figures(Ledger(brief, locale), tree)
    yield from _check_units(brief, tree)
    yield from _check_costs(brief, tree)
    yield from _check_currencies(brief, tree)
    yield from _check_ids(brief, tree, local or ())
    yield from relations.check(brief, tree)
    yield from _check_charts(brief, tree, kinds)
    yield from _check_tables(brief, tree)
    yield from _check_repeats(brief, tree)
    yield from _check_studies(brief, tree)


def _known(brief: Brief, part: str) -> tuple[str, ...]:
    held = getattr(brief, part)
    return tuple(held) if isinstance(held, dict) else tuple(item.id for item in held)


def _check_names(brief: Brief, tree: Tree) -> Iterator[Problem]:
    for loc, part, wanted in roles.named(brief):
        # `own` won't do for a quotation: readers want to know whose words they are.
        if (part, wanted) != ("sources", OWN) or loc[-2:] == ("quote", "source"):
            yield from _check_name(brief, tree, loc, part, wanted)


def _check_name(brief: Brief, tree: Tree, loc: Loc, part: str, wanted: str) -> Iterator[Problem]:
    known = _known(brief, part)
    if wanted not in known:
        noun = SINGULAR.get(part, part.removesuffix("s"))
        plain = f"add it under {part}: or delete it here"
        hint = or_nearest(plain, wanted, known)
        if part == "themes" and known and hint == plain:
            hint = f"{joined(known, 'or')}; or {plain}"
        other = next((each for each in BLOCKS if part in BLOCKS and wanted in _known(brief, each)), "")
        if other and "blocks" in loc:
            hint = f"{other.removesuffix('s')}: {wanted}, because it is in {other}:"
        if part == "figures" and wanted.isdigit():
            hint = BY_ID
        yield tree.problem(loc, f'there is no {noun} called "{wanted}"', hint, words=wanted)


def _check_texts(plain: Ledger, tree: Tree, local: tuple[str, ...] | None) -> Iterator[Problem]:
    beside = None if local is None else replace(plain, fields=dict.fromkeys(local, "-"))
    blocks = local_blocks(plain.brief)
    for loc, text in texts(tree.data):
        # A label's braces are filled in by the page that prints it; a data file's are part of a column's name.
        if loc[0] in {"accept", "data", "local_data", "queries", "labels"} or is_of_list(loc):
            continue
        own = is_local(loc) or is_inside(loc, blocks)
        if known := beside if own else plain:
            elsewhere = () if own else local or ()
            for found in REFERENCE.finditer(SEVERAL_BRACES.sub(_blank, text)):
                # A figure with a fact's id has a problem of its own, and takes the fact's variants from it.
                if split(found[1])[0] not in plain.brief.figures.keys() & {*(local or ())}:
                    yield from _check_reference(known, tree, loc, found, elsewhere)
        yield from _check_marks(plain.brief, tree, loc, text)


def is_local(loc: Loc) -> bool:
    """Return whether a text prints in an electorate's documents only, and may name its fields and facts."""
    return "local" in loc or loc[0] == "local_lists"


def local_blocks(brief: Brief) -> frozenset[Loc]:
    """Return the locations of the blocks that only electorates' documents have: they, or a part around them, say so."""
    ruled = variants.ruled(brief)
    blocks = (loc for loc, part in walk(brief) if isinstance(part, Block))
    return frozenset(loc for loc in blocks if any(part.only for part in variants.around(loc, ruled)))


def is_inside(loc: Loc, blocks: frozenset[Loc]) -> bool:
    """Return whether a text is part of a block."""
    return any(loc[:length] in blocks for length in range(1, len(loc)))


def is_of_list(loc: Loc) -> bool:
    """Return whether a value says where the rows of a list come from, or how they print."""
    return loc[0] == "local_lists" and bool({"data", "item", "link"} & {*loc[2:3]})


def _blank(found: re.Match[str]) -> str:
    """Return spaces as long as the text that was found, so that the text after it keeps its place."""
    return " " * len(found[0])


def _check_marks(brief: Brief, tree: Tree, loc: Loc, text: str) -> Iterator[Problem]:
    """Yield a problem for each reference in a text that leads nowhere, and for markup that a brief can't contain."""
    yield from passages.check(tree, loc, text)
    yield from _check_braces(brief, tree, loc, text)
    for found in CITATION.finditer(text):
        if found[1] not in brief.sources:
            message = f'there is no source called "{found[1]}"'
            hint = or_nearest("add it under sources: or delete it here", found[1], brief.sources)
            nth = occurrence(text, found[0], found.start())
            yield tree.problem(loc, message, hint, words=found[0], nth=nth)
    for found in HALF_CITATION.finditer(CITATION.sub("", text)):
        meant = "-".join(re.findall(r"[\w-]+", found[0]))
        hint = "[^source-id], without spaces; each source has brackets of its own"
        if meant in brief.sources:
            hint = f"[^{meant}]"
        yield tree.problem(loc, f'"{found[0]}" is not a citation', hint, words=found[0])
    yield from _bracketed(brief, tree, loc, text)
    for found in HEADING.finditer(text):
        hint = "use heading: for the part, or begin a paragraph with **bold words**"
        yield tree.problem(loc, f'"{found[0]}" is a heading, which a text can\'t contain', hint, words=found[0])
    for found in LINK.finditer(text):
        yield from _check_link(tree, loc, found)


def _check_braces(brief: Brief, tree: Tree, loc: Loc, text: str) -> Iterator[Problem]:
    """Yield a problem for each brace that isn't part of a reference: it would print as typed."""
    for found in SEVERAL_BRACES.finditer(text):
        meant = (found[1] or found[2] or "").strip()
        hint = f"one on each side: {{{meant or 'figure-id'}}}"
        nth = occurrence(text, found[0], found.start())
        yield tree.problem(loc, f'"{found[0]}" has too many braces', hint, words=found[0], nth=nth)
    for found in BRACE.finditer(passages.MARK.sub(_blank, REFERENCE.sub(_blank, SEVERAL_BRACES.sub(_blank, text)))):
        if RULED.search(text, 0, found.start()):
            continue
        meant = re.sub(r"[{}]|:.*", "", found[0]).strip()
        hint = f"{{{meant}}}" if meant in brief.figures else "{figure-id}, without spaces, or delete the brace"
        message, nth = f'"{found[0]}" is not a reference to a figure', occurrence(text, found[0], found.start())
        yield tree.problem(loc, message, hint, words=found[0], nth=nth)


def _bracketed(brief: Brief, tree: Tree, loc: Loc, text: str) -> Iterator[Problem]:
    """Yield a problem for each id of a source or a figure that would print, in brackets, as typed."""
    for found in BRACKETED.finditer(text):
        if found[1] in brief.sources:
            yield tree.problem(loc, f'"{found[0]}" is a citation without its ^', f"[^{found[1]}]", words=found[0])
        elif found[1] in brief.figures:
            message = f'"{found[0]}" is a figure in the wrong brackets'
            yield tree.problem(loc, message, f"{{{found[1]}}}", words=found[0])


def _check_reference(
    ledger: Ledger, tree: Tree, loc: Loc, found: re.Match[str], elsewhere: Iterable[str]
) -> Iterator[Problem]:
    figure_id, variant = split(found[1])
    nth = occurrence(found.string, found[0], found.start())
    if ledger.figure(figure_id) is None and figure_id in elsewhere:
        message = f'"{found[0]}" differs between electorates, and this text is in the national documents too'
        hint = "move the text under local:, or into a block with only: {electorates: [all]}"
        yield tree.problem(loc, message, hint, words=found[0], nth=nth)
        return
    if ledger.figure(figure_id) is None and figure_id not in ledger.fields:
        message = f'there is no figure called "{figure_id}"'
        fields = {name for name in ledger.fields if ":" not in name}
        hint = or_nearest(NEW, figure_id, fields | ledger.brief.figures.keys() - cells(tree))
        if figure_id in ledger.brief.sources:
            hint = f"to cite the source, [^{figure_id}]"
        yield tree.problem(loc, message, hint, words=found[0], nth=nth)
        return
    try:
        ledger.written(figure_id, variant)
    except ValueError as error:
        message = f'"{found[0]}" can\'t be printed: {error}'
        yield tree.problem(loc, message, f"{{{figure_id}}}", words=found[0], nth=nth)


def _check_link(tree: Tree, loc: Loc, found: re.Match[str]) -> Iterator[Problem]:
    address, image = found[1], found[0].startswith("!")
    if image:
        yield tree.problem(
            loc,
            "the text contains an image",
            "add it to images:, and place it with a block: - image: its-id",
            words=found[0],
        )
    elif not address.startswith(("https://", "http://", "mailto:", "#")):
        yield tree.problem(loc, f'"{address}" is not a web address', "begin it with https://", words=address)


def _check_figures(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    for figure_id, figure in ledger.brief.figures.items():
        loc = ("figures", figure_id)
        if not figure.source and not figure.query:
            yield tree.problem(
                loc,
                "the figure has no source",
                "add source: with an id from sources:, or query: with the id of an open query",
                check=UNSOURCED,
            )
        try:
            ledger.written(figure_id)
        except ValueError as error:
            yield tree.problem(loc, f"the figure can't be printed: {error}", "choose another form or unit")


def _check_units(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Refuse a figure whose unit is $, which several countries use, and "one in" a number that isn't whole."""
    own = brief.currency.unit if brief.currency else ""
    for figure_id, figure in brief.figures.items():
        if figure.unit == "$" and own != "$":
            hint = "write AU$ or US$; to print it as $, add currency:"
            yield tree.problem(("figures", figure_id, "unit"), '"$" could be the dollar of several countries', hint)
        if figure.unit == "one in" and (figure.value < 1 or figure.value % 1):
            message = f'"one in" takes a whole number, and {figure.value:f} is not one'
            hint = "round it and add hedge: about, or write a percentage"
            yield tree.problem(("figures", figure_id, "value"), message, hint)


def _check_costs(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Refuse the cost of an ask, or of all, that isn't an amount of money."""
    costs = [(("asks", index, key), getattr(ask, key)) for index, ask in enumerate(brief.asks) for key in COSTS]
    for loc, figure_id in (*costs, (("asks_annual",), brief.asks_annual)):
        figure = brief.figures.get(figure_id or "")
        if figure and not numbers.is_currency(figure.unit):
            message = f"{figure_id} isn't an amount of money: its unit is {figure.unit}"
            yield tree.problem(loc, message, "name a figure whose unit is a currency, such as AU$")


def _check_currencies(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Refuse a yearly cost in another currency than the whole cost, or than the total of all asks."""
    pairs = [(ask.annual, whole) for ask in brief.asks for whole in (ask.amount, brief.asks_annual)]
    units = Counter(figure.unit for figure in brief.figures.values())
    odd: dict[str, str] = {}
    for pair in pairs:
        costs = {name: brief.figures[name].unit for name in pair if name in brief.figures}
        if len(set(costs.values())) > 1 and all(map(numbers.is_currency, costs.values())):
            # The one whose currency is rarer in the brief is the one at fault.
            name, other = sorted(costs, key=lambda cost: units[costs[cost]])
            odd.setdefault(name, other)
    for name, other in odd.items():
        unit, right = brief.figures[name].unit, brief.figures[other].unit
        message = f"{name} is in {unit}, and {other} ({tree.shown(('figures', other, 'unit'))}) in {right}"
        yield tree.problem(
            ("figures", name, "unit"), message, "give the costs of an ask, and their total, in one currency"
        )


def _check_ids(brief: Brief, tree: Tree, local: Iterable[str]) -> Iterator[Problem]:
    """Refuse a figure with a fact's id: in an electorate's documents, one would print in place of the other."""
    for figure_id in sorted(brief.figures.keys() & {*local}):
        message = f'"{figure_id}" is also the id of a fact about each electorate'
        yield tree.problem(("figures", figure_id), message, "rename the figure, here and wherever it is used")


def _check_charts(brief: Brief, tree: Tree, kinds: tuple[str, ...]) -> Iterator[Problem]:
    for chart_id, chart in brief.charts.items():
        loc = ("charts", chart_id)
        if chart.kind not in kinds:
            hint = f"{joined(sorted(kinds), 'or')} (see briefs/_guide/charts-and-tables.md)"
            yield tree.problem((*loc, "kind"), f'there is no chart kind called "{chart.kind}"', hint)
        given = [key for key in ("rows", "rows_from", "fact") if getattr(chart, key)]
        if len(given) != 1:
            message = f"both {given[0]} and {given[1]}" if given else "neither rows nor rows_from"
            yield tree.problem(loc, f"the chart has {message}", "add rows:, data:, or rows_from: asks")


def _check_tables(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Refuse a row with too few or too many cells: they would print under the wrong headings."""
    hint = "write one cell for each column, and quote a cell that contains a comma"
    for loc, table in ((loc, part) for loc, part in walk(brief) if isinstance(part, Table)):
        for index, row in enumerate(table.rows):
            if len(row) != len(table.columns):
                cells = f"{len(row)} cell{'s' * (len(row) != 1)}"
                message = f"the row has {cells}, but the table has {len(table.columns)} columns"
                yield tree.problem((*loc, "rows", index), message, hint)


def _check_repeats(brief: Brief, tree: Tree) -> Iterator[Problem]:
    for part in ("sections", "themes", "asks", "case_studies", "appendices"):
        seen: set[str] = set()
        for index, item in enumerate(getattr(brief, part)):
            if item.id in seen:
                yield tree.problem(
                    (part, index, "id"), f'two {part} are called "{item.id}"', "give one of them another id"
                )
            seen.add(item.id)


def _check_studies(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Check that the chart of each case study is a timeline or, where its dates aren't known, a process."""
    for index, study in enumerate(brief.case_studies):
        chart = brief.charts.get(study.timeline or "")
        if chart and chart.kind not in ("timeline", "process"):
            message = f'the chart "{study.timeline}" is not a timeline: its kind is {chart.kind}'
            yield tree.problem(("case_studies", index, "timeline"), message, "name a chart with kind: timeline")

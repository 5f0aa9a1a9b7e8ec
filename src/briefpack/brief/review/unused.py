"""Warn of figures and charts that print nowhere, and of themes and asks that belong to nothing."""

from collections.abc import Iterator

from briefpack.brief import relations, swallowed
from briefpack.brief.blocks import Block, KeyFigure
from briefpack.brief.charts import Chart
from briefpack.brief.figures import REFERENCE, Ledger, split
from briefpack.brief.local_page import LocalNation
from briefpack.brief.model import Ask, Brief, CaseStudy, LeaveBehind
from briefpack.brief.review import placed_twice
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.yaml_lines import Data, Loc, Tree, texts


def warn(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each part of a brief that nothing uses."""
    brief = ledger.brief
    used = _used(ledger, tree)
    for name in brief.figures:
        if name not in used:
            hint = f"write {{{name}}} where it should print, or delete it"
            yield tree.problem(("figures", name), "this figure is never printed", hint, warning=True)
    placed = {*_placed(brief), *(each.named for each in swallowed.find(tree) if each.part == "charts")}
    for name, chart in brief.charts.items():
        if name not in placed:
            hint = _place(name, chart, brief, tree)
            yield tree.problem(("charts", name), "this chart is never placed", hint, warning=True)
    yield from _themes(brief, tree)
    yield from _borrowed(brief, tree)
    yield from _empty(tree.data, (), tree)


def _place(name: str, chart: Chart, brief: Brief, tree: Tree) -> str:
    """Return the hint for a chart that is never placed; a timeline may belong to a case study with another's."""
    if chart.kind == "timeline" and (copied := placed_twice.copied(brief)):
        loc, known = copied[0]
        return f"on line {tree.line(loc)}, timeline: {name}{', or delete it' if known else ', if that is its story'}"
    return f"place it with a block, - chart: {name}, or delete it"


def _empty(data: Data, loc: Loc, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each key with nothing after it."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        if value is None and isinstance(key, str):
            message, hint = f"there is nothing after {key}:", f"fill it in, or delete {key}:"
            yield tree.problem((*loc, key), message, hint, warning=True)
        yield from _empty(value, (*loc, key), tree)


def _borrowed(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each leave-behind with a chart that only asks of another theme have."""
    owners: dict[str, list[Ask]] = {}
    for ask in brief.asks:
        for chart in {ask.chart, *(block.chart for block in ask.why), ask.leave_behind and ask.leave_behind.chart}:
            owners.setdefault(chart or "", []).append(ask)
    of_themes = {(theme.id, block.chart) for theme in brief.themes for block in theme.blocks}
    for index, ask in enumerate(brief.asks):
        chart = (ask.leave_behind and ask.leave_behind.chart) or ""
        others = [other for other in owners[chart] if other is not ask] if chart else []
        own = chart == ask.chart or chart in {block.chart for block in ask.why} or (ask.theme, chart) in of_themes
        if others and not own and all(other.theme and other.theme != ask.theme for other in others):
            message = f'"{chart}" is the chart of {others[0].id}, an ask of another theme'
            hint = "name a chart about this ask"
            yield tree.problem(("asks", index, "leave_behind", "chart"), message, hint, warning=True)


def _used(ledger: Ledger, tree: Tree) -> set[str]:
    """Return the figures that a text, a chart, a key or a relation names."""
    brief = ledger.brief
    found = {split(each)[0] for _, words in texts(tree.data) for each in REFERENCE.findall(words)}
    found |= {term for relation in brief.relations for term in relations.terms(relation.holds)}
    found |= {each for chart in brief.charts for each in ledger.chart_figures(chart)}
    found |= {part.figure for _, part in walk(brief) if isinstance(part, KeyFigure)}
    found |= {each for ask in brief.asks for each in (ask.amount, ask.annual) if each}
    return found | {brief.asks_annual or ""}


def _placed(brief: Brief) -> Iterator[str]:
    for _, part in walk(brief):
        if isinstance(part, Block | Ask | LeaveBehind | LocalNation) and part.chart:
            yield part.chart
        if isinstance(part, CaseStudy) and part.timeline:
            yield part.timeline


def _themes(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each theme without an ask, and for the one ask without a theme."""
    named = {*(ask.theme for ask in brief.asks), *(study.theme for study in brief.case_studies)}
    for index, theme in enumerate(brief.themes):
        if theme.id not in named and brief.asks:
            message, hint = "no ask has this theme", f"add theme: {theme.id} to its asks, or delete it"
            yield tree.problem(("themes", index), message, hint, warning=True)
    without = [index for index, ask in enumerate(brief.asks) if not ask.theme]
    if brief.themes and len(without) == 1 and len(brief.asks) > 1:
        message, hint = "this is the only ask without a theme", "add theme: with the id of one"
        yield tree.problem(("asks", without[0]), message, hint, warning=True)

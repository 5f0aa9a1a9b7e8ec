"""List the contents of a project: `briefpack list`."""

from typing import TYPE_CHECKING

import click

from briefpack.cli import messages, options
from briefpack.cli.command import command
from briefpack.problem import Problems
from briefpack.project import Project

if TYPE_CHECKING:
    from briefpack.electorates import ElectorateSet
    from briefpack.plan import LoadedBrief


@command("list")
@click.argument("what", type=click.Choice(["asks", "charts", "layouts", "briefs", "electorates", "headlines"]))
@options.BRIEF
@options.JSON
def list_(*, what: str, brief: str | None, as_json: bool) -> int:
    """List asks, charts, layouts, briefs or electorates, with their ids, or the headline of each electorate's page."""
    here = options.project()
    rows = LISTS[what](here, brief)
    if as_json:
        messages.print_value([{"id": name, "title": title} for name, title in rows])
    else:
        width = max((len(name) for name, _ in rows), default=0)
        for name, title in rows:
            click.echo(f"{name:{width}}  {title}".rstrip())
    return 0


def _loaded(here: Project, brief: str | None) -> "LoadedBrief":
    from briefpack import plan

    return plan.read_brief(here, here.brief(brief))


def _list_asks(here: Project, brief: str | None) -> list[tuple[str, str]]:
    from briefpack.brief import markdown

    loaded = _loaded(here, brief)
    return [(ask.id, markdown.plain(ask.title, loaded.ledger)) for ask in loaded.brief.asks]


def _list_charts(here: Project, brief: str | None) -> list[tuple[str, str]]:
    from briefpack.brief import markdown

    loaded = _loaded(here, brief)
    charts = loaded.brief.charts.items()
    return [(name, f"{chart.kind}: {markdown.plain(chart.finding, loaded.ledger)}") for name, chart in charts]


def _list_layouts(here: Project, _brief: str | None) -> list[tuple[str, str]]:
    from briefpack import layout

    return [(name, layout.load(here, name, "screen").layout.title) for name in here.layouts]


def _list_briefs(here: Project, _brief: str | None) -> list[tuple[str, str]]:
    return [(name, _titled(here, name)) for name in here.briefs]


def _titled(here: Project, name: str) -> str:
    """Return a brief's title; if it has problems, return how to see them instead."""
    try:
        return _loaded(here, name).brief.title
    except Problems as error:
        return f"({messages.counted(len(error.problems), 'problem')}: briefpack check {name})"


def _list_electorates(here: Project, brief: str | None) -> list[tuple[str, str]]:
    from briefpack.cli import answers

    group = _group(_loaded(here, brief))
    return [
        (each.slug, f"{each.name}, {each.state.code}: {answers.styled(each.member) if each.member else 'no member'}")
        for each in group.electorates
    ]


def _list_headlines(here: Project, brief: str | None) -> list[tuple[str, str]]:
    """Return the headline of each electorate's page, with its rule, and how many electorates share each rule."""
    from collections import Counter

    from briefpack.brief import markdown
    from briefpack.brief.figures import Ledger
    from briefpack.electorates import local

    loaded, group = (found := _loaded(here, brief)), _group(found)
    rows, rules = [], Counter[str]()
    for each in group.electorates if loaded.brief.local else ():
        fields = local.fields(group, each, loaded.locale)
        content = local.LocalContent(loaded.brief, group, each, loaded.locale, fields)
        headline, ledger = content.headline, Ledger(loaded.brief, loaded.locale, fields)
        words = (markdown.plain(text, ledger) for text in (headline.heading, headline.standfirst))
        rules[headline.rule or NO_RULE] += 1
        rows.append((each.slug, " | ".join((headline.rule or NO_RULE, *filter(None, words)))))
    return [*rows, *((rule, str(count)) for rule, count in rules.most_common())]


NO_RULE = "(none)"
"""The rule of a headline that the brief has for electorates where nothing stands out."""


LISTS = {
    "headlines": _list_headlines,
    "electorates": _list_electorates,
    "asks": _list_asks,
    "charts": _list_charts,
    "layouts": _list_layouts,
    "briefs": _list_briefs,
}


def _group(loaded: "LoadedBrief") -> "ElectorateSet":
    if loaded.group is None:
        hint = "add electorates: and the name of a set in briefs/electorates/"
        raise Problems([loaded.tree.problem((), "the brief names no electorate set", hint)])
    return loaded.group

"""Warn of anything a careful reader would query: typed numbers, uncited sources, old figures and open questions."""

import re
from collections.abc import Iterator

from briefpack.brief.figures import CITATION, Ledger
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text import typography
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, texts

OLDEST_YEARS = 5
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LAW = re.compile(r"\b(?:Act|Acts|Bill|Code|Constitution|Convention|Protocol|Treaty|Covenant|Declaration)\b")
# The ids, in `briefpack explain`, of the checks made here.
LOOSE, OLD = "number-not-from-ledger", "source-age"


def warn(brief: Brief, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for anything a careful reader would query: typed numbers, uncited sources, old figures."""
    ledger = Ledger(brief, locale)
    for loc, text in texts(tree.data):
        if loc[0] in PROSE_PARTS and loc[-1] not in UNREAD and "queries" not in loc:
            yield from _warn_loose(tree, loc, text, locale)
    cited = {found for _, text in texts(tree.data) for found in CITATION.findall(text)}
    cited |= {figure.source for figure in brief.figures.values() if figure.source}
    cited |= {source for chart in brief.charts for source in ledger.chart_sources(chart)}
    cited |= {getattr(model, "source", None) for _, model in walk(brief)}
    if brief.electoral_matter == "undecided":
        message = "it is undecided whether this brief is electoral matter"
        yield tree.problem(("electoral_matter",), message, "write yes or no once the author has decided", warning=True)
    for source in brief.sources:
        if source not in cited:
            loc = ("sources", source)
            yield tree.problem(loc, "this source is never cited", f"cite it as [^{source}], or delete it", warning=True)
    yield from _warn_unplaced(brief, tree)
    yield from _warn_old(brief, tree)


def _warn_unplaced(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each image that the brief places nowhere."""
    named = [getattr(part, key, None) for _, part in walk(brief) for key in PLACING]
    placed = {each for each in named if isinstance(each, str)}
    for image in (each for each in brief.images if each not in placed):
        hint = f"place it with a block, - image: {image}, or delete it"
        yield tree.problem(("images", image), "this image is never placed", hint, warning=True)


PLACING = ("image", "cover_image", "portrait")
"""The keys that give the id of an image to place."""


def _warn_old(brief: Brief, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each figure or source, laws excepted, over `OLDEST_YEARS` years older than the brief."""
    dated: list[tuple[Loc, str | None]] = [(("figures", name), each.as_at) for name, each in brief.figures.items()]
    laws = {name for name, each in brief.sources.items() if LAW.search(f"{each.publisher} {each.title}")}
    dated += [(("sources", name), each.date) for name, each in brief.sources.items() if name not in laws]
    for loc, date in dated:
        years = [brief.date.year - int(year) for year in YEAR.findall(date or "")] if brief.date else []
        if years and min(years) > OLDEST_YEARS:
            message = f'its date is "{date}", {min(years)} years before the brief'
            yield tree.problem(loc, message, "use a newer one, or state its age in the text", warning=True, check=OLD)


PROSE_PARTS = {"glance", "foreword", "sections", "themes", "asks", "case_studies", "appendices", "glossary", "charts"}
UNREAD = {
    "id", "theme", "chart", "figure", "source", "amount", "annual", "when", "kind", "mark", "timeline", "unit", "image",
    "size", "states", "electorates", "signature", "portrait",
}  # fmt: skip


def _warn_loose(tree: Tree, loc: Loc, text: str, locale: Locale) -> Iterator[Problem]:
    for number in typography.loose_numbers(text, locale):
        message = f'the number "{number}" does not come from figures:'
        yield tree.problem(
            loc, message, "add it to figures: and write {its-id} here", words=number, warning=True, check=LOOSE
        )


def open_queries(brief: Brief, tree: Tree) -> Iterator[tuple[int, str, str, str]]:
    """Yield the author's open queries: line, id, subject, question."""
    for query_id, query in brief.queries.items():
        yield tree.line(("queries", query_id)), query_id, query.about, query.question

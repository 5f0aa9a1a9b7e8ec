"""Warn of sources that nothing cites, of old sources and figures, and of images that are placed nowhere."""

import re
from collections.abc import Iterator

from briefpack.brief.figures import CITATION, Ledger
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.yaml_lines import Loc, Tree, texts

OLDEST_YEARS = 5
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LAW = re.compile(r"\b(?:Act|Acts|Bill|Code|Constitution|Convention|Protocol|Treaty|Covenant|Declaration)\b")
OLD = "source-age"
"""The id, in `briefpack explain`, of the check of a source's age."""


def warn(ledger: Ledger, tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each source that is never cited, each image that is never placed, and each old date."""
    cited = _cited(ledger, tree)
    for source in ledger.brief.sources:
        if source not in cited:
            loc = ("sources", source)
            yield tree.problem(loc, "this source is never cited", f"cite it as [^{source}], or delete it", warning=True)
    yield from _warn_unplaced(ledger.brief, tree)
    yield from _warn_old(ledger.brief, tree)


def _cited(ledger: Ledger, tree: Tree) -> set[str | None]:
    brief = ledger.brief
    return {
        *(found for _, text in texts(tree.data) for found in CITATION.findall(text)),
        *(figure.source for figure in brief.figures.values()),
        *(source for chart in brief.charts for source in ledger.chart_sources(chart)),
        *(getattr(model, "source", None) for _, model in walk(brief)),
    }


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

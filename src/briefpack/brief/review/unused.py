"""Warn of figures, charts, images and sources that print nowhere, and of themes and asks that belong to nothing."""

from collections.abc import Iterator

from briefpack.brief import load, relations, roles
from briefpack.brief.figures import CITATION, REFERENCE, Ledger, split
from briefpack.brief.model import Brief
from briefpack.brief.review.reading import Reading
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Data, Loc, Tree, texts


def figures(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure that never prints."""
    used = _used(reading.ledger, reading.tree)
    for name in (each for each in reading.brief.figures if each not in used):
        hint = f"write {{{name}}} where it should print, or delete it"
        yield reading.tree.problem(("figures", name), "this figure is never printed", hint, warning=True)


def charts(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each chart that the brief places nowhere."""
    in_texts = (each.named for each in load.swallowed(reading.tree) if each.part == "charts")
    placed = {*_named(reading.brief, "charts"), *in_texts}
    for name in (each for each in reading.brief.charts if each not in placed):
        hint = f"place it with a block, - chart: {name}, or delete it"
        yield reading.tree.problem(("charts", name), "this chart is never placed", hint, warning=True)


def images(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each image that the brief places nowhere."""
    placed = _named(reading.brief, "images")
    for image in (each for each in reading.brief.images if each not in placed):
        hint = f"place it with a block, - image: {image}, or delete it"
        yield reading.tree.problem(("images", image), "this image is never placed", hint, warning=True)


def sources(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each source that is never cited."""
    ledger, tree = reading.ledger, reading.tree
    cited = _cited(ledger, tree)
    for source in ledger.brief.sources:
        if source not in cited:
            loc = ("sources", source)
            yield tree.problem(loc, "this source is never cited", f"cite it as [^{source}], or delete it", warning=True)


def _cited(ledger: Ledger, tree: Tree) -> set[str]:
    brief = ledger.brief
    return {
        *(found for _, text in texts(tree.data) for found in CITATION.findall(text)),
        *(source for chart in brief.charts for source in ledger.chart_sources(chart)),
        *_named(brief, "sources"),
    }


def _named(brief: Brief, part: str) -> set[str]:
    """Return the ids of the things of a part that the brief names by a key."""
    return {name for _, of, name in roles.named(brief) if of == part}


def keys(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each key with nothing after it."""
    yield from _empty(reading.tree.data, (), reading.tree)


def _empty(data: Data, loc: Loc, tree: Tree) -> Iterator[Problem]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        if value is None and isinstance(key, str):
            message, hint = f"there is nothing after {key}:", f"fill it in, or delete {key}:"
            yield tree.problem((*loc, key), message, hint, warning=True)
        yield from _empty(value, (*loc, key), tree)


def _used(ledger: Ledger, tree: Tree) -> set[str]:
    """Return the figures that a text, a chart, a key or a relation names."""
    brief = ledger.brief
    found = {split(each)[0] for _, words in texts(tree.data) for each in REFERENCE.findall(words)}
    found |= {term for relation in brief.relations for term in relations.terms(relation.holds)}
    found |= {each for chart in brief.charts for each in ledger.chart_figures(chart)}
    return found | _named(brief, "figures")


def themes(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each theme without an ask, and for the one ask without a theme."""
    brief, tree = reading.brief, reading.tree
    named = {*(ask.theme for ask in brief.asks), *(study.theme for study in brief.case_studies)}
    for index, theme in enumerate(brief.themes):
        if theme.id not in named and brief.asks:
            message, hint = "no ask has this theme", f"add theme: {theme.id} to its asks, or delete it"
            yield tree.problem(("themes", index), message, hint, warning=True)
    without = [index for index, ask in enumerate(brief.asks) if not ask.theme]
    if brief.themes and len(without) == 1 and len(brief.asks) > 1:
        message, hint = "this is the only ask without a theme", "add theme: with the id of one"
        yield tree.problem(("asks", without[0]), message, hint, warning=True)

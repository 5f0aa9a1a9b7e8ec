"""Warn of sources that nothing cites or that are old, of their addresses, and of citations of another figure's source."""

import re
from collections.abc import Iterator

from briefpack.brief import roles
from briefpack.brief.figures import CITATION, OWN, REFERENCE, Ledger, split
from briefpack.brief.model import Brief
from briefpack.brief.review.reading import Reading, Text, warning
from briefpack.brief.review.repeated import SENTENCE
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Loc, Tree, texts

OLDEST_YEARS = 5
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LAW = re.compile(r"\b(?:Act|Acts|Bill|Code|Constitution|Convention|Protocol|Treaty|Covenant|Declaration)\b")


def never_cited(reading: Reading) -> Iterator[Problem]:
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
        *(name for _, part, name in roles.named(brief) if part == "sources"),
    }


def old(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each figure or source, laws excepted, over `OLDEST_YEARS` years older than the brief."""
    brief = reading.brief
    dated: list[tuple[Loc, str | None]] = [(("figures", name), each.as_at) for name, each in brief.figures.items()]
    laws = {name for name, each in brief.sources.items() if LAW.search(f"{each.publisher} {each.title}")}
    dated += [(("sources", name), each.date) for name, each in brief.sources.items() if name not in laws]
    for loc, date in dated:
        years = [brief.date.year - int(year) for year in YEAR.findall(date or "")] if brief.date else []
        if years and min(years) > OLDEST_YEARS:
            message = f'its date is "{date}", {min(years)} years before the brief'
            hint = "use a newer one, or state its age in the text"
            yield reading.tree.problem(loc, message, hint, warning=True)


ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def addresses(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each publisher and title that is an address, and each address that ends in a mark."""
    tree = reading.tree
    for name, source in reading.brief.sources.items():
        for key, words in (("publisher", source.publisher), ("title", source.title or "")):
            if ADDRESS.fullmatch(words.strip()):
                message = f'"{words}" is an address, and not the name of the {key}'
                hint = "write who or what it is, and the address under url:"
                yield tree.problem(("sources", name, key), message, hint, warning=True)
        if source.url and source.url.rstrip()[-1:] in ".,;:":
            message = f'the address ends in "{source.url.rstrip()[-1]}"'
            hint = "delete it, unless the page opens only with it"
            yield tree.problem(("sources", name, "url"), message, hint, warning=True)


def of_other_figures(reading: Reading) -> Iterator[Problem]:
    """Yield a warning for each citation of a sentence whose figures all have other sources."""
    for text in reading.texts:
        for sentence in SENTENCE.finditer(text.words) if "[^" in text.words and "{" in text.words else ():
            yield from _of_another(text, sentence, reading.ledger.brief, reading.tree)


def _of_another(text: Text, sentence: re.Match[str], brief: Brief, tree: Tree) -> Iterator[Problem]:
    cited = [*CITATION.finditer(sentence[0])]
    named = [name for each in REFERENCE.findall(sentence[0]) if (name := split(each)[0]) in brief.figures]
    sources = dict.fromkeys(brief.figures[name].source or OWN for name in named)
    # A figure of the organisation's own, or with an open query, may be why another source is cited; and with several
    # citations, one may be for words alone.
    if len(cited) == 1 and sources and OWN not in sources and cited[0][1] in {*brief.sources} - {*sources}:
        start = sentence.start() + cited[0].start()
        message = f'"{cited[0][0]}", but {named[0]} comes from {brief.figures[named[0]].source}'
        hint = "".join(f"[^{each}]" for each in sources)
        yield warning(tree, text, (start, start + len(cited[0][0])), message, hint)

"""Warn of a sentence with figures that cites a source of none of them."""

import re
from collections.abc import Iterable, Iterator

from briefpack.brief.figures import CITATION, OWN, REFERENCE, Ledger, split
from briefpack.brief.model import Brief
from briefpack.brief.review.printed import Text, warning
from briefpack.brief.review.repeats import SENTENCE
from briefpack.problem import Problem
from briefpack.text.yaml_lines import Tree


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each citation of a sentence whose figures all have other sources."""
    for text in texts:
        for sentence in SENTENCE.finditer(text.words) if "[^" in text.words and "{" in text.words else ():
            yield from _of_another(text, sentence, ledger.brief, tree)


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

"""Warn of a share in a heading, such as half, that the two figures below it that the heading is about contradict."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from briefpack.brief.figures import REFERENCE, WHOLE, Ledger, split
from briefpack.brief.model import Figure
from briefpack.brief.review import shares_in_words, stems
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree

HEADS = {"heading", "headline"}
FEWEST = 2
"""How many words of a heading a figure's meaning must have, if the heading is about it."""

Below = Sequence[tuple[str, Figure]]


def warn(ledger: Ledger, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each share that none of such figures is near."""
    read = [text for text in texts if text.is_prose and text.loc[0] != "charts"]
    heads = [text for text in read if text.key in HEADS]
    below = _figures(ledger, read) if heads else {}
    for text in heads:
        for said in shares_in_words.said(text.words, ledger.locale):
            figures = below.get(text.loc[:2], ())
            pairs = [*_pairs(text.words, figures, ledger.locale)] if not (said.is_multiple or said.has_noun) else []
            shares = [float(figure.value) / WHOLE for _, figure in figures if figure.unit == "%"]
            shares += [float(one.value / two.value) for (_, one), (_, two) in pairs]
            if pairs and not any(said.fits(each) or said.fits(1 - each) for each in shares):
                shown = ", and ".join(f"{name} is {figure.value:,f}" for name, figure in pairs[-1])
                start = text.words.find(said.words.split()[0])
                span = (start, start + len(said.words))
                yield warning(tree, text, span, f'"{said.words}": {shown}', "correct the heading, or a figure")


def _figures(ledger: Ledger, texts: Iterable[Text]) -> Mapping[Loc, Below]:
    """Return the figures in the texts of each part of a brief, in their order."""
    found: dict[Loc, dict[str, Figure]] = {}
    for text in texts:
        for each in REFERENCE.finditer(text.words):
            if figure := ledger.brief.figures.get(split(each[1])[0]):
                found.setdefault(text.loc[:2], {})[split(each[1])[0]] = figure
    return {loc: [*each.items()] for loc, each in found.items()}


def _pairs(heading: str, figures: Below, locale: Locale) -> Iterator[tuple[tuple[str, Figure], tuple[str, Figure]]]:
    """Yield each two figures, the smaller first, that a heading is about: each has a word of it that the other lacks."""
    said = stems.of(heading, locale.drafts.small_words)
    about = {name: said & stems.of(figure.means) for name, figure in figures}
    for one, two in permutations(figures, 2):
        ours, theirs = about[one[0]], about[two[0]]
        enough = min(len(ours), len(theirs)) >= FEWEST and ours - theirs and theirs - ours
        if enough and one[1].unit == two[1].unit and 0 < one[1].value < two[1].value:
            yield one, two

"""Warn of a sentence that a document prints twice."""

import re
from collections.abc import Iterable, Iterator

from briefpack.brief.figures import CITATION
from briefpack.brief.model import Brief
from briefpack.brief.review.printed import Text, warning
from briefpack.problem import Problem
from briefpack.schema import walk
from briefpack.text.yaml_lines import Loc, Tree

FEWEST_WORDS = 8
SHOWN_WORDS = 7
SENTENCE = re.compile(r"\S.*?(?:[.!?…](?:[\"”’')*_]|\[\^[^\]]*\])*(?=\s|$)|\n\s*\n|\Z)", re.DOTALL)
Place = tuple[Text, tuple[int, int]]
"""A sentence: its text, and its start and end there."""
WORD = re.compile(r"\{[^{}:]*|[^\W_]+(?:['’-][^\W_]+)*")
SENTENCES = {
    "text",
    "standfirst",
    "asked",
    "action",
    "actions",
    "meaning",
    "sentence",
    "sentences",
    "note",
    "buys",
    "legislation",
}
"""The keys of running text: a title, a heading or a caption may say what the text says."""


def warn(brief: Brief, texts: Iterable[Text], tree: Tree) -> Iterator[Problem]:
    """Yield a warning for each sentence of a document that it has already printed."""
    only_some = {loc for loc, part in walk(brief) if getattr(part, "only", None) or getattr(part, "leave_out", None)}
    seen: dict[tuple[str, ...], list[Place]] = {}
    for text, span in (place for each in texts for place in _sentences(each)):
        words = _folded(text.words[slice(*span)])
        if len(words) >= FEWEST_WORDS:
            earlier = seen.setdefault(words, [])
            first = next((each for each in earlier if _together(each[0].loc, text.loc, only_some)), None)
            if first:
                yield _warning(tree, first, (text, span))
            earlier.append((text, span))


def _sentences(text: Text) -> Iterator[Place]:
    for found in SENTENCE.finditer(text.words) if text.key in SENTENCES else ():
        yield text, found.span()


def _folded(sentence: str) -> tuple[str, ...]:
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

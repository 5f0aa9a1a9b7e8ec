"""Warn of a sentence that begins in lower case or ends without a full stop, if all others like it don't."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefpack.brief.figures import CITATION
from briefpack.brief.review.printed import Text, warning
from briefpack.brief.review.punctuation import PARAGRAPHS, abbreviated
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree

STOPPED = {
    "text",
    "standfirst",
    "asked",
    "action",
    "actions",
    "sentence",
    "sentences",
    "meaning",
    "buys",
    "note",
    "point",
}
"""The keys of sentences."""
HEADINGS = {"heading", "headline", "title", "finding", "subtitle", "label", "short_title"}
"""The keys of texts that may have no full stop."""
FEWEST = 5
"""The fewest others that show how a brief ends its sentences; in one list, `FEWEST_IN_A_LIST` do."""
FEWEST_IN_A_LIST = 2
UNSTOPPED = re.compile(r"[A-Za-zÀ-ÿ\d}%]$")
LIST_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s")
SUBHEADING = re.compile(r"\s*(\*\*|__)(?:(?!\1).)+\1\s*", re.DOTALL)
LOWER = re.compile(r"[“‘\"'(*_]*([^\W\d_]{2,})(?![\w.@-])")
NEXT = re.compile(r"(?P<last>[^\W\d_]{4,})\.\s+(?P<word>[a-z]{2,})(?![\w.@’'-])")


@dataclass(frozen=True)
class Passage:
    """A paragraph or an item of a list, with its place in its text."""

    text: Text
    span: tuple[int, int]

    @property
    def words(self) -> str:
        """Return the words, without citations and marks of emphasis at either end."""
        return CITATION.sub("", self.text.words[slice(*self.span)]).strip().strip("*_").strip()


def warn(texts: tuple[Text, ...], tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each sentence that begins or ends as no other does."""
    if locale.direction == "rtl":
        return
    groups: dict[tuple[object, ...], list[Passage]] = {}
    for text in texts:
        # The label or the note of a row may be a few words.
        if text.is_prose and text.key in STOPPED | HEADINGS and "rows" not in text.loc:
            group: tuple[object, ...] = text.loc[:-1] if isinstance(text.loc[-1], int) else (text.key,)
            groups.setdefault(group, []).extend(_passages(text))
    for group, passages in groups.items():
        fewest = FEWEST if len(group) == 1 else FEWEST_IN_A_LIST
        yield from _endings(passages, fewest, tree)
        yield from _openings(passages, fewest, tree)
    for text in texts:
        if text.is_prose and text.key in STOPPED:
            yield from _inside(text, tree, locale)


def _passages(text: Text) -> Iterator[Passage]:
    """Yield the paragraphs of a text that aren't lists or, in bold type alone, headings."""
    start = 0
    for paragraph in PARAGRAPHS.split(text.words):
        at = text.words.index(paragraph, start)
        start = at + len(paragraph)
        if not paragraph.strip() or SUBHEADING.fullmatch(paragraph):
            continue
        if not LIST_ITEM.match(paragraph) and not re.search(r"\n\s*[-+*]\s", paragraph):
            yield Passage(text, (at, at + len(paragraph.rstrip())))


def _endings(passages: list[Passage], fewest: int, tree: Tree) -> Iterator[Problem]:
    without = [each for each in passages if UNSTOPPED.search(each.words)]
    stopped = [each for each in passages if each.words.endswith(".") and not each.words.endswith("..")]
    key = passages[0].text.key if passages else ""
    if key in STOPPED and len(without) == 1 and len(passages) > fewest:
        yield _warning(tree, without[0], _last(without[0]), "has no full stop, unlike the others", "add a full stop")
    if key in HEADINGS and len(stopped) == 1 and len(passages) > fewest and ". " not in stopped[0].words:
        yield _warning(tree, stopped[0], _last(stopped[0]), "ends in a full stop, unlike the others", "delete it")


def _openings(passages: list[Passage], fewest: int, tree: Tree) -> Iterator[Problem]:
    lower = [each for each in passages if (found := LOWER.match(each.words)) and found[1].islower()]
    if len(lower) == 1 and len(passages) > fewest:
        start, end = lower[0].span
        first = re.match(r"\S+", lower[0].text.words[start:end])
        span = start, start + len(first[0] if first else "")
        yield _warning(tree, lower[0], span, "begins in lower case, unlike the others", "begin it with a capital")


def _last(passage: Passage) -> tuple[int, int]:
    """Return the place of the last words of a passage."""
    start, end = passage.span
    found = re.search(r"(?:\S+\s+){0,3}\S+$", passage.text.words[start:end])
    return end - len(found[0] if found else ""), end


def _inside(text: Text, tree: Tree, locale: Locale) -> Iterator[Problem]:
    """Yield a warning for each sentence of a text that begins in lower case."""
    for found in NEXT.finditer(text.words):
        if not abbreviated(locale).search(found["last"]):
            yield _warning(tree, Passage(text, found.span()), found.span(), "begins a sentence in lower case",
                           "write a capital, or a comma before it")  # fmt: skip


def _warning(tree: Tree, passage: Passage, span: tuple[int, int], message: str, hint: str) -> Problem:
    shown = " ".join(passage.text.words[slice(*span)].split())
    return warning(tree, passage.text, span, f'"{shown}" {message}', hint)

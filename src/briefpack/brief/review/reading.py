"""Read a brief as a reviewer does: all of it, with its figures and the texts that print."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, occurrence, texts

PROSE_PARTS = {"glance", "foreword", "sections", "themes", "asks", "case_studies", "appendices", "glossary", "charts"}
NOT_TEXTS = {
    "data", "local_data", "queries", "relations", "figures", "language", "layout", "electorates", "date", "electoral_matter", "cover_image",
    "asks_annual", "labels",
}  # fmt: skip
"""The parts of a brief that don't print as typed."""
UNREAD = {
    "id", "theme", "chart", "figure", "source", "amount", "annual", "kind", "mark", "timeline", "unit", "image", "size",
    "states", "electorates", "signature", "portrait", "fact", "file", "on_dark", "one_colour", "focus", "until", "people",
    "url", "website", "email", "phone", "strong", "rows_from", "query", "local_list", "local_lists", "item", "link",
    "classes", "named", "low", "high", "shares", "hexagons", "at_least",
}  # fmt: skip
"""The keys whose values are ids, addresses and choices."""


@dataclass(frozen=True)
class Text:
    """A text that prints, and its location."""

    loc: Loc
    words: str

    @property
    def key(self) -> str:
        """Return the key that the text is under; for an item of a list, the list's."""
        return next((part for part in reversed(self.loc) if isinstance(part, str)), "")

    @property
    def is_prose(self) -> bool:
        """Return whether the text is part of the body: of a page's prose or of a chart."""
        return self.loc[0] in PROSE_PARTS and self.key != "when"


@dataclass(frozen=True)
class Reading:
    """A brief, its lines and the words of its language."""

    brief: Brief
    tree: Tree
    locale: Locale

    @cached_property
    def ledger(self) -> Ledger:
        """Return the figures of the brief, and how they print."""
        return Ledger(self.brief, self.locale)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Return the texts that print."""
        return tuple(text for text in _texts(self.tree) if text.key not in UNREAD and text.words.strip())


@dataclass(frozen=True)
class Rule:
    """A kind of slip: its id, why it matters to a reader, and the function that finds each one in a brief."""

    id: str
    reason: str
    find: Callable[[Reading], Iterable[Problem]]


def _texts(tree: Tree) -> Iterator[Text]:
    for part, value in tree.data.items():
        if part not in NOT_TEXTS:
            for loc, words in texts(value, (part,)):
                # The sources of a chart are ids, and a list's data are columns.
                if not (loc[0] == "charts" and "sources" in loc) and not (loc[0] == "local_lists" and "data" in loc):
                    yield Text(loc, words)


def warning(tree: Tree, text: Text, span: tuple[int, int], message: str, hint: str, check: str = "") -> Problem:
    """Return a warning about the words of a text from one place to another."""
    start, end = span
    words = text.words[start:end]
    nth = occurrence(text.words, words, start)
    return tree.problem(text.loc, message, hint, words=words, nth=nth, warning=True, check=check)


def elsewhere(tree: Tree, text: Text, span: tuple[int, int]) -> str:
    """Return the line of some words in a text, as a message names it: line 14."""
    if tree.is_filled(text.loc):
        return tree.shown(text.loc)
    words = text.words[slice(*span)]
    return f"line {tree.place(text.loc, words, occurrence(text.words, words, span[0]))[0]}"

"""Read a brief as a reviewer does: all of it, with its figures and the texts that print."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from briefpack.brief import roles
from briefpack.brief.evidence import Figure
from briefpack.brief.figures import Ledger, cells
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Loc, Tree, occurrence, texts

PROSE_PARTS = {"glance", "foreword", "sections", "themes", "asks", "case_studies", "appendices", "glossary", "charts"}
"""The parts that are the body of a brief."""


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
    def role(self) -> str:
        """Return the role that the type of its key gives it; an empty text if it doesn't print as typed."""
        return roles.role(self.loc)

    @property
    def is_prose(self) -> bool:
        """Return whether the text is part of the body: of a page's prose or of a chart."""
        return self.loc[0] in PROSE_PARTS and self.key != "when"

    def slip(self, span: tuple[int, int], message: str, hint: str) -> "Slip":
        """Return the slip in the words from one place of the text to another."""
        words = self.words[slice(*span)]
        return Slip(self.loc, message, hint, words, occurrence(self.words, words, span[0]))


@dataclass(frozen=True)
class Reading:
    """A brief, its lines, the words of its language and the facts about its electorates."""

    brief: Brief
    tree: Tree
    locale: Locale
    facts: Mapping[str, Figure] = field(default_factory=dict)

    @cached_property
    def ledger(self) -> Ledger:
        """Return the figures of the brief and the facts, and how they print."""
        figures = {**self.facts, **self.brief.figures}
        return Ledger(self.brief.model_copy(update={"figures": figures}), self.locale)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Return the texts that print."""
        every = (Text(loc, words) for loc, words in texts(self.tree.data) if words.strip())
        return tuple(text for text in every if text.role)

    @cached_property
    def cells(self) -> frozenset[str]:
        """Return the ids of the figures that are cells of data files."""
        return cells(self.tree)


@dataclass(frozen=True)
class Slip:
    """Something that an editor would query: its location, and the words there if it is about some of them."""

    loc: Loc
    message: str
    hint: str
    words: str = ""
    nth: int = 0


@dataclass(frozen=True)
class Rule:
    """A kind of slip: its id, the function that finds it, and why it matters.

    If it isn't a warning, it stops a build, and a brief can't accept it.
    """

    id: str
    find: Callable[[Reading], Iterable[Slip]]
    reason: str
    is_warning: bool = True

    def problem(self, slip: Slip, tree: Tree) -> Problem:
        """Return the problem of a slip of this kind."""
        return tree.problem(
            slip.loc,
            slip.message,
            slip.hint,
            words=slip.words,
            nth=slip.nth,
            warning=self.is_warning,
            check=self.id,
        )

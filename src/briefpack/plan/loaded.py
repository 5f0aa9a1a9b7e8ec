"""Define a brief that has been read: with its lines, its language, its electorates and its variants."""

import datetime
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property

from briefpack import store
from briefpack.brief import accepted, variants
from briefpack.brief.accepted import Sorted
from briefpack.brief.blocks import ForPlaces
from briefpack.brief.evidence import Figure
from briefpack.brief.figures import Ledger
from briefpack.brief.model import Brief
from briefpack.brief.variants import Place
from briefpack.electorates import Electorate, ElectorateSet, fresh_until, stale
from briefpack.images import Original
from briefpack.layout.added_fonts import AddedFont
from briefpack.problem import Problem
from briefpack.store import Store
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Tree


def reviewed(function: str, kept: Store | None, *parts: object) -> tuple[Problem, ...]:
    """Return the problems that a function of the review finds in some parts of a brief.

    They are remembered until the parts or briefpack change: the review of a long brief takes a tenth of a second, and
    its modules take as long to load as a build with one change has to spare.
    """
    # Before it can write JSON, pydantic prepares for it, which takes as long as ten of these.
    key = store.key("review", function, store.engine(), *map(repr, parts))
    if kept and (known := kept.get(key)) is not None:
        return tuple(map(Problem.read, json.loads(known)))
    from briefpack.brief import review  # noqa: PLC0415 -- see above

    found = tuple(getattr(review, function)(*parts))
    if kept:
        with suppress(OSError):
            kept.put(key, json.dumps([asdict(problem) for problem in found]).encode())
    return found


ISSUED = "issued"
"""The folder of the records of what was handed out, in a brief's folder and in that of its finished files."""
NO_SET = "the brief names no electorate set", "add electorates: and the name of a set"
"""The message and the hint of a problem with a part of a brief that needs electorates."""


def place_of(electorate: Electorate) -> Place:
    """Return what `only:` and `except:` may say of an electorate, in straight quotes."""
    member = electorate.member
    roles = tuple(role.title.replace("’", "'") for role in member.roles) if member else ()
    return Place(electorate.state.code, electorate.slug, member.side if member else "", roles)


@dataclass(frozen=True)
class LoadedBrief:
    """A brief whose references and sums are correct.

    `noticed` are the warnings found while reading it. `group` is its electorate set, if it names one. `images` are its
    image files, by their paths in its `images/`, and `added_fonts` the installed fonts that it needs. `kept` remembers
    its review between builds. `issue` is the number of the edition that was handed out last; 0 if none was.
    """

    name: str
    brief: Brief
    tree: Tree
    locale: Locale
    noticed: tuple[Problem, ...]
    group: ElectorateSet | None = None
    images: Mapping[str, Original] = field(default_factory=dict)
    added_fonts: tuple[AddedFont, ...] = ()
    kept: Store | None = None
    issue: int = 0

    @property
    def ledger(self) -> Ledger:
        """Return the brief's figures and sources, written in its language."""
        return Ledger(self.brief, self.locale)

    def variant(self, electorate: Electorate | None, asks: tuple[str, ...] = ()) -> Brief:
        """Return the brief of an electorate, or of the nation: without the parts that are for other places.

        If asks are chosen, it has no others.
        """
        if not self._rules and not asks:
            return self.brief
        place = place_of(electorate) if electorate else variants.Place()
        kept = tuple(variants.is_in(part, place) for part in self._rules)
        if (kept, asks) not in self._variants:
            found = variants.of(self.brief, place)
            self._variants[kept, asks] = variants.with_asks(found, asks) if asks else found
        return self._variants[kept, asks]

    @cached_property
    def _rules(self) -> tuple[ForPlaces, ...]:
        return variants.rules(self.brief)

    @cached_property
    def _variants(self) -> dict[tuple[tuple[bool, ...], tuple[str, ...]], Brief]:
        """The variants made so far, by whether each part that has a rule is in them, and by the asks chosen."""
        return {}

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """Return the warnings, each once. They are worked out on first use, while the workers of a build are busy."""
        parts = (self.brief, self.tree, self.locale, self._facts())
        found = dict.fromkeys((*self.noticed, *reviewed("warn", self.kept, *parts)))
        return tuple(sorted(found, key=lambda each: (each.path, each.line or 0)))

    def _facts(self) -> Mapping[str, Figure]:
        """Return the largest value of each fact about electorates, as a figure."""
        figures: dict[str, Figure] = {}
        for electorate in self.group.electorates if self.group else ():
            for fact in electorate.facts.values():
                if fact.id not in figures or fact.value > figures[fact.id].value:
                    hedge = "about" if fact.estimate else None
                    figures[fact.id] = Figure.model_construct(
                        unit=fact.unit, value=fact.value, hedge=hedge, means=fact.label, source=fact.source
                    )
        return figures

    def warnings_on(self, today: datetime.date, among: Collection[Electorate]) -> tuple[Problem, ...]:
        """Return the warnings of the brief, then those of some electorates on a day, as both `check` and `build` do."""
        elsewhere = {*self._stale(today)}.difference(stale(self.group, today, among) if self.group else ())
        return tuple(each for each in self._sorted(today).left if each not in elsewhere)

    def accepted_on(self, today: datetime.date) -> tuple[Problem, ...]:
        """Return the warnings that the brief accepts."""
        return self._sorted(today).accepted

    def _sorted(self, today: datetime.date) -> Sorted:
        return accepted.sort(self.brief, self.tree, (*self.warnings, *self._stale(today)))

    def _stale(self, today: datetime.date) -> tuple[Problem, ...]:
        return stale(self.group, today) if self.group else ()

    def warned_until(self, today: datetime.date) -> datetime.date | None:
        """Return the last day on which these warnings stay the same; None if no date changes them."""
        return fresh_until(self.group, today) if self.group else None

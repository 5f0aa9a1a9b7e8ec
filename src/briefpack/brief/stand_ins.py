"""Put stand-ins in the place of what a brief's model refuses, so that everything else can be judged in the same run.

The problems of the model are reported; a problem that is due to a stand-in is not. Its field and its words tell.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from briefpack import schema
from briefpack.brief import data, load, relations, roles
from briefpack.brief.figures import CITATION, REFERENCE
from briefpack.brief.model import Brief
from briefpack.problem import Problem
from briefpack.schema.faults import Fault
from briefpack.text.locale import Locale
from briefpack.text.yaml_lines import Data, Loc, Place, Tree, texts

MOST_ROUNDS = 12
"""How often the model reads a brief with more stand-ins before nothing else of it is judged."""
DECISIVE = {"value", "unit", "form", "data", "kind", "id"}
"""The keys that other parts of a brief are judged by."""
NAMING = re.compile(r"(?:\{\^?|\[\^)?([^][{}^:]+)(?::[^{}\s]*)?[]}]?")
"""A reference to a figure, a citation, or an id alone."""


@dataclass(frozen=True)
class Partial:
    """A brief with stand-ins, its tree with them, and what is in doubt because of them.

    `fields` are in doubt with everything inside them, `lacking` only as a whole. `ids` are those of parts that can't be
    judged, and `names` the words that name parts of which not every id is known. `texts` are the texts of all fields.
    `problems` are those that the model finds below misspelt keys.
    """

    brief: Brief
    tree: Tree
    problems: tuple[Problem, ...]
    fields: frozenset[str]
    lacking: frozenset[str]
    ids: frozenset[str]
    names: frozenset[str]
    texts: Mapping[str, str]

    def independent(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems that no stand-in can be the cause of; warnings wait until the brief can be read."""
        for each in problems:
            if not each.warning and not (each.path == self.tree.path and self._is_doubtful(each)):
                yield each

    def _is_doubtful(self, problem: Problem) -> bool:
        """Return whether a problem is about something in doubt, or names it."""
        words = next(iter(problem.words), self.texts.get(problem.field, ""))
        named = NAMING.fullmatch(words)
        return (
            problem.field in self.lacking
            or any(re.match(rf"{re.escape(each)}(?![\w-])", problem.field) for each in self.fields)
            or words in self.names
            or (named is not None and named[1] in self.ids)
        )


@dataclass
class _Mending:
    """The data of a brief as stand-ins are put into it, and where they are."""

    data: Data
    origins: dict[Loc, Loc | Place]
    stood: set[Loc] = field(default_factory=set)
    left_out: set[Loc] = field(default_factory=set)
    renamed: set[Loc] = field(default_factory=set)

    def mend(self, fault: Fault) -> None:
        """Rename a misspelt key, leave out an unknown one, or put a stand-in in place of a value."""
        loc = (*fault.loc, fault.missing) if fault.missing else fault.loc
        group, key = load.at(self.data, loc[:-1]), loc[-1]
        kind = type(group)
        if fault.unknown and kind is dict:
            self._rename(group, loc, fault.meant)
        elif loc in self.renamed and fault.missing:
            return
        elif loc in self.stood and kind is dict:
            group.pop(key, None)
            self.left_out.add(loc)
        elif kind is dict or (kind is list and key in range(len(group))):
            group[key] = schema.stand_in(Brief, loc)
            self.stood.add(loc)

    def _rename(self, group: dict[str, Data], loc: Loc, meant: str) -> None:
        value = group.pop(str(loc[-1]), None)
        if not meant or meant in group:
            self.left_out.add(loc)
            return
        group[meant] = value
        self.origins[*loc[:-1], meant] = loc
        self.renamed.add((*loc[:-1], meant))

    def is_found(self, fault: Fault) -> bool:
        """Return whether a fault is in a misspelt key, where the model couldn't find it before."""
        within = (loc for loc in self.renamed if fault.loc[: len(loc)] == loc)
        # A value that doesn't fit belongs under another key.
        return any(fault.loc != loc or fault.missing for loc in within) and fault.loc not in self.stood


def read(tree: Tree, locale: Locale | None) -> Partial | None:
    """Return a brief whose model refuses some values with stand-ins for them; None if too much of it can't be read."""
    if not isinstance(tree.data, dict) or not tree.whole:
        return None
    mending, found = _Mending(copy.deepcopy(tree.data), dict(tree.origins)), list[Fault]()
    for _ in range(MOST_ROUNDS):
        brief, faults = schema.read(Brief, mending.data, locale)
        if brief:
            return _partial(brief, tree, mending, found)
        found += [fault for fault in faults if mending.is_found(fault)]
        # A misspelt key is the one that is missing beside it.
        for fault in sorted(faults, key=lambda each: not each.unknown):
            if fault.loc or fault.missing:
                mending.mend(fault)
    return None


def _partial(brief: Brief, tree: Tree, mending: _Mending, found: Iterable[Fault]) -> Partial:
    mended = replace(tree, data=mending.data, origins=mending.origins)
    doubtful = {*mending.stood, *mending.left_out, *_misread(tree), *data.parts(mending.data)}
    ids = frozenset(_ids(doubtful))
    sums = {*_sums(brief, ids, has_every_ask=("asks",) not in doubtful)}
    fields = {_field(mended, loc) for loc in (*doubtful, *sums)}
    return Partial(
        _with_queries(brief, sums), mended, tuple(schema.independent(found, mended, lambda loc: load.meant(mended.data, loc))),
        frozenset(fields - {""}), frozenset(_field(mended, loc[:-1]) for loc in mending.left_out) - {""},
        ids, frozenset(_names(brief, mended, {*_parts(doubtful)})), {_field(mended, loc): text for loc, text in texts(mended.data)},
    )  # fmt: skip


def _field(tree: Tree, loc: Loc) -> str:
    """Return the name of a value as problems have it."""
    return tree.problem(loc, "", "").field


def _ids(doubtful: Iterable[Loc]) -> Iterator[str]:
    """Yield the ids of the parts of a brief that something else can't be judged by."""
    for loc in doubtful:
        if len(loc) > 1 and isinstance(loc[1], str) and (len(loc) == 2 or loc[2] in DECISIVE):
            yield from filter(None, (loc[1], load.as_id(loc[1])))


def _parts(doubtful: Iterable[Loc]) -> Iterator[str]:
    """Yield the parts of a brief whose ids aren't all known."""
    for loc in doubtful:
        if len(loc) == 1 or (isinstance(loc[1], int) and (len(loc) == 2 or loc[2] == "id")):
            yield str(loc[0])


def _names(brief: Brief, tree: Tree, parts: set[str]) -> Iterator[str]:
    """Yield the words, as they are written, that name something in certain parts of a brief."""
    yield from (each for _, part, each in roles.named(brief) if part in parts)
    for loc, text in texts(tree.data):
        if "sources" in parts:
            yield from [text] if loc[-1] == "source" else (found[0] for found in CITATION.finditer(text))
        if "figures" in parts:
            yield from relations.terms(text) if loc[-1] == "holds" else (found[0] for found in REFERENCE.finditer(text))


def _sums(brief: Brief, ids: frozenset[str], *, has_every_ask: bool) -> Iterator[Loc]:
    """Yield the query of each relation that takes a doubtful figure, and the total of the asks if it does."""
    for index, relation in enumerate(brief.relations):
        if ids & {*relations.terms(relation.holds)}:
            yield "relations", index, "query"
    if not has_every_ask or ids & {brief.asks_annual, *(ask.annual for ask in brief.asks)}:
        yield ("asks_annual",)


def _with_queries(brief: Brief, sums: set[Loc]) -> Brief:
    """Return a brief with a query about each doubtful relation, which may then be false; its words are judged still."""
    relations = (
        each.model_copy(update={"query": "x"}) if ("relations", index, "query") in sums else each
        for index, each in enumerate(brief.relations)
    )
    return brief.model_copy(update={"relations": tuple(relations)})


def _misread(tree: Tree) -> Iterator[Loc]:
    """Yield each value that a problem of the file itself is about, or the values on the line of the problem."""
    for problem in tree.problems:
        if problem.path == tree.path:
            of_line = {loc for loc, (first, _) in tree.lines.items() if loc and first == problem.line}
            named = {loc for loc in tree.lines if problem.field and _field(tree, loc) == problem.field}
            yield from named or (of_line - {loc[:-1] for loc in of_line})

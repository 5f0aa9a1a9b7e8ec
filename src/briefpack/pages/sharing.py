"""Reuse a written page for every document that shares everything the page read.

The names that a template can use come in scopes, from the widest to the narrowest: names shared by all documents, then
names for the piece's position in its document, then names for one theme, ask, electorate or document. A scope's names
are computed without access to narrower scopes, so no name can depend on anything that its scope doesn't share. A page
is reused only for documents that agree on every scope it read. A name that no scope declares can't be given to a page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import jinja2
from jinja2.defaults import DEFAULT_NAMESPACE

BUILT_IN = {name: value for name, value in DEFAULT_NAMESPACE.items() if name != "lipsum"}
"""Jinja's own names, without `lipsum`, which returns a different text each time."""
DOCUMENT = "document"
"""The narrowest scope: its values apply to one document only."""
MISSING = "missing"
"""The scope of names that don't exist: a page that read one can be reused for documents with the same names."""


@dataclass(frozen=True)
class Scope:
    """Names for templates, computed when a page is written, and the key of their owner.

    Documents with the same key see the same values.
    """

    name: str
    key: str
    made: Callable[[], Mapping[str, object]]

    @cached_property
    def names(self) -> Mapping[str, object]:
        """Return its names with their values, which are computed once."""
        return self.made()


class Reads:
    """The scopes that a page reads while it is being written, and the figures that it prints."""

    def __init__(self) -> None:
        """Start with no scope read and no name declared."""
        self.scopes: set[str] = set()
        self.figures: dict[str, None] = {}
        self._values: dict[str, object] = {}
        self._scope_of: dict[str, str] = {}

    @property
    def values(self) -> dict[str, object]:
        """Return the names that scopes declare, each with its value."""
        return dict(self._values)

    def declare(self, scopes: Sequence[Scope]) -> None:
        """Compute the names of some scopes, and remember which scope each belongs to."""
        for scope in scopes:
            names = scope.names
            self._scope_of |= dict.fromkeys(names, scope.name)
            self._values |= names

    def check(self, names: Mapping[str, object]) -> None:
        """Check the names that a page is given. Raises TypeError for one that no scope declares with this value."""
        for name, value in names.items():
            if self._values.get(name, self) is not value:
                raise TypeError(f'the name "{name}" is in no scope')

    def scope(self, name: str) -> None:
        """Record that a scope was read."""
        self.scopes.add(name)

    def figure(self, figure_id: str) -> None:
        """Record that the page prints a figure."""
        self.figures[figure_id] = None

    def name(self, name: str, value: object) -> None:
        """Record that a name was read. One of Jinja2's own counts for nothing, unless it has another value here."""
        if name in self._scope_of:
            self.scopes.add(self._scope_of[name])
        elif value is jinja2.utils.missing:
            self.scopes.add(MISSING)
        elif value is not BUILT_IN.get(name):
            self.scopes.add(DOCUMENT)


class Noted(Mapping[str, str]):
    """Values of a narrow scope for functions of a wider one: looking up any of them counts as reading the narrow scope.

    Documents may also differ in which values they lack, so every lookup is recorded, whatever its result.
    """

    def __init__(self, found: Callable[[], Mapping[str, str]], note: Callable[[], object]) -> None:
        """Put off finding the values until one is looked up; `note` is called at every lookup."""
        self._found, self._note = found, note

    def __getitem__(self, name: str) -> str:
        """Return a value, and record the lookup."""
        self._note()
        return self._found()[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, and record the lookup."""
        self._note()
        return iter(self._found())

    def __len__(self) -> int:
        """Return the number of values, and record the lookup."""
        self._note()
        return len(self._found())


class Handed(dict[str, Any]):
    """The names that one template hands to another; `own` are the names that it set itself."""

    def __init__(self, names: Mapping[str, Any], own: frozenset[str]) -> None:
        """Take the names."""
        super().__init__(names)
        self.own = own


class Context(jinja2.runtime.Context):
    """A template's names; resolving one counts as reading its scope, in includes, imports and macros too.

    `own` are the names that templates before this one have set, and handed to it.
    """

    own: frozenset[str] = frozenset()

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 -- as in Jinja2
        """Resolve a name, and record that the page read its scope.

        Variables and macros that a template sets itself don't count: they come from names that it has already read.
        """
        value = super().resolve_or_missing(key)
        if key not in self.vars and key not in self.own:
            self.environment.reads.name(key, value)  # type: ignore[attr-defined]  # pages use our Environment
        return value

    def get_all(self) -> dict[str, Any]:
        """Return every name, to hand on to an included or imported template."""
        return Handed(super().get_all(), self.own.union(self.vars))

    def derived(self, locals: dict[str, Any] | None = None) -> jinja2.runtime.Context:  # noqa: A002 -- as in Jinja2
        """Return the names of a block, which include the values of a loop around it."""
        return with_own(super().derived(locals), self.own.union(self.vars), locals)


def with_own(
    context: jinja2.runtime.Context, own: frozenset[str], given: Mapping[str, object] | None
) -> jinja2.runtime.Context:
    """Return a template's context, in which names that another template has set and handed on don't count as read."""
    assert isinstance(context, Context)  # noqa: S101 -- pages use our Environment
    set_here = (name for name, value in (given or {}).items() if value is not jinja2.utils.missing)
    context.own = own.union(set_here)
    return context


@dataclass(frozen=True)
class Written:
    """A page's HTML, the sources cited by its end, the figures it prints, and the sources on its last sheet."""

    html: str
    cited: tuple[str, ...]
    figures: tuple[str, ...] = ()
    sheet: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """The pages written so far, by the values they were given, the scopes they read, and the keys of those scopes."""

    pages: dict[object, dict[frozenset[str], dict[tuple[object, ...], Written]]] = field(default_factory=dict)

    def find(self, given: object, scopes: Sequence[Scope]) -> Written | None:
        """Return a page that was given the same values and read nothing that differs here; None if there is none."""
        for read, by_keys in self.pages.get(given, {}).items():
            if found := by_keys.get(_keys(read, scopes)):
                return found
        return None

    def put(self, given: object, scopes: Sequence[Scope], read: frozenset[str], page: Written) -> None:
        """Store a page under the scopes that it read."""
        self.pages.setdefault(given, {}).setdefault(read, {})[_keys(read, scopes)] = page


def _keys(read: frozenset[str], scopes: Sequence[Scope]) -> tuple[object, ...]:
    keys = tuple(scope.key for scope in scopes if scope.name in read)
    names = (tuple(sorted(name for scope in scopes for name in scope.names)),) if MISSING in read else ()
    return (*keys, *names)

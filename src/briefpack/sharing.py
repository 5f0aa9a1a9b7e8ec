"""Reuse a written page for every document to which all that the page read is common.

The names that a template may call come in scopes, from the widest to the narrowest: shared by all documents, of the
piece's place in its document, of one theme, ask, electorate or document. A scope's names are made without sight of a
narrower scope, so that none can hold what its scope doesn't share. A page is reused only for documents that agree on
every scope it read. A name that no scope declares counts as the document's own: the page stays with that document.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jinja2
from jinja2.defaults import DEFAULT_NAMESPACE

BUILT_IN = {name: value for name, value in DEFAULT_NAMESPACE.items() if name != "lipsum"}
"""Jinja's own names; not `lipsum`, which gives another text each time."""
DOCUMENT = "document"
"""The narrowest scope: what is read from it holds for one document alone."""
MISSING = "missing"
"""Read of a name that does not exist: it holds for documents that have the same names."""


@dataclass(frozen=True)
class Scope:
    """Names for templates, made when a page is written, and the key of what they belong to.

    Documents with one key see the same values.
    """

    name: str
    key: str
    names: Callable[[], Mapping[str, object]]


class Reads:
    """Note which scopes a page reads while it is being written.

    `values` are the names that its scopes declare, each with its value.
    """

    def __init__(self) -> None:
        """Begin with nothing read and no name declared."""
        self.scopes: set[str] = set()
        self.values: dict[str, object] = {}
        self._scope_of: dict[str, str] = {}

    def declare(self, scopes: Sequence[Scope]) -> None:
        """Make the names of some scopes, and know from here on whose each is."""
        for scope in scopes:
            names = scope.names()
            self._scope_of |= dict.fromkeys(names, scope.name)
            self.values |= names

    def declare_local(self, names: Mapping[str, object], scope: str) -> dict[str, object]:
        """Return all names, with some that hold for one part of the page alone; one known already keeps its scope."""
        self._scope_of = dict.fromkeys(names, scope) | self._scope_of
        return {**self.values, **names}

    def scope(self, name: str) -> None:
        """Note the reading of a scope."""
        self.scopes.add(name)

    def name(self, name: str, *, exists: bool) -> None:
        """Note the reading of a name: of its scope, or of the document's own if nobody declared it."""
        if name in self._scope_of or name not in BUILT_IN:
            self.scopes.add(self._scope_of.get(name, DOCUMENT if exists else MISSING))


class Noted(Mapping[str, str]):
    """Values of a narrow scope for functions of a wider one: to ask for any is to read the narrow scope.

    A value that is missing tells documents apart as well, so every question is noted, whatever its answer.
    """

    def __init__(self, found: Callable[[], Mapping[str, str]], note: Callable[[], object]) -> None:
        """Look nothing up until it is asked for; `note` is called at every question."""
        self._found, self._note = found, note

    def __getitem__(self, name: str) -> str:
        """Return a value."""
        self._note()
        return self._found()[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        self._note()
        return iter(self._found())

    def __len__(self) -> int:
        """Count the values."""
        self._note()
        return len(self._found())


class Context(jinja2.runtime.Context):
    """A template's names; to resolve one is to read its scope, in an include, an import or a macro as well."""

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 -- as Jinja2 has it
        """Resolve a name, and note that the page read its scope.

        What a template sets, a variable or a macro, comes from what it read before.
        """
        value = super().resolve_or_missing(key)
        if key not in self.vars:
            self._reads.name(key, exists=value is not jinja2.utils.missing)
        return value

    def get_all(self) -> dict[str, Any]:
        """Return every name, to hand it on to an include; what this template set is known there as well."""
        self._reads.declare_local(self.vars, "shared")
        return super().get_all()

    @property
    def _reads(self) -> Reads:
        return self.environment.reads  # type: ignore[attr-defined,no-any-return]  # pages have an environment of their own


@dataclass(frozen=True)
class Written:
    """A page's HTML, and the sources cited once it was written."""

    html: str
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Shelf:
    """The pages written so far: by what they were given, by the scopes they read, and by the keys of those scopes."""

    pages: dict[object, dict[frozenset[str], dict[tuple[object, ...], Written]]] = field(default_factory=dict)

    def find(self, given: object, scopes: Sequence[Scope]) -> Written | None:
        """Return a page that was given the same and read nothing that differs here; None if there is none."""
        for read, by_keys in self.pages.get(given, {}).items():
            if found := by_keys.get(_keys(read, scopes)):
                return found
        return None

    def put(self, given: object, scopes: Sequence[Scope], read: frozenset[str], page: Written) -> None:
        """Keep a page under the scopes that it read."""
        self.pages.setdefault(given, {}).setdefault(read, {})[_keys(read, scopes)] = page


def _keys(read: frozenset[str], scopes: Sequence[Scope]) -> tuple[object, ...]:
    keys = tuple(scope.key for scope in scopes if scope.name in read)
    names = (tuple(sorted(name for scope in scopes for name in scope.names())),) if MISSING in read else ()
    return (*keys, *names)

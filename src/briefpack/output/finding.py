"""Attach problems to documents, so that one in a shared piece is reported once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from briefpack.problem import Problem


@dataclass(frozen=True)
class Finding:
    """A problem of a document, and the key of the piece concerned; no key if it concerns the document as a whole.

    A problem without a path belongs to the document, wherever that is.
    """

    problem: Problem
    piece: str = ""

    def at(self, path: str) -> Self:
        """Return the finding, at `path` if its problem has no path of its own."""
        return replace(self, problem=replace(self.problem, path=self.problem.path or path))

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Return a finding from a manifest's data. Raises TypeError, KeyError or ValueError if it is malformed."""
        if not isinstance(data["piece"], str):
            raise TypeError(data)
        return cls(Problem.read({name: value for name, value in data.items() if name != "piece"}), data["piece"])

"""Describe a patch: one name in one of WeasyPrint's modules, and our value."""

from typing import Any, NamedTuple


class Replacement(NamedTuple):
    """The replacement for a name in a WeasyPrint module."""

    module: Any
    name: str
    value: Any

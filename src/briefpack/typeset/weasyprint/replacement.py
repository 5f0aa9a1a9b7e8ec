"""Describe a patch: one name in one of WeasyPrint's modules, and our value."""

from typing import Any, NamedTuple


class Replacement(NamedTuple):
    """What takes the place of a name in a WeasyPrint module."""

    module: Any
    name: str
    value: Any

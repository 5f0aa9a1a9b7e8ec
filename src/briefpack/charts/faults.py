"""Say why a chart can't be drawn: a fault in its rows, or something that the chart file, tokens or fonts lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from briefpack.problem import nearest

if TYPE_CHECKING:
    from briefpack.plan import ChartEvent, ChartRow

Value = TypeVar("Value")


class Undrawable(ValueError):  # noqa: N818 -- it becomes a Problem
    """A fault in the rows of a chart or the shapes of a map; any other error is a fault in the chart file.

    `fix` is what to do about it, if that can be said. `row` is the row or event at fault, and `key` another key of the
    chart. `needed_mm` is the height that its rows need, if the chart isn't as high.
    """

    def __init__(
        self,
        reason: str,
        fix: str = "",
        row: ChartRow | ChartEvent | None = None,
        key: str = "",
        *,
        needed_mm: int = 0,
    ) -> None:
        super().__init__(reason)
        self.fix, self.row, self.key, self.needed_mm = fix, row, key, needed_mm


class Lacking(Exception):  # noqa: N818 -- it becomes a Problem
    """Something that the chart file, tokens or fonts lack, and how to fix it."""


class Tokens(dict[str, Value]):
    """Tokens by name; a missing name raises Lacking."""

    def __missing__(self, name: str) -> Value:
        """Refuse a name that isn't there, and suggest one that is."""
        message = f'layouts/tokens.yaml has no "{name}", which the chart needs'
        near = nearest(name, self)
        raise Lacking(message, f"add it to tokens.yaml{f', or use one of its kind: {near}' if near else ''}")

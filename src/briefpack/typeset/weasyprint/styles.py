"""Reuse the computed values of a style in later pieces, since most pieces have the same styles.

WeasyPrint shares styles within one document, but computes them again for each (issue 618): without this patch, making a
country's documents takes 5 % longer.

A computed value depends on the style's declarations, its parents and the fonts. It can also depend on the page size,
and it can log a warning, which each piece must report for itself. Once either happens, nothing more is kept from that
piece; values computed before then depend on neither.
"""

import logging
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from weasyprint import css
from weasyprint.css.properties import INHERITED
from weasyprint.logger import LOGGER

from briefpack.typeset.weasyprint.replacement import Replacement


@dataclass(eq=False)
class _Kept:
    """The computed values of one style, wherever it is used.

    `declared` keeps the style's declared values alive, because some are identified by their `id`.
    """

    declared: Mapping[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    specified: dict[str, Any] = field(default_factory=dict)


_KEPT: dict[Hashable, _Kept] = {}
MOST_KEPT = 2_000
"""Far more than a layout needs: a whole pack has about 300 styles."""


class _Warnings(logging.Filter):
    """A filter that counts warnings and lets every record pass."""

    count = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Count warnings."""
        self.count += record.levelno >= logging.WARNING
        return True


_WARNINGS = _Warnings()


@contextmanager
def counted_warnings() -> Iterator[None]:
    """Count WeasyPrint's warnings while the block runs."""
    LOGGER.addFilter(_WARNINGS)
    try:
        yield
    finally:
        LOGGER.removeFilter(_WARNINGS)


class _Sizes(dict[str, Any]):
    """The page sizes that vw and vh refer to, noting whether computing styles has read them or logged a warning."""

    def __init__(self, sizes: Mapping[str, Any]) -> None:
        super().__init__(sizes)
        self.before, self.read = _WARNINGS.count, False

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 -- as in the class it extends
        self.read = True
        return super().__getitem__(name)

    @property
    def unused(self) -> bool:
        """Return whether no size was read and no warning was logged since this piece was begun."""
        return not self.read and _WARNINGS.count == self.before


class _Style(css.ComputedStyle):  # type: ignore[misc]
    """A computed style that begins with the values kept from an equal one.

    A copy is never fresh: whoever copies a style changes it, so nothing is kept from the copy.
    """

    fresh = False
    kept: _Kept | None = None

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 -- as in the class it extends
        if self.fresh:
            _begin(self)
            if name in self:
                return self[name]
        value = super().__missing__(name)
        if self.kept and self.initial_page_sizes.unused and not _takes_the_parents(self, name):
            self.kept.values[name] = value
            if name in self.specified:
                self.kept.specified[name] = self.specified[name]
        return value


def replacements() -> Iterator[Replacement]:
    """Yield a style that begins with kept values, and the method of WeasyPrint's that makes styles."""
    set_styles = css.StyleFor.set_computed_styles

    def set_computed_styles(
        self: Any,  # noqa: ANN401 -- WeasyPrint's are untyped
        element: Any,  # noqa: ANN401 -- as above
        parent: Any,  # noqa: ANN401 -- as above
        root: Any = None,  # noqa: ANN401 -- as above
        pseudo_type: str | None = None,
        **more: Any,  # noqa: ANN401 -- as above
    ) -> None:
        if not isinstance(self.initial_page_sizes, _Sizes):
            self.initial_page_sizes = _Sizes(self.initial_page_sizes)
        set_styles(self, element, parent, root, pseudo_type, **more)
        self.get_computed_styles()[element, pseudo_type].fresh = True

    yield Replacement(css, "ComputedStyle", _Style)
    yield Replacement(css.StyleFor, "set_computed_styles", set_computed_styles)


def _begin(style: _Style) -> None:
    """Fill a style with the values kept from an equal style the first time it is read; most styles are never read.

    Skips ::first-line and ::first-letter styles, in which WeasyPrint reads only the values computed so far.
    """
    style.fresh, parent = False, style.parent_style
    if parent is not None and parent.fresh:
        _begin(parent)
    if style.pseudo_type in ("first-line", "first-letter") or (parent is not None and parent.kept is None):
        return
    place = parent.kept if parent is not None else (style.font_config, style.base_url)
    if len(_KEPT) >= MOST_KEPT:
        _KEPT.clear()
    style.kept = _KEPT.setdefault((place, style.pseudo_type, _declarations(style)), _Kept(style.cascaded))
    style.update(style.kept.values | style)
    style.specified.update(style.kept.specified)


def _declarations(style: _Style) -> tuple[Hashable, ...]:
    """Return a key for the declared values of a style, with their weights."""
    return tuple(
        (name, _key(value), importance, layer, tuple(specificity))
        for name, (value, (importance, layer, specificity)) in style.cascaded.items()
    )


def _key(value: Any) -> Hashable:  # noqa: ANN401 -- anything that CSS can declare
    """Return a key for a declared value: the value itself, or its `id`, since a style sheet is parsed only once."""
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value


def _takes_the_parents(style: _Style, name: str) -> bool:
    """Return whether a property that isn't inherited by default takes its parent's value with `inherit`.

    WeasyPrint modifies such values in tables and at the root.
    """
    return name not in INHERITED and style.cascaded.get(name, (None,))[0] == "inherit"

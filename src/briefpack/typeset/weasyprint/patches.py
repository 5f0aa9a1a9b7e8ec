"""Apply the patches while a piece is laid out, and undo them afterwards.

`upstream/` has the text of an issue for WeasyPrint's project for each, and a patch of its source to offer there.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from briefpack.typeset.weasyprint import (
    balance,
    calculations,
    drawings,
    elements,
    link_areas,
    links,
    notes,
    reading_order,
    spaces,
    styles,
)


@contextmanager
def patched() -> Iterator[None]:
    """Patch WeasyPrint while the block runs."""
    replacements = [
        *balance.replacements(),
        *calculations.replacements(),
        *drawings.replacements(),
        *elements.replacements(),
        *link_areas.replacements(),
        *links.replacements(),
        *notes.replacements(),
        *reading_order.replacements(),
        *spaces.replacements(),
        *styles.replacements(),
    ]
    before = [(module, name, getattr(module, name)) for module, name, _ in replacements]
    for module, name, value in replacements:
        setattr(module, name, value)
    try:
        with styles.counted_warnings():
            yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)

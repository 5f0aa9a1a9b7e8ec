"""Apply the patches while a piece is laid out, and undo them afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from briefpack.typeset.weasyprint import balance, calculations, drawings, languages, notes, styles


@contextmanager
def patched() -> Iterator[None]:
    """Patch WeasyPrint while the block runs."""
    replacements = [
        *balance.replacements(),
        *calculations.replacements(),
        *drawings.replacements(),
        *languages.replacements(),
        *notes.replacements(),
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

"""Write a PDF as lines of text, as a screen reader says it."""

from pathlib import Path

from briefpack.checks.read import opening
from briefpack.checks.speech import tree
from briefpack.checks.speech.script import lines
from briefpack.checks.speech.tree import Element, Link, Spoken, Words

__all__ = ["Element", "Link", "Spoken", "Words", "lines", "read"]


def read(path: Path) -> Spoken:
    """Read a PDF as a screen reader does. Raises Problems if it is no PDF, is locked, or can't be read."""
    shown = str(path)
    data = opening.data(path, shown)
    with opening.reading(data, shown):
        return tree.read(data)

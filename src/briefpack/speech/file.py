"""Open the PDF that is to be spoken."""

from pathlib import Path

from briefpack.checks.read import opening
from briefpack.speech import tree
from briefpack.speech.tree import Spoken


def read(path: Path) -> Spoken:
    """Read what a PDF gives a screen reader. Raises Problems if it is no PDF, is locked, or can't be read."""
    shown = str(path)
    data = opening.data(path, shown)
    with opening.reading(data, shown):
        return tree.read(data)

"""Find the line of a page that writes a length without its unit in a `style` attribute."""

import re
from collections.abc import Mapping

from briefpack.problem import Owner, Problem


def problem(texts: Mapping[str, str], name: str, value: str) -> Problem | None:
    """Return the problem of a length that is refused as a bare number, at the line that writes it; None if none does."""
    if not NUMBER.fullmatch(value):
        return None
    bare = re.compile(rf"(?<![\w-]){re.escape(name)}\s*:\s*\{{\{{(?:(?!\}}\}}).)*\}}\}}\s*(?=[;\"'])", re.DOTALL)
    for path, text in texts.items():
        if found := bare.search(text):
            line = text.count("\n", 0, found.start()) + 1
            return Problem(path, line, f'the length "{name}" has no unit', "write mm or % after the }}", Owner.LAYOUT)
    return None


NUMBER = re.compile(r"-?[\d.]+")

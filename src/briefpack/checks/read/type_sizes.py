"""Count the letters of a finished PDF in each size of type."""

from collections import Counter

import pypdfium2

from briefpack.checks.read import page_objects
from briefpack.checks.read.page_objects import Font


def measure(data: bytes) -> Counter[float]:
    """Return the number of letters in each size of type, in points to one decimal; nothing for a file that can't be read."""
    letters: Counter[float] = Counter()
    fonts: dict[int, Font] = {}
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            for page in pdf:
                for run in page_objects.read(page, page.get_textpage(), fonts).runs:
                    if run.printed:
                        letters[round(run.size_pt, 1)] += len("".join(run.text.split()))
    except pypdfium2.PdfiumError:
        return Counter()
    return +letters

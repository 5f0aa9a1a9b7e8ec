"""Find the words of an HTML page that its PDF doesn't print, by counting them.

Type is drawn in runs: a line of a paragraph, or the part of a line in one font. A run never spans two texts of the
HTML, so it has whole words, or the parts of a word that is divided between lines, pages or fonts. Text that the layout
adds (running heads, note numbers, a table's head on its next page) makes runs of its own.
"""

from collections import Counter
from collections.abc import Iterable

from briefpack.checks.read.finished import normalised
from briefpack.checks.read.page_objects import Run


def among(texts: Iterable[str], runs: Iterable[Run]) -> list[str]:
    """Return the words of some texts that the runs print less often than they should, the longest first."""
    spare, spaced = _printed(runs)
    short = list[tuple[str, str]]()
    for word in (word for text in texts for word in text.split()):
        letters = normalised(word)
        if spare[letters]:
            spare[letters] -= 1
        elif letters:
            short.append((word, letters))
    # Whole words come first, so that only what is left over counts as the parts of a word.
    lost = list[str]()
    for word, letters in short:
        if letters in spaced:
            spaced = spaced.replace(letters, "\0", 1)
        elif letters.isdigit() or not _take_parts(letters, spare):
            lost.append(word)
    return sorted(lost, key=len, reverse=True)


def _printed(runs: Iterable[Run]) -> tuple[Counter[str], str]:
    """Return how often each word, or part of one, is printed, and the letters of lines set with spaced letters.

    PDFium reads spaced letters as words of one letter.
    """
    words, spaced = Counter[str](), list[str]()
    for run in runs:
        line = [letters for word in run.text.split() if (letters := normalised(word))] if run.printed else []
        if len(line) > 1 and max(map(len, line)) == 1:
            spaced.append("".join(line))
        else:
            words.update(line)
    return words, "".join(spaced)


def _take_parts(letters: str, spare: Counter[str]) -> bool:
    """Take the parts that a word consists of, and return whether there are such parts; the longest are tried first."""
    if not letters:
        return True
    for end in range(len(letters), 0, -1):
        part = letters[:end]
        if spare[part] > 0:
            spare[part] -= 1
            if _take_parts(letters[end:], spare):
                return True
            spare[part] += 1
    return False

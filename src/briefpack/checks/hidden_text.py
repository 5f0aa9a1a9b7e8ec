"""Tell the text that a style sheet hides on purpose from the text that a reader should see."""

from collections import Counter
from collections.abc import Iterable

from briefpack.checks.read.finished import normalised
from briefpack.checks.read.page_objects import Run


class HiddenText:
    """The texts that the style sheets of a piece hide on purpose; for the PDF of another program, none are known."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the texts, which may print elsewhere on the same pages as well."""
        self._texts = Counter(map(normalised, texts))
        self._letters = "\0".join(self._texts)

    def without(self, texts: Iterable[str]) -> list[str]:
        """Return texts of the HTML without the hidden ones, as many times as each is hidden."""
        hidden, found = self._texts.copy(), list[str]()
        for text in texts:
            letters = normalised(text) if hidden else ""
            if hidden[letters]:
                hidden[letters] -= 1
            else:
                found.append(text)
        return found

    def has(self, run: Run) -> bool:
        """Return whether a run, which a box clips, is part of a hidden text."""
        return run.clipped and bool(self._letters) and normalised(run.text) in self._letters

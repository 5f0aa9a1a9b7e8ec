"""Refuse text that can't be read on: git's conflict markers, and an endless run of letters or marks."""

import re

from briefpack.problem import Owner, one_problem
from briefpack.text import unspaced

FIRST, LAST = "<<<<<<< ", ">>>>>>> "
MARK = re.compile(r"^(?:<{7} .*|>{7} .*)$", re.MULTILINE)
MERGE = "git left two versions of some lines here, which nobody has merged"
KEEP_ONE = "keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
MOST = 500
"""The most letters, or equal marks, that follow one another: patterns take too long on more, and no text has them."""
LETTER = rf"[^\W{unspaced.LETTERS}]"
RUN = re.compile(rf"""data:[^\s"')]*+|((?<!{LETTER}){LETTER}{{{MOST + 1},}}+|([^\w\n])\2{{{MOST},}}+)""")
"""A run; or the data of an embedded file, which may have some."""


def check(text: str, shown: str, owner: Owner = Owner.BRIEF) -> None:
    """Check that a text can be read; `shown` is its path in problems. Raises Problems."""
    if line := _unmerged(text):
        raise one_problem(shown, line, MERGE, KEEP_ONE, owner)
    for number, words in enumerate(text.split("\n"), start=1):
        if len(words) > MOST and (run := next(filter(None, (each[1] for each in RUN.finditer(words))), "")):
            message = f'"{run[:10]}…" goes on for {len(run):,} characters'
            raise one_problem(shown, number, message, "delete it, or put spaces or line breaks into it", owner)


def _unmerged(text: str) -> int:
    """Return the line of the first mark of git; 0 if the text has none."""
    if FIRST not in text and LAST not in text:
        return 0
    found = MARK.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0

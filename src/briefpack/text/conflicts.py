"""Find the marks that git leaves in a file where it couldn't merge two versions of it."""

import re

FIRST, LAST = "<<<<<<< ", ">>>>>>> "
MARK = re.compile(r"^(?:<{7} .*|>{7} .*)$", re.MULTILINE)
HINT = "keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
MESSAGE = "git left two versions of some lines here, which nobody has merged"


def first_line(text: str) -> int:
    """Return the line of the first mark; 0 if the text has none."""
    if FIRST not in text and LAST not in text:
        return 0
    found = MARK.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0

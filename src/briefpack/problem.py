"""Describe the problems that a person must fix, each with its location, a message and a hint."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Self

from briefpack.geometry import Rectangle


class Owner(IntEnum):
    """The place where a problem must be fixed; its number is the exit code of a build that stops on it."""

    COMMAND = 2
    BRIEF = 3
    LAYOUT = 4
    DOCUMENT = 5


@dataclass(frozen=True)
class Problem:
    """One mistake, in two lines: `path:line: message`, then `try: hint`; a warning is one line.

    `path` is relative to the project, with forward slashes. A warning doesn't stop a build. `line` and `column` are a
    place in that file, counted from 1; `page` and `boxes` are places in a finished document, in points from the bottom
    left corner of the page, and the first is the one that the message quotes. `continued` are boxes on other pages,
    each with its page. `words` are the words at fault, where they are known; a check gives them first alone and then
    with the text around them. `document` is the document that the message is about, and `field` the value in a YAML
    file. A problem is `finished` if a check found it in a finished PDF, or binding would: the lines that print then
    name the check and the page. `cause` is known for some problems.
    """

    path: str
    line: int | None
    message: str
    hint: str
    owner: Owner = Owner.BRIEF
    warning: bool = False
    check: str = ""
    page: int | None = None
    column: int | None = None
    boxes: tuple[Rectangle, ...] = ()
    continued: tuple[tuple[int, Rectangle], ...] = ()
    words: tuple[str, ...] = ()
    document: str = ""
    field: str = ""
    finished: bool = False
    cause: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Return the problem that `asdict` saved as JSON. Raises TypeError or ValueError if the data is malformed."""
        boxes = tuple(Rectangle(*map(float, box)) for box in data.get("boxes", ()))
        continued = tuple((int(page), Rectangle(*map(float, box))) for page, box in data.get("continued", ()))
        words = tuple(data.get("words", ()))
        found = cls(**{**data, "owner": Owner(data["owner"]), "boxes": boxes, "continued": continued, "words": words})
        texts = (found.path, found.message, found.hint, found.check, found.document, found.field, found.cause, *words)
        numbers = (found.line, found.page, found.column)
        if not all(isinstance(text, str) for text in texts) or not all(isinstance(each or 0, int) for each in numbers):
            raise TypeError(data)
        return found

    @property
    def statement(self) -> str:
        """Return the message with the document that it is about."""
        return f"{self.document}: {self.message}" if self.document else self.message

    @property
    def text(self) -> str:
        """Return the message as it prints, with the check and the page before it."""
        places = (self.check, f"page {self.page}" if self.page else "") if self.finished else ()
        return ": ".join((*filter(None, places), self.statement))

    def __str__(self) -> str:
        """Return the lines, as printed."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        kind, gap = ("warning: ", "; ") if self.warning else ("", "\n  ")
        return f"{printable(f'{place}: {kind}{self.text}')}{gap}try: {printable(self.hint)}"


def printable(text: str) -> str:
    """Return a text with line breaks and control characters escaped, so that it always prints on one line."""
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Problems(Exception):  # noqa: N818 -- the project's word for mistakes to fix
    """All the problems of one stage, raised together."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Sort the problems by file and line, and drop duplicates."""
        unique = dict.fromkeys(problems)
        self.problems = tuple(sorted(unique, key=lambda p: (p.path, p.line or 0)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["Problems"], tuple[tuple[Problem, ...]]]:
        """Pickle the problems, so that another process can raise them."""
        return type(self), (self.problems,)

    @property
    def exit_code(self) -> int:
        """Return the code of the first thing to fix: the command line, then the brief, then the layout."""
        return min(int(problem.owner) for problem in self.problems)


def one_problem(path: str, line: int | None, message: str, hint: str, owner: Owner = Owner.BRIEF) -> Problems:
    """Return the exception for one problem, which stops a stage by itself."""
    return Problems([Problem(path, line, message, hint, owner)])


def distinct(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once; a problem in an author's file counts once even if it shows in many documents."""
    found: dict[Problem, Problem] = {}
    for problem in problems:
        key = problem if problem.check else replace(problem, page=None, boxes=(), continued=())
        found.setdefault(key, problem)
    return tuple(found.values())


def raise_any(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Raise Problems if any of them stops a build; otherwise return the warnings."""
    found = tuple(problems)
    if any(not problem.warning for problem in found):
        raise Problems(found)
    return found


def gather(*steps: Callable[[], Any]) -> list[Any]:
    """Return the result of each step. Raises the Problems of all the steps that failed, together."""
    results: list[Any] = []
    problems: list[Problem] = []
    for step in steps:
        try:
            results.append(step())
        except Problems as error:
            problems += error.problems
    raise_any(problems)
    return results


HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
"""The characters that look like a hyphen."""


def nearest(name: str, names: Iterable[str], most: int = 8) -> str:
    """Return the names that may be used as a phrase, nearest first: all if there are few, otherwise the close ones.

    A name pasted with the hyphens of a word processor looks like the right one, so only that is returned, with the
    fix.
    """
    import difflib  # noqa: PLC0415 -- needed only when a name is wrong

    known = sorted(names)
    plain = name.translate(HYPHENS)
    if plain != name and plain in known:
        return f"{plain}, with hyphens typed on the keyboard"
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    close.sort(key=lambda other: other.casefold() != name.casefold())
    rest = [other for other in known if other not in close] if len(known) <= most else []
    return joined([*close, *rest], "or")


def or_nearest(hint: str, name: str, names: Iterable[str]) -> str:
    """Return how to add a name that is missing, and the names like it, if there are any."""
    near = nearest(name, names, most=0)
    return f"{hint} (did you mean {near}?)" if near else hint


def joined(names: Sequence[str], conjunction: str, most: int | None = None) -> str:
    """Return names as a phrase, such as "a, b and c"; those after the first `most` are only counted."""
    rest = 0 if most is None else len(names[most:])
    shown = [*names[:most], f"{rest:,} more"] if rest else names
    return f" {conjunction} ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


@contextmanager
def heard_from(library: str) -> Iterator[list[str]]:
    """Collect the warnings and errors that a library logs while the block runs, and keep them off the terminal."""
    import logging  # noqa: PLC0415 -- a build with nothing to do needn't load it

    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger = logging.getLogger(library)
    before = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [Listener(logging.WARNING)], False
    try:
        yield heard
    finally:
        logger.handlers, logger.propagate = before

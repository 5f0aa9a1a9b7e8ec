"""Warn of attributes that name the id of another element, such as `data-read` and `aria-labelledby`, where no page has it."""

import re
from collections.abc import Collection, Iterator, Mapping

from briefpack.layout import classes
from briefpack.problem import Owner, Problem, nearest

NAMING = re.compile(
    r"""\s(data-read|aria-(?:labelledby|describedby|details|owns|controls|flowto)|for|headers)=(?:"((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*+)"|'([^']*)')""",
    re.DOTALL,
)
ID = re.compile(r"""\sid\s*=\s*(?:"((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*+)"|'([^']*)'|([\w-]+))""", re.DOTALL)
READ = "data-read"
ALONE, BESIDE = ("first", "last"), ("before", "after", "into")
"""What `data-read` may say: in its parent, or beside or within the element of an id."""
PLACES = "first, last, before ID, after ID or into ID"


def check(own: Mapping[str, str], pages: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each id that no page has, and for each `data-read` that says nothing; `own` are judged.

    An element may be left out of a page, so it is enough that some page might have the id.
    """
    bare = [classes.REMARK.sub(" ", text) for text in pages.values()]
    written = {word for text in bare for word in _written(text)}
    known = written.union(*map(_in_code, bare))
    begun = tuple(word for word in known if word.endswith("-"))
    for shown, text in own.items():
        plain = classes.REMARK.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        code = [each.span() for each in classes.CODE.finditer(plain)]
        for found in NAMING.finditer(plain):
            # An argument of a call may have the name of an attribute.
            if any(start < found.start(1) < end for start, end in code):
                continue
            line = plain.count("\n", 0, found.start(1)) + 1
            for message, hint in _faults(found[1], found[2] or found[3] or "", known, begun, written):
                yield Problem(shown, line, message, hint, Owner.LAYOUT, warning=True)


def _faults(
    attribute: str, value: str, known: Collection[str], begun: tuple[str, ...], written: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the message and the hint for each word of an attribute that means nothing; a hint names one that is `written`."""
    words = classes.TAGS.sub(" ", classes.PRINTED.sub("\0", value)).split()
    if attribute == READ and words and "\0" not in words[0]:
        place, *words = words
        if place not in (*ALONE, *BESIDE) or (place in BESIDE) != bool(words):
            yield f'{READ}="{value}" says no place, so the element is read where it is', PLACES
            return
    for word in words:
        start, filled, _ = word.partition("\0")
        if start and not _exists(start, bool(filled), known, begun):
            message = f'{attribute}: no page has an element with the id "{start}{"…" if filled else ""}"'
            yield (
                message,
                nearest(start, written, most=0) or "add the id to the element that is meant, or delete the attribute",
            )


def _exists(start: str, is_begun: bool, known: Collection[str], begun: tuple[str, ...]) -> bool:
    """Return whether a page may have an id, or one that begins so."""
    begins = is_begun and any(each.startswith(start) or start.startswith(each) for each in known)
    return begins or start in known or start.startswith(begun)


def _written(text: str) -> Iterator[str]:
    """Yield each word of the ids of a page: an id, or its beginning."""
    for found in ID.finditer(text):
        value = next((each for each in found.groups() if each is not None), "")
        yield from classes.WORD.findall(classes.CODE.sub(" ", value))


def _in_code(text: str) -> set[str]:
    """Return each word in the texts of a page's code, which may be an id, or its beginning."""
    texts = (one or two for code in classes.CODE.findall(text) for one, two in classes.TEXT.findall(code))
    return {word for each in texts for word in classes.WORD.findall(each)}

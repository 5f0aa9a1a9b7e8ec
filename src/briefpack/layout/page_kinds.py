"""Find pages whose body lacks the class of their kind, so that none of its rules apply."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from briefpack.layout import addresses, blocks, classes, css
from briefpack.problem import Owner, Problem

BODY = re.compile(r"<body\b[^>]*\bclass=\"\{%[-+]?\s*block\s+(\w+)[^%]*%\}\s*\{%[-+]?\s*endblock")
"""The block of a frame that is the whole class of the body, and empty there."""


class _Kind(NamedTuple):
    """What a page says of its kind: the block that is its body's class, the page and line that fill it, and the words.

    `made` tells whether a value decides some of them.
    """

    block: str
    path: str
    line: int
    words: frozenset[str] = frozenset()
    made: bool = False


def check(pages: Mapping[str, str], used: Iterable[str], sheets: Mapping[str, str]) -> Iterator[Problem]:
    """Check the kind of each page that a layout uses by itself; `sheets` are the texts of its style sheets.

    A page is expected to be of the kind that it is named after, if style sheets have rules for that, no element of the
    page has it as its class, and no other page is of that kind.
    """
    kinds = {page: found for page in dict.fromkeys(used) if (found := _kind(pages, f"{addresses.FOLDER}/{page}"))}
    said = {word for kind in kinds.values() for word in kind.words}
    told: set[str] = set()
    for page, kind in kinds.items():
        stem = PurePosixPath(page).stem
        if (
            stem not in said
            and not kind.made
            and stem not in _on_elements(pages, page)
            and kind.path not in told
            and not _is_of_elements(stem, sheets)
            and _is_ruled(stem, sheets)
        ):
            told.add(kind.path)
            yield _problem(kind, stem)


def _is_ruled(name: str, sheets: Mapping[str, str]) -> bool:
    """Return whether a style sheet has a rule for a class; only one that has the word is split into tokens."""
    having = (text for text in sheets.values() if name in text)
    return any(name == each for text in having for _, each in css.classes(text))


def _is_of_elements(name: str, sheets: Mapping[str, str]) -> bool:
    """Return whether a rule is for an element of a class itself, and not for the body or for what is in it."""
    alone = re.compile(rf"(?<![\w-])\.{re.escape(name)}(?:[.:][\w-]+)*\s*[,{{]")
    return any(alone.search(text.replace(f"body.{name}", "")) for text in sheets.values())


def _problem(kind: _Kind, stem: str) -> Problem:
    if kind.words:
        message = f'the kind of this page is "{" ".join(sorted(kind.words))}", so no rule for "{stem}" applies'
    else:
        message = f'the body of this page has no class, so no rule for "{stem}" applies'
    hint = f"{{% block {kind.block} %}}{stem}{{% endblock %}}"
    return Problem(kind.path, kind.line, message, hint, Owner.LAYOUT)


def _kind(texts: Mapping[str, str], path: str) -> _Kind | None:
    """Return the kind of a page; None if no page that it extends has a body with an empty class to fill."""
    chain = [path]
    while (found := blocks.EXTENDS.search(texts.get(chain[-1], ""))) and len(chain) <= len(texts):
        chain.append(f"{addresses.FOLDER}/{found[1][1:-1]}")
    frame = BODY.search(texts.get(chain[-1], ""))
    if not frame or len(chain) == 1:
        return None
    filled = re.compile(rf"\{{%[-+]?\s*block\s+{frame[1]}\b[^%]*%\}}(.*?)\{{%[-+]?\s*endblock", re.DOTALL)
    for each in chain[:-1]:
        if block := filled.search(texts[each]):
            line = texts[each].count("\n", 0, block.start()) + 1
            words = frozenset(classes.WORD.findall(classes.CODE.sub(" ", block[1])))
            return _Kind(frame[1], each, line, words, "{" in block[1])
    return _Kind(frame[1], chain[-2], 1)


def _on_elements(pages: Mapping[str, str], page: str) -> set[str]:
    """Return each word in the class attributes of a page, and of those that it takes in."""
    texts = addresses.taken_among(pages, page).values()
    return {word for text in texts for each in classes.CLASS.findall(text) for word in classes.WORD.findall(each)}

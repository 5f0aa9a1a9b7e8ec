"""Arrange a draft's blocks as parts inside parts, by its headings: of a style, in bold type alone, or numbered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack.importing import words
from briefpack.importing.draft import Block, Draft, Heading, in_cell

LONGEST_ACRONYM = 5
"""In letters: the longest single heading in capitals that is taken for an acronym, such as FAQ."""
LABELLED = re.compile(r"(?:[^\W\d_]+\s){1,3}\d{1,2}\b")
"""The beginning of a heading with a label and a number: “Proposal 2”."""
WORD = re.compile(r"[^\W\d_]+")
INSIDE = re.compile(r"(?<=[^\W\d_A-Z][ ,] )[^\W\d_]+|(?<=[^\W\d_A-Z] )[^\W\d_]+")
"""A word that doesn't begin a sentence."""
SIGNS = {
    "bold": "in bold type",
    "number": "with a number",
    "words": "that begins as a heading does",
    "alone": "on its own",
}
"""What a heading without a style is recognised by."""


@dataclass(frozen=True)
class Part:
    """A heading with the blocks below it, up to the next, and the parts inside it; the first part has no heading."""

    heading: Heading | None
    blocks: tuple[Block, ...]
    parts: tuple["Part", ...] = ()

    @property
    def title(self) -> str:
        """Return the words of its heading on one line."""
        return self.heading.passage.line if self.heading else ""

    @property
    def headed(self) -> tuple[Block, ...]:
        """Return its heading and everything below it."""
        return (*((self.heading,) if self.heading else ()), *self.everything)

    @property
    def everything(self) -> tuple[Block, ...]:
        """Return its blocks, and the headings and blocks of the parts inside it."""
        return (*self.blocks, *(block for part in self.parts for block in part.headed))


def arrange(draft: Draft) -> tuple[Part, ...]:
    """Return the parts of a draft; list the guesses about its headings, and the numbers of headings, in the draft."""
    for heading in (block for block in draft.blocks if isinstance(block, Heading)):
        passage = heading.passage
        if heading.sign in SIGNS:
            draft.guesses.append(f"“{passage.words}” was read as a heading: a short line {SIGNS[heading.sign]}")
        if number := words.NUMBERED.match(passage.words):
            reason = "the number of a heading; the layout numbers the parts"
            draft.leave(number[0].strip(), passage.place, reason)
    return _nested(_cased([*_levelled(draft.blocks)]))


def _levelled(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, with a level for each heading: a bold heading is below the styled heading before it."""
    capitals = {block.passage.words.isupper() for block in blocks if isinstance(block, Heading) and block.level == 0}
    above = numbered = 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        text, level = block.passage.words, block.level
        if level:
            above = level
        else:
            own = _depth(text)
            lower = (len(capitals) == 2 and not text.isupper()) or (not own and bool(LABELLED.match(text)))
            numbered = own or numbered
            level = above + max(numbered if lower else own, 1) + lower
        number = words.NUMBERED.match(text)
        yield replace(block, level=level, passage=block.passage.after(number.end()) if number else block.passage)


def _depth(text: str) -> int:
    """Return how deep a heading's number is: 2.1 is at 2; 0 without a number."""
    found = words.NUMBERED.match(text)
    return found[0].strip().rstrip(".)").count(".") + 1 + text.startswith("（") if found else 0  # noqa: RUF001 -- a Chinese mark


def _cased(blocks: list[Block]) -> list[Block]:
    """Return the blocks, with headings in capitals in the letters that the draft's text uses for their words."""
    loud = [block for block in blocks if isinstance(block, Heading) and block.passage.words.isupper()]
    if len(loud) == 1 and len(loud[0].passage.words.strip()) <= LONGEST_ACRONYM:
        return blocks
    text = " ".join(passage.words for passage in in_cell(block for block in blocks if not isinstance(block, Heading)))
    known = set(INSIDE.findall(text))
    return [_quiet(block, known) if isinstance(block, Heading) and block in loud else block for block in blocks]


def _quiet(heading: Heading, known: set[str]) -> Heading:
    def as_known(found: re.Match[str]) -> str:
        return next(
            (each for each in (found[0].lower(), found[0].capitalize(), found[0]) if each in known), found[0].lower()
        )

    runs = tuple(replace(run, words=WORD.sub(as_known, run.words)) for run in heading.passage.runs)
    return replace(heading, passage=replace(heading.passage, runs=runs).capitalised())


def _nested(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Return the parts at the highest level among the blocks, with the blocks before the first as a part of its own."""
    first = next((n for n, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    return (*((Part(None, tuple(blocks[:first])),) if first else ()), *_headed(blocks[first:]))


def _headed(blocks: Sequence[Block]) -> Iterator[Part]:
    """Yield a part for each heading without a higher heading above it, with everything below it."""
    start = 0
    while start < len(blocks):
        heading = blocks[start]
        assert isinstance(heading, Heading)  # noqa: S101 -- each slice begins with one
        end = start + 1
        while end < len(blocks) and not _ends(blocks[end], heading.level):
            end += 1
        inner = _nested(blocks[start + 1 : end])
        own = inner[0].blocks if inner and inner[0].heading is None else ()
        yield Part(heading, own, inner[1:] if inner and inner[0].heading is None else inner)
        start = end


def _ends(block: Block, level: int) -> bool:
    return isinstance(block, Heading) and block.level <= level

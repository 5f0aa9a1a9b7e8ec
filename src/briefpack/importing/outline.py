"""Arrange a draft's blocks as parts inside parts, by its headings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefpack.importing import markdown, words
from briefpack.importing.draft import Block, Draft, Grid, Heading, Paragraph, Picture, texts
from briefpack.text.locale import Locale

LABELLED = re.compile(r"(?:[^\W\d_]+\s){1,3}\d{1,2}\b")
"""The beginning of a heading with a label and a number: “Proposal 2”."""
LONGEST_ACRONYM = 5
"""In letters: the longest single heading in capitals that is taken for an acronym, such as FAQ."""
LONGEST_CAPTION = 20
"""In words."""
WORD = re.compile(r"[^\W\d_]+")
INSIDE = re.compile(r"(?<=[a-zà-ÿ,] )[^\W\d_]+")
"""A word that doesn't begin a sentence."""
PAGE = re.compile(r"[\s.…·]+\d{1,3}$")
"""The number of a page at the end of a line of a table of contents."""


@dataclass(frozen=True)
class Part:
    """A heading with the blocks below it, up to the next, and the parts inside it; the first part has no heading."""

    heading: Heading | None
    blocks: tuple[Block, ...]
    parts: tuple["Part", ...] = ()

    @property
    def title(self) -> str:
        """Return the words of its heading."""
        return markdown.plain(self.heading.text) if self.heading else ""

    @property
    def headed(self) -> tuple[Block, ...]:
        """Return its heading and everything below it."""
        return (self.heading, *self.everything) if self.heading else self.everything

    @property
    def everything(self) -> tuple[Block, ...]:
        """Return its blocks, and the headings and blocks of the parts inside it."""
        blocks = list(self.blocks)
        for part in self.parts:
            blocks += part.headed
        return tuple(blocks)


def arrange(draft: Draft, locale: Locale) -> tuple[Part, ...]:
    """Return the parts of a draft, without its table of contents and the numbers of its headings."""
    blocks = [*_captioned([*_without_contents(draft.blocks, locale)], locale)]
    return _nested(_cased([*_levelled(blocks)]))


def _without_contents(blocks: Iterable[Block], locale: Locale) -> Iterator[Block]:
    """Yield the blocks without the lines below “Contents” that end with a page."""
    listed = (locale.label("contents").casefold(), *locale.drafts.contents)
    inside = False
    for block in blocks:
        text = markdown.plain(block.text) if isinstance(block, Heading | Paragraph) else ""
        begins = text.rstrip(":").casefold() in listed
        inside = begins or (inside and bool(PAGE.search(text)))
        if not inside:
            yield block


def _captioned(blocks: Sequence[Block], locale: Locale) -> Iterator[Block]:
    """Yield the blocks, with a line such as “Table 2: …” above or below a table or an image as its caption."""
    used: set[int] = set()
    found: dict[int, str] = {}
    for number, block in enumerate(blocks):
        if not isinstance(block, Grid | Picture) or block.caption:
            continue
        for near in (number - 1, number + 1):
            line = blocks[near] if 0 <= near < len(blocks) and near not in used else None
            if not isinstance(line, Paragraph) or number in found:
                continue
            label = words.caption_label(line.text, locale)
            short = len(line.text.split()) <= LONGEST_CAPTION and not line.text.endswith((".", ":", "?", "!"))
            if label or (isinstance(block, Picture) and near > number and short):
                used.add(near)
                found[number] = words.capitalised(line.text[len(label) :])
    for number, block in enumerate(blocks):
        if isinstance(block, Grid | Picture):
            yield replace(block, caption=found.get(number, block.caption))
        elif number not in used:
            yield block


def _levelled(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, with a level for each heading: a bold line is below the styled heading before it.

    If some bold lines are in capitals and others aren't, the others are below them.
    """
    bold = [block.text for block in blocks if isinstance(block, Heading) and not block.level]
    mixed = len({text.isupper() for text in bold}) > 1
    above = 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        above = block.level or above
        lower = (mixed and not block.text.isupper()) or bool(LABELLED.match(block.text))
        number = words.NUMBERED.match(block.text)
        depth = number[0].strip(" .)").count(".") if number else 0
        text = block.text[number.end() :] if number else block.text
        yield replace(block, text=text, level=block.level or above + 1 + lower + depth)


def _cased(blocks: list[Block]) -> list[Block]:
    """Return the blocks, with headings in capitals in the letters that the draft's text uses for their words."""
    known = set(INSIDE.findall(" ".join(texts(block for block in blocks if not isinstance(block, Heading)))))

    def as_known(found: re.Match[str]) -> str:
        word = found[0].capitalize()
        return word if word in known and word.lower() not in known else word.lower()

    quiet: list[Block] = []
    for block in blocks:
        loud = isinstance(block, Heading) and block.text.isupper() and len(block.text) > LONGEST_ACRONYM
        if isinstance(block, Heading) and loud:
            quiet.append(replace(block, text=words.capitalised(WORD.sub(as_known, block.text))))
        else:
            quiet.append(block)
    return quiet


def _nested(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Return the parts at the highest level among the blocks, with the blocks before the first as a part of its own."""
    starts = [number for number, block in enumerate(blocks) if isinstance(block, Heading)]
    first = starts[0] if starts else len(blocks)
    parts = [Part(None, tuple(blocks[:first]))] if first else []
    while first < len(blocks):
        heading = blocks[first]
        assert isinstance(heading, Heading)  # noqa: S101 -- each slice begins with one
        end = first + 1
        while end < len(blocks) and not _ends(blocks[end], heading.level):
            end += 1
        inner = _nested(blocks[first + 1 : end])
        own = inner[0].blocks if inner and not inner[0].heading else ()
        parts.append(Part(heading, own, inner[1:] if own else inner))
        first = end
    return tuple(parts)


def _ends(block: Block, level: int) -> bool:
    return isinstance(block, Heading) and block.level <= level

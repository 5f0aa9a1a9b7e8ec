"""Arrange a draft's blocks as parts inside parts, by its headings: of a style, in bold type alone, or numbered."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from briefpack.importing import words
from briefpack.importing.blocks import LONGEST_HEADING, NUMBERED, is_short, passages_of
from briefpack.importing.draft import (
    Block,
    Bullets,
    Grid,
    Heading,
    Item,
    Leftover,
    Paragraph,
    Passage,
    Picture,
    Place,
    Run,
)
from briefpack.text.locale import Locale

TYPED_BULLET = re.compile(r"[•●▪◦‣·–—*-]\s+(?=\S)")


TYPED_NUMBER = re.compile(r"\[?(\d{1,3})[.)\]]\s+(?=\S)")
LONGEST_ACRONYM = 5
"""In letters: the only heading in capitals is an acronym, such as FAQ, if it isn't longer."""
LONGEST_CAPTION = 20
"""In words."""


@dataclass(frozen=True)
class Part:
    """A heading with the blocks below it, up to the next, and the parts inside it; the first part has no heading."""

    heading: Heading | None
    blocks: tuple[Block, ...]
    parts: tuple["Part", ...] = ()

    @property
    def title(self) -> str:
        """Return the words of its heading on one line."""
        return " ".join(self.heading.passage.words.split()) if self.heading else ""

    @property
    def everything(self) -> tuple[Block, ...]:
        """Return its blocks and those of the parts inside it, with their headings."""
        inner = (block for part in self.parts for block in ((part.heading,) if part.heading else ()) + part.everything)
        return (*self.blocks, *inner)


@dataclass(frozen=True)
class Outline:
    """The parts of a draft, what was guessed about them, and the numbers of headings that were left out."""

    parts: tuple[Part, ...]
    guesses: tuple[str, ...]
    leftovers: tuple[Leftover, ...]


def tidied(blocks: Iterable[Block], locale: Locale) -> tuple[Block, ...]:
    """Return the blocks with typed lists as lists, lists in pieces as one, and captions with their images.

    A short line that begins as only a heading does, such as “Recommendation 2: …”, is a heading in any type.
    """
    found = [_by_words(block, locale) for block in blocks]
    if not any(isinstance(block, Heading) and block.sign != "words" for block in found):
        found = [*_short_lines(found)]
    return tuple(
        merged(_typed_lists(_titled_tables(_captioned(_without_lists_of_headings(found)), locale)), _continued)
    )


def without_boxes(blocks: Iterable[Block], boxed: Collection[str]) -> Iterator[Block]:
    """Yield the blocks; a bold line in a text box is text, and no heading."""
    for block in blocks:
        inside = isinstance(block, Heading) and " ".join(block.passage.words.split()) in boxed
        if isinstance(block, Heading) and inside and block.sign != "style":
            yield Paragraph(block.passage)
        else:
            yield block


def _short_lines(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks of a draft without headings, with each short line above a text or a list as a heading."""
    for number, block in enumerate(blocks):
        below = blocks[number + 1] if number + 1 < len(blocks) else None
        text = below.passage.words if isinstance(below, Paragraph) else ""
        goes_on = isinstance(below, Bullets | Grid) or len(text.split()) > LONGEST_HEADING or TYPED_BULLET.match(text)
        if isinstance(block, Paragraph) and goes_on and _reads_alone(block.passage.words):
            yield Heading(block.passage, 0, "alone")
        else:
            yield block


def _reads_alone(text: str) -> bool:
    capital = bool(re.match(r"[^\W\d_]", text)) and text[0].isupper()
    return capital and is_short(text) and not text.rstrip().endswith(("?!", ")", "”", "…")) and "@" not in text


def _by_words(block: Block, locale: Locale) -> Block:
    text = block.passage.words.strip() if isinstance(block, Paragraph) else ""
    if isinstance(block, Paragraph) and is_short(text) and words.is_heading(text, locale):
        return Heading(block.passage, 0, "words")
    return block


def cased(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks, with headings in capitals in the letters that the draft's text uses for their words."""
    loud = [block for block in blocks if isinstance(block, Heading) and block.passage.words.isupper()]
    if len(loud) == 1 and len(loud[0].passage.words.strip()) <= LONGEST_ACRONYM:
        return blocks
    text = " ".join(
        passage.words for block in blocks if not isinstance(block, Heading) for passage in passages_of(block)
    )
    known = set(INSIDE.findall(text))
    return tuple(_cased(block, known) if isinstance(block, Heading) else block for block in blocks)


def _cased(heading: Heading, known: set[str]) -> Heading:
    if not heading.passage.words.isupper():
        return heading
    runs, first = [], True
    for run in heading.passage.runs:
        text = WORD.sub(lambda found: _as_known(found[0], known), run.words)
        runs.append(replace(run, words=CAPITAL.sub(lambda found: found[0].upper(), text, count=1) if first else text))
        first = first and not run.words.strip()
    return replace(heading, passage=replace(heading.passage, runs=tuple(runs)))


def _as_known(word: str, known: set[str]) -> str:
    """Return a word in capitals as the text writes it; in lower case if the text doesn't have it."""
    return next((each for each in (word.lower(), word.capitalize(), word) if each in known), word.lower())


LABELLED = re.compile(r"(?:[^\W\d_]+\s){1,3}\d{1,2}\b")
"""The beginning of a heading with a label and a number: “Proposal 2”."""
WORD = re.compile(r"[^\W\d_]+")
INSIDE = re.compile(r"(?<=[^\W\d_A-Z][ ,] )[^\W\d_]+|(?<=[^\W\d_A-Z] )[^\W\d_]+")
"""A word that doesn't begin a sentence."""
CAPITAL = re.compile(r"[^\W\d_]")


def arrange(blocks: Iterable[Block]) -> Outline:
    """Return the parts of a draft whose blocks are tidied."""
    found = [*blocks]
    guesses = tuple(_guesses(found))
    numbers = tuple(_numbers(found))
    levelled = [*cased(tuple(_levelled(found)))]
    return Outline(_nested(levelled, 0), guesses, numbers)


def _without_lists_of_headings(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks; numbered lines without text between them, and not in bold, are a list and not headings."""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and block.sign == "number" and not block.passage.is_bold:
            beside = [*blocks[max(0, number - 1) : number], *blocks[number + 1 : number + 2]]
            last = number + 1 == len(blocks)
            if last or any(isinstance(each, Heading) and each.sign == "number" for each in beside):
                yield Paragraph(block.passage)
                continue
        yield block


def _typed_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, with paragraphs that begin with a bullet or a number typed by hand as lists."""
    items: list[Item] = []
    for block in blocks:
        item = _typed_item(block)
        if items and item is None:
            yield Bullets(tuple(items))
            items = []
        if item:
            items.append(item)
        else:
            yield block
    if items:
        yield Bullets(tuple(items))


def _captioned(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, with a short line below an image as its caption."""
    image: Picture | None = None
    for block in blocks:
        if image and isinstance(block, Paragraph) and _is_caption(block.passage.words):
            yield replace(image, caption=block.passage)
            image = None
            continue
        if image:
            yield image
        image = block if isinstance(block, Picture) and not block.caption else None
        if image is None:
            yield block
    if image:
        yield image


def _titled_tables(blocks: Iterable[Block], locale: Locale) -> Iterator[Block]:
    """Yield the blocks, with a line such as “Table 2: …” above or below a table as its caption."""
    found = [*blocks]
    number = 0
    while number < len(found):
        pair = found[number : number + 2]
        grid = next((each for each in pair if isinstance(each, Grid)), None)
        line = next((each for each in pair if isinstance(each, Paragraph)), None)
        if grid and line and not grid.caption and words.is_caption(line.passage.words, locale):
            yield replace(grid, caption=line.passage)
            number += 2
        else:
            yield found[number]
            number += 1


def _is_caption(text: str) -> bool:
    return len(text.split()) <= LONGEST_CAPTION and not text.rstrip().endswith((".", ":", "?", "!"))


def merged(blocks: Iterable[Block], following: Callable[[Bullets, Bullets], Bullets | None]) -> Iterator[Block]:
    """Yield the blocks, with a list that follows another merged into it as `following` has it; None keeps both."""
    before: Block | None = None
    for block in blocks:
        if isinstance(before, Bullets) and isinstance(block, Bullets) and (both := following(before, block)):
            before = both
            continue
        if before:
            yield before
        before = block
    if before:
        yield before


def _continued(before: Bullets, block: Bullets) -> Bullets | None:
    """Return two lists as one if the second continues the first: some programs write a list for each item."""
    return Bullets((*before.items, *block.items)) if _goes_on(before, block) else None


def _goes_on(before: Bullets, block: Bullets) -> bool:
    """Return whether a list continues the one before it: both without numbers, or with the next one."""
    numbers = [item.number for item in before.items if item.depth == 0]
    last, first = numbers[-1] if numbers else None, block.items[0].number
    return first is None if last is None else first == last + 1


def _typed_item(block: Block) -> Item | None:
    """Return the item of a list that a paragraph is by its typed bullet or number; None if it has neither."""
    if not isinstance(block, Paragraph):
        return None
    text = block.passage.words
    if found := TYPED_BULLET.match(text):
        return Item((cut(block.passage, found.end()),), 0)
    if found := TYPED_NUMBER.match(text):
        return Item((cut(block.passage, found.end()),), 0, int(found[1]))
    return None


def cut(passage: Passage, start: int) -> Passage:
    """Return a passage without its first letters."""
    runs: list[Run] = []
    offset = passage.offset + start
    for run in passage.runs:
        kept = run.words[min(start, len(run.words)) :]
        start = max(0, start - len(run.words))
        if kept or run.note is not None:
            runs.append(replace(run, words=kept))
    return Passage(tuple(runs), passage.place, offset)


def capitalised(passage: Passage) -> Passage:
    """Return a passage with a capital at its start."""
    first, *others = passage.runs
    return replace(passage, runs=(replace(first, words=first.words[:1].upper() + first.words[1:]), *others))


def cut_end(passage: Passage, end: int) -> Passage:
    """Return the first letters of a passage."""
    runs: list[Run] = []
    for run in passage.runs:
        # A note at the end belongs to the words before it.
        if end > 0 or (run.note is not None and end == 0 and runs):
            runs.append(replace(run, words=run.words[:end]))
        end -= len(run.words)
    return Passage(tuple(runs), passage.place, passage.offset)


def _guesses(blocks: Iterable[Block]) -> Iterator[str]:
    signs = {
        "bold": "in bold type",
        "number": "with a number",
        "words": "that begins as a heading does",
        "alone": "on its own",
    }
    for block in blocks:
        if isinstance(block, Heading) and block.sign in signs:
            yield f"“{block.passage.words}” was read as a heading: a short line {signs[block.sign]}"


def _numbers(blocks: Iterable[Block]) -> Iterator[Leftover]:
    for block in blocks:
        if isinstance(block, Heading) and (found := NUMBERED.match(block.passage.words)):
            yield Leftover(
                found[0].strip(), block.passage.place, "the number of a heading; the layout numbers the parts"
            )


def _levelled(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks, each heading with its level: a bold one is below the styled one above it."""
    capitals = {block.passage.words.isupper() for block in blocks if isinstance(block, Heading) and block.level == 0}
    above = numbered = 0
    for block in blocks:
        if isinstance(block, Heading) and block.level:
            above = block.level
            yield _without_number(block)
        elif isinstance(block, Heading):
            text = block.passage.words
            depth = _depth(text) or numbered
            lower = (len(capitals) == 2 and not text.isupper()) or (not _depth(text) and bool(LABELLED.match(text)))
            numbered = _depth(text) or numbered
            yield _without_number(replace(block, level=above + max(depth if lower else _depth(text), 1) + lower))
        else:
            yield block


def _without_number(heading: Heading) -> Heading:
    found = NUMBERED.match(heading.passage.words)
    return replace(heading, passage=cut(heading.passage, found.end())) if found else heading


def _depth(text: str) -> int:
    """Return how deep a heading's number is: 2.1 is at 2; 0 without a number."""
    found = NUMBERED.match(text)
    return found[0].strip().rstrip(".)").count(".") + 1 + text.startswith("（") if found else 0  # noqa: RUF001 -- a Chinese mark


def _nested(blocks: list[Block], level: int) -> tuple[Part, ...]:
    """Return the parts at the highest level among the blocks, with the blocks before the first as a part of its own."""
    heads = [n for n, block in enumerate(blocks) if isinstance(block, Heading)]
    if not heads:
        return (Part(None, tuple(blocks)),) if blocks else ()
    first = tuple(blocks[: heads[0]])
    return (*((Part(None, first),) if first else ()), *_headed(blocks[heads[0] :], level))


def _headed(blocks: list[Block], level: int) -> Iterator[Part]:
    """Yield a part for each heading that no higher one is above."""
    start = 0
    while start < len(blocks):
        heading = blocks[start]
        assert isinstance(heading, Heading)  # noqa: S101 -- each slice begins with one
        end = start + 1
        while end < len(blocks) and not _ends(blocks[end], heading.level):
            end += 1
        inner = _nested(blocks[start + 1 : end], level + 1)
        own = inner[0].blocks if inner and inner[0].heading is None else ()
        yield Part(heading, own, inner[1:] if inner and inner[0].heading is None else inner)
        start = end


def _ends(block: Block, level: int) -> bool:
    return isinstance(block, Heading) and block.level <= level


def place_of(part: Part) -> Place | None:
    """Return the place of a part's heading."""
    return part.heading.passage.place if part.heading else None

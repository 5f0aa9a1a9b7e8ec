"""Read the signature at the end of a foreword: a name, and perhaps a role below it."""

from dataclasses import dataclass

from briefpack.importing.draft import Block, Paragraph
from briefpack.text import unspaced

LONGEST, LONGEST_NAME = 12, 6
"""In words: the most that a line of a signature, and a name with its own line, have."""
ENDS = (".", "!", "?", ":", "”", "。", "！", "？", "：")  # noqa: RUF001 -- Chinese marks
"""What ends a sentence, and no name."""


@dataclass(frozen=True)
class Signature:
    """A name and a role, and the blocks above them."""

    name: str
    role: str
    above: tuple[Block, ...]


def read(blocks: tuple[Block, ...]) -> Signature | None:
    """Return the signature below a text; None if its last paragraph is none."""
    lines = [_line(block) for block in blocks]
    if len(blocks) < 2 or not lines[-1]:
        return None
    name, _, role = lines[-1].partition("\n")
    before = lines[-2]
    if len(blocks) > 2 and not role and before and "\n" not in before and unspaced.count(before) <= LONGEST_NAME:
        return Signature(before, name, blocks[:-2])
    return Signature(name.strip(), " ".join(role.split()), blocks[:-1])


def _line(block: Block) -> str:
    """Return a short paragraph that is no sentence; an empty text for another block."""
    words = block.passage.words.strip() if isinstance(block, Paragraph) else ""
    return "" if unspaced.count(words) > LONGEST or words.endswith(ENDS) else words

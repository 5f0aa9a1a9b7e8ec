"""Take the numbers off a draft's captions: charts, tables and images have none in print."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefpack.importing import words
from briefpack.importing.draft import Block, Draft, Grid, Leftover, Picture
from briefpack.importing.outline import capitalised, cut
from briefpack.text.locale import Locale

REASON = "the number of a caption; nothing has one in print"


def unnumbered(draft: Draft, locale: Locale) -> Draft:
    """Return a draft whose captions have no numbers, which are listed instead."""
    labels = tuple(_labels(draft.blocks, locale))
    blocks = tuple(_bare(block, locale) for block in draft.blocks)
    return replace(draft, blocks=blocks, leftovers=(*draft.leftovers, *labels))


def _labels(blocks: Iterable[Block], locale: Locale) -> Iterator[Leftover]:
    for block in blocks:
        if label := _label(block, locale):
            yield Leftover(label.strip(" :：.–—-"), block.place if isinstance(block, Grid | Picture) else None, REASON)  # noqa: RUF001 -- Chinese marks


def _bare(block: Block, locale: Locale) -> Block:
    if isinstance(block, Grid | Picture) and block.caption and (label := _label(block, locale)):
        return replace(block, caption=capitalised(cut(block.caption, len(label))))
    return block


def _label(block: Block, locale: Locale) -> str:
    """Return the number at the start of a block's caption; an empty text if nothing would be left without it."""
    caption = block.caption if isinstance(block, Grid | Picture) else None
    label = words.caption_label(caption.words, locale) if caption else ""
    return label if caption and caption.words[len(label) :].strip() else ""

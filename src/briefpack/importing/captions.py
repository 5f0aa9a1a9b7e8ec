"""Take the numbers off a draft's captions, which have none in print, and the photographers' names, which are credits."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefpack.importing import words
from briefpack.importing.draft import Block, Draft, Grid, Leftover, Picture
from briefpack.importing.outline import capitalised, cut, cut_end
from briefpack.text.locale import Locale

REASON = "the number of a caption; nothing has one in print"
LABEL = "the label of a photographer's name, which is the image's credit:"


def unnumbered(draft: Draft, locale: Locale) -> Draft:
    """Return a draft whose captions have no numbers, which are listed instead."""
    labels = tuple(_labels(draft.blocks, locale))
    blocks = tuple(_bare(block, locale) for block in draft.blocks)
    return replace(draft, blocks=blocks, leftovers=(*draft.leftovers, *labels))


def credited(draft: Draft, locale: Locale) -> Draft:
    """Return a draft whose captions name no photographers: those are the credits of the images."""
    labels: list[Leftover] = []
    blocks = tuple(_credited(block, labels, locale) for block in draft.blocks)
    return replace(draft, blocks=blocks, leftovers=(*draft.leftovers, *labels))


def _credited(block: Block, labels: list[Leftover], locale: Locale) -> Block:
    found = words.photographer(block.caption.words, locale) if isinstance(block, Picture) and block.caption else None
    if found is None or not isinstance(block, Picture) or block.caption is None:
        return block
    start, label, name = found
    labels.append(Leftover(label, block.place, LABEL))
    caption = cut_end(block.caption, start) if start else None
    return replace(block, caption=caption, credit=name)


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

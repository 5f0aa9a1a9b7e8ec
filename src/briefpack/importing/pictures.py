"""Take a draft's images from its archive, if a brief can use them, and give each an id and a file's name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefpack.importing import markdown, names
from briefpack.importing.draft import Block, Draft, Grid, Picture

BEGINNINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"II*\0": "tif", b"MM\0*": "tif"}
LINKED = re.compile(rb"<Relationship\b(?=[^>]*/image\")(?=[^>]*External)[^>]*\bTarget=\"([^\"]*)\"")
"""An image of a Word file that is elsewhere, with its address."""
ELSEWHERE = "an image that the draft only links to; nothing was fetched, so add it under images: yourself"
UNUSABLE = "an image of a kind that briefs can't use; save it as JPEG or PNG, and add it under images:"
SHORT = 6
"""In words: how much of an alternative text an id is made of."""


@dataclass(frozen=True)
class Kept:
    """An image of the draft that the brief keeps: its id, its file in `images/`, and its bytes."""

    name: str
    file: str
    data: bytes
    picture: Picture


def take(draft: Draft, blocks: Iterable[Block], parts: Mapping[str, bytes]) -> list[Kept]:
    """Return the images of a draft. Nothing is fetched: an image that is only linked is left out."""
    kept: list[Kept] = []
    pictures = dict.fromkeys(among(blocks))
    for picture in pictures:
        caption = markdown.plain(picture.caption)
        data = parts.get(picture.file) or parts.get(f"word/{picture.file}", b"")
        if ending := _ending(data):
            said = " ".join((picture.alt or caption).split()[:SHORT])
            name = names.new(said, {image.name for image in kept}, "image")
            kept.append(Kept(name, f"{name}.{ending}", data, picture))
        else:
            shown = " ".join(filter(None, [picture.alt, caption, f"({picture.file})"]))
            draft.leave(shown, picture.place, UNUSABLE if data else ELSEWHERE)
    files = {picture.file for picture in pictures}
    for name in parts:
        for link in LINKED.findall(parts[name]) if name.endswith(".rels") else ():
            if (address := link.decode(errors="replace")) not in files:
                draft.leave(f"({address})", None, ELSEWHERE)
    return kept


def among(blocks: Iterable[Block]) -> Iterator[Picture]:
    """Yield the images among some blocks, and in the cells of tables."""
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    yield from among(cell)


def _ending(data: bytes) -> str:
    """Return the ending of a file's name by its contents; an empty text for a kind that briefs can't use."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((ending for start, ending in BEGINNINGS.items() if data.startswith(start)), "")

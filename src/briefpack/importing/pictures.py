"""Take a draft's images from its archive, if a brief can use them, and give each an id and a file's name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefpack.importing import names
from briefpack.importing.archive import Archive, linked_images
from briefpack.importing.draft import Block, Grid, Leftover, Picture

BEGINNINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"II*\0": "tif", b"MM\0*": "tif"}
ELSEWHERE = "an image that the draft only links to; nothing was fetched, so add it under images: yourself"
SHORT = 6
"""In words: how much of an alternative text an id is made of."""


@dataclass(frozen=True)
class Kept:
    """An image of the draft that the brief keeps: its id, its file in `images/`, and its bytes."""

    name: str
    file: str
    data: bytes
    picture: Picture


@dataclass(frozen=True)
class Pictures:
    """The images that the brief keeps, and those that it can't, with the reason."""

    kept: tuple[Kept, ...] = ()
    leftovers: tuple[Leftover, ...] = ()

    @property
    def ids(self) -> Mapping[Picture, str]:
        """Return the id of each image."""
        return {each.picture: each.name for each in self.kept}


def take(blocks: Iterable[Block], archive: Archive) -> Pictures:
    """Return the images among the blocks. Nothing is fetched: an image that is only linked is left out."""
    blocks = tuple(blocks)
    kept: list[Kept] = []
    leftovers: list[Leftover] = []
    for picture in dict.fromkeys(_pictures(blocks)):
        data = _data(picture.file, archive)
        ending = _ending(data)
        if ending:
            words = picture.alt or (picture.caption.words if picture.caption else "")
            name = names.new(" ".join(words.split()[:SHORT]), {each.name for each in kept}, "image")
            kept.append(Kept(name, f"{name}.{ending}", data, picture))
        else:
            leftovers.append(_left(picture, data))
    named = {picture.file for picture in _pictures(blocks)}
    leftovers += [Leftover(f"({each})", None, ELSEWHERE) for each in linked_images(archive) if each not in named]
    return Pictures(tuple(kept), tuple(leftovers))


def files(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the files of the images among the blocks."""
    return tuple(dict.fromkeys(picture.file for picture in _pictures(blocks)))


def _pictures(blocks: Iterable[Block]) -> Iterator[Picture]:
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Grid):
            yield from _pictures(each for row in block.rows for cell in row for each in cell)


def _data(file: str, archive: Archive) -> bytes:
    return next((archive.parts[path] for path in (file, f"word/{file}") if path in archive.parts), b"")


def _ending(data: bytes) -> str:
    """Return the ending of a file's name by its contents; an empty text for a kind that briefs can't use."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((ending for start, ending in BEGINNINGS.items() if data.startswith(start)), "")


def _left(picture: Picture, data: bytes) -> Leftover:
    reason = "an image of a kind that briefs can't use; save it as JPEG or PNG, and add it under images:"
    reason = reason if data else ELSEWHERE
    words = " ".join(filter(None, [picture.alt, picture.caption.words if picture.caption else "", f"({picture.file})"]))
    return Leftover(words, picture.place, reason)

"""Draws the images of briefs: small files of any proportion, as few bytes as they need."""

import functools
import io
import random
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">'
    '<rect width="{wide}" height="{high}" fill="#{ink:06x}"/>'
    '<circle cx="{x}" cy="{y}" r="{y}" fill="#ffffff"/></svg>'
)


@dataclass(frozen=True)
class Picture:
    """A picture to draw: its size in pixels, its format by its suffix, and a number that decides its colours."""

    wide: int
    high: int
    suffix: str
    seed: int

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.wide}x{self.high}-{self.seed}.{self.suffix}"

    def write(self, folder: Path) -> None:
        """Write its file into a folder."""
        (folder / self.name).write_bytes(drawn(self))


@functools.lru_cache(maxsize=64)
def drawn(picture: Picture) -> bytes:
    """Return the bytes of a picture: a few shapes on a ground, so that it is small and its crop can be seen."""
    chance = random.Random(picture.seed)  # noqa: S311 -- no secret
    if picture.suffix == "svg":
        half = min(picture.wide, picture.high) // 4
        text = SVG.format(
            wide=picture.wide, high=picture.high, x=picture.wide // 2, y=half, ink=chance.randrange(1 << 20)
        )
        return text.encode()
    image = Image.new("RGB", (picture.wide, picture.high), _colour(chance))
    pen = ImageDraw.Draw(image)
    for _ in range(4):
        x, y = chance.randrange(picture.wide), chance.randrange(picture.high)
        pen.ellipse((x, y, x + picture.wide // 3, y + picture.high // 3), fill=_colour(chance))
    data = io.BytesIO()
    kinds = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "tif": "TIFF"}
    image.save(data, kinds[picture.suffix], **({"compression": "tiff_deflate"} if picture.suffix == "tif" else {}))
    return data.getvalue()


def _colour(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(60, 250), chance.randrange(60, 250), chance.randrange(60, 250)

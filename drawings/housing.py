"""Draw five images of the example `housing`: `python drawings/housing.py` writes them.

The homes, the lane and the person behind the monogram are invented, and the silhouette is of nobody. Nothing in them is
drawn by hand.
"""

import math
import random
from collections.abc import Iterator
from pathlib import Path

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from PIL import Image, ImageDraw

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "briefs/_examples/housing/images"
PORTRAIT = ROOT / "briefs/_examples/housing/portraits/clark.png"
LETTERS = FontProperties(fname=ROOT / "fonts/source-sans-3/SourceSans3-Semibold.ttf")

# The screen values of tokens.
INK, PAPER, SAND, MIST, SIGNAL = "#16243A", "#FFFFFF", "#F5F1E8", "#DDE5E8", "#C8452D"
SUPPORT, SLATE, GREY, PALE, TINT = "#2C6E7F", "#7D8D99", "#5B6470", "#A9BFC4", "#F6DDD7"
SHADES = (SLATE, SUPPORT, PALE, GREY)
SEED = 7
"""The lane has the same homes each time that it is drawn."""


def svg(width_mm: float, height_mm: float, parts: Iterator[str]) -> str:
    """Return a drawing of a size, in millimetres."""
    size = f'width="{width_mm:g}mm" height="{height_mm:g}mm" viewBox="0 0 {width_mm:g} {height_mm:g}"'
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {size}>', *parts, "</svg>", ""])


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{colour}"/>'


def _area(colour: str, *points: tuple[float, float]) -> str:
    return f'<path fill="{colour}" d="{_way(*points)}Z"/>'


def _line(colour: str, mm: float, *points: tuple[float, float]) -> str:
    return f'<path fill="none" stroke="{colour}" stroke-width="{mm:g}" stroke-linejoin="round" d="{_way(*points)}"/>'


def _frame(x: float, y: float, width: float, height: float) -> str:
    return _line(INK, 1.2, (x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y - 0.6))


def _way(*points: tuple[float, float]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)


def _window(x: float, y: float, width: float, height: float, glass: str) -> Iterator[str]:
    yield _box(x - 0.6, y - 0.6, width + 1.2, height + 1.2, PAPER)
    yield _box(x, y, width, height, glass)
    yield _line(PAPER, 0.5, (x + width / 2, y), (x + width / 2, y + height))
    yield _line(PAPER, 0.5, (x, y + height / 2), (x + width, y + height / 2))
    yield _box(x - 1, y + height + 0.6, width + 2, 0.8, INK)


def door() -> str:
    """Return a front door with a notice on it: as high as the place of a theme may grow."""
    return svg(119, 101, _door())


def _door() -> Iterator[str]:
    yield _box(0, 0, 119, 101, SLATE)
    yield from _bricks()
    yield _box(0, 88, 119, 13, PALE)
    yield _box(36, 86, 47, 4, SAND)
    yield _box(38, 4, 43, 82, PAPER)
    yield _box(40, 6, 39, 80, INK)
    yield from _window(45, 11, 29, 13, TINT)
    yield _box(53, 66, 13, 2.4, SLATE)
    yield f'<circle cx="74.5" cy="56" r="1.6" fill="{SAND}"/>'
    yield _box(49.5, 30, 20, 27, PAPER)
    yield _box(52.5, 33.5, 14, 2.6, SIGNAL)
    yield from (_line(GREY, 0.6, (52.5, y), (52.5 + wide, y)) for y, wide in ((40, 14), (43, 12.5), (46, 14), (49, 8)))


def _bricks() -> Iterator[str]:
    """Yield the joints of a brick wall."""
    for row in range(18):
        yield _line(PALE, 0.3, (0, row * 5), (119, row * 5))
        yield from (_line(PALE, 0.3, (x, row * 5), (x, row * 5 + 5)) for x in range(row % 2 * 6, 120, 12))


def lane() -> str:
    """Return a lane of terraces, seen from across it: as wide as a page's text."""
    return svg(174, 62, _lane(random.Random(SEED)))  # noqa: S311 -- it draws homes


def _lane(chance: random.Random) -> Iterator[str]:
    yield _box(0, 0, 174, 62, MIST)
    for place in range(9):
        yield from _terrace(3 + place * 18.8, chance.choice(SHADES), chance.uniform(0, 3), lit=place in {2, 5, 6})
    yield _box(0, 56, 174, 6, GREY)
    yield _box(0, 55, 174, 1, INK)


def _terrace(x: float, shade: str, rise: float, *, lit: bool) -> Iterator[str]:
    """Yield one home of the lane; a lit one is insulated."""
    top, glass = 22 - rise, TINT if lit else INK
    yield _box(x + 12.5, top - 13, 2.6, 9, INK)
    yield _area(SIGNAL if lit else INK, (x - 0.4, top), (x + 8.4, top - 11), (x + 17.2, top))
    yield _box(x, top, 16.8, 55 - top, shade)
    for left in (2.4, 9.8):
        yield from _window(x + left, top + 4, 4.4, 7.5, glass)
    yield from _window(x + 9.8, 39, 4.4, 8.5, glass)
    yield _box(x + 2, 38, 5, 17, PAPER)
    yield _box(x + 2.6, 38.6, 3.8, 16.4, INK)


def streets() -> str:
    """Return a plan of the pilot's invented streets, as high as a page: the homes that were insulated are marked."""
    return svg(174, 220, _streets(random.Random(SEED)))  # noqa: S311 -- it draws homes


def _streets(chance: random.Random) -> Iterator[str]:
    yield _box(0, 0, 174, 220, MIST)
    bank = ((x, 194 + 4 * math.sin(x / 25)) for x in range(0, 177, 3))
    yield _area(PALE, *bank, (174, 220), (0, 220))
    for top in (12, 57, 102, 147):
        for left, wide in ((8, 70), (96, 70)):
            yield _box(left, top, wide, 33, SAND)
            if (top, left) == (57, 96):
                yield from _park(left, top, wide)
            else:
                insulated = left == 8 and top in {57, 102}
                yield from _homes(left, top, wide, chance, insulated=insulated)
                # Without colour, a heavy outline marks the blocks.
                yield from (_frame(left, top, wide, 33),) if insulated else ()
    yield _line(PAPER, 5, (87, 0), (87, 189))
    yield from (_line(PAPER, 5, (0, y), (174, y)) for y in (51, 96, 141))


def _homes(left: float, top: float, wide: float, chance: random.Random, *, insulated: bool) -> Iterator[str]:
    """Yield two rows of homes back to back."""
    for place in range(int(wide // 7)):
        for front in (top + 2, top + 19):
            deep = chance.uniform(9.5, 12)
            y = front if front < top + 10 else top + 31 - deep
            yield _box(left + place * 7 + 0.6, y, 5.8, deep, SIGNAL if insulated else SLATE)


def _park(left: float, top: float, wide: float) -> Iterator[str]:
    """Yield a park with trees."""
    yield _box(left, top, wide, 33, PALE)
    for place in range(14):
        x, y = left + 5 + place % 7 * 10, top + 9 + place // 7 * 15
        yield f'<circle cx="{x}" cy="{y}" r="3.2" fill="{SUPPORT}"/>'


def monogram(initials: str) -> str:
    """Return initials in a ring, in place of a portrait."""
    return svg(30, 38, _monogram(initials))


def _monogram(initials: str) -> Iterator[str]:
    yield _box(0, 0, 30, 38, SUPPORT)
    yield f'<circle cx="15" cy="19" r="11" fill="none" stroke="{PAPER}" stroke-width="0.5"/>'
    letters = TextPath((0, 0), initials, size=10, prop=LETTERS)
    box = letters.get_extents()
    left, base = 15 - (box.x0 + box.x1) / 2, 19 + (box.y0 + box.y1) / 2
    rings = (ring for ring in letters.to_polygons() if len(ring))
    outline = "".join(f"{_way(*((left + x, base - y) for x, y in ring))}Z" for ring in rings)
    yield f'<path fill="{PAPER}" fill-rule="evenodd" d="{outline}"/>'


def silhouette() -> Image.Image:
    """Return a head and shoulders without a face, in place of a portrait of a member."""
    wide, high, finer = 472, 598, 4
    drawn = Image.new("RGB", (wide * finer, high * finer), SUPPORT)
    pen = ImageDraw.Draw(drawn)
    for shape, left, top, right, bottom in (
        (pen.ellipse, 0.31, 0.17, 0.69, 0.57), (pen.rectangle, 0.41, 0.5, 0.59, 0.72), (pen.ellipse, 0.1, 0.63, 0.9, 1.4),
    ):  # fmt: skip
        shape([left * wide * finer, top * high * finer, right * wide * finer, bottom * high * finer], fill=PALE)
    return drawn.resize((wide, high), Image.Resampling.LANCZOS).quantize(16)


def drawings() -> dict[str, str]:
    """Return each drawing by the name of its file."""
    return {
        "door.svg": door(), "lane.svg": lane(), "streets.svg": streets(), "monogram.svg": monogram("MA"),
    }  # fmt: skip


if __name__ == "__main__":
    for name, text in drawings().items():
        (IMAGES / name).write_text(text, encoding="utf-8")
    PORTRAIT.parent.mkdir(exist_ok=True)
    silhouette().save(PORTRAIT, optimize=True)

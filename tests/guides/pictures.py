"""Make the guides' pictures: pages of finished PDFs, each with a hash of what it was made from.

`make pictures` runs this file. The hash covers the words, the layout, the charts, the fonts and the recipe of a
picture, not the engine: a change of the engine that alters pages is seen by other tests.
"""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageOps

from guides import example, reading
from projects import REPOSITORY, TESTS

MADE_FROM = "made-from.txt"
PX_PER_PT = 2.0
PT_PER_MM = 72 / 25.4
COLOURS = 96
MARGIN_PX = 10
LARGEST_GAP_PX = 70
"""Blank paper higher than this is cut to it, such as that between a short text and its footnote."""


@dataclass(frozen=True)
class Build:
    """The documents that one build makes."""

    place: str = "durack"
    edition: str = "screen"
    layout: str = "ijm"


@dataclass(frozen=True)
class Picture:
    """A picture: the build, the document and the page that it shows, and the part of the page.

    The page is the first with the line `holds`. `part` is the left, top, right and bottom of what to show, in
    millimetres; blank paper around it is cut off. `px_per_mm` is the scale of the picture.
    """

    path: str
    holds: str = ""
    document: str = "pack"
    part: tuple[float, float, float, float] = (0, 0, 210, 297)
    px_per_mm: float = 4.2
    build: Build = Build()
    drawn: tuple[str, ...] = ()
    fences: tuple[str, ...] = ()


INSIDE = (12.0, 22.0, 198.0, 278.0)
"""The part of a page of a pack between its running head and its foot."""
CHART = (60.0, 46.0, 198.0, 160.0)
"""The part of a page that has a chart and not the heading above it."""
HOME = Build(place="wentworth", edition="home")
PLAIN = Build(layout="plain")


def _tour(name: str, heading: str, drawn: str = "") -> Picture:
    charts = (f"charts/{drawn}.py",) if drawn else ()
    return Picture(f"briefs/pictures/{name}.png", heading, part=INSIDE, drawn=charts, fences=(heading,))


PICTURES = (
    _tour("text", "Text"),
    _tour("figure", "Figure"),
    _tour("table", "Table"),
    _tour("quote", "Quote"),
    _tour("bars", "Bars", "bars"),
    _tour("unit-chart", "Unit chart", "unit_chart"),
    _tour("part-of-whole", "Part of whole", "part_of_whole"),
    _tour("stacked", "Stacked", "stacked"),
    _tour("dots", "Dots", "dots"),
    _tour("numbers", "Numbers", "numbers"),
    _tour("process", "Process", "process"),
    _tour("timeline", "Timeline", "timeline"),
    _tour("line", "Line", "line"),
    _tour("columns", "Columns", "columns"),
    _tour("small-multiples", "Small multiples", "small_multiples"),
    _tour("cost-of-asks", "Cost of asks", "cost_of_asks"),
    _tour("strip", "Strip", "strip"),
    _tour("map-of-nation", "Map of nation", "map_of_nation"),
    _tour("map-of-hexagons", "Map of hexagons", "map_of_nation"),
    Picture("briefs/pictures/glance.png", "Rented homes are too cold", part=INSIDE, px_per_mm=2.8),
    Picture("briefs/pictures/ask.png", "ASK 1 OF 2", part=INSIDE, px_per_mm=2.8, drawn=("charts/bars.py",)),
    Picture("briefs/pictures/case-study.png", "CASE STUDY: SAM’S STORY", part=INSIDE, px_per_mm=2.8, drawn=("charts/timeline.py",)),
    Picture("briefs/pictures/place.png", "YOUR ELECTORATE", part=INSIDE, px_per_mm=2.8, drawn=("charts/bars.py",), fences=("Electorates in a brief",)),
    Picture("briefs/pictures/leave-behind.png", document="leave-behind-insulation-fund", px_per_mm=2.7, drawn=("charts/bars.py", "charts/_map.py"), fences=("Electorates in a brief", "Electoral matter")),
    Picture("briefs/pictures/home-bars.png", "Bars", part=CHART, px_per_mm=2.8, build=HOME, drawn=("charts/bars.py",), fences=("Bars",)),
    Picture("briefs/pictures/home-unit-chart.png", "Unit chart", part=CHART, px_per_mm=2.8, build=HOME, drawn=("charts/unit_chart.py",), fences=("Unit chart",)),
    Picture("briefs/pictures/home-map.png", part=(12, 98, 198, 236), px_per_mm=2.8, build=HOME, drawn=("charts/_map.py",)),
    Picture("briefs/pictures/cover.png", px_per_mm=1.45, drawn=("charts/_map.py",)),
    Picture("briefs/pictures/electorate.png", "YOUR ELECTORATE", px_per_mm=1.45, drawn=("charts/bars.py",), fences=("Electorates in a brief",)),
    Picture("briefs/pictures/leave-behind-small.png", document="leave-behind-insulation-fund", px_per_mm=1.45, drawn=("charts/bars.py", "charts/_map.py"), fences=("Electorates in a brief", "Electoral matter")),
    Picture("layouts/pictures/ijm.png", "ASK 1 OF 2", px_per_mm=1.45, drawn=("charts/bars.py",)),
    Picture("layouts/pictures/plain-cover.png", px_per_mm=1.45, build=PLAIN, drawn=("charts/_map.py",)),
    Picture("layouts/pictures/plain.png", "ASK 1 OF 2", px_per_mm=1.45, build=PLAIN, drawn=("charts/bars.py",)),
)  # fmt: skip


def out_of_date() -> list[str]:
    """Return the pictures that are missing, or were made from something else than what is there now."""
    kept = _kept()
    return [
        each.path
        for each in PICTURES
        if kept.get(each.path) != made_from(each) or not (REPOSITORY / each.path).is_file()
    ]


def made_from(picture: Picture) -> str:
    """Return a hash of what a picture is made from."""
    found = hashlib.sha256(repr(picture).encode())
    for text in (*_words(picture), *_files(picture)):
        found.update(text)
    return found.hexdigest()[:16]


def _words(picture: Picture) -> Iterator[bytes]:
    """Yield the words that a picture shows."""
    # As data, so that an edit of its comments makes no picture out of date.
    yield repr(example.load(example.STARTER.read_text(encoding="utf-8"))).encode()
    for fence in reading.fences(example.STAFF, "yaml"):
        if fence.heading in picture.fences:
            yield fence.text.encode()


def _files(picture: Picture) -> Iterator[bytes]:
    """Yield the files of the layout, the fonts, the charts and the electorates that a picture shows.

    Fonts in fonts/added/ are left out: no picture is set in one, and not every machine has them.
    """
    layouts = ("layouts/shared", f"layouts/{picture.build.layout}", "layouts/tokens.yaml")
    electorates = TESTS.name + "/frozen/" + example.ELECTORATES
    for name in (*layouts, "fonts", "charts/house.mplstyle", *picture.drawn, electorates):
        path = REPOSITORY / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            added = file.is_relative_to(REPOSITORY / "fonts/added")
            if file.is_file() and not added and file.suffix not in (".md", ".png", ".pyc"):
                yield file.relative_to(REPOSITORY).as_posix().encode()
                yield file.read_bytes()


def _kept() -> dict[str, str]:
    """Return the hash of each picture as it was made, by its path."""
    found = {}
    for folder in sorted({str(Path(each.path).parent) for each in PICTURES}):
        file = REPOSITORY / folder / MADE_FROM
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        found |= {f"{folder}/{name}": key for key, _, name in (line.partition("  ") for line in lines)}
    return found


def make(folder: Path) -> None:
    """Make every picture from a project in a folder, and note what it was made from."""
    example.write(folder, tour=True)
    for build in dict.fromkeys(each.build for each in PICTURES):
        finished = _built(folder, build)
        for picture in (each for each in PICTURES if each.build == build):
            _save(picture, _drawn(picture, _page(picture, finished)))
    for parent in sorted({Path(each.path).parent for each in PICTURES}):
        held = [each for each in PICTURES if Path(each.path).parent == parent]
        lines = [f"{made_from(each)}  {Path(each.path).name}\n" for each in held]
        (REPOSITORY / parent / MADE_FROM).write_text("".join(lines), encoding="utf-8")


def _built(folder: Path, build: Build) -> Path:
    """Build the documents of a place, and return the folder that has them."""
    out = folder / "out" / build.layout
    command = [
        str(Path(sys.executable).with_name("briefpack")), "--project", str(folder), "build", example.BRIEF, "-e", build.place,
        "--edition", build.edition, "--layout", build.layout, "--out", str(out), "--quiet",
    ]  # fmt: skip
    made = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 -- our own command
    if made.returncode:
        sys.exit(made.stderr)
    [finished] = {path.parent for path in (out / example.BRIEF).rglob(f"{build.edition}/{build.place}/*.pdf")}
    return finished


def _page(picture: Picture, finished: Path) -> Image.Image:
    """Return the page that a picture shows, as an image."""
    [path] = finished.glob(f"*-{picture.document}.pdf")
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            lines = page.get_textpage().get_text_bounded().splitlines()
            if not picture.holds or picture.holds in [line.strip() for line in lines]:
                return page.render(scale=PX_PER_PT).to_pil().convert("RGB")
    message = f"no page of {path.name} has the line “{picture.holds}”, which {picture.path} shows"
    raise ValueError(message)


def _drawn(picture: Picture, page: Image.Image) -> Image.Image:
    """Return the part of a page that a picture shows, without the blank paper around it, in few colours."""
    part = page.crop(tuple(round(mm * PT_PER_MM * PX_PER_PT) for mm in picture.part))
    if picture.part != Picture.part:
        part = _trimmed(part)
    scale = picture.px_per_mm / (PX_PER_PT * PT_PER_MM)
    small = part.resize((round(part.width * scale), round(part.height * scale)), Image.Resampling.LANCZOS)
    # Maximum coverage keeps rare colours, such as that of a small heading.
    return _framed(small).quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def _trimmed(image: Image.Image) -> Image.Image:
    """Return an image without the blank paper around it, and without most of any wide gap between its lines."""
    pixels = np.asarray(image)
    marked = (pixels < WHITE).any(axis=2)
    across = np.flatnonzero(marked.any(axis=0))
    down = np.flatnonzero(marked.any(axis=1))
    ends = [row + LARGEST_GAP_PX // 2 for row in down[:-1][np.diff(down) > LARGEST_GAP_PX]]
    starts = [row - LARGEST_GAP_PX // 2 for row in down[1:][np.diff(down) > LARGEST_GAP_PX]]
    runs = zip([down[0], *starts], [*ends, down[-1] + 1], strict=True)
    kept = np.vstack([pixels[first:last, across[0] : across[-1] + 1] for first, last in runs])
    return ImageOps.expand(Image.fromarray(kept), MARGIN_PX, "white")


WHITE = 250


def _framed(image: Image.Image) -> Image.Image:
    """Return an image with a thin grey frame, since pages are white on the white of a guide."""
    return ImageOps.expand(image, 1, (201, 207, 212))


def _save(picture: Picture, image: Image.Image) -> None:
    path = REPOSITORY / picture.path
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, optimize=True)


def main() -> None:
    """Make every picture."""
    with tempfile.TemporaryDirectory(prefix="briefpack-pictures-") as folder:
        make(Path(folder))
    sizes = [(REPOSITORY / each.path).stat().st_size for each in PICTURES]
    sys.stdout.write(f"Made {len(sizes)} pictures, {sum(sizes) // 1000} kB in all.\n")


if __name__ == "__main__":
    main()

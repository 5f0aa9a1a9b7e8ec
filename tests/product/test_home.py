"""The home edition of the real brief on a volunteer's printer, in each layout."""

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import page
import pikepdf
import pypdfium2
import pytest
import weasyprint
from PIL import Image

from briefpack import build, charts, layout, output, plan
from briefpack.checks.read.finished import Finished
from briefpack.checks.read.tags import Block
from briefpack.geometry import Rectangle
from briefpack.plan import ChartOptions, ChartRow, Drawing
from briefpack.typeset.weasyprint import patched
from projects import english, frozen

ROOT = Path(__file__).parents[2]
PICTURES = Path(__file__).parent.parent / "pictures"
BRIEF = "ijm-federal-2025"
# A very large electorate and a small one.
PLACES = ("durack", "wentworth")
DPI = 50
EDGE_MM = 8
WHITE = 250
MOST_INK = 0.09
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", params=["ijm", "plain"])
def home(request, tmp_path_factory) -> list[Path]:
    """Return the documents of the nation and of two electorates in one layout."""
    out = tmp_path_factory.mktemp(f"home-{request.param}")
    for national, electorates in ((True, ()), (False, PLACES)):
        wanted = output.Request(
            frozen(), BRIEF, request.param, out, "home", jobs=2, national=national, electorates=electorates
        )
        report = build.run(wanted)
        assert report.exit_code == 0, "\n".join(map(str, report.problems))
    return sorted((out / BRIEF / request.param / "home").rglob("*.pdf"))


@functools.cache
def seen(path: Path, dpi: int) -> tuple[np.ndarray, ...]:
    """Return each page of a file as an array of RGB pixels."""
    with pypdfium2.PdfDocument(path) as pdf:
        return tuple(np.asarray(each.render(scale=dpi / 72).to_pil().convert("RGB")) for each in pdf)


def names(home: list[Path], found: Iterator[tuple[Path, int]]) -> list[str]:
    assert home
    return [f"{path.name}, page {number}" for path, number in found]


@pytest.mark.part(name="editions")
def test_makes_every_document_as_valid_pdf_ua(home):
    assert len(home) == 8 * (1 + len(PLACES))
    for path in home:
        assert page.validate_pdf(str(path), profile="ua1").is_compliant, path.name


@contextmanager
def blocks(path: Path) -> Iterator[list[tuple[Block, Rectangle]]]:
    """Open a file, and give each of its blocks of type with the page that it is on."""
    with pypdfium2.PdfDocument(path) as pdf:
        opened = Finished(pdf, plan.Expected())
        pages = zip(opened.blocks, opened.trims, strict=True)
        yield [(block, trim) for held, trim in pages for block in held if block.runs]


@pytest.mark.part(name="editions")
def test_prints_nothing_near_the_edge_of_the_paper(home):
    reach = int(EDGE_MM / 25.4 * DPI)

    def close() -> Iterator[tuple[Path, int]]:
        for path in home:
            for number, picture in enumerate(seen(path, DPI), start=1):
                inside = np.full(picture.shape[:2], False)
                inside[reach:-reach, reach:-reach] = True
                if (picture.min(axis=2)[~inside] < WHITE).any():
                    yield path, number

    assert names(home, close()) == []


@pytest.mark.part(name="editions")
def test_prints_only_in_black(home):
    def coloured() -> Iterator[tuple[Path, int]]:
        for path in home:
            for number, picture in enumerate(seen(path, DPI), start=1):
                if np.ptp(picture.astype(int), axis=2).max() > 2:
                    yield path, number

    assert names(home, coloured()) == []


@pytest.mark.part(name="editions")
def test_uses_little_ink_on_every_page(home):
    inks = {
        f"{path.name}, page {number}": 1 - picture.mean() / 255
        for path in home
        for number, picture in enumerate(seen(path, DPI), start=1)
    }
    assert {name: round(ink, 3) for name, ink in inks.items() if ink > MOST_INK} == {}


@pytest.mark.part(name="editions")
def test_tells_the_printer_not_to_scale_and_to_print_both_sides(home):
    for path in home:
        with pikepdf.open(path) as pdf:
            settings = pdf.Root.ViewerPreferences
            assert settings.PrintScaling == "/None"
            assert settings.Duplex == ("/DuplexFlipLongEdge" if len(pdf.pages) > 1 else "/Simplex")


@pytest.mark.part(name="editions")
def test_prints_the_address_of_every_link(home):
    for path in home:
        with pypdfium2.PdfDocument(path) as pdf:
            text = re.sub(r"[\s\x02-]", "", "".join(each.get_textpage().get_text_bounded() for each in pdf))
        with pikepdf.open(path) as pdf:
            links = [link for each in pdf.pages for link in each.get("/Annots", ())]
            addresses = {str(link.A.URI) for link in links if "/A" in link}
        assert addresses, path.name
        bare = {address: re.sub(r"^(https?://(www\.)?|mailto:)", "", address).rstrip("/") for address in addresses}
        assert [address for address, read in bare.items() if re.sub(r"[\s-]", "", read) not in text] == [], path.name


# ---- Charts and maps in grey, each compared with its reference picture.


ROWS = {
    "bars": (
        ChartRow("Allocated each year, 2021–22 to 2023–24", 15.4e6, "AU$15.4 million", "AU$"),
        ChartRow("Asked for each year", 30.8e6, "AU$30.8 million", "AU$", strong=True),
    ),
    "cost-of-asks": (
        ChartRow("Technical capacity building", 12e6, "AU$12 million", "AU$"),
        ChartRow("Double the centre that finds offenders", 30.8e6, "AU$30.8 million", "AU$", strong=True),
    ),
    "part-of-whole": (
        ChartRow("in illegal profits each year", 378e9, "AU$378 billion", "AU$"),
        ChartRow("made in Asia and the Pacific", 99e9, "AU$99 billion", "AU$", strong=True),
        ChartRow("made in Europe", 90e9, "AU$90 billion", "AU$"),
    ),
    "timeline": (
        ChartRow("He is recruited", when="May 2022"),
        ChartRow("Authorities rescue him", when="July 2022", strong=True),
        ChartRow("Three recruiters are charged", when="2023"),
    ),
    "columns": tuple(
        ChartRow(str(year), value, str(value), "homes", strong=year == 2024)
        for year, value in ((2020, 1100), (2021, 1900), (2022, 2600), (2024, 4400))
    ),
    "line": tuple(
        ChartRow(
            str(year), value, f"{value}%", "%", series=name, strong=name == "Rented", low=value - 3, high=value + 3
        )
        for name, values in (("Rented", (31, 33, 34, 37)), ("Let free", (28, 27, 29, 28)), ("Owned", (24, 22, 20, 18)))
        for year, value in zip(range(2021, 2025), values, strict=True)
    ),
    "small-multiples": tuple(
        ChartRow(str(year), value + place, f"{value + place}%", "%", series=name, strong=name == "Tas.")
        for place, name in enumerate(("NSW", "Vic.", "Qld", "SA", "WA", "Tas."))
        for year, value in ((2020, 30), (2022, 36), (2024, 33))
    ),
    "unit-chart": (
        ChartRow("people are held in slavery", 50e6, "50 million", "people"),
        ChartRow("of them in forced labour", 28e6, "28 million", "people"),
        ChartRow("of those in Asia and the Pacific", 17e6, "17 million", "people", strong=True),
    ),
}
SIZE_MM = (82.0, 44.0)
OPTIONS = {"unit-chart": ChartOptions(mark=1e6)}
PICTURE_DPI = 110


@functools.cache
def look():
    return layout.load(frozen(), "ijm", "home").look


@functools.cache
def ground():
    return charts.ground(plan.read_brief(frozen(), BRIEF).group)


def chart(kind: str) -> bytes:
    return charts.draw(
        Drawing(kind, ROWS[kind], *SIZE_MM, options=OPTIONS.get(kind, ChartOptions())), look(), english(), ROOT
    )


def map_of(slug: str, *size_mm: float) -> bytes:
    drawing = Drawing("-map", (), *size_mm, f"au-federal-2025/{slug}", ChartOptions(style="filled"))
    return charts.draw(drawing, look(), english(), ROOT, ground())


def printed(svg: bytes, folder: Path) -> Image.Image:
    """Return a drawing as a black-and-white printer prints it."""
    (folder / "drawing.svg").write_bytes(svg)
    wide, tall = re.findall(rb'(?:width|height)="([\d.]+)pt"', svg)[:2]
    style = (
        f"@page {{ size: {float(wide)}pt {float(tall)}pt; margin: 0 }} body {{ margin: 0 }} img {{ display: block }}"
    )
    html = f'<html lang="en"><title>T</title><style>{style}</style><img alt="T" src="{folder.as_uri()}/drawing.svg">'
    fonts = weasyprint.text.fonts.FontConfiguration()
    faces = weasyprint.CSS(url=(ROOT / "fonts" / "fonts.css").as_uri(), font_config=fonts)
    with patched():
        data = weasyprint.HTML(string=html).write_pdf(stylesheets=[faces], font_config=fonts)
    with pypdfium2.PdfDocument(data) as pdf:
        return pdf[0].render(scale=PICTURE_DPI / 72, grayscale=True).to_pil()


def assert_is_the_picture(made: Image.Image, name: str) -> None:
    """Assert that a picture equals the one in tests/pictures, except for antialiasing."""
    path = PICTURES / f"{name}.png"
    kept = np.asarray(Image.open(path).convert("L"), int)
    found = np.asarray(made, int)
    assert found.shape == kept.shape
    assert np.abs(found - kept).mean() < 2, f"{name} has changed: look at it, and replace {path.name} if it is better"


def shapes(svg: bytes, fill: str) -> list[tuple[float, float, float, float]]:
    """Return the box in points of the first shape of each path with a fill, largest first."""
    found = []
    for path in ET.fromstring(svg).iter(f"{SVG}path"):  # noqa: S314 -- our own drawing
        if f"fill: {fill}" in path.get("style", ""):
            first = path.get("d", "").partition("z")[0]
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", first)]
            found.append((min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])))
    return sorted(found, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))


COVER_MM, PANEL_MM = (174.0, 128.0), (48.0, 44.0)


@pytest.mark.parametrize(("slug", "size_mm"), [("durack", COVER_MM), ("wentworth", PANEL_MM)])
def test_darkens_only_the_electorate_on_a_white_map(slug, size_mm, tmp_path):
    """It is hatched with a heavy outline, to save ink."""
    svg = map_of(slug, *size_mm)
    picture = printed(svg, tmp_path)
    assert_is_the_picture(picture, f"home-map-{slug}")
    assert shapes(svg, "url(#")
    assert shapes(svg, look().colours["paper"].lower())
    allowed = {look().colours[name].lower() for name in ("paper", "map-mark", "map-text", "map-quiet-text")}
    assert set(re.findall(r"fill: (#\w+|url)", svg.decode())) <= {"url", *allowed}
    assert np.asarray(picture, int).mean() > 0.85 * 255

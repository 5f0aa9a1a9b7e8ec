"""Prepared images go through WeasyPrint into a real PDF, and come out in the colours that they went in with."""

import io

import pikepdf
import pypdfium2
import pytest
import weasyprint
from PIL import Image

from briefpack import images
from briefpack.bind import inks
from briefpack.images import preparing
from projects import REPOSITORY

FOGRA39 = REPOSITORY / "layouts/shared/profiles/fogra39-coated.icc"
PATCH = (153, 102, 51, 26)
"""60, 40, 20 and 10 per cent, as levels."""


def pdf_of(prepared, folder):
    """Return a PDF, 60 mm square, with an image that fills it."""
    (folder / f"image{prepared.suffix}").write_bytes(prepared.data)
    page = f'<style>@page {{ size: 60mm; margin: 0 }} body {{ margin: 0 }} img {{ display: block; width: 60mm; height: 60mm }}</style><img alt="" src="image{prepared.suffix}">'
    return weasyprint.HTML(string=page, base_url=f"{folder}/").write_pdf()


def prepared(image, folder, name="original.tif", **wanted):
    image.save(folder / name)
    original = images.read(folder / name, name)
    return preparing.prepare(original, images.Wanted(60, 60, profile=FOGRA39, dpi=300, **wanted))


def pictures(data):
    """Return the images of a PDF: the entries of each, and its bytes as stored."""
    with pikepdf.open(io.BytesIO(data)) as file:
        found = [item for item in file.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]
        return [({name: repr(value) for name, value in item.items()}, item.read_raw_bytes()) for item in found]


def rendered(data):
    """Return the colour in the middle of a page."""
    image = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("RGB")
    return image.getpixel((image.width // 2, image.height // 2))


def painted(levels):
    """Return a PDF, 60 mm square, painted in one colour of process inks."""
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(170, 170))
    page.Contents = file.make_stream(f"{' '.join(str(level / 255) for level in levels)} k 0 0 170 170 re f".encode())
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


def test_a_press_picture_prints_the_inks_it_was_given(tmp_path):
    """A rectangle painted in the same inks has the same colour on screen; inverted, it would be its opposite."""
    found = prepared(Image.new("CMYK", (300, 300), PATCH), tmp_path, colours="cmyk")
    shown, expected = rendered(pdf_of(found, tmp_path)), rendered(painted(PATCH))
    assert shown == pytest.approx(expected, abs=3)
    assert shown != pytest.approx(rendered(painted([255 - level for level in PATCH])), abs=30)


def test_bind_reports_a_picture_in_screen_colours(tmp_path):
    found = prepared(Image.new("RGB", (300, 300), (200, 60, 40)), tmp_path, colours="rgb")
    assert inks.convert(pdf_of(found, tmp_path), {})[1] == ((1, "a picture in screen colours"),)


def test_a_transparent_picture_stays_transparent_on_screen(tmp_path):
    image = Image.new("RGBA", (100, 100), (200, 60, 40, 0))
    image.paste((200, 60, 40, 255), (0, 0, 50, 100))
    found = prepared(image, tmp_path, "original.png")
    spaces = {"/SMask" in entries: entries["/ColorSpace"] for entries, _ in pictures(pdf_of(found, tmp_path))}
    assert spaces == {True: 'pikepdf.Name("/DeviceRGB")', False: 'pikepdf.Name("/DeviceGray")'}


def test_a_drawing_prints_in_the_inks_of_its_colours(tmp_path):
    (tmp_path / "mark.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="teal" d="M0 0h9v9H0z"/></svg>',
        encoding="utf-8",
    )
    original = images.read(tmp_path / "mark.svg", "mark.svg")
    found = preparing.prepare(original, images.Wanted(60, 60, colours="cmyk", profile=FOGRA39))
    ink = found.inks["#008080"]
    converted, strays = inks.convert(pdf_of(found, tmp_path), found.inks)
    assert strays == ()
    assert rendered(converted) == pytest.approx(rendered(painted([share * 2.55 for share in ink])), abs=2)

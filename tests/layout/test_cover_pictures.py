"""The picture on a cover: across the page, or within the margins of the layout that prints in one colour."""

import json

import pypdfium2
import pytest
from PIL import Image

from briefpack import build, output
from shapes.run import project

pytestmark = pytest.mark.part(name="examples")

MM = 72 / 25.4
BRIEF = {
    "title": "Safe crossings",
    "organisation": {"name": "Walk Safely Australia"},
    "date": "2026-11-24",
    "electoral_matter": "no",
    "images": {"crowd": {"file": "crowd.png", "alt": "A crowd", "credit": "A. Example", "people": "none"}},
    "cover_image": "crowd",
}
SPANS = {
    ("ijm", "screen"): (0, 210), ("ijm", "press"): (-3, 213), ("ijm", "home"): (0, 210),
    ("plain", "screen"): (18, 192), ("plain", "press"): (18, 192), ("plain", "home"): (18, 192),
}  # fmt: skip
"""The left and the right end of the picture in each edition, in millimetres from the edge of the trimmed page.

A home printer can't print the ends of a picture across the page: its field cuts them off."""


@pytest.fixture(scope="module")
def pictured(tmp_path_factory):
    """Return a project whose brief has a picture on its cover."""
    made = project(tmp_path_factory.mktemp("cover") / "project")
    folder = made.root / "briefs/shape"
    (folder / "images").mkdir(parents=True)
    Image.effect_noise((3000, 1500), 60).convert("RGB").save(folder / "images/crowd.png")
    (folder / "brief.yaml").write_text(json.dumps(BRIEF), encoding="utf-8")
    return made


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("layout", "edition"), SPANS)
def test_spans_the_page_or_stands_within_the_margins(pictured, layout, edition):
    wanted = output.Request(pictured, "shape", layout, pictured.root / "out", edition, kinds=("pack",), jobs=1)
    report = build.run(wanted)
    assert [problem for problem in report.problems if not problem.warning] == []
    with pypdfium2.PdfDocument(report.folder / "national/national-pack.pdf") as pdf:
        left = pdf[0].get_trimbox()[0]
        images = (each for each in pdf[0].get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
        spans = [tuple((side - left) / MM for side in each.get_bounds()[::2]) for each in images]
    assert spans == [pytest.approx(SPANS[layout, edition], abs=0.1)]

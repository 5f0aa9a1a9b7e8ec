"""Finished files with photographs, logos, a signature and a portrait, read independently of the engine."""

import io
import re

import pikepdf
import pytest
from pikepdf import Name

from briefpack import build, output
from illustrated import illustrate, portray
from isles import copy_isles

pytestmark = pytest.mark.part(name="images")

MM = 72 / 25.4
SPACES = {"screen": {"/DeviceRGB", "/DeviceGray"}, "home": {"/DeviceGray"}, "press": {"/DeviceCMYK", "/DeviceGray"}}
ALTS = ["Walk Safely Australia", "Walk Safely Australia", "Roads for People", "Signature of Dot Example", "A street",
        "A school gate", "A crowd at a crossing"]  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    project = illustrate(copy_isles(tmp_path_factory.mktemp("images") / "project"))
    portray(project, "harbour")
    return project


@pytest.fixture(scope="module", params=SPACES)
def made(project, request):
    """Return the edition, and the packs of the nation and of two electorates, one with a portrait."""
    wanted = output.Request(
        project,
        "tiny",
        "tiny",
        project.root / "out",
        edition=request.param,
        kinds=("pack",),
        electorates=("harbour", "page"),
        jobs=2,
    )
    report = build.run(wanted)
    # A page ends early where the next image has no room.
    assert {each.check for each in report.problems} <= {"underfull-page"}, "\n".join(map(str, report.problems))
    names = ("national", "harbour", "page")
    return request.param, {name: (report.folder / f"{name}/{name}-pack.pdf").read_bytes() for name in names}


def pictures(data):
    """Return each distinct bitmap image of a PDF, its masks included."""
    with pikepdf.open(io.BytesIO(data)) as file:
        found = [
            each for each in file.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Image
        ]
        return [{**{name: str(value) for name, value in each.items()}, "data": each.read_raw_bytes()} for each in found]


def placed(data):
    """Return the page, the box in points and the resolution of each image that a page shows."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as file:
        for number, page in enumerate(file.pages, start=1):
            saved, matrix = [], pikepdf.Matrix()
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "q":
                    saved.append(matrix)
                elif str(operator) == "Q":
                    matrix = saved.pop()
                elif str(operator) == "cm":
                    matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
                elif str(operator) == "Do" and page.Resources.XObject[operands[0]].Subtype == Name.Image:
                    image = page.Resources.XObject[operands[0]]
                    left, bottom = matrix.transform((0, 0))
                    right, top = matrix.transform((1, 1))
                    box = (left, bottom, right, top)
                    found.append((number, box, int(image.Width) / abs(right - left) * 72))
    return found


def elements(node):
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def alts(data):
    """Return the alternative texts of the figures in the tags, in reading order, without those of charts and maps."""
    with pikepdf.open(io.BytesIO(data)) as file:
        figures = [each for each in elements(file.Root.StructTreeRoot.K[0]) if Name.Figure == each.S]
        texts = [str(each.get("/Alt", "")) for each in figures]
    assert all(texts)
    return [each for each in texts if not re.search("^(Map|Two bars|One of twenty|Timeline|Bars)", each)]


def test_every_image_is_in_the_colours_of_its_edition(made):
    edition, files = made
    for data in files.values():
        found = pictures(data)
        assert len(found) >= 5
        assert SPACES[edition] >= {each["/ColorSpace"] for each in found}
        assert ("/DeviceCMYK" in {each["/ColorSpace"] for each in found}) == (edition == "press")


def test_a_full_page_reaches_the_bleed(made):
    edition, files = made
    for data in files.values():
        with pikepdf.open(io.BytesIO(data)) as file:
            number, box, _ = max(placed(data), key=lambda each: each[1][2] - each[1][0])
            page = file.pages[number - 1]
            edge = [float(each) for each in page.get("/BleedBox", page.MediaBox)]
            trim = [float(each) for each in page.get("/TrimBox", page.MediaBox)]
        assert box == pytest.approx(edge, abs=0.1)
        assert trim[0] - edge[0] == pytest.approx(3 * MM if edition == "press" else 0, abs=0.05)


def test_the_tags_say_what_each_image_shows(made):
    edition, files = made
    if edition == "press":
        pytest.skip("press files have no tags")
    assert alts(files["national"]) == alts(files["page"]) == ALTS
    assert alts(files["harbour"]) == [*ALTS[:3], "Portrait of Ada Quill\u00a0MI", *ALTS[3:]]


def test_no_metadata_of_a_photograph_remains(made):
    _, files = made
    for data in files.values():
        for each in pictures(data):
            assert b"SECRET" not in each["data"]
            assert b"Exif" not in each["data"]
        with pikepdf.open(io.BytesIO(data)) as file:
            assert all("/Metadata" not in each for each in file.objects if isinstance(each, pikepdf.Stream))


def test_a_portrait_is_only_in_its_own_electorates_pack(made):
    _, files = made
    kinds = {name: {each["data"] for each in pictures(data)} for name, data in files.items()}
    assert len(kinds["harbour"] - kinds["page"]) == 1
    assert kinds["page"] == kinds["national"]

"""Finished press files, read independently of the engine: inks, boxes, marks, bleed and identical bytes."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

from briefpack import build, output
from briefpack.project import Project
from projects import copy_frozen, decide

ROOT = Path(__file__).parents[2]
MM = 72 / 25.4
BLEED, MARKS = 3 * MM, 10 * MM
PAINTS_TEXT = {"Tj", "TJ", "'", '"'}
FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
LINES = {"S", "s", "B", "B*", "b", "b*"}
STRANGE = {"cs", "CS", "sc", "SC", "scn", "SCN", "sh", "INLINE IMAGE"}


class Walk:
    """Walks every stream that a PDF's pages show, and notes the colours of text and of everything else.

    It knows nothing of the engine: only operators, the graphics state's two colours, and what streams name.
    """

    def __init__(self, data: bytes) -> None:
        self.text: set[tuple] = set()
        self.other: set[tuple] = set()
        self.strange: list[str] = []
        with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                self.walk(page.obj, page.obj.Resources, f"page {number}", ("g", 0), ("G", 0))

    def walk(self, stream, resources, where: str, fill: tuple, stroke: tuple) -> None:
        saved, mode = [], 0
        for operands, operator in pikepdf.parse_content_stream(stream):
            name = str(operator)
            if name == "q":
                saved.append((fill, stroke, mode))
            elif name == "Q":
                fill, stroke, mode = saved.pop()
            elif name in ("g", "rg", "k"):
                fill = (name, *map(float, operands))
            elif name in ("G", "RG", "K"):
                stroke = (name, *map(float, operands))
            elif name == "Tr":
                mode = int(operands[0])
            elif name == "Do":
                self.item(resources.XObject[operands[0]], f"{where} {operands[0]}", fill, stroke)
            elif name in STRANGE:
                self.strange.append(f"{where}: {name} {list(map(str, operands))}")
            self.paint(name, mode, fill, stroke)

    def paint(self, name: str, mode: int, fill: tuple, stroke: tuple) -> None:
        if name in PAINTS_TEXT:
            self.text |= {fill} if mode in (0, 2) else set()
            self.text |= {stroke} if mode in (1, 2) else set()
        self.other |= {fill} if name in FILLS else set()
        self.other |= {stroke} if name in LINES else set()

    def item(self, item, where: str, fill: tuple, stroke: tuple) -> None:
        if item.Subtype != "/Form":
            self.strange.append(f"{where}: {item.Subtype} {item.get('/ColorSpace')}")
            return
        if "/Group" in item and item.Group.get("/CS") != "/DeviceCMYK":
            self.strange.append(f"{where}: a group in {item.Group.get('/CS')}")
        self.walk(item, item.get("/Resources", {}), where, fill, stroke)


def cmyk(*shares: int) -> tuple:
    return ("k", *(share / 100 for share in shares))


def stated(layout: Path) -> set[tuple]:
    """Return the inks allowed for text by layout.yaml and tokens.yaml, read with regular expressions only."""
    names = re.search(r"^    text: \[(.*?)\]", (layout / "layout.yaml").read_text("utf-8"), re.MULTILINE)[1]
    shared, _, own = (layout.parent / "tokens.yaml").read_text("utf-8").partition("\nlayouts:")
    own = own.partition(f"\n  {layout.name}:")[2]
    found = {}
    for text in (shared, own):
        for name, ink in re.findall(r"^ +([a-z-]+): +\{.*cmyk: ([\d ]+)\}", text, re.MULTILINE):
            found[name] = cmyk(*map(int, ink.split()))
    return {found[name.strip()] for name in names.split(",")}


def make(project: Project, brief: str, layout: str, **wanted) -> dict[str, bytes]:
    request = output.Request(project, brief, layout, project.root / "out", edition="press", **wanted)
    report = build.run(request)
    assert report.problems == (), "\n".join(map(str, report.problems))
    return {path: (report.folder / path).read_bytes() for path in (*report.made, *report.kept)}


@pytest.fixture(scope="module")
def sample(sample_build, tmp_path_factory) -> tuple[Project, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("press") / "project"
    shutil.copytree(sample_build[0].root, folder, ignore=shutil.ignore_patterns(".store", "out"))
    project = Project(folder)
    return project, make(project, "tiny", "tiny", jobs=2)


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> tuple[Project, dict[str, dict[str, bytes]]]:
    """Return the frozen brief, built for the nation and one electorate in colour, and for the nation in one colour."""
    folder = tmp_path_factory.mktemp("real") / "project"
    copy_frozen(folder)
    decide(folder / "briefs/ijm-federal-2025/brief.yaml")
    project, brief = Project(folder), "ijm-federal-2025"
    return project, {
        "ijm": make(project, brief, "ijm", jobs=2, electorates=("lingiari",)),
        "plain": make(project, brief, "plain", jobs=2, national=True),
    }


def sound(layout: Path, files: dict[str, bytes]) -> Iterator[str]:
    """Yield the problems with the colours of files."""
    allowed = stated(layout)
    for path, data in files.items():
        walk = Walk(data)
        assert walk.text, path
        yield from (f"{path}: {each}" for each in walk.strange)
        yield from (f"{path}: text in {each}" for each in walk.text - allowed)
        yield from (f"{path}: {each}" for each in walk.other if each[0] not in "kK")


def test_prints_the_sample_only_in_its_inks(sample):
    project, files = sample
    assert len(files) == 3
    assert list(sound(project.root / "layouts/tiny", files)) == []


@pytest.mark.part(name="editions")
@pytest.mark.parametrize(("layout", "count"), [("ijm", 16), ("plain", 8)])
def test_prints_the_real_documents_only_in_their_inks(real, layout, count):
    project, made = real
    assert len(made[layout]) == count
    assert cmyk(0, 0, 0, 100) in stated(project.root / "layouts" / layout)
    assert list(sound(project.root / "layouts" / layout, made[layout])) == []


# ---- Boxes, marks and bleed.


def each_page(files: dict[str, bytes]) -> Iterator[tuple[str, pikepdf.Page]]:
    for path, data in files.items():
        with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                yield path, page


@pytest.mark.part(name="editions")
def test_sets_the_trim_to_the_paper_with_bleed_and_marks_around_it(sample, real):
    for path, page in each_page(sample[1] | real[1]["ijm"]):
        trim, bleed, media = ([float(side) for side in page.obj[box]] for box in ("/TrimBox", "/BleedBox", "/MediaBox"))
        assert trim == pytest.approx([0, 0, 210 * MM, 297 * MM], abs=0.01), path
        assert bleed == pytest.approx([-BLEED, -BLEED, 210 * MM + BLEED, 297 * MM + BLEED], abs=0.01), path
        assert media == pytest.approx([-MARKS, -MARKS, 210 * MM + MARKS, 297 * MM + MARKS], abs=0.01), path


def shown(data: bytes, number: int, per_mm: int = 8) -> tuple:
    """Return a page as an image, and a function from a position in mm from the trim's top left to its pixel."""
    with pypdfium2.PdfDocument(data) as pdf:
        image = pdf[number].render(scale=per_mm / MM).to_pil().convert("RGB")
    return image, lambda x_mm, y_mm: image.getpixel((round((x_mm + 10) * per_mm), round((y_mm + 10) * per_mm)))


@pytest.mark.parametrize("number", [0, 1])
def test_prints_only_crop_marks_outside_the_bleed(sample, number):
    image, _ = shown(sample[1]["national/national-pack.pdf"], number)
    pixels = np.asarray(image.convert("L")) < 200
    edge = 7 * 8 - 2
    pixels[edge:-edge, edge:-edge] = False
    dark = [(x / 8 - 10, y / 8 - 10) for y, x in np.argwhere(pixels)]
    assert dark
    for x, y in dark:
        on_edge = min(abs(x), abs(x - 210)) < 0.3 or min(abs(y), abs(y - 297)) < 0.3
        away = max(-x, x - 210, -y, y - 297)
        assert on_edge, (x, y)
        assert 4 - 0.3 < away < 9.3, (x, y)


def places(data: bytes, number: int) -> dict[str, tuple[float, float]]:
    """Return the start of each line of text on a page, measured from the corner of the trim."""
    with pypdfium2.PdfDocument(data) as pdf:
        words = pdf[number].get_textpage()
        found = {}
        for index in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(index)
            text = words.get_text_bounded(left, bottom, right, top).strip()
            found.setdefault(text, (left, bottom))
    return found


@pytest.mark.parametrize("path", ["national/national-pack.pdf", "national/national-leave-behind-crossing-fund.pdf"])
def test_prints_text_slots_and_running_feet_where_the_screen_edition_does(sample, sample_build, path):
    screen = (sample_build[2] / path).read_bytes()
    with pypdfium2.PdfDocument(screen) as pdf:
        count = len(pdf)
    for number in range(count):
        on_screen, on_press = places(screen, number), places(sample[1][path], number)
        assert on_screen.keys() == on_press.keys()
        for text, (left, bottom) in on_screen.items():
            assert on_press[text] == pytest.approx((left, bottom), abs=0.6), text


# ---- PDF/X, metadata and identical bytes.


@pytest.mark.part(name="editions")
def test_makes_pdf_x_4_with_a_profile_and_without_links(sample, real):
    for path, data in (sample[1] | real[1]["ijm"]).items():
        with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
            assert pdf.pdf_version == "1.6"
            assert not any("/Annots" in page.obj for page in pdf.pages)
            assert not {"/StructTreeRoot", "/AcroForm", "/Names", "/OpenAction"} & set(pdf.Root.keys())
            assert not [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/URI" in item], path
            (intent,) = pdf.Root.OutputIntents
            assert (intent.S, str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
            profile = intent.DestOutputProfile
            assert int(profile.N) == 4
            assert profile.read_bytes() == (ROOT / "layouts/shared/profiles/fogra39-coated.icc").read_bytes()
            assert (pdf.docinfo.Trapped, str(pdf.docinfo.GTS_PDFXVersion)) == ("/False", "PDF/X-4")
            assert "/Filter" not in pdf.Root.Metadata
            xmp = pdf.Root.Metadata.read_bytes().decode()
            with pdf.open_metadata() as meta:
                assert meta["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
                assert meta["dc:title"] == str(pdf.docinfo.Title)
                assert meta["xmp:CreateDate"] == meta["xmp:ModifyDate"] == meta["xmp:MetadataDate"]
                assert meta["xmpMM:VersionID"]
                assert meta["xmpMM:RenditionClass"] == "default"
                assert re.fullmatch(r"uuid:[0-9a-f-]{36}", meta["xmpMM:DocumentID"])
                assert "pdfuaid" not in xmp


@pytest.mark.part(name="editions")
def test_makes_the_same_bytes_again_and_gives_each_document_its_own_id(sample, tmp_path):
    project, files = sample
    again = Project(tmp_path / "again")
    shutil.copytree(project.root, again.root, ignore=shutil.ignore_patterns(".store", "out"))
    assert make(again, "tiny", "tiny", jobs=1) == files
    ids = {re.search(rb"uuid:[0-9a-f-]+", data)[0] for data in files.values()}
    assert len(ids) == len(files)

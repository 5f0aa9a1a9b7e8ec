"""Each check of the finished files: silent on a good one, heard on a bad one."""

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from fontTools.ttLib import TTFont

from briefpack import build, charts, checks, load, plan
from briefpack.plan import Document
from briefpack.problem import Owner

FONTS = Path(__file__).parents[1] / "fonts"
PACK = "national/national-pack.pdf"
FUND = "national/national-leave-behind-crossing-fund.pdf"


class Bench:
    """The finished sample, its documents and the means to check a spoilt copy."""

    def __init__(self, sample_build) -> None:
        project, _, self.folder = sample_build
        loaded = load.brief(project, "tiny", charts.kinds(project.root / "charts"))
        self.layout = load.layout(project, "tiny", "screen")
        self.documents = {
            document.path: document for document in plan.make(loaded, self.layout, plan.Wanted()).documents
        }

    def good(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def said(self, path: str, data: bytes) -> dict[str, str]:
        """The check that found each problem, and what it said."""
        problems = self.run(self.documents[path], data)
        return {problem.check: problem.message for problem in problems}

    def run(self, document: Document, data: bytes) -> tuple:
        expected = plan.Expected(faces=self.layout.look.faces, paper=self.layout.layout.paper, document=document)
        return checks.every(data, expected, f"out/{document.path}")

    def spoilt(self, path: str, spoil: Callable[[pikepdf.Pdf], object]) -> dict[str, str]:
        with pikepdf.Pdf.open(io.BytesIO(self.good(path))) as pdf:
            spoil(pdf)
            data = io.BytesIO()
            pdf.save(data)
        return self.said(path, data.getvalue())


@pytest.fixture(scope="module")
def bench(sample_build) -> Bench:
    return Bench(sample_build)


def elements(element):
    yield element
    kids = element.get("/K", [])
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def figures(pdf: pikepdf.Pdf) -> list:
    return [element for element in elements(pdf.Root.StructTreeRoot.K[0]) if element.S == "/Figure"]


def drawn(body: str, style: str = "") -> bytes:
    """A page that WeasyPrint makes of a body, tagged."""
    html = f"""<html lang="en-AU"><head><title>T</title><link rel="stylesheet" href="fonts.css"><style>
        @page {{ size: 210mm 297mm }} body {{ font: 11pt "Source Sans 3" }} {style}</style></head><body>{body}</body></html>"""
    return weasyprint.HTML(string=html, base_url=f"{FONTS.as_uri()}/").write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)


@pytest.mark.parametrize("path", [PACK, FUND, "national/national-leave-behind-slow-streets.pdf"])
def test_every_check_is_silent_on_a_good_file(bench, path):
    assert bench.run(bench.documents[path], bench.good(path)) == ()


def test_every_check_has_a_stable_id_a_reason_and_a_hint():
    ids = [check.id for check in checks.CHECKS]
    assert len(set(ids)) == len(ids)
    assert {"page-count", "paper-size", "fonts-embedded", "glyphs-missing", "tags", "metadata", "outline"} <= set(ids)
    assert all(check.reason and check.hint for check in checks.CHECKS)


def test_a_problem_names_the_file_the_check_and_what_to_do(bench):
    data = bench.good(PACK)
    (problem,) = [one for one in bench.run(bench.documents[FUND], data) if one.check == "page-count"]
    assert problem.path == f"out/{FUND}"
    assert problem.message.startswith("page-count: ")
    assert problem.hint
    assert (problem.owner, problem.line, problem.warning) == (Owner.DOCUMENT, None, False)


def test_a_page_too_many_is_found(bench):
    said = bench.spoilt(FUND, lambda pdf: pdf.pages.append(pdf.pages[0]))
    assert "2 pages" in said["page-count"]


def test_a_page_too_few_is_found(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        while len(pdf.pages) > 1:
            del pdf.pages[-1]

    assert "1 page" in bench.spoilt(PACK, spoil)["page-count"]


@pytest.mark.parametrize(
    ("size", "shown"), [((612, 792), "216 × 279"), ((841.89, 595.28), "297 × 210"), ((595.28, 836), "210 × 295")]
)
def test_paper_of_another_size_is_found_with_its_page(bench, size, shown):
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[-1].mediabox = [0, 0, *size]
        for box in ("/CropBox", "/TrimBox", "/BleedBox"):
            if box in pdf.pages[-1].obj:
                del pdf.pages[-1].obj[box]

    said = bench.spoilt(PACK, spoil)
    assert shown in said["paper-size"]
    with pikepdf.Pdf.open(io.BytesIO(bench.good(PACK))) as pdf:
        assert f"page {len(pdf.pages)}" in said["paper-size"]


def test_a_page_on_its_side_is_found(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = 90

    assert "paper-size" in bench.spoilt(FUND, spoil)


def _fonts(pdf: pikepdf.Pdf) -> list:
    return [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/DescendantFonts" in item
    ]


def test_a_font_that_is_not_embedded_is_found(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        for font in _fonts(pdf):
            descriptor = font.DescendantFonts[0].FontDescriptor
            for file in ("/FontFile2", "/FontFile3"):
                if file in descriptor:
                    del descriptor[file]

    assert "not embedded" in bench.spoilt(FUND, spoil)["fonts-embedded"]


def test_a_font_that_the_project_does_not_have_is_found(bench):
    said = bench.said(
        FUND,
        drawn("<p>Own words</p><p class='other'>Other words</p>", f".other {{ font-family: Foreign }} {_foreign()}"),
    )
    assert "Foreign" in said["fonts-embedded"]
    assert "fonts.css" in said["fonts-embedded"]


def _foreign() -> str:
    """A font face of another name: the project's own font, renamed."""
    font = TTFont(next(FONTS.rglob("SourceSerif4-Regular.ttf")))
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = "Foreign"
    held = io.BytesIO()
    font.save(held)
    return f"@font-face {{ font-family: Foreign; src: url(data:font/ttf;base64,{base64.b64encode(held.getvalue()).decode()}) }}"


def test_a_character_that_its_font_does_not_know_is_found(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        for font in _fonts(pdf):
            letters = font.ToUnicode.read_bytes()
            font.ToUnicode = pdf.make_stream(re.sub(rb"(<[0-9a-f]{4}> )<0063>", rb"\1<fffd>", letters))

    assert "page 1" in bench.spoilt(FUND, spoil)["glyphs-missing"]


def test_a_file_without_tags_is_found(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot
        del pdf.Root.MarkInfo

    said = bench.spoilt(FUND, spoil)
    assert "tag" in said["tags"]


@pytest.mark.parametrize("alt", [None, "", "   "])
def test_a_figure_without_words_is_found(bench, alt):
    def spoil(pdf: pikepdf.Pdf) -> None:
        figure = figures(pdf)[0]
        del figure["/Alt"]
        if alt is not None:
            figure.Alt = alt

    assert "page 1: it has a figure without alternative text" in bench.spoilt(FUND, spoil)["tags"]


@pytest.mark.parametrize("name", ["Title", "Author", "Subject"])
@pytest.mark.parametrize("value", [None, "Something else"])
def test_what_the_file_says_of_itself_is_compared_with_the_brief(bench, name, value):
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.docinfo[f"/{name}"]
        if value:
            pdf.docinfo[f"/{name}"] = value

    assert name.lower() in bench.spoilt(FUND, spoil)["metadata"]


@pytest.mark.parametrize("value", [None, "en-US", ""])
def test_another_language_is_found(bench, value):
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Lang
        if value is not None:
            pdf.Root.Lang = value

    assert "language" in bench.spoilt(FUND, spoil)["metadata"]


def test_a_long_file_without_bookmarks_is_found_and_a_short_one_is_not(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        if "/Outlines" in pdf.Root:
            del pdf.Root.Outlines

    with pikepdf.Pdf.open(io.BytesIO(bench.good(PACK))) as pdf:
        assert len(pdf.pages) > checks.LONG
    assert "outline" in bench.spoilt(PACK, spoil)["outline"]
    assert "outline" not in bench.spoilt(FUND, spoil)


def test_every_problem_of_a_file_is_found_at_once(bench):
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages.append(pdf.pages[0])
        pdf.pages[0].mediabox = [0, 0, 300, 300]
        del pdf.docinfo["/Title"]
        del figures(pdf)[0]["/Alt"]

    assert {"page-count", "paper-size", "metadata", "tags"} <= set(bench.spoilt(FUND, spoil))


@pytest.mark.usefixtures("in_process")
def test_a_file_that_fails_a_check_is_not_published(project, edit):
    edit("layouts/tiny/leave-behind.css", "@page {", "@page { size: 200mm 290mm;")
    report = build.run(build.Request(project, "tiny", "tiny", project.root / "out"))
    assert report.made == (PACK,)
    assert len(report.failed) == 2
    assert report.exit_code == 5
    assert {problem.check for problem in report.problems} == {"paper-size"}
    assert not (report.folder / FUND).exists()

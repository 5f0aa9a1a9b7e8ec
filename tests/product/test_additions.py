"""Document kinds and an edition that `tests/additions` adds to the sample by data alone.

`test_language.py` does the same for a language.
"""

import ctypes
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from briefpack import build, output, pool
from briefpack.project import Project
from isles import copy_isles
from projects import TESTS, InProcess

LARGE = "out/tiny/spacious/large"
HANDBOOK = "wick/wick-handbook.pdf"
CARDS = [
    "national/crossing-fund-card-national.pdf", "national/slow-streets-card-national.pdf",
    "wick/crossing-fund-card-wick.pdf", "wick/slow-streets-card-wick.pdf",
]  # fmt: skip
MM = 72 / 25.4


def added(folder: Path) -> Path:
    """Copy the sample with the additions to a folder."""
    copy_isles(folder)
    shutil.copytree(TESTS / "additions", folder, dirs_exist_ok=True)
    return folder


def made(folder: Path, monkeypatch, *, national: bool, electorates: tuple[str, ...] = ()) -> output.Report:
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InProcess)
    request = output.Request(
        Project(folder), "tiny", "spacious", folder / "out", "large", national=national, electorates=electorates
    )
    return build.run(request)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Return the folder of the finished documents of the nation and of one electorate."""
    folder = added(tmp_path_factory.mktemp("additions") / "project")
    with pytest.MonkeyPatch.context() as patch:
        report = made(folder, patch, national=True, electorates=("wick",))
    assert (report.problems, report.failed) == ((), ())
    return folder / LARGE


def letters(path: Path):
    """Yield the size and the colour of each letter of a file."""
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                if text.get_text_range(index, 1).strip():
                    shares = [ctypes.c_uint() for _ in range(4)]
                    pdfium.FPDFText_GetFillColor(text, index, *shares)
                    matrix = pdfium.FS_MATRIX()
                    pdfium.FPDFText_GetMatrix(text, index, matrix)
                    yield (
                        pdfium.FPDFText_GetFontSize(text, index) * abs(matrix.d),
                        tuple(share.value for share in shares[:3]),
                    )


def test_makes_each_kind_for_its_places_under_its_own_file_name(finished):
    found = sorted(path.relative_to(finished).as_posix() for path in finished.rglob("*.pdf"))
    assert found == sorted([HANDBOOK, *CARDS])


@pytest.mark.parametrize(("path", "size_mm"), [(HANDBOOK, (210, 297)), *((path, (148, 105)) for path in CARDS)])
def test_prints_each_kind_on_its_own_paper(finished, path, size_mm):
    with pypdfium2.PdfDocument(finished / path) as pdf:
        assert [tuple(round(side / MM) for side in pdf.get_page_size(index)) for index in range(len(pdf))] == [size_mm]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (HANDBOOK, ("Safe crossings", "Wick")),
        (CARDS[1], ("Slow the streets near schools", "Walk Safely Australia")),
        (CARDS[3], ("Slow the streets near schools", "Wick")),
    ],
)
def test_prints_the_texts_of_its_place_and_ask(finished, path, words):
    with pypdfium2.PdfDocument(finished / path) as pdf:
        text = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert all(each in text for each in words)


@pytest.mark.parametrize("path", [HANDBOOK, *CARDS])
def test_prints_the_edition_large_and_in_grey(finished, path):
    found = {*letters(finished / path)}
    assert {round(size, 1) for size, _ in found} == {15.0}
    assert {colour for _, colour in found} == {(0x1F, 0x1F, 0x1F)}


@pytest.mark.parametrize("path", [HANDBOOK, *CARDS])
def test_inherits_tags_and_print_settings_from_the_edition_named_by_like(finished, path):
    with pikepdf.open(finished / path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"

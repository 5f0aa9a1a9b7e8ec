"""The leave-behinds of the brief that ships share their lines, and the size of their text."""

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from briefpack import build, output
from briefpack.project import Project
from projects import REPOSITORY

pytestmark = pytest.mark.part(name="live")

BRIEF = "ijm-federal-2025"


@pytest.fixture(scope="module", params=["ijm", "plain"])
def sheets(request, tmp_path_factory):
    """The first page of each national leave-behind."""
    wanted = output.Request(
        Project(REPOSITORY), BRIEF, request.param, tmp_path_factory.mktemp("out"), kinds=("leave-behind",), jobs=2
    )
    report = build.run(wanted)
    assert report.exit_code == 0, "\n".join(map(str, report.problems))
    documents = [pypdfium2.PdfDocument(report.folder / path) for path in report.sums]
    yield [document[0].get_textpage() for document in documents]
    for document in documents:
        document.close()


def placed(letters, words):
    """Return the baseline and the size of the type in which words are set, in points."""
    start, _ = letters.search(words, match_case=True).get_next()
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(letters.raw, start, matrix)
    return matrix.f, matrix.d * pdfium.FPDFText_GetFontSize(letters.raw, start)


def spread(values):
    return max(values) - min(values)


@pytest.mark.parametrize("words", ["November 2026", "Contacts", "Grace Wong", " of 7"])
def test_a_line_is_at_one_height_on_all_of_them(sheets, words):
    assert spread([placed(each, words)[0] for each in sheets]) < 0.5


def test_their_text_has_one_size(sheets):
    assert spread([placed(each, "Why")[1] for each in sheets]) < 0.15

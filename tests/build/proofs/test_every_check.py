"""Every check that can refuse a document leaves a proof of it."""

from dataclasses import replace

import pypdfium2
import pytest

from briefpack import build, checks, output, pool
from briefpack.checks.catalogue import CHECKS
from briefpack.checks.findings import Found
from briefpack.checks.read import page_objects
from briefpack.geometry import Rectangle
from projects import InProcess

FUND = "national/national-leave-behind-crossing-fund.pdf"
PATH = pypdfium2.raw.FPDF_PAGEOBJ_PATH
REFUSING = [check for check in CHECKS if check.severity == "error" and check.of in ("piece", "document")]


def squeezed(text: str) -> str:
    return "".join(text.split())


def rings(report: output.Report, number: int) -> list[Rectangle]:
    """Return the bounds of the paths in the forms laid over a page of the proof, if they are no larger than a line."""
    with pypdfium2.PdfDocument(report.folder / report.proofs[FUND]) as pdf:
        page = pdf[number - 1]
        left, bottom, *_ = page.get_mediabox()
        paths = [each for each in page.get_objects(max_depth=5) if each.type == PATH and each.level]
        return [Rectangle(*each.get_bounds()).moved(-left, -bottom) for each in paths]


@pytest.mark.part(name="proofs")
@pytest.mark.parametrize("placed", [True, False], ids=["on a page", "without a place"])
@pytest.mark.parametrize("check", REFUSING, ids=lambda check: check.id)
def test_a_document_that_a_check_refuses_is_written_as_a_proof(check, placed, project, monkeypatch):
    """The check is made to find a fault in the first words of the page, or in the file as a whole."""

    def look(finished):
        run = finished.objects[0].runs[0]
        yield Found(1, "it is wrong", (run.box,)) if placed else Found(None, "it is wrong")

    changed = tuple(replace(each, look=look) if each is check else each for each in CHECKS)
    monkeypatch.setattr(checks, "CHECKS", changed)
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InProcess)
    edition = "press" if check.needs == "process-inks" else "screen"
    request = output.Request(
        project, "tiny", "tiny", project.root / "out", edition=edition, asks=("crossing-fund",), kinds=("leave-behind",)
    )
    report = build.run(request)
    assert report.failed == (FUND,)
    problem = next(each for each in report.problems if each.check == check.id)
    pages = page_objects.letters((report.folder / report.proofs[FUND]).read_bytes())
    assert all("PROOF" in page.text for page in pages)
    assert squeezed("They drove 48 km an hour") in squeezed(pages[0].text)
    end = squeezed(" ".join(page.text for page in pages[1:]))
    shown = problem.text.replace("page 1: ", "", 1).replace(f"{FUND.partition('/')[2].removesuffix('.pdf')}: ", "", 1)
    assert squeezed(shown) in end
    assert squeezed(f"Try: {problem.hint}") in end
    circled = [box for box in problem.boxes if any(box.within(ring, 0.6) for ring in rings(report, 1))]
    assert len(circled) == placed

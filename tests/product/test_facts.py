"""Every fact of a source document is in the pack with its source, or in a query, as the list beside the brief says.

The authors of the brief keep `facts.csv`: who edits a fact's words in the brief edits them there too.
"""

import csv
import re
import shutil
from pathlib import Path

import pypdfium2
import pytest

from briefpack import build, output, plan
from briefpack.project import Project

pytestmark = pytest.mark.part(name="live")

ROOT = Path(__file__).parents[2]
BRIEF = "ijm-federal-2025"
FACTS = ROOT / "briefs" / BRIEF / "facts.csv"
with FACTS.open(encoding="utf-8", newline="") as _file:
    LISTED = list(csv.DictReader(_file))


@pytest.fixture(scope="module")
def brief():
    return plan.read_brief(Project(ROOT), BRIEF).brief


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> list[str]:
    """Return the text of each page of the national pack, on one line."""
    project = Project(tmp_path_factory.mktemp("facts"))
    for name in ("briefs", "layouts", "charts", "fonts"):
        shutil.copytree(ROOT / name, project.root / name, ignore=shutil.ignore_patterns("__pycache__", "added"))
    report = build.run(output.Request(project, BRIEF, "ijm", project.root / "out", kinds=("pack",), jobs=2))
    assert report.exit_code == 0, report.problems
    with pypdfium2.PdfDocument(next(project.root.rglob("national-pack.pdf"))) as document:
        return [on_one_line(each.get_textpage().get_text_bounded()) for each in document]


def on_one_line(text: str) -> str:
    # PDFium has \x02 for a hyphen at the end of a line.
    return re.sub(r"\s+", " ", re.sub(r"\x02\s*", "-", text)).replace("’", "'")


def cited(number: int) -> re.Pattern[str]:
    """Return what finds a note's number after a word or its full stop, or in the brackets of a chart's sources."""
    return re.compile(rf"(?:(?<=[^\d\s$.,])|(?<=\D[.,])){number}(?!\d|[.,]\d)")


def test_lists_each_fact_once_and_says_where_it_is():
    assert len({row["fact"] for row in LISTED}) == len(LISTED) > 150
    assert [row["fact"] for row in LISTED if not (row["page"] and row["words"]) and not row["query"]] == []


def test_names_queries_and_sources_that_the_brief_has(brief):
    assert {row["query"] for row in LISTED} - {""} <= set(brief.queries)
    assert {row["source"] for row in LISTED} - {""} <= set(brief.sources)


def test_prints_each_fact_on_its_page_with_its_source(brief, printed):
    numbers = {source: at for at, source in enumerate(brief.sources, start=1)}
    wrong = []
    for row in (row for row in LISTED if row["page"]):
        _, found, after = printed[int(row["page"]) - 1].partition(row["words"])
        if not found or (row["source"] and not cited(numbers[row["source"]]).search(found[-1:] + after)):
            wrong.append((row["fact"], row["page"], "words" if not found else row["source"]))
    assert not wrong, "\n".join(map(str, wrong))

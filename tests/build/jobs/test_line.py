"""A document is made, kept or failed, and its problems reach the report."""

from dataclasses import replace

import pytest

from briefpack.build.jobs import line
from briefpack.build.jobs.line import Bound, Outcome
from briefpack.output import Finding, Written
from briefpack.plan import Document
from briefpack.problem import Problem

ERROR = Problem("brief.yaml", 3, "too long", "cut it")
WARNING = replace(ERROR, message="short", warning=True)


def document(path):
    return Document("pack", path, facts=None, spec=None, pieces=(), charts={})


@pytest.fixture
def bound():
    return Outcome(document("a/a.pdf"), bound=Bound((), "f00d", 4))


def test_fails_with_its_first_error_even_if_it_is_bound(bound):
    refused = bound.add(WARNING, ERROR)
    assert (refused.made, refused.failed) == (False, True)


def test_the_report_lists_each_document_under_what_became_of_it(tmp_path, bound):
    kept = Outcome(document("b/b.pdf"), bound=Bound((), "beef", 4), state="kept")
    failed = Outcome(document("c/c.pdf")).add(ERROR)
    places = {"c/c.pdf": "proofs/c/c.pdf"}, {"c/c.pdf": "proofs/earlier/c/c.pdf"}
    written = [Written(("d/d.pdf",)), Written((), *places, ("proofs/e/e.pdf",))]
    report = line.report(tmp_path, [bound, kept, failed], written)
    assert (report.made, report.kept, report.failed, report.gone) == (
        ("a/a.pdf",), ("b/b.pdf",), ("c/c.pdf",), ("d/d.pdf",),
    )  # fmt: skip
    assert report.sums == {"a/a.pdf": "f00d", "b/b.pdf": "beef"}
    assert report.problems == (ERROR,)
    assert (report.proofs, report.earlier, report.left) == (*places, ("proofs/e/e.pdf",))


def test_reports_the_problems_of_a_shared_piece_once(tmp_path, bound):
    """The name and the page number are those of the first document that contains the piece."""
    page_three, page_five = replace(WARNING, page=3), replace(WARNING, page=5)
    first = bound.add(page_three, ERROR, piece="body")
    second = replace(bound, findings=(Finding(page_five, "body"), Finding(ERROR, "other")))
    assert line.report(tmp_path, [first, second], []).problems == (page_three, ERROR)
